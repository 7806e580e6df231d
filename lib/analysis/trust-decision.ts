/**
 * Decides whether a trust policy certainly refuses an action to EKS, or to the role of an association. `trust-policy.ts` reads the
 * statements, `trust-conditions.ts` decides their conditions.
 *
 * Invariant: a refusal is certain. A Deny statement counts if all its conditions hold in every request, an Allow statement does not
 * count if one of its conditions fails in every request.
 * For speed, each statement is read once: many associations share a role.
 */
import { RequestFacts } from './assume-role-request';
import { conditionOutcome } from './trust-conditions';
import { certainlyDenies, mayAllow, PrincipalTest, withoutPrincipal } from './trust-policy';
import { ConditionEntry, isJsonObject, Json, Statement } from '../engine';
import { memoize } from '../util/memo';

/** Who asks for the role. */
export interface Assumer {
  readonly mayBe: PrincipalTest;
  readonly isCertainly: PrincipalTest;
}

/** Why the action is refused. */
export type Refusal =
  /** No statement allows it to the principal. */
  | { readonly kind: 'not named' }
  /** Each statement that would allow it has a condition that never holds; this is the first one. */
  | { readonly kind: 'condition'; readonly entry: ConditionEntry }
  /** A Deny statement applies to every request. */
  | { readonly kind: 'denied'; readonly index: number; readonly statement: Statement };

export function refusalOf(trust: readonly Json[], action: string, { mayBe, isCertainly }: Assumer, facts: RequestFacts): Refusal | undefined {
  const allowing = trust.filter((json) => mayAllow(json, action, mayBe));
  if (allowing.length === 0) { return { kind: 'not named' }; }
  for (const [index, json] of trust.entries()) {
    const statement = certainlyDenies(json, action, isCertainly) ? readTrustStatement(json) : undefined;
    if (statement && isWholeStatement(json, statement) && statement.conditions.every((entry) => holdsAsText(entry, statement, facts))) {
      return { kind: 'denied', index, statement };
    }
  }
  const failing = allowing.map((json) => failingCondition(json, facts));
  return failing.includes(undefined) ? undefined : { kind: 'condition', entry: failing[0]! };
}

/** The first condition that fails in every request. */
function failingCondition(json: Json, facts: RequestFacts): ConditionEntry | undefined {
  const statement = readTrustStatement(json);
  return statement?.conditions.find((entry) => conditionOutcome(entry, statement, facts) === 'fails');
}

/** Policies of the old version have no variables, and the version is not known here. */
function holdsAsText(entry: ConditionEntry, statement: Statement, facts: RequestFacts): boolean {
  return !entry.values.some((value) => typeof value === 'string' && value.includes('${')) && conditionOutcome(entry, statement, facts) === 'holds';
}

/** Whether every condition of the statement was read. */
export function isWholeStatement(json: Json, { conditions }: Statement): boolean {
  const written = isJsonObject(json) ? json.Condition : undefined;
  const operators = isJsonObject(written) ? Object.values(written) : [];
  return conditions.length === operators.flatMap((keys) => (isJsonObject(keys) ? Object.keys(keys) : [])).length;
}

const readObject = memoize((json: object) => withoutPrincipal(json as Json, 0, 'the role'));

/** The statement of a trust policy; `undefined` if it could not be read. */
export function readTrustStatement(json: Json): Statement | undefined {
  return typeof json === 'object' && json !== null ? readObject(json) : undefined;
}
