/**
 * Reads the files that a command names; `-` is standard input. First step of reading policies.
 * Invariant: standard input is read at most once; a second use is an error. Every error is a `UsageError`.
 */
import { UsageError } from '../exit-codes';
import { textOfBytes } from '../files/decode-text';
import { reasonOf } from '../files/file-errors';
import { readNamedFile } from '../files/read-file';
import { asUtf8, concatenate, streamOf } from '../files/read-stream';
import { Unreadable } from '../files/unreadable';

export class Input {
  private isRead = false;

  public constructor(private readonly standard: NodeJS.ReadableStream = process.stdin) {}

  public async read(file: string): Promise<string> {
    if (file !== '-') { return usable(() => readNamedFile(file).text); }
    const bytes = await this.readStandard();
    return usable(() => textOfBytes(bytes, nameOf(file)));
  }

  /** Streams the file in UTF-8, for input that may be larger than memory. */
  public stream(file: string): AsyncIterable<Buffer> {
    return asUtf8(file === '-' ? this.standard : usable(() => streamOf(file)));
  }

  private async readStandard(): Promise<Buffer> {
    if (this.isRead) { throw new UsageError('- (standard input) is given twice, and can be read once only'); }
    this.isRead = true;
    try {
      return await concatenate(this.standard, nameOf('-'));
    } catch (e) {
      throw unreadable('-', e);
    }
  }
}

/** The name of the file in messages. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** @param e an error of the file system, or an `Unreadable` */
export function unreadable(file: string, e: unknown): UsageError {
  return new UsageError(e instanceof Unreadable ? e.message : `${nameOf(file)}: ${reasonOf(e as NodeJS.ErrnoException)}`);
}

function usable<T>(read: () => T): T {
  try {
    return read();
  } catch (e) {
    if (e instanceof Unreadable) { throw new UsageError(e.message); }
    throw e;
  }
}
