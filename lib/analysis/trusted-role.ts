/**
 * Decides whether a principal of a trust policy may be, or certainly is, a certain role: tests for trust-policy.ts.
 *
 * Invariant: `mayBe…` rounds toward a match, like `mayAllow`, and `is…` away from one. Sessions and unique ids of roles, and unresolved values, may be the role.
 */
import { isText, Json, mayBeEqual, partsOf, sameText, SymbolicString, Unresolved } from '../engine';
import { PrincipalTest } from './trust-policy';
import { arnFieldsOf } from '../template/arn-fields';
import { Value } from '../template/value';

/** Whether a principal may be the role, or its account, which delegates to the policies of its roles. */
export function mayBeRoleOrAccount(role: Value): PrincipalTest {
  const mayBeThisRole = mayBeRole(role);
  return (type, value) => type === 'AWS' && (mayBeThisRole(type, value) || mayBeAccount(value, role));
}

/** Whether a principal may be the role itself, or everyone. */
export function mayBeRole(role: Value): PrincipalTest {
  return (type, value) => type === 'AWS' && (value === '*' || !isText(value) || isOpen(value) || isOtherName(value)
    || (!isAccount(value) && (role instanceof Unresolved || mayBeEqual(value, role))));
}

/** Whether a principal certainly includes the role: it is everyone, the role, or its account. A Deny for an account applies to its roles. */
export function isRoleOrAccount(role: Value): PrincipalTest {
  const account = arnFieldsOf(role)?.[4];
  return (type, value) => type === 'AWS' && isText(value) && (value === '*' || (!(role instanceof Unresolved) && sameText(value, role))
    || (typeof account === 'string' && (value === account || (isAccount(value) && arnFieldsOf(value)?.[4] === account))));
}

/** Whether two ARNs may belong to one account. */
export function mayBeSameAccount(a: Value, b: Value): boolean {
  const [x, y] = [arnFieldsOf(a)?.[4], arnFieldsOf(b)?.[4]];
  return x === undefined || y === undefined || mayBeEqual(x, y);
}

function mayBeAccount(value: Json, role: Value): boolean {
  if (!isText(value) || !isAccount(value)) { return false; }
  return mayBeSameAccount(typeof value === 'string' && /^\d{12}$/.test(value) ? `arn:aws:iam::${value}:root` : value, role);
}

/** An account id, or the ARN of an account's root. */
function isAccount(value: string | SymbolicString): boolean {
  const parts = partsOf(value);
  const last = parts[parts.length - 1];
  return typeof last === 'string' ? last.endsWith(':root') || /^\d{12}$/.test(value.toString()) : parts.length === 1 && last.kind.name === 'account id';
}

/** The ARN of a role session, or a unique id: either may belong to the role. */
function isOtherName(value: string | SymbolicString): boolean {
  return /^(arn:[^:]+:sts:|A[A-Z]{3}[A-Z0-9]{12,}$)/.test(value.toString());
}

/** Whether the text begins with a value that may be anything, such as a whole ARN. */
function isOpen(value: string | SymbolicString): boolean {
  const [first] = partsOf(value);
  return typeof first === 'object' && first.kind.characters === undefined;
}
