import { meetsForm } from './forms';
import { actionFacts, actionsMatching, nearestActionPattern } from '../../lib/reference/action-facts';
import { ACTION_OF_OPERATION } from '../../lib/reference/operations';
import { isServicePrefix, servicePrefixes } from '../../lib/reference/services';
import { WELL_KNOWN_ACTIONS } from '../../lib/reference/well-known-actions';

test.each([
  ['s3:GetObject', 's3:GetObject', 'Read', ['accesspointobject', 'object']],
  ['S3:getobject', 's3:GetObject', 'Read', ['accesspointobject', 'object']],
  ['s3:PutObjectTagging', 's3:PutObjectTagging', 'Tagging', ['accesspointobject', 'object']],
  ['s3:PutBucketPolicy', 's3:PutBucketPolicy', 'Permissions management', ['bucket']],
  ['dynamodb:ListTables', 'dynamodb:ListTables', 'List', []],
  ['sqs:SendMessage', 'sqs:SendMessage', 'Write', ['queue']],
])('%s is %s', (action, name, accessLevel, types) => {
  const facts = actionFacts(action)!;
  expect(facts).toMatchObject({ name, accessLevel });
  expect(facts.types.map((type) => type.name)).toEqual(expect.arrayContaining(types));
});

test.each([
  's3:GetObjects', 's3', 's3:', ':GetObject', 'nope:GetObject', 's3:Get*', '*', 'toString:constructor', '__proto__:x',
])('%s is not an action', (action) => {
  expect(actionFacts(action)).toBeUndefined();
});

test.each([
  ['sqs:Send*', ['sqs:SendMessage']],
  ['SQS:SENDMESSAGE', ['sqs:SendMessage']],
  ['sqs:?endMessage', ['sqs:SendMessage']],
  ['s3:Get*ectTagging', ['s3:GetObjectTagging']],
  ['s?s:SendMessage', ['sms:SendMessage', 'sqs:SendMessage']],
  ['sqs:*Message*Batch*', []],
  ['nope:*', []],
  ['sqs', []],
])('%s matches', (pattern, names) => {
  expect(actionsMatching(pattern).map((a) => a.name)).toEqual(names);
});

test('* is every action', () => {
  expect(actionsMatching('*')).toHaveLength(actionsMatching('*:*').length);
  expect(actionsMatching('*').length).toBeGreaterThan(20_000);
});

test.each([
  ['s3:GetObjct', 's3:GetObject'],
  ['s3:getobjectss', 's3:GetObject'],
  ['s3:ListObjectsV2', 's3:ListBucket'],
  ['s3:HeadObject', 's3:GetObject'],
  ['s3:GetSecretValue', 'secretsmanager:GetSecretValue'],
  ['secretmanager:GetSecretValue', 'secretsmanager:GetSecretValue'],
  ['dynamo:GetItem', 'dynamodb:GetItem'],
  ['cloudwatchlogs:PutLogEvents', 'logs:PutLogEvents'],
  ['nonsense:Foo', undefined],
  ['sqs:Frobnicate', undefined],
  ['s3', undefined],
  ['s3:', undefined],
])('%s: did you mean %s?', (text, meant) => {
  expect(nearestActionPattern(text)).toBe(meant);
});

test.each([
  ['s3:GetObjct*', 's3:GetObject*'],
  ['s3:HeadObject', 's3:GetObject'],
  ['dynamo:*', 'dynamodb:*'],
  ['dynamo:Batch*Item', 'dynamodb:Batch*Item'],
  ['dynamo:*Frobnicate', undefined],
  ['deepracer:Create*', undefined], // not that of another service
  ['s3:*Frobnicate*', undefined],
  ['*', undefined],
])('%s: did you mean the pattern %s?', (text, meant) => {
  expect(nearestActionPattern(text)).toBe(meant);
});

test.each([...ACTION_OF_OPERATION])('%s is not an action, and %s is one', (operation, action) => {
  expect(actionFacts(operation)).toBeUndefined();
  expect(actionFacts(action)?.name).toBe(action);
});

test('prefixes', () => {
  expect(servicePrefixes()).toContain('eks-auth');
  expect(isServicePrefix('S3')).toBe(true);
  expect(isServicePrefix('dynamo')).toBe(false);
});

test.each(WELL_KNOWN_ACTIONS)('the well-known $action is used on $resource', ({ action, resource }) => {
  const facts = actionFacts(action)!;
  expect(facts.name).toBe(action);
  expect(resource === '*'
    ? facts.withoutResource
    : facts.types.some(({ forms }) => forms.some((form) => meetsForm(resource, form)))).toBe(true);
});
