import { readSnapshot } from '../../lib/role-permissions/snapshot';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { UsageError } from '../exit-codes';
import { readText } from '../templates/read-text';

/** Reads the role permissions of the `--roles` snapshot files. @throws UsageError if a file cannot be read */
export function declarationsIn(files: readonly string[]): PermissionsDeclaration[] {
  return files.flatMap((file) => {
    try {
      return readSnapshot(readText(file, file), file).map((declared) => declared());
    } catch (e) {
      throw new UsageError(`--roles ${(e as Error).message}`);
    }
  });
}
