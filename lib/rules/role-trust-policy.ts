/**
 * Reports a role that does not trust EKS. EKS rejects a role that does not trust it for both actions, even if session tags are
 * disabled.
 *
 * Invariant: only a trust policy that is certain to be wrong is reported; see trust-policy.ts.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { ASSUME_ACTIONS, EKS_SERVICE, mayAllow, mayBeEks } from '../analysis/trust-policy';
import { Json } from '../engine';
import { InvalidText } from '../template/parse-document';
import { memoize } from '../util/memo';

export const ROLE_TRUST_POLICY: Rule = {
  id: 'RoleTrustPolicy',
  severity: 'error',
  check: (association, context) => {
    const { role } = association;
    const trust = context.trustStatements(role);
    const invalid = trust?.find((statement) => statement instanceof InvalidText);
    if (invalid) {
      return [{
        property: 'RoleArn',
        message: `AWS cannot read the trust policy of ${describeRole(role)}: ${invalid.reason}. The deployment of the role fails, and ${association.path} needs it.`,
        fix: 'Correct the JSON text of AssumeRolePolicyDocument, or write the document as an object.',
      }];
    }
    const missing = trust ? missingIn(trust) : [];
    return missing.length === 0 ? [] : [{
      property: 'RoleArn',
      message: `The trust policy of ${describeRole(role)} does not let ${EKS_SERVICE} do ${missing.join(' and ')}. The deployment of ${association.path} `
        + 'fails: InvalidParameterException, "Trust policy of the role provided is invalid".',
      fix: `${context.reader === 'CDK app' ? 'Use a PodIdentityRole, or add' : 'Add'} to the trust policy of ${describeRole(role)} `
        + `{"Effect":"Allow","Principal":{"Service":"${EKS_SERVICE}"},"Action":["sts:AssumeRole","sts:TagSession"]}.`,
    }];
  },
};

/** The actions that the trust policy does not let EKS do. Many associations share a role: computed once. */
const missingIn = memoize((trust: readonly Json[]) => (
  ASSUME_ACTIONS.filter((action) => !trust.some((statement) => mayAllow(statement, action, mayBeEks)))));
