import { UsageError } from '../exit-codes';
import type { Register } from '../main';
import { ReportOptions, reportOptions, severitiesIn } from '../report/options';

interface CheckOptions extends ReportOptions {
  readonly account?: string;
  readonly region?: string;
}

const EXAMPLES = `
Examples:
  cdk synth && cdk-pod-identity check
  cdk-pod-identity check template.yaml --region eu-west-1 --account 111122223333
  cdk-pod-identity check 'stacks/**/*.yaml' --roles roles.json --fail-on warning
  cdk-pod-identity check cdk.out --format sarif --output pod-identity.sarif
  cdk-pod-identity check --strict --severity UnscopedAssociation=off`;

export const registerCheck: Register = (program, run) => {
  reportOptions(program.command('check')
    .description('Checks the associations in CDK apps and CloudFormation templates')
    .argument('[path...]', 'cloud assemblies (what cdk synth writes), templates in JSON or YAML, folders and globs of them', ['cdk.out']), 'that no template defines')
    .option('--account <id>', 'the account of templates that do not say theirs')
    .option('--region <region>', 'the region of templates that do not say theirs')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: CheckOptions) => run(() => check(paths, options)));
};

async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const { ALL_CHECKS } = await import('../../lib/checks/run-checks');
  const { findStacks } = await import('../templates/sources');
  const { checkStacks } = await import('../check/check-stacks');
  const { declarationsIn } = await import('../check/declarations');
  const { publish } = await import('../report/output');
  const settings = {
    strict: options.strict, distinctResources: true, severities: severitiesIn(options.severity, ALL_CHECKS.map(({ id }) => id)),
  };
  const declarations = declarationsIn(options.roles);
  const report = checkStacks(findStacks(paths, environmentIn(options)), { settings, declarations });
  if (Array.isArray(report)) { throw new UsageError(report.map(({ message }) => message).join('\n')); }
  return publish(report, options);
}

function environmentIn({ account, region }: CheckOptions): { readonly account?: string; readonly region?: string } {
  if (account !== undefined && !/^\d{12}$/.test(account)) { throw new UsageError(`--account ${account}: an account id has 12 digits`); }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) { throw new UsageError(`--region ${region}: a region is written like eu-west-1`); }
  return { account, region };
}
