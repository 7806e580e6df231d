import { Command, Option } from 'commander';
import type { Severity } from '../../lib/checks/finding';
import { UsageError } from '../exit-codes';

const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;
const FAIL_ON = ['error', 'warning', 'never'] as const;

/** How findings are counted and written. */
export interface ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly strict: boolean;
  readonly severity: readonly string[];
  readonly roles: readonly string[];
  readonly color: boolean;
}

/** @param roles what snapshots are for */
export function reportOptions(command: Command, roles: string): Command {
  const each = (value: string, values: readonly string[]) => [...values, value];
  return command
    .addOption(new Option('--format <format>', 'what the findings are written as').choices(FORMATS).default('text'))
    .option('-o, --output <file>', 'write them to a file')
    .addOption(new Option('--fail-on <severity>', 'which findings the command fails on').choices(FAIL_ON).default('error'))
    .option('--strict', 'take warnings about whether session policies narrow for errors', false)
    .option('--severity <rule=severity>', 'what findings of a rule are: error, warning or off; may be repeated', each, [])
    .option('--roles <file>', `a snapshot of what roles have ${roles}; may be repeated`, each, [])
    .option('--no-color', 'no colours, as with NO_COLOR in the environment');
}

/** What `--severity` says. */
export function severitiesIn<Rule extends string>(written: readonly string[], rules: readonly Rule[]): Map<Rule, Severity | 'off'> {
  return new Map(written.map((text) => {
    const [, name, severity] = /^(?:PodIdentity::)?(\w+)=(error|warning|off)$/.exec(text) ?? [];
    if (severity === undefined) { throw new UsageError(`--severity ${text}: it is written RULE=error, RULE=warning or RULE=off`); }
    const rule = rules.find((id) => id === name);
    if (rule === undefined) { throw new UsageError(`--severity ${text}: there is no rule ${name}. The rules: ${rules.join(', ')}`); }
    return [rule, severity as Severity | 'off'];
  }));
}
