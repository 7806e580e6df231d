import { KnownAction } from '../engine';

/**
 * Actions of the services that pods use most, each with an ARN of a resource that it is used on. They make the
 * requests in messages easy to read; no proof depends on them.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const WELL_KNOWN_ACTIONS: readonly KnownAction[] = [
  ...on('arn:aws:s3:::example-bucket/example-key', 's3', ['GetObject', 'PutObject', 'DeleteObject', 'GetObjectTagging', 'PutObjectTagging', 'GetObjectVersion', 'AbortMultipartUpload', 'GetObjectAcl', 'PutObjectAcl', 'RestoreObject']),
  ...on('arn:aws:s3:::example-bucket', 's3', ['ListBucket', 'GetBucketLocation', 'GetBucketPolicy', 'PutBucketPolicy', 'DeleteBucket', 'ListBucketVersions']),
  ...on('arn:aws:dynamodb:us-east-1:111122223333:table/example-table', 'dynamodb', ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem', 'DescribeTable', 'DeleteTable', 'ConditionCheckItem']),
  ...on('arn:aws:sqs:us-east-1:111122223333:example-queue', 'sqs', ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'PurgeQueue', 'DeleteQueue']),
  ...on('arn:aws:sns:us-east-1:111122223333:example-topic', 'sns', ['Publish', 'Subscribe', 'GetTopicAttributes', 'DeleteTopic']),
  ...on('arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'kms', ['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey', 'ReEncryptFrom', 'ScheduleKeyDeletion']),
  ...on('arn:aws:secretsmanager:us-east-1:111122223333:secret:example-a1b2c3', 'secretsmanager', ['GetSecretValue', 'DescribeSecret', 'PutSecretValue', 'DeleteSecret']),
  ...on('arn:aws:ssm:us-east-1:111122223333:parameter/example', 'ssm', ['GetParameter', 'GetParameters', 'GetParametersByPath', 'PutParameter']),
  ...on('arn:aws:lambda:us-east-1:111122223333:function:example-function', 'lambda', ['InvokeFunction', 'GetFunction', 'UpdateFunctionCode', 'DeleteFunction']),
  ...on('arn:aws:states:us-east-1:111122223333:stateMachine:example-machine', 'states', ['StartExecution', 'DescribeStateMachine', 'ListExecutions']),
  ...on('arn:aws:kinesis:us-east-1:111122223333:stream/example-stream', 'kinesis', ['GetRecords', 'PutRecord', 'DescribeStream']),
  ...on('arn:aws:events:us-east-1:111122223333:event-bus/default', 'events', ['PutEvents']),
  ...on('arn:aws:logs:us-east-1:111122223333:log-group:example-log-group:log-stream:example-log-stream', 'logs', ['CreateLogStream', 'PutLogEvents']),
  ...on('arn:aws:logs:us-east-1:111122223333:log-group:example-log-group:*', 'logs', ['DescribeLogStreams']),
  ...on('arn:aws:iam::111122223333:role/example-role', 'iam', ['PassRole', 'GetRole', 'PutRolePolicy', 'DeleteRole']),
  ...on('arn:aws:iam::111122223333:role/example-role', 'sts', ['AssumeRole', 'TagSession']),
  ...on('arn:aws:ec2:us-east-1:111122223333:instance/i-1234567890abcdef0', 'ec2', ['StartInstances', 'StopInstances', 'TerminateInstances']),
  ...on('*', 'ec2', ['DescribeInstances', 'DescribeSubnets']),
];

function on(resource: string, service: string, names: readonly string[]): KnownAction[] {
  return names.map((name) => ({ action: `${service}:${name}`, resource }));
}
