import type { AuditRule, AuditRuleId } from './audit-rules';
import type { RuleId, Severity } from '../../lib/analysis/finding';
import type { AssociationDetails } from '../access/details';
import type { Region } from '../templates/positions';
import type { Unreadable } from '../templates/unreadable';

/** What was checked, and found: plain data, which the formats write. */
export interface Report<Association extends CheckedAssociation = CheckedAssociation> {
  /** As many could be read. */
  readonly templates: number;
  /** In the order in which they were given. */
  readonly associations: readonly Association[];
  /** Of an audit. */
  readonly audit?: Audit;
  /** What could not be read: nothing is known of it, and less of all else. */
  readonly unreadable?: readonly Unreadable[];
}

/** What was looked at in an account. */
export interface Audit {
  readonly cluster: string;
  readonly account?: string;
  readonly region: string;
  /** The rules that were looked at, beside those of templates. */
  readonly rules: readonly AuditRule[];
  /** What is missing in the report, and why: a sentence each. */
  readonly notRead: readonly string[];
}

export type CheckedAssociation = TemplateAssociation | ClusterAssociation;

interface Checked {
  /** Construct path, or logical id; in a cluster, namespace and service account. */
  readonly path: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly findings: readonly ReportedFinding[];
  /** Only for formats that show them. */
  readonly details?: AssociationDetails;
}

export interface TemplateAssociation extends Checked {
  readonly stack: string;
  readonly logicalId: string;
  /** As seen from the working directory. */
  readonly file: string;
}

/** One that is deployed. */
export interface ClusterAssociation extends Checked {
  readonly associationId: string;
  readonly associationArn: string;
  readonly roleArn: string;
  readonly targetRoleArn?: string;
}

/** Where it was found: the file, or the cluster. */
export function sourceOf(association: CheckedAssociation): string {
  return 'file' in association ? association.file : `cluster ${association.cluster}`;
}

export interface ReportedFinding {
  readonly rule: RuleId | AuditRuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
  /** Of the association; empty for the whole of it. */
  readonly property: string;
  readonly region?: Region;
  /** The same in every run, as long as the association has its name. */
  readonly fingerprint: string;
  /** The reason why the app acknowledges it: it does not count then. */
  readonly acknowledged?: string;
}

interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly acknowledged: number;
}

export function countsOf({ associations }: Report): Counts {
  const counts = { error: 0, warning: 0, acknowledged: 0 };
  for (const { severity, acknowledged } of associations.flatMap(({ findings }) => findings)) {
    counts[acknowledged === undefined ? severity : 'acknowledged']++;
  }
  return counts;
}

/** Such as `3 associations in 2 templates: 1 error, 2 warnings`. */
export function summaryOf(report: Report): string {
  const { error, warning, acknowledged } = countsOf(report);
  const found = [
    ...error > 0 ? [pluralize(error, 'error')] : [],
    ...warning > 0 ? [pluralize(warning, 'warning')] : [],
    ...acknowledged > 0 ? [`${pluralize(acknowledged, 'finding')} acknowledged`] : [],
  ];
  const unread = report.unreadable?.length ?? 0;
  const rest = unread > 0 ? `; ${unread} could not be read` : '';
  return `${scopeOf(report)}: ${found.join(', ') || 'no findings'}${rest}`;
}

function scopeOf({ associations, templates, audit }: Report): string {
  if (!audit) { return `${pluralize(associations.length, 'association')} in ${pluralize(templates, 'template')}`; }
  const deployed = associations.filter((one) => 'associationId' in one).length;
  const against = templates === 0 ? '' : `, against ${pluralize(templates, 'template')}`;
  return `${pluralize(deployed, 'association')} in cluster ${audit.cluster}${against}`;
}

function pluralize(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
