/**
 * Whether a condition of a trust policy is certain to fail for a value that is known.
 *
 * Invariant: it rounds toward trust. What is not certain to fail is treated as met.
 */
import { ConditionEntry, globMatches, mayBeEqual, SymbolicString, Unresolved } from '../engine';
import { Value } from '../template/value';

const POSITIVE = /^(?:ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike)(?:IfExists)?$/;

/** Whether the condition is certain not to be met by this value of its key. */
export function isFailed({ operator, values }: ConditionEntry, actual: Value | undefined): boolean {
  const base = POSITIVE.exec(operator)?.[1];
  if (base === undefined || actual === undefined || actual instanceof Unresolved) { return false; }
  return values.every((value) => !mayMatch(value, actual, base !== 'StringEquals'));
}

function mayMatch(value: string | SymbolicString, actual: string | SymbolicString, wildcards: boolean): boolean {
  const written = value.toString();
  if (written.includes('${') && typeof value === 'string') { return true; } // a policy variable
  if (!wildcards || !/[*?]/.test(written)) { return mayBeEqual(value, actual); }
  if (typeof value !== 'string' || typeof actual !== 'string') { return true; }
  return globMatches(value, actual);
}

/** What the condition requires, and what EKS sends. */
export function describeFailing({ keyName, values }: ConditionEntry, actual: Value | undefined): string {
  return `it requires ${keyName} to be ${values.map((value) => `'${value}'`).join(' or ')}, but EKS sends '${actual}'`;
}
