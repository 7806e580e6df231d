import * as fc from 'fast-check';
import { minimize, ResolvedStatement } from '../../lib/session-policy/minimize';
import { evaluate } from '../oracle/evaluate';

const allow = (Action: unknown, Resource: unknown, rest = {}): ResolvedStatement => ({
  Effect: 'Allow', Action, Resource, ...rest,
});
const ARN = { 'Fn::GetAtt': ['Bucket', 'Arn'] };

test.each<[string, ResolvedStatement[], ResolvedStatement[]]>([
  ['the same statement twice', [allow('s3:Get', 'r'), allow('s3:Get', 'r')], [allow('s3:Get', 'r')]],
  ['the same resource', [allow('s3:Get', 'r'), allow('s3:Put', 'r')], [allow(['s3:Get', 's3:Put'], 'r')]],
  ['the same action', [allow('s3:Get', 'r'), allow('s3:Get', 'q')], [allow('s3:Get', ['q', 'r'])]],
  ['a square of four',
    [allow('a:x', 'p'), allow('a:y', 'q'), allow('a:x', 'q'), allow('a:y', 'p')], [allow(['a:x', 'a:y'], ['p', 'q'])]],
  ['different effects stay apart', [allow('s3:Get', 'r'), allow('s3:Put', 'r', { Effect: 'Deny' })],
    [allow('s3:Get', 'r'), allow('s3:Put', 'r', { Effect: 'Deny' })]],
  ['different conditions stay apart',
    [allow('s3:Get', 'r'), allow('s3:Put', 'r', { Condition: { Bool: { k: 'true' } } })],
    [allow('s3:Get', 'r'), allow('s3:Put', 'r', { Condition: { Bool: { k: 'true' } } })]],
  ['equal conditions, written in another order', [
    allow('s3:Get', 'r', { Condition: { StringLike: { b: ['2', '1'], a: 'x' }, Bool: { c: 'true' } } }),
    allow('s3:Put', 'r', { Condition: { Bool: { c: ['true'] }, StringLike: { a: ['x'], b: ['1', '2'] } } }),
  ], [allow(['s3:Get', 's3:Put'], 'r', { Condition: { Bool: { c: 'true' }, StringLike: { a: 'x', b: ['1', '2'] } } })]],
  ['a statement with a Sid stays as it is', [allow('s3:Get', 'r', { Sid: 'A' }), allow('s3:Put', 'r')],
    [allow('s3:Get', 'r', { Sid: 'A' }), allow('s3:Put', 'r')]],
  ['what a wildcard takes in',
    [allow(['s3:Get*', 's3:GetObject', 's3:getobject', 's3:PutObject'], ['arn:aws:s3:::b/a/*', 'arn:aws:s3:::b/*'])],
    [allow(['s3:Get*', 's3:PutObject'], 'arn:aws:s3:::b/*')]],
  ['names that differ in case only', [allow(['s3:GetObject', 's3:getobject'], 'r')], [allow('s3:GetObject', 'r')]],
  ['intrinsics',
    [allow('s3:Get', ARN), allow('s3:Put', { 'Fn::GetAtt': ['Bucket', 'Arn'] })], [allow(['s3:Get', 's3:Put'], ARN)]],
  ['AWS::NoValue', [allow('s3:Get', [ARN, { Ref: 'AWS::NoValue' }])], [allow('s3:Get', ARN)]],
  ['NotAction and NotResource are only sorted',
    [{ Effect: 'Deny', NotAction: ['s3:Put', 's3:Get'], NotResource: ['r', 'q', 'r'] }],
    [{ Effect: 'Deny', NotAction: ['s3:Get', 's3:Put'], NotResource: ['q', 'r'] }]],
  ['NotAction is not merged by resource',
    [{ Effect: 'Deny', NotAction: 'a:x', Resource: 'r' }, { Effect: 'Deny', NotAction: 'a:y', Resource: 'r' }],
    [{ Effect: 'Deny', NotAction: 'a:x', Resource: 'r' }, { Effect: 'Deny', NotAction: 'a:y', Resource: 'r' }]],
])('%s', (_name, statements, expected) => {
  expect(minimize(statements)).toEqual(expected);
});

test('no member is lost', () => {
  const statements = JSON.parse(
    '[{"__proto__":{"Sid":"S"},"Effect":"Allow","Action":"a:x","Resource":"r","Condition":{"Bool":{"__proto__":"true"}}}]',
  );
  expect(JSON.stringify(minimize(statements)))
    .toBe('[{"Effect":"Allow","Action":"a:x","Resource":"r","Condition":{"Bool":{"__proto__":"true"}},"__proto__":{"Sid":"S"}}]');
});

test('elements are written in one order', () => {
  const written = minimize([
    { Condition: { Bool: { k: 'true' } }, Resource: 'r', Action: 'a:x', Effect: 'Allow', Sid: 'S' },
  ]);
  expect(JSON.stringify(written))
    .toBe('[{"Sid":"S","Effect":"Allow","Action":"a:x","Resource":"r","Condition":{"Bool":{"k":"true"}}}]');
});

describe('laws', () => {
  const action = fc.constantFrom('s3:*', 's3:Get*', 's3:GetObject', 's3:PutObject', 'sqs:SendMessage');
  const resource = fc.constantFrom(
    '*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/a/*', 'arn:aws:s3:::b/a/x', 'arn:aws:sqs:*:*:q',
  );
  const list = (item: fc.Arbitrary<string>) => fc.oneof(item, fc.uniqueArray(item, { minLength: 1, maxLength: 3 }));
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: list(action),
    Resource: list(resource),
    Condition: fc.constantFrom(undefined, undefined, { StringEquals: { 'aws:SourceVpc': 'v' } }),
  }) as fc.Arbitrary<ResolvedStatement>;
  const statements = fc.array(statement, { minLength: 1, maxLength: 6 });

  const requests = ['s3:GetObject', 's3:GetX', 's3:PutObject', 's3:X', 'sqs:SendMessage', 'sqs:X'].flatMap((a) =>
    [
      '*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/a/x', 'arn:aws:s3:::b/a/y', 'arn:aws:s3:::b/y', 'arn:aws:s3:::c',
      'arn:aws:sqs:eu-west-1:111122223333:q',
    ]
      .flatMap(
        (r) => [new Map(), new Map([['aws:sourcevpc', ['v']]])].map((context) => ({ action: a, resource: r, context })),
      ));

  test('the order of the statements says nothing', () => {
    fc.assert(fc.property(
      statements.chain((s) => fc.tuple(fc.constant(s), fc.shuffledSubarray(s, { minLength: s.length }))),
      ([a, b]) => {
        expect(JSON.stringify(minimize(a))).toBe(JSON.stringify(minimize(b)));
      },
    ));
  });

  test('once is enough', () => {
    fc.assert(fc.property(statements, (s) => {
      expect(minimize(minimize(s))).toEqual(minimize(s));
    }));
  });

  test('it is never longer', () => {
    fc.assert(fc.property(statements, (s) => {
      expect(JSON.stringify(minimize(s)).length).toBeLessThanOrEqual(JSON.stringify(s).length);
    }));
  });

  test('it allows and denies what the statements did', () => {
    const documents = (s: ResolvedStatement[]) => [JSON.parse(JSON.stringify({ Version: '2012-10-17', Statement: s }))];
    fc.assert(fc.property(statements, (s) => {
      for (const request of requests) {
        expect(evaluate(documents(minimize(s)), request)).toEqual(evaluate(documents(s), request));
      }
    }));
  });
});
