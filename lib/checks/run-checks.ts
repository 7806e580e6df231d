import { CheckContext } from './check-context';
import { DUPLICATE_ASSOCIATION } from './duplicate-association';
import { Check, Finding } from './finding';
import { INVALID_KUBERNETES_NAME } from './invalid-kubernetes-name';
import { INVALID_SESSION_POLICY } from './invalid-session-policy';
import { NARROWING_UNDETERMINED } from './narrowing-undetermined';
import { NO_EFFECTIVE_PERMISSIONS } from './no-effective-permissions';
import { ROLE_IN_ANOTHER_ACCOUNT } from './role-in-another-account';
import { ROLE_TRUST_POLICY } from './role-trust-policy';
import { SESSION_POLICY_DOES_NOT_NARROW } from './session-policy-does-not-narrow';
import { SESSION_POLICY_ESCAPE } from './session-policy-escape';
import { SESSION_POLICY_EXCEEDS_ROLE } from './session-policy-exceeds-role';
import { SESSION_POLICY_MAY_BE_TOO_LARGE } from './session-policy-may-be-too-large';
import { SESSION_POLICY_TOO_LARGE } from './session-policy-too-large';
import { SESSION_TAG_DEPENDENCY } from './session-tag-dependency';
import { SESSION_TAGS_MUST_BE_DISABLED } from './session-tags-must-be-disabled';
import { STATEMENT_HAS_NO_EFFECT } from './statement-has-no-effect';
import { TARGET_ROLE_NOT_ASSUMABLE } from './target-role-not-assumable';
import { TARGET_ROLE_TRUST_POLICY } from './target-role-trust-policy';
import { UNSCOPED_ASSOCIATION } from './unscoped-association';
import { TemplateSet } from '../template/template-set';

export const ALL_CHECKS: ReadonlyArray<Check<CheckContext>> = [
  DUPLICATE_ASSOCIATION,
  INVALID_KUBERNETES_NAME,
  INVALID_SESSION_POLICY,
  NARROWING_UNDETERMINED,
  NO_EFFECTIVE_PERMISSIONS,
  ROLE_IN_ANOTHER_ACCOUNT,
  ROLE_TRUST_POLICY,
  SESSION_POLICY_DOES_NOT_NARROW,
  SESSION_POLICY_ESCAPE,
  SESSION_POLICY_EXCEEDS_ROLE,
  SESSION_POLICY_MAY_BE_TOO_LARGE,
  SESSION_POLICY_TOO_LARGE,
  SESSION_TAGS_MUST_BE_DISABLED,
  SESSION_TAG_DEPENDENCY,
  STATEMENT_HAS_NO_EFFECT,
  TARGET_ROLE_NOT_ASSUMABLE,
  TARGET_ROLE_TRUST_POLICY,
  UNSCOPED_ASSOCIATION,
];

/** Every finding of every check on every association, in the order of the templates. */
export function runChecks(templates: TemplateSet): Finding[] {
  const context = new CheckContext(templates);
  return context.associations.flatMap((association) => ALL_CHECKS.flatMap((check) => {
    try {
      return check.check(association, context).map((problem) => ({ ...problem, association, rule: check.id, severity: check.severity }));
    } catch (e) { // fail closed: a check that cannot tell has not passed
      return [{
        rule: check.id,
        severity: 'error' as const,
        association,
        property: '',
        message: `The check ${check.id} failed on ${association.path}: ${(e as Error).message}. Whether the association is right is not known.`,
        fix: 'Report this as a bug of cdk-eks-pod-identity, with the template. Until it is mended, acknowledge the rule with that reason.',
      }];
    }
  }));
}
