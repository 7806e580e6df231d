import * as fc from 'fast-check';
import { literals, UNLIMITED } from '../make';
import {
  ACTION_PATTERNS, CONDITION_TEXTS, CONDITION_TEXTS_ON_LISTS, DECISION_CONTEXT, isIn, matches, PLAIN_RESOURCES, read,
  REQUESTS, REQUESTS_WITH_LISTS,
  requestSetsIn, RESOURCES_WITH_WILDCARDS, showRequest,
} from './request-sets';
import { Statement } from '../../../lib/engine';
import { Request } from '../../../lib/engine/evaluate/evaluate';
import { findKeyStates, intersect, RequestSet, subtract } from '../../../lib/engine/regions/request-set';
import { Budget, BudgetExceeded } from '../../../lib/engine/strings/budget';
import { runs, SEED } from '../../runs';

// A failure prints its seed and its path. The same cases every time, unless the environment asks for others.
const RUNS = runs(40, 100);

const without = (sets: readonly RequestSet[], taken: Statement) =>
  sets.flatMap((r) => subtract(r, taken, DECISION_CONTEXT));
const within = (sets: readonly RequestSet[], kept: Statement, fieldByField = false) =>
  sets.flatMap((r) => intersect(r, kept, DECISION_CONTEXT, fieldByField));

describe('what is certainly empty', () => {
  test.each<[string, string, string[]]>([
    // what it shows, a statement, those that are taken away one after the other
    ['the same', 's3:get arn:aws:s3:::a*', ['s3:get arn:aws:s3:::a*']],
    ['more', 's3:get arn:aws:s3:::a*', ['s3:* *']],
    ['each action', 's3:get|s3:put arn:aws:s3:::a', ['s3:get *', 's3:put *']],
    ['each resource', 's3:get arn:aws:s3:::a|arn:aws:s3:::b', ['* arn:aws:s3:::a', '* arn:aws:s3:::b']],
    ['a prefix, by all ways to go on', 's3:get arn:aws:s3:::a*', ['s3:get arn:aws:s3:::a', 's3:get arn:aws:s3:::a?*']],
    ['all actions, by some and all others', '* arn:aws:s3:::a', ['s3:* *', '!s3:* *']],
    ['all ARNs, by some and all others', 's3:get arn:aws:s3:::*',
      ['s3:get arn:aws:s3:::a*', 's3:get !arn:aws:s3:::a*']],
    ['NotAction, by the same', '!s3:* arn:aws:s3:::a', ['!s3:* arn:aws:s3:::*']],
    ['NotResource, by everything', 's3:get !arn:aws:s3:::a', ['s3:get *']],
    ['the same condition', 's3:get * if StringEquals k a', ['* * if StringEquals k a']],
    ['a wider condition', 's3:get * if StringEquals k a', ['* * if StringLike k a*']],
    ['a condition and its opposite', 's3:get arn:aws:s3:::a',
      ['s3:* * if StringEquals k a', 's3:* * if StringNotEquals k a']],
    ['with and without a key', 's3:get arn:aws:s3:::a', ['s3:* * if Null k true', 's3:* * if Null k false']],
    ['a condition that no request meets', 's3:get * if StringEquals k a & StringLike k b*', []],
    ['a key that equals another, from the other side', 's3:get * if StringEquals k ${l}',
      ['s3:* * if StringEquals l ${k}']],
    ['one field of all values', 's3:get arn:aws:s3:u*:1:a', ['s3:get arn:aws:s3:*:*:*']],
    ['a pattern that is not an ARN of six fields, by the same', 's3:get arn:aws:s3*', ['s3:get arn:aws:s3*']],
    ['no statement at all', '!* *', []],
  ])('%s: %s without %j', (_name, from, taken) => {
    expect(taken.map(read).reduce(without, requestSetsIn(read(from)))).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ['another action', 's3:get *', ['s3:put *']],
    ['a part', 's3:get arn:aws:s3:::a*', ['s3:get arn:aws:s3:::ab*']],
    ['all but one way to go on', 's3:get arn:aws:s3:::a*', ['s3:get arn:aws:s3:::a?*']],
    ['the resource *, which ARNs may not match', 's3:get *', ['s3:get arn:*:*:*:*:*']],
    ['fields that are complete only if wildcards inside a field cross colons, as those at its end may',
      's3:get arn:aws:s3:u*:1:a', ['* arn:aws:s3:u:1:a', '* arn:aws:s3:u*?:1:a']],
    ['capitals in front of the resource part, which AWS may compare', 's3:get arn:aws:s3:::a', ['* arn:AWS:s3:::a']],
    ['a condition that is to be met', 's3:get arn:aws:s3:::a', ['s3:get * if StringEquals k a']],
    ['another condition', 's3:get * if StringEquals k b', ['s3:get * if StringEquals k a']],
    ['a key that may be missing', 's3:get *',
      ['s3:get * if StringEquals k a', 's3:get * if StringNotLike k a* & Null k false']],
    ['a key that may have both values', 's3:get arn:aws:s3:::a',
      ['* * if ForAllValues:StringEquals m a', '* * if ForAllValues:StringNotEquals m a']],
  ])('but not %s: %s without %j', (_name, from, taken) => {
    expect(taken.map(read).reduce(without, requestSetsIn(read(from)))).not.toEqual([]);
  });
});

describe('a disjoint statement leaves the request set as it is', () => {
  test.each<[string, string, string]>([
    ['another action', 's3:get *', 's3:put *'],
    ['another service', 's3:* arn:aws:s3:::a', 't:* *'],
    ['another resource', 's3:get arn:aws:s3:::a*', 's3:get arn:aws:s3:::b*'],
    ['another account', 's3:get arn:aws:s3:u:1:a', 's3:get arn:aws:s3:u:2:a'],
    ['all other actions', 's3:get *', '!s3:get *'],
    ['a condition that excludes its own', 's3:get * if StringEquals k a', 's3:get * if StringEquals k b'],
    ['a key that it does not have', 's3:get * if Null k true', 's3:get * if StringEquals k a'],
  ])('%s: %s without %s', (_name, from, taken) => {
    const [requests, ...more] = requestSetsIn(read(from));
    expect([
      subtract(requests, read(taken), DECISION_CONTEXT)[0], subtract(requests, read(taken), DECISION_CONTEXT).length,
    ])
      .toEqual([requests, 1]);
    for (const other of more) { expect(subtract(other, read(taken), DECISION_CONTEXT)).toEqual([other]); }
  });
});

describe('what request sets have in common with a statement', () => {
  test.each<[string, string, string, string[]]>([
    ['the same', 's3:get arn:aws:s3:::a', 's3:get arn:aws:s3:::a', ['s3:get arn:aws:s3:::a']],
    ['a part', 's3:* arn:aws:s3:::*', 's3:put arn:aws:s3:::a?', ['s3:put arn:aws:s3:::ab']],
    ['both ends', 's3:get arn:aws:s3:::a*', '* arn:aws:s3:::*b', ['s3:get arn:aws:s3:::ab', 's3:get arn:aws:s3:::a/b']],
    ['all others', 's3:* arn:aws:s3:::a', '!s3:get|s3:getb *', ['s3:put arn:aws:s3:::a']],
    ['another action', 's3:get arn:aws:s3:::a', 's3:put arn:aws:s3:::a', []],
    ['another resource', 's3:get arn:aws:s3:::a', 's3:get arn:aws:s3:::b', []],
  ])('%s: %s within %s', (_name, from, kept, expected) => {
    const common = within(requestSetsIn(read(from)), read(kept));
    const shown = REQUESTS.filter((r) => r.context.size === 0 && isIn(common, r, 'stays')).map(showRequest);
    expect(shown).toEqual(expected);
  });
});

describe('one request at a time', () => {
  const statementsOf = (resources: readonly string[], conditions: readonly string[]) => fc.tuple(
    fc.constantFrom(...ACTION_PATTERNS), fc.constantFrom(...resources),
    fc.option(fc.constantFrom(...conditions), { nil: undefined }),
  ).map(([actions, resource, asked]) => `${actions} ${resource}${asked ? ` if ${asked}` : ''}`);
  const step = (texts: fc.Arbitrary<string>) => fc.record({ keeps: fc.boolean(), text: texts });
  type Step = { readonly keeps: boolean; readonly text: string };

  /** Requests that must be there, and requests that must not. */
  function compare(from: string, steps: readonly Step[], requests: readonly Request[], exact: boolean,
    fieldByField = false): string[] {
    const start = read(from);
    const then = steps.map(({ keeps, text }) => ({ keeps, statement: read(text) }));
    const sets = then.reduce((left,
      { keeps, statement }) => (keeps ? within(left, statement, fieldByField) : without(left, statement)),
    requestSetsIn(start));
    return (fieldByField || exact ? ['stays' as const] : ['crosses', 'stays'] as const).flatMap((reading) =>
      requests.flatMap((request) => {
        const own = matches(start, request, reading);
        if (own === 'no' && !exact) { return []; }
        // Whether ARNs match the resource `*` is documented both ways: the other statements may match or not.
        const said = then.map(({ keeps, statement }) => [keeps, matches(statement, request, reading)] as const);
        if (own === 'yes' && said.every(([keeps, match]) => match === (keeps ? 'yes' : 'no'))) {
          return isIn(sets, request, reading) ? [] : [`lost: ${showRequest(request)} (${reading})`];
        }
        const mayBeThere = own !== 'no' && said.every(([keeps, match]) => match !== (keeps ? 'no' : 'yes'));
        return exact && !mayBeThere && isIn(sets, request,
          reading) ? [`too much: ${showRequest(request)} (${reading})`] : [];
      }));
  }

  test('nothing is lost, whatever is taken away or kept', () => {
    const any = statementsOf([...PLAIN_RESOURCES, ...RESOURCES_WITH_WILDCARDS], CONDITION_TEXTS);
    fc.assert(fc.property(any, fc.array(step(any), { minLength: 1, maxLength: 3 }), (from, steps) => {
      expect(compare(from, steps, REQUESTS, false)).toEqual([]);
    }), { seed: SEED, numRuns: RUNS });
  });

  test('nothing is lost of requests with lists of values', () => {
    const any = statementsOf(PLAIN_RESOURCES, CONDITION_TEXTS_ON_LISTS);
    fc.assert(fc.property(any, fc.array(step(any), { minLength: 1, maxLength: 3 }), (from, steps) => {
      expect(compare(from, steps, REQUESTS_WITH_LISTS, false)).toEqual([]);
    }), { seed: SEED, numRuns: RUNS });
  });

  test('field by field, nothing is lost that no wildcard has to cross a colon for', () => {
    const any = statementsOf([...PLAIN_RESOURCES, ...RESOURCES_WITH_WILDCARDS], CONDITION_TEXTS);
    fc.assert(fc.property(any, fc.array(step(any), { minLength: 1, maxLength: 2 }), (from, steps) => {
      expect(compare(from, steps, REQUESTS, false, true)).toEqual([]);
    }), { seed: SEED, numRuns: RUNS });
  });

  test('of ARNs that differ in their resource part, nothing is there that is taken away', () => {
    const plain = statementsOf(PLAIN_RESOURCES, CONDITION_TEXTS);
    fc.assert(fc.property(plain, fc.array(step(plain), { minLength: 1, maxLength: 3 }), (from, steps) => {
      expect(compare(from, steps, REQUESTS, true)).toEqual([]);
    }), { seed: SEED, numRuns: RUNS });
  });

  test('what a statement leaves and what it matches are all of the request set', () => {
    const plain = statementsOf(PLAIN_RESOURCES, CONDITION_TEXTS);
    fc.assert(fc.property(plain, plain, (from, other) => {
      const [sets, statement] = [requestSetsIn(read(from)), read(other)];
      const parts = [...without(sets, statement), ...within(sets, statement)];
      const differ = REQUESTS.filter((r) => isIn(parts, r, 'stays') !== isIn(sets, r, 'stays')).map(showRequest);
      // The resource `*` may be matched by ARNs: it stays in what is left.
      expect(differ).toEqual([]);
    }), { seed: SEED, numRuns: RUNS });
  });
});

describe('the states of the keys', () => {
  test.each<[string, string, string]>([
    ['nothing is asked', '', ''],
    ['a value', 'StringEquals k a', 'k=a'],
    ['two keys', 'StringEquals k a & StringEquals l b', 'k=a l=b'],
    ['two conditions on a key', 'StringLike k a* & StringLike k *b', 'k=ab'],
    ['a condition that does not hold: the key may be missing', 'not StringEquals k a', 'k missing'],
    ['no key', 'Null k true', 'k missing'],
    ['a key in two cases is one key', 'StringEquals K a & StringEquals k a', 'k=a'],
    ['no value that is two', 'StringEquals k a & StringEquals k b', 'none'],
    ['no value that is there and not', 'StringEquals k a & Null k true', 'none'],
    ['what holds and does not', 'StringEquals k a & not StringEquals k a', 'none'],
    ['what holds and does not, in another order', 'StringEquals k a|b & not StringEquals k b|a', 'none'],
    ['one key of two has none', 'StringEquals l a & StringEquals k a & StringEquals k b', 'none'],
  ])('%s: %s', (_name, text, expected) => {
    const lower = literals(text || 'Null k true').map((l) => ({
      ...l,
      entry: { ...l.entry, key: l.entry.key.toLowerCase() },
    }));
    const states = findKeyStates(text === '' ? [] : lower, DECISION_CONTEXT);
    const shown = states && [...states].map(([key,
      { value }]) => (value === undefined ? `${key} missing` : `${key}=${value}`)).join(' ');
    expect(shown ?? 'none').toBe(expected);
  });
});

test('work is counted', () => {
  const scope = { ...DECISION_CONTEXT, budget: new Budget(10) };
  const [requests] = requestSetsIn(read('s3:get arn:aws:s3:::a*'));
  expect(() => subtract(requests, read('s3:get arn:aws:s3:::ab*'), scope)).toThrow(BudgetExceeded);
  expect(subtract(requests, read('s3:get arn:aws:s3:::ab*'), { ...DECISION_CONTEXT, budget: UNLIMITED }))
    .toHaveLength(1);
});
