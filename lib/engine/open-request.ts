import { Budget } from './budget';
import { holdsForMissingKey, KeyState } from './key-states';
import { GeneratedNames } from './overlaps';
import { Pattern } from './pattern';
import { ConditionEntry, Statement } from './policy';
import { actionsMayOverlap, boxOfRequest, statementCovers, statementMayOverlap } from './targets';
import { passesTest } from './value-sets';

/** A request whose atoms have no value yet. */
export interface OpenRequest {
  readonly action: Pattern;
  /** Its source has its policy variables as atoms. */
  readonly resource: Pattern;
  /** A key that is not here is missing from the request. */
  readonly context: ReadonlyMap<string, KeyState['value']>;
}

/** Whether the statement matches the request whatever the values of the atoms. */
export function certainlyMatches(statement: Statement, request: OpenRequest, budget: Budget): boolean {
  return statementCovers(statement, boxOfRequest(request.action, request.resource), budget)
    && statement.conditions.every((entry) => holds(entry, request, budget) === true);
}

/** Whether the statement matches the request for some values of the atoms. */
export function mayMatch(statement: Statement, request: OpenRequest, names: GeneratedNames, budget: Budget): boolean {
  const box = boxOfRequest(request.action, request.resource);
  // Whether a statement about ARNs applies to an action without a resource, which is authorised on `*`, is documented both ways.
  const reaches = request.resource.source === '*' ? actionsMayOverlap(statement, box.action, names, budget) : statementMayOverlap(statement, box, names, budget);
  return reaches && conditionsMayHold(statement, request, budget);
}

export function conditionsMayHold(statement: Statement, request: OpenRequest, budget: Budget): boolean {
  return statement.conditions.every((entry) => holds(entry, request, budget) !== false);
}

/** `undefined` where it depends on the values of the atoms, or IAM's documentation does not say. */
function holds(entry: ConditionEntry, request: OpenRequest, budget: Budget): boolean | undefined {
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
