/**
 * The policies that receive the permissions of a grant to an association, such as `bucket.grantRead(association)`.
 */
export enum GrantsTo {
  /**
   * The session policy of the association only.
   *
   * Use this for a role that is defined elsewhere and already has more permissions than the pods need: the grants select from them. This is the
   * default if a role or a target role is given.
   */
  SESSION_POLICY = 'SESSION_POLICY',

  /**
   * The session policy of the association, and the role.
   *
   * The role gets all permissions that its associations need, and the session policy of each association contains only its own part. A role of
   * another stack gets a policy in the stack of the association, so that the stacks do not depend on each other in a circle. An immutable role
   * gets nothing, and a warning reports it at synth. This is the default if neither a role nor a target role is given, but a session policy that
   * is not from `SessionPolicy.allExcept`.
   */
  SESSION_POLICY_AND_ROLE = 'SESSION_POLICY_AND_ROLE',

  /**
   * The role only.
   *
   * The association has no session policy, unless one is given. This is the default if neither a role nor a target role is given, and either no
   * session policy is given, or one from `SessionPolicy.allExcept`.
   */
  ROLE = 'ROLE',
}
