/**
 * Whether EKS can certainly assume the roles of an association. pod-access.ts asks it: the rules report only what certainly fails, and between
 * the two lies trust whose conditions nobody can decide before the deployment.
 */
import { RequestFacts, requestForTargetRole, requestOfEks } from '../../lib/analysis/assume-role-request';
import { CheckContext } from '../../lib/analysis/check-context';
import { conditionOutcome } from '../../lib/analysis/trust-conditions';
import { Assumer, isWholeStatement, readTrustStatement } from '../../lib/analysis/trust-decision';
import { isEks, mayAllow, mayBeEks } from '../../lib/analysis/trust-policy';
import { isRoleOrAccount, mayBeRoleOrAccount } from '../../lib/analysis/trusted-role';
import { isJsonObject, Json } from '../../lib/engine';
import { Association } from '../../lib/template/associations';
import { lazy, memoize } from '../../lib/util/memo';

export interface Trust {
  readonly isCertain: boolean;
  /** Equal texts: the same trust policies, as far as they are known. */
  readonly text: string;
}

/** Without session tags, STS asks for `sts:AssumeRole` only. A role that lacks the other action is rejected earlier. */
const ACTION = 'sts:AssumeRole';

export function trustIn(association: Association, context: CheckContext): Trust {
  const { role, targetRole } = association;
  const own = context.trustStatements(role);
  const ofTarget = targetRole && context.trustStatements(targetRole);
  const ofRole: Assumer = { mayBe: mayBeRoleOrAccount(role.arn), isCertainly: isRoleOrAccount(role.arn) };
  return {
    isCertain: isTrusted(own, EKS, () => requestOfEks(association, context.evaluator))
      && (!targetRole || isTrusted(ofTarget, ofRole, () => requestForTargetRole(association, context.evaluator))),
    text: `${textOf(own)} ${textOf(ofTarget)}`,
  };
}

const EKS: Assumer = { mayBe: mayBeEks, isCertainly: isEks };

/** A trust policy that is not known counts as it is: neither side says anything about it. */
function isTrusted(trust: readonly Json[] | undefined, { mayBe, isCertainly }: Assumer, factsOf: () => RequestFacts): boolean {
  if (!trust) { return true; }
  const facts = lazy(factsOf);
  const outcomes = (json: Json) => {
    const statement = readTrustStatement(json);
    return statement && isWholeStatement(json, statement)
      ? statement.conditions.map((entry) => conditionOutcome(entry, statement, facts())) : ['open'];
  };
  const mayDeny = (json: Json) => isJsonObject(json) && json.Effect === 'Deny'
    && mayAllow({ ...json, Effect: 'Allow' }, ACTION, mayBe) && !outcomes(json).includes('fails');
  return !trust.some(mayDeny) && trust.some((json) => mayAllow(json, ACTION, isCertainly) && outcomes(json).every((outcome) => outcome === 'holds'));
}

/** Many associations share a role: computed once. */
const textOfStatements = memoize((trust: readonly Json[]) => JSON.stringify(trust));

function textOf(trust: readonly Json[] | undefined): string {
  return trust ? textOfStatements(trust) : '';
}
