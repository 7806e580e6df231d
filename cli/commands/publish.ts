import * as fs from 'fs';
import { format } from './format';
import { hasColors } from '../colors';
import { EXIT, UsageError } from '../exit-codes';
import type { ReportOptions } from '../options/report';
import { Report, ReportedFinding, summaryOf } from '../report/report';

/** Writes a report where it was asked for, and says what the command exits with. */
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

/** Says what could not be read, whatever the format is, and whether there was something. */
export function nameUnreadable({ unreadable = [] }: Report): boolean {
  unreadable.forEach(({ message }) => process.stderr.write(`${message}\n`));
  return unreadable.length > 0;
}

/** Where it goes to a file, the summary goes to standard output. */
export function writeReport(report: Report, text: string, file: string | undefined): void {
  write(text, file);
  if (file !== undefined) { process.stdout.write(`${summaryOf(report)} (${file})\n`); }
}

/** To a file, or to standard output. */
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
