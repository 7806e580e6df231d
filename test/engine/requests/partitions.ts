/**
 * All resources (`*`) against all ARNs of one partition. The role lives in one partition and meets no ARN of another,
 * so the two are the same for an action that AWS only asks about on ARNs of the form that the role names.
 */
import { type Pair } from './pair';

type Values = string | readonly string[];
const allow = (Action: Values, Resource: Values) => ({ Effect: 'Allow', Action, Resource });
const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const reference = (service: string) => `${REFERENCE}/list_${service}.html`;

const ARNS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html';
const SNS_PUBLISH = 'https://docs.aws.amazon.com/sns/latest/api/API_Publish.html';
const ACCESS_POINTS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html';

/** An action on `*`, and ARNs of the role that match each resource of the action in one partition. */
const ONE_PARTITION: readonly (readonly [action: string, arns: string, page: string])[] = [
  ['sqs:SendMessage', 'arn:aws:sqs:*:*:*', reference('amazonsqs')],
  ['dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/*', reference('amazondynamodb')],
  ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:*', reference('awssecretsmanager')],
  ['lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:*', reference('awslambda')],
  ['kms:Decrypt', 'arn:aws:kms:*:*:key/*', reference('awskeymanagementservice')],
  ['s3:PutBucketTagging', 'arn:aws:s3:::*', reference('amazons3')],
  ['sqs:SendMessage', 'arn:aws-cn:sqs:*:*:*', reference('amazonsqs')],
  ['dynamodb:PutItem', 'arn:aws-cn:dynamodb:*:*:table/*', reference('amazondynamodb')],
  ['secretsmanager:GetSecretValue', 'arn:aws-us-gov:secretsmanager:*:*:secret:*', reference('awssecretsmanager')],
  ['kms:Decrypt', 'arn:aws-us-gov:kms:*:*:key/*', reference('awskeymanagementservice')],
];

/** An action on `*`, and ARNs of the role that leave out a region, an account, or a form of resource. */
const SOME_ARNS: readonly (readonly [action: string, arns: string, page: string])[] = [
  ['kms:Decrypt', 'arn:aws:kms:us-east-1:*:key/*', reference('awskeymanagementservice')],
  ['sqs:SendMessage', 'arn:aws:sqs:*:111122223333:*', reference('amazonsqs')],
  ['sns:Publish', 'arn:aws:sns:*:*:*', SNS_PUBLISH],
  ['s3:GetObject', 'arn:aws:s3:::*', ACCESS_POINTS],
  ['s3:GetObject', 'arn:aws:s3:::*/*', ACCESS_POINTS],
  ['s3:ListBucket', 'arn:aws:s3:::*', ACCESS_POINTS],
];

export const PARTITIONS: readonly Pair[] = [
  ...ONE_PARTITION.map(([action, arns, page]): Pair => ({
    title: `${action} on all resources, the role allows it on ${arns}`,
    session: [allow(action, '*')],
    role: [allow(action, arns)],
    verdict: 'narrows',
    page,
  })),
  ...SOME_ARNS.map(([action, arns, page]): Pair => ({
    title: `${action} on all resources, the role allows it only on ${arns}`,
    session: [allow(action, '*')],
    role: [allow(action, arns)],
    verdict: 'exceeds',
    page,
  })),
  {
    title: 'sqs:SendMessage on all resources, a role in China with ARNs of China',
    session: [allow('sqs:SendMessage', '*')],
    role: [allow('sqs:SendMessage', 'arn:aws-cn:sqs:*:*:*')],
    principal: { partition: 'aws-cn' },
    verdict: 'narrows',
    page: ARNS,
  },
  {
    title: 'sqs:SendMessage on all resources, a role in China with ARNs of the commercial partition',
    session: [allow('sqs:SendMessage', '*')],
    role: [allow('sqs:SendMessage', 'arn:aws:sqs:*:*:*')],
    principal: { partition: 'aws-cn' },
    verdict: 'exceeds',
    page: ARNS,
  },
  {
    title: 'lambda:InvokeFunction on all resources, a role in GovCloud with ARNs of the commercial partition',
    session: [allow('lambda:InvokeFunction', '*')],
    role: [allow('lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:*')],
    principal: { partition: 'aws-us-gov', account: '111122223333', arn: 'arn:aws-us-gov:iam::111122223333:role/app' },
    verdict: 'exceeds',
    page: ARNS,
  },
  {
    title: 'dynamodb:GetItem on all resources, a commercial role with ARNs of two partitions',
    session: [allow('dynamodb:GetItem', '*')],
    role: [allow('dynamodb:GetItem', ['arn:aws:dynamodb:*:*:table/*', 'arn:aws-cn:dynamodb:*:*:table/*'])],
    principal: { partition: 'aws' },
    verdict: 'narrows',
    page: ARNS,
  },
  {
    title: 'sns:Publish on the topics of all accounts, which are no phone numbers',
    session: [allow('sns:Publish', 'arn:aws:sns:*:*:*')],
    role: [allow('sns:*', 'arn:aws:sns:*:*:*')],
    verdict: 'narrows',
    page: SNS_PUBLISH,
  },
  {
    title: 's3:GetObject on all resources, the role allows it on objects and on access points',
    session: [allow('s3:GetObject', '*')],
    role: [allow('s3:GetObject', ['arn:aws:s3:::*/*', 'arn:aws:s3:*:*:accesspoint/*'])],
    verdict: 'narrows',
    page: ACCESS_POINTS,
  },
];
