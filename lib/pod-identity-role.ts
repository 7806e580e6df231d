import { Duration, PhysicalName } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { injectProps } from './private/property-injection';

/**
 * Properties of a `PodIdentityRole`: those of `iam.Role` without the ones of its trust policy (`assumedBy`, and `externalIds`, which EKS
 * sends to target roles only). The trust policy is what the construct is for.
 */
export interface PodIdentityRoleProps {
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
   * The path of the role; it begins and ends with a slash.
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
 * Many associations can share one such role, each narrowed by its session policy.
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
   * @param scope where the role belongs
   * @param id the construct id
   * @param props properties of the role
   */
  constructor(scope: Construct, id: string, props: PodIdentityRoleProps = {}) {
    props = injectProps(PodIdentityRole.PROPERTY_INJECTION_ID, props, scope, id);
    const eks = new iam.ServicePrincipal('pods.eks.amazonaws.com');
    super(scope, id, { ...props, roleName: props.roleName ?? PhysicalName.GENERATE_IF_NEEDED, assumedBy: new iam.SessionTagsPrincipal(eks) });
  }
}
