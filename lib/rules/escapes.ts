/**
 * A way in which a pod gets permissions that its session policy does not bound. `docs/rules/SessionPolicyEscape.md` explains
 * each, and why others are left out.
 */
export interface Escape {
  readonly action: string;
  /** The resources that the action must be allowed on. */
  readonly on: Reach;
  /** One of these actions must be allowed, too. */
  readonly with?: readonly string[];
  readonly how: string;
}

/** The role whose permissions are narrowed, every resource of a kind (in an account), or the associations of the cluster. */
export type Reach = 'own role' | 'every role' | 'every policy' | 'associations';

/** These actions run code with a role that is passed to them: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
const RUNS_CODE = [
  'ec2:RunInstances', 'lambda:CreateFunction', 'ecs:RunTask', 'cloudformation:CreateStack', 'codebuild:CreateProject', 'glue:CreateJob',
  'sagemaker:CreateNotebookInstance', 'eks:CreatePodIdentityAssociation',
];

const NEXT_ROLE = 'this session policy does not limit the session of the assumed role';
const ADDS = 'it adds permissions to the role, for all its associations';
const LIFTS = 'it changes or removes the boundary of the role, for all its associations';
const REWRITES = 'it rewrites customer managed policies, including those of the role';

export const ESCAPES: readonly Escape[] = [
  { action: 'sts:AssumeRole', on: 'every role', how: NEXT_ROLE },
  { action: 'sts:AssumeRole', on: 'own role', how: NEXT_ROLE },
  { action: 'iam:UpdateAssumeRolePolicy', on: 'own role', how: 'anyone it lets assume the role has all its permissions, without this session policy' },
  { action: 'iam:AttachRolePolicy', on: 'own role', how: ADDS },
  { action: 'iam:PutRolePolicy', on: 'own role', how: ADDS },
  { action: 'iam:DeleteRolePermissionsBoundary', on: 'own role', how: LIFTS },
  { action: 'iam:PutRolePermissionsBoundary', on: 'own role', how: LIFTS },
  { action: 'iam:CreatePolicyVersion', on: 'every policy', how: REWRITES },
  { action: 'iam:SetDefaultPolicyVersion', on: 'every policy', how: REWRITES },
  { action: 'iam:PassRole', on: 'every role', with: RUNS_CODE, how: 'this session policy does not limit code that runs with another role' },
  { action: 'eks:UpdatePodIdentityAssociation', on: 'associations', how: 'it removes the session policy from the association' },
];
