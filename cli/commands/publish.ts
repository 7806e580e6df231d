/**
 * Writes the output of a command and chooses its exit code. Last step of `check`, `report`, `snapshot` and `audit`.
 * Invariant: unreadable input is named on standard error in every format, and exits with 2 even if there are findings.
 */
import * as fs from 'fs';
import { format } from './format';
import { hasColors } from '../colors';
import { EXIT, UsageError } from '../exit-codes';
import type { ReportOptions } from '../options/report';
import { Report, ReportedFinding, summaryOf } from '../report/report';

/** Writes a report to the file or to standard output, and returns the exit code. */
export function publish(report: Report, options: ReportOptions): number {
  const counts = ({ severity, acknowledged }: ReportedFinding) => (
    options.failOn !== 'never' && acknowledged === undefined && (severity === 'error' || options.failOn === 'warning'));
  const toTerminal = options.output === undefined && process.stdout.isTTY;
  writeReport(report, format(report, options.format, counts, {
    colors: toTerminal && options.color && hasColors(process.stdout),
    width: toTerminal && process.stdout.columns || 80,
  }), options.output);
  if (nameUnreadable(report)) { return EXIT.unusable; }
  return report.associations.some(({ findings }) => findings.some(counts)) ? EXIT.findings : EXIT.clean;
}

/** Names on standard error what could not be read. Returns whether there was anything. */
export function nameUnreadable({ unreadable = [] }: Report): boolean {
  unreadable.forEach(({ message }) => process.stderr.write(`${message}\n`));
  return unreadable.length > 0;
}

/** If the report goes to a file, the summary goes to standard output. */
export function writeReport(report: Report, text: string, file: string | undefined): void {
  write(text, file);
  if (file !== undefined) { process.stdout.write(`${summaryOf(report)} (${file})\n`); }
}

/** Writes to the file, or to standard output. @throws UsageError if the file cannot be written */
export function write(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    fs.writeFileSync(file, text);
  } catch (e) {
    throw new UsageError(`--output ${file}: it cannot be written (${(e as NodeJS.ErrnoException).code})`);
  }
}
