/**
 * Reports a target role that does not trust the association's role. EKS assumes the target role with the association's role, and
 * sends an external id if session tags are disabled.
 *
 * Invariant: only a refusal that is certain is reported; see trust-decision.ts.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
import { Rule } from './rule';
import { externalIdOf, requestForTargetRole } from '../analysis/assume-role-request';
import { CheckContext } from '../analysis/check-context';
import { describeRole, nameOfRole } from '../analysis/describe';
import { describeRefusal, isExplained } from '../analysis/describe-refusal';
import { hasSessionTags, lacksSessionTags } from '../analysis/session-tags';
import { refusalOf } from '../analysis/trust-decision';
import { ASSUME_ACTIONS } from '../analysis/trust-policy';
import { isRoleOrAccount, mayBeRoleOrAccount } from '../analysis/trusted-role';
import { Unresolved } from '../engine';
import { Association } from '../template/associations';
import { Evaluator } from '../template/evaluator';

export const TARGET_ROLE_TRUST_POLICY: Rule = {
  id: 'TargetRoleTrustPolicy',
  severity: 'error',
  check: (association, context) => {
    const { role, targetRole } = association;
    const trust = targetRole && context.trustStatements(targetRole);
    if (!trust) { return []; }
    const facts = requestForTargetRole(association, context.evaluator);
    const assumer = { mayBe: mayBeRoleOrAccount(role.arn), isCertainly: isRoleOrAccount(role.arn) };
    const refusals = ASSUME_ACTIONS.flatMap((action) => {
      const refusal = refusalOf(trust, action, assumer, facts);
      return refusal ? [{ action, refusal, isNeeded: isNeeded(action, association) }] : [];
    });
    if (!refusals.some((one) => one.isNeeded)) { return []; }
    const missing = refusals.filter((one) => one.isNeeded || one.refusal.kind === 'not named').map(({ action }) => action);
    const known = refusals.filter((one) => one.isNeeded).map(({ refusal }) => refusal).find(isExplained);
    const why = known ? `: ${describeRefusal(known, facts, (key) => whyMissing(key, association))}` : '';
    return [{
      code: known === undefined ? 'RoleNotTrusted' : known.kind === 'denied' ? 'DeniedByTrustPolicy' : 'ConditionNotMet',
      property: 'TargetRoleArn',
      message: `The trust policy of the target role ${nameOfRole(targetRole)} does not let ${describeRole(role)} do ${missing.join(' and ')}${why}. `
        + `EKS then cannot assume the target role for ${association.path}, and its pods get no credentials.`,
      fix: known?.kind === 'denied'
        ? `Except ${describeRole(role)} from that Deny statement of ${describeRole(targetRole)}, or give ${association.path} another target role.`
        : howToTrust(association, context),
    }];
  },
};

/** Why the request has no such key. */
function whyMissing(key: string, association: Association): string {
  return /^aws:(request|principal)tag\//.test(key) && lacksSessionTags(association) ? 'there are no session tags' : 'EKS does not send it';
}

/**
 * Without session tags, STS asks for `sts:AssumeRole` only. AWS's example has `sts:TagSession` there, too, so it may be missing and may be
 * there.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
function isNeeded(action: string, association: Association): boolean {
  return action === 'sts:AssumeRole' || hasSessionTags(association) === true;
}

/** The part of a statement that names the role. */
interface Trusted {
  readonly Principal: { readonly AWS: string };
  readonly Condition?: { readonly ArnEquals: { readonly 'aws:PrincipalArn': string } };
}

/**
 * `sts:TagSession` has no external id: STS does not document that key for it, and AWS's example has a separate statement for it.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
function neededStatements(association: Association, { Principal, Condition }: Trusted, evaluator: Evaluator): string {
  const externalId = lacksSessionTags(association) ? externalIdOf(association, evaluator) : undefined;
  const statements = externalId === undefined ? [{ Effect: 'Allow', Principal, Action: ASSUME_ACTIONS, Condition }] : [
    { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition: { ...Condition, StringEquals: { 'sts:ExternalId': externalId } } },
    { Effect: 'Allow', Principal, Action: 'sts:TagSession', Condition },
  ];
  return statements.map((statement) => JSON.stringify(statement)).join(' and ');
}

/**
 * The stack of the association and its role refers to the target role. If the target role is in another stack, a reference back would be a cyclic
 * dependency, which neither the CDK nor CloudFormation accepts, so the role needs a name. The target role is then deployed first, and IAM rejects a
 * principal that does not exist yet, so the account is the principal, and the role is a condition.
 */
function howToTrust(association: Association, { evaluator, reader }: CheckContext): string {
  const { role, targetRole, ref } = association;
  const add = (trusted: Trusted) => `to the trust policy of ${describeRole(targetRole!)} ${neededStatements(association, trusted, evaluator)}.`;
  const isCyclic = role.defined?.stack === ref.stack && targetRole?.defined !== undefined && targetRole.defined.stack !== ref.stack;
  const written = role.arn instanceof Unresolved ? '<the ARN of the role>' : role.arn.toString();
  if (!isCyclic || role.arn instanceof Unresolved) { return `Add ${add({ Principal: { AWS: written } })}`; }
  const hasName = role.defined!.resource.Properties?.RoleName !== undefined;
  const arn = hasName ? written : `${written.slice(0, written.lastIndexOf('${'))}NAME`;
  const how = add({ Principal: { AWS: arn.replace(/:role.*/, ':root') }, Condition: { ArnEquals: { 'aws:PrincipalArn': arn } } });
  return `${hasName ? 'Add' : `Give the role of the association a name (${reader === 'CDK app' ? 'roleName' : 'RoleName'}), and add`} ${how} `
    + 'Write the ARN as text, because a reference would make the stacks depend on each other.';
}
