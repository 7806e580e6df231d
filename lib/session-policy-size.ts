/**
 * The size of a session policy, in characters.
 *
 * EKS accepts at most 2,048 characters. The minimum and the maximum are certain, and the expected size is an estimate.
 */
export interface SessionPolicySize {
  /**
   * The minimum number of characters.
   *
   * If this is more than 2,048, the deployment fails.
   */
  readonly minimum: number;

  /**
   * The maximum number of characters.
   *
   * If this is at most 2,048, the policy is short enough.
   *
   * @default - the policy contains values of unknown length, such as parameters or imported ARNs
   */
  readonly maximum?: number;

  /**
   * The expected number of characters, between the minimum and the maximum.
   *
   * A name that CloudFormation generates counts in the form that CloudFormation gives it: the name of the stack, the logical id and 12 random
   * characters, cut off at the limit of the resource type. Ids count with their usual length, and parameters with their default. Without
   * a region in the `env` of the stack, a region counts as 10 characters (the names of regions have 9 to 14). If the policy differs with the
   * conditions of the template, this is the size of the longest form. The deployed size seldom differs by more than 2 %.
   *
   * @default - the length of a value cannot be estimated, such as that of a parameter without a default or of an imported ARN
   */
  readonly expected?: number;
}
