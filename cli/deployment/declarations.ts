import { readSnapshot } from '../../lib/role-permissions/snapshot';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { UsageError } from '../exit-codes';
import { readText } from '../templates/read-text';

/** What the files of `--roles` say. */
export function declarationsIn(files: readonly string[]): PermissionsDeclaration[] {
  return files.flatMap((file) => {
    try {
      return readSnapshot(readText(file, file), file).map((declared) => declared());
    } catch (e) {
      throw new UsageError(`--roles ${(e as Error).message}`);
    }
  });
}
