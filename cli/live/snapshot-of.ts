/**
 * Converts live roles and resources to a snapshot. Last step of `snapshot`, before the file is written.
 * Invariant: deterministic: the same roles and resources give the same text, so a change in a committed snapshot is a change of one.
 */
import { ResourcesRead } from './read-resources';
import { RolesRead } from './read-roles';
import { managedPolicy } from '../../lib/reference/managed-policy';
import { Snapshot, SNAPSHOT_VERSION } from '../../lib/role-permissions/snapshot';
import { byCode } from '../by-code';

/**
 * Returns the snapshot. It omits policies that AWS maintains if the reference data of this library contains the same document.
 */
export function snapshotOf({ roles, managedPolicies }: RolesRead, { resources }: ResourcesRead): Snapshot {
  const documents = [...managedPolicies].filter(([arn, document]) => JSON.stringify(managedPolicy(arn)) !== JSON.stringify(document));
  return {
    version: SNAPSHOT_VERSION,
    ...roles.size > 0 && { roles: sortEntries([...roles]) },
    ...documents.length > 0 && { managedPolicies: sortEntries(documents) },
    ...resources.size > 0 && { resources: sortEntries([...resources]) },
  };
}

function sortEntries<T>(entries: ReadonlyArray<readonly [string, T]>): { readonly [arn: string]: T } {
  return Object.fromEntries([...entries].sort(([a], [b]) => byCode(a, b)));
}
