import { Statement } from './policy';
import { Region, regionWithin, regionWithout, Scope } from './region';

/**
 * The parts of the regions that no statement takes away, one by one: none at all is a proof that the statements take
 * everything. Depth first, so that the first part comes soon where there is one.
 */
export function* remaining(regions: readonly Region[], taking: readonly Statement[], scope: Scope): Generator<Region> {
  const statements = leastSplittingFirst(regions, taking, scope);
  const open = [...regions].reverse().map((region) => ({ region, from: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    let { region, from } = next;
    let left: readonly Region[] = [region];
    while (from < statements.length && left.length === 1) {
      region = left[0];
      left = regionWithout(region, statements[from++], scope);
    }
    if (left.length === 1) {
      yield left[0];
    } else {
      open.push(...[...left].reverse().map((part) => ({ region: part, from })));
    }
  }
}

/** What the statement matches of the regions. */
export function matched(regions: readonly Region[], statement: Statement, scope: Scope, fieldByField = false): Region[] {
  return regions.flatMap((region) => regionWithin(region, statement, scope, fieldByField));
}

/** Sorting takes every statement away once more. */
const WORTH_SORTING = 64;

/** Each statement splits what those before it left, so those that leave one part or none come first. */
function leastSplittingFirst(regions: readonly Region[], statements: readonly Statement[], scope: Scope): readonly Statement[] {
  if (statements.length < 2 || statements.length > WORTH_SORTING) { return statements; }
  const parts = new Map(statements.map((statement) => [statement, regions.reduce((sum, r) => sum + regionWithout(r, statement, scope).length, 0)]));
  return [...statements].sort((a, b) => parts.get(a)! - parts.get(b)!);
}
