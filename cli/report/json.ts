/**
 * Writes a report as JSON, for programs. The format is public, and docs/cli.md describes it.
 * Invariant: within a version of the format, members are only added.
 */
import { Audit, countsOf, Report, ReportedFinding } from './report';
import { pageOf } from './rule-pages';

/** Unchanged by additions; any other change needs a new version. */
const FORMAT_VERSION = 1;

export function jsonReport(report: Report): string {
  const { error, warning, acknowledged } = countsOf(report);
  return `${JSON.stringify({
    version: FORMAT_VERSION,
    summary: { templates: report.templates, associations: report.associations.length, errors: error, warnings: warning, acknowledged },
    ...report.audit && { audit: auditOf(report.audit) },
    associations: report.associations.map(({ findings, ...association }) => ({
      ...association,
      findings: findings.map(findingOf),
    })),
    ...(report.templateFindings?.length && {
      templateFindings: report.templateFindings.map(({ stack, file, findings }) => ({ stack, file, findings: findings.map(findingOf) })),
    }),
    ...(report.unreadable?.length && { unreadable: report.unreadable.map(({ file, reason, line, column }) => ({ file, reason, line, column })) }),
  }, undefined, 2)}\n`;
}

function findingOf({ region, ...finding }: ReportedFinding): object {
  return { ...finding, ...region, help: pageOf(finding.rule) };
}

function auditOf({ rules: _, ...audit }: Audit): Omit<Audit, 'rules'> {
  return audit;
}
