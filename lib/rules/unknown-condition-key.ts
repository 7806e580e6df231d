/**
 * Reports a condition key that no request of its statement has, in a condition or as a policy variable. AWS accepts any name, and
 * treats the key as missing.
 *
 * Invariant: a key is reported only if its name is literal, and the reference data lists it for other actions, or not at all, or if
 * only other principals than the sessions of a role have it and the statement cannot match without it. Other global keys and the
 * exceptions below never are.
 */
import { Rule } from './rule';
import { listSome } from '../analysis/describe';
import { Problem } from '../analysis/finding';
import { unmatchedWithout } from '../analysis/missing-keys';
import { acknowledging, Reader } from '../analysis/reader';
import { ConditionEntry, describeStatement, holdsForMissingKey, isKeyOfOtherPrincipals, servicePrefixOf, Statement } from '../engine';
import { actionsMatching } from '../reference/action-facts';
import { actionsWithKey, isConditionKey, isGlobalConditionKey, nearestConditionKey, prefixOfKey } from '../reference/condition-keys';
import { isServicePrefix, servicesAsOf } from '../reference/services';
import { Association } from '../template/associations';

export const UNKNOWN_CONDITION_KEY: Rule = {
  id: 'UnknownConditionKey',
  severity: 'warning',
  check: (association, context) => (context.readableSession(association)?.statements ?? []).flatMap((statement) => [
    ...statement.conditions.flatMap((entry) => {
      const why = typeof entry.keyName === 'string' ? whyMissing(entry.keyName, statement, context.reader) : undefined;
      return why ? [describe(entry, why, statement, association)] : [];
    }),
    ...ofOtherPrincipals(statement, association),
  ]),
};

/**
 * What a statement loses because the pods are sessions of a role: they have no `aws:username`, say.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-infotouse
 */
function ofOtherPrincipals(statement: Statement, { path }: Association): Problem[] {
  const unmatched = unmatchedWithout(isKeyOfOtherPrincipals, statement);
  if (!unmatched) { return []; }
  const { because, resources } = unmatched;
  const on = resources ? ` on ${resources.map((resource) => `'${resource}'`).join(', ')}` : '';
  return [{
    code: 'KeyOfOtherPrincipals',
    property: 'Policy',
    message: `${path}: ${describeStatement(statement)} needs a condition key that requests of the pods never have (${some(because)}): the pods are sessions of a role, not IAM users, `
      + `EC2 instances or AWS services. The statement ${statement.effect === 'Allow' ? 'allows' : 'denies'} nothing${on}`
      + `${statement.effect === 'Allow' ? ': the pods get AccessDenied, unless another statement allows it.' : ', so it does not deny what it is meant to deny.'}`,
    fix: 'Write the value: the session policy applies to the pods of one service account. Or remove what needs the key.',
  }];
}

/**
 * Keys of the credentials: every request that is made with them has the keys.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
const KEYS_OF_CREDENTIALS: ReadonlySet<string> = new Set([
  'ec2:roledelivery', 'ec2:sourceinstancearn', 'glue:credentialissuingservice', 'glue:roleassumedby', 'lambda:sourcefunctionarn', 'ssm:sourceinstancearn',
]);

/**
 * Keys that AWS's own policies test (AWSSSOServiceRolePolicy, AmazonDataZoneGlueManageAccessRolePolicy, AnthropicFullAccess), and that the reference
 * does not have, or not for the actions of those statements.
 */
const NOT_IN_REFERENCE: ReadonlySet<string> = new Set(['aws-marketplace:productid', 'aws:principalorgmasteraccountid', 'lakeformation:gluearn']);

interface Missing {
  readonly code: 'UnknownKey' | 'KeyOfOtherActions';
  readonly what: string;
  readonly fix: string;
}

/** `undefined` if a request of the statement may have the key. */
function whyMissing(key: string, statement: Statement, reader: Reader): Missing | undefined {
  if (isGlobalConditionKey(key) || [KEYS_OF_CREDENTIALS, NOT_IN_REFERENCE].some((keys) => keys.has(key.toLowerCase()))) { return undefined; }
  const services = servicesOf(statement);
  if (services === 'any' || services === 'not known') { return isConditionKey(key) || services === 'not known' ? undefined : noKey(key, reader); }
  if (!isConditionKey(key)) { return noKey(key, reader); }
  const prefix = prefixOfKey(key);
  const having = [...actionsWithKey(prefix, key)];
  // The reference does not tell which requests have a key that it lists for no action, or under a name that is not a service's.
  if (having.length === 0 || statement.actions.patterns.some(({ source }) => hasKey(String(source), key))) { return undefined; }
  const elsewhere = services.includes(prefix) ? '' : `, and no request of ${some(services)} at all`;
  return {
    code: 'KeyOfOtherActions',
    what: `which no request of ${some(statement.actions.patterns.map(({ source }) => String(source)))} contains. According to the service authorization reference of `
      + `${servicesAsOf()}, requests of ${some(having)} contain it${elsewhere}`,
    fix: `Remove the condition here. If you need it for ${some(having)}, move it to a separate statement.`,
  };
}

function noKey(key: string, reader: Reader): Missing {
  const added = `If AWS has added ${key} since then, ${acknowledging('UnknownConditionKey', reader)}.`;
  const meant = nearestConditionKey(key);
  return {
    code: 'UnknownKey',
    what: `which is not a condition key of the service authorization reference of ${servicesAsOf()}. Unless AWS has added it since then, no request has it`,
    fix: meant === undefined
      ? 'Look the key up at https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html, and '
        + `correct or remove it. ${added}`
      : `Write ${meant}, if that is what you mean. ${added}`,
  };
}

/** The services of the statement's actions; `any` if it does not list them, `not known` if one may be newer than the reference. */
function servicesOf({ actions }: Statement): readonly string[] | 'any' | 'not known' {
  const sources = actions.patterns.map(({ source }) => source);
  if (actions.negated || sources.includes('*')) { return 'any'; }
  if (sources.some((source) => typeof source !== 'string' || actionsMatching(source).length === 0)) { return 'not known'; }
  return [...new Set(sources.map((source) => servicePrefixOf(source)!))];
}

function hasKey(action: string, key: string): boolean {
  const service = servicePrefixOf(action)!;
  const having = actionsWithKey(service, key);
  return isServicePrefix(service) && having.size > 0 && actionsMatching(action).some(({ name }) => having.has(name));
}

function describe(
  { keyName, operator, meaning }: ConditionEntry, { code, what, fix }: Missing, statement: Statement, { path }: Association,
): Problem {
  const effect = effectOf(meaning && holdsForMissingKey(meaning), statement);
  const message = `${path}: ${describeStatement(statement)} tests ${keyName} (${operator}), ${what}. ${effect}`;
  return { code, property: 'Policy', message, fix };
}

/** What the statement does if the key is missing. */
function effectOf(holds: boolean | undefined, { effect }: Statement): string {
  if (holds === undefined) { return 'AWS does not document whether this operator is met if the key is missing.'; }
  if (holds) {
    return effect === 'Allow'
      ? 'The condition is then always met, so it limits nothing: the statement allows the same without it.'
      : 'The condition is then always met, so it exempts nothing: the statement denies the same without it.';
  }
  return effect === 'Allow'
    ? 'The condition is then never met, so the statement allows nothing: the pods get AccessDenied, unless another statement allows it.'
    : 'The condition is then never met, so the statement denies nothing.';
}

const SHOWN = 3;

function some(names: readonly string[]): string {
  return listSome(names, SHOWN);
}
