/** The option `compaction` of constructs and mixins: the enum `Compaction`. */
import { describeValue } from './describe-value';

/** Whether another policy than the written one may be deployed. */
export function isCompacted(compaction: string | undefined): boolean {
  return compaction !== undefined && compaction !== 'NONE';
}

/** What is wrong with it, and the fix; `undefined` if nothing is. @param all the values that there are */
export function compactionProblem(compaction: string | undefined, all: readonly string[]): [what: string, fix: string] | undefined {
  if (compaction === undefined || all.includes(compaction)) { return undefined; }
  return [`compaction is ${describeValue(compaction)}`, `Give one of ${all.map((name) => `Compaction.${name}`).join(', ')}.`];
}
