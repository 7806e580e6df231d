/**
 * Recognizes a session policy that is a filter: one statement allows everything, and others deny a part. With the role, it means
 * "what the role allows, but not that" (docs/adr/0008-filters.md).
 *
 * Invariant: the statement that allows everything claims nothing about the role. What it allows beyond the role is not an excess.
 */
import { Policy, Statement, Targets } from '../engine';

/** Whether the session policy lets through what the role allows, except what it denies. */
export function isFilter({ statements }: Policy): boolean {
  return statements.some(({ effect }) => effect === 'Deny') && statements.some(isPassThrough);
}

/** The policy without the statement that makes it a filter: what it says that the role allows, and what it denies. */
export function claimsOf(policy: Policy): Policy {
  return isFilter(policy) ? { ...policy, statements: policy.statements.filter((statement) => !isPassThrough(statement)) } : policy;
}

/** Whether a statement applies to every request. */
export function isOnEverything({ actions, resources, conditions }: Statement): boolean {
  return conditions.length === 0 && containsAll(actions) && containsAll(resources);
}

function isPassThrough(statement: Statement): boolean {
  return statement.effect === 'Allow' && isOnEverything(statement);
}

const EVERYTHING = /^\*+$/;

function containsAll({ negated, patterns }: Targets): boolean {
  return !negated && patterns.some(({ source }) => typeof source === 'string' && EVERYTHING.test(source));
}
