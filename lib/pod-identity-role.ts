import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Properties of a `PodIdentityRole`. Its trust policy is not among them: that is what the construct is for. */
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
   * @default - CloudFormation generates one
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
   * @param scope where the role belongs
   * @param id the construct id
   * @param props properties of the role
   */
  constructor(scope: Construct, id: string, props: PodIdentityRoleProps = {}) {
    const eks = new iam.ServicePrincipal('pods.eks.amazonaws.com');
    super(scope, id, { ...props, assumedBy: new iam.SessionTagsPrincipal(eks) });
  }
}
