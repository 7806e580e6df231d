/**
 * Reports a role whose trust policy or inline policies are longer than IAM takes. Associations make roles grow: each on a target role
 * of the app adds to its trust policy, and each with `GrantsTo.SESSION_POLICY_AND_ROLE` on a role of another stack adds an inline
 * policy, which the CDK does not split.
 *
 * Invariant: lengths are the fewest characters that are certain. Blanks do not count.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { counted, describeRole } from '../analysis/describe';
import { Problem } from '../analysis/finding';
import { acknowledging } from '../analysis/reader';
import { shortestJson } from '../analysis/shortest-json';
import { Json } from '../engine';
import { RoleRef } from '../template/associations';
import { attachmentsOf } from '../template/attachments';
import { documentOf } from '../template/document-of';
import { Evaluator } from '../template/evaluator';
import { keyOf, ResourceRef } from '../template/template-set';
import { groupBy } from '../util/group-by';
import { memoize, memoizePair } from '../util/memo';

/** The default of a quota that can be raised. */
const TRUST_POLICY = 2048;

/** All inline policies of a role together. */
const INLINE_POLICIES = 10_240;

export const ROLE_TOO_LARGE: Rule = {
  id: 'RoleTooLarge',
  severity: 'warning',
  check: ({ role, targetRole }, context) => [
    ...check(role, 'RoleArn', context), ...targetRole ? check(targetRole, 'TargetRoleArn', context) : [],
  ],
};

function check(role: RoleRef, property: string, context: CheckContext): Problem[] {
  if (!role.defined) { return []; }
  const { trust, inline } = lengthsOf(context.evaluator, role.defined);
  const name = describeRole(role);
  return [
    ...trust <= TRUST_POLICY ? [] : [{
      code: 'TrustPolicyTooLarge',
      property,
      message: `The trust policy of ${name} has at least ${counted(trust)} characters; IAM accepts at most ${counted(TRUST_POLICY)}. The deployment fails, unless `
        + 'the quota "Role trust policy length" of the account is raised.',
      fix: `${isTargetOfManyRoles(role.defined, context) ? 'Let associations with this target role share one role: the trust policy then has one statement with all their external IDs.'
        : 'Remove statements that the role does not need, or join statements that differ only in their principals.'} `
        + `Or raise the quota, and ${acknowledging('RoleTooLarge', context.reader)}.`,
    }],
    ...inline <= INLINE_POLICIES ? [] : [{
      code: 'InlinePoliciesTooLarge',
      property,
      message: `The inline policies of ${name} together have at least ${counted(inline)} characters; IAM accepts at most ${counted(INLINE_POLICIES)}. The deployment fails: `
        + `"Maximum policy size of ${INLINE_POLICIES} bytes exceeded".`,
      fix: 'Grant with wildcards instead of many single resources, move statements to managed policies'
        + `${context.reader === 'CDK app' ? ' (iam.ManagedPolicy)' : ''}, or use several roles.`,
    }],
  ];
}

function isTargetOfManyRoles(target: ResourceRef, context: CheckContext): boolean {
  return rolesByTarget(context).get(keyOf(target))! > 1;
}

/** The number of roles that assume a target role of the app for associations. */
const rolesByTarget = memoize((context: CheckContext): ReadonlyMap<string, number> => {
  const onTargets = context.associations.filter(({ role, targetRole }) => role.defined && targetRole?.defined);
  return new Map([...groupBy(onTargets, ({ targetRole }) => keyOf(targetRole!.defined!))]
    .map(([key, of]) => [key, new Set(of.map(({ role }) => keyOf(role.defined!))).size]));
});

interface Lengths {
  readonly trust: number;
  readonly inline: number;
}

/** Many associations share a role: computed once. */
const lengthsOf = memoizePair((evaluator: Evaluator, role: ResourceRef): Lengths => {
  const { stack, resource: { Properties: properties = {} } } = role;
  const own = (evaluator.listAt(properties.Policies, stack) ?? []).map((item) => documentOf(item.value, item.stack, evaluator))
    .map((policy) => (policy as { readonly PolicyDocument?: Json } | null)?.PolicyDocument);
  const attached = attachmentsOf(evaluator).to(role)
    .filter(({ policy, doubt }) => doubt === undefined && policy.deployed === true && !policy.name.startsWith('AWS::IAM::ManagedPolicy'))
    .map(({ policy }) => policy.document);
  return {
    trust: shortestLength(documentOf(properties.AssumeRolePolicyDocument ?? {}, stack, evaluator)),
    inline: [...own, ...attached].reduce<number>((sum, document) => sum + shortestLength(document), 0),
  };
});

/** The length of the document without blanks. */
function shortestLength(document: Json | undefined): number {
  return document === undefined ? 0 : shortestJson(document).replace(/\s/g, '').length;
}
