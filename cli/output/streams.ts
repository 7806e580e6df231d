/**
 * Standard output and standard error. Everything that the command prints goes through this file; test/cli/output keeps that.
 * Invariants: what is printed is safe (visible.ts). If the reader closes a pipe, the rest is dropped, and the exit code stays what
 * it would be. If a stream cannot be written for another reason, the command exits with 2.
 */
import * as tty from 'tty';
import { visible } from '../visible';
import { isClosedPipe, whyNotWritten, writeFully } from './write-fully';
import { UsageError } from '../exit-codes';

/** What formats need to know of the stream that they write to. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

class PrintStream {
  private closed = false;

  /** @param hasColors whether the command prints colors to it, on a terminal */
  public constructor(private readonly fd: 1 | 2, private readonly stream: () => NodeJS.WriteStream, private readonly hasColors: boolean) {}

  /** The terminal that the stream is connected to; empty if it is a file or a pipe. */
  public get terminal(): Terminal {
    return tty.isatty(this.fd) ? this.stream() : {};
  }

  /** @throws the error of the file system */
  public write(text: string): void {
    if (this.closed) { return; }
    const { isTTY = false } = this.terminal;
    const shown = visible(text, isTTY && this.hasColors);
    if (isTTY && process.platform === 'win32') { // only Node.js converts the text for the console
      this.stream().write(shown);
      return;
    }
    try {
      writeFully(this.fd, shown);
    } catch (e) {
      this.closed = true;
      if (!isClosedPipe(e)) { throw e; }
    }
  }
}

const out = new PrintStream(1, () => process.stdout, true);
const err = new PrintStream(2, () => process.stderr, false);
let lost = false;

/** The terminal of standard output. */
export function terminal(): Terminal {
  return out.terminal;
}

/** The terminal of standard error. */
export function errorTerminal(): Terminal {
  return err.terminal;
}

/** Prints to standard output. @throws UsageError if it cannot be written */
export function print(text: string): void {
  try {
    out.write(text);
  } catch (e) {
    throw new UsageError(`Standard output could not be written: ${whyNotWritten(e)}`);
  }
}

/** Prints to standard error. It does not throw, because there is no other place to report that; see `messagesLost`. */
export function printError(text: string): void {
  try {
    err.write(text);
  } catch {
    lost = true;
  }
}

/** Whether standard error could not be written, other than by a reader that closed it. */
export function messagesLost(): boolean {
  return lost;
}
