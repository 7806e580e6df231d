import { conflictingResources } from '../../lib/role-permissions/conflicts';
import { readSnapshot } from '../../lib/role-permissions/snapshot';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { UsageError } from '../exit-codes';
import { jsonExcess } from '../files/json-bounds';
import { readNamedFile } from '../files/read-file';
import { Unreadable } from '../files/unreadable';
import { parseJsonText } from '../templates/parse';

/**
 * Reads the roles, managed policies and resources of the `--roles` snapshot files.
 * @throws UsageError if a file cannot be read, and if two declare a resource differently
 */
export function declarationsIn(files: readonly string[]): PermissionsDeclaration[] {
  const declarations = files.flatMap((file) => {
    try {
      const { text } = readNamedFile(file);
      const excess = jsonExcess(text);
      if (excess) { throw new Unreadable(file, excess.what, excess.line, excess.column); }
      return snapshotIn(text, file).map((declared) => declared());
    } catch (e) {
      throw new UsageError(`--roles ${(e as Error).message}`);
    }
  });
  const conflict = conflictingResources(declarations);
  if (conflict !== undefined) { throw new UsageError(`--roles: ${conflict}`); }
  return declarations;
}

/** @throws Unreadable with the position if the text is not JSON, and an error if it is not a snapshot */
function snapshotIn(text: string, file: string): ReturnType<typeof readSnapshot> {
  try {
    return readSnapshot(text, file);
  } catch (e) {
    parseJsonText(text, file);
    throw e;
  }
}
