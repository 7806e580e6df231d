import * as fc from 'fast-check';
import { stepsOf } from '../make';
import {
  ACTION_PATTERNS, CONDITION_TEXTS, DECISION_CONTEXT, isIn, matches, PLAIN_RESOURCES, read, REQUESTS, requestSetsIn,
  showRequest,
} from './request-sets';
import { intersectAll, subtractAll } from '../../../lib/engine/regions/subtract';
import { runs, SEED } from '../../runs';

// A failure prints its seed and its path. The same cases every time, unless the environment asks for others.
const RUNS = runs(20, 60);

const left = (from: string, taking: readonly string[]) =>
  [...subtractAll(requestSetsIn(read(from)), taking.map(read), DECISION_CONTEXT)];
const shown = (sets: ReturnType<typeof left>) =>
  REQUESTS.filter((r) => r.context.size === 0 && r.resource !== '*' && isIn(sets, r, 'stays')).map(showRequest);

test.each<[string, string, string[], string[]]>([
  // what it shows, a statement, those that take, the requests that are left
  ['nothing takes', 's3:get arn:aws:s3:::a', [], ['s3:get arn:aws:s3:::a']],
  ['the same takes all', 's3:get arn:aws:s3:::a', ['s3:get arn:aws:s3:::a'], []],
  ['two take all together', 's3:get|s3:put arn:aws:s3:::a', ['s3:get *', 's3:put *'], []],
  ['in the other order', 's3:get|s3:put arn:aws:s3:::a', ['s3:put *', 's3:get *'], []],
  ['actions by one, resources by another', 's3:get|s3:put arn:aws:s3:::a|arn:aws:s3:::b',
    ['s3:get *', '* arn:aws:s3:::a'], ['s3:put arn:aws:s3:::b']],
  ['four quarters', 's3:get|s3:put arn:aws:s3:::a|arn:aws:s3:::b', [
    's3:get arn:aws:s3:::a', 's3:get arn:aws:s3:::b', 's3:put arn:aws:s3:::a', 's3:put arn:aws:s3:::b',
  ], []],
  ['three quarters', 's3:get|s3:put arn:aws:s3:::a|arn:aws:s3:::b', [
    's3:get arn:aws:s3:::a', 's3:get arn:aws:s3:::b', 's3:put arn:aws:s3:::a',
  ], ['s3:put arn:aws:s3:::b']],
  ['a condition and its opposite', 's3:get arn:aws:s3:::a', ['* * if StringEquals k a', '* * if StringNotEquals k a'],
    []],
  ['what does not meet it', 's3:get arn:aws:s3:::a', ['s3:put *', 's3:get arn:aws:s3:::b'], ['s3:get arn:aws:s3:::a']],
])('%s: %s without %j', (_name, from, taking, expected) => {
  expect(shown(left(from, taking))).toEqual(expected);
});

test('no request set, nothing left', () => {
  expect([...subtractAll([], [read('s3:get *')], DECISION_CONTEXT)]).toEqual([]);
});

test('more statements than are sorted', () => {
  const others = Array.from({ length: 100 }, (_, i) => `s3:put arn:aws:s3:::${i}`);
  expect(shown(left('s3:get arn:aws:s3:::a', others))).toEqual(['s3:get arn:aws:s3:::a']);
  expect(left('s3:get arn:aws:s3:::a', [...others, 's3:get *'])).toEqual([]);
});

test('the first part comes before the others are looked for', () => {
  const sets = requestSetsIn(read('s3:get arn:aws:s3:::*'));
  const taking = Array.from({ length: 10 }, (_, i) => read(`s3:get arn:aws:s3:::${i}* if StringEquals k${i} a`));
  const steps = {
    first: stepsOf(() => subtractAll(sets, taking, DECISION_CONTEXT).next()),
    all: stepsOf(() => [...subtractAll(sets, taking, DECISION_CONTEXT)]),
  };
  expect(steps.first).toBeLessThan(steps.all);
});

describe('one request at a time', () => {
  const texts = fc.tuple(
    fc.constantFrom(...ACTION_PATTERNS), fc.constantFrom(...PLAIN_RESOURCES),
    fc.option(fc.constantFrom(...CONDITION_TEXTS), { nil: undefined }),
  ).map(([actions, resource, asked]) => `${actions} ${resource}${asked ? ` if ${asked}` : ''}`);

  test('what is left is what the statement matches, and none of those that take', () => {
    let proofs = 0;
    fc.assert(fc.property(texts, fc.array(texts, { maxLength: 4 }), (from, taking) => {
      const [own, others] = [read(from), taking.map(read)];
      const sets = left(from, taking);
      if (sets.length === 0) { proofs++; }
      const differ = REQUESTS.filter((request) => {
        const isOwn = matches(own, request, 'stays');
        // Whether ARNs match the resource `*` is documented both ways: what may be taken is left.
        const isLeft = isOwn === 'yes' && !others.some((other) => matches(other, request, 'stays') === 'yes');
        return isOwn !== 'unclear' && isLeft !== isIn(sets, request, 'stays');
      });
      expect(differ.map(showRequest)).toEqual([]);
    }), { seed: SEED, numRuns: RUNS });
    expect(proofs).toBeGreaterThan(0);
  });

  test('in whatever order statements take, the same is left', () => {
    fc.assert(fc.property(texts, fc.array(texts, { minLength: 2, maxLength: 4 }), (from, taking) => {
      const [there, back] = [left(from, taking), left(from, [...taking].reverse())];
      expect(there.length === 0).toBe(back.length === 0);
      expect(REQUESTS.filter((r) => isIn(there, r, 'stays') !== isIn(back, r, 'stays')).map(showRequest)).toEqual([]);
    }), { seed: SEED, numRuns: RUNS });
  });

  test('what a statement matches of the request sets', () => {
    fc.assert(fc.property(texts, texts, (from, other) => {
      const [own, statement] = [read(from), read(other)];
      const common = intersectAll(requestSetsIn(own), statement, DECISION_CONTEXT);
      expect(REQUESTS.filter((request) => {
        const [a, b] = [matches(own, request, 'stays'), matches(statement, request, 'stays')];
        return a !== 'unclear' && b !== 'unclear' && (a === 'yes' && b === 'yes') !== isIn(common, request, 'stays');
      }).map(showRequest)).toEqual([]);
    }), { seed: SEED, numRuns: RUNS });
  });
});
