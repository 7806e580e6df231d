/**
 * Reads many things from AWS, a few at a time, so that a failure of one does not lose the others. read-associations.ts and
 * read-roles.ts use it.
 * Invariant: each item is read, failed or untried. It does not try on if every call would fail, nor after some failures in a row that
 * do not depend on the item: each could take minutes.
 */
import { AwsFailure, isOfAllCalls, isOfTheWay } from './failures';
import { FAILURES_IN_A_ROW } from './limits';
import { inParallel } from './pool';

export interface Outcome<T, Result> {
  /** The results, in the order of the items. */
  readonly read: readonly Result[];
  readonly failed: ReadonlyArray<{ readonly item: T; readonly failure: AwsFailure }>;
  /** The items that were not tried, with the failure that is the reason. */
  readonly untried?: { readonly items: readonly T[]; readonly because: AwsFailure };
}

/** @param read throws an AwsFailure if it cannot read the item */
export async function readEach<T, Result>(items: readonly T[], read: (item: T) => Promise<Result>): Promise<Outcome<T, Result>> {
  const failed: Array<{ item: T; failure: AwsFailure }> = [];
  const untried: T[] = [];
  let because: AwsFailure | undefined;
  let inARow = 0;
  const results = await inParallel(items, async (item): Promise<Result[]> => {
    if (because) {
      untried.push(item);
      return [];
    }
    try {
      const result = await read(item);
      inARow = 0;
      return [result];
    } catch (e) {
      if (!(e instanceof AwsFailure)) { throw e; }
      failed.push({ item, failure: e });
      inARow = isOfTheWay(e) ? inARow + 1 : 0;
      if (isOfAllCalls(e) || inARow >= FAILURES_IN_A_ROW) { because ??= e; }
      return [];
    }
  });
  return { read: results.flat(1) as Result[], failed, ...because && untried.length > 0 && { untried: { items: untried, because } } };
}
