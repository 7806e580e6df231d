/**
 * Applies every rule to every association, in each case of the conditions of the templates: the way from templates to findings
 * that all front ends share.
 *
 * Invariant: it fails closed. A rule that throws is reported as an error of that rule.
 */
import { ACTION_RESOURCE_MISMATCH } from './action-resource-mismatch';
import { AGENT_MISSING } from './agent-missing';
import { COMPACTED_POLICY_DIFFERS } from './compacted-policy-differs';
import { DENIED_BY_ORGANIZATION_POLICY } from './denied-by-organization-policy';
import { DENIED_BY_RESOURCE_POLICY } from './denied-by-resource-policy';
import { DUPLICATE_AGENT } from './duplicate-agent';
import { DUPLICATE_ASSOCIATION } from './duplicate-association';
import { FARGATE_ONLY_CLUSTER } from './fargate-only-cluster';
import { GUARDRAIL_LIMITS_SESSION_POLICY } from './guardrail-limits-session-policy';
import { INVALID_KUBERNETES_NAME } from './invalid-kubernetes-name';
import { INVALID_SESSION_POLICY } from './invalid-session-policy';
import { NARROWING_UNDETERMINED } from './narrowing-undetermined';
import { NO_EFFECTIVE_PERMISSIONS } from './no-effective-permissions';
import { RESOURCE_POLICY_HAS_NO_EFFECT } from './resource-policy-has-no-effect';
import { ROLE_IN_ANOTHER_ACCOUNT } from './role-in-another-account';
import { ROLE_TOO_LARGE } from './role-too-large';
import { ROLE_TRUST_POLICY } from './role-trust-policy';
import { ROLE_USABLE_BY_ANY_ASSOCIATION } from './role-usable-by-any-association';
import { Rule, RuleInfo, TemplateRule } from './rule';
import { SESSION_POLICY_DOES_NOT_NARROW } from './session-policy-does-not-narrow';
import { SESSION_POLICY_ESCAPE } from './session-policy-escape';
import { SESSION_POLICY_EXCEEDS_ROLE } from './session-policy-exceeds-role';
import { SESSION_POLICY_MAY_BE_TOO_LARGE } from './session-policy-may-be-too-large';
import { SESSION_POLICY_OMITS_CONDITION } from './session-policy-omits-condition';
import { SESSION_POLICY_TOO_LARGE } from './session-policy-too-large';
import { SESSION_TAG_DEPENDENCY } from './session-tag-dependency';
import { SESSION_TAGS_MUST_BE_DISABLED } from './session-tags-must-be-disabled';
import { STATEMENT_HAS_NO_EFFECT } from './statement-has-no-effect';
import { TARGET_ROLE_NOT_ASSUMABLE } from './target-role-not-assumable';
import { TARGET_ROLE_TRUST_POLICY } from './target-role-trust-policy';
import { TEMPLATE_NOT_EXAMINED } from './template-not-examined';
import { UNKNOWN_ACTION } from './unknown-action';
import { UNKNOWN_CONDITION_KEY } from './unknown-condition-key';
import { UNSCOPED_ASSOCIATION } from './unscoped-association';
import { CheckContext } from '../analysis/check-context';
import { CheckContexts } from '../analysis/check-contexts';
import { Finding, Problem, RuleId, Severity, TemplateFinding } from '../analysis/finding';
import { acknowledging } from '../analysis/reader';
import { CheckSettings, DEFAULT_SETTINGS, severityOf } from '../analysis/settings';
import { AssociationRef, associationsIn, isDeployed, placeOfProperty } from '../template/associations';
import { Assumptions } from '../template/assumptions';
import { Case, inEveryCase, orOnFailure } from '../template/cases';
import { PermissionsDeclaration } from '../template/known-permissions';
import { ResourceRef, TemplateSet } from '../template/template-set';

export const RULES: ReadonlyArray<Rule> = [
  ACTION_RESOURCE_MISMATCH,
  AGENT_MISSING,
  COMPACTED_POLICY_DIFFERS,
  DENIED_BY_ORGANIZATION_POLICY,
  DENIED_BY_RESOURCE_POLICY,
  DUPLICATE_ASSOCIATION,
  FARGATE_ONLY_CLUSTER,
  GUARDRAIL_LIMITS_SESSION_POLICY,
  INVALID_KUBERNETES_NAME,
  INVALID_SESSION_POLICY,
  NARROWING_UNDETERMINED,
  NO_EFFECTIVE_PERMISSIONS,
  RESOURCE_POLICY_HAS_NO_EFFECT,
  ROLE_IN_ANOTHER_ACCOUNT,
  ROLE_TOO_LARGE,
  ROLE_TRUST_POLICY,
  ROLE_USABLE_BY_ANY_ASSOCIATION,
  SESSION_POLICY_DOES_NOT_NARROW,
  SESSION_POLICY_ESCAPE,
  SESSION_POLICY_EXCEEDS_ROLE,
  SESSION_POLICY_MAY_BE_TOO_LARGE,
  SESSION_POLICY_OMITS_CONDITION,
  SESSION_POLICY_TOO_LARGE,
  SESSION_TAGS_MUST_BE_DISABLED,
  SESSION_TAG_DEPENDENCY,
  STATEMENT_HAS_NO_EFFECT,
  TARGET_ROLE_NOT_ASSUMABLE,
  TARGET_ROLE_TRUST_POLICY,
  UNKNOWN_ACTION,
  UNKNOWN_CONDITION_KEY,
  UNSCOPED_ASSOCIATION,
];

export const TEMPLATE_RULES: ReadonlyArray<TemplateRule> = [DUPLICATE_AGENT, TEMPLATE_NOT_EXAMINED];

/** The rules of associations and of templates, in the order of their names. */
export const ALL_RULES: ReadonlyArray<RuleInfo> = [...RULES, ...TEMPLATE_RULES].sort((a, b) => (a.id < b.id ? -1 : 1));

/** The rules that report nothing under the settings. */
export function rulesOffUnder(settings: CheckSettings): ReadonlySet<RuleId> {
  return new Set(ALL_RULES.filter((rule) => severityOf(rule, settings) === 'off').map(({ id }) => id));
}

export interface CheckInput {
  /** Roles and managed policies that the templates do not define. @default - none */
  readonly declarations?: readonly PermissionsDeclaration[];
  readonly settings?: CheckSettings;
  /** Which associations to check. The checked ones are still compared with the others. @default - all */
  readonly about?: (association: ResourceRef) => boolean;
}

/** Every finding of every rule on every association, in the order of the templates. */
export function runRules(
  templates: TemplateSet, { declarations, settings, about = () => true }: CheckInput = {},
  contexts = new CheckContexts(templates, declarations, settings),
): Finding[] {
  return associationsIn(templates).filter(about)
    .flatMap((ref) => inAllCases(inEveryCase((assumptions) => findingsOn(ref, contexts.in(assumptions)))));
}

/** Every finding on the templates themselves. A template without associations has them, too. */
export function runTemplateRules(templates: TemplateSet, settings = DEFAULT_SETTINGS, stacks = templates.stacks): TemplateFinding[] {
  return TEMPLATE_RULES.flatMap((rule) => {
    const severity = severityOf(rule, settings);
    if (severity === 'off') { return []; }
    return stacks.flatMap((stack) => rule.check(stack, templates, settings.reader ?? 'CDK app')
      .map((problem): TemplateFinding => ({ ...problem, rule: rule.id, severity, stack })));
  });
}

/** `undefined` if the association is not deployed. */
function findingsOn(ref: AssociationRef, context: CheckContext): Finding[] | undefined {
  if (isDeployed(ref, context.evaluator) === false) { return undefined; }
  const association = context.association(ref);
  return RULES.flatMap((rule) => {
    const severity = severityOf(rule, context.settings);
    if (severity === 'off') { return []; }
    return orOnFailure<Finding[]>(
      () => rule.check(association, context).map((problem) => ({
        ...problem,
        property: placeOfProperty(association, problem.property),
        association,
        rule: rule.id,
        severity: lesserOf(severity, problem, rule, context),
      })),
      (failure) => [{
        rule: rule.id,
        severity: 'error',
        association,
        code: 'CheckFailed',
        property: '',
        message: `The check ${rule.id} failed on ${association.path}: ${failure.message}. It is unknown whether the association is right.`,
        fix: `Report this as a bug of cdk-eks-pod-identity, with the template. Until it is fixed, ${acknowledging(rule.id, context.reader)}.`,
      }]);
  });
}

/** Settings that ask for a severity mean all that the rule reports. */
function lesserOf(severity: Severity, problem: Problem, { id }: Rule, { settings: { strict, severities } }: CheckContext): Severity {
  return strict || severities.has(id) ? severity : problem.severity ?? severity;
}

/** In other cases of the conditions, the role may allow more. */
const ONLY_THERE = 'Change it for that case only: in other cases, the pods may have more permissions.';

/** Each finding once. A finding that is not in all cases names the conditions that its cases have in common. */
function inAllCases(cases: ReadonlyArray<Case<Finding[] | undefined>>): Finding[] {
  const deployed = cases.filter(({ value }) => value !== undefined);
  const found = new Map<string, { finding: Finding; where: Assumptions[] }>();
  for (const { assumptions, value } of deployed) {
    for (const finding of value!) {
      const key = JSON.stringify([finding.rule, finding.message, finding.fix]);
      const known = found.get(key) ?? { finding, where: [] };
      known.where.push(assumptions);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ finding, where }) => {
    const [first, ...others] = where.map((assumptions) => assumptions.descriptions());
    const common = where.length === deployed.length ? [] : first.filter((text) => others.every((other) => other.includes(text)));
    return common.length === 0 ? finding : {
      ...finding,
      message: `${finding.message} This applies if ${common.join(' and ')}.`,
      fix: finding.property === 'Policy' ? `${finding.fix} ${ONLY_THERE}` : finding.fix,
    };
  });
}
