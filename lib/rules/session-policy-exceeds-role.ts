/**
 * Reports each request that the session policy allows and the role denies in every context. AWS accepts such a session policy, and denies the
 * request at run time. The outcome of the association decides when.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { codeOfDenial, deniedBecause, describeDenial, describeRequest } from '../analysis/describe-excess';
import { fixForExcess } from '../analysis/fix-for-excess';
import { outcomeOf } from '../analysis/outcome';
import { Excess } from '../engine';
import { Association, narrowedRole } from '../template/associations';

export const SESSION_POLICY_EXCEEDS_ROLE: Rule = {
  id: 'SessionPolicyExceedsRole',
  severity: 'error',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    const dead = outcome.kind === 'exceeds' ? outcome.excesses.filter(({ kind }) => kind === 'dead') : [];
    return dead.map((excess) => ({
      code: codeOfDenial(excess.denial),
      property: 'Policy',
      message: describe(excess, association),
      fix: fixForExcess(excess, association, context),
    }));
  },
};

function describe({ witness, denial }: Excess, association: Association): string {
  return `${association.path}: the session policy allows ${describeRequest(witness)}, but `
    + `${describeRole(narrowedRole(association))} does not: ${describeDenial(denial)}. `
    + `AWS does not check this at deployment. At run time, the pods of service account '${association.serviceAccount}' in namespace `
    + `'${association.namespace}' get AccessDenied, "${deniedBecause(denial, witness.action)}".`;
}
