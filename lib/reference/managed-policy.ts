/**
 * The documents of AWS's managed policies, and why the document of an ARN is not known. `analysis/` and the command line read them.
 * Invariant: only documents of the partition `aws` are known, in the latest version as of the date of the data.
 */
import { DataFile, DatedHeader } from './data-file';
import { nearest } from './edit-distance';

/** A policy document as AWS publishes it. */
export interface ManagedPolicyDocument {
  readonly Version: string;
  readonly Statement: unknown;
}

const FILE = new DataFile<ManagedPolicyDocument, DatedHeader>('managed-policies');
const ARN = /^arn:([^:]*):iam::aws:policy\/(.+)$/;

/** The date of the newest known policy, such as `2026-08-26`. */
function managedPoliciesAsOf(): string {
  return FILE.header.asOf;
}

/** Path and name of all policies, such as `service-role/AWSLambdaBasicExecutionRole`: the text after `policy/` in their ARNs. */
export function managedPolicyNames(): readonly string[] {
  return [...FILE.names];
}

/**
 * The document of a policy that AWS maintains, such as `arn:aws:iam::aws:policy/ReadOnlyAccess`. If it is `undefined`,
 * `whyNotKnown` returns the reason.
 */
export function managedPolicy(arn: string): ManagedPolicyDocument | undefined {
  const [, partition, name] = ARN.exec(arn) ?? [];
  return partition === 'aws' ? FILE.row(name) : undefined;
}

/** Why `managedPolicy` has no document for the ARN, as a sentence's end: `… of another partition …`. */
export function whyNotKnown(arn: string): string | undefined {
  const [, partition, name] = ARN.exec(arn) ?? [];
  if (partition === undefined) { return 'it is not an AWS managed policy'; }
  if (partition !== 'aws') { return `AWS managed policies of the partition ${partition} are not in the reference data`; }
  if (FILE.has(name)) { return undefined; }
  const meant = nearestPolicy(name);
  return `AWS had no managed policy of this name on ${managedPoliciesAsOf()}${meant === undefined ? '' : `; did you mean arn:aws:iam::aws:policy/${meant}?`}`;
}

/** A policy with the same name under another path or in another case, or with a similar name. */
function nearestPolicy(name: string): string | undefined {
  const base = (path: string) => path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const names = managedPolicyNames();
  return names.find((known) => base(known) === base(name)) ?? nearest(name, names);
}
