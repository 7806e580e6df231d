import { Statement, SymbolicString } from '../../../lib/engine';
import { casesOf, PairCase, widenPair } from '../../../lib/engine/decide/variable-cases';
import { evaluate, Request } from '../../../lib/engine/evaluate/evaluate';
import { pairsOf } from '../../../lib/engine/regions/targets';
import { Element } from '../../../lib/engine/strings/pattern';
import { allow, condition, decide, deny, policy, statement, StatementJson, variable } from '../make';
import { DECISION_CONTEXT } from '../regions/request-sets';

const at = (resource: string, when?: string) => (
  allow('s3:Get', `arn:aws:s3:::b/${resource}`, when === undefined ? undefined : condition(when)));

const shown = (elements: readonly Element[]) => elements.map((e) => (
  e.type === 'char' ? e.char : e.type === 'variable' ? e.variable.label : e.type === 'one' ? '?' : '*')).join('')
  .replace('arn:aws:s3:::b/', '');

const resourcesOf = ({ resources }: Statement) => resources.patterns.map(({ elements }) => shown(elements)).join('|');

/** The first pair of a statement of the session policy, with a role. */
function pairOf(session: StatementJson, role: readonly StatementJson[] = []): PairCase {
  const one = statement(session);
  const { name, statements } = policy(role);
  return {
    pair: pairsOf(one)[0],
    statement: one,
    slice: {
      layer: { name: 'identity policies', policies: [{ name, statements }], gaps: [] },
      allows: statements.filter((s) => s.effect === 'Allow'),
      denies: statements.filter((s) => s.effect === 'Deny'),
      sessionDenies: [],
    },
  };
}

/** Each case: the resource of the pair, and what the statements of the role match. */
const casesIn = (...of: Parameters<typeof pairOf>) => casesOf(pairOf(...of), DECISION_CONTEXT).map(
  ({ pair: { resource: { patterns: [{ elements }] } }, slice: { allows, denies } }) => (
    [shown(elements), ...[...allows, ...denies].map(resourcesOf)].join(' < ')));

describe('the cases of a pair', () => {
  test.each<[string, StatementJson, StatementJson[], string[]]>([
    // what it shows, a statement of the session policy, the role, the resources of each case
    ['no variables', at('a'), [at('*')], ['a < *']],
    ['a variable of which nothing is known', at('${k}'), [at('*')], ['${k} < *']],
    ['a condition on its key', at('${k}', 'StringEquals k a'), [at('a')], ['a < a']],
    ['a condition on the key of the variable of the role', at('a', 'StringEquals k a'), [at('${k}')], ['a < a']],
    ['a condition with two values', at('${k}', 'StringEquals k a|c'), [at('${k}')], ['a < a', 'c < c']],
    ['a condition in the language of patterns', at('${k}', 'StringLike k a|c'), [at('*')], ['a < *', 'c < *']],
    ['a pattern', at('${k}', 'StringLike k a*'), [at('*')], ['${k} < *']],
    ['a pattern among the values', at('${k}', 'StringLike k a|c*'), [at('*')], ['${k} < *']],
    ['another value than one', at('${k}', 'StringNotEquals k a'), [at('*')], ['${k} < *']],
    ['a value in any case', at('${k}', 'StringEqualsIgnoreCase k a'), [at('*')], ['${k} < *']],
    ['a list of values', at('${k}', 'ForAnyValue:StringEquals k a'), [at('*')], ['${k} < *']],
    ['a value of a key that may have several', at('${m}', 'StringEquals m a'), [at('*')], ['${m} < *']],
    ['a number', at('${k}', 'NumericEquals k 1'), [at('*')], ['${k} < *']],
    ['a value that is a variable', at('${k}', 'StringEquals k ${l}'), [at('*')], ['${k} < *']],
    ['the first of two conditions', at('${k}', 'StringLike k a* & StringEquals k a|b'), [at('*')], ['a < *', 'b < *']],
    ['a condition on another key', at('${k}', 'StringEquals l a'), [at('*')], ['${k} < *']],
    ['two keys', at('${k}/${l}', 'StringEquals k a|b & StringEquals l c'), [at('*')], ['a/c < *', 'b/c < *']],
    ['a key that may be missing: a resource without a value matches nothing',
      at('${k}', 'StringEqualsIfExists k a'), [at('*')], ['a < *']],
    ['a key that may be missing', at('x', 'StringEqualsIfExists k a'), [at('${k}'), at('*')], ['x < a < *', 'x < *']],
    ['a key that is missing', at('x', 'Null k true'), [at('${k}'), deny('*', 'arn:aws:s3:::b/${k}')], ['x']],
    ['a key that is missing or not', at('x', 'Null k true|false'), [at('${k}')], ['x < ${k}']],
    ['a default', at('x'), [at("${k, 'd'}")], ['x < d', "x < ${k, 'd'}"]],
    ['a default of the pair', at("${k, 'd'}"), [at('*')], ['d < *', "${k, 'd'} < *"]],
    ['a default, and a condition', at("${k, 'd'}", 'StringEqualsIfExists k a'), [at('*')], ['a < *', 'd < *']],
    ['a default of a deny statement', at('x'), [at('*'), deny('*', "arn:aws:s3:::b/${k, 'd'}")],
      ['x < * < d', "x < * < ${k, 'd'}"]],
    ['a default in a condition', at('x', "StringEquals l ${k, 'd'}"), [at('*')], ['x < *', 'x < *']],
  ])('%s', (_name, session, role, expected) => {
    expect(casesIn(session, role)).toEqual(expected);
  });

  test('each case has the condition that makes it', () => {
    const cases = casesOf(pairOf(at('${k}', 'StringEquals k a|c'), [at('*')]), DECISION_CONTEXT);
    expect(cases.map(({ statement: { conditions } }) => conditions.map(({ values }) => values.join()))).toEqual([
      ['a,c', 'a'], ['a,c', 'c'],
    ]);
    const present = casesOf(pairOf(at('x'), [at("${k, 'd'}")]), DECISION_CONTEXT);
    expect(present.map(({ statement: { conditions: [{ operator, values }] } }) => `${operator} ${values.join()}`))
      .toEqual(['Null true', 'Null false']);
  });

  test('a key that is there has no default', () => {
    const [, present] = casesOf(pairOf(at('x'), [at("${k, 'd'}")]), DECISION_CONTEXT);
    const [{ elements }] = present.slice.allows[0].resources.patterns;
    const [variableOfRole] = elements.filter((e) => e.type === 'variable');
    expect(variableOfRole.variable).toMatchObject({ id: 'variable k', conditionKey: 'k' });
    expect(variableOfRole.variable.fallback).toBeUndefined();
  });

  test('with many values, the variables keep unknown values', () => {
    const values = (count: number) => Array.from({ length: count }, (_, i) => `v${i}`).join('|');
    const count = (text: string) => casesOf(pairOf(at('${k}/${l}', text), [at('*')]), DECISION_CONTEXT).length;
    expect([16, 17].map((n) => count(`StringEquals k ${values(n)}`))).toEqual([16, 1]);
    expect(count(`StringEquals k ${values(5)} & StringEquals l ${values(5)}`)).toBe(5);
  });
});

describe('the cases together contain every request of the pair', () => {
  const SESSIONS = [
    at('${k}'), at("${k, 'd'}"), at('x', 'StringEqualsIfExists k a|c'), at('${k}', 'StringEquals k a|c'),
    at("${k, 'd'}", 'StringEqualsIfExists k a'), at('${k}/${l}', 'StringEquals k a & StringLike l c|a'),
    at('*', 'Null k true'),
  ];
  const REQUESTS = ['x', 'a', 'c', 'd', 'a/c', 'a/a'].flatMap((end) => (
    ['', 'k=a', 'k=c', 'k=d', 'k=x', 'k=a l=c', 'l=a'].map((text): Request => ({
      action: 's3:Get',
      resource: `arn:aws:s3:::b/${end}`,
      context: new Map(text.split(' ').filter((pair) => pair).map((pair) => pair.split('=') as [string, string])),
    }))));

  test.each(SESSIONS.map((json): [string, StatementJson] => [JSON.stringify(json), json]))('%s', (_text, json) => {
    const isAllowed = (one: Statement, request: Request) => (
      evaluate([{ name: 'P', statements: [one] }], request, String, 'stays') === 'allowed');
    const whole = pairOf(json, [at("${k, 'r'}"), at('${l}')]);
    const cases = casesOf(whole, DECISION_CONTEXT);
    const seen = REQUESTS.filter((request) => isAllowed(whole.statement, request));
    expect(seen.length).toBeGreaterThan(0);
    for (const request of seen) {
      // The statement of a case has the source of the whole, so its conditions tell which case a request is in.
      expect([request, cases.some((one) => isAllowed(one.statement, request))]).toEqual([request, true]);
    }
  });
});

describe('the pair with wildcards in place of limited variables', () => {
  const widened = (json: StatementJson) => {
    const one = statement(json);
    const pair = widenPair(pairsOf(one)[0], one, DECISION_CONTEXT);
    return pair?.resource.patterns.map(({ elements }) => shown(elements)).join('|');
  };
  test.each<[string, StatementJson, string | undefined]>([
    ['a pattern', at('${k}/x', 'StringLike k a*'), 'a*/x'],
    ['a pattern, if there is a key: without one, the resource matches nothing',
      at('${k}', 'StringLikeIfExists k a?'), 'a?'],
    ['every occurrence', at('${k}/${k}', 'StringLike k a*'), 'a*/a*'],
    ['only the limited one', at('${k}/${l}', 'StringLike k a*'), 'a*/${l}'],
    ['a default', at("${k, 'd'}", 'StringLike k a*'), undefined],
    ['two patterns', at('${k}', 'StringLike k a*|b*'), undefined],
    ['not a pattern', at('${k}', 'StringNotLike k a*'), undefined],
    ['a list of values', at('${k}', 'ForAnyValue:StringLike k a*'), undefined],
    ['a key that may have several values', at('${m}', 'StringLike m a*'), undefined],
    ['a pattern with a variable', at('${k}', 'StringLike k ${l}*'), undefined],
    ['another key', at('${k}', 'StringLike l a*'), undefined],
    ['no variable', at('x', 'StringLike k a*'), undefined],
    ['a deploy-time value',
      allow('s3:Get', SymbolicString.of('arn:aws:s3:::b/', variable('X')), condition('StringLike k a*')), undefined],
  ])('%s', (_name, json, expected) => {
    expect(widened(json)).toBe(expected);
  });

  test('not of a NotResource: it would contain less', () => {
    const { Resource: NotResource, ...rest } = at('${k}', 'StringLike k a*');
    expect(widened({ ...rest, NotResource })).toBeUndefined();
  });
});

describe('decisions by cases', () => {
  test.each<[string, StatementJson[], StatementJson[], string]>([
    ['the value is inside', [at('${k}', 'StringEquals k a')], [at('a')], 'narrows'],
    ['one of two values is not', [at('${k}', 'StringEquals k a|c')], [at('a')], 'exceeds'],
    ['the pattern is inside', [at('${k}/x', 'StringLike k a*')], [at('a*')], 'narrows'],
    ['the default is inside, and so is any value', [at("${k, 'd'}")], [at('d'), at('${k}')], 'narrows'],
    ['the default is not', [at("${k, 'd'}")], [at('${k}')], 'exceeds'],
    ['a variable that may have several values', [at('x', 'StringEquals aws:TagKeys x')], [at('${aws:TagKeys}')],
      'undetermined'],
    ['a deny with a default that counts', [at('d', 'Null k true')],
      [at('*'), deny('*', "arn:aws:s3:::b/${k, 'd'}")], 'exceeds'],
    ['a deny with another default', [at('x', 'Null k true')],
      [at('*'), deny('*', "arn:aws:s3:::b/${k, 'd'}")], 'narrows'],
    ['a deny with a default that may be a pattern', [at('x', 'Null k true')],
      [at('*'), deny('*', "arn:aws:s3:::b/${k, '*'}")], 'undetermined'],
  ])('%s', (_name, session, role, expected) => {
    expect(decide(session, role).kind).toBe(expected);
  });
});
