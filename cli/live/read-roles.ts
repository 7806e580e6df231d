/**
 * Reads roles with their policies, and the managed policies that they use. `audit` and `snapshot` call it; declarations.ts and
 * snapshot-of.ts convert the result.
 * Invariant: a role or a managed policy is complete, or it is a gap with the reason. One that changes during the reading is read
 * again from the start.
 */
import type { IamReader } from './aws-reader';
import { AwsFailure, callAws } from './failures';
import { allPages } from './pages';
import { inParallel } from './pool';
import { Progress } from './progress';
import { SnapshotRole } from '../../lib/role-permissions/snapshot';
import { isRecord } from '../../lib/util/records';
import { byCode } from '../by-code';

/** A role or a managed policy that could not be read. */
export interface Gap {
  readonly of: 'role' | 'managed policy';
  /** The ARN, or the name that was given. */
  readonly what: string;
  /** `missing`: it does not exist, or not any more. `unclear`: AWS's answer could not be understood. */
  readonly kind: 'missing' | 'denied' | 'unclear';
  readonly message: string;
}

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
 * Reads roles, by name or ARN, and their managed policies. A role or policy that does not exist or is denied is a gap; the others
 * are still read.
 * @throws AwsFailure if no other call could succeed, such as without credentials
 */
export async function readRoles(iam: IamReader, wanted: readonly string[], progress: Progress): Promise<RolesRead> {
  const gaps: Gap[] = [];
  const orGap = async <T>(of: Gap['of'], what: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (e) {
      if (!(e instanceof AwsFailure) || !(e.kind === 'missing' || e.kind === 'denied' || e instanceof Unclear)) { throw e; }
      gaps.push({ of, what, kind: e.kind === 'missing' || e.kind === 'denied' ? e.kind : 'unclear', message: e.message });
      return undefined;
    }
  };
  const roleRead = progress.begin('reading roles', wanted.length);
  const read = await inParallel(wanted, async (one) => {
    const role = await orGap('role', one, () => readOr(`role ${one}`, 'iam:GetRole', () => readRole(iam, one)));
    roleRead();
    return role;
  });
  const roles = new Map(read.flatMap((one) => (one ? [one] : [])));
  const arns = new Set([...roles.values()].flatMap(({ managedPolicies = [], permissionsBoundary: boundary }) => (
    boundary === undefined ? managedPolicies : [...managedPolicies, boundary])));
  const policyRead = progress.begin('reading managed policies', arns.size);
  const policies = await inParallel([...arns], async (arn): Promise<Array<[string, object]>> => {
    const document = await orGap('managed policy', arn, () => readOr(`managed policy ${arn}`, 'iam:GetPolicy', () => readManagedPolicy(iam, arn)));
    policyRead();
    return document ? [[arn, document]] : [];
  });
  return { roles, managedPolicies: new Map(policies.flat()), gaps };
}

/** AWS gave an answer that its documentation does not describe, or a role changed again and again. */
class Unclear extends AwsFailure {
  public constructor(message: string) {
    super('other', message);
  }
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
  throw new Unclear(`The ${what} changed each time while it was read.`);
}

async function readRole(iam: IamReader, wanted: string): Promise<[string, SnapshotRole]> {
  const name = wanted.slice(wanted.lastIndexOf('/') + 1);
  const on = `role ${wanted}`;
  const role = await callAws({ action: 'iam:GetRole', on }, () => iam.getRole(name));
  const { Arn: arn, AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary } = role ?? {};
  if (arn === undefined) { throw new Unclear(`iam:GetRole on ${on} failed: the answer has no role with an ARN.`); }
  if (wanted.startsWith('arn:') && arn !== wanted) {
    throw new AwsFailure('missing', `There is no ${on}: the role with its name is ${arn}, another account's or under another path.`, 'iam:GetRole');
  }
  // Sequential, because several roles are read concurrently.
  const inlineNames = await allPages({ action: 'iam:ListRolePolicies', on }, (marker) => iam.listRolePolicies(name, marker));
  const inline: Array<[string, object]> = [];
  for (const policy of [...inlineNames].sort(byCode)) {
    const what = `inline policy '${policy}' of ${on}`;
    inline.push([policy, documentIn(await callAws({ action: 'iam:GetRolePolicy', on: what }, () => iam.getRolePolicy(name, policy)), what)]);
  }
  const attached = await allPages({ action: 'iam:ListAttachedRolePolicies', on }, (marker) => iam.listAttachedRolePolicies(name, marker));
  return [arn, {
    ...trust !== undefined && { trustPolicy: documentIn(trust, `the trust policy of ${on}`) },
    ...inline.length > 0 && { inlinePolicies: Object.fromEntries(inline) },
    ...attached.length > 0 && { managedPolicies: attached.map(({ PolicyArn }) => PolicyArn ?? noArn(on)).sort(byCode) },
    ...boundary?.PermissionsBoundaryArn !== undefined && { permissionsBoundary: boundary.PermissionsBoundaryArn },
  }];
}

async function readManagedPolicy(iam: IamReader, arn: string): Promise<object> {
  const on = `managed policy ${arn}`;
  const policy = await callAws({ action: 'iam:GetPolicy', on }, () => iam.getPolicy(arn));
  const version = policy?.DefaultVersionId;
  if (version === undefined) { throw new Unclear(`iam:GetPolicy on ${on} failed: the answer has no default version.`); }
  return documentIn(await callAws({ action: 'iam:GetPolicyVersion', on }, () => iam.getPolicyVersion(arn, version)), on);
}

function noArn(on: string): never {
  throw new Unclear(`iam:ListAttachedRolePolicies on ${on} failed: a policy in the answer has no ARN.`);
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html — documents are URL-encoded */
function documentIn(encoded: string | undefined, what: string): object {
  let why = 'there is none';
  try {
    const document: unknown = encoded === undefined ? undefined : JSON.parse(decodeURIComponent(encoded));
    if (isRecord(document)) { return document; }
    if (document !== undefined) { why = 'it is no JSON object'; }
  } catch (e) {
    why = (e as Error).message;
  }
  throw new Unclear(`AWS's answer has no document of the ${what.replace(/^the /, '')} that can be read: ${why}.`);
}
