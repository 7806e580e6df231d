import { authorizationFiles } from './authorization';
import { DataFile } from './data-file';
import { managedPolicyFile } from './managed-policies';
import { resourceFormatFile } from './resource-formats';

/** Returns the files that lib/reference/data should contain. */
export function referenceFiles(): DataFile[] {
  return [...authorizationFiles(), managedPolicyFile(), resourceFormatFile()];
}
