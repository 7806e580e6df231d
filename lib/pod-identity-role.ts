import { Duration, PhysicalName, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { awaitsContext } from './private/awaits-context';
import { rememberClusters, trustConditions } from './private/pod-identity-trust';
import { injectProps } from './private/property-injection';

/**
 * The clusters, namespaces and service accounts whose associations may use a role.
 *
 * An association must match all properties that are given. For example, two namespaces and two service accounts allow four pairs. If an
 * association can never meet a condition, the rule `RoleTrustPolicy` reports an error.
 */
export interface PodIdentityTrustProps {
  /**
   * The clusters whose associations may use the role.
   *
   * Any cluster is accepted: of `aws-eks` or `aws-eks-v2`, an L1, or an imported one. EKS sends the account and the ARN of the cluster, and
   * the trust policy requires those of one of the clusters (`aws:SourceAccount`, `aws:SourceArn`). Give a cluster of another stack a name, or
   * import it, such as with `eks.CfnCluster.fromClusterArn(…)`. The trust policy then contains its ARN as text, and the stacks do not
   * depend on each other.
   *
   * @default - every cluster of the account
   */
  readonly clusters?: eks.IClusterRef[];

  /**
   * The Kubernetes namespaces whose associations may use the role.
   *
   * Give full names. For a pattern, use `conditions` with `StringLike`. EKS sends the namespace as a session tag, so an association with a
   * session policy, or with `disableSessionTags`, cannot use the role.
   *
   * @default - every namespace
   */
  readonly namespaces?: string[];

  /**
   * The Kubernetes service accounts whose associations may use the role.
   *
   * Give full names. For a pattern, use `conditions` with `StringLike`. EKS sends the service account as a session tag, so an association with a
   * session policy, or with `disableSessionTags`, cannot use the role.
   *
   * @default - every service account
   */
  readonly serviceAccounts?: string[];

  /**
   * Other conditions of the trust policy, by operator and key.
   *
   * For example, `{ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }`.
   *
   * @default - no other conditions
   */
  readonly conditions?: { [operator: string]: any };
}

/**
 * Properties of a `PodIdentityRole`.
 *
 * These are the properties of `iam.Role`, without `assumedBy` and `externalIds`, because the construct writes the trust policy. EKS sends
 * external ids only to target roles.
 */
export interface PodIdentityRoleProps extends PodIdentityTrustProps {
  /**
   * A description of the role.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The inline policies of the role, by name.
   *
   * @default - no inline policies
   */
  readonly inlinePolicies?: { [name: string]: iam.PolicyDocument };

  /**
   * The managed policies that are attached to the role.
   *
   * @default - no managed policies
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * The maximum session duration, from 1 to 12 hours.
   *
   * The duration limits a principal that assumes the role with the AWS API or CLI. Only a principal that you add to the trust policy can do that.
   *
   * @default Duration.hours(1)
   */
  readonly maxSessionDuration?: Duration;

  /**
   * The path of the role, which begins and ends with a slash.
   *
   * @default /
   */
  readonly path?: string;

  /**
   * The permissions boundary, which limits the permissions that the policies of the role can grant.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * The name of the role.
   *
   * @default - a name that CloudFormation generates, or that the CDK generates if a stack of another account or region refers to the role
   */
  readonly roleName?: string;
}

/**
 * An IAM role that EKS Pod Identity can assume for pods.
 *
 * The trust policy of the role allows `pods.eks.amazonaws.com` to do `sts:AssumeRole` and `sts:TagSession`. EKS rejects an association whose
 * role does not allow both.
 *
 * Many associations can share the role, each narrowed by its session policy. By default, any association of the account can use the role, so
 * anyone who may create associations and pass the role (`iam:PassRole`) can give it to pods. To limit this, use `clusters`, `namespaces` and
 * `serviceAccounts`.
 *
 * The constructor throws an error if a list is empty, if a namespace or a service account is not a valid Kubernetes name, if a cluster is in
 * another account, if the ARN of a cluster contains a wildcard or a policy variable, or if `conditions` has a key that another property sets.
 *
 * @example
 * const role = new PodIdentityRole(this, 'SharedRole', { clusters: [cluster] });
 * bucket.grantRead(role);
 * new PodIdentityAssociation(this, 'Reporter', { cluster, namespace: 'reports', serviceAccount: 'reporter', role });
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export class PodIdentityRole extends iam.Role {
  /**
   * The `constructUniqueId` of an `IPropertyInjector` for this class.
   *
   * The injector also receives the roles that associations create. After it, the CDK calls an injector for `iam.Role`, as for every role.
   */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-eks-pod-identity.PodIdentityRole';

  /**
   * Returns the statement that allows EKS Pod Identity to assume a role.
   *
   * Use it for the trust policy of a role that is not a `PodIdentityRole`:
   * `role.assumeRolePolicy?.addStatements(PodIdentityRole.trustStatement({ clusters: [cluster] }))`. The role must be in the account of the
   * clusters. The statement does not limit what other statements of the trust policy allow.
   *
   * Throws an error if a list is empty, if a namespace or a service account is not a valid Kubernetes name, if the ARN of a cluster contains a
   * wildcard or a policy variable, or if `conditions` has a key that another property sets.
   *
   * @param props the clusters, namespaces and service accounts whose associations may use the role, by default all of the account
   */
  public static trustStatement(props: PodIdentityTrustProps = {}): iam.PolicyStatement {
    return new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(EKS_SERVICE)],
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      conditions: trustConditions(props),
    });
  }

  /**
   * @param scope the scope of the role
   * @param id the construct id
   * @param props the properties of the role
   */
  constructor(scope: Construct, id: string, props: PodIdentityRoleProps = {}) {
    props = injectProps(PodIdentityRole.PROPERTY_INJECTION_ID, props, scope, id);
    const { clusters, namespaces, serviceAccounts, conditions: more, ...role } = props;
    const use = { clusters, namespaces, serviceAccounts, conditions: more };
    const service = new iam.ServicePrincipal(EKS_SERVICE, { conditions: conditionsFor(scope, id, use) });
    super(scope, id, { ...role, roleName: props.roleName ?? PhysicalName.GENERATE_IF_NEEDED, assumedBy: new iam.SessionTagsPrincipal(service) });
    rememberClusters(this, use);
  }
}

const EKS_SERVICE = 'pods.eks.amazonaws.com';

function conditionsFor(scope: Construct, id: string, use: PodIdentityTrustProps): { [operator: string]: any } | undefined {
  try {
    const { account } = Stack.of(scope);
    const isElsewhere = (there: string | undefined) => there !== undefined && there !== account && ![account, there].some(Token.isUnresolved);
    const elsewhere = use.clusters?.find((cluster) => isElsewhere(cluster?.env?.account));
    if (elsewhere) {
      throw new Error(`the cluster ${elsewhere.node.path} is in account ${elsewhere.env.account}, and the role is in account ${account}. EKS accepts only `
        + 'roles of the account of the cluster. Create a role in that account, and use this one as the targetRole of associations.');
    }
    return trustConditions(use);
  } catch (error) {
    if (awaitsContext(scope)) { return undefined; } // the values may be dummies of lookups
    throw new Error(`${scope.node.path}/${id}: ${(error as Error).message}`);
  }
}
