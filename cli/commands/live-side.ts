/**
 * Reads a live cluster for `diff`, as `audit` does: its associations as the stack that would deploy them, and its roles as declarations.
 * Invariant: what could not be read is named. If the list of associations is not complete, nothing is compared: what is missing
 * would be reported as gained or lost.
 */
import type { PermissionsDeclaration } from '../../lib/template/known-permissions';
import type { StackTemplate } from '../../lib/template/template-set';
import { UsageError } from '../exit-codes';
import type { ConnectionOptions } from '../live/connection';

/** The word of the command line for what the cluster has. */
export const DEPLOYED = 'deployed';

export interface LiveSideOptions extends Pick<ConnectionOptions, 'profile' | 'region' | 'endpointUrl'> {
  readonly cluster?: string;
}

export interface LiveSide {
  readonly stack: StackTemplate;
  readonly declarations: readonly PermissionsDeclaration[];
  /** What could not be read, and why: one sentence each. */
  readonly notRead: readonly string[];
}

/** @param given what the snapshots of `--roles` declare, for roles that cannot be read */
export async function readLiveSide(options: LiveSideOptions, given: readonly PermissionsDeclaration[]): Promise<LiveSide> {
  const { isGone } = await import('../live/audit');
  const { checkClusterName } = await import('../live/cluster-name');
  const { stackOf } = await import('../live/cluster-stack');
  const { accountOf, declarationsOf, rolesToRead } = await import('../live/declarations');
  const { connect, withoutSecrets } = await import('../live/connection');
  const { sentencesOf } = await import('../live/gaps');
  const { REQUEST_SECONDS, TOTAL_SECONDS } = await import('../live/limits');
  const { readAssociations } = await import('../live/read-associations');
  const { readRoles } = await import('../live/read-roles');
  const { Progress } = await import('../live/progress');
  const { redactAll } = await import('../live/redact');

  const name = options.cluster!;
  checkClusterName(name);
  const progress = new Progress();
  const clients = await connect({ ...options, requestTimeout: String(REQUEST_SECONDS), timeout: String(TOTAL_SECONDS) });
  const { region, read, account, roles } = await withoutSecrets(clients, async () => {
    const { eks, iam } = clients;
    const at = await clients.region();
    const found = await readAssociations(eks, name, progress);
    const of = found.associations.map(({ arn }) => accountOf(arn)).find((one) => one !== undefined);
    return { region: at, read: found, account: of, roles: await readRoles(iam, rolesToRead(found.associations, of), progress) };
  }).finally(() => progress.end());
  const secrets = [...clients.secrets];
  if (read.gaps.length > 0) { throw new UsageError(...redactAll(sentencesOf(read.gaps), secrets)); }
  return {
    stack: stackOf({ name, account, region }, read.associations),
    declarations: declarationsOf(roles, read.associations, account, given),
    notRead: redactAll(sentencesOf(roles.gaps.filter((gap) => !isGone(gap))), secrets),
  };
}
