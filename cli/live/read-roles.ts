/**
 * Reads roles with their policies, and the managed policies that they use. `audit` and `snapshot` call it; declarations.ts and
 * snapshot-of.ts convert the result.
 * Invariant: a role or a managed policy is complete, or it is a gap with the reason. One that changes during the reading is read
 * again from the start.
 */
import type { IamReader } from './aws-reader';
import { AwsFailure, callAws } from './failures';
import { Gap, gapsIn } from './gaps';
import { MAX_POLICIES_OF_ROLE } from './limits';
import { allPages } from './pages';
import { Progress } from './progress';
import { readEach } from './read-each';
import { SnapshotRole } from '../../lib/role-permissions/snapshot';
import { byCode } from '../by-code';

/** The roles with their policies, by ARN. */
export interface RolesRead {
  readonly roles: ReadonlyMap<string, SnapshotRole>;
  /**
   * The documents of all managed policies that are attached to the roles or are their boundaries, including those that AWS
   * maintains.
   */
  readonly managedPolicies: ReadonlyMap<string, object>;
  readonly gaps: readonly Gap[];
}

/**
 * Reads roles, by name or ARN, and their managed policies. A role or policy that could not be read is a gap; the others are still
 * read, unless every call would fail.
 */
export async function readRoles(iam: IamReader, wanted: readonly string[], progress: Progress): Promise<RolesRead> {
  const roleRead = progress.begin('reading roles', wanted.length);
  const ofRoles = await readEach(wanted, (one) => readOr(`role ${one}`, 'iam:GetRole', () => readRole(iam, one)).finally(roleRead));
  const roles = new Map(ofRoles.read);
  const arns = [...new Set([...roles.values()].flatMap(({ managedPolicies = [], permissionsBoundary: boundary }) => (
    boundary === undefined ? managedPolicies : [...managedPolicies, boundary])))];
  const policyRead = progress.begin('reading managed policies', arns.length);
  const ofPolicies = await readEach(arns, async (arn): Promise<[string, object]> => (
    [arn, await readOr(`managed policy ${arn}`, 'iam:GetPolicy', () => readManagedPolicy(iam, arn)).finally(policyRead)]));
  return {
    roles,
    managedPolicies: new Map(ofPolicies.read),
    gaps: [...gapsIn('role', ofRoles, (one) => one), ...gapsIn('managed policy', ofPolicies, (one) => one)],
  };
}

/**
 * Reads again from the start if a part is missing: the whole may still exist.
 * @param first the action whose failure means that the whole is missing
 */
async function readOr<T>(what: string, first: string, read: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 3; tries++) {
    try {
      return await read();
    } catch (e) {
      if (!(e instanceof AwsFailure) || e.kind !== 'missing' || e.action === first) { throw e; }
    }
  }
  throw new AwsFailure('unclear', `The ${what} changed each time while it was read.`);
}

async function readRole(iam: IamReader, wanted: string): Promise<[string, SnapshotRole]> {
  const name = wanted.slice(wanted.lastIndexOf('/') + 1);
  const on = `role ${wanted}`;
  const { arn, trustPolicy, permissionsBoundary } = await callAws({ action: 'iam:GetRole', on }, () => iam.getRole(name));
  if (wanted.startsWith('arn:') && arn !== wanted) {
    throw new AwsFailure('missing', `There is no ${on}: the role with its name is ${arn}, another account's or under another path.`, 'iam:GetRole');
  }
  // Sequential, because several roles are read concurrently.
  const names = await allPages({ action: 'iam:ListRolePolicies', on }, (marker) => iam.listRolePolicies(name, marker), MAX_POLICIES_OF_ROLE);
  const inline: Array<[string, object]> = [];
  for (const policy of [...new Set(names)].sort(byCode)) {
    const call = { action: 'iam:GetRolePolicy', on: `inline policy '${policy}' of ${on}` };
    inline.push([policy, await callAws(call, () => iam.getRolePolicy(name, policy))]);
  }
  const attached = await allPages(
    { action: 'iam:ListAttachedRolePolicies', on }, (marker) => iam.listAttachedRolePolicies(name, marker), MAX_POLICIES_OF_ROLE);
  return [arn, {
    trustPolicy,
    ...inline.length > 0 && { inlinePolicies: Object.fromEntries(inline) },
    ...attached.length > 0 && { managedPolicies: [...new Set(attached)].sort(byCode) },
    ...permissionsBoundary !== undefined && { permissionsBoundary },
  }];
}

async function readManagedPolicy(iam: IamReader, arn: string): Promise<object> {
  const on = `managed policy ${arn}`;
  const version = await callAws({ action: 'iam:GetPolicy', on }, () => iam.getPolicy(arn));
  return callAws({ action: 'iam:GetPolicyVersion', on }, () => iam.getPolicyVersion(arn, version));
}
