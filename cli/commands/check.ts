import { Option } from 'commander';
import { checked, TemplateOptions, templateOptions, writeOutput } from '../check/options';
import { EXIT } from '../exit-codes';
import type { Register } from '../main';
import { Format, FORMATS } from '../report/formats';
import type { ReportedFinding } from '../report/report';

const FAIL_ON = ['error', 'warning', 'never'] as const;

interface CheckOptions extends TemplateOptions {
  readonly format: Format;
  readonly output?: string;
  readonly failOn: (typeof FAIL_ON)[number];
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
  templateOptions(program.command('check').description('Checks the associations in CDK apps and CloudFormation templates'))
    .addOption(new Option('--format <format>', 'what the findings are written as').choices(FORMATS).default('text'))
    .option('-o, --output <file>', 'write them to a file')
    .addOption(new Option('--fail-on <severity>', 'which findings the command fails on').choices(FAIL_ON).default('error'))
    .option('--no-color', 'no colours, as with NO_COLOR in the environment')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: CheckOptions) => run(() => check(paths, options)));
};

async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const report = await checked(paths, options, options.format === 'html');
  const counts = ({ severity }: ReportedFinding) => options.failOn !== 'never' && (severity === 'error' || options.failOn === 'warning');
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
    writeOutput(options.output, text);
    process.stdout.write(`${summaryOf(report)} (${options.output})\n`);
  }
  return report.associations.some(({ findings }) => findings.some(counts)) ? EXIT.findings : EXIT.clean;
}
