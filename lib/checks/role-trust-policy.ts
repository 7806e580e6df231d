import { actionMatches, Json, Text, Unknown } from '../engine';
import { CheckContext } from './check-context';
import { describeRole } from './describe';
import { Check } from './finding';
import { documentOf } from '../template/document-of';
import { ResourceRef, TemplateSet } from '../template/template-set';

const SERVICE = 'pods.eks.amazonaws.com';
const ACTIONS = ['sts:AssumeRole', 'sts:TagSession'];

/**
 * EKS rejects a role that does not trust it for both actions, even where session tags are disabled.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export const ROLE_TRUST_POLICY: Check<CheckContext> = {
  id: 'RoleTrustPolicy',
  severity: 'error',
  check: ({ path, role }, { templates }) => {
    if (!role.defined) { return []; }
    const missing = missingActions(role.defined, templates);
    return missing.length === 0 ? [] : [{
      property: 'RoleArn',
      message: `The trust policy of ${describeRole(role)} does not let ${SERVICE} do ${missing.join(' and ')}. The deployment of ${path} `
        + 'fails: InvalidParameterException, "Trust policy of the role provided is invalid".',
      fix: 'Use a PodIdentityRole, or add to the trust policy '
        + `{"Effect":"Allow","Principal":{"Service":"${SERVICE}"},"Action":["sts:AssumeRole","sts:TagSession"]}.`,
    }];
  },
};

const MISSING = new WeakMap<ResourceRef['resource'], string[]>();

/** What the trust policy does not let EKS do. Many associations share a role: read once. */
function missingActions(role: ResourceRef, templates: TemplateSet): string[] {
  const known = MISSING.get(role.resource);
  if (known) { return known; }
  const trust = documentOf(role.resource.Properties?.AssumeRolePolicyDocument ?? {}, role.stack, templates);
  const statements = statementsOf(trust);
  const missing = ACTIONS.filter((action) => !statements.some((statement) => mayAllow(statement, action)));
  MISSING.set(role.resource, missing);
  return missing;
}

function statementsOf(trust: Json): readonly Json[] {
  if (trust instanceof Unknown || !isObject(trust)) { return [trust]; }
  const statement = trust.Statement;
  return Array.isArray(statement) ? statement : statement === undefined ? [] : [statement as Json];
}

/** Whether the statement allows the action to EKS, as far as can be told: what is unknown is taken to be right. */
function mayAllow(statement: Json, action: string): boolean {
  if (!isObject(statement)) { return statement instanceof Unknown; }
  if (statement.Effect === 'Deny' || !mayBeEks(statement.Principal)) { return false; }
  if (statement.Action === undefined) { return statement.NotAction !== undefined; }
  return listOf(statement.Action).some((pattern) => typeof pattern !== 'string' || actionMatches(pattern, action));
}

function mayBeEks(principal: Json | undefined): boolean {
  if (principal === undefined) { return false; }
  if (!isObject(principal)) { return true; } // '*', or unknown
  return Object.entries(principal).some(([type, value]) => type === 'Service'
    ? listOf(value).some((name) => typeof name !== 'string' || name === SERVICE || name === '*')
    : type === 'AWS' && listOf(value).includes('*'));
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown) && !(value instanceof Text);
}
