/**
 * Reads what a shell passes to the command as an open file: standard input (`/dev/stdin`), and process substitution, such as
 * `compare --session <(…)`, which becomes `/dev/fd/63` or `/proc/self/fd/63`.
 * Such a pipe is read until the other command closes it, however long that takes: the user started that command. Its size is
 * bounded. It can be read once.
 */
import * as fs from 'fs';
import { readToEnd } from './read-bytes';
import { Unreadable } from './unreadable';

const NAMES = /^\/(?:dev|proc\/self)\/(?:stdin|fd\/(\d{1,9}))$/;

const PAUSE_MS = 5;

/** Returns the number of the open file that the path stands for. */
export function descriptorAt(file: string): number | undefined {
  const match = NAMES.exec(file);
  return match ? Number(match[1] ?? 0) : undefined;
}

/** Reads an open file to its end. @throws Unreadable, or an error of the file system */
export function readDescriptor(fd: number, shown: string): Buffer {
  const stats = fs.fstatSync(fd);
  // The runtime has open files of its own, which nobody passes to the command: only pipes and files are read beside standard input.
  const isPassed = stats.isFile() || stats.isFIFO() || stats.isSocket() || (fd === 0 && !stats.isDirectory());
  if (!isPassed) { throw new Unreadable(shown, stats.isDirectory() ? 'it is a folder; a file is needed' : 'nothing was given there to read from'); }
  return readToEnd(shown, stats.isFile() ? stats.size + 1 : 1, (into, offset) => readSome(fd, into, offset));
}

/** Standard input may be set to return immediately if there is nothing to read yet. */
function readSome(fd: number, into: Buffer, offset: number): number {
  for (;;) {
    try {
      return fs.readSync(fd, into, offset, into.length - offset, null);
    } catch (e) {
      const { code } = e as NodeJS.ErrnoException;
      if (code === 'EOF') { return 0; } // Windows
      if (code !== 'EAGAIN' || fd !== 0) { throw e; }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
