import * as fs from 'fs';
import type { Command } from 'commander';
import type { RuleId, Severity } from '../../lib/checks/finding';
import { UsageError } from '../exit-codes';
import type { Report } from '../report/report';

/** What is checked, and how: the same for every command that checks templates. */
export interface TemplateOptions {
  readonly strict: boolean;
  readonly severity: readonly string[];
  readonly roles: readonly string[];
  readonly account?: string;
  readonly region?: string;
}

export function templateOptions(command: Command): Command {
  const each = (value: string, values: readonly string[]) => [...values, value];
  return command
    .argument('[path...]', 'cloud assemblies (what cdk synth writes), templates in JSON or YAML, folders and globs of them', ['cdk.out'])
    .option('--strict', 'take warnings about whether session policies narrow for errors', false)
    .option('--severity <rule=severity>', 'what findings of a rule are: error, warning or off; may be repeated', each, [])
    .option('--roles <file>', 'a snapshot of what roles have that no template defines; may be repeated', each, [])
    .option('--account <id>', 'the account of templates that do not say theirs')
    .option('--region <region>', 'the region of templates that do not say theirs');
}

/** @throws UsageError where something cannot be read. @param withDetails whether also what the pods may do is gathered */
export async function checked(paths: readonly string[], options: TemplateOptions, withDetails: boolean): Promise<Report> {
  const { ALL_CHECKS } = await import('../../lib/checks/run-checks');
  const { findStacks } = await import('../templates/sources');
  const { checkStacks } = await import('./check-stacks');
  const settings = {
    strict: options.strict, distinctResources: true, severities: severitiesIn(options.severity, ALL_CHECKS.map(({ id }) => id)),
  };
  const declarations = await declarationsIn(options.roles);
  const details = withDetails ? new (await import('../html/details')).DetailsReader() : undefined;
  const report = checkStacks(findStacks(paths, environmentIn(options)), { settings, declarations }, undefined, details);
  if (Array.isArray(report)) { throw new UsageError(report.map(({ message }) => message).join('\n')); }
  return report;
}

function severitiesIn(written: readonly string[], rules: readonly RuleId[]): Map<RuleId, Severity | 'off'> {
  return new Map(written.map((text) => {
    const [, name, severity] = /^(?:PodIdentity::)?(\w+)=(error|warning|off)$/.exec(text) ?? [];
    if (severity === undefined) { throw new UsageError(`--severity ${text}: it is written RULE=error, RULE=warning or RULE=off`); }
    const rule = rules.find((id) => id === name);
    if (rule === undefined) { throw new UsageError(`--severity ${text}: there is no rule ${name}. The rules: ${rules.join(', ')}`); }
    return [rule, severity as Severity | 'off'];
  }));
}

function environmentIn({ account, region }: TemplateOptions): { readonly account?: string; readonly region?: string } {
  if (account !== undefined && !/^\d{12}$/.test(account)) { throw new UsageError(`--account ${account}: an account id has 12 digits`); }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) { throw new UsageError(`--region ${region}: a region is written like eu-west-1`); }
  return { account, region };
}

async function declarationsIn(files: readonly string[]) {
  const { readSnapshot } = await import('../../lib/role-permissions/snapshot');
  const { readText } = await import('../templates/read-text');
  return files.flatMap((file) => {
    try {
      return readSnapshot(readText(file, file), file).map((declared) => declared());
    } catch (e) {
      throw new UsageError(`--roles ${(e as Error).message}`);
    }
  });
}

/** @throws UsageError where it cannot be written */
export function writeOutput(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (e) {
    throw new UsageError(`--output ${file}: it cannot be written (${(e as NodeJS.ErrnoException).code})`);
  }
}
