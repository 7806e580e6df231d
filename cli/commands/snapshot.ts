/**
 * `cdk-pod-identity snapshot`: writes the policies of live roles and resources to a file, for `RolePermissions.fromSnapshot` and `--roles`.
 * Invariant: writes everything or nothing, and only a snapshot that the library can read back.
 */
import { DOCS } from '../../lib/util/docs';
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
Writes the trust policy, inline policies, attached managed policies and permissions boundary of roles, and the policies of S3 buckets, KMS
keys, SQS queues, SNS topics and Secrets Manager secrets. RolePermissions.fromSnapshot, ResourcePermissions.fromSnapshot and --roles
read the file. The file is sorted and has no dates, so a diff of two snapshots shows only what changed. The command changes nothing in
the account. It finds credentials, region and endpoint as the AWS CLI does. The IAM policy that it needs:
${DOCS}/cli-snapshot.md#permissions

Examples:
  cdk-pod-identity snapshot --role team-pods > roles.json
  cdk-pod-identity snapshot --role team-pods --role other-pods --profile prod -o roles.json
  cdk-pod-identity snapshot --role team-pods --resource arn:aws:s3:::reports -o roles.json
  cdk-pod-identity check --roles roles.json

Exit codes: 0, the snapshot is written; 2, bad usage, or a role or resource that could not be read: then nothing is written`;

export const registerSnapshot: Register = (program, run) => {
  connectionOptions(program.command('snapshot').description('Writes the policies of live roles and resources to a file, for apps that do not define them')
    .option('--role <name>', 'the name or ARN of a role; may be repeated', repeated)
    .option('--resource <arn>', 'the ARN of a resource, such as an S3 bucket; may be repeated', repeated)
    .option('-o, --output <file>', 'write the snapshot to a file; the summary goes to standard output'))
    .addHelpText('after', helpText(HELP))
    .action((options: SnapshotOptions) => run(() => snapshot(options)));
};

function repeated(one: string, before: readonly string[] = []): readonly string[] {
  return [...before, one];
}

async function snapshot(options: SnapshotOptions): Promise<number> {
  const wanted = [...new Set(options.role)];
  if (wanted.length === 0 && !options.resource?.length) { throw new UsageError('--role and --resource are missing. Give at least one of them, such as --role team-pods.'); }
  const odd = wanted.find((role) => !/^(arn:[^:]+:iam::\d{12}:role\/([\w+=,.@-]+\/)*)?[\w+=,.@-]{1,64}$/.test(role));
  if (odd !== undefined) { throw new UsageError(`--role ${odd}: not the name or the ARN of a role, such as team-pods`); }
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
        + `Write the policy of this resource to the file yourself; ${DOCS}/snapshot-format.md describes the format.`);
    }
    return { arn, type: found.type };
  });
}
