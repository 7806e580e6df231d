/**
 * Actions for which the service authorization reference lists no resource type. AWS asks about `*`; for some of them
 * its AccessDenied messages name an ARN of the service instead, so a session policy that allows them on an ARN may
 * take effect.
 */
import { type Pair } from './pair';

type Values = string | readonly string[];
const allow = (Action: Values, Resource: Values) => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: Values, Resource: Values) => ({ Effect: 'Deny', Action, Resource });
const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const reference = (service: string) => `${REFERENCE}/list_${service}.html`;

const NOT_RESOURCE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html';
const KMS_RESOURCES = 'https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html';
const ECR_TOKEN = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html';
const KEYS = 'arn:aws:kms:us-east-1:111122223333:key/*';
const REPOSITORIES = 'arn:aws:ecr:us-east-1:111122223333:repository/*';

interface UntypedAction {
  readonly action: string;
  /** ARNs of the service. */
  readonly arns: string;
  /** Another action of the service, which the role allows on the same ARNs. */
  readonly other: string;
  readonly page: string;
}

/** AccessDenied messages name an ARN for these, such as `arn:aws:sqs:us-east-1:111122223333:` for sqs:ListQueues. */
const ASKED_ABOUT_AN_ARN: readonly UntypedAction[] = [
  {
    action: 'sqs:ListQueues',
    arns: 'arn:aws:sqs:us-east-1:111122223333:*',
    other: 'sqs:SendMessage',
    page: reference('amazonsqs'),
  },
  {
    action: 'sns:ListTopics',
    arns: 'arn:aws:sns:us-east-1:111122223333:*',
    other: 'sns:Publish',
    page: reference('amazonsns'),
  },
  {
    action: 's3:ListAllMyBuckets', arns: 'arn:aws:s3:::*', other: 's3:ListBucket', page: reference('amazons3'),
  },
  {
    action: 'states:ListStateMachines',
    arns: 'arn:aws:states:us-east-1:111122223333:stateMachine:*',
    other: 'states:StartExecution',
    page: reference('awsstepfunctions'),
  },
  {
    action: 'iam:ListRoles',
    arns: 'arn:aws:iam::111122223333:role/*',
    other: 'iam:GetRole',
    page: reference('awsidentityandaccessmanagementiam'),
  },
  {
    action: 'dynamodb:ListTables',
    arns: 'arn:aws:dynamodb:us-east-1:111122223333:table/*',
    other: 'dynamodb:GetItem',
    page: reference('amazondynamodb'),
  },
  {
    action: 'ssm:DescribeParameters',
    arns: 'arn:aws:ssm:us-east-1:111122223333:*',
    other: 'ssm:GetParameter',
    page: reference('awssystemsmanager'),
  },
];

/** AWS asks about `*` alone for these, so an allow on an ARN has no effect. */
const ASKED_ABOUT_ALL_RESOURCES: readonly UntypedAction[] = [
  {
    action: 'lambda:ListFunctions',
    arns: 'arn:aws:lambda:us-east-1:111122223333:function:*',
    other: 'lambda:InvokeFunction',
    page: reference('awslambda'),
  },
  { action: 'kms:ListKeys', arns: KEYS, other: 'kms:Decrypt', page: KMS_RESOURCES },
  {
    action: 'secretsmanager:ListSecrets',
    arns: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:*',
    other: 'secretsmanager:GetSecretValue',
    page: reference('awssecretsmanager'),
  },
  {
    action: 'ec2:DescribeInstances',
    arns: 'arn:aws:ec2:us-east-1:111122223333:instance/*',
    other: 'ec2:TerminateInstances',
    page: reference('amazonec2'),
  },
  { action: 'ecr:GetAuthorizationToken', arns: REPOSITORIES, other: 'ecr:BatchGetImage', page: ECR_TOKEN },
];

const DENIED = ['sqs:ListQueues', 'states:ListStateMachines', 'dynamodb:ListTables'];
const ALLOWED = ['sns:ListTopics', 'ssm:DescribeParameters'];

export const UNTYPED_ACTIONS: readonly Pair[] = [
  ...ASKED_ABOUT_AN_ARN.map(({ action, arns, other, page }): Pair => ({
    title: `${action} on ARNs, the role does not allow it`,
    session: [allow([action, other], arns)],
    role: [allow(other, arns)],
    verdict: 'not narrows',
    page,
  })),
  ...ASKED_ABOUT_AN_ARN.filter(({ action }) => DENIED.includes(action)).map(({ action, arns, page }): Pair => ({
    title: `${action} on ARNs, the role denies it`,
    session: [allow(action, arns)],
    role: [allow('*', '*'), deny(action, '*')],
    verdict: 'not narrows',
    page,
  })),
  ...ASKED_ABOUT_AN_ARN.filter(({ action }) => ALLOWED.includes(action)).map(({ action, arns, other, page }): Pair => ({
    title: `${action} on ARNs, the role allows it on all resources`,
    session: [allow([action, other], arns)],
    role: [allow([action, other], '*')],
    verdict: 'narrows',
    page,
  })),
  ...ASKED_ABOUT_ALL_RESOURCES.flatMap(({ action, arns, other, page }): Pair[] => [
    {
      title: `${action} on ARNs, the role does not allow it`,
      session: [allow([action, other], arns)],
      role: [allow(other, arns)],
      verdict: 'narrows',
      page,
    },
    {
      title: `${action} on all resources, the role does not allow it`,
      session: [allow(action, '*')],
      role: [allow(other, arns)],
      verdict: 'exceeds',
      page,
    },
  ]),
  {
    title: 'ec2:DescribeTransitGateways on all resources, the role allows EC2 on volumes',
    session: [allow('ec2:DescribeTransitGateways', '*')],
    role: [allow('ec2:*', 'arn:aws:ec2:*:*:volume/*')],
    verdict: 'exceeds',
    page: reference('amazonec2'),
  },
  {
    title: 'secretsmanager:ListSecrets on all resources, the role allows Secrets Manager on all secrets',
    session: [allow('secretsmanager:ListSecrets', '*')],
    role: [allow('secretsmanager:*', 'arn:aws:secretsmanager:*:*:secret:*')],
    verdict: 'exceeds',
    page: reference('awssecretsmanager'),
  },
  {
    title: 'lambda:* on all resources, the role allows Lambda on all ARNs',
    session: [allow('lambda:*', '*')],
    role: [allow('lambda:*', 'arn:aws:lambda:*:*:*')],
    verdict: 'exceeds',
    page: reference('awslambda'),
  },
  {
    title: 'ecr:GetAuthorizationToken, the role denies all but some repositories',
    session: [allow('ecr:GetAuthorizationToken', '*')],
    role: [allow('ecr:*', '*'), { Effect: 'Deny', Action: '*', NotResource: REPOSITORIES }],
    verdict: 'exceeds',
    page: NOT_RESOURCE,
  },
  {
    title: 'kms:ListKeys, the role denies all but some keys',
    session: [allow('kms:ListKeys', '*')],
    role: [allow('kms:*', '*'), { Effect: 'Deny', Action: '*', NotResource: KEYS }],
    verdict: 'exceeds',
    page: NOT_RESOURCE,
  },
  {
    title: 'ecr:GetAuthorizationToken, the role denies some repositories',
    session: [allow('ecr:GetAuthorizationToken', '*')],
    role: [allow('ecr:*', '*'), deny('*', REPOSITORIES)],
    verdict: 'narrows',
    page: ECR_TOKEN,
  },
  {
    title: 'kms:ListKeys, the role denies some keys',
    session: [allow('kms:ListKeys', '*')],
    role: [allow('kms:*', '*'), deny('*', KEYS)],
    verdict: 'narrows',
    page: KMS_RESOURCES,
  },
];
