import * as fs from 'fs';
import { Option } from 'commander';
import { environmentIn, EnvironmentOptions, environmentOptions, readDeclarations } from './environment';
import type { RuleId, Severity } from '../../lib/checks/finding';
import { EXIT, UsageError } from '../exit-codes';
import type { Register } from '../main';
import type { ReportedFinding } from '../report/report';

const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;
const FAIL_ON = ['error', 'warning', 'never'] as const;

interface CheckOptions extends EnvironmentOptions {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly strict: boolean;
  readonly severity: readonly string[];
  readonly color: boolean;
}

const EXAMPLES = `
Examples:
  cdk synth && cdk-pod-identity check
  cdk-pod-identity check template.yaml --region eu-west-1 --account 111122223333
  cdk-pod-identity check 'stacks/**/*.yaml' --roles roles.json --fail-on warning
  cdk-pod-identity check cdk.out --format sarif --output pod-identity.sarif
  cdk-pod-identity check --strict --severity UnscopedAssociation=off`;

export const registerCheck: Register = (program, run) => {
  const each = (value: string, values: readonly string[]) => [...values, value];
  const command = program.command('check')
    .description('Checks the associations in CDK apps and CloudFormation templates')
    .argument('[path...]', 'cloud assemblies (what cdk synth writes), templates in JSON or YAML, folders and globs of them', ['cdk.out'])
    .addOption(new Option('--format <format>', 'what the findings are written as').choices(FORMATS).default('text'))
    .option('-o, --output <file>', 'write them to a file')
    .addOption(new Option('--fail-on <severity>', 'which findings the command fails on').choices(FAIL_ON).default('error'))
    .option('--strict', 'take warnings about whether session policies narrow for errors', false)
    .option('--severity <rule=severity>', 'what findings of a rule are: error, warning or off; may be repeated', each, []);
  environmentOptions(command)
    .option('--no-color', 'no colours, as with NO_COLOR in the environment')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: CheckOptions) => run(() => check(paths, options)));
};

async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const { ALL_CHECKS } = await import('../../lib/checks/run-checks');
  const { findStacks } = await import('../templates/sources');
  const { checkStacks } = await import('../check/check-stacks');
  const settings = {
    strict: options.strict, distinctResources: true, severities: severitiesIn(options.severity, ALL_CHECKS.map(({ id }) => id)),
  };
  const declarations = await readDeclarations(options);
  const report = checkStacks(findStacks(paths, environmentIn(options)), { settings, declarations });
  const { unreadable = [] } = report;
  const named = unreadable.map(({ message }) => message).join('\n');
  if (unreadable.length > 0 && report.templates === 0) { throw new UsageError(named); }

  const counts = ({ severity, acknowledged }: ReportedFinding) => (
    options.failOn !== 'never' && acknowledged === undefined && (severity === 'error' || options.failOn === 'warning'));
  const { format } = await import('../report/format');
  const { summaryOf } = await import('../report/report');
  const toTerminal = options.output === undefined && process.stdout.isTTY;
  const text = format(report, options.format, counts, {
    colors: toTerminal && options.color && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    width: toTerminal && process.stdout.columns || 80,
  });
  if (options.output === undefined) {
    process.stdout.write(text);
  } else {
    write(options.output, text);
    process.stdout.write(`${summaryOf(report)} (${options.output})\n`);
  }
  if (unreadable.length > 0) {
    process.stderr.write(`${named}\n`);
    return EXIT.unusable;
  }
  return report.associations.some(({ findings }) => findings.some(counts)) ? EXIT.findings : EXIT.clean;
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

function write(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (e) {
    throw new UsageError(`--output ${file}: it cannot be written (${(e as NodeJS.ErrnoException).code})`);
  }
}
