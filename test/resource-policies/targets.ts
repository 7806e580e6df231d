/** The resources of generated questions: few requests, and patterns that cannot tell others apart from them. */
import { Given, policy, ref } from './make';
import { Request } from '../oracle/evaluate';
import { Owner } from '../oracle/resource-policies';

export interface Target {
  readonly kind: Owner['kind'];
  readonly arn: string;
  /** One for each set of requests that the patterns can tell apart. */
  readonly requests: ReadonlyArray<Pick<Request, 'action' | 'resource'>>;
  /** Action patterns of identity and resource policies. */
  readonly actions: readonly string[];
  /** Resource patterns of identity policies. */
  readonly resources: readonly string[];
  /** Resource patterns of the policy of the resource. */
  readonly attached: readonly string[];
  /** What a session policy names, pattern by pattern, and no request outside `requests`. */
  readonly named: ReadonlyArray<Pick<Request, 'action' | 'resource'>>;
  /** The resource in a template, with its policy or without. */
  templateOf(statements: readonly object[] | undefined): Given['resources'];
}

const BUCKET = 'arn:aws:s3:::shop-111122223333';

const bucket: Target = {
  kind: 'other',
  arn: BUCKET,
  requests: [
    { action: 's3:GetObject', resource: `${BUCKET}/a` },
    { action: 's3:GetObject', resource: `${BUCKET}/logs/a` },
    { action: 's3:PutObject', resource: `${BUCKET}/a` },
    { action: 's3:PutObject', resource: `${BUCKET}/logs/a` },
    { action: 's3:ListBucket', resource: BUCKET },
  ],
  actions: ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:Get*', 's3:*', 's3:*Object', '*'],
  resources: [BUCKET, `${BUCKET}/*`, `${BUCKET}/logs/*`, `${BUCKET}*`, '*'],
  attached: [BUCKET, `${BUCKET}/*`, `${BUCKET}/logs/*`, `${BUCKET}*`],
  named: [
    { action: 's3:GetObject', resource: `${BUCKET}/*` },
    { action: 's3:GetObject', resource: `${BUCKET}/logs/*` },
    { action: 's3:PutObject', resource: `${BUCKET}/*` },
    { action: 's3:ListBucket', resource: BUCKET },
  ],
  templateOf: (statements) => ({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop-111122223333' } },
    ...(statements ? {
      BucketPolicy: {
        Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: ref('Bucket'), PolicyDocument: policy(...statements) },
      },
    } : {}),
  }),
};

function queue(account: string): Target {
  const arn = `arn:aws:sqs:eu-west-1:${account}:shop`;
  const named = ['sqs:SendMessage', 'sqs:ReceiveMessage'].map((action) => ({ action, resource: arn }));
  return {
    kind: 'other',
    arn,
    requests: named,
    actions: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:Send*', 'sqs:*', 'SQS:SendMessage', '*'],
    resources: [arn, `arn:aws:sqs:*:${account}:*`, '*'],
    attached: [arn, '*'],
    named,
    templateOf: (statements) => ({
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'shop' } },
      ...(statements ? {
        QueuePolicy: {
          Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('Queue')], PolicyDocument: policy(...statements) },
        },
      } : {}),
    }),
  };
}

function table(account: string): Target {
  const arn = `arn:aws:dynamodb:eu-west-1:${account}:table/shop`;
  const requests = [
    { action: 'dynamodb:GetItem', resource: arn },
    { action: 'dynamodb:Query', resource: arn },
    { action: 'dynamodb:Query', resource: `${arn}/index/a` },
  ];
  return {
    kind: 'other',
    arn,
    requests,
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:*Item', 'dynamodb:*', '*'],
    resources: [arn, `${arn}/index/*`, `${arn}*`, '*'],
    attached: [arn, `${arn}/index/*`, `${arn}*`],
    named: [...requests.slice(0, 2), { action: 'dynamodb:Query', resource: `${arn}/index/*` }],
    templateOf: (statements) => ({
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'shop',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
          ...(statements ? { ResourcePolicy: { PolicyDocument: policy(...statements) } } : {}),
        },
      },
    }),
  };
}

function key(account: string): Target {
  const arn = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const named = ['kms:Decrypt', 'kms:Encrypt'].map((action) => ({ action, resource: arn }));
  return {
    kind: 'kms',
    arn,
    requests: named,
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:De*', 'kms:*', '*'],
    resources: [arn, `arn:aws:kms:*:${account}:key/*`, '*'],
    attached: ['*'],
    named,
    templateOf: (statements) => ({
      Key: { Type: 'AWS::KMS::Key', Properties: statements ? { KeyPolicy: policy(...statements) } : {} },
    }),
  };
}

/** The id of a key is not in a template: there its ARN is an attribute. */
export const KEY_ARN = key('111122223333').arn;

export function targetsOf(account: string): readonly Target[] {
  return [bucket, queue(account), table(account), key(account)];
}
