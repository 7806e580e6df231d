import { DecisionContext, intersect, RequestSet, subtract } from './request-set';
import { Statement } from '../policy/policy';

/**
 * The parts of the request sets that no statement takes away, one by one: none at all is a proof that the statements take
 * everything. Depth first, so that the first part comes soon where there is one.
 */
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

/** What the statement matches of the request sets. */
export function intersectAll(sets: readonly RequestSet[], statement: Statement, context: DecisionContext, fieldByField = false): RequestSet[] {
  return sets.flatMap((requests) => intersect(requests, statement, context, fieldByField));
}

/** Sorting takes every statement away once more. */
const WORTH_SORTING = 64;

/** Each statement splits what those before it left, so those that leave one part or none come first. */
function leastSplittingFirst(sets: readonly RequestSet[], statements: readonly Statement[], context: DecisionContext): readonly Statement[] {
  if (statements.length < 2 || statements.length > WORTH_SORTING) { return statements; }
  const parts = new Map(statements.map((statement) => [statement, sets.reduce((sum, r) => sum + subtract(r, statement, context).length, 0)]));
  return [...statements].sort((a, b) => parts.get(a)! - parts.get(b)!);
}
