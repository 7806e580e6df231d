/**
 * Where the permissions go that a grant gives to an association, such as `bucket.grantRead(association)`.
 */
export enum GrantsTo {
  /**
   * To the association's session policy only. The role is somebody else's, and already has more than enough: the grant
   * picks from it. The default if a role or a target role is given.
   */
  SESSION_POLICY = 'SESSION_POLICY',

  /**
   * To the association's session policy and to the role. The role grows to the union of what its associations need,
   * and each association keeps only its own part. A role of another stack gets a policy in the stack of the association,
   * so that the stacks do not depend on each other in a circle. An immutable role gets nothing, and synth warns of it. The default if neither a
   * role nor a target role is given, but a session policy that is not from `SessionPolicy.allExcept`.
   */
  SESSION_POLICY_AND_ROLE = 'SESSION_POLICY_AND_ROLE',

  /**
   * To the role only. The association has no session policy, unless one is given. The default if neither a role nor a
   * target role is given, and no session policy or one from `SessionPolicy.allExcept`.
   */
  ROLE = 'ROLE',
}
