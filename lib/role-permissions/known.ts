import * as iam from 'aws-cdk-lib/aws-iam';

/** What a role has that the app does not define. */
export interface KnownRolePermissions {
  /**
   * The documents of its identity policies: inline policies, and attached managed policies whose document is at hand. All of
   * them: what is not here, the role is taken not to have. Policies that the app attaches to the role are added by themselves.
   *
   * @default - none
   */
  readonly identityPolicies?: iam.PolicyDocument[];

  /**
   * Managed policies that are attached to it and not among `identityPolicies`: AWS's own ones, whose documents this library
   * has, ones of the app, or ones that are given with `RolePermissions.ofManagedPolicy` or with a snapshot.
   *
   * @default - none
   */
  readonly managedPolicies?: iam.IManagedPolicyRef[];

  /**
   * The document of its permissions boundary.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: iam.PolicyDocument;

  /**
   * Its trust policy.
   *
   * @default - not known; then whether EKS may assume the role is not checked
   */
  readonly trustPolicy?: iam.PolicyDocument;
}
