/**
 * Main file of this folder: finds the stacks of what `diff` compares, which is a path as `check` takes it, or `REV:PATH`. revision.ts
 * parses it, git.ts reads the repository, and extract.ts writes its templates to a temporary folder.
 * Invariants: a path that exists is never read as a revision. The ids of stacks without a cloud assembly are their paths inside of what
 * was given, so that they are the same on both sides. The folder is removed, whatever happens.
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { extract } from './extract';
import { Revision, revisionIn } from './revision';
import { descriptorAt } from '../files/descriptors';
import { Unreadable } from '../files/unreadable';
import { findStacks } from '../templates/sources';
import { Environment, StackSource } from '../templates/stack-source';

export type Found = ReadonlyArray<StackSource | Unreadable>;

/** Calls `use` with the stacks, whose templates can be read until it returns. */
export function withStacks<T>(given: string, environment: Environment, use: (found: Found) => T): T {
  const revision = fs.existsSync(given) ? undefined : revisionIn(given);
  if (!revision) { return use(withOwnIds(findStacks([given], environment), path.resolve(given))); }
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-pod-identity-')));
  try {
    return use(stacksOf(revision, folder, environment));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function stacksOf(revision: Revision, folder: string, environment: Environment): Found {
  try {
    const at = extract(revision, folder, process.cwd());
    return withOwnIds(findStacks([at], environment, folder, `${revision.name}:`), path.join(folder, at));
  } catch (e) {
    if (!(e instanceof Unreadable)) { throw e; }
    return [e];
  }
}

/** A file is called by its name, and the files of a folder by their paths in it. */
function withOwnIds(found: Found, given: string): Found {
  const isFolder = fs.statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
  return found.map((one) => {
    if (one instanceof Unreadable || one.constructs || descriptorAt(given) !== undefined || !fs.existsSync(given)) { return one; }
    return { ...one, id: isFolder ? path.relative(given, one.path).split(path.sep).join('/') : path.basename(one.path) };
  });
}
