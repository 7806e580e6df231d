/**
 * Reads a snapshot file (docs/snapshot-format.md) as declarations, next to those of the app.
 *
 * Invariant: every member is checked and has a known name, so a misspelled name is an error and not a missing permission.
 */
import { LazyDeclaration } from './declared';
import { Json, parsePolicy } from '../engine';
import { accountInArn, declarableResource } from '../template/declarable-resources';
import { ResourceDeclaration } from '../template/known-permissions';
import { DOCS } from '../util/docs';
import { parseJson } from '../util/read-json';
import { isRecord } from '../util/records';

/** The version that this library reads: docs/snapshot-format.md */
export const SNAPSHOT_VERSION = 1;

/** The content of a snapshot file. */
export interface Snapshot {
  readonly version: typeof SNAPSHOT_VERSION;
  /** The roles, by ARN. */
  readonly roles?: { readonly [arn: string]: SnapshotRole };
  /** Documents of customer managed policies, by ARN. */
  readonly managedPolicies?: { readonly [arn: string]: object };
  /** Resources with policies, by ARN. */
  readonly resources?: { readonly [arn: string]: SnapshotResource };
}

export interface SnapshotRole {
  readonly trustPolicy?: object;
  /** The inline policies, by name. */
  readonly inlinePolicies?: { readonly [name: string]: object };
  /** ARNs. */
  readonly managedPolicies?: readonly string[];
  /** An ARN. */
  readonly permissionsBoundary?: string;
}

export interface SnapshotResource {
  /** The account that owns it, if its ARN does not have an account. */
  readonly account?: string;
  /** The document of its policy. If it is absent, the resource has no policy. */
  readonly policy?: object;
}

const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\/.+$/;
const POLICY_ARN = /^arn:[^:]+:iam::(\d{12}|aws):policy\/.+$/;

/**
 * Reads and checks a snapshot.
 * @throws if it is not a snapshot, with the place of the mistake
 */
export function readSnapshot(text: string, file: string): LazyDeclaration[] {
  const fail = (where: string, what: string): never => {
    throw new Error(`${file}: ${where === '' ? '' : `${where}: `}${what}. ${DOCS}/snapshot-format.md describes the format.`);
  };
  const snapshot = parseJson(text, ({ message }) => fail('', `not a snapshot: ${message}`));
  const { version, roles, managedPolicies, resources } = members(snapshot, '', SNAPSHOT_MEMBERS, fail);
  if (version !== SNAPSHOT_VERSION) {
    fail('version', version === undefined ? `missing. Write "version": ${SNAPSHOT_VERSION}`
      : `${JSON.stringify(version)} is not a version that this release reads. It reads ${SNAPSHOT_VERSION}`);
  }
  const source = `snapshot ${file}`;
  return [
    ...entries(roles, 'roles', fail).map(([arn, value]): LazyDeclaration => {
      const where = `roles['${arn}']`;
      if (!ROLE_ARN.test(arn)) { fail(where, 'not the ARN of a role'); }
      const { trustPolicy, inlinePolicies, managedPolicies: attached, permissionsBoundary } = members(value, where, ROLE_MEMBERS, fail);
      if (trustPolicy !== undefined && !isRecord(trustPolicy)) { fail(`${where}.trustPolicy`, 'not a policy document'); }
      if (permissionsBoundary !== undefined && !isPolicyArn(permissionsBoundary)) { fail(`${where}.permissionsBoundary`, 'not the ARN of a managed policy'); }
      const identityPolicies = entries(inlinePolicies, `${where}.inlinePolicies`, fail).map(([name, document]) => ({
        name: `inline policy '${name}'`, document: checkPolicy(document, `${where}.inlinePolicies['${name}']`, fail),
      }));
      const managedPolicyArns = listOf(attached, `${where}.managedPolicies`, fail);
      managedPolicyArns.forEach((item, i) => isPolicyArn(item) || fail(`${where}.managedPolicies[${i}]`, `${JSON.stringify(item)} is not the ARN of a managed policy`));
      return () => ({ source, arn, role: { identityPolicies, managedPolicyArns, permissionsBoundaryArn: permissionsBoundary, trustPolicy } });
    }),
    ...entries(managedPolicies, 'managedPolicies', fail).map(([arn, document]): LazyDeclaration => {
      const where = `managedPolicies['${arn}']`;
      if (!POLICY_ARN.test(arn)) { fail(where, 'not the ARN of a managed policy'); }
      const policy = checkPolicy(document, where, fail);
      return () => ({ source, arn, policy });
    }),
    ...entries(resources, 'resources', fail).map(([arn, value]): LazyDeclaration => {
      const resource = readResource(arn, value, `resources['${arn}']`, fail);
      return () => ({ source, arn, resource });
    }),
  ];
}

function readResource(arn: string, value: unknown, where: string, fail: Fail): ResourceDeclaration {
  const found = declarableResource(arn);
  if ('problem' in found) { return fail(where, `it ${found.problem}. ${found.fix.replace(/\.$/, '')}`); }
  const { type } = found;
  const { account, policy } = members(value, where, ['account', 'policy'], fail);
  if (account !== undefined && !(typeof account === 'string' && /^\d{12}$/.test(account))) { fail(`${where}.account`, `${JSON.stringify(account)} is not the id of an account`); }
  const own = accountInArn(arn);
  if (account !== undefined && own !== undefined && account !== own) { fail(`${where}.account`, `${JSON.stringify(account)} is not the account in the ARN`); }
  if (policy === undefined && type === 'AWS::KMS::Key') { fail(where, 'it has no policy, and every KMS key has one'); }
  return { type, account, policy: policy === undefined ? undefined : checkResourcePolicy(policy, `${where}.policy`, fail) };
}

type Fail = (where: string, what: string) => never;

const SNAPSHOT_MEMBERS = ['version', 'roles', 'managedPolicies', 'resources'];
const ROLE_MEMBERS = ['trustPolicy', 'inlinePolicies', 'managedPolicies', 'permissionsBoundary'];

/** The members of an object that may have only these names. */
function members(value: unknown, where: string, names: readonly string[], fail: Fail): Record<string, unknown> {
  if (!isRecord(value)) { return fail(where, 'not an object'); }
  const odd = Object.keys(value).find((name) => !names.includes(name));
  return odd === undefined ? value : fail(where, `'${odd}' is not one of ${names.join(', ')}`);
}

function entries(value: unknown, where: string, fail: Fail): Array<[string, unknown]> {
  if (value === undefined) { return []; }
  return isRecord(value) ? Object.entries(value) : fail(where, 'not an object');
}

function listOf(value: unknown, where: string, fail: Fail): readonly unknown[] {
  if (value === undefined) { return []; }
  return Array.isArray(value) ? value : fail(where, 'not a list');
}

function isPolicyArn(value: unknown): boolean {
  return typeof value === 'string' && POLICY_ARN.test(value);
}

function checkPolicy(document: unknown, where: string, fail: Fail): unknown {
  const [problem] = parsePolicy(document as Json, where).problems;
  return problem ? fail(where, `not a policy that IAM would accept: ${problem.where}${problem.where && ' '}${problem.message}`) : document;
}

/**
 * Checks what all policies have in common: a resource policy also has principals, its `Sid` may have any characters, and in several
 * services its `Resource` is not an ARN or is absent.
 */
function checkResourcePolicy(document: unknown, where: string, fail: Fail): unknown {
  if (!isRecord(document)) { return fail(where, 'not a policy document'); }
  const { Statement: statements } = document;
  const inCommon = (statement: unknown, i?: number) => {
    if (!isRecord(statement)) { return statement; }
    const { Sid, Resource, NotResource, Principal, NotPrincipal, ...rest } = statement;
    if (Principal === undefined && NotPrincipal === undefined) {
      fail(where, `not a policy of a resource: Statement${i === undefined ? '' : `[${i}]`} has neither Principal nor NotPrincipal`);
    }
    return { ...rest, Resource: '*' };
  };
  const known = { ...document, Statement: Array.isArray(statements) ? statements.map(inCommon) : inCommon(statements) };
  const problem = parsePolicy(known as Json, where).problems.find(({ kind }) => kind !== 'unknown');
  return problem ? fail(where, `not a policy that AWS would accept: ${problem.where}${problem.where && ' '}${problem.message}`) : document;
}
