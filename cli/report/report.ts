/**
 * Main file of this folder: a report is what was checked and found, as plain data. cli/check and cli/live create it; each format
 * has a writer (text.ts, json.ts, sarif.ts, junit.ts; cli/html for HTML). The counts and the summary here are those of every
 * format.
 * Invariant: plain data, without templates. An acknowledged finding stays in the report and does not count.
 */
import type { AuditRule, AuditRuleId } from './audit-rules';
import type { RuleId, Severity } from '../../lib/analysis/finding';
import { FindingGroup, groupByCause } from '../../lib/analysis/finding-groups';
import type { Reason } from '../../lib/engine';
import type { AssociationDetails } from '../access/details';
import type { Unreadable } from '../files/unreadable';
import type { Region } from '../templates/positions';

/** What was checked and found. */
export interface Report<Association extends CheckedAssociation = CheckedAssociation> {
  /** The number of templates that could be read. */
  readonly templates: number;
  /** The associations, in the order of the input. */
  readonly associations: readonly Association[];
  /** The cluster, if the report is an audit. */
  readonly audit?: Audit;
  /** The templates with findings that are not about one association. */
  readonly templateFindings?: readonly TemplateReport[];
  /** What could not be read. Nothing is known of it, and less of everything that depends on it. */
  readonly unreadable?: readonly Unreadable[];
  /** The paths of what was read, which `--output` must not replace. No format shows them. */
  readonly inputs?: readonly string[];
}

/** What an audit examined. */
export interface Audit {
  readonly cluster: string;
  readonly account?: string;
  readonly region: string;
  /** The rules of the audit that were checked, in addition to those of templates. */
  readonly rules: readonly AuditRule[];
  /** What is missing in the report, and why: one sentence each. */
  readonly notRead: readonly string[];
}

export type CheckedAssociation = TemplateAssociation | ClusterAssociation;

interface Checked {
  /** The construct path or logical id; in a cluster, the namespace and the service account. */
  readonly path: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly findings: readonly ReportedFinding[];
  /** Present only for formats that show it. */
  readonly details?: AssociationDetails;
}

export interface TemplateAssociation extends Checked {
  readonly stack: string;
  readonly logicalId: string;
  /** The path relative to the working directory. */
  readonly file: string;
}

/** An association of a live cluster. */
export interface ClusterAssociation extends Checked {
  readonly associationId: string;
  readonly associationArn: string;
  readonly roleArn: string;
  readonly targetRoleArn?: string;
}

/** The findings on a template itself: parts of it may hide associations. */
export interface TemplateReport {
  readonly stack: string;
  /** The path relative to the working directory. */
  readonly file: string;
  readonly findings: readonly ReportedFinding[];
}

/** Returns where the association was found: the file or the cluster. */
export function sourceOf(association: CheckedAssociation): string {
  return 'file' in association ? association.file : `cluster ${association.cluster}`;
}

export interface ReportedFinding {
  readonly rule: RuleId | AuditRuleId;
  readonly severity: Severity;
  /** Why the rule speaks, for programs: docs/cli.md lists the codes. The id of the rule for a rule of the audit. */
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** The property of the association; empty for the whole association. */
  readonly property: string;
  /** Everything that left it undetermined. */
  readonly reasons?: readonly Reason[];
  readonly region?: Region;
  /** Equal in every run, as long as the association keeps its name. */
  readonly fingerprint: string;
  /** Equal for findings that have one cause: the same rule says the same about other associations. It may change with the version. */
  readonly cause?: string;
  /** The reason why the app acknowledges the finding, which then does not count. */
  readonly acknowledged?: string;
}

/** A finding with the association that it is about. */
export interface PlacedFinding {
  readonly association: CheckedAssociation;
  readonly finding: ReportedFinding;
}

/** The findings of a report by cause, in the order of the report. Acknowledged findings stand alone, each with its reason. */
export function groupsIn({ associations }: Report): Array<FindingGroup<PlacedFinding>> {
  const placed = associations.flatMap((association) => association.findings.map((finding) => ({ association, finding })));
  return groupByCause(placed, ({ finding: { cause, acknowledged } }) => (acknowledged === undefined ? cause : undefined));
}

/** A finding on a template itself. */
export interface PlacedTemplateFinding {
  readonly template: TemplateReport;
  readonly finding: ReportedFinding;
}

/** The findings on templates by cause, in the order of the report. Acknowledged findings stand alone, each with its reason. */
export function templateGroupsIn({ templateFindings = [] }: Report): Array<FindingGroup<PlacedTemplateFinding>> {
  const placed = templateFindings.flatMap((template) => template.findings.map((finding) => ({ template, finding })));
  return groupByCause(placed, ({ finding: { cause, acknowledged } }) => (acknowledged === undefined ? cause : undefined));
}

/** Returns a sentence that names the other templates of a group; empty if there are none. */
export function describeOtherTemplates([, ...others]: FindingGroup<PlacedTemplateFinding>): string {
  return describeSame(others.map(({ template }) => template.file), 'templates');
}

/** How many other associations or templates of a finding are named in prose. */
const OTHERS_NAMED = 20;

/** Returns a sentence that names the other associations of a group; empty if there are none. */
export function describeOthers([first, ...others]: FindingGroup<PlacedFinding>): string {
  const source = sourceOf(first.association);
  return describeSame(
    others.map(({ association }) => (sourceOf(association) === source ? association.path : `${association.path} (${sourceOf(association)})`)), 'associations');
}

function describeSame(names: readonly string[], things: string): string {
  if (names.length === 0) { return ''; }
  const more = names.length - OTHERS_NAMED;
  return ` The same applies to ${names.length === 1 ? '' : `${names.length} other ${things}: `}${names.slice(0, OTHERS_NAMED).join(', ')}`
    + `${more > 0 ? ` and ${more} more (--format json lists all)` : ''}.`;
}

interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly acknowledged: number;
}

export function countsOf({ associations, templateFindings = [] }: Report): Counts {
  const counts = { error: 0, warning: 0, acknowledged: 0 };
  for (const { severity, acknowledged } of [...associations, ...templateFindings].flatMap(({ findings }) => findings)) {
    counts[acknowledged === undefined ? severity : 'acknowledged']++;
  }
  return counts;
}

/** Returns a summary such as `3 associations in 2 templates: 1 error, 2 warnings`. */
export function summaryOf(report: Report): string {
  const { error, warning, acknowledged } = countsOf(report);
  const causes = [...groupsIn(report), ...templateGroupsIn(report)].filter(([{ finding }]) => finding.acknowledged === undefined).length;
  const counted = [...error > 0 ? [pluralize(error, 'error')] : [], ...warning > 0 ? [pluralize(warning, 'warning')] : []].join(', ');
  const found = [
    ...counted === '' ? [] : [`${counted}${causes < error + warning ? ` (${pluralize(causes, 'cause')})` : ''}`],
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
