import { parentPort, Worker } from 'worker_threads';
import { BatchResult, compareLines } from './compare-lines';
import { Lines } from './lines';
import { Pairs } from './pairs';

/** MB. Most of what a comparison makes is dropped at once, and is cheap to drop where little of it has to be moved. */
const YOUNG_GENERATION = 64;

/** How the command that was started as a thread is told that it is one. */
export interface PairsThread {
  readonly pairs: { readonly file: string; readonly reference: boolean };
}

interface PendingBatch {
  readonly resolve: (compared: BatchResult) => void;
  readonly reject: (error: Error) => void;
}

/** Threads that compare pairs: each runs this command again. */
export class PairWorkers {
  private readonly workers: Worker[];
  /** Of each worker: it answers in the order in which it was asked. */
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

  /** By the worker that has the least to do. */
  public compare({ bytes, line }: Lines): Promise<BatchResult> {
    if (this.failure) { return Promise.reject(this.failure); }
    const lengths = this.waiting.map(({ length }) => length);
    const i = lengths.indexOf(Math.min(...lengths));
    const copy = new Uint8Array(bytes);
    const compared = new Promise<BatchResult>((resolve, reject) => { this.waiting[i].push({ resolve, reject }); });
    compared.catch(() => {}); // who waits for it will see it
    this.workers[i].postMessage({ bytes: copy, line } satisfies Lines, [copy.buffer]);
    return compared;
  }

  public async end(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** What a thread does. */
export function servePairs({ pairs: { file, reference } }: PairsThread): void {
  const pairs = new Pairs(file, reference);
  parentPort!.on('message', (lines: Lines) => parentPort!.postMessage(compareLines(pairs, lines)));
}
