import { RuleId, Severity } from './finding';

/** How findings are reported. */
export interface CheckSettings {
  /** Warnings about whether session policies narrow are errors. */
  readonly strict: boolean;
  /** Severities other than the rules' own. */
  readonly severities: ReadonlyMap<RuleId, Severity | 'off'>;
  /** Generated names differ from every written name, and from each other. */
  readonly distinctResources: boolean;
}

export const DEFAULT_SETTINGS: CheckSettings = { strict: false, severities: new Map(), distinctResources: true };

/** The warnings about narrowing, which `strict` turns into errors. `SessionPolicyExceedsRole` is an error anyway. */
const NARROWING_FAMILY: ReadonlySet<RuleId> = new Set<RuleId>(['NarrowingUndetermined', 'SessionPolicyDoesNotNarrow', 'StatementHasNoEffect']);

export function severityOf(
  { id, severity }: { readonly id: RuleId; readonly severity: Severity }, { strict, severities }: CheckSettings,
): Severity | 'off' {
  return severities.get(id) ?? (strict && NARROWING_FAMILY.has(id) ? 'error' : severity);
}
