/**
 * `cdk-pod-identity report`: writes the HTML page that shows what the pods of each association may do. cli/check checks the
 * templates, cli/access computes the access, and cli/html writes the page. Findings never change the exit code.
 */
import { DOCS } from '../../lib/util/docs';
import { EXIT } from '../exit-codes';
import { EnvironmentOptions, environmentOptions } from '../options/environment';
import { OrganizationOptions, organizationOptions } from '../options/organization';
import { pathsArgument } from '../options/paths';
import { SeverityOptions, severityOptions } from '../options/report';
import { helpText } from '../wrap';
import type { Register } from './register';

interface PageOptions extends EnvironmentOptions, SeverityOptions, OrganizationOptions {
  readonly output?: string;
}

const HELP = `
Writes one HTML page, which needs no network. It shows what the pods of each service account can do, by service and access level, what
their session policy takes away from the role, and what the checks found. The page is described at ${DOCS}/cli-report.md

Examples:
  cdk synth && cdk-pod-identity report -o report.html
  cdk-pod-identity report 'stacks/**/*.yaml' --roles roles.json -o report.html

Exit codes: 0, the page is written, even if it has findings (cdk-pod-identity check fails on them); 2, bad usage or unreadable input`;

export const registerReport: Register = (program, run) => {
  const command = program.command('report').description('Writes an HTML page that shows what the pods of each association can do').addArgument(pathsArgument());
  organizationOptions(environmentOptions(severityOptions(command)))
    .option('-o, --output <file>', 'write the page to a file; the summary goes to standard output')
    .addHelpText('after', helpText(HELP))
    .action((paths: string[], options: PageOptions) => run(() => report(paths, options)));
};

async function report(paths: readonly string[], options: PageOptions): Promise<number> {
  const { checkPaths } = await import('../check/check-paths');
  const { DetailsReader } = await import('../access/details');
  const { htmlReport } = await import('../html/page');
  const { nameUnreadable, writeReport } = await import('./publish');
  const found = checkPaths(paths, options, new DetailsReader());
  writeReport(found, htmlReport(found), options.output);
  return nameUnreadable(found) ? EXIT.unusable : EXIT.clean;
}
