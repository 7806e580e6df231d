/** One small template, and what AWS does with the requests that its session policy names. */
export interface ResourcePolicyCase {
  /** Short and unique. */
  readonly id: string;
  /** The AWS page that settles it. */
  readonly page: string;
  /** The reason, in one sentence. */
  readonly why: string;
  /** A complete template with the role `Role`, its association `Pods`, and the resources. */
  readonly template: object;
  readonly access: Access;
}

/**
 * What AWS does with the requests that the session policy names, for a role of account 111122223333 in eu-west-1.
 *
 * - `allowed`: the role's session may make all of them.
 * - `not allowed`: at least one is allowed by neither an identity policy nor a resource policy, or an identity policy or
 *   the boundary withholds it: the session policy names more than the role and the resource policies allow.
 * - `denied`: the resource policy explicitly denies them, or (KMS) does not let the identity policies that allow them
 *   count: what the session policy names on this resource never works.
 * - `depends`: on how the caller makes the request (TLS, headers, VPC endpoint): nothing to report.
 * - `unknown`: on a fact that neither the template nor IAM's pages tell: a warning at most, never an error.
 */
export type Access = 'allowed' | 'not allowed' | 'denied' | 'depends' | 'unknown';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const KMS = 'https://docs.aws.amazon.com/kms/latest/developerguide';

/** The pages that settle cases of several services. */
export const PAGES = {
  sameAccount: `${IAM}/reference_policies_evaluation-logic_policy-eval-basics.html`,
  enforcement: `${IAM}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
  principal: `${IAM}/reference_policies_elements_principal.html`,
  notPrincipal: `${IAM}/reference_policies_elements_notprincipal.html`,
  globalKeys: `${IAM}/reference_policies_condition-keys.html`,
  operators: `${IAM}/reference_policies_elements_condition_operators.html`,
  notAction: `${IAM}/reference_policies_elements_notaction.html`,
  notResource: `${IAM}/reference_policies_elements_notresource.html`,
  resource: `${IAM}/reference_policies_elements_resource.html`,
  boundaries: `${IAM}/access_policies_boundaries.html`,
  keyPolicies: `${KMS}/key-policies.html`,
  defaultKeyPolicy: `${KMS}/key-policy-default.html`,
  kmsKeys: `${KMS}/conditions-kms.html`,
} as const;
