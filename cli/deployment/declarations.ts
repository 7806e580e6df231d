import { readSnapshot } from '../../lib/role-permissions/snapshot';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { UsageError } from '../exit-codes';
import { jsonExcess } from '../files/json-bounds';
import { readNamedFile } from '../files/read-file';
import { Unreadable } from '../files/unreadable';

/** Reads the role permissions of the `--roles` snapshot files. @throws UsageError if a file cannot be read */
export function declarationsIn(files: readonly string[]): PermissionsDeclaration[] {
  return files.flatMap((file) => {
    try {
      const { text } = readNamedFile(file);
      const excess = jsonExcess(text);
      if (excess) { throw new Unreadable(file, excess.what, excess.line, excess.column); }
      return readSnapshot(text, file).map((declared) => declared());
    } catch (e) {
      throw new UsageError(`--roles ${(e as Error).message}`);
    }
  });
}
