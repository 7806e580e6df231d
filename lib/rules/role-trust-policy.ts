/**
 * Reports a role that EKS cannot assume. EKS rejects a role that does not trust it for both actions, even if session tags are
 * disabled. A condition on session tags that EKS does not send, or on another account, is accepted, and nobody can assume the role.
 *
 * Invariant: only a trust policy that is certain to be wrong is reported; see trust-policy.ts.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { describeRole } from '../analysis/describe';
import { Problem } from '../analysis/finding';
import { unmatchedWithout } from '../analysis/missing-keys';
import { holdsIfMissing, isRequestTag, keepingTags, lacksSessionTags, sessionTagsOf } from '../analysis/session-tags';
import { describeFailing, isFailed } from '../analysis/trust-conditions';
import { ASSUME_ACTIONS, certainlyDenies, conditionsOf, EKS_SERVICE, mayAllow, mayBeEks, withoutPrincipal } from '../analysis/trust-policy';
import { ConditionEntry, Json } from '../engine';
import { Association } from '../template/associations';
import { InvalidText } from '../template/parse-document';
import { Value } from '../template/value';
import { memoize } from '../util/memo';

export const ROLE_TRUST_POLICY: Rule = {
  id: 'RoleTrustPolicy',
  severity: 'error',
  check: (association, context) => {
    const { role } = association;
    const trust = context.trustStatements(role);
    if (!trust) { return []; }
    const invalid = trust.find((statement) => statement instanceof InvalidText);
    if (invalid) {
      return [{
        code: 'NotJson',
        property: 'RoleArn',
        message: `AWS cannot read the trust policy of ${describeRole(role)}: ${invalid.reason}. The deployment of the role fails, and ${association.path} needs it.`,
        fix: 'Correct the JSON text of AssumeRolePolicyDocument, or write the document as an object.',
      }];
    }
    const missing = missingIn(trust);
    return missing.length === 0 ? whyNobodyCan(trust, association, context) : [{
      code: missing.length > 1 ? 'EksNotTrusted' : missing[0] === 'sts:TagSession' ? 'TagSessionNotTrusted' : 'AssumeRoleNotTrusted',
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

/** One reason why nobody can assume the role is enough. */
function whyNobodyCan(trust: readonly Json[], association: Association, context: CheckContext): Problem[] {
  const ofTags = unmetConditions(trust, association, context);
  return ofTags.length > 0 ? ofTags : ofAnotherAccount(trust, association);
}

/** Without session tags, EKS needs sts:AssumeRole only; with them, a statement for it is not enough, but it is needed. */
function unmetConditions(trust: readonly Json[], association: Association, context: CheckContext): Problem[] {
  const lacksTags = lacksSessionTags(association);
  const why = lacksTags ? unmetWithoutTags(trust) : unmetWithTags(trust, sessionTagsOf(association, context.evaluator));
  if (why === undefined) { return []; }
  const { path, policy, role } = association;
  const property = context.reader === 'CDK app' ? 'disableSessionTags' : 'DisableSessionTags';
  const noTags = policy === undefined ? `${property} is true` : 'EKS sends no session tags together with a session policy';
  return [{
    code: lacksTags ? 'SessionTagsRequired' : 'OtherSessionTagsRequired',
    property: 'RoleArn',
    message: `The trust policy of ${describeRole(role)} does not let ${EKS_SERVICE} do sts:AssumeRole: ${why}${lacksTags ? ` (${noTags})` : ''}. `
      + `EKS then cannot assume the role for ${path}, and its pods get no credentials.`,
    fix: lacksTags ? 'Remove the conditions on session tags from the trust policy, and let only those who may use the role pass it (iam:PassRole). '
      + `Or keep the tags: ${keepingTags(association, context.reader)}.`
      : `Add what EKS sends to the values of the condition, or give ${path} the role that was meant.`,
  }];
}

/** Many associations share a role: computed once. */
const unmetWithoutTags = memoize((trust: readonly Json[]): string | undefined => {
  const denying = trust.map(deniesWithoutTags).find((entry) => entry !== undefined);
  if (denying) { return `it denies requests without ${denying.keyName}, and EKS does not send it`; }
  const unmet = statementsFor(trust).map((statement) => {
    const read = withoutPrincipal(statement, 0, 'the role');
    return read && unmatchedWithout(isRequestTag, read)?.because.join(' and ');
  });
  return unmet.every((because) => because !== undefined) ? `it requires ${unmet[0]}, and EKS does not send it` : undefined;
});

function unmetWithTags(trust: readonly Json[], sent: ReadonlyMap<string, Value>): string | undefined {
  const unmet = statementsFor(trust).map((statement) => conditionsOf(statement).find((entry) => isFailed(entry, sent.get(entry.key))));
  return unmet.every((entry) => entry !== undefined) ? describeFailing(unmet[0]!, sent.get(unmet[0]!.key)) : undefined;
}

/** The statements that may let EKS assume the role. */
function statementsFor(trust: readonly Json[]): readonly Json[] {
  return trust.filter((statement) => mayAllow(statement, 'sts:AssumeRole', mayBeEks));
}

/** The condition by which a Deny statement applies to every request without session tags. */
function deniesWithoutTags(statement: Json): ConditionEntry | undefined {
  if (!certainlyDenies(statement, 'sts:AssumeRole')) { return undefined; }
  const conditions = conditionsOf(statement);
  return conditions.length > 0 && conditions.every((entry) => isRequestTag(entry.key) && holdsIfMissing(entry)) ? conditions[0] : undefined;
}

/**
 * EKS sends the account and the ARN of the cluster, and the association is in the cluster's account.
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3743
 */
function ofAnotherAccount(trust: readonly Json[], { path, role, ref }: Association): Problem[] {
  const { account } = ref.stack;
  if (account === undefined || !/^\d{12}$/.test(account)) { return []; }
  const failing = conditionsOfTrust(trust).map((conditions) => conditions.find((condition) => requiresAnotherAccount(condition, account)));
  const [first] = failing;
  if (!first || failing.includes(undefined)) { return []; }
  return [{
    code: 'OtherAccountRequired',
    property: 'RoleArn',
    message: `The trust policy of ${describeRole(role)} lets ${EKS_SERVICE} assume it only if ${first.keyName} is ${first.values.map((value) => `'${value}'`).join(' or ')} `
      + `(${first.operator}). ${path} and its cluster are in account ${account}, which EKS sends there: the pods get no credentials.`,
    fix: `Write account ${account} in the condition on ${first.keyName}, or remove the condition.`,
  }];
}

/** The conditions of each statement that may trust EKS. Many associations share a role: computed once. */
const conditionsOfTrust = memoize((trust: readonly Json[]) => (
  trust.filter((statement) => ASSUME_ACTIONS.some((action) => mayAllow(statement, action, mayBeEks))).map(conditionsOf)));

/** The keys whose values name an account, and the field that it has in them. */
const ACCOUNT_FIELDS: ReadonlyMap<string, number> = new Map([['aws:sourceaccount', 0], ['aws:sourcearn', 4]]);

/** Whether the condition certainly fails for a cluster of the account. */
function requiresAnotherAccount({ key, operator, values }: ConditionEntry, account: string): boolean {
  const field = ACCOUNT_FIELDS.get(key);
  if (field === undefined || !/^(StringEquals|StringLike|ArnEquals|ArnLike)$/.test(operator) || values.length === 0) { return false; }
  const accounts = values.map((value) => (typeof value === 'string' ? value.split(':')[field] : undefined));
  return accounts.every((one) => one !== undefined && /^\d{12}$/.test(one) && one !== account);
}
