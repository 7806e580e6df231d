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
    .option('--strict', 'turn warnings on whether session policies narrow into errors, and report guardrails as warnings', false)
    .option('--severity <rule=severity>', 'set the severity of a rule: error, warning or off; may be repeated',
      (one: string, before: readonly string[]) => [...before, one], []);
}

/** @param formats the formats that the command supports */
export function reportOptions(command: Command, formats: readonly Format[] = FORMATS): Command {
  return severityOptions(command
    .addOption(new Option('--format <format>', 'the format of the report').choices(formats).default('text'))
    .option('-o, --output <file>', 'write the report to a file; the summary goes to standard output')
    .addOption(new Option('--fail-on <severity>', 'the lowest severity that makes the command exit with 1').choices(FAIL_ON).default('error')))
    .option('--no-color', 'write no colors; the environment variable NO_COLOR does the same');
}

/** Parses `--severity`. @throws UsageError if it is malformed or names an unknown rule */
export function severitiesIn<Rule extends string>(written: readonly string[], rules: readonly Rule[]): Map<Rule, Severity | 'off'> {
  return new Map(written.map((text) => {
    const [, name, severity] = /^(?:PodIdentity::)?(\w+)=(error|warning|off)$/.exec(text) ?? [];
    if (severity === undefined) { throw new UsageError(`--severity ${text}: write RULE=error, RULE=warning or RULE=off`); }
    const rule = rules.find((id) => id === name);
    if (rule === undefined) { throw new UsageError(`--severity ${text}: there is no rule ${name}. The rules are ${rules.join(', ')}`); }
    return [rule, severity as Severity | 'off'];
  }));
}
