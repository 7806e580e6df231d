/**
 * `cdk-pod-identity check`: reports the findings on the associations of CDK apps and CloudFormation templates. The work is in
 * cli/check; publish.ts writes the report and chooses the exit code.
 */
import { EnvironmentOptions, environmentOptions } from '../options/environment';
import { OrganizationOptions, organizationOptions } from '../options/organization';
import { pathsArgument } from '../options/paths';
import { ReportOptions, reportOptions } from '../options/report';
import { helpText } from '../wrap';
import type { Register } from './register';

interface CheckOptions extends ReportOptions, EnvironmentOptions, OrganizationOptions {}

const HELP = `
Examples:
  cdk synth && cdk-pod-identity check
  cdk-pod-identity check template.yaml --region eu-west-1 --account 111122223333
  cdk-pod-identity check 'stacks/**/*.yaml' --roles roles.json --fail-on warning
  cdk-pod-identity check cdk.out --format sarif --output pod-identity.sarif
  cdk-pod-identity check --strict --severity UnscopedAssociation=off

Exit codes: 0, no finding at or above --fail-on; 1, findings; 2, bad usage or unreadable input, even if there are
findings`;

export const registerCheck: Register = (program, run) => {
  const command = program.command('check').description('Checks the associations in CDK apps and CloudFormation templates').addArgument(pathsArgument());
  organizationOptions(environmentOptions(reportOptions(command)))
    .addHelpText('after', helpText(HELP))
    .action((paths: string[], options: CheckOptions) => run(() => check(paths, options)));
};

async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const { checkPaths } = await import('../check/check-paths');
  const { publish } = await import('./publish');
  const details = options.format === 'html' ? new (await import('../access/details')).DetailsReader() : undefined;
  return publish(checkPaths(paths, options, details), options);
}
