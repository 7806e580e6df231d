/**
 * Reports a session policy that allows all that the role allows. The outcome of the association decides when. The role that an
 * association makes for itself has by default what the session policy has, and is left alone. So is a session policy that takes
 * session tags away on which statements rely: `SessionTagDependency` reports what that changes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import { Rule } from './rule';
import { reliesOnTags } from './session-tag-dependency';
import { describeRole } from '../analysis/describe';
import { isFilter } from '../analysis/filter';
import { outcomeOf } from '../analysis/outcome';
import { acknowledging } from '../analysis/reader';
import { Association, narrowedRole } from '../template/associations';
import { pathOf } from '../template/template-set';

export const SESSION_POLICY_DOES_NOT_NARROW: Rule = {
  id: 'SessionPolicyDoesNotNarrow',
  severity: 'warning',
  check: (association, context) => {
    if (outcomeOf(association, context).kind !== 'does not narrow' || reliesOnTags(association, context)) { return []; }
    const role = describeRole(narrowedRole(association));
    if (isFilter(context.readableSession(association)!)) {
      return [{
        code: 'DeniesNothingOfRole',
        property: 'Policy',
        message: `The session policy of ${association.path} takes nothing away: ${role} allows none of what its Deny statements deny. The pods of service `
          + `account '${association.serviceAccount}' in namespace '${association.namespace}' can do the same without it, and could then have session tags.`,
        fix: `Deny what ${role} allows and the pods are not meant to do, or remove the session policy. If the role will get more permissions, `
          + `${acknowledging('SessionPolicyDoesNotNarrow', context.reader)}.`,
      }];
    }
    return hasOwnRole(association) ? [] : [{
      code: 'AllowsAllOfRole',
      property: 'Policy',
      message: `The session policy of ${association.path} allows all that ${role} allows, so it takes nothing away. The pods of service account `
        + `'${association.serviceAccount}' in namespace '${association.namespace}' can do the same without it, and could then have session tags.`,
      fix: 'Leave out of the session policy what these pods do not need. If no other pods use the role, remove the session policy'
        + `${context.reader === 'CDK app' ? ' (with GrantsTo.ROLE, grants go to the role)' : ''}. If the role will get more permissions for other associations, `
        + `${acknowledging('SessionPolicyDoesNotNarrow', context.reader)}.`,
    }];
  },
};

function hasOwnRole(association: Association): boolean {
  const { defined } = narrowedRole(association);
  return defined !== undefined && pathOf(defined).startsWith(`${association.path}/`);
}
