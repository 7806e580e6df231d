/**
 * Subtracts many statements from request sets, one after the other. `decide/` asks whether a part remains.
 *
 * Rounds up: the remaining parts are a superset of the requests that no statement matches. If no part remains, that is a proof.
 * For speed, the search is depth first, so it yields the first remaining part early. Statements that split the sets into the fewest parts
 * come first, which keeps the number of parts low.
 */
import { DecisionContext, intersect, RequestSet, subtract } from './request-set';
import { Statement } from '../policy/policy';

/** Subtracts all statements from the request sets. Yields the remaining parts one by one: a superset of the requests that no statement matches. */
export function* subtractAll(sets: readonly RequestSet[], taking: readonly Statement[], context: DecisionContext): Generator<RequestSet> {
  const statements = leastSplittingFirst(sets, taking, context);
  const open = [...sets].reverse().map((requests) => ({ requests, from: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    let { requests, from } = next;
    let left: readonly RequestSet[] = [requests];
    while (from < statements.length && left.length === 1) {
      requests = left[0];
      left = subtract(requests, statements[from++], context);
    }
    if (left.length === 1) {
      yield left[0];
    } else {
      open.push(...[...left].reverse().map((part) => ({ requests: part, from })));
    }
  }
}

/** A superset of the requests of the sets that the statement matches. */
export function intersectAll(sets: readonly RequestSet[], statement: Statement, context: DecisionContext, fieldByField = false): RequestSet[] {
  return sets.flatMap((requests) => intersect(requests, statement, context, fieldByField));
}

/** Maximum number of statements that are sorted. Sorting subtracts each statement once more. */
const WORTH_SORTING = 64;

/** Statements that leave the fewest parts come first: each statement splits the parts that the previous ones left. */
function leastSplittingFirst(sets: readonly RequestSet[], statements: readonly Statement[], context: DecisionContext): readonly Statement[] {
  if (statements.length < 2 || statements.length > WORTH_SORTING) { return statements; }
  const parts = new Map(statements.map((statement) => [statement, sets.reduce((sum, r) => sum + subtract(r, statement, context).length, 0)]));
  return [...statements].sort((a, b) => parts.get(a)! - parts.get(b)!);
}
