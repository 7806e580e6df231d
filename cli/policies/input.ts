/**
 * Reads the files that a command names; `-` is standard input. First step of reading policies.
 * Invariant: standard input is read at most once; a second use is an error.
 */
import * as fs from 'fs';
import { decodeText, readText } from '../../lib/util/read-json';
import { UsageError } from '../exit-codes';

export class Input {
  private stdin?: string;

  public constructor(private readonly standard: NodeJS.ReadableStream = process.stdin) {}

  public async read(file: string): Promise<string> {
    return file === '-' ? this.readStandard() : readText(file, (e) => unreadable(file, e));
  }

  /** Streams the file, for input that may be larger than memory. */
  public stream(file: string): NodeJS.ReadableStream {
    return file === '-' ? this.standard : fs.createReadStream(file, { highWaterMark: 1_000_000 });
  }

  private async readStandard(): Promise<string> {
    if (this.stdin !== undefined) { throw new UsageError('- (standard input) is named twice; it can be read once'); }
    this.stdin = '';
    const parts: Buffer[] = [];
    for await (const part of this.standard) { parts.push(Buffer.from(part)); }
    return this.stdin = decodeText(Buffer.concat(parts));
  }
}

/** The name of the file in messages. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

const WHY: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory; a file is needed',
  EACCES: 'it may not be read by this user',
};

export function unreadable(file: string, e: unknown): UsageError {
  const { code = '', message } = e as NodeJS.ErrnoException;
  return new UsageError(`${nameOf(file)}: ${WHY[code] ?? message}`);
}
