/**
 * Converts the roles of the account to the declarations that lib/template reads, with the reasons for what is not known. Between
 * read-roles.ts and the checks.
 * Invariant: live data takes precedence over a snapshot. A role that neither contains is declared as unread, never as a role
 * without policies.
 */
import type { LiveAssociation } from './asked-for';
import { RolesRead } from './read-roles';
import { splitArn } from '../../lib/engine';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';

/** Returns the account of an ARN. */
export function accountOf(arn: string): string | undefined {
  const account = splitArn(arn)[4];
  return /^\d{12}$/.test(account ?? '') ? account : undefined;
}

/** Returns the roles of the cluster's account, which its credentials can read. */
export function rolesToRead(associations: readonly LiveAssociation[], account: string | undefined): string[] {
  const named = associations.flatMap(({ roleArn, targetRoleArn }) => (targetRoleArn === undefined ? [roleArn] : [roleArn, targetRoleArn]));
  return [...new Set(named)].filter((arn) => account === undefined || accountOf(arn) === account).sort();
}

/** Returns what is known of roles and managed policies, and why others are not known. Snapshots complete what was not read. */
export function declarationsOf(
  read: RolesRead, associations: readonly LiveAssociation[], account: string | undefined, given: readonly PermissionsDeclaration[],
): PermissionsDeclaration[] {
  const source = 'IAM';
  const live: PermissionsDeclaration[] = [
    ...[...read.roles].map(([arn, { trustPolicy, inlinePolicies = {}, managedPolicies = [], permissionsBoundary }]) => ({
      source,
      arn,
      role: {
        identityPolicies: Object.entries(inlinePolicies).map(([name, document]) => ({ name: `inline policy '${name}'`, document })),
        managedPolicyArns: managedPolicies,
        permissionsBoundaryArn: permissionsBoundary,
        trustPolicy,
      },
    })),
    ...[...read.managedPolicies].map(([arn, policy]) => ({ source, arn, policy })),
  ];
  const known = new Set(live.map(({ arn }) => arn));
  const fromSnapshots = given.filter(({ arn }) => !known.has(arn as string));
  fromSnapshots.forEach(({ arn }) => known.add(arn as string));
  const elsewhere = new Set(associations.flatMap(({ roleArn, targetRoleArn }) => [roleArn, ...targetRoleArn === undefined ? [] : [targetRoleArn]])
    .filter((arn) => account !== undefined && accountOf(arn) !== account));
  const unread = [
    ...read.gaps.map(({ what, message }) => ({ source, arn: what, unread: withoutStop(message) })),
    ...[...elsewhere].map((arn) => ({
      source,
      arn,
      unread: `it is a role of account ${accountOf(arn) ?? '(none)'}, which credentials of account ${account} cannot read`,
    })),
  ].filter(({ arn }) => !known.has(arn));
  return [...live, ...fromSnapshots, ...unread];
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
