import { SymbolicString } from '../../../lib/engine';
import { describeStatement } from '../../../lib/engine/policy/policy';
import { statementAsJson } from '../../../lib/engine/policy/print-statement';
import { allow, BUCKET, condition, deny, statement, StatementJson, variable } from '../make';

const B = SymbolicString.of('arn:aws:s3:::', variable('B', BUCKET));

test.each<[string, StatementJson]>([
  ['an action on a resource', allow('s3:GetObject', 'arn:aws:s3:::b/*')],
  ['several, in their order', allow(['s3:PutObject', 's3:GetObject'], ['arn:aws:s3:::b', 'arn:aws:s3:::a'])],
  ['a denial', deny('s3:*')],
  ['NotAction', { Effect: 'Allow', NotAction: ['s3:*', 'sqs:*'], Resource: '*' }],
  ['NotResource', { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::b' }],
  ['a Sid', { Sid: 'Objects', ...allow('s3:GetObject') }],
  ['the case that its author chose', allow('S3:getobject', '*', { StringEquals: { 'aws:SourceVPC': 'a' } })],
  ['two operators', allow('s3:*', '*', condition('StringEquals k a & Bool l true'))],
  ['two keys of one operator', allow('s3:*', '*', { StringEquals: { k: 'a', l: 'b' } })],
  ['several values', allow('s3:*', '*', { StringLike: { k: ['a*', 'b*'] } })],
  ['variables and escapes',
    allow('s3:*', 'arn:aws:s3:::b/${aws:username}/${*}', { StringEquals: { k: '${aws:username}' } })],
])('%s: the statement as it was written', (_name, json) => {
  const written = statementAsJson(statement(json));
  // A list of one value is one value.
  const plain = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);
  const asWritten = JSON.parse(JSON.stringify(json), (_key, value) => plain(value));
  expect(JSON.parse(JSON.stringify(written))).toEqual(asWritten);
  expect(statementAsJson(statement(written as StatementJson))).toEqual(written);
});

test('intrinsics stay, and read well as JSON', () => {
  const written = statementAsJson(statement(allow('s3:GetObject', [B, '*'], { StringEquals: { k: B } })));
  expect((written.Resource as unknown[])[0]).toBe(B);
  expect(JSON.stringify(written.Resource)).toBe('["arn:aws:s3:::${B}","*"]');
  expect(JSON.stringify(written.Condition)).toBe('{"StringEquals":{"k":"arn:aws:s3:::${B}"}}');
});

test.each<[StatementJson, string]>([
  [allow('s3:*'), 'statement 0 of P'],
  [{ Sid: 'Objects', ...allow('s3:*') }, "statement 0 (Sid 'Objects') of P"],
])('people refer to %j as %s', (json, expected) => {
  expect(describeStatement(statement(json))).toBe(expected);
});
