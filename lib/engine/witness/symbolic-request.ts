/**
 * Compares statements with one request whose symbolic variables are still open. `find-witness.ts` asks it about each candidate.
 *
 * Rounding: `certainlyMatches` rounds down (`true` is a proof for all values), `mayMatch` and `conditionsMayHold` round up (`false`
 * is a proof).
 */
import { ConditionEntry, Statement } from '../policy/policy';
import { specializeStatement, variableKeysOf } from '../policy/specialize';
import { passesTest } from '../regions/find-value';
import { holdsForMissingKey, KeyState, keyValueOf } from '../regions/key-states';
import { actionsMayOverlap, pairOfRequest, statementCovers, statementCoversAction, statementMayOverlap } from '../regions/targets';
import { Budget } from '../strings/budget';
import { GeneratedNames } from '../strings/overlaps';
import { matchesEverything, Pattern } from '../strings/pattern';

/** A request whose symbolic variables have no value yet. */
export interface SymbolicRequest {
  readonly action: Pattern;
  /** Policy variables in its source are symbolic variables. */
  readonly resource: Pattern;
  /** A key that is not here is missing from the request. */
  readonly context: ReadonlyMap<string, KeyState['value']>;
  /** The resource is `*`, and AWS compares just that with the policies. */
  readonly isAskedOnStar: boolean;
}

/** Whether the statement matches the request whatever the values of the symbolic variables. */
export function certainlyMatches(written: Statement, request: SymbolicRequest, budget: Budget): boolean {
  const statement = inContext(written, request);
  return statement !== undefined && certainlyReaches(statement, request, budget)
    && statement.conditions.every((entry) => holds(entry, request, budget) === true);
}

function certainlyReaches(statement: Statement, { action, resource, isAskedOnStar }: SymbolicRequest, budget: Budget): boolean {
  const pair = pairOfRequest(action, resource);
  return statementCovers(statement, pair, budget)
    || (isAskedOnStar && statementCoversAction(statement, pair, budget) && namesStar(statement) === true);
}

/** Whether the statement matches the request for some values of the symbolic variables. */
export function mayMatch(written: Statement, request: SymbolicRequest, names: GeneratedNames, budget: Budget): boolean {
  const statement = inContext(written, request);
  return statement !== undefined && mayReach(statement, request, names, budget) && conditionsMayHold(statement, request, budget);
}

/** An action without a resource is authorized on `*`. IAM documents both that statements on ARNs apply to it, and that they do not. */
function mayReach(statement: Statement, { action, resource, isAskedOnStar }: SymbolicRequest, names: GeneratedNames, budget: Budget): boolean {
  const pair = pairOfRequest(action, resource);
  return resource.source === '*'
    ? actionsMayOverlap(statement, pair.action, names, budget) && !(isAskedOnStar && namesStar(statement) === false)
    : statementMayOverlap(statement, pair, names, budget);
}

/** Whether the statement applies to the text `*`, which no ARN pattern matches; `undefined` if that is not certain. */
function namesStar({ resources: { negated, patterns } }: Statement): boolean | undefined {
  if (patterns.some(matchesEverything)) { return !negated; }
  return patterns.every(({ elements }) => elements.some((e) => e.type === 'char' && e.char !== '*')) ? negated : undefined;
}

/** The statement with the values that its policy variables have in the request; `undefined` if it does not match the request then. */
function inContext(statement: Statement, { context }: SymbolicRequest): Statement | undefined {
  if (variableKeysOf(statement).length === 0) { return statement; }
  return specializeStatement(statement, (key) => keyValueOf(context.get(key)));
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
