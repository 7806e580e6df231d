/**
 * Writes to open files, pipes and devices. streams.ts and write-output.ts write through it. Node.js itself does not notice when a
 * full disk takes only a part of what a stream writes to a file.
 * Invariant: it returns when everything is written; otherwise it throws.
 */
import * as fs from 'fs';

/** In milliseconds. How long to wait for the reader of a pipe that is full. */
const PAUSE = 5;

/** @throws the error of the file system */
export function writeFully(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf-8');
  for (let done = 0; done < bytes.length;) {
    const written = writeSome(fd, bytes, done);
    if (written === undefined) { wait(PAUSE); } else { done += written; }
  }
}

/** Returns the number of bytes that were written, or nothing if there is no room yet. */
function writeSome(fd: number, bytes: Buffer, from: number): number | undefined {
  try {
    return fs.writeSync(fd, bytes, from);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'EAGAIN') { return undefined; }
    throw e;
  }
}

function wait(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Whether the error says that the reader closed the pipe, as in `cdk-pod-identity check | head`. Windows calls it EOF. */
export function isClosedPipe(e: unknown): boolean {
  return ['EPIPE', 'EOF'].includes((e as NodeJS.ErrnoException).code ?? '');
}

const REASONS: { readonly [code: string]: string | undefined } = {
  EACCES: 'permission denied',
  EBUSY: 'it is in use',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than files may be',
  EIO: 'the device does not work',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'there is no such folder',
  ENOSPC: 'no space is left',
  ENOTDIR: 'a part of its path is not a folder',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
};

/** Returns why something could not be written, with the code of the error. */
export function whyNotWritten(e: unknown): string {
  const { code, message } = e as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : REASONS[code];
  return reason === undefined ? code ?? message : `${reason} (${code})`;
}
