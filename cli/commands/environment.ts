import { Command } from 'commander';
import type { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { UsageError } from '../exit-codes';
import type { Environment } from '../templates/sources';

/** What templates do not say of what they are deployed to. */
export interface EnvironmentOptions {
  readonly roles: readonly string[];
  readonly account?: string;
  readonly region?: string;
}

export function environmentOptions(command: Command): Command {
  const each = (value: string, values: readonly string[]) => [...values, value];
  return command
    .option('--roles <file>', 'a snapshot of what roles have that no template defines; may be repeated', each, [])
    .option('--account <id>', 'the account of templates that do not say theirs')
    .option('--region <region>', 'the region of templates that do not say theirs');
}

/** @throws UsageError */
export function environmentIn({ account, region }: EnvironmentOptions): Environment {
  if (account !== undefined && !/^\d{12}$/.test(account)) { throw new UsageError(`--account ${account}: an account id has 12 digits`); }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) { throw new UsageError(`--region ${region}: a region is written like eu-west-1`); }
  return { account, region };
}

/** @throws UsageError */
export async function readDeclarations({ roles }: EnvironmentOptions): Promise<PermissionsDeclaration[]> {
  const { readSnapshot } = await import('../../lib/role-permissions/snapshot');
  const { readText } = await import('../templates/read-text');
  return roles.flatMap((file) => {
    try {
      return readSnapshot(readText(file, file), file).map((declared) => declared());
    } catch (e) {
      throw new UsageError(`--roles ${(e as Error).message}`);
    }
  });
}
