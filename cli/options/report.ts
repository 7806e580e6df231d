/**
 * Options about findings and reports: `--strict`, `--severity`, `--format`, `--output`, `--fail-on` and `--no-color`.
 * Invariant: an unknown rule or severity is an error; it is never ignored.
 */
import { Command, Option } from 'commander';
import type { Severity } from '../../lib/analysis/finding';
import { UsageError } from '../exit-codes';
import { Format, FORMATS } from '../report/formats';

const FAIL_ON = ['error', 'warning', 'never'] as const;

/** Options that change the severity of findings. */
export interface SeverityOptions {
  readonly strict: boolean;
  readonly severity: readonly string[];
}

/** Options for commands that write findings. */
export interface ReportOptions extends SeverityOptions {
  readonly format: Format;
  readonly output?: string;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly color: boolean;
}

export function severityOptions(command: Command): Command {
  return command
    .option('--strict', 'report warnings about whether session policies narrow as errors', false)
    .option('--severity <rule=severity>', 'what findings of a rule are: error, warning or off; may be repeated',
      (one: string, before: readonly string[]) => [...before, one], []);
}

/** @param formats the formats that the command supports */
export function reportOptions(command: Command, formats: readonly Format[] = FORMATS): Command {
  return severityOptions(command
    .addOption(new Option('--format <format>', 'what the findings are written as').choices(formats).default('text'))
    .option('-o, --output <file>', 'write them to a file')
    .addOption(new Option('--fail-on <severity>', 'which findings the command fails on').choices(FAIL_ON).default('error')))
    .option('--no-color', 'no colors, as with NO_COLOR in the environment');
}

/** Parses `--severity`. @throws UsageError if it is malformed or names an unknown rule */
export function severitiesIn<Rule extends string>(written: readonly string[], rules: readonly Rule[]): Map<Rule, Severity | 'off'> {
  return new Map(written.map((text) => {
    const [, name, severity] = /^(?:PodIdentity::)?(\w+)=(error|warning|off)$/.exec(text) ?? [];
    if (severity === undefined) { throw new UsageError(`--severity ${text}: it is written RULE=error, RULE=warning or RULE=off`); }
    const rule = rules.find((id) => id === name);
    if (rule === undefined) { throw new UsageError(`--severity ${text}: there is no rule ${name}. The rules: ${rules.join(', ')}`); }
    return [rule, severity as Severity | 'off'];
  }));
}
