/**
 * Reads trust policies statement by statement: whom a statement may let assume the role, and under which conditions. The rules on
 * trust and on session tags ask it.
 *
 * Invariant: it rounds toward trust. A value that is unresolved at synth is treated as the right one, so that a rule reports only
 * what is certain to fail.
 */
import {
  actionMatches, isJsonObject, itemsOf, Json, JsonObject, parseStatement, Statement, SymbolicMember, SymbolicString, Unresolved,
} from '../engine';

/** What EKS and the association's role need in a trust policy: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
export const ASSUME_ACTIONS = ['sts:AssumeRole', 'sts:TagSession'];

/** The principal that EKS Pod Identity assumes roles as. */
export const EKS_SERVICE = 'pods.eks.amazonaws.com';

/** The statements of a trust policy. */
export function trustStatementsIn(trust: Json): readonly Json[] {
  if (!isJsonObject(trust)) { return [trust]; }
  const statement = trust.Statement;
  return Array.isArray(statement) ? statement : statement === undefined ? [] : [statement as Json];
}

/** Whether a principal of a type (`AWS`, `Service` and so on) may be the one in question. */
export type PrincipalTest = (type: string, value: Json) => boolean;

export const mayBeEks: PrincipalTest = (type, value) => (type === 'Service'
  ? typeof value !== 'string' || value === EKS_SERVICE || value === '*'
  : type === 'AWS' && value === '*');

export const isEks: PrincipalTest = (type, value) => type === 'Service' && value === EKS_SERVICE;

/** Whether it is certain that only EKS may assume the role. */
export function trustsOnlyEks(statements: readonly Json[]): boolean {
  return statements.every((statement) => isJsonObject(statement) && (statement.Effect === 'Deny' || (isJsonObject(statement.Principal)
    && Object.entries(statement.Principal).every(([type, value]) => type === 'Service' && itemsOf(value).every((item) => item === EKS_SERVICE)))));
}

/** Whether the statement may allow the action to the principal. Its conditions are not checked. */
export function mayAllow(statement: Json, action: string, mayBe: PrincipalTest): boolean {
  if (!isJsonObject(statement)) { return statement instanceof Unresolved || statement instanceof SymbolicString; }
  if (hasSymbolicMember(statement)) { return true; }
  if (statement.Effect === 'Deny' || !mayName(statement, mayBe)) { return false; }
  if (statement.Action === undefined) { return statement.NotAction !== undefined; }
  return itemsOf(statement.Action).some((pattern) => typeof pattern !== 'string' || actionMatches(pattern, action));
}

/** Whether the statement is certain to deny the action to the principal where its conditions hold. */
export function certainlyDenies(statement: Json, action: string, isCertainly: PrincipalTest): boolean {
  if (!isJsonObject(statement) || statement.Effect !== 'Deny' || hasSymbolicMember(statement) || !isReadable(statement)) { return false; }
  const { Principal: principal, Action: actions, NotAction: others } = statement;
  const names = principal === '*' || (isJsonObject(principal)
    && Object.entries(principal).some(([type, value]) => itemsOf(value).some((item) => isCertainly(type, item))));
  if (!names) { return false; }
  const matches = (pattern: Json) => typeof pattern === 'string' && actionMatches(pattern, action);
  if (actions !== undefined) { return itemsOf(actions).some(matches); }
  return others !== undefined && itemsOf(others).every((pattern) => typeof pattern === 'string' && !actionMatches(pattern, action));
}

/** Whether all conditions could be read. */
function isReadable({ Condition: condition }: JsonObject): boolean {
  if (condition === undefined) { return true; }
  const isKnown = (values: Json) => itemsOf(values).every((value) => !(value instanceof Unresolved));
  return isJsonObject(condition) && Object.values(condition).every((keys) => isJsonObject(keys) && Object.values(keys).every(isKnown));
}

/**
 * The statement without its principals, which make no difference to its conditions; `undefined` if it could not be read.
 * @param role what messages call the role
 */
export function withoutPrincipal(statement: Json, index: number, role: string): Statement | undefined {
  if (!isJsonObject(statement)) { return undefined; }
  const { Principal: _, NotPrincipal: __, ...rest } = statement;
  // A trust policy has no Resource: it is the role itself.
  const { policy } = parseStatement({ ...rest, Resource: '*' }, `the trust policy of ${role}`);
  return policy.statements.length === 1 ? { ...policy.statements[0], index } : undefined;
}

function mayName({ Principal: principal, NotPrincipal: others }: JsonObject, mayBe: PrincipalTest): boolean {
  if (principal === undefined) { return others !== undefined; }
  if (!isJsonObject(principal) || hasSymbolicMember(principal)) { return true; } // '*', or unknown
  return Object.entries(principal).some(([type, value]) => itemsOf(value).some((item) => mayBe(type, item)));
}

/** A member whose name is unresolved may be any. */
function hasSymbolicMember(value: JsonObject): boolean {
  return Object.values(value).some((member) => member instanceof SymbolicMember);
}
