/** Requests that a session policy takes away from a role, see `SessionPolicy.allExcept`. */
export interface DeniedActions {
  /**
   * The actions, such as `s3:DeleteObject*`. Wildcards are allowed; a name that stops too early takes away less than it seems to:
   * `s3:DeleteObject` does not match `s3:DeleteObjectVersion`.
   */
  readonly actions: string[];

  /**
   * The ARNs of the resources on which the actions are denied. Wildcards are allowed.
   *
   * @default - all resources
   */
  readonly resources?: string[];

  /**
   * The Sid of the statement.
   *
   * @default - none
   */
  readonly sid?: string;
}
