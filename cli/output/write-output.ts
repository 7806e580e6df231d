/**
 * Writes what a command was asked for to `--output FILE` or to standard output.
 * Invariants: a file is replaced as a whole or not at all. It keeps its permissions; a new file has those of the umask, as if the
 * shell had written it. An input of the command is never replaced. What is written is safe to show (visible.ts).
 */
import { randomBytes } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { Destination, destinationOf } from './destination';
import { print } from './streams';
import { visible } from '../visible';
import { isClosedPipe, whyNotWritten, writeFully } from './write-fully';
import { UsageError } from '../exit-codes';

/** The permissions of a new file before the umask is applied. */
const NEW_FILE = 0o666;

/** Above the permissions that a file keeps. Bits such as setuid are of no use to a report. */
const ABOVE_PERMISSIONS = 0o1000;

/**
 * @param file none for standard output
 * @param inputs the files that the command read, which it must not replace
 * @returns whether standard output is free for a summary
 * @throws UsageError if it cannot be written
 */
export function writeOutput(text: string, file: string | undefined, inputs: readonly string[] = []): boolean {
  if (file === undefined) {
    print(text);
    return false;
  }
  return orUsageError(file, () => {
    const destination = destinationOf(file);
    writeTo(destination, visible(text), inputs);
    return !(destination.kind === 'descriptor' && destination.fd === 1);
  });
}

/** Fails before a command reads for minutes what it could not write. @throws UsageError */
export function checkOutput(file: string | undefined): void {
  if (file === undefined) { return; }
  orUsageError(file, () => {
    const destination = destinationOf(file);
    if (destination.kind === 'file') { checkFile(destination.path, destination.status); }
  });
}

function orUsageError<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (e) {
    throw new UsageError(file === '' ? '--output \'\': the name of the file is empty. Is a variable of the shell empty?'
      : `--output ${file}: it cannot be written: ${whyNotWritten(e)}`);
  }
}

/** Renaming would replace a read-only file; nobody expects that. */
function checkFile(file: string, old: fs.BigIntStats | undefined): void {
  fs.accessSync(path.dirname(file), fs.constants.W_OK);
  if (old) { fs.accessSync(file, fs.constants.W_OK); }
}

function writeTo(destination: Destination, text: string, inputs: readonly string[]): void {
  switch (destination.kind) {
    case 'file':
      if (isOneOf(destination.status, inputs)) { throw new Error('the command reads that file'); }
      replaceFile(destination.path, destination.status, text);
      break;
    case 'descriptor': unlessClosed(() => writeFully(destination.fd, text)); break;
    case 'device': writeDevice(destination.path, text); break;
  }
}

function isOneOf(status: fs.BigIntStats | undefined, inputs: readonly string[]): boolean {
  return status !== undefined && inputs.some((input) => {
    const other = fs.statSync(input, { bigint: true, throwIfNoEntry: false });
    return other !== undefined && other.dev === status.dev && other.ino === status.ino;
  });
}

/** Writes a file beside the old one, and renames it. The old file stays as it is if anything fails. */
function replaceFile(file: string, old: fs.BigIntStats | undefined, text: string): void {
  checkFile(file, old);
  const temporary = path.join(path.dirname(file), `.cdk-pod-identity-${randomBytes(8).toString('hex')}.tmp`);
  const fd = fs.openSync(temporary, 'wx', NEW_FILE);
  try {
    try {
      if (old) { takeOver(fd, old); }
      writeFully(fd, text);
      fs.fsyncSync(fd); // some disks report only here that they are full
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(temporary, file);
  } catch (e) {
    fs.rmSync(temporary, { force: true });
    throw e;
  }
}

/** Gives the file the permissions of the old one, and its owner if this user may do that. */
function takeOver(fd: number, { mode, uid, gid }: fs.BigIntStats): void {
  const own = fs.fstatSync(fd, { bigint: true });
  if (own.uid !== uid || own.gid !== gid) {
    try {
      fs.fchownSync(fd, Number(uid), Number(gid));
    } catch (e) {
      if (!['EPERM', 'EINVAL'].includes((e as NodeJS.ErrnoException).code ?? '')) { throw e; }
    }
  }
  fs.fchmodSync(fd, Number(mode) % ABOVE_PERMISSIONS);
}

function writeDevice(file: string, text: string): void {
  const fd = fs.openSync(file, fs.constants.O_WRONLY);
  try {
    unlessClosed(() => writeFully(fd, text));
  } finally {
    fs.closeSync(fd);
  }
}

/** A reader that closes a pipe does not want the rest. */
function unlessClosed(write: () => void): void {
  try {
    write();
  } catch (e) {
    if (!isClosedPipe(e)) { throw e; }
  }
}
