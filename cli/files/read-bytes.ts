/**
 * Reads the bytes of a file: the only place of the command line that opens files for reading.
 * Invariant: it never waits for, and never reads without end from, what is not a regular file: a named pipe, a device, a socket.
 * The file is looked at before it is opened, because opening a device may already do something. It is opened without blocking and
 * looked at again, because it may have been replaced in between. At most `MAX_FILE_BYTES` are read, whatever size the file system
 * reports: files of /proc report none, and a file may grow.
 */
import * as fs from 'fs';
import { inMegabytes, MAX_FILE_BYTES } from './limits';
import { Unreadable } from './unreadable';

/** The number of bytes that are read at a time if the size is not known. */
const PART = 1024 * 1024;

/** Opens a regular file. The caller closes it. @throws Unreadable if it is something else, or an error of the file system */
export function openRegularFile(file: string, shown: string): number {
  assertRegular(fs.statSync(file), shown);
  const fd = fs.openSync(file, fs.constants.O_NONBLOCK ?? fs.constants.O_RDONLY); // O_RDONLY is 0; Windows has no O_NONBLOCK
  try {
    assertRegular(fs.fstatSync(fd), shown);
    return fd;
  } catch (e) {
    fs.closeSync(fd);
    throw e;
  }
}

/** Reads a regular file. @throws Unreadable if it is something else or too large, or an error of the file system */
export function readRegularFile(file: string, shown: string): Buffer {
  const fd = openRegularFile(file, shown);
  try {
    const { size } = fs.fstatSync(fd);
    if (size > MAX_FILE_BYTES) { throw tooLarge(shown, `it has ${inMegabytes(size)}`); }
    return readToEnd(shown, size + 1, (into, offset) => fs.readSync(fd, into, offset, into.length - offset, null));
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Reads to the end.
 * @param first the number of bytes that probably suffice
 * @param read reads into the buffer from the offset, and returns the number of bytes; 0 at the end
 * @throws Unreadable if there are more than `MAX_FILE_BYTES`
 */
export function readToEnd(shown: string, first: number, read: (into: Buffer, offset: number) => number): Buffer {
  let bytes = Buffer.allocUnsafe(Math.max(first, 1));
  let length = 0;
  for (;;) {
    if (length === bytes.length) { bytes = Buffer.concat([bytes], Math.max(2 * length, PART)); }
    const count = read(bytes, length);
    if (count === 0) { return bytes.subarray(0, length); }
    length += count;
    assertSize(length, shown);
  }
}

/** @throws Unreadable if it is more than is read */
export function assertSize(bytes: number, shown: string): void {
  if (bytes > MAX_FILE_BYTES) { throw tooLarge(shown, `it has more than ${inMegabytes(MAX_FILE_BYTES)}`); }
}

function tooLarge(shown: string, found: string): Unreadable {
  return new Unreadable(shown, `${found}; at most ${inMegabytes(MAX_FILE_BYTES)} are read. CloudFormation accepts templates of up to 1 MB`);
}

function assertRegular(stats: fs.Stats, shown: string): void {
  if (stats.isFile()) { return; }
  if (stats.isDirectory()) { throw new Unreadable(shown, 'it is a folder; a file is needed'); }
  const kind = stats.isFIFO() ? 'a named pipe' : stats.isSocket() ? 'a socket' : 'a device';
  throw new Unreadable(shown, `it is ${kind}; a regular file is needed`);
}
