import * as fc from 'fast-check';
import { Excess, KnownAction, Layer, Statement, SymbolicString } from '../../../lib/engine';
import { evaluate } from '../../../lib/engine/evaluate/evaluate';
import { ANY_PLACE, Place } from '../../../lib/engine/regions/place';
import { requestSetsOf } from '../../../lib/engine/regions/request-set';
import { pairsOf } from '../../../lib/engine/regions/targets';
import { findWitness } from '../../../lib/engine/witness/find-witness';
import { runs, SEED } from '../../runs';
import { allow, BUCKET, condition, deny, policy, showContext, StatementJson, variable } from '../make';
import {
  ACTION_PATTERNS, CONDITION_TEXTS, DECISION_CONTEXT, PLAIN_RESOURCES, RESOURCES_WITH_WILDCARDS, written,
} from '../regions/request-sets';

// A failure prints its seed and its path. The same cases every time, unless the environment asks for others.
const RUNS = runs(60, 200);

interface Asked {
  readonly gaps?: Layer['gaps'];
  readonly known?: readonly KnownAction[];
  readonly layer?: Layer['name'];
  readonly place?: Place;
  readonly written?: Statement;
  readonly mentioned?: readonly string[];
}

const INCOMPLETE: Layer['gaps'] = [{
  code: 'IncompleteRole',
  message: 'a policy is not known',
  resolution: 'declare it',
}];

/** The first excess in what the first statement of the session policy matches. */
function find(session: readonly StatementJson[], role: readonly StatementJson[],
  { gaps = [], known = [], layer: name = 'identity policies', place, written: source, mentioned = [] }: Asked = {}) {
  const context = { ...DECISION_CONTEXT, mentionedKeys: () => new Map(mentioned.map((key) => [key, key])) };
  const read = policy(session, 'the session policy');
  const layer: Layer = { name, policies: [policy(role, 'the role')], gaps };
  const [statement] = read.statements;
  const of = (effect: string) => layer.policies[0].statements.filter((s) => s.effect === effect);
  const side = {
    layer,
    sessionDenies: read.statements.filter((s) => s.effect === 'Deny'),
    allows: of('Allow'),
    denies: of('Deny'),
  };
  for (const pair of pairsOf(statement)) {
    const search = {
      pair,
      statement,
      slice: side,
      question: { session: read, layers: [layer] },
      known,
      near: side.allows,
      context,
      place,
      written: source,
    };
    for (const requests of requestSetsOf(pair, statement.conditions, context)) {
      const excess = findWitness(requests, search);
      if (excess) { return excess; }
    }
  }
  return undefined;
}

function show(excess: Excess | undefined): string {
  if (!excess) { return 'none'; }
  const { witness, denial } = excess;
  return [witness.action, witness.resource, showContext(witness.context),
    denial.statement ? `denied by ${denial.statement.index}` : '']
    .filter((s) => s).join(' ');
}

const B = SymbolicString.of('arn:aws:s3:::', variable('B', BUCKET), '/*');
const OTHER = SymbolicString.of('arn:aws:s3:::', variable('O', BUCKET), '/*');
const X = SymbolicString.of('arn:aws:s3:::', variable('X'), '/*');

describe('a request that the session policy allows and the role does not', () => {
  test.each<[string, StatementJson[], StatementJson[], string]>([
    ['no statement of the role allows it', [allow('s3:Put', 'arn:aws:s3:::b/x')], [allow('s3:Get')],
      's3:Put arn:aws:s3:::b/x'],
    ['a role that allows nothing', [allow('s3:Put', 'arn:aws:s3:::b/x')], [], 's3:Put arn:aws:s3:::b/x'],
    ['a statement of the role denies it', [allow('s3:Put', 'arn:aws:s3:::b/x')], [allow('*'), deny('s3:Put')],
      's3:Put arn:aws:s3:::b/x denied by 1'],
    ['a denial says more than that nothing allows it', [allow('s3:Put', 'arn:aws:s3:::b/x')], [deny('s3:Put')],
      's3:Put arn:aws:s3:::b/x denied by 0'],
    ['the first of two that deny', [allow('s3:Put', 'arn:aws:s3:::b/x')], [allow('*'), deny('s3:*'), deny('s3:Put')],
      's3:Put arn:aws:s3:::b/x denied by 1'],
    ['with a key that the session policy asks for',
      [allow('s3:Put', 'arn:aws:s3:::b/x', condition('StringEquals k a'))],
      [allow('*', '*', condition('StringEquals k b'))], 's3:Put arn:aws:s3:::b/x k=a'],
    ['without a key that the role asks for', [allow('s3:Put', 'arn:aws:s3:::b/x')],
      [allow('*', '*', condition('StringEquals k b'))],
      's3:Put arn:aws:s3:::b/x'],
    ['another resource of the app', [allow('s3:Put', B)], [allow('s3:Put', OTHER)],
      's3:Put arn:aws:s3:::example-1/example'],
    ['all but some actions', [{ Effect: 'Allow', NotAction: 's3:*', Resource: 'arn:aws:s3:::b/x' }], [],
      'example:Example arn:aws:s3:::b/x'],
  ])('%s', (_name, session, role, expected) => {
    expect(show(find(session, role))).toBe(expected);
  });

  test('names a real action on its usual resource', () => {
    const known = [{ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:444455556666:orders' }];
    expect(show(find([allow('sqs:*')], [allow('s3:*')], { known })))
      .toBe('sqs:SendMessage arn:aws:sqs:eu-west-1:444455556666:orders');
  });

  test('names the boundary as the boundary', () => {
    expect(find([allow('s3:Put')], [allow('s3:Get')], { layer: 'permissions boundary' })?.denial)
      .toEqual({ layer: 'permissions boundary' });
  });

  test('names the keys as the policies write them, those that are missing, and the values that were assumed', () => {
    const excess = find([allow('s3:Put', B, condition('StringEquals aws:SourceVpc a & Null s3:Prefix true'))], []);
    const { context, missing, keyNames, assumed } = excess!.witness;
    expect([...context]).toEqual([['aws:sourcevpc', 'a']]);
    expect(missing).toEqual(['s3:prefix']);
    expect(keyNames.get('s3:prefix')).toBe('s3:Prefix');
    expect([...assumed]).toEqual([['${B}', 'example-1']]);
  });

  test.each([
    ['a bucket that the app defines has another name than all that are written', [allow('s3:Put', B)],
      [allow('*', 'arn:aws:s3:::data/*')], true],
    ['text of which nothing is known may be what is written', [allow('s3:Put', X)],
      [allow('*', 'arn:aws:s3:::data/*')], false],
    ['text of which nothing is known may be the name of a bucket', [allow('s3:Put', X)], [allow('*', B)], false],
  ])('%s', (_name, session, role, expected) => {
    expect(find(session, role) !== undefined).toBe(expected);
  });
});

describe('no request', () => {
  test.each<[string, StatementJson[], StatementJson[], Asked?]>([
    ['the role allows it', [allow('s3:Get', 'arn:aws:s3:::b/x')], [allow('s3:Get')]],
    ['the session policy denies it, too', [allow('s3:Get', 'arn:aws:s3:::b/x'), deny('s3:*')], []],
    ['the session policy may deny it', [allow('s3:Get', 'arn:aws:s3:::b/x'), deny('*', X)], []],
    ['the role may allow it by text of which nothing is known', [allow('s3:Get', 'arn:aws:s3:::b/x')],
      [allow('s3:Get', X)]],
    ['a policy that is not known may allow it', [allow('s3:Get', 'arn:aws:s3:::b/x')], [], { gaps: INCOMPLETE }],
    ['the name of a made-up resource may be any', [allow('sqs:Send')], [allow('sqs:Send', 'arn:aws:sqs:*:*:orders')]],
    ['a deny whose conditions IAM does not define', [allow('s3:Get', 'arn:aws:s3:::b/x')],
      [allow('*'), deny('s3:*', '*', condition('ForAnyValue:StringEqualsIfExists m a'))]],
    ['a region of IAM', [allow('iam:PassRole', 'arn:aws:iam:us-east-1:111122223333:role/x')], []],
    ['an account that is none', [allow('sqs:Send', 'arn:aws:sqs:us-east-1:12:q')], []],
    ['a service that is none', [allow('s3:Get', 'arn:aws:S3:::b/x')], []],
    ['a condition that no request meets', [allow('s3:Get', '*', condition('StringEquals k a & Null k true'))], []],
  ])('%s', (_name, session, role, asked = {}) => {
    expect(show(find(session, role, asked))).toBe('none');
  });

  test('but a deny of what is known counts, whatever else is not known', () => {
    expect(show(find([allow('s3:Get', 'arn:aws:s3:::b/x')], [deny('s3:*')], { gaps: INCOMPLETE })))
      .toBe('s3:Get arn:aws:s3:::b/x denied by 0');
  });
});

describe('a request on `*`', () => {
  const VPCS = 'arn:aws:ec2:*:*:vpc/*';
  const ELSEWHERE = 'ec2:Describe arn:aws:ec2:us-east-1:111122223333:example';
  const ON_STAR: Place = { ...ANY_PLACE, isAskedOnStar: true };
  const all: StatementJson = { Effect: 'Allow', Action: 'ec2:*', NotResource: VPCS };
  test.each<[string, StatementJson[], StatementJson[], string, string]>([
    // what it shows, policies, what is found if AWS is known to compare `*` itself, and if not
    ['the role allows it on ARNs only', [allow('ec2:Describe')], [allow('ec2:*', VPCS)], 'ec2:Describe *', 'none'],
    ['the role denies it on all but ARNs', [allow('ec2:Describe')], [allow('ec2:*'), { ...all, Effect: 'Deny' }],
      'ec2:Describe * denied by 1', `${ELSEWHERE} denied by 1`],
    ['the session policy denies it on ARNs only', [allow('ec2:Describe'), deny('*', VPCS)], [allow('s3:*')],
      'ec2:Describe *', ELSEWHERE],
    ['the role allows it', [allow('ec2:Describe')], [allow('ec2:*', [VPCS, '*'])], 'none', 'none'],
    ['the role allows it on all but ARNs', [allow('ec2:Describe')], [all, allow('ec2:*', 'arn:*:*:*:*:*')],
      'none', 'none'],
  ])('%s', (_name, session, role, recorded, expected) => {
    const known: KnownAction[] = [{ action: 'ec2:Describe', resource: '*' }];
    const found = [ON_STAR, ANY_PLACE].map((place) => show(find(session, role, { known, place })));
    expect(found).toEqual([recorded, expected]);
  });
});

describe('policy variables of the role', () => {
  const READ = allow('s3:Get', 'arn:aws:s3:::b/x');
  test.each<[string, StatementJson[], string]>([
    ['a value with which a statement denies it', [allow('*'), deny('*', 'arn:aws:s3:::b/${k}')],
      's3:Get arn:aws:s3:::b/x k=x denied by 1'],
    ['no value with which one allows it', [allow('*', 'arn:aws:s3:::b/${k}')], 's3:Get arn:aws:s3:::b/x'],
    ['a value with which none allows it', [allow('*', "arn:aws:s3:::b/${k, 'x'}")],
      's3:Get arn:aws:s3:::b/x k=example'],
  ])('%s', (_name, role, expected) => {
    expect(show(find([READ], role, { mentioned: ['k'] }))).toBe(expected);
  });
});

test('the statement is reported as the policy has it', () => {
  const [source] = policy([allow('s3:Get', 'arn:aws:s3:::${k}')]).statements;
  expect(find([allow('s3:Get', 'arn:aws:s3:::b')], [], { written: source })?.statement).toBe(source);
});

test('what is found is allowed by the session policy and not by the role, whatever the reading', () => {
  const texts = fc.tuple(
    fc.constantFrom(...ACTION_PATTERNS), fc.constantFrom(...PLAIN_RESOURCES, ...RESOURCES_WITH_WILDCARDS),
    fc.option(fc.constantFrom(...CONDITION_TEXTS), { nil: undefined }),
  ).map(([actions, resource, asked]) => written(`${actions} ${resource}${asked ? ` if ${asked}` : ''}`));
  const allowing = texts.map((s) => ({ ...s, Effect: 'Allow' }));
  let found = 0;
  fc.assert(fc.property(fc.tuple(allowing), fc.array(texts, { maxLength: 1 }),
    fc.array(fc.oneof(allowing, texts), { maxLength: 3 }), (first, denies, role) => {
      const session = [...first, ...denies];
      const excess = find(session, role);
      if (!excess) { return; }
      found++;
      const { witness: { action, resource, context }, denial } = excess;
      const outcomes = (policies: readonly StatementJson[]) => (['crosses', 'stays'] as const).map((reading) =>
        evaluate([policy(policies)], { action, resource, context },
          () => { throw new Error('there are no symbolic variables here'); }, reading));
      const refused = denial.statement ? 'explicitDeny' : 'implicitDeny';
      expect([outcomes(session), outcomes(role)]).toEqual([['allowed', 'allowed'], [refused, refused]]);
      expect(`${action} ${resource}`)
        .toMatch(/^[A-Za-z0-9-]+:[A-Za-z0-9]+ (\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+)$/);
      if (denial.statement) { expect(denial.statement.effect).toBe('Deny'); }
    }), { seed: SEED, numRuns: RUNS });
  expect(found).toBeGreaterThan(RUNS / 10);
});
