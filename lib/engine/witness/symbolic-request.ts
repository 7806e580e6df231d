/**
 * Compares statements with one request whose symbolic variables are still open. `find-witness.ts` asks it about each candidate.
 *
 * Rounding: `certainlyMatches` rounds down (`true` is a proof for all values), `mayMatch` and `conditionsMayHold` round up (`false`
 * is a proof).
 */
import { ConditionEntry, Statement } from '../policy/policy';
import { passesTest } from '../regions/find-value';
import { holdsForMissingKey, KeyState } from '../regions/key-states';
import { actionsMayOverlap, pairOfRequest, statementCovers, statementMayOverlap } from '../regions/targets';
import { Budget } from '../strings/budget';
import { GeneratedNames } from '../strings/overlaps';
import { Pattern } from '../strings/pattern';

/** A request whose symbolic variables have no value yet. */
export interface SymbolicRequest {
  readonly action: Pattern;
  /** Policy variables in its source are symbolic variables. */
  readonly resource: Pattern;
  /** A key that is not here is missing from the request. */
  readonly context: ReadonlyMap<string, KeyState['value']>;
}

/** Whether the statement matches the request whatever the values of the symbolic variables. */
export function certainlyMatches(statement: Statement, request: SymbolicRequest, budget: Budget): boolean {
  return statementCovers(statement, pairOfRequest(request.action, request.resource), budget)
    && statement.conditions.every((entry) => holds(entry, request, budget) === true);
}

/** Whether the statement matches the request for some values of the symbolic variables. */
export function mayMatch(statement: Statement, request: SymbolicRequest, names: GeneratedNames, budget: Budget): boolean {
  const pair = pairOfRequest(request.action, request.resource);
  // An action without a resource is authorized on `*`. IAM documents both that statements on ARNs apply to it, and that they do not.
  const reaches = request.resource.source === '*' ? actionsMayOverlap(statement, pair.action, names, budget) : statementMayOverlap(statement, pair, names, budget);
  return reaches && conditionsMayHold(statement, request, budget);
}

export function conditionsMayHold(statement: Statement, request: SymbolicRequest, budget: Budget): boolean {
  return statement.conditions.every((entry) => holds(entry, request, budget) !== false);
}

/** `undefined` if it depends on the values of the symbolic variables, or if IAM's documentation does not say. */
function holds(entry: ConditionEntry, request: SymbolicRequest, budget: Budget): boolean | undefined {
  const { meaning } = entry;
  const value = request.context.get(entry.key);
  if (!meaning) { return undefined; }
  if (value === undefined) { return holdsForMissingKey(meaning); }
  if (meaning.type === 'presence') { return meaning.missing.includes(false); }
  const values = Array.isArray(value) ? value as readonly string[] : [value as string];
  if (meaning.set ? values.includes('') : values.length !== 1) { return undefined; }
  const each = values.map((one) => {
    const pass = passesTest(meaning.test, one, budget);
    return pass === undefined ? undefined : pass !== meaning.negated;
  });
  const decisive = meaning.set !== 'ForAllValues'; // one `true` decides ForAnyValue, one `false` ForAllValues
  if (each.includes(decisive)) { return decisive; }
  return each.includes(undefined) ? undefined : !decisive;
}
