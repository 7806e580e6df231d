/**
 * Completes the known properties of the role with values that its policies show, and with symbolic variables for unknown values: even an
 * unknown role has one account and one ARN. `decision.ts` asks for it once.
 *
 * A value from the policies is an assumption, and verdicts name it. A symbolic variable decides nothing by itself.
 */
import { memoize } from '../../util/memo';
import { parseDate } from '../policy/parse-value';
import { ConditionEntry, Policy } from '../policy/policy';
import { Principal } from '../policy/principal';
import { NarrowingQuestion } from '../policy/verdict';
import { CompletePrincipal } from '../regions/key-facts';
import { arnFields, plainText } from '../strings/pattern';
import { SymbolicString, SymbolicVariable, VariableKind } from '../strings/symbolic-string';

const LOWER_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

const ACCOUNT_KIND: VariableKind = {
  name: 'account id', characters: '0123456789', minLength: 12, maxLength: 12, generated: false, example: '111122223333',
};
const PARTITION_KIND: VariableKind = { name: 'partition', characters: `${LOWER_AND_DIGITS}-`, minLength: 3, generated: false, example: 'aws' };
/** The characters of names and paths of roles: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLE_KIND: VariableKind = {
  name: 'role name', characters: `${LOWER_AND_DIGITS}${LOWER_AND_DIGITS.toUpperCase()}+=,.@_-/`, minLength: 1, generated: false, example: 'example-role',
};
const ORGANIZATION_KIND: VariableKind = { name: 'organization id', characters: `${LOWER_AND_DIGITS}-`, minLength: 12, generated: false, example: 'o-a1b2c3d4e5' };

const ACCOUNT_OF_ROLE = unknown('account of the role', ACCOUNT_KIND);
const ORGANIZATION_OF_ROLE = unknown('organization of the role', ORGANIZATION_KIND);

function unknown(label: string, kind: VariableKind): SymbolicVariable {
  return { id: label, label: `<${label}>`, kind };
}

/** @param asOf the date of the reference data */
export function completePrincipal(question: NarrowingQuestion, asOf: string, given: Principal = {}): CompletePrincipal {
  const policies = [question.session, ...question.layers.flatMap((layer) => layer.policies)];
  const fields = typeof given.arn === 'string' ? given.arn.split(':') : [];
  const written = given.partition ?? fields[1];
  const seen = written === undefined ? partitionIn(policies) : undefined;
  const partition = written ?? seen;
  const account = given.account ?? fields[4] ?? SymbolicString.of(ACCOUNT_OF_ROLE);
  const arn = given.arn
    ?? SymbolicString.of('arn:', partition ?? unknown('partition of the role', PARTITION_KIND), ':iam::', account, ':role/', unknown('name of the role', ROLE_KIND));
  return {
    arn,
    account,
    partition,
    ...(seen !== undefined && {
      partitionAssumed: { code: 'Principal', message: `the role is in the partition '${seen}', which the ARNs of the policies name` },
    }),
    unknownKeys: unknownKeysIn(given, account),
    ...organizationOf(policies, given),
    tags: given.tags,
    newerThan: newestDateIn(policies, Date.parse(asOf) + FUTURE),
  };
}

function unknownKeysIn({ arn }: Principal, account: Principal['account']): string[] {
  return [
    ...(arn === undefined ? ['aws:principalarn'] : []),
    ...(account instanceof SymbolicString && account.parts[0] === ACCOUNT_OF_ROLE ? ['aws:principalaccount'] : []),
  ];
}

/** The only partition that the ARNs of the policies write out. */
function partitionIn(policies: readonly Policy[]): string | undefined {
  const [first, ...others] = new Set(policies.flatMap(partitionsIn));
  return others.length === 0 && first !== undefined && /^aws(-[a-z-]+)?$/.test(first) ? first : undefined;
}

/** The policies of a role are asked for each of its associations. */
const partitionsIn = memoize(({ statements }: Policy): readonly string[] => {
  const patterns = statements.flatMap(({ resources }) => resources.patterns);
  return [...new Set(patterns.flatMap(({ elements }) => plainText(arnFields(elements)?.[1] ?? []) || []))];
});

const ORGANIZATION_KEYS = new Set(['aws:principalorgid', 'aws:resourceorgid']);

/**
 * Policies that name an organization are for accounts in it: in any other, a guard of its perimeter would deny everything. If they
 * name several, or only a variable, it is one that is not known.
 */
function organizationOf(policies: readonly Policy[], { organization }: Principal): Pick<CompletePrincipal, 'organization' | 'organizationAssumed'> {
  if (organization !== undefined) { return { organization }; }
  const entries = policies.flatMap(comparisonsOfOrganizations);
  if (entries.length === 0) { return {}; }
  const ids = new Set(entries.filter(({ key }) => ORGANIZATION_KEYS.has(key)).flatMap(({ values }) => values).filter((value) => /^o-[a-z0-9]{10,32}$/.test(value.toString())));
  const [id] = ids;
  return ids.size === 1
    ? { organization: id, organizationAssumed: { code: 'Principal', message: `the account of the role is in the organization '${id}', which the policies name` } }
    : {
      organization: SymbolicString.of(ORGANIZATION_OF_ROLE),
      organizationAssumed: { code: 'Principal', message: 'the account of the role is in an organization, because the policies compare organizations' },
    };
}

/** A date so long after that of the reference data is not taken for a past one. A decision does not know what day it is. */
const FUTURE = 2 * 365 * 24 * 3600 * 1000;

/** A past date that the policies compare the age of sessions with. The agent renews sessions within hours, so theirs are newer. */
function newestDateIn(policies: readonly Policy[], future: number): CompletePrincipal['newerThan'] {
  const dates = policies.flatMap(datesOfSessions).filter((date) => date < future);
  if (dates.length === 0) { return undefined; }
  const date = Math.max(...dates);
  return { date, assumption: { code: 'SessionAge', message: `the sessions of the pods are newer than ${new Date(date).toISOString().replace('.000Z', 'Z')}` } };
}

const comparisonsOfOrganizations = memoize((policy: Policy): readonly ConditionEntry[] => conditionsOf(policy).filter(({ key, values }) => (
  ORGANIZATION_KEYS.has(key) || values.some((value) => value.toString().toLowerCase().includes('${aws:principalorgid}')))));

const datesOfSessions = memoize((policy: Policy): readonly number[] => (
  conditionsOf(policy).filter(({ key }) => key === 'aws:tokenissuetime').flatMap(({ values }) => values)
    .flatMap((value) => (typeof value === 'string' ? parseDate(value) ?? [] : []))));

function conditionsOf({ statements }: Policy): ConditionEntry[] {
  return statements.flatMap(({ conditions }) => conditions);
}
