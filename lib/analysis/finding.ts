import { Reason } from '../engine';
import { Association } from '../template/associations';

/** Rule ids are public: people acknowledge them, and pipelines search for them. */
export type RuleId =
  | 'ActionResourceMismatch'
  | 'DuplicateAssociation'
  | 'GuardrailLimitsSessionPolicy'
  | 'InvalidKubernetesName'
  | 'InvalidSessionPolicy'
  | 'NarrowingUndetermined'
  | 'NoEffectivePermissions'
  | 'ResourcePolicyHasNoEffect'
  | 'RoleInAnotherAccount'
  | 'RoleTooLarge'
  | 'RoleTrustPolicy'
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
  /** The property of the association that is at fault. */
  readonly property: string;
  /** Everything that left it undetermined. The message may name only a part. */
  readonly reasons?: readonly Reason[];
}

export interface Finding extends Problem {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly association: Association;
}
