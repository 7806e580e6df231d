import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** Grants what a service usually needs: without compaction, it has more than 2,048 characters. */
export function grantMuch(stack: Stack, pods: iam.IGrantable,
  bucketName: string | undefined = 'data-of-the-order-service'): void {
  const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:111122223333:${rest}`;
  new s3.Bucket(stack, 'Bucket', { bucketName }).grantReadWrite(pods);
  kms.Key.fromKeyArn(stack, 'Key', arn('kms', 'key/0a1b2c3d-1111-2222-3333-444455556666')).grantEncryptDecrypt(pods);
  for (const name of ['orders', 'customers', 'invoices', 'archive']) {
    dynamodb.Table.fromTableArn(stack, name, arn('dynamodb', `table/the-order-service-${name}`))
      .grantReadWriteData(pods);
  }
  for (const name of ['incoming', 'failed', 'outgoing', 'retries']) {
    const queue = sqs.Queue.fromQueueArn(stack, `Queue${name}`, arn('sqs', `the-order-service-${name}`));
    queue.grantSendMessages(pods);
    queue.grantConsumeMessages(pods);
  }
  secrets.Secret.fromSecretCompleteArn(stack, 'Secret', arn('secretsmanager',
    'secret:the-order-service/credentials-a1b2c3')).grantRead(pods);
  iam.Grant.addToPrincipal({
    grantee: pods,
    actions: ['cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics',
      'cloudwatch:PutMetricData', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords',
      'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:GetSamplingStatisticSummaries'],
    resourceArns: ['*'],
  });
}
