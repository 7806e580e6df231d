/**
 * Conditions on a key that the service authorization reference lists for one action and not for another. A request of
 * the other action never has the key: a positive operator is false, a negated one and an IfExists one are true.
 */
import { Pair } from './pair';

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/';
const PAGES: { readonly [service: string]: string } = {
  dynamodb: `${REFERENCE}list_amazondynamodb.html`,
  ec2: `${REFERENCE}list_amazonec2.html`,
  ecr: `${REFERENCE}list_amazonelasticcontainerregistry.html`,
  iam: `${REFERENCE}list_awsidentityandaccessmanagementiam.html`,
  kms: `${REFERENCE}list_awskeymanagementservice.html`,
  lambda: `${REFERENCE}list_awslambda.html`,
  s3: `${REFERENCE}list_amazons3.html`,
  secretsmanager: `${REFERENCE}list_awssecretsmanager.html`,
  sns: `${REFERENCE}list_amazonsns.html`,
  sqs: `${REFERENCE}list_amazonsqs.html`,
  ssm: `${REFERENCE}list_awssystemsmanager.html`,
};

type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };

const statement = (
  effect: 'Allow' | 'Deny', actions: readonly string[], resources: readonly string[], condition?: Condition,
) => ({ Effect: effect, Action: actions, Resource: resources, ...(condition && { Condition: condition }) });

const BUCKET = 'arn:aws:s3:::orders';
const OBJECTS = 'arn:aws:s3:::orders/*';
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const IMAGE = 'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0';
const INSTANCES = 'arn:aws:ec2:eu-west-1:111122223333:instance/*';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ROLE = 'arn:aws:iam::111122223333:role/orders';
const GROUP = 'arn:aws:iam::111122223333:group/orders';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const PARAMETER = 'arn:aws:ssm:eu-west-1:111122223333:parameter/orders';
const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:orders';
const LAYER_VERSION = 'arn:aws:lambda:eu-west-1:111122223333:layer:orders:1';
const REPOSITORY = 'arn:aws:ecr:eu-west-1:111122223333:repository/orders';

/**
 * The session allows the action on the resource. The role allows the service if the condition holds ('Allow'), or it
 * allows the service and denies it if the condition holds ('Deny').
 */
type Row = readonly [
  action: string, resource: string, effect: 'Allow' | 'Deny', condition: Condition, verdict: 'narrows' | 'exceeds',
];

const S3_ROWS: readonly Row[] = [
  ['s3:GetObject', OBJECTS, 'Deny', { StringLike: { 's3:prefix': 'secret/*' } }, 'narrows'],
  ['s3:ListBucket', BUCKET, 'Deny', { StringLike: { 's3:prefix': 'secret/*' } }, 'exceeds'],
  ['s3:GetObject', OBJECTS, 'Deny', { StringNotLike: { 's3:prefix': 'team/*' } }, 'exceeds'],
  ['s3:GetObject', OBJECTS, 'Allow', { StringNotLike: { 's3:prefix': 'secret/*' } }, 'narrows'],
  ['s3:ListBucket', BUCKET, 'Allow', { StringNotLike: { 's3:prefix': 'secret/*' } }, 'exceeds'],
  ['s3:GetObject', OBJECTS, 'Allow', { StringLike: { 's3:prefix': 'team/*' } }, 'exceeds'],
  ['s3:GetObject', OBJECTS, 'Deny', { StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } }, 'narrows'],
  ['s3:PutObject', OBJECTS, 'Deny', { StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } }, 'exceeds'],
  ['s3:GetObject', OBJECTS, 'Deny', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }, 'exceeds'],
  ['s3:GetObject', OBJECTS, 'Deny', { Null: { 's3:x-amz-server-side-encryption': 'true' } }, 'exceeds'],
  ['s3:GetObject', OBJECTS, 'Allow',
    { StringEqualsIfExists: { 's3:x-amz-server-side-encryption': 'aws:kms' } }, 'narrows'],
  ['s3:PutObject', OBJECTS, 'Allow',
    { StringEqualsIfExists: { 's3:x-amz-server-side-encryption': 'aws:kms' } }, 'exceeds'],
  ['s3:GetObject', OBJECTS, 'Deny', { StringLike: { 'kms:ViaService': '*' } }, 'narrows'],
];

const DYNAMODB_ROWS: readonly Row[] = [
  ['dynamodb:Scan', TABLE, 'Allow',
    { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['tenant-a'] } }, 'narrows'],
  ['dynamodb:GetItem', TABLE, 'Allow',
    { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['tenant-a'] } }, 'exceeds'],
  ['dynamodb:Scan', TABLE, 'Deny', { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['tenant-b'] } }, 'narrows'],
  ['dynamodb:GetItem', TABLE, 'Deny',
    { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['tenant-b'] } }, 'exceeds'],
  ['dynamodb:Scan', TABLE, 'Deny', { Null: { 'dynamodb:LeadingKeys': 'true' } }, 'exceeds'],
  ['dynamodb:Scan', TABLE, 'Allow', { Null: { 'dynamodb:LeadingKeys': 'false' } }, 'exceeds'],
];

const EC2_ROWS: readonly Row[] = [
  ['ec2:RunInstances', IMAGE, 'Deny', { StringLike: { 'ec2:InstanceType': 'p5.*' } }, 'narrows'],
  ['ec2:RunInstances', INSTANCES, 'Deny', { StringLike: { 'ec2:InstanceType': 'p5.*' } }, 'exceeds'],
  ['ec2:RunInstances', IMAGE, 'Deny', { StringNotEquals: { 'ec2:InstanceType': 't3.micro' } }, 'exceeds'],
  ['ec2:RunInstances', IMAGE, 'Allow', { StringEqualsIfExists: { 'ec2:InstanceType': 't3.micro' } }, 'narrows'],
  ['ec2:RunInstances', INSTANCES, 'Allow', { StringEqualsIfExists: { 'ec2:InstanceType': 't3.micro' } }, 'exceeds'],
  ['ec2:DescribeInstances', '*', 'Deny', { StringEquals: { 'aws:ResourceTag/env': 'prod' } }, 'narrows'],
  ['ec2:StopInstances', INSTANCES, 'Deny', { StringEquals: { 'aws:ResourceTag/env': 'prod' } }, 'exceeds'],
];

const KMS_ROWS: readonly Row[] = [
  ['kms:ListKeys', '*', 'Deny', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, 'narrows'],
  ['kms:Decrypt', KEY, 'Deny', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, 'exceeds'],
  ['kms:DescribeKey', KEY, 'Deny', { StringEquals: { 'kms:EncryptionContext:tenant': 'b' } }, 'narrows'],
  ['kms:Decrypt', KEY, 'Deny', { StringEquals: { 'kms:EncryptionContext:tenant': 'b' } }, 'exceeds'],
  ['kms:DescribeKey', KEY, 'Deny', { StringNotEquals: { 'kms:EncryptionContext:tenant': 'a' } }, 'exceeds'],
  ['kms:DescribeKey', KEY, 'Allow', { StringEqualsIfExists: { 'kms:EncryptionContext:tenant': 'a' } }, 'narrows'],
  ['kms:Decrypt', KEY, 'Allow', { StringEqualsIfExists: { 'kms:EncryptionContext:tenant': 'a' } }, 'exceeds'],
  ['kms:Decrypt', KEY, 'Deny', { Bool: { 'kms:GrantIsForAWSResource': 'false' } }, 'narrows'],
  ['kms:CreateGrant', KEY, 'Deny', { Bool: { 'kms:GrantIsForAWSResource': 'false' } }, 'exceeds'],
];

/** Each request to pass a role says to which service. */
const IAM_ROWS: readonly Row[] = [
  ['iam:GetRole', ROLE, 'Deny', { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }, 'narrows'],
  ['iam:PassRole', ROLE, 'Deny', { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }, 'exceeds'],
  ['iam:GetRole', ROLE, 'Deny', { StringNotEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }, 'exceeds'],
  ['iam:PassRole', ROLE, 'Allow', { StringLike: { 'iam:PassedToService': '*' } }, 'narrows'],
  ['iam:GetRole', ROLE, 'Allow', { StringLike: { 'iam:PassedToService': '*' } }, 'exceeds'],
  ['iam:PassRole', ROLE, 'Deny', { Null: { 'iam:PassedToService': 'true' } }, 'narrows'],
  ['iam:GetRole', ROLE, 'Deny', { Null: { 'iam:PassedToService': 'true' } }, 'exceeds'],
  ['iam:GetGroup', GROUP, 'Deny', { StringEquals: { 'aws:ResourceTag/env': 'prod' } }, 'narrows'],
  ['iam:GetRole', ROLE, 'Deny', { StringEquals: { 'aws:ResourceTag/env': 'prod' } }, 'exceeds'],
  ['iam:GetGroup', GROUP, 'Deny', { StringNotEquals: { 'aws:ResourceTag/env': 'dev' } }, 'exceeds'],
];

const OTHER_ROWS: readonly Row[] = [
  ['secretsmanager:DescribeSecret', SECRET, 'Deny',
    { StringEquals: { 'secretsmanager:VersionStage': 'AWSPREVIOUS' } }, 'narrows'],
  ['secretsmanager:GetSecretValue', SECRET, 'Deny',
    { StringEquals: { 'secretsmanager:VersionStage': 'AWSPREVIOUS' } }, 'exceeds'],
  ['secretsmanager:DescribeSecret', SECRET, 'Allow',
    { StringEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } }, 'exceeds'],

  ['sns:Publish', TOPIC, 'Deny', { StringEquals: { 'sns:Protocol': 'http' } }, 'narrows'],
  ['sns:Subscribe', TOPIC, 'Deny', { StringEquals: { 'sns:Protocol': 'http' } }, 'exceeds'],
  ['sns:Publish', TOPIC, 'Deny', { StringNotEquals: { 'sns:Protocol': 'sqs' } }, 'exceeds'],
  ['sns:Publish', TOPIC, 'Allow', { StringEqualsIfExists: { 'sns:Protocol': 'sqs' } }, 'narrows'],
  ['sns:Subscribe', TOPIC, 'Allow', { StringEqualsIfExists: { 'sns:Protocol': 'sqs' } }, 'exceeds'],

  ['sqs:SendMessage', QUEUE, 'Deny', { StringEquals: { 'aws:RequestTag/team': 'b' } }, 'narrows'],
  ['sqs:TagQueue', QUEUE, 'Deny', { StringEquals: { 'aws:RequestTag/team': 'b' } }, 'exceeds'],
  ['sqs:SendMessage', QUEUE, 'Deny', { StringNotEquals: { 'aws:RequestTag/team': 'a' } }, 'exceeds'],
  ['sqs:ListQueues', '*', 'Allow', { StringEquals: { 'aws:ResourceTag/team': 'a' } }, 'exceeds'],

  ['ssm:GetParameter', PARAMETER, 'Deny', { StringEquals: { 'ssm:Recursive': 'true' } }, 'narrows'],
  ['ssm:GetParametersByPath', PARAMETER, 'Deny', { StringEquals: { 'ssm:Recursive': 'true' } }, 'exceeds'],

  ['lambda:GetFunction', FUNCTION, 'Deny', { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }, 'narrows'],
  ['lambda:InvokeFunction', FUNCTION, 'Deny', { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }, 'exceeds'],
  ['lambda:GetLayerVersion', LAYER_VERSION, 'Allow', { StringNotEquals: { 'aws:ResourceTag/env': 'prod' } }, 'narrows'],
  ['lambda:GetFunction', FUNCTION, 'Allow', { StringNotEquals: { 'aws:ResourceTag/env': 'prod' } }, 'exceeds'],
  ['lambda:InvokeFunction', FUNCTION, 'Allow', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, 'narrows'],
  ['lambda:TagResource', FUNCTION, 'Allow', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, 'exceeds'],

  ['ecr:PutImage', REPOSITORY, 'Deny', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['cost-center'] } }, 'narrows'],
  ['ecr:TagResource', REPOSITORY, 'Deny',
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['cost-center'] } }, 'exceeds'],
];

/** The session has the condition too, or one that the key's presence makes as strict. */
const IN_THE_SESSION: readonly Pair[] = [
  {
    title: 's3:ListBucket with a prefix of the team; the role allows that prefix',
    session: [statement('Allow', ['s3:ListBucket'], [BUCKET], { StringLike: { 's3:prefix': 'team/a/*' } })],
    role: [statement('Allow', ['s3:*'], ['*'], { StringLike: { 's3:prefix': 'team/*' } })],
    verdict: 'narrows',
    page: PAGES.s3,
  },
  {
    title: 'iam:PassRole to ECS tasks by an IfExists operator; the role requires ECS tasks',
    session: [statement('Allow', ['iam:PassRole'], [ROLE], {
      StringEqualsIfExists: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    })],
    role: [statement('Allow', ['iam:PassRole'], ['*'], {
      StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    })],
    verdict: 'narrows',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html',
  },
  {
    title: 'kms:Decrypt by an IfExists operator; the role requires the encryption context',
    session: [statement('Allow', ['kms:Decrypt'], [KEY], {
      StringEqualsIfExists: { 'kms:EncryptionContext:tenant': 'a' },
    })],
    role: [statement('Allow', ['kms:Decrypt'], ['*'], { StringEquals: { 'kms:EncryptionContext:tenant': 'a' } })],
    verdict: 'exceeds',
    page: PAGES.kms,
  },
];

const pair = ([action, resource, effect, condition, verdict]: Row): Pair => {
  const service = action.split(':')[0];
  const all = [`${service}:*`];
  return {
    title: `${action} on ${resource}: ${effect} if ${JSON.stringify(condition)}`,
    session: [statement('Allow', [action], [resource])],
    role: effect === 'Allow'
      ? [statement('Allow', all, ['*'], condition)]
      : [statement('Allow', all, ['*']), statement('Deny', all, ['*'], condition)],
    verdict,
    page: PAGES[service],
  };
};

export const KEYS_OF_ACTIONS: readonly Pair[] = [
  ...[...S3_ROWS, ...DYNAMODB_ROWS, ...EC2_ROWS, ...KMS_ROWS, ...IAM_ROWS, ...OTHER_ROWS].map(pair),
  ...IN_THE_SESSION,
];
