/**
 * Worker threads of `compare --pairs`: each runs the bundled command again, and main.ts calls `servePairs` there. Stands between
 * compare-pairs.ts and compare-lines.ts.
 * Invariant: a worker answers in the order in which it was asked. If a worker fails, its waiting batches and all later ones fail.
 */
import { parentPort, Worker } from 'worker_threads';
import { BatchResult, compareLines } from './compare-lines';
import { Lines } from './lines';
import { Pairs } from './pairs';

/** In MB. Most objects of a comparison are short-lived; a large young generation makes them cheap to collect. */
const YOUNG_GENERATION = 64;

/** Tells the command that it runs as a worker thread. */
export interface PairsThread {
  readonly pairs: { readonly file: string; readonly reference: boolean };
}

interface PendingBatch {
  readonly resolve: (compared: BatchResult) => void;
  readonly reject: (error: Error) => void;
}

/** A pool of worker threads that compare pairs. */
export class PairWorkers {
  private readonly workers: Worker[];
  /** The batches that each worker has not answered yet, in order. */
  private readonly waiting: PendingBatch[][];
  private failure?: Error;

  public constructor(count: number, file: string, reference: boolean) {
    const workerData: PairsThread = { pairs: { file, reference } };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION };
    this.workers = Array.from({ length: count }, () => new Worker(__filename, { workerData, resourceLimits }));
    this.waiting = this.workers.map(() => []);
    this.workers.forEach((worker, i) => {
      worker.on('message', (compared: BatchResult) => this.waiting[i].shift()!.resolve(compared));
      worker.on('error', (error: Error) => {
        this.failure = error;
        this.waiting[i].splice(0).forEach(({ reject }) => reject(error));
      });
    });
  }

  /** Compares the lines in the worker with the fewest waiting batches. */
  public compare({ bytes, line }: Lines): Promise<BatchResult> {
    if (this.failure) { return Promise.reject(this.failure); }
    const lengths = this.waiting.map(({ length }) => length);
    const i = lengths.indexOf(Math.min(...lengths));
    const copy = new Uint8Array(bytes);
    const compared = new Promise<BatchResult>((resolve, reject) => { this.waiting[i].push({ resolve, reject }); });
    compared.catch(() => {}); // whoever awaits the result sees the error
    this.workers[i].postMessage({ bytes: copy, line } satisfies Lines, [copy.buffer]);
    return compared;
  }

  public async end(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** Runs in the worker thread: answers every batch. */
export function servePairs({ pairs: { file, reference } }: PairsThread): void {
  const pairs = new Pairs(file, reference);
  parentPort!.on('message', (lines: Lines) => parentPort!.postMessage(compareLines(pairs, lines)));
}
