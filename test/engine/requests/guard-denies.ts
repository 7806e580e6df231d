/**
 * Guards on production names: the role, or its permissions boundary, allows a service and denies the names of
 * production in each region and account. A session policy on all names meets the guard; a session policy on the names
 * of development does not.
 */
import { type Pair } from './pair';

type Values = string | readonly string[];
const allow = (Action: Values, Resource: Values) => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: Values, Resource: Values) => ({ Effect: 'Deny', Action, Resource });
const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const reference = (service: string) => `${REFERENCE}/list_${service}.html`;

const DENY_WINS =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html';
const SECRETS = 'arn:aws:secretsmanager:us-east-1:111122223333:secret';

interface Guard {
  readonly service: string;
  /** The actions of the session policy. */
  readonly actions: string | readonly string[];
  /** The actions of the deny. */
  readonly denied: string;
  /** The names of production. */
  readonly production: string;
  /** A session policy on these names meets the deny. */
  readonly all: string;
  /** A session policy on these names does not. */
  readonly development: string;
  /** The policy that contains the deny. */
  readonly layer: 'role' | 'boundary';
  readonly page: string;
}

const GUARDS: readonly Guard[] = [
  {
    service: 'secretsmanager',
    actions: 'secretsmanager:*',
    denied: 'secretsmanager:*',
    layer: 'role',
    page: reference('awssecretsmanager'),
    production: 'arn:aws:secretsmanager:*:*:secret:prod/*',
    all: `${SECRETS}:*`,
    development: `${SECRETS}:dev/*`,
  },
  {
    service: 'dynamodb',
    actions: 'dynamodb:*',
    denied: '*',
    layer: 'boundary',
    page: reference('amazondynamodb'),
    production: 'arn:aws:dynamodb:*:*:table/prod-*',
    all: 'arn:aws:dynamodb:us-east-1:111122223333:table/*',
    development: 'arn:aws:dynamodb:us-east-1:111122223333:table/dev-*',
  },
  {
    service: 'ssm',
    actions: ['ssm:GetParameter', 'ssm:GetParametersByPath'],
    denied: 'ssm:*',
    layer: 'role',
    page: reference('awssystemsmanager'),
    production: 'arn:aws:ssm:*:*:parameter/prod/*',
    all: 'arn:aws:ssm:us-east-1:111122223333:parameter/*',
    development: 'arn:aws:ssm:us-east-1:111122223333:parameter/dev/*',
  },
  {
    service: 'sqs',
    actions: 'sqs:*',
    denied: 'sqs:*',
    layer: 'role',
    page: reference('amazonsqs'),
    production: 'arn:aws:sqs:*:*:prod-*',
    all: 'arn:aws:sqs:us-east-1:111122223333:*',
    development: 'arn:aws:sqs:us-east-1:111122223333:dev-*',
  },
  {
    service: 'sns',
    actions: ['sns:Publish', 'sns:Subscribe'],
    denied: '*',
    layer: 'boundary',
    page: reference('amazonsns'),
    production: 'arn:aws:sns:*:*:prod-*',
    all: 'arn:aws:sns:us-east-1:111122223333:*',
    development: 'arn:aws:sns:us-east-1:111122223333:dev-*',
  },
  {
    service: 'lambda',
    actions: 'lambda:InvokeFunction',
    denied: 'lambda:*',
    layer: 'role',
    page: reference('awslambda'),
    production: 'arn:aws:lambda:*:*:function:prod-*',
    all: 'arn:aws:lambda:us-east-1:111122223333:function:*',
    development: 'arn:aws:lambda:us-east-1:111122223333:function:dev-*',
  },
  {
    service: 'logs',
    actions: 'logs:*',
    denied: 'logs:*',
    layer: 'boundary',
    page: reference('amazoncloudwatchlogs'),
    production: 'arn:aws:logs:*:*:log-group:/prod/*',
    all: 'arn:aws:logs:us-east-1:111122223333:log-group:*',
    development: 'arn:aws:logs:us-east-1:111122223333:log-group:/dev/*',
  },
  {
    service: 'iam',
    actions: ['iam:GetRole', 'iam:PassRole'],
    denied: '*',
    layer: 'role',
    page: reference('awsidentityandaccessmanagementiam'),
    production: 'arn:aws:iam::*:role/prod-*',
    all: 'arn:aws:iam::111122223333:role/*',
    development: 'arn:aws:iam::111122223333:role/dev-*',
  },
  {
    service: 'kms',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    denied: 'kms:*',
    layer: 'boundary',
    page: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
    production: 'arn:aws:kms:*:*:key/mrk-*',
    all: 'arn:aws:kms:us-east-1:111122223333:key/*',
    development: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  },
  {
    service: 'ecr',
    actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    denied: 'ecr:*',
    layer: 'role',
    page: reference('amazonelasticcontainerregistry'),
    production: 'arn:aws:ecr:*:*:repository/prod/*',
    all: 'arn:aws:ecr:us-east-1:111122223333:repository/*',
    development: 'arn:aws:ecr:us-east-1:111122223333:repository/dev/*',
  },
  {
    service: 'rds',
    actions: 'rds:*',
    denied: 'rds:*',
    layer: 'boundary',
    page: reference('amazonrds'),
    production: 'arn:aws:rds:*:*:db:prod-*',
    all: 'arn:aws:rds:us-east-1:111122223333:db:*',
    development: 'arn:aws:rds:us-east-1:111122223333:db:dev-*',
  },
  {
    service: 'kinesis',
    actions: 'kinesis:*',
    denied: '*',
    layer: 'role',
    page: reference('amazonkinesisdatastreams'),
    production: 'arn:aws:kinesis:*:*:stream/prod-*',
    all: 'arn:aws:kinesis:us-east-1:111122223333:stream/*',
    development: 'arn:aws:kinesis:us-east-1:111122223333:stream/dev-*',
  },
  {
    service: 'events',
    actions: ['events:PutRule', 'events:PutTargets'],
    denied: 'events:*',
    layer: 'boundary',
    page: reference('amazoneventbridge'),
    production: 'arn:aws:events:*:*:rule/prod-*',
    all: 'arn:aws:events:us-east-1:111122223333:rule/*',
    development: 'arn:aws:events:us-east-1:111122223333:rule/dev-*',
  },
  {
    service: 'states',
    actions: 'states:StartExecution',
    denied: 'states:*',
    layer: 'role',
    page: reference('awsstepfunctions'),
    production: 'arn:aws:states:*:*:stateMachine:prod-*',
    all: 'arn:aws:states:us-east-1:111122223333:stateMachine:*',
    development: 'arn:aws:states:us-east-1:111122223333:stateMachine:dev-*',
  },
  {
    service: 's3',
    actions: 's3:*',
    denied: 's3:*',
    layer: 'role',
    page: reference('amazons3'),
    production: 'arn:aws:s3:::prod-*',
    all: 'arn:aws:s3:::*',
    development: 'arn:aws:s3:::dev-*',
  },
];

function guardedRole({ service, denied, production, layer }: Guard): Pick<Pair, 'role' | 'boundary'> {
  const guard = deny(denied, production);
  return layer === 'role'
    ? { role: [allow(`${service}:*`, '*'), guard] }
    : { role: [allow(`${service}:*`, '*')], boundary: [allow('*', '*'), guard] };
}

export const GUARD_DENIES: readonly Pair[] = [
  ...GUARDS.flatMap((guard): Pair[] => [
    {
      title: `${guard.service}: all names of an account, production denied in the ${guard.layer}`,
      session: [allow(guard.actions, guard.all)],
      ...guardedRole(guard),
      verdict: 'exceeds',
      page: guard.page,
    },
    {
      title: `${guard.service}: names of development, production denied in the ${guard.layer}`,
      session: [allow(guard.actions, guard.development)],
      ...guardedRole(guard),
      verdict: 'narrows',
      page: guard.page,
    },
  ]),
  {
    title: 'secretsmanager: the session policy denies production, too',
    session: [allow('secretsmanager:GetSecretValue', `${SECRETS}:*`), deny('secretsmanager:*', `${SECRETS}:prod/*`)],
    role: [allow('secretsmanager:*', '*'), deny('secretsmanager:*', 'arn:aws:secretsmanager:*:*:secret:prod/*')],
    verdict: 'narrows',
    page: DENY_WINS,
  },
  {
    title: 'secretsmanager: a prefix that only begins like production',
    session: [allow('secretsmanager:GetSecretValue', `${SECRETS}:production-*`)],
    role: [allow('secretsmanager:*', '*'), deny('secretsmanager:*', 'arn:aws:secretsmanager:*:*:secret:prod/*')],
    verdict: 'narrows',
    page: reference('awssecretsmanager'),
  },
  {
    title: 'dynamodb: the indexes of all tables, production tables denied',
    session: [allow('dynamodb:Query', 'arn:aws:dynamodb:us-east-1:111122223333:table/*/index/*')],
    role: [allow('dynamodb:*', '*'), deny('dynamodb:*', 'arn:aws:dynamodb:*:*:table/prod-*')],
    verdict: 'exceeds',
    page: reference('amazondynamodb'),
  },
  {
    title: 'sqs: all queues, only another action denied on production queues',
    session: [allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:*')],
    role: [allow('sqs:*', '*'), deny('sqs:DeleteQueue', 'arn:aws:sqs:*:*:prod-*')],
    verdict: 'narrows',
    page: DENY_WINS,
  },
];
