import * as fc from 'fast-check';
import { ResolvedStatement } from '../../../lib/session-policy/minimize';

/** Random session policies for the laws of compaction, and requests that tell them apart. */

const ACTIONS = [
  's3:GetObject', 's3:getobject', 's3:GetObjectAcl', 's3:PutObject', 's3:DeleteObject', 's3:GetObject*',
  's3:Get*', 's3:*Acl', 's3:ListBucket',
  's3:GetBucketAcl', 's3:*', 's3:GetNothingKnown', 'sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage',
  'sqs:GetQueueUrl', 'sqs:Get*',
  'notaservice:DoThis', 'notaservice:*', '*',
];
const BUCKET = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
const OBJECTS = { 'Fn::Join': ['', [BUCKET, '/*']] };
const TEXTS = [
  '*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/a/*', 'arn:aws:s3:::b/a/x', 'arn:aws:s3:::c/*',
  'arn:aws:sqs:eu-west-1:111122223333:q', 'arn:aws:sqs:eu-west-1:111122223333:r', 'arn:aws:sqs:*:*:q',
];
const CONDITIONS = [
  undefined, undefined, undefined,
  { StringEquals: { 'aws:SourceVpc': 'v' } }, { StringLike: { 'aws:PrincipalTag/team': ['a*', 'b'] } },
];

function listOf(item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const several = { minLength: 1, maxLength: 5, selector: (value: unknown) => JSON.stringify(value) };
  return fc.oneof(item, fc.uniqueArray(item, several));
}

function statementOf(resources: readonly unknown[]): fc.Arbitrary<ResolvedStatement> {
  return fc.record({
    Sid: fc.constantFrom(undefined, undefined, undefined, 'named'),
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    kind: fc.constantFrom('plain', 'plain', 'plain', 'plain', 'plain', 'NotAction', 'NotResource'),
    actions: listOf(fc.constantFrom(...ACTIONS)),
    resources: listOf(fc.constantFrom(...resources)),
    Condition: fc.constantFrom(...CONDITIONS),
  }).map(({ Sid, Effect, kind, actions, resources: list, Condition }) => JSON.parse(JSON.stringify({
    Sid,
    Effect,
    [kind === 'NotAction' ? kind : 'Action']: actions,
    [kind === 'NotResource' ? kind : 'Resource']: list,
    Condition,
  })));
}

/** Each Sid is there once, as IAM requires it. */
function withDifferentSids(statements: readonly ResolvedStatement[]): ResolvedStatement[] {
  return statements.map((statement, i) => (statement.Sid === undefined ? statement : { ...statement, Sid: `named${i}` }));
}

function policiesOn(resources: readonly unknown[]): fc.Arbitrary<ResolvedStatement[]> {
  return fc.array(statementOf(resources), { minLength: 1, maxLength: 5 }).map(withDifferentSids);
}

/** Statements of texts alone. */
export const TEXT_POLICIES = policiesOn(TEXTS);

/** Statements of texts and of CloudFormation intrinsics. */
export const POLICIES = policiesOn([...TEXTS, BUCKET, OBJECTS, { Ref: 'Queue' }]);

/** The same statements with all lists in another order. */
export function inAnotherOrder(statements: readonly ResolvedStatement[]): ResolvedStatement[] {
  const turn = (value: unknown) => (Array.isArray(value) ? [...value].reverse() : value);
  return statements.map((statement) => (
    Object.fromEntries(Object.entries(statement).reverse().map(([key, value]) => [key, turn(value)])))).reverse();
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Map<string, string[]>;
}

const CONTEXTS: ReadonlyArray<ReadonlyArray<readonly [string, string[]]>> = [
  [],
  [['aws:sourcevpc', ['v']]],
  [['aws:principaltag/team', ['alpha']]],
  [['aws:sourcevpc', ['v']], ['aws:principaltag/team', ['b']]],
];

function requestsOf(actions: readonly string[], resources: readonly string[]): Request[] {
  return actions.flatMap((action) => resources.flatMap((resource) => CONTEXTS.map((entries) => (
    { action, resource, context: new Map(entries.map(([key, values]) => [key, [...values]])) }))));
}

const BUCKETS = ['arn:aws:s3:::b', 'arn:aws:s3:::c', 'arn:aws:s3:::d'];
const KEYS = ['arn:aws:s3:::b/a/x', 'arn:aws:s3:::b/a/y', 'arn:aws:s3:::b/z', 'arn:aws:s3:::c/a/x', 'arn:aws:s3:::d/x'];
const QUEUES = [
  'arn:aws:sqs:eu-west-1:111122223333:q', 'arn:aws:sqs:eu-west-1:111122223333:r',
  'arn:aws:sqs:us-east-1:444455556666:q',
  'arn:aws:sqs:us-east-1:444455556666:z',
];

/** Requests that AWS makes, by its service authorization reference. */
export const AWS_REQUESTS: readonly Request[] = [
  ...requestsOf([
    's3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:GetObjectRetention',
    's3:PutObject', 's3:PutObjectAcl',
    's3:PutObjectTagging', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload', 's3:RestoreObject',
  ], KEYS),
  ...requestsOf([
    's3:ListBucket', 's3:GetBucketAcl', 's3:GetBucketPolicy', 's3:GetBucketLocation', 's3:PutBucketAcl',
    's3:DeleteBucket',
    's3:GetLifecycleConfiguration', 's3:GetEncryptionConfiguration', 's3:ListBucketVersions',
  ], BUCKETS),
  ...requestsOf(['s3:ListAllMyBuckets', 'sqs:ListQueues', 'ec2:DescribeInstances'], ['*']),
  ...requestsOf([
    'sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility',
    'sqs:GetQueueUrl', 'sqs:GetQueueAttributes',
    'sqs:PurgeQueue', 'sqs:DeleteQueue', 'sqs:TagQueue', 'sqs:ListDeadLetterSourceQueues', 'sqs:StartMessageMoveTask',
  ], QUEUES),
];

/** Requests that policies can speak of, whether AWS makes them or not. */
export const ALL_REQUESTS: readonly Request[] = [
  ...AWS_REQUESTS,
  ...requestsOf(
    [
      's3:GetObject', 's3:GetNothingKnown', 's3:ListBucket', 'sqs:SendMessage', 'notaservice:DoThis',
      'notaservice:DoThat', 'other:Thing',
    ],
    ['*', ...BUCKETS, ...KEYS, ...QUEUES],
  ),
];
