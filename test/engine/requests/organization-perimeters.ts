/** Roles with the guards of a data perimeter: Regions, accounts, organizations, networks and partitions. */
import {
  ACCOUNT, allow, arn, Condition, deny, denyAllBut, GLOBAL_KEYS, GUIDE, ORGANIZATION, OrganizationRole, OTHER_ACCOUNT,
  pipeline, reader, worker,
} from './organization-role';

const REGION_EXAMPLE = `${GUIDE}/reference_policies_examples_aws_deny-requested-region.html`;
const CONTROL_TOWER = 'https://docs.aws.amazon.com/controltower/latest/userguide/primary-region-deny-policy.html';
const LANDING_ZONE = 'https://github.com/awslabs/landing-zone-accelerator-on-aws/blob/main/reference/sample-configurations/'
  + 'lza-sample-config-tse-se/config/service-control-policies/LZA-Guardrails-Sensitive.json';
const PERIMETER = 'https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/service_control_policies';
const OWNER = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html';
const S3_KEYS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html';
const S3_ARNS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html';
const PARAMETERS = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html';
const OPERATORS = `${GUIDE}/reference_policies_elements_condition_operators.html`;
const ARNS = `${GUIDE}/reference-arns.html`;

const QUEUE = arn('sqs', 'payments-jobs');
const SECRET = arn('secretsmanager', 'secret:payments/*');
const TABLE = arn('dynamodb', 'table/payments');

const TABLE_ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'];
const inRegion = (...regions: string[]) => ({ StringEquals: { 'aws:RequestedRegion': regions } });

const REGIONS: OrganizationRole = {
  title: 'other Regions denied',
  role: [
    allow(['s3:*', 'sqs:*', 'secretsmanager:*', 'route53:*'], '*'),
    denyAllBut(['cloudfront:*', 'iam:*', 'route53:*', 'support:*'], {
      StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] },
    }),
  ],
  page: REGION_EXAMPLE,
  sessions: [
    ['a queue in an allowed Region', worker(QUEUE), 'narrows'],
    ['a queue in another Region', worker(arn('sqs', 'payments-jobs', 'us-east-1')), 'exceeds'],
    ['a bucket, whose ARN names no Region', pipeline('acme-payments'), 'exceeds', S3_ARNS],
    ['a bucket in one allowed Region', pipeline('acme-payments', inRegion('eu-west-1')), 'narrows'],
    ['records of a hosted zone, in a global service',
      [allow('route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/Z0123456789ABC')], 'narrows'],
    ['secrets in a pattern of Regions', reader(arn('secretsmanager', 'secret:payments/*', 'eu-*')), 'exceeds'],
    ['a table, to which the role has no access', [allow(TABLE_ACTIONS, TABLE)], 'exceeds'],
  ],
};

const GOVERNED_REGIONS: OrganizationRole = {
  title: 'Control Tower denies other Regions',
  role: [
    allow(['dynamodb:*', 'ecr:*', 'kms:*', 's3:*', 'secretsmanager:*'], '*'),
    denyAllBut(['iam:*', 'kms:*', 'organizations:*', 's3:GetBucketLocation', 's3:ListAllMyBuckets', 'sts:*'], {
      StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] },
      ArnNotLike: { 'aws:PrincipalARN': ['arn:*:iam::*:role/AWSControlTowerExecution'] },
    }),
  ],
  page: CONTROL_TOWER,
  sessions: [
    ['a table in the Region', [allow(TABLE_ACTIONS, TABLE)], 'narrows'],
    ['a secret in another Region', reader(arn('secretsmanager', 'secret:payments/*', 'us-east-1')), 'exceeds'],
    ['keys in all Regions, which are exempt', [allow('kms:Decrypt', arn('kms', 'key/*', '*'))], 'narrows'],
    ['the location of a bucket, which is exempt',
      [allow('s3:GetBucketLocation', 'arn:aws:s3:::acme-payments')], 'narrows'],
    ['a token of the registry in any Region', [allow('ecr:GetAuthorizationToken', '*')], 'exceeds'],
    ['a token of the registry in the Region',
      [allow('ecr:GetAuthorizationToken', '*', inRegion('eu-west-1'))], 'narrows'],
    ['a secret in another Region, for the exempt role',
      reader(arn('secretsmanager', 'secret:payments/*', 'us-east-1')), 'narrows', CONTROL_TOWER,
      { arn: `arn:aws:iam::${ACCOUNT}:role/AWSControlTowerExecution` }],
  ],
};

const EXEMPT = { ArnNotLike: { 'aws:PrincipalARN': ['arn:aws:iam::*:role/cdk-accel-*', 'arn:aws:iam::*:role/AWSA*'] } };
const LANDING_ZONE_ROLE = [
  allow(['kms:*', 's3:*', 'secretsmanager:*', 'sns:*', 'sqs:*'], '*'),
  deny(['acm:*', 'kms:*', 'sns:Publish'], '*', {
    StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] }, ...EXEMPT,
  }),
  denyAllBut(['acm:*', 'iam:*', 'kms:*', 'sns:Publish', 'sts:*', 's3:ListAllMyBuckets', 'route53:*'], {
    StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' }, ...EXEMPT,
  }),
];

const HOME_REGION: OrganizationRole = {
  title: 'a landing zone with a home Region',
  role: LANDING_ZONE_ROLE,
  page: LANDING_ZONE,
  sessions: [
    ['publishing in us-east-1', [allow('sns:Publish', arn('sns', 'alerts', 'us-east-1'))], 'narrows'],
    ['publishing in a third Region', [allow('sns:Publish', arn('sns', 'alerts', 'eu-central-1'))], 'exceeds'],
    ['publishing and subscribing in us-east-1',
      [allow(['sns:Publish', 'sns:Subscribe'], arn('sns', 'alerts', 'us-east-1'))], 'exceeds'],
    ['a queue in the home Region', worker(QUEUE), 'narrows'],
    ['a key in us-east-1', [allow('kms:Decrypt', arn('kms', 'key/*', 'us-east-1'))], 'narrows'],
    ['keys in all Regions', [allow('kms:Decrypt', arn('kms', 'key/*', '*'))], 'exceeds'],
  ],
};

const EXEMPT_FROM_HOME_REGION: OrganizationRole = {
  title: 'a role that the landing zone exempts',
  role: LANDING_ZONE_ROLE,
  principal: { arn: `arn:aws:iam::${ACCOUNT}:role/AWSAccelerator-pods` },
  page: LANDING_ZONE,
  sessions: [
    ['a queue in us-east-1', worker(arn('sqs', 'payments-jobs', 'us-east-1')), 'narrows'],
    ['a table, to which the role has no access', [allow(TABLE_ACTIONS, TABLE)], 'exceeds'],
    ['a bucket in any Region', pipeline('acme-payments'), 'narrows'],
  ],
};

const SESSION_ARN_EXEMPT: OrganizationRole = {
  title: 'an exemption for the ARN of a session',
  role: [
    allow(['s3:*', 'sqs:*'], '*'),
    deny('*', '*', { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:sts::${ACCOUNT}:assumed-role/payments-pods/*` } }),
  ],
  page: `${GLOBAL_KEYS}#condition-keys-principalarn`,
  sessions: [
    ['a queue', worker(QUEUE), 'exceeds'],
    ['a bucket', pipeline('acme-payments'), 'exceeds'],
    ['a queue, on condition of the ARN of a session',
      worker(QUEUE, { ArnLike: { 'aws:PrincipalArn': `arn:aws:sts::${ACCOUNT}:assumed-role/payments-pods/*` } }),
      'narrows'],
  ],
};

const OUTSIDE_ACCOUNT = { StringNotEqualsIfExists: { 'aws:ResourceAccount': ACCOUNT } };

const OWN_ACCOUNT: OrganizationRole = {
  title: 'resources of other accounts denied',
  role: [allow(['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*'], '*'), deny('*', '*', OUTSIDE_ACCOUNT)],
  page: `${GLOBAL_KEYS}#condition-keys-resourceaccount`,
  sessions: [
    ['a queue of the account', worker(QUEUE), 'narrows'],
    ['secrets of the account in any Region', reader(arn('secretsmanager', 'secret:payments/*', '*')), 'narrows'],
    ['a queue of a partner', worker(arn('sqs', 'payments-jobs', 'eu-west-1', OTHER_ACCOUNT)), 'exceeds'],
    ['a bucket, which may be of another account', pipeline('acme-payments'), 'exceeds', OWNER],
    ['a bucket, on condition of the account',
      pipeline('acme-payments', { StringEquals: { 'aws:ResourceAccount': ACCOUNT } }), 'narrows', OWNER],
    ['a bucket, with the same Deny', [...pipeline('acme-payments'), deny('s3:*', '*', OUTSIDE_ACCOUNT)], 'narrows'],
    ['a bucket, on condition of the account in the key of S3',
      pipeline('acme-payments', { StringEquals: { 's3:ResourceAccount': ACCOUNT } }), 'not exceeds', S3_KEYS],
  ],
};

const OUTSIDE_ORGANIZATION = { StringNotEqualsIfExists: { 'aws:ResourceOrgID': ORGANIZATION } };
const IN_ORGANIZATION = { StringEquals: { 'aws:ResourceOrgID': ORGANIZATION } };
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const ADD_ON_IMAGES = arn('ecr', 'repository/eks/*', 'eu-west-1', '602401143452');
const put = (condition?: Condition) => [allow('s3:PutObject', 'arn:aws:s3:::acme-exports/*', condition)];

const OWN_ORGANIZATION: OrganizationRole = {
  title: 'resources of other organizations denied, except for some actions',
  role: [
    allow(['dynamodb:*', 'ecr:*', 's3:*', 'sqs:*'], '*'),
    denyAllBut(['iam:GetPolicy', 'iam:GetPolicyVersion', 's3:GetObject', 'ssm:Get*', ...PULL], OUTSIDE_ORGANIZATION),
  ],
  page: PERIMETER,
  sessions: [
    ['a table of the account', [allow(TABLE_ACTIONS, TABLE)], 'narrows'],
    ['a table of an unknown account', [allow(TABLE_ACTIONS, arn('dynamodb', 'table/*', 'eu-west-1', '*'))], 'exceeds'],
    ['reading a bucket, which is exempt', [allow('s3:GetObject', 'arn:aws:s3:::acme-exports/*')], 'narrows'],
    ['writing to a bucket, which may be of another organization', put(), 'exceeds', OWNER],
    ['writing to a bucket of the organization', put(IN_ORGANIZATION), 'narrows'],
    ['writing to a bucket of the account', put({ StringEquals: { 'aws:ResourceAccount': ACCOUNT } }), 'narrows',
      `${GLOBAL_KEYS}#condition-keys-resourceorgid`],
    ['pulling images of AWS, which is exempt', [allow(PULL, ADD_ON_IMAGES)], 'narrows'],
    ['pulling and listing images of AWS', [allow([...PULL, 'ecr:ListImages'], ADD_ON_IMAGES)], 'exceeds'],
  ],
};

const AWS_RESOURCES_EXEMPT: OrganizationRole = {
  title: 'resources of other organizations denied, except for those of AWS',
  role: [
    allow(['s3:*', 'sqs:*', 'ssm:*'], '*'),
    {
      Effect: 'Deny',
      Action: '*',
      NotResource: [
        'arn:aws:iam::aws:policy/*', 'arn:aws:ssm:*::parameter/*', 'arn:aws:s3:::elasticbeanstalk-samples-eu-west-1/*',
      ],
      Condition: { StringNotEqualsIfExists: { 'aws:ResourceOrgID': ORGANIZATION, 'ec2:Owner': 'amazon' } },
    },
  ],
  page: PERIMETER,
  sessions: [
    ['public parameters',
      [allow('ssm:GetParameter', 'arn:aws:ssm:eu-west-1::parameter/aws/service/*')], 'narrows', PARAMETERS],
    ['parameters of the account',
      [allow(['ssm:GetParameter', 'ssm:GetParameters'], arn('ssm', 'parameter/payments/*'))], 'narrows'],
    ['parameters of an unknown account',
      [allow('ssm:GetParameter', arn('ssm', 'parameter/payments/*', 'eu-west-1', '*'))], 'exceeds'],
    ['samples of AWS', [allow('s3:GetObject', 'arn:aws:s3:::elasticbeanstalk-samples-eu-west-1/*')], 'narrows'],
    ['a bucket, which may be of another organization', pipeline('acme-payments'), 'exceeds', OWNER],
    ['a bucket of the organization', pipeline('acme-payments', IN_ORGANIZATION), 'narrows'],
  ],
};

const PRINCIPALS: OrganizationRole = {
  title: 'principals of other organizations denied',
  role: [
    allow(['s3:*', 'sqs:*'], '*'),
    deny('*', '*', {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    deny('s3:*', '*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
  ],
  principal: { orgId: ORGANIZATION },
  page: `${GLOBAL_KEYS}#condition-keys-principalorgid`,
  sessions: [
    ['a bucket', pipeline('acme-payments'), 'narrows'],
    ['a secret, to which the role has no access', reader(SECRET), 'exceeds'],
    ['a queue, without a declared organization', worker(QUEUE), 'narrows', undefined, {}],
    ['a queue, from an account of another organization',
      worker(QUEUE), 'exceeds', undefined, { orgId: 'o-z9y8x7w6v5' }],
  ],
};

const VPC = 'vpc-0a1b2c3d4e5f67890';

const NETWORK: OrganizationRole = {
  title: 'unexpected networks denied',
  role: [
    allow(['rds-db:connect', 's3:*', 'sqs:*'], '*'),
    denyAllBut(['es:ES*', 'elasticfilesystem:client*', 'kafka-cluster:*', 'neptune-db:*', 'rds-db:connect'], {
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
      NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24'] },
      StringNotEqualsIfExists: { 'aws:SourceVpc': [VPC] },
    }),
  ],
  page: PERIMETER,
  sessions: [
    ['a queue from anywhere', worker(QUEUE), 'exceeds'],
    ['a queue from the VPC', worker(QUEUE, { StringEquals: { 'aws:SourceVpc': VPC } }), 'narrows'],
    ['a queue from the VPC, if there is one',
      worker(QUEUE, { StringEqualsIfExists: { 'aws:SourceVpc': VPC } }), 'exceeds', OPERATORS],
    ['a bucket from half of the addresses',
      pipeline('acme-payments', { IpAddress: { 'aws:SourceIp': '203.0.113.128/25' } }), 'narrows'],
    ['a bucket from more addresses',
      pipeline('acme-payments', { IpAddress: { 'aws:SourceIp': '203.0.112.0/23' } }), 'exceeds'],
    ['a bucket through a service', pipeline('acme-payments', { Bool: { 'aws:ViaAWSService': 'true' } }), 'narrows'],
    ['a database, which is exempt',
      [allow('rds-db:connect', arn('rds-db', 'dbuser:db-ABCDEFGHIJKL01234/pods'))], 'narrows'],
  ],
};

const PRIVATE_ADDRESSES: OrganizationRole = {
  title: 'other private addresses denied',
  role: [allow(['s3:*', 'sqs:*'], '*'), deny('*', '*', { NotIpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } })],
  page: `${GLOBAL_KEYS}#condition-keys-vpcsourceip`,
  sessions: [
    ['a queue from one subnet', worker(QUEUE, { IpAddress: { 'aws:VpcSourceIp': '10.0.3.0/24' } }), 'narrows'],
    ['a queue from anywhere', worker(QUEUE), 'exceeds'],
    ['a queue from public addresses, without a VPC endpoint',
      worker(QUEUE, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), 'exceeds'],
  ],
};

const GOV_WEST = { 'aws:RequestedRegion': 'us-gov-west-1' };

const GOV_CLOUD: OrganizationRole = {
  title: 'a role in AWS GovCloud (US)',
  role: [
    allow('sqs:*', `arn:aws-us-gov:sqs:*:${ACCOUNT}:*`),
    denyAllBut(['iam:*', 'sts:*'], { StringNotEquals: { 'aws:RequestedRegion': 'us-gov-west-1' } }),
  ],
  principal: { arn: `arn:aws-us-gov:iam::${ACCOUNT}:role/payments-pods`, partition: 'aws-us-gov' },
  page: ARNS,
  sessions: [
    ['a queue in the Region', worker(`arn:aws-us-gov:sqs:us-gov-west-1:${ACCOUNT}:payments-jobs`), 'narrows'],
    ['a queue in the other Region', worker(`arn:aws-us-gov:sqs:us-gov-east-1:${ACCOUNT}:payments-jobs`), 'exceeds'],
    ['each queue of the account in the Region',
      [allow('sqs:SendMessage', '*', { StringEquals: { 'aws:ResourceAccount': ACCOUNT, ...GOV_WEST } })], 'narrows'],
    ['each queue of any account in the Region',
      [allow('sqs:SendMessage', '*', { StringEquals: GOV_WEST })], 'exceeds'],
  ],
};

export const PERIMETERS: readonly OrganizationRole[] = [
  REGIONS, GOVERNED_REGIONS, HOME_REGION, EXEMPT_FROM_HOME_REGION, SESSION_ARN_EXEMPT, OWN_ACCOUNT, OWN_ORGANIZATION,
  AWS_RESOURCES_EXEMPT, PRINCIPALS, NETWORK, PRIVATE_ADDRESSES, GOV_CLOUD,
];
