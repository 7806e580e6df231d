import { Association } from '../template/associations';

/** Rule ids are public: people acknowledge them, and pipelines look for them. */
export type RuleId =
  | 'ActionResourceMismatch'
  | 'DuplicateAssociation'
  | 'InvalidKubernetesName'
  | 'InvalidSessionPolicy'
  | 'NarrowingUndetermined'
  | 'NoEffectivePermissions'
  | 'RoleInAnotherAccount'
  | 'RoleTrustPolicy'
  | 'SessionPolicyDoesNotNarrow'
  | 'SessionPolicyEscape'
  | 'SessionPolicyExceedsRole'
  | 'SessionPolicyMayBeTooLarge'
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

/** What a check says of an association. */
export interface Problem {
  /** What will happen on AWS, and when. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** The property of the association that is at fault. */
  readonly property: string;
}

export interface Finding extends Problem {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly association: Association;
}

/** One rule. It looks at one association and may look at what else the app has. */
export interface Check<Context> {
  readonly id: RuleId;
  readonly severity: Severity;
  readonly check: (association: Association, context: Context) => readonly Problem[];
}
