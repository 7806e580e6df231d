import { ACCOUNT } from './account';
import { Account, AwsError, Input } from './aws-server';

/** Policies of resources by ARN, as an account has them. `null`: there is none. */
export interface ResourcesState {
  readonly id?: string;
  readonly policies: { readonly [arn: string]: object | null };
}

export const BUCKET = 'arn:aws:s3:::reports';
export const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const QUEUE = `arn:aws:sqs:eu-central-1:${ACCOUNT}:jobs.fifo`;
export const TOPIC = `arn:aws:sns:us-west-2:${ACCOUNT}:events`;
export const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:team/db-a1b2c3`;
export const RESOURCES = [BUCKET, KEY, QUEUE, TOPIC, SECRET];

/** The operations that read resources. */
export const RESOURCE_OPERATIONS = [
  'GetCallerIdentity', 'GetBucketPolicy', 'GetKeyPolicy', 'GetQueueUrl', 'GetQueueAttributes', 'GetTopicAttributes',
  'GetResourcePolicy',
] as const;

/** A policy of a resource, with what would break if it were decoded, or not escaped. */
export function policyOf(resource: string, principal: string = `arn:aws:iam::${ACCOUNT}:role/pods`): object {
  return {
    Version: '2012-10-17',
    Statement: [{
      Sid: 'Let the pods 100% <in> & "out"',
      Effect: 'Allow',
      Principal: { AWS: principal },
      Action: '*',
      Resource: resource,
    }],
  };
}

/** Answers of the services for it; `others` come first. */
export function resourceAnswers({ id = ACCOUNT, policies }: ResourcesState, others: Account = {}): Account {
  const has = (arn: string) => Object.hasOwn(policies, arn);
  const textOf = (arn: string) => (policies[arn] === null ? undefined : JSON.stringify(policies[arn]));
  const queueOf = ({ QueueUrl: url }: Input) => Object.keys(policies).find((arn) => (
    arn.includes(':sqs:') && url?.endsWith(`/${arn.split(':')[4]}/${arn.split(':')[5]}`)));
  const noQueue = new AwsError('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
  return {
    GetCallerIdentity: () => ({ UserId: 'AROA:me', Account: id, Arn: `arn:aws:sts::${id}:assumed-role/me/me` }),
    GetBucketPolicy: ({ Bucket: bucket, ExpectedBucketOwner: owner }) => {
      const arn = `arn:aws:s3:::${bucket}`;
      if (!has(arn)) { return new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404); }
      if (owner !== ACCOUNT) { return new AwsError('AccessDenied', 'Access Denied', 403); }
      return policies[arn] === null
        ? new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404)
        : { Policy: textOf(arn)! };
    },
    GetKeyPolicy: ({ KeyId: arn }) => (has(arn)
      ? { Policy: textOf(arn), PolicyName: 'default' }
      : new AwsError('NotFoundException', `Key '${arn}' does not exist`)),
    GetQueueUrl: ({ QueueName: name, QueueOwnerAWSAccountId: owner }) => {
      const arn = Object.keys(policies).find((one) => one.includes(':sqs:') && one.endsWith(`:${owner}:${name}`));
      return arn ? { QueueUrl: `https://sqs.${arn.split(':')[3]}.amazonaws.com/${owner}/${name}` } : noQueue;
    },
    GetQueueAttributes: (input) => {
      const arn = queueOf(input);
      return arn === undefined ? noQueue : {
        Attributes: {
          QueueArn: arn,
          ...policies[arn] !== null && { Policy: textOf(arn) },
        },
      };
    },
    GetTopicAttributes: ({ TopicArn: arn }) => (has(arn)
      ? { Attributes: { Policy: textOf(arn), Owner: arn.split(':')[4], TopicArn: arn, DisplayName: '' } }
      : new AwsError('NotFound', 'Topic does not exist', 404)),
    GetResourcePolicy: ({ SecretId: arn }) => (has(arn)
      ? {
        ARN: arn,
        Name: arn.split(':')[6].replace(/-\w{6}$/, ''),
        ...policies[arn] !== null && { ResourcePolicy: textOf(arn) },
      }
      : new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")),
    ...others,
  };
}
