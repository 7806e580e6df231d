import type { RuleId, Severity } from '../../lib/checks/finding';
import type { Region } from '../templates/positions';
import type { Unreadable } from '../templates/unreadable';

/** What was checked, and found: plain data, which the formats write. */
export interface Report {
  /** As many could be read. */
  readonly templates: number;
  /** In the order in which they were given. */
  readonly associations: readonly CheckedAssociation[];
  /** What could not be read: nothing is known of it, and less of all else. */
  readonly unreadable?: readonly Unreadable[];
}

export interface CheckedAssociation {
  /** Construct path, or logical id. */
  readonly path: string;
  readonly stack: string;
  readonly logicalId: string;
  /** As seen from the working directory. */
  readonly file: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding {
  readonly rule: RuleId;
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

export interface Counts {
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
    ...error > 0 ? [counted(error, 'error')] : [],
    ...warning > 0 ? [counted(warning, 'warning')] : [],
    ...acknowledged > 0 ? [`${counted(acknowledged, 'finding')} acknowledged`] : [],
  ];
  const unread = report.unreadable?.length ?? 0;
  const rest = unread > 0 ? `; ${unread} could not be read` : '';
  return `${counted(report.associations.length, 'association')} in ${counted(report.templates, 'template')}: ${found.join(', ') || 'no findings'}${rest}`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
