/** Organizations and associations in them, for the tests of their policies. */
import { CheckSettings, DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { organizationLayers } from '../../lib/organization-policies/organization-layers';
import { levelIn } from '../../lib/organization-policies/read-level';
import { runRules } from '../../lib/rules/run-rules';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';
import { association, policy, role, stackOf } from '../rules/app';

export const EUROPE = { region: 'eu-west-1', account: '111122223333' };

/** The policies of each level, and of resources. A level is one policy, or a list of them. */
export interface Organization {
  readonly scp?: readonly unknown[];
  readonly rcp?: readonly unknown[];
}

export function settingsOf({ scp = [], rcp = [] }: Organization, more: Partial<CheckSettings> = {}): CheckSettings {
  const levels = (kind: string, values: readonly unknown[]) => (
    values.map((value, i) => levelIn(value, JSON.stringify(value), `${kind}-${i}.json`)));
  return { ...DEFAULT_SETTINGS, ...more, organization: organizationLayers(levels('scp', scp), levels('rcp', rcp)) };
}

/** Pods in Europe with this session policy, on a role named `app` that may do everything. */
export function podsOf(
  session: readonly unknown[], permissions: readonly unknown[] = [EVERYTHING], RoleName?: string,
): StackTemplate {
  return stackOf({ Pods: association(session), Role: role(permissions, { RoleName: RoleName ?? 'app' }) }, EUROPE);
}

export const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };

export function findingsUnder(organization: Organization, stack: StackTemplate, more: Partial<CheckSettings> = {}) {
  return runRules(new TemplateSet([stack]), { settings: settingsOf(organization, more) });
}

/** A statement of a resource control policy. */
export function rcpStatement(Action: unknown, Resource: unknown = '*', Condition?: unknown) {
  return { Effect: 'Deny', Principal: '*', Action, Resource, ...(Condition ? { Condition } : {}) };
}

/** A policy of one statement, or of several. */
export const control = policy;
