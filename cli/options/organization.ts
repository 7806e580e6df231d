/**
 * Options for the policies of an organization: `--scp` and `--rcp`. All commands that read roles share them.
 * Invariant: each file is one level of the organization. The levels must all allow a request.
 */
import { Command } from 'commander';
import type { OrganizationFiles } from '../policies/organization';

export type OrganizationOptions = OrganizationFiles;

export function organizationOptions(command: Command): Command {
  const more = (one: string, before: readonly string[]) => [...before, one];
  return command
    .option('--scp <file>', 'the service control policies of one level of the organization: a policy document, the output of `aws organizations describe-policy`,'
      + ' or a list of these; repeat the option for each level above the account, and for the account', more, [])
    .option('--rcp <file>', 'the resource control policies of one level above the resources, in the same forms; repeat the option for each level', more, []);
}
