/**
 * Reports a session policy that EKS rejects, whatever the role is. It checks the text itself, so that it also reports policies
 * that are too large for the other rules.
 *
 * Invariant: a problem that depends on a deploy-time value is not reported.
 */
import { Rule } from './rule';
import { Problem } from '../analysis/finding';
import { illegalCharacter } from '../session-policy/characters';
import { intrinsicOf } from '../template/intrinsics/intrinsic';
import { isRecord } from '../util/records';

export const INVALID_SESSION_POLICY: Rule = {
  id: 'InvalidSessionPolicy',
  severity: 'error',
  check: (association, context) => {
    const raw = association.ref.resource.Properties?.Policy;
    if (isRecord(raw) && !intrinsicOf(raw)) {
      return [problem('NotAString', association.path, 'it is a JSON object, and CloudFormation expects a string', context.reader === 'CDK app'
        ? 'Use JSON.stringify, or the sessionPolicy of PodIdentityAssociation.' : 'Write the document as a JSON string.')];
    }
    const reading = context.sessionPolicy(association);
    if (!reading || reading.kind === 'unknown') { return []; }
    const illegal = illegalCharacter(reading.text);
    const problems = reading.kind === 'invalid'
      ? [problem('NotJson', association.path, `it is not JSON: ${reading.why}`, 'Write a policy document with Version and Statement.')]
      : reading.read.problems.filter((p) => p.kind !== 'unknown').map(({ kind, where, message }) =>
        problem(kind === 'missing' ? 'MissingElement' : 'InvalidElement', association.path, `${where}${where && ' '}${message.replace(ADVICE, '')}`, fixFor(where, message)));
    return illegal === undefined ? problems : [
      ...problems,
      problem('IllegalCharacter', association.path, `it has the character ${illegal}`, 'Use characters up to U+00FF only, without control characters.'),
    ];
  },
};

/** The advice at the end of a message: the fix gives it. */
const ADVICE = /\. Remove the element$/;

function fixFor(where: string, message: string): string {
  const place = where || 'the document';
  if (/^has no statements/.test(message)) { return 'Add a statement.'; }
  const missing = /^has (?:neither|no) ([A-Z]\w+)/.exec(message);
  if (missing) { return `Add ${missing[1]} to ${place}.`; }
  return `${ADVICE.test(message) ? 'Remove' : 'Correct'} ${place}.`;
}

function problem(code: string, path: string, what: string, fix: string): Problem {
  return {
    code,
    property: 'Policy',
    message: `The session policy of ${path} is not valid: ${what}. The deployment fails with InvalidParameterException.`,
    fix,
  };
}
