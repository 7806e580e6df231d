/**
 * Options about the environment of templates: `--roles`, `--account` and `--region`. This folder holds the options that several
 * commands share, one file for each group: the environment, the policies and the report. A file adds its options to a command,
 * and validates what was given.
 */
import { Command } from 'commander';
import { UsageError } from '../exit-codes';
import type { Environment } from '../templates/stack-source';

/** What templates do not contain about their environment. */
export interface EnvironmentOptions {
  readonly roles: readonly string[];
  readonly account?: string;
  readonly region?: string;
}

export function environmentOptions(command: Command): Command {
  return rolesOption(command, 'that no template defines')
    .option('--account <id>', 'the account of templates that do not name their account')
    .option('--region <region>', 'the region of templates that do not name their region');
}

/** @param which the roles that the snapshots are for, as a clause of the help */
export function rolesOption(command: Command, which: string): Command {
  return command.option('--roles <file>', `a snapshot file with the policies of roles and resources ${which}; may be repeated`, (one: string, before: readonly string[]) => [...before, one], []);
}

/** Validates the account and the region. @throws UsageError */
export function environmentIn({ account, region }: EnvironmentOptions): Environment {
  if (account !== undefined && !/^\d{12}$/.test(account)) { throw new UsageError(`--account ${account}: not the id of an account, which has 12 digits, such as 111122223333`); }
  if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) { throw new UsageError(`--region ${region}: not the name of a region, such as eu-west-1`); }
  return { account, region };
}
