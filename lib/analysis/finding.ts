import { Reason } from '../engine';
import { Association } from '../template/associations';
import { StackTemplate } from '../template/template-set';

/** Rule ids are public: people acknowledge them, and pipelines search for them. */
export type RuleId =
  | 'ActionResourceMismatch'
  | 'AgentMissing'
  | 'CompactedPolicyDiffers'
  | 'DeniedByOrganizationPolicy'
  | 'DeniedByResourcePolicy'
  | 'DuplicateAgent'
  | 'DuplicateAssociation'
  | 'FargateOnlyCluster'
  | 'GuardrailLimitsSessionPolicy'
  | 'InvalidKubernetesName'
  | 'InvalidSessionPolicy'
  | 'NarrowingUndetermined'
  | 'NoEffectivePermissions'
  | 'ResourcePolicyHasNoEffect'
  | 'RoleInAnotherAccount'
  | 'RoleTooLarge'
  | 'RoleTrustPolicy'
  | 'RoleUsableByAnyAssociation'
  | 'SessionPolicyDoesNotNarrow'
  | 'SessionPolicyEscape'
  | 'SessionPolicyExceedsRole'
  | 'SessionPolicyMayBeTooLarge'
  | 'SessionPolicyOmitsCondition'
  | 'SessionPolicyTooLarge'
  | 'SessionTagDependency'
  | 'SessionTagsMustBeDisabled'
  | 'StatementHasNoEffect'
  | 'TargetRoleNotAssumable'
  | 'TargetRoleTrustPolicy'
  | 'TemplateNotExamined'
  | 'UnknownAction'
  | 'UnknownConditionKey'
  | 'UnscopedAssociation';

export type Severity = 'error' | 'warning';

/** What a rule reports about an association. */
export interface Problem {
  /** Why the rule speaks, for programs: stable, and unique within the rule. docs/cli.md lists the codes. */
  readonly code: string;
  /** What will happen on AWS, and when. */
  readonly message: string;
  /** How to fix it. */
  readonly fix: string;
  /** A lower severity than that of the rule, for what is not certain. `strict`, and a severity that the settings give, go before it. */
  readonly severity?: 'warning';
  /** The property of the association that is at fault. */
  readonly property: string;
  /** Everything that left it undetermined. The message may name only a part. */
  readonly reasons?: readonly Reason[];
}

/** What a rule reports about a template, and not about one of its associations. */
export interface TemplateProblem extends Pick<Problem, 'code' | 'message' | 'fix'> {
  /** The place in the template that the problem is about. */
  readonly at: readonly string[];
}

export interface TemplateFinding extends TemplateProblem {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly stack: StackTemplate;
}

export interface Finding extends Omit<Problem, 'severity'> {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly association: Association;
}
