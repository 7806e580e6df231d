/**
 * Main file of this folder: all reading of files by the command line, but for `-`, which policies/input.ts reads as a stream. A
 * path that the user names may be a regular file or an open file that the shell passes (descriptors.ts). A path that stands in a
 * file, or that a folder or a glob lists, must be a regular file inside the folders that the user gave.
 * Invariant: text of a file outside of these folders is never returned, so it is in no message. Every failure is an `Unreadable`.
 */
import * as fs from 'fs';
import * as path from 'path';
import { textOfBytes } from './decode-text';
import { descriptorAt, readDescriptor } from './descriptors';
import { reading } from './file-errors';
import { GivenFolders } from './given-folders';
import { readRegularFile } from './read-bytes';
import { Unreadable } from './unreadable';

/** The content of a file that the user named. */
export interface NamedFile {
  readonly text: string;
  /** Whether it is a pipe, or another open file, which can be read once. */
  readonly once: boolean;
}

/** Reads a file that the user named. @throws Unreadable */
export function readNamedFile(file: string, shown = file): NamedFile {
  return reading(shown, () => {
    const fd = descriptorAt(path.resolve(file));
    return fd === undefined
      ? { text: textOfBytes(readRegularFile(file, shown), shown), once: false }
      : { text: textOfBytes(readDescriptor(fd, shown), shown), once: true };
  });
}

/** Reads the text of a file that a file, a folder or a glob names. @throws Unreadable if it is not inside one of the folders */
export function readInside(given: GivenFolders, file: string, shown: string): string {
  return textOfBytes(readBytesInside(given, file, shown), shown);
}

/** Reads the bytes of such a file, which may not be text. @throws Unreadable if it is not inside one of the folders */
export function readBytesInside(given: GivenFolders, file: string, shown: string): Buffer {
  return reading(shown, () => {
    if (!given.mayContain(file)) {
      throw new Unreadable(shown, 'it is outside of the files and folders that were given, so it was not read. To read it, name it, too');
    }
    const real = fs.realpathSync(file);
    if (!given.contains(real)) {
      throw new Unreadable(shown, 'a symbolic link leads to it, out of the files and folders that were given, so it was not read. To read it, name it, too');
    }
    return readRegularFile(real, shown);
  });
}
