import { createColors } from 'picocolors';
import { CheckedAssociation, Report, ReportedFinding, summaryOf } from './report';
import { pageOf } from './rule-pages';
import { printable } from '../printable';

export interface TextOptions {
  readonly colors: boolean;
  /** Columns. */
  readonly width: number;
}

/** For people: by file and association, then what it comes to. */
export function textReport(report: Report, { colors, width }: TextOptions): string {
  const color = createColors(colors);
  const lines: string[] = [];
  let file: string | undefined;
  for (const association of report.associations.filter(({ findings }) => findings.length > 0)) {
    if (association.file !== file) { lines.push(color.underline(printable(association.file))); }
    file = association.file;
    lines.push(`  ${color.bold(printable(association.path))}`);
    for (const finding of association.findings) {
      if (finding.acknowledged !== undefined) {
        lines.push(`    ${color.dim('acknowledged')}  ${finding.rule}  ${color.dim(placeOf(finding, association))}`);
        lines.push(...wrapped(finding.acknowledged, '      ', '      ', width), '');
        continue;
      }
      const head = finding.severity === 'error' ? color.red('error') : color.yellow('warning');
      lines.push(`    ${head}  ${finding.rule}  ${color.dim(placeOf(finding, association))}`);
      lines.push(...wrapped(finding.message, '      ', '      ', width));
      lines.push(...wrapped(`Fix: ${finding.fix}`, '      ', '      ', width).map((line, i) => (i === 0 ? line.replace('Fix:', color.green('Fix:')) : line)));
      lines.push(`      ${color.dim(pageOf(finding.rule))}`, '');
    }
  }
  return `${[...lines, summaryOf(report)].join('\n')}\n`;
}

/** Many terminals open what looks like this. */
function placeOf({ region }: ReportedFinding, { file }: CheckedAssociation): string {
  return printable(region === undefined ? file : `${file}:${region.line}`);
}

/** Breaks between words. What has no blank, such as a policy to copy, stays whole. */
export function wrapped(text: string, first: string, others: string, width: number): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of printable(text).split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = others;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
