/** Words for the errors of the file system. */
import { Unreadable } from './unreadable';

const REASONS: { readonly [code: string]: string | undefined } = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EACCES: 'it may not be read: permission denied',
  EPERM: 'it may not be read: permission denied',
  EISDIR: 'it is a folder; a file is needed',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EAGAIN: 'nothing can be read from it',
  EBADF: 'nothing was given there to read from',
};

/** Runs `read`. @throws Unreadable if the file system reports an error */
export function reading<T>(shown: string, read: () => T): T {
  try {
    return read();
  } catch (e) {
    if (e instanceof Unreadable) { throw e; }
    throw new Unreadable(shown, reasonOf(e as NodeJS.ErrnoException));
  }
}

/** Why the file system refuses, in words. */
export function reasonOf({ code = '', message }: NodeJS.ErrnoException): string {
  return REASONS[code] ?? (code || message);
}
