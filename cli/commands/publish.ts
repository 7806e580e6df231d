/**
 * Writes the output of a command and chooses its exit code. Last step of `check`, `report`, `snapshot` and `audit`.
 * Invariant: unreadable input is named on standard error in every format, and exits with 2 even if there are findings.
 */
import { format } from './format';
import { hasColors } from '../colors';
import { EXIT } from '../exit-codes';
import type { ReportOptions } from '../options/report';
import { print, printError, terminal } from '../output/streams';
import { writeOutput } from '../output/write-output';
import { Report, ReportedFinding, summaryOf } from '../report/report';
import { oneLine } from '../visible';

/** Writes a report to the file or to standard output, and returns the exit code. */
export function publish(report: Report, options: ReportOptions): number {
  const counts = ({ severity, acknowledged }: ReportedFinding) => (
    options.failOn !== 'never' && acknowledged === undefined && (severity === 'error' || options.failOn === 'warning'));
  const { isTTY = false, columns } = options.output === undefined ? terminal() : {};
  writeReport(report, format(report, options.format, counts, {
    colors: options.color && hasColors({ isTTY }),
    width: columns || 80,
  }), options.output);
  if (nameUnreadable(report)) { return EXIT.unusable; }
  return [...report.associations, ...report.templateFindings ?? []].some(({ findings }) => findings.some(counts)) ? EXIT.findings : EXIT.clean;
}

/** Names on standard error what could not be read. Returns whether there was anything. */
export function nameUnreadable({ unreadable = [] }: Report): boolean {
  unreadable.forEach(({ message }) => printError(`${oneLine(message)}\n`));
  return unreadable.length > 0;
}

/** Writes the text of the report. If it goes to a file, the summary goes to standard output. */
export function writeReport(report: Report, text: string, file: string | undefined): void {
  if (writeOutput(text, file, report.inputs)) { print(`${summaryOf(report)} (${oneLine(file!)})\n`); }
}
