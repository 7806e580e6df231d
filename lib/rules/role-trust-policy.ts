/**
 * Reports a role that EKS cannot assume. EKS rejects a role that does not trust it for both actions, even if session tags are
 * disabled. It accepts a role whose conditions never hold, or that a Deny statement protects from it, and nobody can assume the role.
 *
 * Invariant: only a trust policy that is certain to be wrong is reported; see trust-policy.ts and trust-decision.ts.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
import { Rule } from './rule';
import { clusterArnOf, RequestFacts, requestOfEks } from '../analysis/assume-role-request';
import { CheckContext } from '../analysis/check-context';
import { describeRole } from '../analysis/describe';
import { describeRefusal, ExplainedRefusal, isExplained, missingKeyOf } from '../analysis/describe-refusal';
import { Problem } from '../analysis/finding';
import { hasSessionTags, isRequestTag, keepingTags, lacksSessionTags } from '../analysis/session-tags';
import { Assumer, refusalOf } from '../analysis/trust-decision';
import { ASSUME_ACTIONS, EKS_SERVICE, isEks, mayAllow, mayBeEks } from '../analysis/trust-policy';
import { ConditionEntry, isJsonObject, Json, Unresolved } from '../engine';
import { Association } from '../template/associations';
import { InvalidText } from '../template/parse-document';
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

const EKS: Assumer = { mayBe: mayBeEks, isCertainly: isEks };

/**
 * One reason why nobody can assume the role is enough. Without session tags, EKS needs sts:AssumeRole only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
function whyNobodyCan(trust: readonly Json[], association: Association, context: CheckContext): Problem[] {
  if (!mayRefuse(trust)) { return []; }
  const facts = requestOfEks(association, context.evaluator);
  for (const action of hasSessionTags(association) ? ASSUME_ACTIONS : ['sts:AssumeRole']) {
    const refusal = refusalOf(trust, action, EKS, facts);
    if (refusal && isExplained(refusal)) { return [problemOf(refusal, action, { facts, association, context })]; }
  }
  return [];
}

/** Most trust policies have neither conditions nor Deny statements. Many associations share a role: computed once. */
const mayRefuse = memoize((trust: readonly Json[]) => (
  trust.some((statement) => isJsonObject(statement) && (statement.Condition !== undefined || statement.Effect !== 'Allow'))));

interface Asked {
  readonly facts: RequestFacts;
  readonly association: Association;
  readonly context: CheckContext;
}

function problemOf(refusal: ExplainedRefusal, action: string, asked: Asked): Problem {
  const { association: { path, role }, facts } = asked;
  const { code, note = '', message, fix } = adviceOn(refusal, asked);
  return {
    code,
    property: 'RoleArn',
    message: message ?? `The trust policy of ${describeRole(role)} does not let ${EKS_SERVICE} do ${action}: ${describeRefusal(refusal, facts)}${note}. `
      + `EKS then cannot assume the role for ${path}, and its pods get no credentials.`,
    fix,
  };
}

interface Advice {
  readonly code: string;
  /** What explains the value that EKS sends. */
  readonly note?: string;
  /** @default - what the trust policy requires, and what EKS sends */
  readonly message?: string;
  readonly fix: string;
}

function adviceOn(refusal: ExplainedRefusal, asked: Asked): Advice {
  const { association, facts } = asked;
  const entries = refusal.kind === 'condition' ? [refusal.entry] : refusal.statement.conditions;
  const missing = entries.map((entry) => missingKeyOf(entry, facts));
  const needsTags = missing.length > 0 && missing.every((key) => key !== undefined && isOfTags(key));
  if (needsTags && lacksSessionTags(association)) { return withoutTags(asked); }
  if (refusal.kind === 'denied') {
    return { code: 'DeniedByTrustPolicy', fix: `Except from that Deny statement what EKS sends for ${association.path}, or give the association another role.` };
  }
  const { entry } = refusal;
  if (isOfTags(entry.key) && missing[0] === undefined) {
    return { code: 'OtherSessionTagsRequired', fix: `Add what EKS sends to the values of the condition, or give ${association.path} the role that was meant.` };
  }
  if (missing[0] !== undefined) { return notSent(entry, asked); }
  return ofSource(entry, asked) ?? {
    code: 'ConditionNotMet', fix: `Correct the condition on ${entry.keyName}, or give ${association.path} the role that was meant.`,
  };
}

function withoutTags({ association, context: { reader } }: Asked): Advice {
  const property = reader === 'CDK app' ? 'disableSessionTags' : 'DisableSessionTags';
  return {
    code: 'SessionTagsRequired',
    note: ` (${association.policy === undefined ? `${property} is true` : 'EKS sends no session tags together with a session policy'})`,
    fix: 'Remove the conditions on session tags from the trust policy, and let only those who may use the role pass it (iam:PassRole). '
      + `Or keep the tags: ${keepingTags(association, reader)}.`,
  };
}

function notSent({ keyName }: ConditionEntry, { association, context }: Asked): Advice {
  const arn = clusterArnOf(association, context.evaluator);
  const narrower = arn instanceof Unresolved ? '' : ` To let only this cluster use the role, require what EKS sends: {"ArnEquals":{"aws:SourceArn":${JSON.stringify(arn)}}}.`;
  return { code: 'KeyNotSent', fix: `Remove the condition on ${keyName} from the statement for ${EKS_SERVICE}.${narrower}` };
}

/** EKS sends the account and the ARN of the cluster, and the association is in the cluster's account. */
function ofSource(entry: ConditionEntry, { association, facts }: Asked): Advice | undefined {
  const { key, keyName, operator, values } = entry;
  const field = ACCOUNT_FIELDS.get(key);
  const sent = facts(key)?.[0]?.toString();
  if (field === undefined || sent === undefined || !/^(String|Arn)(Equals|Like)(IfExists)?$/.test(operator)) { return undefined; }
  const { path, role } = association;
  const account = sent.split(':')[field];
  const others = values.map((value) => (typeof value === 'string' ? value.split(':')[field] : undefined));
  if (/^\d{12}$/.test(account) && others.every((other) => other !== undefined && /^\d{12}$/.test(other) && other !== account)) {
    return {
      code: 'OtherAccountRequired',
      message: `The trust policy of ${describeRole(role)} lets ${EKS_SERVICE} assume it only if ${keyName} is ${values.map((value) => `'${value}'`).join(' or ')} `
        + `(${operator}). ${path} and its cluster are in account ${account}, which EKS sends there: the pods get no credentials.`,
      fix: `Write account ${account} in the condition on ${keyName}, or remove the condition.`,
    };
  }
  if (key !== 'aws:sourcearn') { return undefined; }
  const cluster = `Write the ARN of the cluster in the condition on ${keyName}: ${sent}`;
  return values.length > 0 && values.every((value) => ASSOCIATION_ARN.test(value.toString()))
    ? { code: 'AssociationArnRequired', note: ', the ARN of the cluster and not that of the association', fix: `${cluster}.` }
    : { code: 'OtherClusterRequired', fix: `${cluster}. Or give ${path} the role that was meant.` };
}

/** The keys whose values name an account, and the field that it has in them. */
const ACCOUNT_FIELDS: ReadonlyMap<string, number> = new Map([['aws:sourceaccount', 0], ['aws:sourcearn', 4]]);

const ASSOCIATION_ARN = /:podidentityassociation\//;

function isOfTags(key: string): boolean {
  return isRequestTag(key) || key === 'aws:tagkeys' || key === 'sts:transitivetagkeys';
}
