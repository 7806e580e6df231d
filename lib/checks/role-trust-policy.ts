import { CheckContext } from './check-context';
import { describeRole } from './describe';
import { Check } from './finding';
import { ASSUME_ACTIONS, EKS_SERVICE, mayBeEks, mayLet, trustStatements } from './trust-policy';
import { ResourceRef, TemplateSet } from '../template/template-set';

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
      message: `The trust policy of ${describeRole(role)} does not let ${EKS_SERVICE} do ${missing.join(' and ')}. The deployment of ${path} `
        + 'fails: InvalidParameterException, "Trust policy of the role provided is invalid".',
      fix: 'Use a PodIdentityRole, or add to the trust policy '
        + `{"Effect":"Allow","Principal":{"Service":"${EKS_SERVICE}"},"Action":["sts:AssumeRole","sts:TagSession"]}.`,
    }];
  },
};

const MISSING = new WeakMap<ResourceRef['resource'], string[]>();

/** What the trust policy does not let EKS do. Many associations share a role: read once. */
function missingActions(role: ResourceRef, templates: TemplateSet): string[] {
  const known = MISSING.get(role.resource);
  if (known) { return known; }
  const statements = trustStatements(role, templates);
  const missing = ASSUME_ACTIONS.filter((action) => !statements.some((statement) => mayLet(statement, action, mayBeEks)));
  MISSING.set(role.resource, missing);
  return missing;
}
