import { CheckContext } from './check-context';
import { describeRole } from './describe';
import { Check } from './finding';
import { ASSUME_ACTIONS, EKS_SERVICE, mayBeEks, mayLet } from './trust-policy';

/**
 * EKS rejects a role that does not trust it for both actions, even where session tags are disabled.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export const ROLE_TRUST_POLICY: Check<CheckContext> = {
  id: 'RoleTrustPolicy',
  severity: 'error',
  check: ({ path, role }, context) => {
    const trust = context.trustStatements(role);
    const missing = trust ? ASSUME_ACTIONS.filter((action) => !trust.some((statement) => mayLet(statement, action, mayBeEks))) : [];
    return missing.length === 0 ? [] : [{
      property: 'RoleArn',
      message: `The trust policy of ${describeRole(role)} does not let ${EKS_SERVICE} do ${missing.join(' and ')}. The deployment of ${path} `
        + 'fails: InvalidParameterException, "Trust policy of the role provided is invalid".',
      fix: 'Use a PodIdentityRole, or add to the trust policy '
        + `{"Effect":"Allow","Principal":{"Service":"${EKS_SERVICE}"},"Action":["sts:AssumeRole","sts:TagSession"]}.`,
    }];
  },
};
