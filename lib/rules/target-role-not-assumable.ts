/**
 * Reports an association's role that may not assume the target role, or cannot, because the two are in different partitions. EKS assumes
 * the target role with the association's role.
 *
 * Invariant: only what is certain to be denied is reported. Conditions and gaps count in favor of the request.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
import { Rule } from './rule';
import { hasBoundaryOfAws } from '../analysis/boundary-of-aws';
import { CheckContext, OPTIONS } from '../analysis/check-context';
import { capitalize, describeRole, nameOfRole } from '../analysis/describe';
import { hasSessionTags } from '../analysis/session-tags';
import { ASSUME_ACTIONS, mayAllow } from '../analysis/trust-policy';
import { mayBeRole, mayBeSameAccount } from '../analysis/trusted-role';
import { decideNarrowing, describeStatement, isUnsatisfiable, Layer, parseStatement, Statement, SymbolicString, Unresolved } from '../engine';
import { arnFieldsOf } from '../template/arn-fields';
import { Association, RoleRef } from '../template/associations';
import { Value } from '../template/value';

export const TARGET_ROLE_NOT_ASSUMABLE: Rule = {
  id: 'TargetRoleNotAssumable',
  severity: 'error',
  check: (association, context) => {
    const { role, targetRole } = association;
    const partitions = targetRole && differentPartitions(role.arn, targetRole.arn);
    if (partitions) {
      return [{
        code: 'OtherPartition',
        property: 'TargetRoleArn',
        message: `${capitalize(describeRole(role))} is in the partition ${partitions[0]}, and the target role ${nameOfRole(targetRole!)} in `
          + `${partitions[1]}. Roles delegate access only within a partition, so EKS cannot assume the target role for ${association.path}, and its pods get no credentials.`,
        fix: `Give ${association.path} a target role of the partition ${partitions[0]}, or correct the partition in the ARN.`,
      }];
    }
    if (!targetRole || targetRole.arn instanceof Unresolved || mayBeAllowedByTarget(association, context)) { return []; }
    const { arn } = targetRole;
    const layers = context.layersOf(role);
    // STS asks for sts:TagSession only if there are tags: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    const refused = deniedActions(arn, layers);
    const denied = refused.includes('sts:AssumeRole') || hasSessionTags(association) === true ? refused : [];
    return denied.length === 0 ? [] : [{
      code: 'NotAllowedToAssume',
      property: 'RoleArn',
      message: `The policies of ${describeRole(role)} do not let it do ${denied.join(' and ')} on the target role ${nameOfRole(targetRole)}. EKS then cannot `
        + `assume the target role for ${association.path}, and its pods get no credentials: AccessDenied.`,
      fix: fixFor(role, arn, layers, context),
    }];
  },
};

function deniedActions(arn: string | SymbolicString, layers: readonly Layer[]): string[] {
  return ASSUME_ACTIONS.filter((action) => {
    const { policy } = parseStatement({ Effect: 'Allow', Action: action, Resource: arn }, 'what EKS needs');
    return policy.statements.length > 0 && (isUnsatisfiable({ session: policy, layers }, OPTIONS)
      || (isPlain(layers) && decideNarrowing({ session: policy, layers: layers.map(widen) }, OPTIONS).kind === 'exceeds'));
  });
}

/** The statement to add, in each layer that lacks it; or the Deny statements that would still deny it. */
function fixFor(role: RoleRef, arn: string | SymbolicString, layers: readonly Layer[], { evaluator, reader }: CheckContext): string {
  const needed = { Effect: 'Allow', Action: ASSUME_ACTIONS, Resource: arn };
  const { policy } = parseStatement(needed, 'what EKS needs');
  const lacking = layers.filter((layer) => deniedActions(arn, [layer]).length > 0);
  const allowing = lacking.map((layer) => ({ ...layer, policies: [...layer.policies, policy] }));
  const denying = allowing.filter((layer) => deniedActions(arn, [layer]).length > 0).flatMap((layer) => layer.policies)
    .flatMap(({ statements }) => statements).filter(({ effect, conditions }) => effect === 'Deny' && conditions.length === 0)
    .filter((deny) => isUnsatisfiable({ session: policy, layers: [{ ...layers[0], gaps: [], policies: [{ name: '', statements: [...policy.statements, deny] }] }] }, OPTIONS));
  if (denying.length > 0) { return `Except the target role from ${denying.map(describeStatement).join(' and ')}: what it denies, no other statement can allow.`; }
  const changed = hasBoundaryOfAws(role, evaluator) ? lacking.filter(({ name }) => name !== 'permissions boundary') : lacking;
  const places = changed.map(({ name }) => (name === 'permissions boundary' ? 'the permissions boundary' : 'the policies')).join(' and to ');
  // A role whose own properties name the target, and a target whose trust policy names the role, depend on each other.
  const apart = reader === 'CDK app' ? 'A PodIdentityAssociation without role creates a role that has this statement.'
    : 'If the trust policy of the target role refers to this role, put this statement in a separate AWS::IAM::Policy. Otherwise, the roles would depend on each other.';
  const add = `Add to ${places} of ${describeRole(role)} ${JSON.stringify(needed)}. ${apart}`;
  if (changed.length === lacking.length) { return add; }
  const replace = `Give ${describeRole(role)} another permissions boundary, because AWS maintains this one. It has to allow`;
  return changed.length > 0 ? `${add} ${replace} that, too.` : `${replace} ${JSON.stringify(needed)}.`;
}

/**
 * The partitions of two ARNs that are certainly in different ones.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
 */
function differentPartitions(a: Value, b: Value): [string, string] | undefined {
  const [one, other] = [arnFieldsOf(a)?.[1], arnFieldsOf(b)?.[1]];
  return typeof one === 'string' && typeof other === 'string' && one !== other ? [one, other] : undefined;
}

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
