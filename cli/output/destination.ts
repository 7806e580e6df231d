/**
 * Decides where `--output FILE` writes: to a file that is replaced, to a descriptor that is open already (`/dev/stdout`), or to a
 * device or FIFO.
 * Invariant: a symbolic link never leads the output out of the folder that the user named. A link that leaves it is an error,
 * because whoever wrote the folder may have put it there: `report.html` could be a link to a file in the user's home.
 */
import * as fs from 'fs';
import * as path from 'path';

export type Destination =
  /** `status` is that of the file that is there already. */
  | { readonly kind: 'file'; readonly path: string; readonly status?: fs.BigIntStats }
  /** A pipe, device or file that this process has open. */
  | { readonly kind: 'descriptor'; readonly fd: number }
  /** A device, a FIFO or a socket. */
  | { readonly kind: 'device'; readonly path: string };

/** Maximum number of symbolic links that are followed, as on Linux. */
const MAX_LINKS = 40;

/** @throws the error of the file system, or an error with a plain message */
export function destinationOf(file: string): Destination {
  if (file.endsWith('/')) { throw Object.assign(new Error(), { code: 'EISDIR' }); }
  const named = inRealFolder(path.resolve(file));
  let at = named;
  for (let links = 0; ; links++) {
    const fd = descriptorAt(at);
    if (fd !== undefined) { return { kind: 'descriptor', fd }; }
    const target = linkAt(at);
    if (target === undefined) { break; }
    if (links >= MAX_LINKS) { throw Object.assign(new Error(), { code: 'ELOOP' }); }
    at = inRealFolder(path.resolve(path.dirname(at), target));
  }
  if (!at.startsWith(path.join(path.dirname(named), path.sep))) {
    throw new Error(`it is a symbolic link to ${at}, outside of its folder; name that file instead, or remove the link`);
  }
  const status = fs.statSync(at, { bigint: true, throwIfNoEntry: false });
  if (status === undefined || status.isFile()) { return { kind: 'file', path: at, status }; }
  if (status.isDirectory()) { throw Object.assign(new Error(), { code: 'EISDIR' }); }
  return { kind: 'device', path: at };
}

/** Returns the path with symbolic links of its folder resolved, and not the last name. */
function inRealFolder(file: string): string {
  return path.join(fs.realpathSync(path.dirname(file)), path.basename(file));
}

/** Returns the number of the descriptor: `/dev/stdout` is a link to `/proc/self/fd/1`, or on macOS to `/dev/fd/1`. */
function descriptorAt(file: string): number | undefined {
  const [, owner, fd] = /^\/(?:proc\/(\d+)|dev)\/fd\/(\d+)$/.exec(file) ?? [];
  return fd === undefined || (owner !== undefined && owner !== String(process.pid)) ? undefined : Number(fd);
}

function linkAt(file: string): string | undefined {
  try {
    return fs.readlinkSync(file);
  } catch (e) {
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes((e as NodeJS.ErrnoException).code ?? '')) { return undefined; } // it is not a link
    throw e;
  }
}
