/**
 * Decides whether a trust policy lets every association of an account have the role.
 *
 * Invariant: `true` is certain. A condition that could not be decided, or a Deny statement for EKS, is read as one that narrows.
 */
import { requestOfAnyAssociation, RequestFacts } from './assume-role-request';
import { conditionOutcome } from './trust-conditions';
import { isWholeStatement, readTrustStatement } from './trust-decision';
import { ASSUME_ACTIONS, isEks, mayAllow, mayBeEks } from './trust-policy';
import { actionMatches, ConditionEntry, isJsonObject, itemsOf, Json, Statement } from '../engine';
import { Association } from '../template/associations';
import { Evaluator } from '../template/evaluator';

/** Keys that are the same for every association of an account. */
const OF_ACCOUNT = ['aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths'];

export function isOpenToEveryAssociation(trust: readonly Json[], association: Association, evaluator: Evaluator): boolean {
  if (trust.some(mayDenyEks)) { return false; }
  const facts = requestOfAnyAssociation(association, evaluator);
  return ASSUME_ACTIONS.every((action) => trust.some((statement) => allowsEveryAssociation(statement, action, facts)));
}

function mayDenyEks(statement: Json): boolean {
  if (!isJsonObject(statement)) { return true; }
  return statement.Effect !== 'Allow' && ASSUME_ACTIONS.some((action) => mayAllow({ ...statement, Effect: 'Allow' }, action, mayBeEks));
}

function allowsEveryAssociation(json: Json, action: string, facts: RequestFacts): boolean {
  if (!isJsonObject(json) || json.Effect !== 'Allow' || !isJsonObject(json.Principal)) { return false; }
  const names = Object.entries(json.Principal).some(([type, value]) => itemsOf(value).some((item) => isEks(type, item)));
  const allows = itemsOf(json.Action ?? []).some((pattern) => typeof pattern === 'string' && actionMatches(pattern, action));
  const statement = names && allows ? readTrustStatement(json) : undefined;
  return statement !== undefined && isWholeStatement(json, statement) && statement.conditions.every((entry) => isOpen(entry, statement, facts));
}

function isOpen(entry: ConditionEntry, statement: Statement, facts: RequestFacts): boolean {
  const outcome = conditionOutcome(entry, statement, facts);
  return outcome === 'holds' || (outcome === 'open' && OF_ACCOUNT.includes(entry.key));
}
