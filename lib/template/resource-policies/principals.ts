/**
 * Tells what the principals of a statement in a resource policy are to the sessions of a role.
 *
 * Invariant: only what is certain is said; everything else is `perhaps`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { isJsonObject, isText, itemsOf, Json, JsonObject, mayBeEqual, partsOf, sameText, SymbolicString, textKey } from '../../engine';
import { memoize, memoizeBy } from '../../util/memo';
import { arnFieldsOf } from '../arn-fields';
import { Value } from '../value';

/** What a statement is to the sessions of a role. */
export type Reach =
  /** It names the role by its ARN. */
  | 'role'
  /** It names everyone. */
  | 'everyone'
  /** It names the account of the role. Allow: identity policies must still allow it. Deny: the role is denied, too. */
  | 'account'
  /** It names others, or sessions of the role with names that EKS does not give. */
  | 'nobody'
  /** Something about it is not certain. */
  | 'perhaps';

/** The role whose sessions make the requests. */
export interface RoleIdentity {
  readonly arn: string | SymbolicString;
  readonly account: string | SymbolicString;
  /** `undefined`: it is not known. */
  readonly hasBoundary?: boolean;
  /** The assembly of its stack, if that is known. */
  readonly assembly?: string;
}

/** From the most to the least: one principal of a list suffices. */
const MOST_FIRST: readonly Reach[] = ['everyone', 'role', 'account', 'perhaps', 'nobody'];

/** What a statement is to a role. Many statements name the same principals, and many roles ask: computed once for equal ones. */
export function reachOf(statement: JsonObject, role: RoleIdentity): Reach {
  return reachOfEqual({ statement, role });
}

const reachOfEqual = memoizeBy(
  ({ statement, role: { arn, account, hasBoundary } }: { readonly statement: JsonObject; readonly role: RoleIdentity }) => (
    JSON.stringify([textKey(arn), textKey(account), hasBoundary, keyOfPrincipals(statement)])),
  ({ statement, role }) => decideReach(statement, role),
);

const keyOfPrincipals = memoize(({ Effect: effect, Principal: principal, NotPrincipal: others }: JsonObject): string => (
  [effect, principal, others].map((value) => (value === undefined ? '' : keyOfJson(value))).join(' ')));

function keyOfJson(value: Json): string {
  if (typeof value === 'string' || value instanceof SymbolicString) { return textKey(value); }
  if (Array.isArray(value)) { return `[${value.map(keyOfJson).join()}]`; }
  return isJsonObject(value) ? `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${keyOfJson(member)}`).join()}}` : JSON.stringify(value);
}

function decideReach(statement: JsonObject, role: RoleIdentity): Reach {
  const { Principal: principal, NotPrincipal: others } = statement;
  if (principal === undefined) { return others === undefined ? 'perhaps' : reachOfOthers(others, statement.Effect, role); }
  return mostOf(reachesIn(principal, role));
}

/** The others are named: everyone else is meant. */
function reachOfOthers(others: Json, effect: Json | undefined, role: RoleIdentity): Reach {
  // IAM advises against Allow with NotPrincipal, and does not say how far it goes.
  if (effect !== 'Deny') { return 'perhaps'; }
  // "Do not use NotPrincipal with Deny for principals that have a permissions boundary": it denies them whatever it lists.
  if (role.hasBoundary) { return 'everyone'; }
  const listed = reachesIn(others, role);
  if (listed.includes('everyone')) { return 'nobody'; }
  if (listed.includes('role') || listed.includes('perhaps')) { return 'perhaps'; }
  // A listed account exempts itself, and none of its principals.
  return 'everyone';
}

function reachesIn(principal: Json, role: RoleIdentity): Reach[] {
  if (principal === '*') { return ['everyone']; }
  if (!isJsonObject(principal)) { return ['perhaps']; }
  const reaches = Object.entries(principal).flatMap(([type, values]) => itemsOf(values).map((value) => reachOfOne(type, value as Value, role)));
  return reaches.length === 0 ? ['perhaps'] : reaches;
}

function reachOfOne(type: string, value: Value, role: RoleIdentity): Reach {
  switch (type) {
    case 'AWS': return isText(value) ? reachOfAwsPrincipal(value, role) : 'perhaps';
    // EKS assumes the role, and the pods are sessions of the role: neither a service nor a federated user.
    case 'Service': case 'Federated': return 'nobody';
    default: return 'perhaps'; // a canonical user is an account
  }
}

function reachOfAwsPrincipal(value: string | SymbolicString, role: RoleIdentity): Reach {
  if (value === '*') { return 'everyone'; }
  if (sameText(value, role.arn)) { return 'role'; }
  if (sameText(value, role.account)) { return 'account'; }
  const fields = arnFieldsOf(value);
  if (!fields) {
    if (typeof value === 'string') { return /^\d{12}$/.test(value) ? accountReach(value, role) : 'perhaps'; } // or the unique ID of a role
    return mayBeEqual(value, role.arn) || mayBeEqual(value, role.account) ? 'perhaps' : 'nobody';
  }
  const [, , service, , account, rest] = fields;
  if (service === 'sts') { return 'nobody'; } // a session matches by its whole name, and EKS chooses that
  if (service !== 'iam') { return 'perhaps'; }
  if (rest === 'root') { return accountReach(account, role); }
  return mayBeEqual(value, role.arn) ? 'perhaps' : 'nobody';
}

function accountReach(account: string | SymbolicString, role: RoleIdentity): Reach {
  if (sameText(account, role.account)) { return 'account'; }
  return mayBeEqual(account, role.account) ? 'perhaps' : 'nobody';
}

function mostOf(reaches: readonly Reach[]): Reach {
  return MOST_FIRST.find((reach) => reaches.includes(reach)) ?? 'nobody';
}

/** The account of a role's ARN; `undefined` if it is not certainly the ARN of a role. */
export function accountOfRole(arn: Value): string | SymbolicString | undefined {
  const fields = arnFieldsOf(arn);
  return fields?.[2] === 'iam' && String(partsOf(fields[5])[0]).startsWith('role/') ? fields[4] : undefined;
}
