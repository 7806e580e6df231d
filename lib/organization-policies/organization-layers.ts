/**
 * The layers of an organization, and the requests that they certainly apply to. `analysis/check-context.ts` adds them to those of a role.
 */
import { ControlLevel } from './control-policy';
import { layerOfLevel } from './level-layer';
import { actionPattern, Layer, readCondition, serviceOf, Statement } from '../engine';
import { memoize } from '../util/memo';

/** The layers of the levels of an organization. */
export interface OrganizationLayers {
  /** They limit the principals of an account. */
  readonly serviceControl: readonly Layer[];
  /** They limit the resources of an account. */
  readonly resourceControl: readonly Layer[];
}

/** @throws ControlPolicyError for policies that AWS would reject */
export function organizationLayers(serviceControl: readonly ControlLevel[], resourceControl: readonly ControlLevel[]): OrganizationLayers {
  return {
    serviceControl: serviceControl.map((level) => layerOfLevel('service control', level)),
    resourceControl: resourceControl.map((level) => layerOfLevel('resource control', level)),
  };
}

/**
 * Services whose resources resource control policies apply to. AWS adds services: for others, that a policy applies is possible.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
 */
const SERVICES_WITH_RESOURCE_CONTROL: ReadonlySet<string> = new Set([
  'aoss', 'cognito-identity', 'cognito-idp', 'dynamodb', 'ecr', 'kms', 'logs', 's3', 'secretsmanager', 'sqs', 'sts',
]);

/**
 * The layer of resource control policies, denying only what they deny for certain: requests on resources of the role's own account. A
 * resource of another account may be outside of the levels, or of the organization.
 */
export const ofOwnResources: (layer: Layer) => Layer = memoize((layer: Layer) => ({
  ...layer, policies: layer.policies.map((policy) => ({ ...policy, statements: policy.statements.flatMap(ofOwnResource) })),
}));

const EVERY_ACTION = [...SERVICES_WITH_RESOURCE_CONTROL].map((service) => actionPattern(`${service}:*`));

const OWN_RESOURCE = readCondition('StringEquals', 'aws:ResourceAccount', ['${aws:PrincipalAccount}']);

function ofOwnResource(statement: Statement): Statement[] {
  const { effect, actions, conditions } = statement;
  if (effect === 'Allow') { return [statement]; }
  const patterns = actions.patterns.flatMap((pattern) => {
    if (pattern.source === '*') { return EVERY_ACTION; }
    return SERVICES_WITH_RESOURCE_CONTROL.has(serviceOf({ negated: false, patterns: [pattern] }) ?? '') ? [pattern] : [];
  });
  if (patterns.length === 0) { return []; }
  return [{ ...statement, actions: { negated: false, patterns }, conditions: [...conditions, OWN_RESOURCE], whole: statement }];
}
