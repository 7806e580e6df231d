/** The comparison that all laws of compaction rely on: it must find what a wrong compaction changes, in few requests. */
import { documentOf, sample } from './equality';
import { CompactionMode } from '../../../lib/session-policy/compaction/compact';
import { ResolvedStatement } from '../../../lib/session-policy/minimize';
import { allow, deny } from '../../make';

const REQUESTS = 1_000;

const OBJECTS = 'arn:aws:s3:::data/*';
const BUCKET = 'arn:aws:s3:::data';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:jobs';
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const BATCH = ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'];
const TAGGED = { StringEquals: { 'aws:ResourceTag/team': 'orders' } };
const TWO_BUCKETS = ['arn:aws:s3:::data-1/*', 'arn:aws:s3:::data-2/*'];

type Row = [
  what: string, written: ResolvedStatement[], compacted: ResolvedStatement[],
  differsIn: CompactionMode[], equalIn: CompactionMode[],
];
const ALL: CompactionMode[] = ['none', 'lossless', 'catalog'];

test.each<Row>([
  ['the same statements', [allow('s3:GetObject', OBJECTS)], [allow('s3:GetObject', OBJECTS)], [], ALL],
  ['statements in another order, and names in another case',
    [allow('s3:GetObject', OBJECTS), allow('sqs:SendMessage', QUEUE)],
    [allow('SQS:sendmessage', QUEUE), allow('s3:getobject', OBJECTS)], [], ALL],
  ['an action of a similar name', [allow('s3:GetObject', OBJECTS)], [allow('s3:GetObject*', OBJECTS)], ALL, []],
  ['an action that AWS does not have', [allow(BATCH, TABLE)], [allow('dynamodb:Batch*', TABLE)],
    ['lossless'], ['catalog']],
  ['an action that AWS has, among many', [allow(BATCH, TABLE)], [allow('dynamodb:B*Item', TABLE)],
    ['lossless'], ['catalog']],
  ['one action more of a service with hundreds', [allow('ec2:Describe*', '*')],
    [allow(['ec2:Describe*', 'ec2:DisableVgwRoutePropagation'], '*')], ['catalog'], []],
  ['one action less', [allow(['sqs:SendMessage', 'sqs:GetQueueUrl'], QUEUE)],
    [allow('sqs:SendMessage', QUEUE)], ALL, []],
  ['more resources', [allow('s3:GetObject', TWO_BUCKETS)], [allow('s3:GetObject', 'arn:aws:s3:::data-*')], ALL, []],
  ['one character more', [allow('s3:GetObject', 'arn:aws:s3:::data/a')],
    [allow('s3:GetObject', 'arn:aws:s3:::data/a?')], ALL, []],
  ['resources of which AWS has none', [allow('s3:GetObject', OBJECTS)], [allow('s3:GetObject', [BUCKET, OBJECTS])],
    ['lossless'], ['catalog']],
  ['two services in one statement', [allow('s3:GetObject', OBJECTS), allow('sqs:SendMessage', QUEUE)],
    [allow(['s3:GetObject', 'sqs:SendMessage'], [OBJECTS, QUEUE])], ['lossless'], ['catalog']],
  ['two actions of one type of resource in one statement',
    [allow('s3:GetObject', TWO_BUCKETS[0]), allow('s3:PutObject', TWO_BUCKETS[1])],
    [allow(['s3:GetObject', 's3:PutObject'], TWO_BUCKETS)], ALL, []],
  ['without a condition', [allow('sqs:SendMessage', QUEUE, TAGGED)], [allow('sqs:SendMessage', QUEUE)], ALL, []],
  ['with another value of a condition', [allow('sqs:SendMessage', QUEUE, TAGGED)],
    [allow('sqs:SendMessage', QUEUE, { StringEquals: { 'aws:ResourceTag/team': ['orders', 'other'] } })], ALL, []],
  ['without a Deny statement', [allow('s3:*', '*'), deny('s3:DeleteBucket', '*')], [allow('s3:*', '*')], ALL, []],
  ['Allow statements joined with a Deny statement', [allow('s3:*', '*'), deny('s3:DeleteBucket', BUCKET)],
    [allow('s3:*', '*'), deny('s3:Delete*', BUCKET)], ALL, []],
  ['NotAction with less', [deny('s3:*', '*'), { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' }],
    [deny('s3:*', '*'), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], ALL, []],
  ['NotResource with less', [{ Effect: 'Allow', Action: 's3:*', NotResource: [OBJECTS, BUCKET] }],
    [{ Effect: 'Allow', Action: 's3:*', NotResource: OBJECTS }], ALL, []],
  ['a form of resources beside another', [allow(['s3:GetObject', 's3:ListBucket'], [BUCKET, OBJECTS])],
    [allow(['s3:GetObject', 's3:ListBucket'], `${BUCKET}*`)], ALL, []],
])('%s', (_what, written, compacted, differsIn, equalIn) => {
  for (const mode of differsIn) {
    const { difference } = sample({ written, compacted, mode }, REQUESTS, 1);
    expect([mode, difference && difference.written !== difference.compacted]).toEqual([mode, true]);
  }
  for (const mode of equalIn) {
    const { difference, allowed, requests } = sample({ written, compacted, mode }, REQUESTS, 1);
    expect([mode, difference]).toEqual([mode, undefined]);
    expect(requests).toBe(REQUESTS);
    expect(allowed).toBeGreaterThan(REQUESTS / 20); // requests that neither allows show little
  }
});

describe('beside a role', () => {
  const written = [allow(['s3:GetObject', 's3:PutObject'], OBJECTS)];
  const all = [allow('s3:*', OBJECTS)];
  const objects = documentOf([allow(['s3:GetObject', 's3:PutObject'], '*')]);
  const deletes = documentOf([allow('s3:DeleteObject', OBJECTS)]);

  test.each([
    ['the role has nothing else', all, [objects], undefined, true],
    ['the role has another action', all, [objects, deletes], undefined, false],
    ['the boundary withholds it', all, [objects, deletes], objects, true],
    ['the role has more resources', [allow('s3:*', '*')], [objects], undefined, false],
    ['the role denies the rest', all, [
      documentOf([allow('s3:*'), { Effect: 'Deny', NotAction: ['s3:GetObject', 's3:PutObject'], Resource: '*' }]),
    ], undefined, true],
    ['the role denies less', all, [
      documentOf([allow('s3:*'), { Effect: 'Deny', NotAction: ['s3:GetObject*', 's3:PutObject'], Resource: '*' }]),
    ], undefined, false],
  ])('%s', (_what, compacted, identity, boundary, isEqual) => {
    const { difference } = sample({ written, compacted, mode: 'role', identity, boundary }, REQUESTS, 1);
    expect(difference === undefined).toBe(isEqual);
    expect(sample({ written, compacted, mode: 'catalog', identity, boundary }, REQUESTS, 1).difference).toBeDefined();
  });
});
