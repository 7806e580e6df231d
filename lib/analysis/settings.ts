import { RuleId, Severity } from './finding';
import { Reader } from './reader';
import { OrganizationLayers } from '../organization-policies/organization-layers';

/** How findings are reported. */
export interface CheckSettings {
  /** Warnings about whether session policies narrow are errors. */
  readonly strict: boolean;
  /** Severities other than the rules' own. */
  readonly severities: ReadonlyMap<RuleId, Severity | 'off'>;
  /** Generated names differ from every written name, and from each other. */
  readonly distinctResources: boolean;
  /** Who reads the findings. @default - the author of a CDK app */
  readonly reader?: Reader;
  /** The policies of the organization that the accounts of the associations are in. @default - they are not known, and count as if they allow everything */
  readonly organization?: OrganizationLayers;
}

export const DEFAULT_SETTINGS: CheckSettings = { strict: false, severities: new Map(), distinctResources: true };

/** The severities of the rules about narrowing under `strict`. `SessionPolicyExceedsRole` is an error anyway. */
const UNDER_STRICT: ReadonlyMap<RuleId, Severity> = new Map<RuleId, Severity>([
  ['GuardrailLimitsSessionPolicy', 'warning'],
  ['NarrowingUndetermined', 'error'],
  ['SessionPolicyDoesNotNarrow', 'error'],
  ['SessionPolicyOmitsCondition', 'error'],
  ['StatementHasNoEffect', 'error'],
  ['TemplateNotExamined', 'error'],
]);

export function severityOf(
  { id, severity }: { readonly id: RuleId; readonly severity: Severity | 'off' }, { strict, severities }: CheckSettings,
): Severity | 'off' {
  return severities.get(id) ?? (strict ? UNDER_STRICT.get(id) : undefined) ?? severity;
}
