/**
 * Reports a target role that does not trust the association's role. EKS assumes the target role with the association's role, and
 * sends an external id if session tags are disabled.
 *
 * Invariant: only a condition that is certain to fail counts. A condition on an unknown value is treated as met.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { IsMissing, unmatchedWithout } from '../analysis/missing-keys';
import { Reader } from '../analysis/reader';
import { isRequestTag, lacksSessionTags, principalTagsMissing } from '../analysis/session-tags';
import { describeFailing, isFailed } from '../analysis/trust-conditions';
import { ASSUME_ACTIONS, conditionsOf, mayAllow, withoutPrincipal } from '../analysis/trust-policy';
import { mayBeRoleOrAccount } from '../analysis/trusted-role';
import { SymbolicString, Unresolved } from '../engine';
import { Association } from '../template/associations';
import { Evaluator } from '../template/evaluator';
import { Value } from '../template/value';

export const TARGET_ROLE_TRUST_POLICY: Rule = {
  id: 'TargetRoleTrustPolicy',
  severity: 'error',
  check: (association, context) => {
    const { role, targetRole } = association;
    const trust = targetRole && context.trustStatements(targetRole);
    if (!trust) { return []; }
    const externalId = association.disableSessionTags === true ? externalIdOf(association, context.evaluator) : undefined;
    const known = new Map<string, Value | undefined>([['sts:externalid', externalId], ['aws:principalarn', role.arn]]);
    // Without session tags, sts:TagSession is not needed.
    const isMissing = lacksSessionTags(association) ? tagsMissing(association, context.evaluator) : () => false;
    const failing: string[] = [];
    const trusts = (action: string) => trust.some((statement) => {
      if (!mayAllow(statement, action, mayBeRoleOrAccount(role.arn))) { return false; }
      const read = action === 'sts:AssumeRole' ? withoutPrincipal(statement, 0, 'the role') : undefined;
      const lost = read && unmatchedWithout(isMissing, read);
      const unmet = conditionsOf(statement).filter((entry) => isFailed(entry, known.get(entry.key)));
      const failed = [
        ...unmet.map((entry) => describeFailing(entry, known.get(entry.key))),
        ...lost ? [`it requires ${lost.because.join(' and ')}, and there are no session tags`] : [],
      ];
      failing.push(...failed);
      return failed.length === 0;
    });
    const missing = ASSUME_ACTIONS.filter((action) => !trusts(action));
    if (missing.length === 0) { return []; }
    const why = failing.length === 0 ? '' : `: ${failing[0]}`;
    const principal = role.arn instanceof Unresolved ? '<the ARN of the role>' : role.arn;
    const condition = externalId === undefined ? '' : `,"Condition":{"StringEquals":{"sts:ExternalId":${JSON.stringify(externalId)}}}`;
    return [{
      code: failing.length === 0 ? 'RoleNotTrusted' : 'ConditionNotMet',
      property: 'TargetRoleArn',
      message: `The trust policy of the target role, ${describeRole(targetRole)}, does not let ${describeRole(role)} do ${missing.join(' and ')}${why}. `
        + `EKS then cannot assume the target role for ${association.path}, and its pods get no credentials.`,
      fix: `Add to the trust policy of ${describeRole(targetRole)} `
        + `{"Effect":"Allow","Principal":{"AWS":${JSON.stringify(principal)}},"Action":["sts:AssumeRole","sts:TagSession"]${condition}}.${writtenOut(association, context.reader)}`,
    }];
  },
};

/** The stack of the association refers to the target role: a reference back would close a circle, which neither the CDK nor CloudFormation takes. */
function writtenOut({ role, targetRole }: Association, reader: Reader): string {
  if (!role.defined || !targetRole?.defined || role.defined.stack === targetRole.defined.stack) { return ''; }
  return ` Write the ARN of the role out, and give the role that name (${reader === 'CDK app' ? 'roleName' : 'RoleName'}): a reference would make the stacks depend on each other.`;
}

function tagsMissing({ role }: Association, evaluator: Evaluator): IsMissing {
  const principalTags = principalTagsMissing(evaluator, role.defined);
  return (key) => principalTags(key) || isRequestTag(key);
}

/** The external id that EKS sends if session tags are disabled; `undefined` if it is unresolved at synth. */
function externalIdOf({ ref, clusterName, namespace, serviceAccount }: Association, evaluator: Evaluator): string | SymbolicString | undefined {
  const pseudo = (name: string) => evaluator.textOf({ Ref: name }, ref.stack);
  const parts = [pseudo('AWS::Region'), pseudo('AWS::AccountId'), clusterName, namespace, serviceAccount];
  if (parts.some((part) => part instanceof Unresolved)) { return undefined; }
  return SymbolicString.from((parts as ReadonlyArray<string | SymbolicString>).flatMap((part, i) => (i === 0 ? [part] : ['/', part])));
}
