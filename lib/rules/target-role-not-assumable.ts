/**
 * Reports an association's role that may not assume the target role. EKS assumes the target role with the association's role.
 *
 * Invariant: only what is certain to be denied is reported. Conditions and gaps count in favor of the request.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
import { Rule } from './rule';
import { CheckContext, OPTIONS } from '../analysis/check-context';
import { describeRole } from '../analysis/describe';
import { ASSUME_ACTIONS, mayAllow } from '../analysis/trust-policy';
import { mayBeRole, mayBeSameAccount } from '../analysis/trusted-role';
import { decideNarrowing, isUnsatisfiable, Layer, parseStatement, Statement, Unresolved } from '../engine';
import { Association } from '../template/associations';

export const TARGET_ROLE_NOT_ASSUMABLE: Rule = {
  id: 'TargetRoleNotAssumable',
  severity: 'error',
  check: (association, context) => {
    const { role, targetRole } = association;
    if (!targetRole || targetRole.arn instanceof Unresolved || mayBeAllowedByTarget(association, context)) { return []; }
    const { arn } = targetRole;
    const layers = context.layersOf(role);
    const denied = ASSUME_ACTIONS.filter((action) => {
      const { policy } = parseStatement({ Effect: 'Allow', Action: action, Resource: arn }, 'what EKS needs');
      return policy.statements.length > 0 && (isUnsatisfiable({ session: policy, layers }, OPTIONS)
        || (isPlain(layers) && decideNarrowing({ session: policy, layers: layers.map(widen) }, OPTIONS).kind === 'exceeds'));
    });
    return denied.length === 0 ? [] : [{
      property: 'RoleArn',
      message: `The policies of ${describeRole(role)} do not let it do ${denied.join(' and ')} on the target role, ${describeRole(targetRole)}. EKS then cannot `
        + `assume the target role for ${association.path}, and its pods get no credentials: AccessDenied.`,
      fix: `Add to the policies of ${describeRole(role)} {"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession"],"Resource":${JSON.stringify(arn)}}. `
        + 'A PodIdentityAssociation without role makes one that has it.',
    }];
  },
};

/**
 * Within an account, a trust policy that names a role is enough, without a policy of the role itself.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
function mayBeAllowedByTarget({ role, targetRole }: Association, context: CheckContext): boolean {
  if (!mayBeSameAccount(role.arn, targetRole!.arn)) { return false; }
  const trust = context.trustStatements(targetRole!);
  return !trust || trust.some((statement) => ASSUME_ACTIONS.some((action) => mayAllow(statement, action, mayBeRole(role.arn))));
}

/**
 * Whether one denied request is enough to report. The proof that no request is allowed treats a generated name as any name; if
 * nothing else is unknown, it is not needed.
 */
function isPlain(layers: readonly Layer[]): boolean {
  const dependsOnKeys = (s: Statement) => s.resources.patterns.some(({ unclear: unknown, elements }) =>
    unknown !== undefined || elements.some((e) => e.type === 'variable' && e.variable.conditionKey !== undefined));
  return layers.every((l) => l.gaps.length === 0 && !l.policies.some((p) => p.statements.some(dependsOnKeys)));
}

/** The layer with every condition in favor of the request. */
function widen(layer: Layer): Layer {
  const widest = (statements: readonly Statement[]) => statements
    .filter((s) => s.effect === 'Allow' || s.conditions.length === 0)
    .map((s) => ({ ...s, conditions: [] }));
  return { ...layer, policies: layer.policies.map((p) => ({ ...p, statements: widest(p.statements) })) };
}
