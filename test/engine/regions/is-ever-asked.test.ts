import { RequestCatalog, isEverAsked, SymbolicString } from '../../../lib/engine';
import { cpuSecondsOf } from '../../cpu-seconds';
import { allow, BUCKET, statement, Target, variable } from '../make';

const TABLES = 'arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}';

const CATALOG: RequestCatalog = {
  asOf: '2026-11-01',
  services: new Map([
    ['s3', [
      { name: 'GetObject', resources: ['arn:${Partition}:s3:::${BucketName}/${ObjectName}'] },
      { name: 'GetBucketPolicy', resources: ['arn:${Partition}:s3:::${BucketName}'] },
      { name: 'ListAllMyBuckets', resources: [] },
    ]],
    ['dynamodb',
      [{ name: 'Query', resources: [TABLES, `${TABLES}/index/\${IndexName}`] },
        {
          name: 'ListTables',
          resources: ['arn:${Partition}:dynamodb:${Region}:${Account}:table/${*}'],
          alsoWithoutResource: true,
        }]],
    ['ec2',
      [{ name: 'DescribeInstances', resources: [] },
        { name: 'StopInstances', resources: ['arn:${Partition}:ec2:${Region}:${Account}:instance/${Id}'] }]],
  ]),
};

const B = SymbolicString.of('arn:aws:s3:::', variable('B', BUCKET));

test.each<[string, string, Target, boolean]>([
  ['an object', 's3:GetObject', 'arn:aws:s3:::b/*', true],
  ['an object of another case', 'S3:getobject', 'arn:aws:s3:::b/k', true],
  ['a bucket', 's3:GetObject', 'arn:aws:s3:::b', false],
  ['a bucket that may be an object', 's3:GetObject', 'arn:aws:s3:::b*', true],
  ['a bucket and an object', 's3:GetObject', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'], true],
  ['everything', 's3:GetObject', '*', true],
  ['an object, of a bucket', 's3:GetBucketPolicy', 'arn:aws:s3:::b/*', false],
  ['a bucket of the app', 's3:GetObject', B, false],
  ['an object of it', 's3:GetObject', SymbolicString.of(B, '/*'), true],
  ['of unknown text', 's3:GetObject', SymbolicString.of(variable('X')), true],
  ['of unknown text in another service', 's3:GetObject', SymbolicString.of('arn:aws:sqs:', variable('X')), false],
  ['a pattern of actions, one of which applies', 's3:Get*', 'arn:aws:s3:::b', true],
  ['a pattern of actions, none of which applies', 's3:GetO*', 'arn:aws:s3:::b', false],
  ['all actions of the service', 's3:*', 'arn:aws:sqs:us-east-1:111122223333:q', false],
  ['all actions', '*', 'arn:aws:s3:::b', true],
  ['all actions on an ARN that is none', '*', 'arn:aws:s3:us-east-1::b', false],
  ['another service', 'dynamodb:Query', 'arn:aws:s3:::b/k', false],
  ['any service', 'dynamodb:Query', 'arn:aws:*:*:*:table/t', true],
  ['no resource', 'ec2:DescribeInstances', '*', true],
  ['no resource, on an ARN', 'ec2:DescribeInstances', 'arn:aws:ec2:us-east-1:111122223333:instance/*', false],
  ['no resource, on any ARN', 's3:ListAllMyBuckets', 'arn:aws:s3:::*', false],
  ['a literal asterisk', 'dynamodb:ListTables', 'arn:aws:dynamodb:us-east-1:111122223333:table/*', true],
  ['no literal asterisk', 'dynamodb:ListTables', 'arn:aws:dynamodb:us-east-1:111122223333:table/t', false],
  ['an action that does not exist', 's3:GetObjct', '*', false],
  ['a service that may be newer', 'new:Act', 'arn:aws:s3:::b', true],
])('%s: %s on %s', (_name, action, resource, expected) => {
  expect(isEverAsked(statement(allow(action, resource)), action, CATALOG)).toBe(expected);
});

test('NotResource', () => {
  expect(isEverAsked(
    statement({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::b/*' }), 's3:GetObject', CATALOG,
  )).toBe(true);
});

test('long patterns of many wildcards are answered soon', () => {
  const resource = `arn:aws:dynamodb:us-east-1:111122223333:${'*a?'.repeat(3_000)}`;
  expect(cpuSecondsOf(() => {
    expect(isEverAsked(
      statement(allow('s3:GetObject', Array.from({ length: 50 }, (_, i) => `${resource}${i}`))), 's3:GetObject', CATALOG,
    )).toBe(false); // another service
    expect(isEverAsked(
      statement(allow('dynamodb:Query', Array.from({ length: 50 }, (_, i) => `${resource}:${i}`))), 'dynamodb:Query',
      CATALOG,
    )).toBe(true);
  })).toBeLessThan(20);
});
