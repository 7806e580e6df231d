/**
 * Writes a difference and chooses the exit code. Last step of `diff`.
 * Invariant: unreadable input is named on standard error in every format, and exits with 2, whatever was found.
 */
import { hasColors } from '../colors';
import { counts, DiffReport } from '../diff-report/diff-report';
import { jsonDiff } from '../diff-report/json';
import { markdownDiff } from '../diff-report/markdown';
import type { DiffFormat } from '../diff-report/options';
import { sarifDiff } from '../diff-report/sarif';
import { textDiff } from '../diff-report/text';
import { summaryOf, verdictOf } from '../diff-report/words';
import { EXIT, UsageError } from '../exit-codes';
import { htmlDiff } from '../html/diff-page';
import { print, printError, terminal } from '../output/streams';
import { writeOutput } from '../output/write-output';
import type { TextOptions } from '../report/text';
import { oneLine } from '../visible';

export interface DiffOutput {
  readonly format: DiffFormat;
  readonly output?: string;
  readonly color: boolean;
  /** What was given, which `--output` must not replace. */
  readonly inputs: readonly string[];
}

/** @throws UsageError if nothing of a side can be read */
export function publishDiff(report: DiffReport, { format, output, color, inputs }: DiffOutput): number {
  const sides = [report.base, report.head];
  const unreadable = sides.flatMap((side) => side.unreadable);
  const lost = sides.filter(({ templates, unreadable: own }) => templates === 0 && own.length > 0);
  if (lost.length > 0) { throw new UsageError(...lost.flatMap((side) => side.unreadable.map(({ message }) => message))); }
  const { isTTY = false, columns } = output === undefined ? terminal() : {};
  const text = write(report, format, { colors: color && hasColors({ isTTY }), width: columns || 80 });
  if (writeOutput(text, output, [...inputs, ...sides.flatMap(({ files }) => files)])) {
    print(`${verdictOf(report)} ${summaryOf(report)} (${oneLine(output!)})\n`);
  }
  unreadable.forEach(({ message }) => printError(`${oneLine(message)}\n`));
  report.notRead.forEach((sentence) => printError(`not read: ${oneLine(sentence)}\n`));
  if (unreadable.length > 0 || report.notRead.length > 0) { return EXIT.unusable; }
  return report.pods.some((pod) => counts(pod, report.failOn)) ? EXIT.findings : EXIT.clean;
}

function write(report: DiffReport, as: DiffFormat, options: TextOptions): string {
  switch (as) {
    case 'text': return textDiff(report, options);
    case 'json': return jsonDiff(report);
    case 'markdown': return markdownDiff(report);
    case 'sarif': return sarifDiff(report);
    case 'html': return htmlDiff(report);
  }
}
