import * as iam from 'aws-cdk-lib/aws-iam';

/** The permissions of a role that the app does not define. */
export interface KnownRolePermissions {
  /**
   * The documents of all identity policies of the role.
   *
   * These are its inline policies, and the attached managed policies whose documents you have. The checks assume that the role has no other
   * permissions than those given here and in `managedPolicies`. Policies that the app itself attaches to the role are added automatically.
   *
   * @default - no identity policies
   */
  readonly identityPolicies?: iam.PolicyDocument[];

  /**
   * The managed policies that are attached to the role and whose documents are not in `identityPolicies`.
   *
   * This library contains the documents of AWS managed policies, and the app defines the documents of its own ones. Declare the document of
   * any other managed policy with `RolePermissions.ofManagedPolicy` or with a snapshot.
   *
   * @default - no managed policies
   */
  readonly managedPolicies?: iam.IManagedPolicyRef[];

  /**
   * The document of the permissions boundary of the role.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: iam.PolicyDocument;

  /**
   * The trust policy of the role.
   *
   * @default - unknown, so the checks do not examine whether EKS may assume the role
   */
  readonly trustPolicy?: iam.PolicyDocument;
}
