/**
 * Main file of this folder, which reads a live account through AWS's API, for `audit` and `snapshot`. connection.ts and
 * aws-reader.ts call AWS; read-associations.ts and read-roles.ts read the cluster and the roles; cluster-stack.ts and
 * declarations.ts convert them to the input of the same rules that check templates; drift/ compares the cluster with templates.
 * This file makes one report of all that.
 * Invariant: reads only. A role that does not exist is a finding; anything else that could not be read is named in the report.
 */
import type { LiveAssociation } from './asked-for';
import { ClusterPlace, pathOf, stackOf } from './cluster-stack';
import { declarationsOf } from './declarations';
import { AuditProblem, Drift } from './drift/drift';
import { Gap } from './gaps';
import { RolesRead } from './read-roles';
import type { Severity } from '../../lib/analysis/finding';
import { CheckSettings } from '../../lib/analysis/settings';
import { runRules } from '../../lib/rules/run-rules';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { TemplateSet } from '../../lib/template/template-set';
import { AUDIT_RULES } from '../report/audit-rules';
import { causeMarkOf, fingerprintOf, ordinalIn } from '../report/fingerprint';
import { CheckedAssociation, ReportedFinding } from '../report/report';

export interface AuditInput {
  readonly cluster: ClusterPlace;
  readonly associations: readonly LiveAssociation[];
  readonly roles: RolesRead;
  /** The snapshots of `--roles`, for roles that could not be read. */
  readonly given: readonly PermissionsDeclaration[];
  readonly drift?: Drift;
  readonly settings: CheckSettings;
  /** The severities of the audit's own rules. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
}

/**
 * Runs every check on the cluster and adds the drift. The associations of the cluster come first, then those that only the
 * templates have.
 */
export function auditOf(input: AuditInput): CheckedAssociation[] {
  const { cluster, associations, roles, given, drift, settings, severities } = input;
  const stack = stackOf(cluster, associations);
  const findings = runRules(new TemplateSet([stack]), { declarations: declarationsOf(roles, associations, cluster.account, given), settings });
  const gone = new Set(roles.gaps.filter(isGone).map(({ what }) => what));
  const byId = new Map(associations.map(({ id }): [string, Array<Omit<ReportedFinding, 'fingerprint'>>] => [id, []]));
  findings.forEach((finding) => {
    const { association: { ref }, rule, severity, code, property, message, fix, reasons } = finding;
    byId.get(ref.logicalId)!.push({ rule, severity, code, property, message, fix, ...reasons && { reasons }, cause: causeMarkOf(finding) });
  });
  return [
    ...associations.map((one): CheckedAssociation => ({
      ...namesOf(one, cluster),
      associationId: one.id,
      associationArn: one.arn,
      roleArn: one.roleArn,
      ...one.targetRoleArn !== undefined && { targetRoleArn: one.targetRoleArn },
      findings: withFingerprints([
        ...withSeverities([...notFound(one, gone), ...drift?.deployed.get(one.id) ?? []], severities),
        // If the role does not exist, there is nothing to determine.
        ...byId.get(one.id)!.filter(({ rule }) => rule !== 'NarrowingUndetermined' || !gone.has(one.targetRoleArn ?? one.roleArn)),
      ], one, cluster),
    })),
    ...(drift?.expected ?? []).flatMap(({ expected, association, problem }): CheckedAssociation[] => {
      const names = { namespace: String(association.namespace), serviceAccount: String(association.serviceAccount) };
      return [{
        path: expected.path,
        stack: expected.ref.stack.id,
        logicalId: expected.ref.logicalId,
        file: expected.file,
        cluster: cluster.name,
        ...names,
        findings: withFingerprints(withSeverities([problem], severities).map((one) => ({ ...one, region: expected.region() })), names, cluster),
      }];
    }).filter((one) => one.findings.length > 0),
  ];
}

/** Whether the gap is a finding: the role does not exist. Any other gap is missing data. */
export function isGone({ of, kind }: Gap): boolean {
  return of === 'role' && kind === 'missing';
}

function namesOf({ namespace, serviceAccount }: LiveAssociation, { name }: ClusterPlace) {
  return { path: pathOf({ namespace, serviceAccount }), cluster: name, namespace, serviceAccount };
}

/** Findings for roles that the association names and that do not exist. */
function notFound({ roleArn, targetRoleArn, ...association }: LiveAssociation, gone: ReadonlySet<string>): AuditProblem[] {
  const roles = [['RoleArn', 'role', roleArn], ['TargetRoleArn', 'target role', targetRoleArn]] as const;
  return roles.flatMap(([property, what, arn]) => (arn === undefined || !gone.has(arn) ? [] : [{
    rule: 'RoleNotFound' as const,
    property,
    message: `The ${what} of ${pathOf(association)}, ${arn}, does not exist. EKS cannot assume it, and the pods get no credentials.`,
    fix: 'Create the role again, give the association another role, or delete the association. A new role needs the same trust policy.',
  }]));
}

function withSeverities<T extends AuditProblem>(
  problems: readonly T[], severities: AuditInput['severities'],
): Array<T & { readonly severity: Severity; readonly code: string }> {
  return problems.flatMap((problem) => {
    const severity = severities.get(problem.rule) ?? AUDIT_RULES.find(({ id }) => id === problem.rule)!.severity;
    return severity === 'off' ? [] : [{ ...problem, severity, code: problem.rule }];
  });
}

function withFingerprints(
  findings: ReadonlyArray<Omit<ReportedFinding, 'fingerprint'>>, { namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string },
  { name, account, region }: ClusterPlace,
): ReportedFinding[] {
  return findings.map((finding, i) => {
    const { rule, property } = finding;
    return { ...finding, fingerprint: fingerprintOf([rule, account, region, name, namespace, serviceAccount, property, ordinalIn(findings, i)]) };
  });
}
