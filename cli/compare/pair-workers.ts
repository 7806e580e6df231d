/**
 * Worker threads of `compare --pairs`: each runs the bundled command again, and main.ts calls `servePairs` there. Stands between
 * compare-pairs.ts and compare-lines.ts.
 * Invariant: every line of a batch has a result, even if a thread fails, such as for lack of memory. A batch that a thread failed on is
 * compared again line by line; the line that a thread fails on alone is an error, and the others have their results.
 */
import { parentPort, Worker } from 'worker_threads';
import { BatchResult, compareLines, errorOf, joined } from './compare-lines';
import { MAX_FAILED_THREADS, MAX_THREAD_MEGABYTES } from './limits';
import { eachLineOf, Lines } from './lines';
import { Pairs, PairsOptions } from './pairs';

/** In MB. Most objects of a comparison are short-lived; a large young generation makes them cheap to collect. */
const YOUNG_GENERATION = 64;

/** Tells the command that it runs as a worker thread. */
export interface PairsThread {
  readonly pairs: { readonly file: string; readonly options: PairsOptions };
}

interface PendingBatch {
  readonly lines: Lines;
  readonly resolve: (compared: BatchResult | ThreadFailure) => void;
}

/** Why a thread ended while it compared a batch. */
interface ThreadFailure {
  readonly failure: string;
}

/** A worker thread, and the batches that it has not answered yet, in order. */
interface Thread {
  worker: Worker;
  readonly waiting: PendingBatch[];
}

/** A pool of worker threads that compare pairs. */
export class PairWorkers {
  private readonly threads: Thread[];
  private failed = 0;
  private isEnding = false;

  /** @param pairs words the errors of lines that no thread could compare */
  public constructor(count: number, private readonly pairs: Pairs, private readonly file: string, private readonly options: PairsOptions) {
    this.threads = Array.from({ length: count }, () => {
      const waiting: PendingBatch[] = [];
      return { worker: this.start(waiting), waiting };
    });
  }

  /** Compares the lines in the thread with the fewest waiting batches. */
  public async compare(lines: Lines): Promise<BatchResult> {
    const compared = await this.ask(lines);
    if (!('failure' in compared)) { return compared; }
    const results: BatchResult[] = [];
    for (const one of eachLineOf(lines)) {
      const alone = await this.ask(one);
      results.push('failure' in alone ? errorOf(this.pairs, one.line, `the line could not be compared: ${alone.failure}`) : alone);
    }
    return joined(results);
  }

  public async end(): Promise<void> {
    this.isEnding = true;
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private ask(lines: Lines): Promise<BatchResult | ThreadFailure> {
    if (this.failed >= MAX_FAILED_THREADS) {
      return Promise.resolve({ failure: `${MAX_FAILED_THREADS} threads failed before, and no other was started` });
    }
    const lengths = this.threads.map(({ waiting }) => waiting.length);
    const thread = this.threads[lengths.indexOf(Math.min(...lengths))];
    return new Promise((resolve) => {
      thread.waiting.push({ lines, resolve });
      post(thread.worker, lines);
    });
  }

  private start(waiting: PendingBatch[]): Worker {
    const workerData: PairsThread = { pairs: { file: this.file, options: this.options } };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION, maxOldGenerationSizeMb: MAX_THREAD_MEGABYTES };
    const worker = new Worker(__filename, { workerData, resourceLimits });
    let failure = 'its thread ended';
    worker.on('message', (compared: BatchResult) => waiting.shift()!.resolve(compared));
    worker.on('error', (error: Error) => { failure = `its thread failed: ${error.message}`; });
    worker.on('exit', () => this.replace(waiting, { failure }));
    return worker;
  }

  /** Replaces a thread that ended. It ended while it compared the first batch that waits; the other batches are compared by the next thread. */
  private replace(waiting: PendingBatch[], failure: ThreadFailure): void {
    if (this.isEnding) { return; }
    this.failed++;
    waiting.shift()?.resolve(failure);
    if (this.failed >= MAX_FAILED_THREADS) {
      waiting.splice(0).forEach(({ resolve }) => resolve(failure));
      return;
    }
    const thread = this.threads.find((one) => one.waiting === waiting)!;
    thread.worker = this.start(waiting);
    waiting.forEach(({ lines }) => post(thread.worker, lines));
  }
}

/** Sends a copy: the lines are needed again if the thread fails. */
function post(worker: Worker, { bytes, ...lines }: Lines): void {
  const copy = new Uint8Array(bytes);
  worker.postMessage({ bytes: copy, ...lines } satisfies Lines, [copy.buffer]);
}

/** Runs in the worker thread: answers every batch. */
export function servePairs({ pairs: { file, options } }: PairsThread): void {
  const pairs = new Pairs(file, options);
  parentPort!.on('message', (lines: Lines) => parentPort!.postMessage(compareLines(pairs, lines)));
}
