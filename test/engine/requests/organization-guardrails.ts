/** Roles with guards on tags, names, transport, old sessions and the administration of IAM, some in a boundary. */
import {
  ACCOUNT, allow, arn, Condition, deny, denyAllBut, GLOBAL_KEYS, GUIDE, OrganizationRole, pipeline, reader, worker,
} from './organization-role';

const ABAC = `${GUIDE}/tutorial_attribute-based-access-control.html`;
const TAGS = `${GUIDE}/access_tags.html`;
const OPERATORS = `${GUIDE}/reference_policies_elements_condition_operators.html`;
const RESOURCE = `${GUIDE}/reference_policies_elements_resource.html`;
const QUEUE_TAGS = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-abac-tagging-resource-control.html';
const INSTANCE_OWNER = `${GUIDE}/reference_policies_examples_ec2_tag-owner.html`;
const EC2 = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html';
const DATABASE_USERS = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrdsiamauthentication.html';
const SECURE_TRANSPORT = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html';
const REVOKED = `${GUIDE}/id_roles_use_revoke-sessions.html`;
const BOUNDARIES = `${GUIDE}/access_policies_boundaries.html`;
const LANDING_ZONE = 'https://github.com/awslabs/landing-zone-accelerator-on-aws/blob/main/reference/sample-configurations';
const VIA_SERVICE = 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html';
const POD_TAGS = 'https://github.com/aws-samples/service-control-policy-examples/tree/main/Service-specific-controls/Amazon-EKS';

const QUEUE = arn('sqs', 'payments-jobs');
const SECRET = arn('secretsmanager', 'secret:payments/*');

const SAME_PROJECT = { StringEquals: { 'aws:ResourceTag/project': '${aws:PrincipalTag/project}' } };

const PROJECT_SECRETS: OrganizationRole = {
  title: 'secrets of the same project',
  role: [allow(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], '*', SAME_PROJECT)],
  page: ABAC,
  sessions: [
    ['on the same condition', reader(SECRET, SAME_PROJECT), 'narrows'],
    ['without a condition', reader(SECRET), 'exceeds'],
    ['of one project, if the role is of it',
      reader(SECRET, { StringEquals: { 'aws:ResourceTag/project': 'pay', 'aws:PrincipalTag/project': 'pay' } }),
      'narrows'],
    ['of one project', reader(SECRET, { StringEquals: { 'aws:ResourceTag/project': 'pay' } }), 'exceeds'],
    ['in another letter case of the keys',
      reader(SECRET, { StringEquals: { 'aws:resourcetag/Project': '${aws:principaltag/PROJECT}' } }), 'narrows', TAGS],
    ['and other actions on them', [allow('secretsmanager:*', SECRET, SAME_PROJECT)], 'exceeds'],
  ],
};

const OTHER_TEAM = { StringNotEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
const sameTeam = (operator: string) => ({ [operator]: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } });

const TEAM_QUEUES: OrganizationRole = {
  title: 'queues of other teams denied',
  role: [allow('sqs:*', '*'), deny('sqs:*', '*', OTHER_TEAM)],
  page: QUEUE_TAGS,
  sessions: [
    ['a queue of the team', worker(QUEUE, sameTeam('StringEquals')), 'narrows'],
    ['a queue of any team', worker(QUEUE), 'exceeds'],
    ['a queue of the team or without a tag', worker(QUEUE, sameTeam('StringEqualsIfExists')), 'exceeds', OPERATORS],
    ['a queue, with the same Deny', [...worker(QUEUE), deny('sqs:*', '*', OTHER_TEAM)], 'narrows'],
  ],
};

const INSTANCES = arn('ec2', 'instance/*');
const owner = (key: string) => ({ StringEquals: { [`${key}/owner`]: '${aws:PrincipalTag/owner}' } });

const OWN_INSTANCES: OrganizationRole = {
  title: 'instances of the same owner',
  role: [
    allow(['ec2:StartInstances', 'ec2:StopInstances'], arn('ec2', 'instance/*', '*', '*'), owner('ec2:ResourceTag')),
    allow('ec2:DescribeInstances', '*'),
  ],
  page: INSTANCE_OWNER,
  sessions: [
    ['stopped on the same condition', [allow('ec2:StopInstances', INSTANCES, owner('ec2:ResourceTag'))], 'narrows'],
    ['stopped and listed, on the global key',
      [allow('ec2:StopInstances', INSTANCES, owner('aws:ResourceTag')), allow('ec2:DescribeInstances', '*')],
      'narrows', EC2],
    ['stopped without a condition', [allow('ec2:StopInstances', INSTANCES)], 'exceeds'],
    ['terminated', [allow('ec2:TerminateInstances', INSTANCES, owner('ec2:ResourceTag'))], 'exceeds'],
  ],
};

const NAMED_PRODUCTION: OrganizationRole = {
  title: 'production denied by the prefix of names',
  role: [
    allow(['dynamodb:*', 's3:*', 'sqs:*'], '*'),
    deny('*', ['arn:aws:s3:::prod-*', 'arn:aws:sqs:*:*:prod-*', 'arn:aws:dynamodb:*:*:table/prod-*']),
  ],
  page: RESOURCE,
  sessions: [
    ['a queue and a bucket of staging',
      [...worker(arn('sqs', 'staging-jobs')), ...pipeline('staging-reports')], 'narrows'],
    ['buckets with a suffix', [allow('s3:GetObject', 'arn:aws:s3:::*-reports/*')], 'exceeds'],
    ['an index of staging that is named after production',
      [allow('dynamodb:Query', arn('dynamodb', 'table/staging-orders/index/prod-by-date'))], 'narrows'],
    ['queues of all stages', worker(arn('sqs', '*-jobs')), 'exceeds'],
    ['queues of all stages, with the same Deny',
      [...worker(arn('sqs', '*-jobs')), deny('sqs:*', 'arn:aws:sqs:*:*:prod-*')], 'narrows'],
  ],
};

const SUFFIXED_PRODUCTION: OrganizationRole = {
  title: 'production denied by the suffix of names',
  role: [
    allow(['s3:*', 'sqs:*'], '*'),
    deny('*', ['arn:aws:s3:::*-prod', 'arn:aws:s3:::*-prod/*', 'arn:aws:sqs:*:*:*-prod']),
  ],
  page: RESOURCE,
  sessions: [
    ['a queue of staging', worker(arn('sqs', 'payments-staging')), 'narrows'],
    ['one object of staging', [allow('s3:GetObject', 'arn:aws:s3:::reports-staging/latest.json')], 'narrows'],
    ['folders of staging, which may have the suffix',
      [allow('s3:GetObject', 'arn:aws:s3:::reports-staging/*')], 'exceeds'],
    ['queues with a prefix', worker(arn('sqs', 'payments-*')), 'exceeds'],
  ],
};

const TAGGED_PRODUCTION: OrganizationRole = {
  title: 'production denied by tag',
  role: [
    allow(['rds-db:connect', 's3:*', 'secretsmanager:*', 'sqs:*'], '*'),
    deny('*', '*', { StringEquals: { 'aws:ResourceTag/environment': 'production' } }),
  ],
  page: TAGS,
  sessions: [
    ['a queue of staging', worker(QUEUE, { StringEquals: { 'aws:ResourceTag/environment': 'staging' } }), 'narrows'],
    ['a queue with any tag', worker(QUEUE), 'exceeds'],
    ['a secret with any other tag',
      reader(SECRET, { StringNotEquals: { 'aws:ResourceTag/environment': 'production' } }), 'narrows'],
    ['a queue with the value in another letter case',
      worker(QUEUE, { StringNotEquals: { 'aws:ResourceTag/environment': 'Production' } }), 'exceeds', OPERATORS],
    ['a queue without the tag', worker(QUEUE, { Null: { 'aws:ResourceTag/environment': 'true' } }), 'narrows'],
    ['a user of a database, which has no tags',
      [allow('rds-db:connect', arn('rds-db', 'dbuser:db-ABCDEFGHIJKL01234/pods'))], 'narrows', DATABASE_USERS],
  ],
};

const INSECURE = { Bool: { 'aws:SecureTransport': 'false' } };

const TLS: OrganizationRole = {
  title: 'requests without TLS denied',
  role: [allow('s3:*', '*'), deny('s3:*', '*', INSECURE)],
  page: SECURE_TRANSPORT,
  sessions: [
    ['a bucket over TLS', pipeline('acme-payments', { Bool: { 'aws:SecureTransport': 'true' } }), 'narrows'],
    ['a bucket', pipeline('acme-payments'), 'exceeds'],
    ['a bucket, with the same Deny', [...pipeline('acme-payments'), deny('s3:*', '*', INSECURE)], 'narrows'],
    ['a bucket, if the transport is known',
      pipeline('acme-payments', { Null: { 'aws:SecureTransport': 'false' } }), 'exceeds'],
  ],
};

const revoke = (time: string) => deny('*', '*', { DateLessThan: { 'aws:TokenIssueTime': time } });

const REVOKED_SESSIONS: OrganizationRole = {
  title: 'older sessions revoked',
  role: [allow(['secretsmanager:*', 'sqs:*'], '*'), revoke('2024-05-01T00:00:00Z')],
  page: REVOKED,
  sessions: [
    ['a queue', worker(QUEUE), 'narrows'],
    ['a bucket, to which the role has no access', pipeline('acme-payments'), 'exceeds'],
    ['a secret and a queue', [...reader(SECRET), ...worker(QUEUE)], 'narrows'],
  ],
};

const ALL_SESSIONS_REVOKED: OrganizationRole = {
  title: 'sessions revoked until a day in the future',
  role: [allow(['secretsmanager:*', 'sqs:*'], '*'), revoke('2099-01-01T00:00:00Z')],
  page: REVOKED,
  sessions: [['a queue', worker(QUEUE), 'exceeds']],
};

const MFA_EXEMPT = ['iam:ChangePassword', 'iam:GetUser', 'iam:ListMFADevices', 'iam:EnableMFADevice', 'iam:ListUsers'];
const USERS = `arn:aws:iam::${ACCOUNT}:user/*`;

const MFA: OrganizationRole = {
  title: 'a boundary that requires MFA',
  role: [allow(['iam:GetUser', 'iam:ListMFADevices', 's3:*'], '*')],
  boundary: [allow('*', '*'), denyAllBut(MFA_EXEMPT, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })],
  page: `${LANDING_ZONE}/lza-sample-config-tse-se/config/iam-policies/iam-user-boundary-policy.json`,
  sessions: [
    ['reading users, which is exempt', [allow(['iam:GetUser', 'iam:ListMFADevices'], USERS)], 'narrows'],
    ['a bucket', pipeline('acme-payments'), 'exceeds'],
    ['a bucket, on condition of MFA, which pods do not have',
      pipeline('acme-payments', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), 'narrows',
      `${GLOBAL_KEYS}#condition-keys-multifactorauthpresent`],
  ],
};

const DEVELOPERS: OrganizationRole = {
  title: 'an administrator with a boundary for developers',
  role: [allow('*', '*')],
  boundary: [
    allow(['cloudwatch:*', 'dynamodb:*', 'kms:*', 'logs:*', 's3:*', 'sqs:*'], '*'),
    deny(['kms:ScheduleKeyDeletion', 'logs:DeleteLogGroup'], '*'),
  ],
  page: BOUNDARIES,
  sessions: [
    ['a queue', worker(QUEUE), 'narrows'],
    ['a secret, which the boundary does not allow', reader(SECRET), 'exceeds'],
    ['each action on a log group', [allow('logs:*', arn('logs', 'log-group:/payments:*'))], 'exceeds'],
    ['events of a log group',
      [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn('logs', 'log-group:/payments:*'))], 'narrows'],
    ['metrics', [allow('cloudwatch:PutMetricData', '*')], 'narrows'],
  ],
};

const APPLICATION_ROLES = `arn:aws:iam::${ACCOUNT}:role/apps/*`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/pods-boundary`;
const BOUNDED = { StringEquals: { 'iam:PermissionsBoundary': BOUNDARY } };
const BOUNDED_SOMEHOW = { StringLike: { 'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/*` } };

const DELEGATED: OrganizationRole = {
  title: 'a delegated administrator of roles',
  role: [allow(['iam:CreateRole', 'iam:GetRole', 'iam:PutRolePolicy'], APPLICATION_ROLES)],
  boundary: [
    allow('iam:*', '*'),
    deny(['iam:CreateRole', 'iam:PutRolePolicy'], '*', { StringNotEquals: { 'iam:PermissionsBoundary': BOUNDARY } }),
  ],
  page: BOUNDARIES,
  sessions: [
    ['roles with the boundary',
      [allow(['iam:CreateRole', 'iam:PutRolePolicy'], APPLICATION_ROLES, BOUNDED)], 'narrows'],
    ['roles without a boundary', [allow('iam:CreateRole', APPLICATION_ROLES)], 'exceeds'],
    ['roles with any boundary',
      [allow('iam:CreateRole', APPLICATION_ROLES, BOUNDED_SOMEHOW)], 'exceeds'],
    ['reading roles', [allow('iam:GetRole', APPLICATION_ROLES)], 'narrows'],
    ['roles of another path with the boundary',
      [allow('iam:CreateRole', `arn:aws:iam::${ACCOUNT}:role/*`, BOUNDED)], 'exceeds'],
  ],
};

const NOT_ACCELERATOR = {
  ArnNotLike: { 'aws:PrincipalARN': ['arn:aws:iam::*:role/AWSAccelerator-*', 'arn:aws:iam::*:role/cdk-accel-*'] },
};

const ACCELERATOR: OrganizationRole = {
  title: 'the resources of the landing zone protected',
  role: [
    allow(['lambda:*', 'sns:*', 'ssm:*'], '*'),
    deny(['lambda:DeleteFunction', 'lambda:Invoke*'], 'arn:aws:lambda:*:*:function:AWSAccelerator-*', NOT_ACCELERATOR),
    deny(['sns:CreateTopic', 'sns:DeleteTopic', 'sns:Subscribe'], 'arn:aws:sns:*:*:aws-accelerator-*', NOT_ACCELERATOR),
    deny(['ssm:DeleteParameter*', 'ssm:PutParameter'], 'arn:aws:ssm:*:*:parameter/accelerator*', NOT_ACCELERATOR),
  ],
  page: `${LANDING_ZONE}/lza-sample-config/service-control-policies/guardrails-1.json`,
  sessions: [
    ['parameters of an application', [allow('ssm:PutParameter', arn('ssm', 'parameter/payments/*'))], 'narrows'],
    ['each parameter', [allow('ssm:PutParameter', arn('ssm', 'parameter/*'))], 'exceeds'],
    ['reading each parameter',
      [allow(['ssm:GetParameter', 'ssm:GetParameters'], arn('ssm', 'parameter/*'))], 'narrows'],
    ['publishing to each topic', [allow('sns:Publish', arn('sns', '*'))], 'narrows'],
    ['invoking each function', [allow('lambda:InvokeFunction', arn('lambda', 'function:*'))], 'exceeds'],
    ['each function, for a role of the landing zone',
      [allow('lambda:InvokeFunction', arn('lambda', 'function:*'))], 'narrows', undefined,
      { arn: `arn:aws:iam::${ACCOUNT}:role/AWSAccelerator-pods` }],
  ],
};

const VIA_SECRETS = { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } };
const decrypt = (condition?: Condition) => allow('kms:Decrypt', arn('kms', 'key/*'), condition);

const KEYS: OrganizationRole = {
  title: 'keys used through Secrets Manager',
  role: [allow('secretsmanager:GetSecretValue', '*'), decrypt(VIA_SECRETS)],
  page: VIA_SERVICE,
  sessions: [
    ['a secret and its key',
      [allow('secretsmanager:GetSecretValue', SECRET), decrypt(VIA_SECRETS)], 'narrows'],
    ['a key without a condition', [decrypt()], 'exceeds'],
    ['a key through any service',
      [decrypt({ StringLike: { 'kms:ViaService': '*.eu-west-1.amazonaws.com' } })], 'exceeds'],
  ],
};

const TAGS_OF_PODS = ['eks-cluster-arn', 'kubernetes-namespace', 'kubernetes-service-account'];
const tagRole = (condition?: Condition) => [allow('iam:TagRole', APPLICATION_ROLES, condition)];

const POD_TAGGING: OrganizationRole = {
  title: 'the tags of EKS Pod Identity protected',
  role: [
    allow('iam:TagRole', APPLICATION_ROLES),
    ...TAGS_OF_PODS.map(tag => (
      deny(['iam:TagRole', 'iam:TagUser'], '*', { Null: { [`aws:RequestTag/${tag}`]: 'false' } })
    )),
  ],
  page: POD_TAGS,
  sessions: [
    ['without these tags',
      tagRole({ Null: Object.fromEntries(TAGS_OF_PODS.map(tag => [`aws:RequestTag/${tag}`, 'true'])) }), 'narrows'],
    ['with any tags', tagRole(), 'exceeds'],
    ['with one tag and perhaps others', tagRole({ StringEquals: { 'aws:RequestTag/team': 'payments' } }), 'exceeds'],
    ['with one tag and no others',
      tagRole({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] }, 'Null': { 'aws:TagKeys': 'false' } }),
      'narrows', `${GLOBAL_KEYS}#condition-keys-tagkeys`],
  ],
};

export const GUARDRAILS: readonly OrganizationRole[] = [
  PROJECT_SECRETS, TEAM_QUEUES, OWN_INSTANCES, NAMED_PRODUCTION, SUFFIXED_PRODUCTION, TAGGED_PRODUCTION, TLS,
  REVOKED_SESSIONS, ALL_SESSIONS_REVOKED, MFA, DEVELOPERS, DELEGATED, ACCELERATOR, KEYS, POD_TAGGING,
];
