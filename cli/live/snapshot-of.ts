import { RolesRead } from './read-roles';
import { managedPolicy } from '../../lib/reference/managed-policy';
import { Snapshot, SNAPSHOT_VERSION } from '../../lib/role-permissions/snapshot';
import { byCode } from '../by-code';

/**
 * What roles have, as a snapshot: the same roles, the same text. Of the policies that AWS maintains, those are left out that the
 * reference data of this library have with the same document.
 */
export function snapshotOf({ roles, managedPolicies }: RolesRead): Snapshot {
  const documents = [...managedPolicies].filter(([arn, document]) => JSON.stringify(managedPolicy(arn)) !== JSON.stringify(document));
  return {
    version: SNAPSHOT_VERSION,
    roles: sortEntries([...roles]),
    ...documents.length > 0 && { managedPolicies: sortEntries(documents) },
  };
}

function sortEntries<T>(entries: ReadonlyArray<readonly [string, T]>): { readonly [arn: string]: T } {
  return Object.fromEntries([...entries].sort(([a], [b]) => byCode(a, b)));
}
