/**
 * The calls to AWS about resources with policies: part of the file in bin/ that has the SDK (aws-reader.ts).
 * Invariant: it changes nothing in the account, and a request goes only to the endpoint of a region that the ARN, the connection or S3
 * names, never to a URL of an answer. docs/cli-snapshot.md has the IAM policy for these calls; a test compares the two.
 */
import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Connection } from './connection-settings';
import { plainDocumentIn } from './document-in';
import { accountIn, queuePolicyIn, queueUrlIn, secretPolicyIn, topicPolicyIn } from './policies-in-answers';
import { isOfOtherRegion } from './region-of-bucket';
import { requestHandlerOf, timedSend, TimeLimits } from './timed-client';
import { memoize } from '../../lib/util/memo';

/** Each call throws an error of the SDK, or an UnexpectedAnswer. `undefined`: there is no policy. */
export interface ResourceReader {
  /** Returns the account of the credentials. */
  readonly account: () => Promise<string>;
  /** @param owner the account that the bucket must belong to: S3 denies the call otherwise */
  readonly bucketPolicy: (arn: string, owner: string) => Promise<object | undefined>;
  readonly keyPolicy: (arn: string) => Promise<object>;
  readonly queueUrl: (arn: string) => Promise<string>;
  readonly queuePolicy: (arn: string, url: string) => Promise<object | undefined>;
  readonly topicPolicy: (arn: string) => Promise<object>;
  readonly secretPolicy: (arn: string) => Promise<object | undefined>;
}

/**
 * @param connection its region is for buckets, whose ARNs have none
 * @param secrets what was sent and must not be shown is added to it
 */
export function resourceReader(connection: Connection, limits: TimeLimits, secrets: Set<string>): ResourceReader {
  const settings = { ...connection, requestHandler: requestHandlerOf(limits) };
  const sts = memoize((region: string | undefined) => timedSend(new STSClient({ ...settings, region }), 'XML', limits, secrets));
  const kms = memoize((region: string) => timedSend(new KMSClient({ ...settings, region }), 'JSON', limits, secrets));
  // With the URL of a queue as the endpoint, an answer could send signed requests elsewhere.
  const sqs = memoize((region: string) => timedSend(new SQSClient({ ...settings, region, useQueueUrlAsEndpoint: false }), 'JSON', limits, secrets));
  const sns = memoize((region: string) => timedSend(new SNSClient({ ...settings, region }), 'XML', limits, secrets));
  const secretsManager = memoize((region: string) => timedSend(new SecretsManagerClient({ ...settings, region }), 'JSON', limits, secrets));
  // The name of the bucket is in the path, because names with dots do not fit the certificate of S3, and emulators have no other hosts.
  const s3 = memoize((region: string | undefined) => timedSend(
    new S3Client({ ...settings, region, forcePathStyle: true, responseChecksumValidation: 'WHEN_REQUIRED' }), 'S3', limits, secrets));
  const bucketPolicyIn = async (region: string | undefined, bucket: string, owner: string): Promise<object | undefined> => {
    try {
      const { Policy: policy } = await s3(region)(new GetBucketPolicyCommand({ Bucket: bucket, ExpectedBucketOwner: owner }));
      return plainDocumentIn(policy, 'Policy');
    } catch (e) {
      if (isNoPolicy(e)) { return undefined; }
      throw e;
    }
  };
  return {
    account: async () => accountIn(await sts(connection.region)(new GetCallerIdentityCommand({}))),
    bucketPolicy: async (arn, owner) => {
      const bucket = arn.slice(arn.lastIndexOf(':') + 1);
      try {
        return await bucketPolicyIn(connection.region, bucket, owner);
      } catch (e) {
        if (!isOfOtherRegion(e) || e.region === connection.region) { throw e; }
        return bucketPolicyIn(e.region, bucket, owner);
      }
    },
    // The only name of a key policy; emulators ask for it.
    keyPolicy: async (arn) => (
      plainDocumentIn((await kms(regionOf(arn))(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: 'default' }))).Policy, 'Policy')),
    queueUrl: async (arn) => {
      const [,,, region, account, name] = arn.split(':');
      return queueUrlIn(await sqs(region)(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account })), arn);
    },
    queuePolicy: async (arn, url) => (
      queuePolicyIn(await sqs(regionOf(arn))(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Policy', 'QueueArn'] })), arn)),
    topicPolicy: async (arn) => topicPolicyIn(await sns(regionOf(arn))(new GetTopicAttributesCommand({ TopicArn: arn })), arn),
    secretPolicy: async (arn) => secretPolicyIn(await secretsManager(regionOf(arn))(new GetResourcePolicyCommand({ SecretId: arn })), arn),
  };
}

function regionOf(arn: string): string {
  return arn.split(':')[3];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function isNoPolicy(e: unknown): boolean {
  const { name, $metadata } = e as { readonly name?: unknown; readonly $metadata?: { readonly httpStatusCode?: number } };
  return name === 'NoSuchBucketPolicy' && $metadata?.httpStatusCode === 404;
}
