import { authorizationFiles } from './authorization';
import { DataFile } from './data-file';
import { managedPolicyFile } from './managed-policies';
import { resourceFormatFile } from './resource-formats';

/** What lib/reference/data should have. */
export function referenceFiles(): DataFile[] {
  return [...authorizationFiles(), managedPolicyFile(), resourceFormatFile()];
}
