/**
 * Writes a report as text, for people: by file or cluster and association, then what could not be read, then the summary. Findings
 * of one cause are printed once, at the first association.
 * Invariant: all text of templates and accounts passes through `oneLine`, so it cannot forge lines or control the terminal.
 */
import { createColors } from 'picocolors';
import {
  CheckedAssociation, describeOthers, describeOtherTemplates, groupsIn, Report, ReportedFinding, sourceOf, summaryOf, templateGroupsIn,
} from './report';
import { pageOf } from './rule-pages';
import { shorten } from '../../lib/analysis/shorten';
import { oneLine } from '../visible';
import { wrap } from '../wrap';

export interface TextOptions {
  readonly colors: boolean;
  /** The width of the output, in columns. */
  readonly width: number;
}

export function textReport(report: Report, { colors, width }: TextOptions): string {
  const color = createColors(colors);
  const lines: string[] = [];
  let source: string | undefined;
  const addFinding = (finding: ReportedFinding, place: string, others: string): void => {
    if (finding.acknowledged !== undefined) {
      lines.push(`    ${color.dim('acknowledged')}  ${finding.rule}  ${color.dim(place)}`);
      lines.push(...wrap(oneLine(finding.acknowledged), '      ', '      ', width), '');
      return;
    }
    const head = finding.severity === 'error' ? color.red('error') : color.yellow('warning');
    lines.push(`    ${head}  ${finding.rule}  ${color.dim(place)}`.trimEnd());
    const [message, fix] = [finding.message, finding.fix].map(shorten);
    const whole = message === finding.message && fix === finding.fix ? '' : ' The whole text is in --format json.';
    lines.push(...wrap(oneLine(`${message}${others}`), '      ', '      ', width));
    lines.push(...wrap(oneLine(`Fix: ${fix}${whole}`), '      ', '      ', width).map((line, i) => (i === 0 ? line.replace('Fix:', color.green('Fix:')) : line)));
    lines.push(`      ${color.dim(pageOf(finding.rule))}`, '');
  };
  const groups = new Map(groupsIn(report).map((group) => [group[0].finding, group]));
  for (const association of report.associations.filter(({ findings }) => findings.some((finding) => groups.has(finding)))) {
    if (sourceOf(association) !== source) { lines.push(color.underline(oneLine(sourceOf(association)))); }
    source = sourceOf(association);
    const id = 'associationId' in association ? `  ${color.dim(oneLine(association.associationId))}` : '';
    lines.push(`  ${color.bold(oneLine(association.path))}${id}`);
    for (const finding of association.findings.filter((one) => groups.has(one))) {
      addFinding(finding, placeOf(finding, association), describeOthers(groups.get(finding)!));
    }
  }
  let headed: string | undefined;
  for (const group of templateGroupsIn(report)) {
    const [{ template: { file }, finding }] = group;
    if (file !== headed) { lines.push(color.underline(oneLine(file))); }
    headed = file;
    addFinding(finding, placeIn(file, finding), describeOtherTemplates(group));
  }
  for (const sentence of report.audit?.notRead ?? []) {
    lines.push(...wrap(oneLine(`not read  ${sentence}`), '', '  ', width).map((line, i) => (i === 0 ? line.replace('not read', color.yellow('not read')) : line)), '');
  }
  return `${[...lines, summaryOf(report)].join('\n')}\n`;
}

/** The file and line, which many terminals can open; in a cluster, the property. */
function placeOf(finding: ReportedFinding, association: CheckedAssociation): string {
  return 'file' in association ? placeIn(association.file, finding) : oneLine(finding.property);
}

function placeIn(file: string, { region }: ReportedFinding): string {
  return oneLine(region === undefined ? file : `${file}:${region.line}`);
}
