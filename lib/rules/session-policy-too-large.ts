/**
 * Reports a session policy that is too long for EKS even with the shortest deploy-time values, and names its largest statements.
 */
import { Rule } from './rule';
import { counted } from '../analysis/describe';
import { describeOffer, offerCompaction } from '../analysis/offer-compaction';
import { lengthOfSessionPolicy } from '../analysis/session-policy-reading';
import { lengthOf, Statement, statementAsJson, SymbolicString } from '../engine';
import { SESSION_POLICY_MAX_CHARACTERS } from '../session-policy/limit';

const LARGEST_SHOWN = 3;

export const SESSION_POLICY_TOO_LARGE: Rule = {
  id: 'SessionPolicyTooLarge',
  severity: 'error',
  check: (association, context) => {
    const { min = 0, max } = lengthOfSessionPolicy(association, context.evaluator) ?? {};
    if (min <= SESSION_POLICY_MAX_CHARACTERS) { return []; }
    const reading = context.sessionPolicy(association);
    const largest = reading?.kind === 'read' ? describeLargest(reading.read.policy.statements) : '';
    return [{
      code: 'ExceedsLimit',
      property: 'Policy',
      message: `The session policy of ${association.path} has ${max === min ? counted(min) : `at least ${counted(min)}`} characters; EKS accepts at most `
        + `${counted(SESSION_POLICY_MAX_CHARACTERS)}. The deployment fails: InvalidParameterException, "The parameter policy should not be `
        + `greater than ${SESSION_POLICY_MAX_CHARACTERS} characters".${largest}`,
      fix: describeOffer(offerCompaction(association, context), context.reader),
    }];
  },
};

function describeLargest(statements: readonly Statement[]): string {
  const sizes = statements.map((s) => ({ name: `statement ${s.index}${s.sid ? ` (Sid '${s.sid}')` : ''}`, ...shortestLength(s) }));
  const shown = sizes.sort((a, b) => b.size - a.size).slice(0, LARGEST_SHOWN);
  return shown.length === 0 ? '' : ` Its largest ${shown.length === 1 ? 'statement' : 'statements'}: ${shown.map((s) => `${s.name} (${s.isFixed ? '' : 'at least '}${counted(s.size)} characters)`).join(', ')}.`;
}

/** Blanks do not count, and deploy-time values count with their smallest length. */
function shortestLength(statement: Statement): { readonly size: number; readonly isFixed: boolean } {
  let isFixed = true;
  const text = JSON.stringify(statementAsJson(statement), function (key, value) {
    const raw = this[key]; // before SymbolicString.toJSON
    if (!(raw instanceof SymbolicString)) { return value; }
    const { min, max } = lengthOf(raw);
    isFixed &&= min === max;
    return 'x'.repeat(min);
  });
  return { size: text.length, isFixed };
}
