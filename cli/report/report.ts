import type { RuleId, Severity } from '../../lib/checks/finding';
import type { AssociationDetails } from '../html/details';
import type { Region } from '../templates/positions';

/** What was checked, and found: plain data, which the formats write. */
export interface Report {
  readonly templates: number;
  /** In the order in which they were given. */
  readonly associations: readonly CheckedAssociation[];
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
  /** Only for formats that show them. */
  readonly details?: AssociationDetails;
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
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
}

export function countsOf({ associations }: Report): Counts {
  const count = (severity: Severity) => associations.reduce((sum, { findings }) => sum + findings.filter((f) => f.severity === severity).length, 0);
  return { error: count('error'), warning: count('warning') };
}

/** Such as `3 associations in 2 templates: 1 error, 2 warnings`. */
export function summaryOf(report: Report): string {
  const { error, warning } = countsOf(report);
  const found = [...error > 0 ? [counted(error, 'error')] : [], ...warning > 0 ? [counted(warning, 'warning')] : []];
  return `${counted(report.associations.length, 'association')} in ${counted(report.templates, 'template')}: ${found.join(', ') || 'no findings'}`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
