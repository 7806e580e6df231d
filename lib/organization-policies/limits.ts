/** The limits of policies of an organization, in one place. Messages and docs/guides/organization-policies.md name them. */
import type { ControlKind } from './control-policy';

/**
 * Maximum size of a policy, in characters without white space between its elements. The limit of service control policies was 5,120 until
 * May 2026.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html#min-max-values
 */
export const MAX_POLICY_CHARACTERS: { readonly [kind in ControlKind]: number } = { 'service control': 10_240, 'resource control': 5_120 };

/** Maximum size of a file, in characters: a level of the organization with every policy that AWS accepts, and white space, is far smaller. */
export const MAX_FILE_CHARACTERS = 1_000_000;

/** Maximum number of policies in one file. AWS accepts at most ten for a root, an organizational unit or an account. */
export const MAX_POLICIES = 100;
