/**
 * `cdk-pod-identity snapshot`: writes the policies of live roles to a file, for `RolePermissions.fromSnapshot` and `--roles`.
 * Invariant: writes all roles or nothing, and only a snapshot that the library can read back.
 */
import { EXIT, UsageError } from '../exit-codes';
import { ConnectionOptions, connectionOptions } from '../live/connection';
import { oneLine } from '../visible';
import { helpText } from '../wrap';
import type { Register } from './register';

interface SnapshotOptions extends ConnectionOptions {
  readonly role: readonly string[];
  readonly output?: string;
}

const HELP = `
Writes what roles have: trust policy, inline policies, attached managed policies and permissions boundary, as
RolePermissions.fromSnapshot and check --roles read it. It has no dates and is sorted: commit it, and a change shows as the lines
that changed. Nothing is changed in the account. Credentials, region and endpoint are found as the AWS CLI finds them.

Examples:
  cdk-pod-identity snapshot --role team-pods > roles.json
  cdk-pod-identity snapshot --role team-pods --role other-pods --profile prod -o roles.json
  cdk-pod-identity check --roles roles.json

Exit codes: 0 written; 2 bad usage, or a role that could not be read: then nothing is written`;

export const registerSnapshot: Register = (program, run) => {
  connectionOptions(program.command('snapshot').description('Writes what live roles have to a file, for apps that do not define them')
    .requiredOption('--role <name>', 'the name or ARN of a role; may be repeated', (one: string, before: readonly string[] = []) => [...before, one])
    .option('-o, --output <file>', 'write it to a file'))
    .addHelpText('after', helpText(HELP))
    .action((options: SnapshotOptions) => run(() => snapshot(options)));
};

async function snapshot(options: SnapshotOptions): Promise<number> {
  const wanted = [...new Set(options.role)];
  const odd = wanted.find((role) => !/^(arn:[^:]+:iam::\d{12}:role\/([\w+=,.@-]+\/)*)?[\w+=,.@-]{1,64}$/.test(role));
  if (odd !== undefined) { throw new UsageError(`--role ${odd}: it is neither the name of a role nor its ARN`); }
  const { connect, withoutSecrets } = await import('../live/connection');
  const { sentencesOf } = await import('../live/gaps');
  const { readRoles } = await import('../live/read-roles');
  const { snapshotOf } = await import('../live/snapshot-of');
  const { Progress } = await import('../live/progress');
  const { checkOutput, writeOutput } = await import('../output/write-output');
  checkOutput(options.output);
  const clients = await connect(options);
  const progress = new Progress();
  const read = await withoutSecrets(clients, async () => {
    const roles = await readRoles(clients.iam, wanted, progress).finally(() => progress.end());
    if (roles.gaps.length > 0) { throw new UsageError(...sentencesOf(roles.gaps)); }
    return roles;
  });
  const text = `${JSON.stringify(snapshotOf(read), undefined, 2)}\n`;
  const { readSnapshot } = await import('../../lib/role-permissions/snapshot');
  try {
    readSnapshot(text, 'The snapshot');
  } catch (e) { // people commit this file
    throw new UsageError(`${(e as Error).message} Nothing was written.`);
  }
  const { print } = await import('../output/streams');
  if (writeOutput(text, options.output)) {
    const { size } = read.roles;
    print(`${size} role${size === 1 ? '' : 's'} (${oneLine(options.output!)})\n`);
  }
  return EXIT.clean;
}
