import { globMatches, Statement } from '../../../lib/engine';
import { evaluate, matchCondition, Outcome, Request } from '../../../lib/engine/evaluate/evaluate';
import { DecisionContext, RequestSet, requestSetsOf } from '../../../lib/engine/regions/request-set';
import { pairsOf } from '../../../lib/engine/regions/targets';
import { isMetBy } from '../../../lib/engine/strings/find-string';
import { actionPattern, Element, literalElements } from '../../../lib/engine/strings/pattern';
import { condition, statement, StatementJson, UNLIMITED } from '../make';

/** A small universe of requests, in which sets of requests can be compared one request at a time. */

export type Reading = 'crosses' | 'stays';

/** The key `m` may have several values. A `*` in front of the resource part may run across colons. */
export const DECISION_CONTEXT: DecisionContext = {
  budget: UNLIMITED,
  mayBeMultivalued: (key) => key === 'm',
  mayCrossColons: () => true,
  factsOfPrincipal: () => undefined,
  mentionedKeys: () => new Map(),
  relyOn: () => undefined,
  names: 'distinct',
};

const ACTIONS = ['s3:get', 's3:getb', 's3:put', 't:get'];
const RESOURCES = [
  '*', 'arn:aws:s3:::a', 'arn:aws:s3:::b', 'arn:aws:s3:::ab', 'arn:aws:s3:::a/b', 'arn:aws:s3:::b:a',
  'arn:aws:s3:u:1:a', 'arn:aws:s3:u:1:b', 'arn:aws:s3:u:2:a', 'arn:aws:s3:uv:1:a', 'arn:aws:s3:u:1:x:a',
  'arn:cn:s3:u:1:a',
];
const CONTEXTS: ReadonlyArray<ReadonlyArray<[string, string | string[]]>> = [
  [], [['k', 'a']], [['k', 'ab']], [['k', 'b']], [['l', 'a']], [['k', 'a'], ['l', 'a']], [['k', 'b'], ['l', 'a']],
];
const CONTEXTS_WITH_LISTS: typeof CONTEXTS = [[], [['m', ['a']]], [['m', ['b']]], [['m', ['a', 'b']]],
  [['m', ['b', 'c']]]];

const requestsWith = (contexts: typeof CONTEXTS): readonly Request[] =>
  ACTIONS.flatMap((action) => RESOURCES.flatMap((resource) =>
    contexts.map((context) => ({ action, resource, context: new Map(context) }))));

/** Requests with single values. */
export const REQUESTS = requestsWith(CONTEXTS);
/** Requests with lists of values. */
export const REQUESTS_WITH_LISTS = requestsWith(CONTEXTS_WITH_LISTS);

export const showRequest = ({ action, resource, context }: Request) =>
  [action, resource, ...[...context].map(([key, value]) => `${key}=${value}`)].join(' ');

const NO_ATOMS = () => { throw new Error('there are no symbolic variables here'); };

/** Whether the separate evaluator says that the statement matches the request. */
export function matches(one: Statement, request: Request, reading: Reading): 'yes' | 'no' | 'unclear' {
  const said: Outcome = evaluate([{ name: 'P', statements: [{ ...one, effect: 'Allow' }] }], request, NO_ATOMS,
    reading);
  return said === 'allowed' ? 'yes' : said === 'unclear' ? 'unclear' : 'no';
}

const ELEMENTS = new Map<string, ReturnType<typeof literalElements>>();

function elementsOf(text: string): ReturnType<typeof literalElements> {
  const known = ELEMENTS.get(text) ?? literalElements(text);
  ELEMENTS.set(text, known);
  return known;
}

/** Six fields of an ARN. If a wildcard may run across colons, a field may have colons,
  so that there are several ways. */
function fieldsOf(arn: string, reading: Reading): string[][] {
  const parts = arn.split(':');
  const standard = [...parts.slice(0, 5), parts.slice(5).join(':')];
  const split = (rest: readonly string[], fields: number): string[][] => (fields === 1 ? [[rest.join(':')]]
    : rest.slice(0, rest.length - fields + 1).flatMap((_, i) =>
      split(rest.slice(i + 1), fields - 1).map((others) => [rest.slice(0, i + 1).join(':'), ...others])));
  return reading === 'stays' ? [standard] : split(parts, 6);
}

/** Whether the request is in the request set, as far as the request set says. */
export function contains({ action, resource, conditions }: RequestSet, request: Request, reading: Reading): boolean {
  const isThere = (set: RequestSet['action'], text: readonly Element[]) => isMetBy(set, text, UNLIMITED);
  if (!isThere(action, actionPattern(request.action).elements)) { return false; }
  const isResource = resource.type === 'star' ? request.resource === '*'
    : request.resource !== '*' && (resource.type === 'pattern' ? globMatches(resource.pattern.source.toString(),
      request.resource)
      : fieldsOf(request.resource,
        reading).some((fields) => resource.fields.every((field, i) => isThere(field, elementsOf(fields[i])))));
  return isResource && conditions.every(({ entry, holds }) => {
    const said = matchCondition(entry, true, request, NO_ATOMS);
    return said === 'unclear' || (said === 'yes') === holds;
  });
}

export const isIn = (sets: readonly RequestSet[], request: Request, reading: Reading) =>
  sets.some((r) => contains(r, request, reading));

/** `s3:get* arn:aws:s3:::a|arn:aws:s3:::b if StringEquals k a`; `!` stands for NotAction and NotResource. */
export function written(text: string): StatementJson {
  const [targets, asked] = text.split(' if ');
  const [actions, resources] = targets.split(' ');
  const list = (name: string, patterns: string) => (patterns.startsWith('!')
    ? { [`Not${name}`]: patterns.slice(1).split('|') } : { [name]: patterns.split('|') });
  return {
    Effect: 'Deny',
    ...list('Action', actions),
    ...list('Resource', resources),
    ...(asked ? { Condition: condition(asked) } : {}),
  };
}

export const read = (text: string): Statement => statement(written(text));

/** The request sets of a statement. */
export const requestSetsIn = (one: Statement, context = DECISION_CONTEXT): RequestSet[] =>
  pairsOf(one).flatMap((pair) => requestSetsOf(pair, one.conditions, context));

export const ACTION_PATTERNS = ['s3:get', 's3:get*', 's3:*', '*', 's3:?et*', 't:get', 's3:get|s3:put', '!s3:get',
  '!s3:*', '!s3:put|t:*'];
/** Patterns that match the same by all readings of wildcards, and whose resource parts differ. */
export const PLAIN_RESOURCES = [
  '*', 'arn:aws:s3:::a', 'arn:aws:s3:::a*', 'arn:aws:s3:::*', 'arn:aws:s3:::?', 'arn:aws:s3:::*b', 'arn:aws:s3:::*a*',
  'arn:aws:s3:::a|arn:aws:s3:::b',
];
export const RESOURCES_WITH_WILDCARDS = [
  'arn:aws:s3:u:1:*', 'arn:aws:s3:*:*:a', 'arn:aws:s3:u*:1:a', 'arn:aws:s3:*:1:*', 'arn:*:s3:*:*:*',
  'arn:aws:s3:*u*:?:a', 'arn:aws:s3*', 'arn:aws:s3:*:a',
  'arn:AWS:s3:::a*', '!arn:aws:s3:::a*', '!arn:aws:s3:u:*:*', '!arn:aws:s3:::*|arn:aws:s3:u:1:a',
];
export const CONDITION_TEXTS = [
  'StringEquals k a', 'StringEquals k a|b', 'StringLike k a*', 'StringNotEquals k a', 'StringEqualsIfExists k a',
  'Null k true', 'Null k false',
  'StringEquals l a', 'StringEquals k a & StringEquals l a',
];
export const CONDITION_TEXTS_ON_LISTS = [
  'ForAllValues:StringEquals m a', 'ForAnyValue:StringEquals m a', 'ForAllValues:StringNotEquals m a',
  'ForAnyValue:StringNotEquals m a', 'Null m true',
  'StringEquals m a', 'ForAllValues:StringLike m a|b',
];
