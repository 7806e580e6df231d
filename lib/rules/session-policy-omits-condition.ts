/**
 * Reports a statement of the session policy that works under a condition of the role only, which the session policy does not repeat.
 * The outcome of the association decides when. A request without the condition is denied at run time.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { describeRole, printStatements } from '../analysis/describe';
import { codeOfDenial, deniedBecause, describeRequest } from '../analysis/describe-excess';
import { outcomeOf } from '../analysis/outcome';
import { acknowledging } from '../analysis/reader';
import { Replacement, suggestReplacement } from '../analysis/suggest-replacement';
import { conditionalStatements, describeStatement, Excess, NarrowingQuestion, questionOfFix, Statement, statementAsJson } from '../engine';
import { Association, narrowedRole } from '../template/associations';

export const SESSION_POLICY_OMITS_CONDITION: Rule = {
  id: 'SessionPolicyOmitsCondition',
  severity: 'warning',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    const conditional = outcome.kind === 'exceeds' ? outcome.excesses.filter(({ kind }) => kind === 'conditional') : [];
    if (conditional.length === 0) { return []; }
    const question = { session: context.readableSession(association)!, layers: context.layersOf(narrowedRole(association)) };
    return conditional.map((excess) => ({
      code: codeOfDenial(excess.denial),
      property: 'Policy',
      message: describe(excess, conditionalStatements(excess, question), association),
      fix: fixFor(excess, question, association, context),
    }));
  },
};

/** Maximum number of statements of the role that a message names. */
const STATEMENTS_SHOWN = 2;

/** `deciding`: the statements of the role that allow or deny it under conditions. */
function describe({ statement, witness, denial }: Excess, deciding: readonly Statement[], association: Association): string {
  const [verb, word] = denial.statement ? ['denies', 'if'] : ['allows', 'only if'];
  const only = deciding.slice(0, STATEMENTS_SHOWN).map((s) => `${describeStatement(s)} ${verb} ${witness.action} ${word} ${JSON.stringify(statementAsJson(s).Condition)}`);
  const [own, role] = [describeStatement(statement), describeRole(narrowedRole(association))];
  const what = only.length > 0 ? `${own} does not repeat a condition of ${role}: ${only.join('; ')}`
    : `${role} allows the requests of ${own} only for some values of condition keys`;
  return `${association.path}: ${what}. AWS does not check this at deployment. At run time, a request such as ${describeRequest(witness)} `
    + `gets AccessDenied, "${deniedBecause(denial, witness.action)}".`;
}

function fixFor(excess: Excess, question: NarrowingQuestion, association: Association, context: CheckContext): string {
  const options = context.optionsFor(association);
  const replacement = suggestReplacement(excess.statement, questionOfFix(excess, question, options), options);
  return `${howToRepeat(replacement, excess.statement)}If all requests of the pods meet the condition, ${acknowledging('SessionPolicyOmitsCondition', context.reader)}.`;
}

function howToRepeat(replacement: Replacement, statement: Statement): string {
  if (replacement.kind !== 'replace') { return ''; }
  const own = JSON.stringify(statementAsJson(statement));
  const by = printStatements(replacement.by);
  const parts = [
    ...(by === own ? [] : [`replace ${own} with ${by}`]),
    ...(replacement.deny.length === 0 ? [] : [`add ${printStatements(replacement.deny)}`]),
  ];
  return `To repeat the condition in the session policy, ${parts.join(', and ')}. `;
}
