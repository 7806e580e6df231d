/**
 * Main file of this folder: finds the stacks of what `diff` compares, which is a path as `check` takes it, or `REV:PATH`. revision.ts
 * parses it, git.ts reads the repository, and extract.ts writes its templates to a temporary folder.
 * Invariants: a path that exists is never read as a revision. The ids of stacks do not depend on the name of the revision. The folder is
 * removed, whatever happens.
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { extract } from './extract';
import { Revision, revisionIn } from './revision';
import { Unreadable } from '../files/unreadable';
import { findStacks } from '../templates/sources';
import { Environment, StackSource } from '../templates/stack-source';

export type Found = ReadonlyArray<StackSource | Unreadable>;

/** Calls `use` with the stacks, whose templates can be read until it returns. */
export function withStacks<T>(given: string, environment: Environment, use: (found: Found) => T): T {
  const revision = fs.existsSync(given) ? undefined : revisionIn(given);
  if (!revision) { return use(findStacks([given], environment)); }
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-pod-identity-')));
  try {
    return use(stacksOf(revision, folder, environment));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function stacksOf(revision: Revision, folder: string, environment: Environment): Found {
  try {
    return findStacks([extract(revision, folder, process.cwd())], environment, folder, `${revision.name}:`);
  } catch (e) {
    if (!(e instanceof Unreadable)) { throw e; }
    return [e];
  }
}
