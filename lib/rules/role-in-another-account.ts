import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { arnFieldsOf } from '../template/arn-fields';
import { isOfAddon } from '../template/associations';

/**
 * Reports a role of another account than the cluster's: only a target role may be one. The stack's account is the cluster's,
 * because an association is created in the account of its cluster.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
export const ROLE_IN_ANOTHER_ACCOUNT: Rule = {
  id: 'RoleInAnotherAccount',
  severity: 'error',
  check: (association, context) => {
    const { role, ref } = association;
    const own = ref.stack.account;
    if (role.defined?.stack === ref.stack) { return []; }
    const account = arnFieldsOf(role.arn)?.[4];
    if (own === undefined || typeof account !== 'string' || !/^\d{12}$/.test(account) || account === own) { return []; }
    return [{
      code: 'AccountDiffers',
      property: 'RoleArn',
      message: `${association.path} is deployed to account ${own}, where its cluster is, but ${describeRole(role)} is in account ${account}. The deployment fails: `
        + '"Cross-account pass role is not allowed" (403).',
      fix: isOfAddon(association)
        ? `Give the add-on a role of account ${own}. An add-on cannot have a target role.`
        : `Give ${association.path} a role of account ${own}, and set ${context.reader === 'CDK app' ? 'targetRole' : 'TargetRoleArn'} to ${describeRole(role)}: EKS then assumes the target role for the pods. `
        + 'The target role must trust the role of the association for sts:AssumeRole and sts:TagSession.',
    }];
  },
};
