import type { Severity } from '../../lib/analysis/finding';

/** The rules that need a live cluster, in addition to those of lib/rules. Their ids are public. */
export type AuditRuleId =
  | 'RoleNotFound'
  | 'MissingAssociation'
  | 'UnexpectedAssociation'
  | 'ChangedSessionPolicy'
  | 'ChangedSessionTags'
  | 'ChangedRole'
  | 'ChangedTargetRole'
  | 'DriftUndetermined';

export interface AuditRule {
  readonly id: AuditRuleId;
  readonly severity: Severity;
  readonly sentence: string;
}

export const ROLE_NOT_FOUND: AuditRule = {
  id: 'RoleNotFound', severity: 'error', sentence: 'The role or the target role of an association does not exist, so its pods get no credentials.',
};

/** The rules that `--against` adds. */
export const DRIFT_RULES: readonly AuditRule[] = [
  { id: 'MissingAssociation', severity: 'error', sentence: 'The templates contain an association that the cluster does not have.' },
  { id: 'UnexpectedAssociation', severity: 'error', sentence: 'The cluster has an association that no template contains.' },
  { id: 'ChangedSessionPolicy', severity: 'error', sentence: "The session policy in the cluster allows a request that the template's does not allow, or the reverse." },
  { id: 'ChangedSessionTags', severity: 'error', sentence: 'Session tags are disabled in the cluster and not in the template, or the reverse.' },
  { id: 'ChangedRole', severity: 'error', sentence: 'The role in the cluster is different from the role in the template.' },
  { id: 'ChangedTargetRole', severity: 'error', sentence: 'The target role in the cluster is different from the target role in the template.' },
  { id: 'DriftUndetermined', severity: 'warning', sentence: 'The command could not determine whether the cluster matches a template.' },
];

export const AUDIT_RULES: readonly AuditRule[] = [ROLE_NOT_FOUND, ...DRIFT_RULES];
