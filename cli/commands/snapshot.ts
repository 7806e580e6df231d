/**
 * `cdk-pod-identity snapshot`: writes the policies of live roles and resources to a file, for `RolePermissions.fromSnapshot` and `--roles`.
 * Invariant: writes everything or nothing, and only a snapshot that the library can read back.
 */
import { EXIT, UsageError } from '../exit-codes';
import { ConnectionOptions, connectionOptions } from '../live/connection';
import { oneLine } from '../visible';
import { helpText } from '../wrap';
import type { Register } from './register';

interface SnapshotOptions extends ConnectionOptions {
  readonly role?: readonly string[];
  readonly resource?: readonly string[];
  readonly output?: string;
}

const HELP = `
Writes what roles have: trust policy, inline policies, attached managed policies and permissions boundary; and the policies of
S3 buckets, KMS keys, SQS queues, SNS topics and Secrets Manager secrets. RolePermissions.fromSnapshot and check --roles read it. It has no dates and is sorted: commit it, and a change shows as the lines
that changed. Nothing is changed in the account. Credentials, region and endpoint are found as the AWS CLI finds them.

Examples:
  cdk-pod-identity snapshot --role team-pods > roles.json
  cdk-pod-identity snapshot --role team-pods --role other-pods --profile prod -o roles.json
  cdk-pod-identity snapshot --role team-pods --resource arn:aws:s3:::reports -o roles.json
  cdk-pod-identity check --roles roles.json

Exit codes: 0 written; 2 bad usage, or a role or resource that could not be read: then nothing is written`;

export const registerSnapshot: Register = (program, run) => {
  connectionOptions(program.command('snapshot').description('Writes what live roles and resources have to a file, for apps that do not define them')
    .option('--role <name>', 'the name or ARN of a role; may be repeated', repeated)
    .option('--resource <arn>', 'the ARN of a resource with a policy; may be repeated', repeated)
    .option('-o, --output <file>', 'write it to a file'))
    .addHelpText('after', helpText(HELP))
    .action((options: SnapshotOptions) => run(() => snapshot(options)));
};

function repeated(one: string, before: readonly string[] = []): readonly string[] {
  return [...before, one];
}

async function snapshot(options: SnapshotOptions): Promise<number> {
  const wanted = [...new Set(options.role)];
  if (wanted.length === 0 && !options.resource?.length) { throw new UsageError('There is neither --role nor --resource. Give what to read.'); }
  const odd = wanted.find((role) => !/^(arn:[^:]+:iam::\d{12}:role\/([\w+=,.@-]+\/)*)?[\w+=,.@-]{1,64}$/.test(role));
  if (odd !== undefined) { throw new UsageError(`--role ${odd}: it is neither the name of a role nor its ARN`); }
  const resources = await resourcesIn(options.resource ?? []);
  const { connect, withoutSecrets } = await import('../live/connection');
  const { sentencesOf } = await import('../live/gaps');
  const { readResources } = await import('../live/read-resources');
  const { readRoles } = await import('../live/read-roles');
  const { snapshotOf } = await import('../live/snapshot-of');
  const { Progress } = await import('../live/progress');
  const { checkOutput, writeOutput } = await import('../output/write-output');
  checkOutput(options.output);
  const clients = await connect(options);
  const progress = new Progress();
  const read = await withoutSecrets(clients, async () => {
    try {
      const roles = await readRoles(clients.iam, wanted, progress);
      const others = await readResources(clients.resources, resources, progress);
      const gaps = [...roles.gaps, ...others.gaps];
      if (gaps.length > 0) { throw new UsageError(...sentencesOf(gaps)); }
      return { roles, others };
    } finally {
      progress.end();
    }
  });
  const text = `${JSON.stringify(snapshotOf(read.roles, read.others), undefined, 2)}\n`;
  const { readSnapshot } = await import('../../lib/role-permissions/snapshot');
  try {
    readSnapshot(text, 'The snapshot');
  } catch (e) { // people commit this file
    throw new UsageError(`${(e as Error).message} Nothing was written.`);
  }
  const { print } = await import('../output/streams');
  if (writeOutput(text, options.output)) {
    const counts = [countOf(read.roles.roles.size, 'role'), countOf(read.others.resources.size, 'resource')].flatMap((one) => one ?? []);
    print(`${counts.join(', ')} (${oneLine(options.output!)})\n`);
  }
  return EXIT.clean;
}

function countOf(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Returns the resources with their types. @throws UsageError if one is not a resource whose policy can be read */
async function resourcesIn(arns: readonly string[]): Promise<ReadonlyArray<{ readonly arn: string; readonly type: string }>> {
  const { declarableResource } = await import('../../lib/template/declarable-resources');
  const { isReadable } = await import('../live/read-resources');
  return [...new Set(arns)].map((arn) => {
    const found = declarableResource(arn);
    if ('problem' in found) { throw new UsageError(`--resource ${arn}: it ${found.problem}. ${found.fix}`); }
    if (!isReadable(found.type)) {
      throw new UsageError(`--resource ${arn}: snapshot reads the policies of S3 buckets, KMS keys, SQS queues, SNS topics and Secrets Manager secrets only. `
        + 'Write the policy of this resource to the file yourself; docs/snapshot-format.md says how.');
    }
    return { arn, type: found.type };
  });
}
