import { Duration, PhysicalName, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { awaitsContext } from './private/awaits-context';
import { rememberClusters, trustConditions } from './private/pod-identity-trust';
import { injectProps } from './private/property-injection';

/**
 * Who may use a role: which clusters, namespaces and service accounts. All that are given must match, so two namespaces and two service
 * accounts are four pairs.
 *
 * A condition that never holds for an association is an error of the rule `RoleTrustPolicy`.
 */
export interface PodIdentityTrustProps {
  /**
   * The clusters whose associations may use the role: of `aws-eks`, `aws-eks-v2`, an L1, or imported, such as
   * `eks.CfnCluster.fromClusterArn(…)`. EKS sends the account and the ARN of the cluster, and the trust policy requires one of these
   * (`aws:SourceAccount`, `aws:SourceArn`). Give a cluster of another stack a name, or import it: its ARN is then written out.
   *
   * @default - every cluster of the account
   */
  readonly clusters?: eks.IClusterRef[];

  /**
   * The Kubernetes namespaces whose associations may use the role, in full. EKS sends the name as a session tag, so an association with a
   * session policy, or with `disableSessionTags`, cannot use the role. For a pattern, use `conditions` with `StringLike`.
   *
   * @default - every namespace
   */
  readonly namespaces?: string[];

  /**
   * The Kubernetes service accounts whose associations may use the role, in full. EKS sends the name as a session tag, as for `namespaces`.
   *
   * @default - every service account
   */
  readonly serviceAccounts?: string[];

  /**
   * More conditions, by operator and key, such as `{ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }`. They must hold, too.
   *
   * @default - none
   */
  readonly conditions?: { [operator: string]: any };
}

/**
 * Properties of a `PodIdentityRole`: those of `iam.Role` without the ones of its trust policy (`assumedBy`, and `externalIds`, which EKS
 * sends to target roles only). The trust policy is what the construct is for.
 */
export interface PodIdentityRoleProps extends PodIdentityTrustProps {
  /**
   * What the role is for.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Inline policies, by name.
   *
   * @default - none
   */
  readonly inlinePolicies?: { [name: string]: iam.PolicyDocument };

  /**
   * Managed policies to attach.
   *
   * @default - none
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * The longest session that anybody may ask for who assumes the role with the AWS API or CLI, from 1 to 12 hours. Only a principal that you
   * add to the trust policy can do that.
   *
   * @default Duration.hours(1)
   */
  readonly maxSessionDuration?: Duration;

  /**
   * The path of the role. It begins and ends with a slash.
   *
   * @default /
   */
  readonly path?: string;

  /**
   * The most that the role may ever be allowed, by whatever policies.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * The name of the role.
   *
   * @default - CloudFormation generates one; the CDK does if a stack of another account or region refers to the role
   */
  readonly roleName?: string;
}

/**
 * A role that EKS Pod Identity can assume for pods: its trust policy lets `pods.eks.amazonaws.com` do `sts:AssumeRole`
 * and `sts:TagSession`. EKS rejects an association whose role lacks either.
 *
 * Many associations can share one such role, each narrowed by its session policy. By default, any association of the account can use the role:
 * who may create associations and pass the role (`iam:PassRole`) decides. `clusters`, `namespaces` and `serviceAccounts` narrow that.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export class PodIdentityRole extends iam.Role {
  /**
   * The `constructUniqueId` of an `IPropertyInjector` for this class, which also gets the roles that associations create. After it, the CDK calls an
   * injector for `iam.Role`, as for every role.
   */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-eks-pod-identity.PodIdentityRole';

  /**
   * The statement that lets EKS Pod Identity assume a role, for the trust policy of a role that is not a `PodIdentityRole`:
   * `role.assumeRolePolicy?.addStatements(PodIdentityRole.trustStatement({ clusters: [cluster] }))`.
   *
   * The role must be in the account of the clusters. Statements are alternatives: a trust policy that has an unrestricted one stays as open as it is.
   *
   * @param props who may use the role. Without props, any association of the account may
   * @throws if a list is empty, a name is not one that Kubernetes accepts, the ARN of a cluster has a wildcard, or a condition is given twice
   */
  public static trustStatement(props: PodIdentityTrustProps = {}): iam.PolicyStatement {
    return new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(EKS_SERVICE)],
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      conditions: trustConditions(props),
    });
  }

  /**
   * @param scope where the role belongs
   * @param id the construct id
   * @param props properties of the role
   * @throws if a list is empty, a name is not one that Kubernetes accepts, a cluster is in another account, the ARN of a cluster has a wildcard, or a condition is given twice
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
