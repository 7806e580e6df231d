/** Actions and resources that `SessionPolicy.allExcept` denies. */
export interface DeniedActions {
  /**
   * The actions to deny, such as `s3:DeleteObject*`.
   *
   * Wildcards are allowed. A name without a wildcard matches one action only: `s3:DeleteObject` does not match `s3:DeleteObjectVersion`.
   */
  readonly actions: string[];

  /**
   * The ARNs of the resources on which the actions are denied.
   *
   * Wildcards are allowed.
   *
   * @default - all resources
   */
  readonly resources?: string[];

  /**
   * The Sid of the statement.
   *
   * @default - no Sid
   */
  readonly sid?: string;
}
