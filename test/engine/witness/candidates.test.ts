import * as fc from 'fast-check';
import { Json, KnownAction, Statement, SymbolicString } from '../../../lib/engine';
import { requestSetsOf, subtract } from '../../../lib/engine/regions/request-set';
import { pairsOf } from '../../../lib/engine/regions/targets';
import { isMetBy } from '../../../lib/engine/strings/find-string';
import { literalElements } from '../../../lib/engine/strings/pattern';
import { Candidate, candidatesOf } from '../../../lib/engine/witness/candidates';
import { runs, SEED } from '../../runs';
import { allow, condition, showContext, statement, Target, UNLIMITED, variable } from '../make';
import {
  ACTION_PATTERNS, CONDITION_TEXTS, DECISION_CONTEXT, isIn, PLAIN_RESOURCES, read, RESOURCES_WITH_WILDCARDS,
  showRequest,
} from '../regions/request-sets';

// A failure prints its seed and its path. The same cases every time, unless the environment asks for others.
const RUNS = runs(60, 200);

const GET: KnownAction = { action: 's3:GetObject', resource: 'arn:aws:s3:::example-bucket/key' };
const LIST: KnownAction = { action: 's3:ListBucket', resource: 'arn:aws:s3:::example-bucket' };
const QUEUES: KnownAction = { action: 'sqs:ListQueues', resource: '*' };

/** No statement tells which values of variables matter. */
const ALONE = { context: DECISION_CONTEXT, statements: () => [] };

/** The candidates for each pair of a statement, without what others take. */
function candidates(one: Statement, known: readonly KnownAction[] = [], taken: readonly Statement[] = [],
  near: readonly Statement[] = []): Candidate[] {
  return pairsOf(one).flatMap((pair) => {
    const sets = taken.reduce((left, other) => left.flatMap((r) => subtract(r, other, DECISION_CONTEXT)),
      requestSetsOf(pair, one.conditions, DECISION_CONTEXT));
    return sets.flatMap((requests) => [...candidatesOf(requests, { pair, known, near, ...ALONE })]);
  });
}

const of = (Action: Target, Resource: Target = '*', Condition?: Json) => statement(allow(Action, Resource, Condition));

describe('the action', () => {
  test.each<[string, string, KnownAction[], string[]]>([
    ['is the one that is written', 's3:GetObject', [LIST], ['s3:GetObject']],
    ['is written as the policy has it', 'S3:getobject', [GET], ['S3:getobject']],
    ['is a known one of the pattern', 's3:*', [GET, LIST], ['s3:GetObject', 's3:ListBucket']],
    ['is a known one of the pattern only', 's3:Get*', [GET, LIST, QUEUES], ['s3:GetObject']],
    ['is made up where none is known', 's3:Get*', [LIST], ['s3:GetExample']],
    ['is made up with one character for each ?', 's3:Get???', [], ['s3:Getxxx']],
    ['is made up of a whole name', 's3:*', [], ['s3:Example']],
    ['is made up of a service, too', '*', [], ['example:Example']],
  ])('%s: %s', (_name, pattern, known, expected) => {
    const found = candidates(of(pattern, 'arn:aws:s3:::*'), known);
    expect([...new Set(found.map((c) => c.action.source))]).toEqual(expected);
  });

  test.each<[string, Statement, Statement[], string]>([
    ['another name than the first that comes to mind', of('s3:*', 'arn:aws:s3:::b'), [of('s3:Example')],
      's3:AnotherExample'],
    ['a short one', of('s3:*', 'arn:aws:s3:::b'), [of('s3:?????*')], 's3:X'],
    ['all actions but some', statement({ Effect: 'Allow', NotAction: 's3:*', Resource: 'arn:aws:s3:::b' }), [],
      'example:Example'],
    ['all actions but those that come to mind',
      statement({ Effect: 'Allow', NotAction: ['s3:*', 'example:*'], Resource: 'arn:aws:s3:::b' }), [], ''],
  ])('of what is left: %s', (_name, from, taken, expected) => {
    const action = candidates(from, [], taken)[0].action.source as string;
    if (expected !== '') { expect(action).toBe(expected); }
    expect(action).toMatch(/^[^:*?]+:[^:*?]+$/);
  });

  test('at most a few of the known actions are tried', () => {
    const known = Array.from({ length: 100 },
      (_, i) => ({ action: `s3:Get${i}`, resource: 'arn:aws:s3:::example-bucket/key' }));
    const actions = new Set(candidates(of('s3:*', 'arn:aws:s3:::b/*'), known).map((c) => c.action.source));
    expect(actions.size).toBeGreaterThan(1);
    expect(actions.size).toBeLessThan(20);
  });
});

test.each<[string, Target, Target, KnownAction[], string[], string[]]>([
  // what it shows, an action, resources, what is known, candidates, no candidates
  ['objects are read, not buckets', 's3:GetObject', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'], [GET],
    ['arn:aws:s3:::b/example'], ['arn:aws:s3:::b']],
  ['buckets are listed, not objects', 's3:ListBucket', ['arn:aws:s3:::b', 'arn:aws:s3:::b/x'], [LIST],
    ['arn:aws:s3:::b'], ['arn:aws:s3:::b/x']],
  ['queues are listed without a resource', 'sqs:ListQueues', '*', [QUEUES], ['*'], []],
  ['a known ARN rules the resource * out', 's3:ListBucket', '*', [LIST], ['arn:aws:s3:::example-bucket'], ['*']],
  ['where nothing is known, each', 'sqs:Send', ['arn:aws:sqs:r:1:a/b', 'arn:aws:sqs:r:1:a'], [],
    ['arn:aws:sqs:r:1:a/b', 'arn:aws:sqs:r:1:a'], []],
])('the resource is of the kind that the action is used on: %s', (_name, action, resource, known, some, none) => {
  const found = candidates(of(action, resource), known).map((c) => c.resource.source);
  expect(found).toEqual(expect.arrayContaining(some));
  for (const other of none) { expect(found).not.toContain(other); }
});

describe('the context', () => {
  test.each<[string, string, string | RegExp]>([
    ['a value', 'StringEquals k a', 'k=a'],
    ['what fits a pattern', 'StringLike k a?', /^k=a.$/],
    ['several keys', 'StringEquals k a & Bool l true', 'k=a l=true'],
    ['no key where none is needed', 'StringNotEquals k a', ''],
    ['no key where it must be missing', 'Null k true', ''],
    ['both of two conditions', 'StringLike k a* & StringNotEquals k a', /^k=a.+$/],
  ])('%s: %s', (_name, text, expected) => {
    const [found] = candidates(of('s3:Get', 'arn:aws:s3:::b', condition(text)));
    expect(showContext(found.context as ReadonlyMap<string, string>))
      .toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  test('the keys, those that the request does not have included, as the policy writes them', () => {
    const [found] = candidates(of('s3:Get', 'arn:aws:s3:::b',
      condition('StringEquals aws:SourceVpc a & Null s3:Prefix true')));
    expect([...found.keyNames]).toEqual([['aws:sourcevpc', 'aws:SourceVpc'], ['s3:prefix', 's3:Prefix']]);
    expect([...found.context.keys()]).toEqual(['aws:sourcevpc']);
  });

  test.each<[string, string]>([
    ['no value that meets them', 'StringEquals k a & StringLike k b*'],
    ['a key that AWS always sends', 'Null aws:SecureTransport true'],
    ['what a list of values is compared with is not documented', 'ForAnyValue:StringEqualsIfExists m a & Null m true'],
  ])('no candidate: %s', (_name, text) => {
    expect(candidates(of('s3:Get', 'arn:aws:s3:::b', condition(text)))).toEqual([]);
  });
});

test('symbolic variables stay as they are, for the caller to fill', () => {
  const X = SymbolicString.of('arn:aws:s3:::', variable('X'), '/*');
  expect(candidates(of('s3:Get', X)).map((c) => c.resource.source.toString())[0]).toBe('arn:aws:s3:::${X}/example');
});

test('every candidate is a request of its request set, of good form', () => {
  const texts = fc.tuple(
    fc.constantFrom(...ACTION_PATTERNS),
    fc.constantFrom(...PLAIN_RESOURCES, ...RESOURCES_WITH_WILDCARDS.filter((r) => !r.includes('AWS'))),
    fc.option(fc.constantFrom(...CONDITION_TEXTS), { nil: undefined }),
  ).map(([actions, resource, asked]) => `${actions} ${resource}${asked ? ` if ${asked}` : ''}`);
  let seen = 0; // How AWS compares capitals in front of the resource part is not documented: the caller checks.
  fc.assert(fc.property(texts, fc.array(texts, { maxLength: 2 }), fc.constantFrom([], [GET, LIST], [QUEUES]),
    (from, taken, known) => {
      const [one, others] = [read(from), taken.map(read)];
      for (const pair of pairsOf(one)) {
        const sets = others.reduce((left, other) => left.flatMap((r) => subtract(r, other, DECISION_CONTEXT)),
          requestSetsOf(pair, one.conditions, DECISION_CONTEXT));
        for (const requests of sets) {
          for (const { action, resource, context } of candidatesOf(requests, { pair, known, near: others, ...ALONE })) {
            seen++;
            const request = {
              action: action.source as string,
              resource: resource.source as string,
              context: context as ReadonlyMap<string, string>,
            };
            expect(request.action).toMatch(/^[^:*?]+:[^:*?]+$/);
            expect(isMetBy(requests.action, literalElements(request.action.toLowerCase()), UNLIMITED)).toBe(true);
            if (requests.resource.type !== 'pattern') {
              expect([showRequest(request), isIn([requests], request, 'stays')])
                .toEqual([showRequest(request), true]);
            }
          }
        }
      }
    }), { seed: SEED, numRuns: RUNS });
  expect(seen).toBeGreaterThan(RUNS);
});
