/** How many characters a session policy has. The bounds are certain, the expected length is an estimate. */
export interface SessionPolicySize {
  /** The fewest characters that it can have. More than 2,048 fails to deploy for certain. */
  readonly minimum: number;

  /**
   * The most characters that it can have. At most 2,048 is certain to be short enough.
   *
   * @default - the policy has values of unknown length, such as parameters or imported ARNs
   */
  readonly maximum?: number;

  /**
   * The characters that it probably has: names that CloudFormation generates count with the form that it gives them (the name of the
   * stack, the logical id and 12 random characters, cut off at the limit of the type), ids with their usual length, and parameters with
   * their default. It is between the minimum and the maximum, and seldom more than 2 % from the deployed length. If the policy differs
   * with conditions of the template, it is the length of the longest form.
   *
   * Without a region in the `env` of the stack, a region counts as 10 characters; it has 9 to 14.
   *
   * @default - nothing can be said about some value, such as a parameter without a default or an imported ARN
   */
  readonly expected?: number;
}
