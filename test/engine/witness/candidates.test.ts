import * as fc from 'fast-check';
import { Json, KnownAction, Statement, SymbolicString } from '../../../lib/engine';
import { ANY_PLACE, keepPossible, Place } from '../../../lib/engine/regions/place';
import { requestSetsOf, subtract } from '../../../lib/engine/regions/request-set';
import { pairsOf } from '../../../lib/engine/regions/targets';
import { isMetBy } from '../../../lib/engine/strings/find-string';
import { literalElements } from '../../../lib/engine/strings/pattern';
import { Candidate, candidatesOf } from '../../../lib/engine/witness/candidates';
import { runs, SEED } from '../../runs';
import { allow, condition, showContext, statement, Target, UNLIMITED, variable } from '../make';
import { COMPLETE, contextFor } from '../regions/principals';
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
  ['each, if nothing is known', 'sqs:Send', ['arn:aws:sqs:r:1:a/b', 'arn:aws:sqs:r:1:a'], [],
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

describe('the context of a request of the role', () => {
  /** A queue. Its tags have two names. */
  const QUEUE_PLACE: Place = {
    ...ANY_PLACE,
    factsOf: (key) => (key === 'sqs:prefix' ? { presence: 'never' } : undefined),
    fieldOf: (key) => (key === 'aws:requestedregion' ? 3 : key === 'aws:resourceaccount' ? 4 : undefined),
    sharedKey: (key) => key.replace('sqs:resourcetag/', 'aws:resourcetag/'),
  };

  function contextOf(text: string | undefined, mentioned: readonly string[], place = QUEUE_PLACE): string {
    const keys = new Map(mentioned.map((name) => [name.toLowerCase(), name]));
    const context = { ...contextFor(COMPLETE), mentionedKeys: () => keys };
    const one = of('sqs:Send', 'arn:aws:sqs:eu-west-1:444455556666:q', text === undefined ? text : condition(text));
    const [pair] = pairsOf(one);
    const [requests] = requestSetsOf(pair, one.conditions, context);
    const possible = keepPossible(requests, place, context);
    const search = { pair, known: [], near: [], place, statements: () => [], context };
    const [found] = possible ? candidatesOf(possible, search) : [];
    return found ? showContext(found.context as ReadonlyMap<string, string>) : 'none';
  }

  test.each<[string, string | undefined, string[], string]>([
    // what it shows, a condition, the keys that the policies mention, the context
    ['what no policy mentions is left out', undefined, [], ''],
    ['the region of the ARN', undefined, ['aws:RequestedRegion'], 'aws:requestedregion=eu-west-1'],
    ['the account of the ARN', undefined, ['aws:ResourceAccount'], 'aws:resourceaccount=444455556666'],
    ['the role', undefined, ['aws:PrincipalArn'], 'aws:principalarn=arn:aws:iam::111122223333:role/example'],
    ['a key that is always there has a value that looks real', undefined, ['aws:SecureTransport'],
      'aws:securetransport=true'],
    ['a date', undefined, ['aws:CurrentTime'], 'aws:currenttime=2026-01-01T00:00:00Z'],
    ['a role ID and the name of a session', undefined, ['aws:userid'],
      'aws:userid=AROA1234567890EXAMPLE:example-pod'],
    ['a value that the condition requires', 'Bool aws:SecureTransport false', ['aws:SecureTransport'],
      'aws:securetransport=false'],
    ['a key that the requests never have', 'StringNotEquals sqs:prefix a', ['sqs:prefix'], ''],
    ['a key of users', undefined, ['aws:username'], ''],
    ['a key by all its names', 'StringEquals sqs:ResourceTag/t a', ['sqs:ResourceTag/t', 'aws:ResourceTag/t'],
      'sqs:resourcetag/t=a aws:resourcetag/t=a'],
  ])('%s', (_name, text, mentioned, expected) => {
    expect(contextOf(text, mentioned).split(' ').sort()).toEqual(expected.split(' ').sort());
  });

  test.each<[string, string]>([
    ['another region', 'StringEquals aws:RequestedRegion us-east-1'],
    ['another account', 'StringEquals aws:ResourceAccount 111122223333'],
    ['a value of a key that its requests never have', 'StringEquals sqs:prefix a'],
  ])('no candidate: %s', (_name, text) => {
    expect(contextOf(text, [])).toBe('none');
    expect(contextOf(text, [], ANY_PLACE)).not.toBe('none');
  });
});

describe('the values of policy variables', () => {
  function contextsFor(one: Statement, others: readonly Statement[]): string[] {
    const [pair] = pairsOf(one);
    const decision = { ...DECISION_CONTEXT, mentionedKeys: () => new Map([['k', 'k']]) };
    const search = { pair, known: [], near: [], context: decision, statements: () => [one, ...others] };
    return requestSetsOf(pair, one.conditions, decision).flatMap((requests) => [...candidatesOf(requests, search)]).map(
      ({ resource, context }) => `${resource.source} ${showContext(context as ReadonlyMap<string, string>)}`.trim());
  }

  test.each<[string, Statement, Statement[], string[]]>([
    // what it shows, the statement, others, candidates that are among those that are found
    ['first, nothing of the variables', of('s3:Get', 'arn:aws:s3:::b/x'), [of('s3:*', 'arn:aws:s3:::b/${k}')],
      ['arn:aws:s3:::b/x']],
    ['a value with which a statement matches', of('s3:Get', 'arn:aws:s3:::b/x'), [of('s3:*', 'arn:aws:s3:::b/${k}')],
      ['arn:aws:s3:::b/x k=x']],
    ['a value that is between other text',
      of('s3:Get', 'arn:aws:s3:::b/a-x/y'), [of('s3:*', 'arn:aws:s3:::?/a-${k}/*')],
      ['arn:aws:s3:::b/a-x/y k=x']],
    ['other values', of('s3:Get', 'arn:aws:s3:::b/x'), [of('s3:*', 'arn:aws:s3:::b/${k}')],
      ['arn:aws:s3:::b/x k=example', 'arn:aws:s3:::b/x k=another-example']],
    ['the resource has the value', of('s3:Get', 'arn:aws:s3:::b/${k}'), [], ['arn:aws:s3:::b/example k=example']],
    ['the resource has the value of the condition',
      of('s3:Get', 'arn:aws:s3:::b/${k}', condition('StringLike k a?')), [],
      ['arn:aws:s3:::b/ae k=ae']],
    ['the value in another case, too', of('s3:Get', 'arn:aws:s3:::b/${k}'), [], ['arn:aws:s3:::b/EXAMPLE k=EXAMPLE']],
    ['other values depend on it', of('s3:Get', 'arn:aws:s3:::b/x', condition('StringEquals j ${k}-1')), [],
      ['arn:aws:s3:::b/x k=example j=example-1']],
    ['a default, without the key', of('s3:Get', "arn:aws:s3:::b/${k, 'd'}", condition('Null k true')), [],
      ['arn:aws:s3:::b/d']],
  ])('%s', (_name, one, others, expected) => {
    expect(contextsFor(one, others)).toEqual(expect.arrayContaining(expected));
  });

  test('a value that the condition rules out is not tried', () => {
    const found = contextsFor(of('s3:Get', 'arn:aws:s3:::b/${k}', condition('StringEquals k a')), []);
    expect(found).toEqual(['arn:aws:s3:::b/a k=a']);
  });

  test('few values are tried of each key', () => {
    const others = Array.from({ length: 50 }, (_, i) => of('s3:*', `arn:aws:s3:::b/${'?'.repeat(i)}\${k}`));
    expect(contextsFor(of('s3:Get', `arn:aws:s3:::b/${'x'.repeat(60)}`), others)).toHaveLength(5);
  });
});

test.each<[string, Place, string, boolean]>([
  ['it is recorded', { ...ANY_PLACE, isAskedOnStar: true }, '*', true],
  ['it is not recorded', ANY_PLACE, '*', false],
  ['of an ARN', { ...ANY_PLACE, isAskedOnStar: true }, 'arn:aws:ec2:*:*:vpc/*', false],
])('whether AWS compares `*` itself: %s', (_name, place, resource, expected) => {
  const one = of('ec2:DescribeVpcs', resource);
  const [pair] = pairsOf(one);
  const [requests] = requestSetsOf(pair, [], DECISION_CONTEXT);
  const [found] = candidatesOf(requests, { pair, known: [], near: [], place, ...ALONE });
  expect(found.isAskedOnStar).toBe(expected);
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
