/**
 * Words the ways to fix what policies of the organization deny: have the role exempted, leave the permission out, or say that the policies
 * are not those of the account. `NoEffectivePermissions` and `DeniedByOrganizationPolicy` print them.
 */
import { CheckContext } from './check-context';
import { describeRole } from './describe';
import { Reader } from './reader';
import { Denial, describeStatement } from '../engine';
import { Association, narrowedRole } from '../template/associations';

/** The rest of a sentence. @param denial what denies an example. @default - no example was found */
export function fixForOrganization(denial: Denial | undefined, association: Association, { reader }: CheckContext): string {
  const role = describeRole(narrowedRole(association));
  const wish = denial?.statement ? `exempt ${role} in ${describeStatement(denial.statement)} with a condition on aws:PrincipalArn`
    : `allow what the pods need in the policies${denial?.source === undefined ? ' that deny it' : ` of ${denial.source}`}`;
  return `ask the administrators of the organization to ${wish}. ${notOfTheAccount(denial, reader)}`;
}

function notOfTheAccount(denial: Denial | undefined, reader: Reader): string {
  const isOfResources = denial?.layer === 'resource control policies';
  const [prop, option] = isOfResources ? ['resourceControlPolicies', '--rcp'] : ['serviceControlPolicies', '--scp'];
  const given = reader === 'CDK app' ? `${prop} of PodIdentityValidation` : option;
  return isOfResources ? `If these policies do not apply to the account of the resource, leave them out of ${given}.`
    : `If these policies do not apply to the account (none applies to the management account), leave them out of ${given}.`;
}
