/**
 * `cdk-pod-identity diff`: what the pods of each service account gain, lose and keep between two deployments. cli/revisions and
 * cli/templates find the stacks, cli/live reads a cluster, cli/diff compares, and cli/diff-report and cli/html write.
 * Invariant: what is undetermined, and what could not be read, is never reported as unchanged. Unreadable input exits with 2 in every
 * format, whatever `--fail-on` says.
 */
import { Command, Option } from 'commander';
import { DOCS } from '../../lib/util/docs';
import type { ComparedDeployment } from '../diff/difference';
import { DIFF_FORMATS, DiffFormat, FAIL_ON, FailOn } from '../diff-report/options';
import { UsageError } from '../exit-codes';
import { EnvironmentOptions, environmentIn, environmentOptions } from '../options/environment';
import { OrganizationOptions, organizationOptions } from '../options/organization';
import { helpText } from '../wrap';
import type { LiveSideOptions } from './live-side';
import type { Register } from './register';

interface DiffOptions extends EnvironmentOptions, OrganizationOptions, Omit<LiveSideOptions, 'region'> {
  readonly format: DiffFormat;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly color: boolean;
}

const HELP = `
BASE and HEAD are each one of these:
  - a cloud assembly, a template in JSON or YAML, or a folder or glob of them
  - REV:PATH, such as main:cdk.out: the files of a git revision at a path
  - deployed: the associations and roles of the cluster of --cluster

The command compares policies by what they allow, not by text. The formats are described at ${DOCS}/cli-diff.md

Examples:
  cdk-pod-identity diff main:cdk.out cdk.out
  cdk-pod-identity diff old.yaml new.yaml --fail-on change
  cdk-pod-identity diff main:cdk.out cdk.out --format markdown -o comment.md
  cdk-pod-identity diff deployed cdk.out --cluster prod --region eu-west-1

Exit codes: 0, nothing at or above --fail-on; 1, pods gain permissions, or it could not be determined whether they do (with --fail-on
change: the same for lost permissions); 2, bad usage or unreadable input`;

const SIDES = 'a cloud assembly, a template, a folder or glob of them, REV:PATH of git, or deployed';

export const registerDiff: Register = (program, run) => {
  const command = program.command('diff').description('Shows what pods gain and lose between two deployments')
    .argument('<base>', `the deployment to compare with: ${SIDES}`).argument('<head>', 'the deployment to compare, in the same forms')
    .addOption(new Option('--format <format>', 'the format of the difference').choices(DIFF_FORMATS).default('text'))
    .option('-o, --output <file>', 'write the difference to a file; the verdict goes to standard output')
    .addOption(new Option('--fail-on <change>', 'which changes make the command exit with 1: gained permissions, gained or lost permissions, or none').choices(FAIL_ON).default('broadening'))
    .option('--no-color', 'write no colors; the environment variable NO_COLOR does the same');
  liveOptions(organizationOptions(environmentOptions(command)))
    .addHelpText('after', helpText(HELP))
    .action((base: string, head: string, options: DiffOptions) => run(() => diff(base, head, options)));
};

/** The options of `audit` about the cluster. `--region` is also that of templates. */
function liveOptions(command: Command): Command {
  return command
    .option('--cluster <name>', 'with deployed: the name of the EKS cluster')
    .option('--profile <name>', 'with deployed: a profile of the AWS CLI')
    .option('--endpoint-url <url>', 'with deployed: the URL to send all requests to');
}

async function diff(base: string, head: string, options: DiffOptions): Promise<number> {
  const { declarationsIn } = await import('../deployment/declarations');
  const { differenceOf } = await import('../diff/difference-of');
  const { organizationIn, readOrganization } = await import('../policies/organization');
  const { positionsIn } = await import('../diff-report/positions');
  const { withStacks } = await import('../revisions/given-stacks');
  const { checkOutput } = await import('../output/write-output');
  const { publishDiff } = await import('./publish-diff');
  const { DEPLOYED, readLiveSide } = await import('./live-side');

  if (base === DEPLOYED && head === DEPLOYED) { throw new UsageError('BASE and HEAD are both deployed. Write a template or a cloud assembly for one of them, such as cdk.out.'); }
  if ((base === DEPLOYED || head === DEPLOYED) !== (options.cluster !== undefined)) {
    throw new UsageError(options.cluster === undefined
      ? `${DEPLOYED} needs the name of the cluster: --cluster prod. Write ./${DEPLOYED} for a file or folder of this name`
      : '--cluster has no effect, because neither BASE nor HEAD is deployed. Write deployed for one of them, or remove --cluster');
  }
  const environment = environmentIn(options);
  const declarations = declarationsIn(options.roles);
  const isLive = options.cluster !== undefined;
  const settings = {
    reader: 'templates' as const,
    strict: false,
    distinctResources: !isLive,
    severities: new Map(),
    organization: organizationIn(readOrganization(options)),
  };
  checkOutput(options.output);
  const live = isLive ? await readLiveSide(options, declarations) : undefined;
  const side = (given: string, use: (read: ComparedDeployment) => number): number => (given === DEPLOYED && live
    ? use({ sources: [], stacks: [live.stack], declarations: live.declarations, settings })
    // Roles that no template defines stay as they are, so those of the cluster are also those of the templates.
    : withStacks(given, environment, (sources) => use({ sources, declarations: live?.declarations ?? declarations, settings })));
  return side(base, (ofBase) => side(head, (ofHead) => {
    const difference = differenceOf(ofBase, ofHead);
    const prefixOf = ({ sources }: ComparedDeployment) => sources.map((one) => ('prefix' in one ? one.prefix : undefined) ?? '')[0] ?? '';
    const unreadable = new Set([difference.base, difference.head].flatMap((one) => one.unreadable.map(({ message }) => message)));
    return publishDiff({
      ...difference,
      unexamined: difference.unexamined.filter(({ what }) => !unreadable.has(what)),
      given: { base: { name: base, prefix: prefixOf(ofBase) }, head: { name: head, prefix: prefixOf(ofHead) } },
      failOn: options.failOn,
      positionOf: positionsIn(ofHead.sources),
      notRead: live?.notRead ?? [],
    }, { ...options, inputs: [base, head, ...options.roles, ...options.scp, ...options.rcp] });
  }));
}

