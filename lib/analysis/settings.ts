import { RuleId, Severity } from './finding';

/** How findings are reported. */
export interface CheckSettings {
  /** Warnings about whether session policies narrow are errors. */
  readonly strict: boolean;
  /** What rules are to be, other than what they are. */
  readonly severities: ReadonlyMap<RuleId, Severity | 'off'>;
  /** Generated names are taken to be other names than all that are written, and than each other. */
  readonly distinctResources: boolean;
}

export const DEFAULT_SETTINGS: CheckSettings = { strict: false, severities: new Map(), distinctResources: true };

/** The rules that are about whether a session policy narrows; what exceeds is an error anyway. */
const NARROWING_FAMILY: ReadonlySet<RuleId> = new Set<RuleId>(['NarrowingUndetermined', 'SessionPolicyDoesNotNarrow', 'StatementHasNoEffect']);

export function severityOf(
  { id, severity }: { readonly id: RuleId; readonly severity: Severity }, { strict, severities }: CheckSettings,
): Severity | 'off' {
  return severities.get(id) ?? (strict && NARROWING_FAMILY.has(id) ? 'error' : severity);
}
