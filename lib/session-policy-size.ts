/** How many characters a session policy has. */
export interface SessionPolicySize {
  /** The fewest characters that it can have. More than 2,048 fails to deploy for certain. */
  readonly minimum: number;

  /**
   * The most characters that it can have. At most 2,048 is certain to be short enough.
   *
   * @default - the policy has values of unknown length, such as parameters or imported ARNs
   */
  readonly maximum?: number;
}
