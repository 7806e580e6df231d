/**
 * Reports permissions of the session policy of which service control policies and resource control policies leave nothing. What they only
 * limit, such as requests to other Regions, is left to `GuardrailLimitsSessionPolicy`.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html
 */
import { Rule } from './rule';
import { codeOfDenial, deniedBecause, describeDenial, describeRequest } from '../analysis/describe-excess';
import { fixForOrganization } from '../analysis/fix-for-organization';
import { DeniedByOrganization } from '../analysis/organization-of-pods';
import { deadByOrganization } from '../analysis/outcome';
import { describeStatement, Statement, statementAsJson } from '../engine';
import { Association } from '../template/associations';

export const DENIED_BY_ORGANIZATION_POLICY: Rule = {
  id: 'DeniedByOrganizationPolicy',
  severity: 'error',
  check: (association, context) => deadByOrganization(association, context).map((denied) => ({
    code: codeOfDenial(denied.denial),
    property: 'Policy',
    message: describe(denied, association),
    fix: `${inSessionPolicy(denied)} Or ${fixForOrganization(denied.denial, association, context)}`,
    ...(!denied.isCertain && { severity: 'warning' as const }),
  })),
};

function describe({ witness, denial, isCertain }: DeniedByOrganization, { path, serviceAccount, namespace }: Association): string {
  return `${path}: the session policy allows ${describeRequest(witness)}, but the organization does not: ${describeDenial(denial)}. `
    + `AWS does not check this at deployment. At run time, the pods of service account '${serviceAccount}' in namespace '${namespace}' get `
    + `AccessDenied, "${deniedBecause(denial, witness.action)}"${isCertain ? '' : ', if the policy applies to the resource'}.`;
}

/** Maximum number of permissions that are named. */
const PARTS_NAMED = 5;

function inSessionPolicy({ statement, dead, pairs }: DeniedByOrganization): string {
  const written = `${describeStatement(statement)}, ${JSON.stringify(statementAsJson(statement))}`;
  if (dead.length === pairs) { return `Remove ${written}: the organization allows none of it.`; }
  const parts = dead.map(({ pair: { action, resource } }) => `${nameTargets(action)} on ${nameTargets(resource)}`);
  const more = parts.length - PARTS_NAMED;
  return `In ${written}, leave out ${parts.slice(0, PARTS_NAMED).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

function nameTargets({ negated, patterns }: Statement['actions']): string {
  return `${negated ? 'all but ' : ''}${patterns.map(({ source }) => source).join(', ')}`;
}
