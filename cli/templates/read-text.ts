/**
 * Reads the text of a file. All reading of templates goes through it.
 * Invariant: errors of the file system become an `Unreadable` in plain words, and a file that is far too large for a template is
 * not read.
 */
import * as fs from 'fs';
import { Unreadable } from './unreadable';
import { decodeText } from '../../lib/util/read-json';

/**
 * Far above the limit of CloudFormation, 1 MB:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MAX_BYTES = 64 * 1024 * 1024;

const REASONS: { readonly [code: string]: string | undefined } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be read: permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
};

/** Reads the text of a file, in UTF-8 or UTF-16, without a byte order mark. @throws Unreadable */
export function readText(file: string, shown: string): string {
  return reading(shown, () => {
    const { size } = fs.statSync(file);
    if (size > MAX_BYTES) { throw new Unreadable(shown, `it has ${Math.ceil(size / 1024 / 1024)} MB; CloudFormation takes templates of up to 1 MB`); }
    return decodeText(fs.readFileSync(file));
  });
}

/** Runs `read`. @throws Unreadable if the file system reports an error */
export function reading<T>(shown: string, read: () => T): T {
  try {
    return read();
  } catch (e) {
    if (e instanceof Unreadable) { throw e; }
    const { code = '', message } = e as NodeJS.ErrnoException;
    throw new Unreadable(shown, REASONS[code] ?? (code || message));
  }
}
