/**
 * Reports each request that the session policy allows and the role denies in every context. AWS accepts such a session policy, and denies the
 * request at run time. The outcome of the association decides when.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { deniedBecause, describeDenial, describeRequest } from '../analysis/describe-excess';
import { Problem } from '../analysis/finding';
import { outcomeOf } from '../analysis/outcome';
import { describeStatement, Excess, statementAsJson, StatementJson } from '../engine';
import { Association, narrowedRole } from '../template/associations';

export const SESSION_POLICY_EXCEEDS_ROLE: Rule = {
  id: 'SessionPolicyExceedsRole',
  severity: 'error',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    const dead = outcome.kind === 'exceeds' ? outcome.excesses.filter(({ kind }) => kind === 'dead') : [];
    return dead.map((excess) => describe(excess, context.suggestFix(excess.statement, association), association));
  },
};

function describe({ statement, witness, denial }: Excess, narrowed: readonly StatementJson[], association: Association): Problem {
  const instead = narrowed.length === 0 ? 'remove the statement' : `replace it by ${narrowed.map((s) => JSON.stringify(s)).join(', ')}`;
  const repeat = denial.statement ? `Or repeat in the session policy what denies it: ${JSON.stringify(statementAsJson(denial.statement))}. ` : '';
  return {
    property: 'Policy',
    message: `${association.path}: the session policy allows ${describeRequest(witness)}, and `
      + `${describeRole(narrowedRole(association))} does not: ${describeDenial(denial)}. `
      + `AWS deploys this without a warning; the pods of service account '${association.serviceAccount}' in namespace `
      + `'${association.namespace}' are then denied: AccessDenied, "${deniedBecause(denial, witness.action)}".`,
    fix: `In ${describeStatement(statement)}, ${JSON.stringify(statementAsJson(statement))}, leave out what the role does not have: ${instead}. ${repeat}`
      + `Or allow it in ${denial.layer === 'permissions boundary' ? "the role's permissions boundary" : 'the role (GrantsTo.SESSION_POLICY_AND_ROLE makes grants do both)'}. `
      + 'Where a resource policy that names the role allows it, acknowledge this rule with that reason.',
  };
}
