/**
 * Compares a stream of pairs (`compare --pairs`). Long input is compared by worker threads.
 * Invariant: results come in the order of the lines, with any number of threads, and only a few batches are in memory at a time. Each line
 * that is not blank has one result, even if its thread fails.
 */
import { availableParallelism } from 'os';
import { addTo, BatchResult, compareLines, NOTHING, Tally } from './compare-lines';
import { Lines, linesOf } from './lines';
import { PairWorkers } from './pair-workers';
import { Pairs, PairsOptions } from './pairs';

/** Bytes of input above which worker threads pay off: less is compared before threads have started and are warm. */
const WORTH_THREADS = 4_000_000;

/** With more threads, the main thread cannot supply lines fast enough. */
const MAX_THREADS = 4;

/**
 * Writes one result for each line.
 * @param threads maximum number of worker threads, for long input; fewer than two without a bundle to start them from
 */
export async function comparePairs(
  input: AsyncIterable<Buffer | string>, file: string, options: PairsOptions, write: (text: string) => void,
  threads = Math.min(availableParallelism(), MAX_THREADS),
): Promise<Tally> {
  const pairs = new Pairs(file, options);
  const tally = { ...NOTHING };
  const waiting: Array<Promise<BatchResult>> = [];
  let workers: PairWorkers | undefined;
  let read = 0;
  const take = async () => {
    const { output, tally: own } = await waiting.shift()!;
    addTo(tally, own);
    write(output);
  };
  const compare = (lines: Lines): Promise<BatchResult> => {
    read += lines.bytes.length;
    if (threads < 2 || read < WORTH_THREADS) { return Promise.resolve(compareLines(pairs, lines)); }
    workers ??= new PairWorkers(threads, pairs, file, options);
    return workers.compare(lines);
  };
  try {
    for await (const lines of linesOf(input)) {
      waiting.push(compare(lines));
      while (waiting.length > (workers ? 2 * threads : 0)) { await take(); }
    }
    while (waiting.length > 0) { await take(); }
  } finally {
    await workers?.end();
  }
  return tally;
}
