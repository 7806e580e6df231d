/** What CloudFormation or EKS would reject of an association of the head: then nothing is deployed, and pods keep what they have. */
import { Undetermined } from './difference';
import { CheckContext } from '../../lib/analysis/check-context';
import { INVALID_KUBERNETES_NAME } from '../../lib/rules/invalid-kubernetes-name';
import { INVALID_SESSION_POLICY } from '../../lib/rules/invalid-session-policy';
import { ROLE_IN_ANOTHER_ACCOUNT } from '../../lib/rules/role-in-another-account';
import { SESSION_POLICY_TOO_LARGE } from '../../lib/rules/session-policy-too-large';
import { SESSION_TAGS_MUST_BE_DISABLED } from '../../lib/rules/session-tags-must-be-disabled';
import { Association } from '../../lib/template/associations';

const REJECTED = [INVALID_KUBERNETES_NAME, INVALID_SESSION_POLICY, SESSION_POLICY_TOO_LARGE, SESSION_TAGS_MUST_BE_DISABLED, ROLE_IN_ANOTHER_ACCOUNT];

/** EKS accepts such names, which no pods have. */
const ACCEPTED: ReadonlySet<string> = new Set(['InvalidNamespace', 'InvalidServiceAccount']);

export function rejectionsOf(association: Association, context: CheckContext): Undetermined[] {
  return REJECTED.flatMap((rule) => rule.check(association, context).filter(({ code }) => !ACCEPTED.has(code))
    .map(({ message, fix }): Undetermined => ({ code: rule.id, message, resolution: fix })));
}
