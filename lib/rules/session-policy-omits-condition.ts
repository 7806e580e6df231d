/**
 * Reports a statement of the session policy that works under a condition of the role only, which the session policy does not repeat.
 * The outcome of the association decides when. A request without the condition is denied at run time.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { deniedBecause, describeRequest } from '../analysis/describe-excess';
import { Problem } from '../analysis/finding';
import { outcomeOf } from '../analysis/outcome';
import { describeStatement, Excess, RepeatedConditions, Statement, statementAsJson } from '../engine';
import { Association, narrowedRole } from '../template/associations';

export const SESSION_POLICY_OMITS_CONDITION: Rule = {
  id: 'SessionPolicyOmitsCondition',
  severity: 'warning',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    const conditional = outcome.kind === 'exceeds' ? outcome.excesses.filter(({ kind }) => kind === 'conditional') : [];
    return conditional.map((excess) => describe(
      excess, context.conditionalStatements(excess, association), context.repeatConditions(excess.statement, association), association,
    ));
  },
};

/** Maximum number of statements of the role that a message names. */
const STATEMENTS_SHOWN = 2;

/** `deciding`: the statements of the role that allow or deny it under conditions. */
function describe(
  { statement, witness, denial }: Excess, deciding: readonly Statement[], repeated: RepeatedConditions | undefined, association: Association,
): Problem {
  const verb = denial.statement ? 'denies it if' : 'allows it only if';
  const only = deciding.slice(0, STATEMENTS_SHOWN).map((s) => `${describeStatement(s)} ${verb} ${JSON.stringify(statementAsJson(s).Condition)}`);
  return {
    property: 'Policy',
    message: `${association.path}: ${describeStatement(statement)} works only for some requests, because ${describeRole(narrowedRole(association))} `
      + `has a condition that the session policy does not repeat${only.length > 0 ? `: ${only.join('; ')}` : ''}. AWS deploys this without a warning. A request `
      + `such as ${describeRequest(witness)} is then denied: AccessDenied, "${deniedBecause(denial, witness.action)}".`,
    fix: `${repeated ? `${howToRepeat(repeated, statement)} ` : ''}If all requests of the pods meet the condition, acknowledge this rule with that reason.`,
  };
}

function howToRepeat({ statement: narrowed, denies }: RepeatedConditions, statement: Statement): string {
  const own = JSON.stringify(statementAsJson(statement));
  const replaced = JSON.stringify(narrowed);
  const parts = [
    ...(replaced === own ? [] : [`replace ${own} by ${replaced}`]),
    ...(denies.length === 0 ? [] : [`add ${denies.map((deny) => JSON.stringify(deny)).join(', ')}`]),
  ];
  return `To say the same in the session policy, ${parts.join(', and ')}.`;
}
