import { checked, TemplateOptions, templateOptions, writeOutput } from '../check/options';
import { EXIT } from '../exit-codes';
import type { Register } from '../main';

interface ReportOptions extends TemplateOptions {
  readonly output?: string;
}

const HELP = `
One page for a browser, without network access: what each service account may do, by service and access level, what its session
policy takes away from the role, and what the checks found. docs/cli-report.md says what it shows.

Examples:
  cdk synth && cdk-pod-identity report -o report.html
  cdk-pod-identity report 'stacks/**/*.yaml' --roles roles.json -o report.html

Exit codes: 0 written, whatever was found (cdk-pod-identity check fails on findings); 2 bad usage or input that could not be read`;

export const registerReport: Register = (program, run) => {
  templateOptions(program.command('report').description('Writes a page that shows what the pods of each association may do'))
    .option('-o, --output <file>', 'write the page to a file')
    .addHelpText('after', HELP)
    .action((paths: string[], options: ReportOptions) => run(() => report(paths, options)));
};

async function report(paths: readonly string[], options: ReportOptions): Promise<number> {
  const found = await checked(paths, options, true);
  const { htmlReport } = await import('../html/page');
  const { summaryOf } = await import('../report/report');
  const page = htmlReport(found);
  if (options.output === undefined) {
    process.stdout.write(page);
  } else {
    writeOutput(options.output, page);
    process.stdout.write(`${summaryOf(found)} (${options.output})\n`);
  }
  return EXIT.clean;
}
