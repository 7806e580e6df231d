/**
 * Forms of ARNs. AWS asks about an action on ARNs of its resource types only, in the forms that the service
 * authorization reference gives: a permission on another form never takes effect, and one on a form that the role
 * leaves out exceeds the role.
 */
import { type Pair } from './pair';

type Values = string | readonly string[];
const allow = (Action: Values, Resource: Values) => ({ Effect: 'Allow', Action, Resource });
const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const reference = (service: string) => `${REFERENCE}/list_${service}.html`;

const S3 = reference('amazons3');
const DYNAMODB = reference('amazondynamodb');
const EC2 = reference('amazonec2');
const KINESIS = reference('amazonkinesisdatastreams');
const KMS_RESOURCES = 'https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html';
const LAMBDA_RESOURCES = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html';
const ACCESS_POINTS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html';

const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const STREAM = 'arn:aws:kinesis:us-east-1:111122223333:stream/clicks';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:resize';
const STATES = 'arn:aws:states:us-east-1:111122223333';
const EC2_ARNS = 'arn:aws:ec2:us-east-1:111122223333';
const IMAGES = 'arn:aws:ec2:us-east-1::image/*';
const SOME_QUEUE = allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:jobs');

const S3_FORMS: readonly Pair[] = [
  {
    title: 's3: a job and a Storage Lens configuration, the role allows nothing of S3',
    session: [allow(['s3:DescribeJob', 's3:GetStorageLensConfiguration'], '*')],
    role: [SOME_QUEUE],
    verdict: 'exceeds',
    page: S3,
  },
  {
    title: 's3: an access point, the role allows S3 on buckets and objects',
    session: [allow('s3:GetAccessPointPolicy', '*')],
    role: [allow('s3:*', 'arn:aws:s3:::*')],
    verdict: 'exceeds',
    page: ACCESS_POINTS,
  },
  {
    title: 's3: access grants, the role allows nothing of S3',
    session: [allow(['s3:GetAccessGrant', 's3:GetDataAccess'], '*')],
    role: [SOME_QUEUE],
    verdict: 'exceeds',
    page: S3,
  },
  {
    title: 's3: one access grant, the role allows the grants of each region and account',
    session: [allow('s3:GetAccessGrant', '*')],
    role: [allow('s3:*', 'arn:aws:s3:*:*:access-grants/*')],
    verdict: 'narrows',
    page: S3,
  },
  {
    title: 's3: an object through an access point, the role allows the objects of buckets',
    session: [allow('s3:PutObject', 'arn:aws:s3:us-east-1:111122223333:accesspoint/app/object/*')],
    role: [allow('s3:PutObject', 'arn:aws:s3:::*/*')],
    verdict: 'exceeds',
    page: ACCESS_POINTS,
  },
  {
    title: 's3: object and bucket actions on a bucket and its objects, the role separates them',
    session: [allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'])],
    role: [allow('s3:GetObject', 'arn:aws:s3:::reports/*'), allow('s3:ListBucket', 'arn:aws:s3:::reports')],
    verdict: 'narrows',
    page: S3,
  },
  {
    title: 's3: an object action on a pattern that matches objects of other buckets',
    session: [allow('s3:GetObject', 'arn:aws:s3:::reports*')],
    role: [allow('s3:GetObject', 'arn:aws:s3:::reports/*')],
    verdict: 'exceeds',
    page: S3,
  },
];

const RUN_INSTANCES: readonly Pair[] = [
  {
    title: 'ec2:RunInstances on images, instances and subnets, the role leaves out the subnets',
    session: [allow('ec2:RunInstances', [IMAGES, `${EC2_ARNS}:instance/*`, `${EC2_ARNS}:subnet/*`])],
    role: [allow('ec2:RunInstances', [IMAGES, `${EC2_ARNS}:instance/*`])],
    verdict: 'exceeds',
    page: EC2,
  },
  {
    title: 'ec2:RunInstances on images, the role names ARNs with an account',
    session: [allow('ec2:RunInstances', [IMAGES, `${EC2_ARNS}:instance/*`])],
    role: [allow('ec2:RunInstances', 'arn:aws:ec2:us-east-1:111122223333:*')],
    verdict: 'exceeds',
    page: EC2,
  },
  {
    title: 'ec2:RunInstances on VPCs, which AWS does not ask about',
    session: [allow('ec2:RunInstances', [`${EC2_ARNS}:instance/*`, `${EC2_ARNS}:vpc/*`])],
    role: [allow('ec2:RunInstances', `${EC2_ARNS}:instance/*`)],
    verdict: 'narrows',
    page: EC2,
  },
];

const STREAMS_AND_TABLES: readonly Pair[] = [
  {
    title: 'dynamodb:GetItem on a table and its indexes, the role allows the table',
    session: [allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [TABLE, `${TABLE}/index/*`])],
    role: [allow('dynamodb:*', TABLE)],
    verdict: 'narrows',
    page: DYNAMODB,
  },
  {
    title: 'dynamodb:Query on a table and its indexes, the role allows the table',
    session: [allow(['dynamodb:GetItem', 'dynamodb:Query'], [TABLE, `${TABLE}/index/*`])],
    role: [allow('dynamodb:*', TABLE)],
    verdict: 'exceeds',
    page: DYNAMODB,
  },
  {
    title: 'kinesis:GetRecords on a stream and its consumers, the role allows the stream',
    session: [allow('kinesis:GetRecords', [STREAM, `${STREAM}/consumer/*`])],
    role: [allow('kinesis:*', STREAM)],
    verdict: 'narrows',
    page: KINESIS,
  },
  {
    title: 'kinesis:SubscribeToShard on a stream and its consumers, the role allows the stream',
    session: [allow(['kinesis:GetRecords', 'kinesis:SubscribeToShard'], [STREAM, `${STREAM}/consumer/*`])],
    role: [allow('kinesis:*', STREAM)],
    verdict: 'exceeds',
    page: KINESIS,
  },
];

export const RESOURCE_FORMS: readonly Pair[] = [
  ...S3_FORMS,
  ...RUN_INSTANCES,
  ...STREAMS_AND_TABLES,
  {
    title: 'rds:* on all ARNs of an account, the role allows instances',
    session: [allow('rds:*', 'arn:aws:rds:us-east-1:111122223333:*')],
    role: [allow('rds:*', 'arn:aws:rds:us-east-1:111122223333:db:*')],
    verdict: 'exceeds',
    page: reference('amazonrds'),
  },
  {
    title: 'rds:RebootDBInstance on all ARNs of an account, the role allows instances',
    session: [allow('rds:RebootDBInstance', 'arn:aws:rds:us-east-1:111122223333:*')],
    role: [allow('rds:*', 'arn:aws:rds:us-east-1:111122223333:db:*')],
    verdict: 'narrows',
    page: reference('amazonrds'),
  },
  {
    title: 'ecs:* on all ARNs, the role allows tasks',
    session: [allow('ecs:*', 'arn:aws:ecs:*:*:*')],
    role: [allow('ecs:*', 'arn:aws:ecs:*:*:task/*')],
    verdict: 'exceeds',
    page: reference('amazonelasticcontainerservice'),
  },
  {
    title: 'ecs:StopTask on all ARNs, the role allows tasks',
    session: [allow('ecs:StopTask', 'arn:aws:ecs:*:*:*')],
    role: [allow('ecs:*', 'arn:aws:ecs:*:*:task/*')],
    verdict: 'narrows',
    page: reference('amazonelasticcontainerservice'),
  },
  {
    title: 'lambda:InvokeFunction on a function and its versions, the role allows the unqualified function',
    session: [allow('lambda:InvokeFunction', [FUNCTION, `${FUNCTION}:*`])],
    role: [allow('lambda:InvokeFunction', FUNCTION)],
    verdict: 'exceeds',
    page: LAMBDA_RESOURCES,
  },
  {
    title: 'lambda:GetLayerVersion on functions, which AWS does not ask about',
    session: [allow(['lambda:GetLayerVersion', 'lambda:InvokeFunction'], FUNCTION)],
    role: [allow('lambda:InvokeFunction', FUNCTION)],
    verdict: 'narrows',
    page: reference('awslambda'),
  },
  {
    title: 'states:StartExecution on a state machine and its executions, the role allows the state machine',
    session: [allow('states:StartExecution', [`${STATES}:stateMachine:orders`, `${STATES}:execution:orders:*`])],
    role: [allow('states:*', `${STATES}:stateMachine:orders`)],
    verdict: 'narrows',
    page: reference('awsstepfunctions'),
  },
  {
    title: 'states:StopExecution on a state machine and its executions, the role allows the state machine',
    session: [allow('states:StopExecution', [`${STATES}:stateMachine:orders`, `${STATES}:execution:orders:*`])],
    role: [allow('states:*', `${STATES}:stateMachine:orders`)],
    verdict: 'exceeds',
    page: reference('awsstepfunctions'),
  },
  {
    title: 'kms:Decrypt on aliases, which AWS does not ask about',
    session: [allow('kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:alias/*')],
    role: [SOME_QUEUE],
    verdict: 'narrows',
    page: KMS_RESOURCES,
  },
  {
    title: 'kms:UpdateAlias on aliases and keys, the role allows keys',
    session: [allow('kms:UpdateAlias', 'arn:aws:kms:us-east-1:111122223333:*')],
    role: [allow('kms:*', 'arn:aws:kms:us-east-1:111122223333:key/*')],
    verdict: 'exceeds',
    page: KMS_RESOURCES,
  },
];
