/**
 * Guards by `aws:RequestedRegion`, the key that organizations use most. The key has the Region of the ARN, if the ARN
 * names one.
 */
import { Pair } from './pair';

const KEY = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html'
  + '#condition-keys-requestedregion';
const EXAMPLE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/'
  + 'reference_policies_examples_aws_deny-requested-region.html';
const S3 = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html';
const EC2 = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html';
const BOUNDARY = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html';

type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };

const allow = (actions: readonly string[], resources: readonly string[], condition?: Condition) =>
  ({ Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) });
const deny = (condition: Condition) =>
  ({ Effect: 'Deny', Action: '*', Resource: '*', Condition: condition });
const denyAllBut = (actions: readonly string[], condition: Condition) =>
  ({ Effect: 'Deny', NotAction: actions, Resource: '*', Condition: condition });

const EVERYTHING = allow(['*'], ['*']);
/** The services that AWS's example leaves out of the guard, and STS. */
const GLOBAL_SERVICES = ['cloudfront:*', 'iam:*', 'organizations:*', 'route53:*', 'sts:*', 'support:*'];
const GUARD = denyAllBut(GLOBAL_SERVICES, { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } });
const EU_GUARD = denyAllBut(GLOBAL_SERVICES, { StringNotLike: { 'aws:RequestedRegion': 'eu-*' } });
const IN_IRELAND: Condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };

/** An action, and the ARN of one of its resources after the Region. */
const ARNS: { readonly [action: string]: (region: string) => string } = {
  'dynamodb:GetItem': region => `arn:aws:dynamodb:${region}:111122223333:table/orders`,
  'ecr:BatchGetImage': region => `arn:aws:ecr:${region}:111122223333:repository/orders`,
  'ec2:StopInstances': region => `arn:aws:ec2:${region}:111122223333:instance/i-0123456789abcdef0`,
  'kinesis:PutRecord': region => `arn:aws:kinesis:${region}:111122223333:stream/orders`,
  'kms:Decrypt': region => `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  'lambda:InvokeFunction': region => `arn:aws:lambda:${region}:111122223333:function:orders`,
  'secretsmanager:GetSecretValue': region => `arn:aws:secretsmanager:${region}:111122223333:secret:orders-AbCdEf`,
  'sns:Publish': region => `arn:aws:sns:${region}:111122223333:orders`,
  'sqs:SendMessage': region => `arn:aws:sqs:${region}:111122223333:orders`,
  'ssm:GetParameter': region => `arn:aws:ssm:${region}:111122223333:parameter/orders`,
};
const inRegion = (action: string, region: string) => [allow([action], [ARNS[action](region)])];

const DENIED_ELSEWHERE: readonly Pair[] = [
  'dynamodb:GetItem', 'ec2:StopInstances', 'kms:Decrypt', 'secretsmanager:GetSecretValue', 'sqs:SendMessage',
].flatMap((action): Pair[] => [
  {
    title: `${action} in eu-west-1; the role denies the other Regions`,
    session: inRegion(action, 'eu-west-1'),
    role: [EVERYTHING, GUARD],
    verdict: 'narrows',
    page: EXAMPLE,
  },
  {
    title: `${action} in us-east-1; the role denies all Regions but eu-west-1`,
    session: inRegion(action, 'us-east-1'),
    role: [EVERYTHING, GUARD],
    verdict: 'exceeds',
    page: EXAMPLE,
  },
]);

const DENIED_OUTSIDE_A_PATTERN: readonly Pair[] = [
  'ecr:BatchGetImage', 'kms:Decrypt', 'lambda:InvokeFunction',
].flatMap((action): Pair[] => [
  {
    title: `${action} in eu-west-1; the role denies Regions that are not like eu-*`,
    session: inRegion(action, 'eu-west-1'),
    role: [EVERYTHING, EU_GUARD],
    verdict: 'narrows',
    page: KEY,
  },
  {
    title: `${action} in us-east-1; the role denies Regions that are not like eu-*`,
    session: inRegion(action, 'us-east-1'),
    role: [EVERYTHING, EU_GUARD],
    verdict: 'exceeds',
    page: KEY,
  },
]);

const ALLOWED_IN_A_REGION: readonly Pair[] = [
  'kinesis:PutRecord', 'sns:Publish', 'ssm:GetParameter',
].flatMap((action): Pair[] => [
  {
    title: `${action} in eu-west-1; the role allows eu-west-1`,
    session: inRegion(action, 'eu-west-1'),
    role: [allow(['*'], ['*'], IN_IRELAND)],
    verdict: 'narrows',
    page: KEY,
  },
  {
    title: `${action} in eu-central-1; the role allows eu-west-1`,
    session: inRegion(action, 'eu-central-1'),
    role: [allow(['*'], ['*'], IN_IRELAND)],
    verdict: 'exceeds',
    page: KEY,
  },
]);

const OTHER_OPERATORS: readonly Pair[] = [
  {
    title: 'a queue in eu-west-1; the role denies us-east-1',
    session: inRegion('sqs:SendMessage', 'eu-west-1'),
    role: [EVERYTHING, deny({ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })],
    verdict: 'narrows',
    page: KEY,
  },
  {
    title: 'a queue in us-east-1; the role denies us-east-1',
    session: inRegion('sqs:SendMessage', 'us-east-1'),
    role: [EVERYTHING, deny({ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })],
    verdict: 'exceeds',
    page: KEY,
  },
  {
    title: 'a table in eu-west-1; the guard has an IfExists operator',
    session: inRegion('dynamodb:GetItem', 'eu-west-1'),
    role: [
      EVERYTHING,
      denyAllBut(GLOBAL_SERVICES, { StringNotEqualsIfExists: { 'aws:RequestedRegion': 'eu-west-1' } }),
    ],
    verdict: 'narrows',
    page: KEY,
  },
  {
    title: 'tables in two Regions; the role denies all Regions but these two',
    session: [...inRegion('dynamodb:GetItem', 'eu-west-1'), ...inRegion('dynamodb:GetItem', 'eu-central-1')],
    role: [
      EVERYTHING,
      denyAllBut(GLOBAL_SERVICES, { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } }),
    ],
    verdict: 'narrows',
    page: EXAMPLE,
  },
  {
    title: 'tables in three Regions; the role denies all Regions but two of them',
    session: ['eu-west-1', 'eu-central-1', 'us-east-1'].flatMap(region => inRegion('dynamodb:GetItem', region)),
    role: [
      EVERYTHING,
      denyAllBut(GLOBAL_SERVICES, { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } }),
    ],
    verdict: 'exceeds',
    page: EXAMPLE,
  },
  {
    title: 'a topic in any Region; the role denies all Regions but eu-west-1',
    session: inRegion('sns:Publish', '*'),
    role: [EVERYTHING, GUARD],
    verdict: 'exceeds',
    page: KEY,
  },
  {
    title: 'a topic in the Regions eu-*; the role denies Regions that are not like eu-*',
    session: inRegion('sns:Publish', 'eu-*'),
    role: [EVERYTHING, EU_GUARD],
    verdict: 'narrows',
    page: KEY,
  },
];

const IN_THE_BOUNDARY: readonly Pair[] = [
  {
    title: 'a stream in eu-west-1; the boundary denies the other Regions',
    session: inRegion('kinesis:PutRecord', 'eu-west-1'),
    role: [EVERYTHING],
    boundary: [EVERYTHING, GUARD],
    verdict: 'narrows',
    page: BOUNDARY,
  },
  {
    title: 'a stream in us-east-1; the boundary denies all Regions but eu-west-1',
    session: inRegion('kinesis:PutRecord', 'us-east-1'),
    role: [EVERYTHING],
    boundary: [EVERYTHING, GUARD],
    verdict: 'exceeds',
    page: BOUNDARY,
  },
];

/** The ARN of a bucket or of a role has no Region, and an action on `*` is called in each Region. */
const WITHOUT_REGION: readonly Pair[] = [
  {
    title: 's3:GetObject; the role denies all Regions but eu-west-1',
    session: [allow(['s3:GetObject'], ['arn:aws:s3:::orders/*'])],
    role: [EVERYTHING, GUARD],
    verdict: 'exceeds',
    page: S3,
  },
  {
    title: 's3:ListBucket; the role allows eu-west-1',
    session: [allow(['s3:ListBucket'], ['arn:aws:s3:::orders'])],
    role: [allow(['*'], ['*'], IN_IRELAND)],
    verdict: 'exceeds',
    page: S3,
  },
  {
    title: 's3:GetObject in eu-west-1 by a condition; the role denies all Regions but eu-west-1',
    session: [allow(['s3:GetObject'], ['arn:aws:s3:::orders/*'], IN_IRELAND)],
    role: [EVERYTHING, GUARD],
    verdict: 'narrows',
    page: S3,
  },
  {
    title: 's3:GetObject; the guard leaves S3 out',
    session: [allow(['s3:GetObject'], ['arn:aws:s3:::orders/*'])],
    role: [
      EVERYTHING,
      denyAllBut([...GLOBAL_SERVICES, 's3:*'], { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }),
    ],
    verdict: 'narrows',
    page: EXAMPLE,
  },
  {
    title: 'ec2:DescribeInstances; the role denies all Regions but eu-west-1',
    session: [allow(['ec2:DescribeInstances'], ['*'])],
    role: [EVERYTHING, GUARD],
    verdict: 'exceeds',
    page: EC2,
  },
  {
    title: 'ec2:DescribeInstances in eu-west-1 by a condition; the role denies all Regions but eu-west-1',
    session: [allow(['ec2:DescribeInstances'], ['*'], IN_IRELAND)],
    role: [EVERYTHING, GUARD],
    verdict: 'narrows',
    page: EC2,
  },
  {
    title: 'secretsmanager:ListSecrets; the role allows eu-west-1',
    session: [allow(['secretsmanager:ListSecrets'], ['*'])],
    role: [allow(['*'], ['*'], IN_IRELAND)],
    verdict: 'exceeds',
    page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html',
  },
  {
    title: 'iam:GetRole; the guard leaves IAM out',
    session: [allow(['iam:GetRole'], ['arn:aws:iam::111122223333:role/orders'])],
    role: [EVERYTHING, GUARD],
    verdict: 'narrows',
    page: EXAMPLE,
  },
  {
    title: 'iam:GetRole; the guard does not leave IAM out',
    session: [allow(['iam:GetRole'], ['arn:aws:iam::111122223333:role/orders'])],
    role: [EVERYTHING, deny({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } })],
    verdict: 'exceeds',
    page: KEY,
  },
  {
    title: 'sts:AssumeRole; the guard leaves STS out',
    session: [allow(['sts:AssumeRole'], ['arn:aws:iam::111122223333:role/orders'])],
    role: [EVERYTHING, GUARD],
    verdict: 'narrows',
    page: EXAMPLE,
  },
  {
    title: 'sts:AssumeRole; the guard does not leave STS out',
    session: [allow(['sts:AssumeRole'], ['arn:aws:iam::111122223333:role/orders'])],
    role: [EVERYTHING, deny({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } })],
    verdict: 'exceeds',
    page: KEY,
  },
];

const US_EAST_TOO = [
  EVERYTHING, deny({ StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } }),
];

const DISTRIBUTION = 'arn:aws:cloudfront::111122223333:distribution/E1234567890ABC';

/** IAM and CloudFront have one endpoint, which is in us-east-1, but IAM is not asked whether a role may be passed. */
const SINGLE_ENDPOINTS: readonly Pair[] = [
  {
    title: 'iam:GetRole; the role denies all Regions but eu-west-1 and us-east-1',
    session: [allow(['iam:GetRole'], ['arn:aws:iam::111122223333:role/orders'])],
    role: US_EAST_TOO,
    verdict: 'narrows',
    page: KEY,
  },
  {
    title: 'iam:ListAccountAliases on *; the role denies all Regions but eu-west-1 and us-east-1',
    session: [allow(['iam:ListAccountAliases'], ['*'])],
    role: US_EAST_TOO,
    principal: { partition: 'aws' },
    verdict: 'narrows',
    page: KEY,
  },
  {
    title: 'cloudfront:CreateInvalidation; the role denies all Regions but eu-west-1 and us-east-1',
    session: [allow(['cloudfront:CreateInvalidation'], [DISTRIBUTION])],
    role: US_EAST_TOO,
    verdict: 'narrows',
    page: EXAMPLE,
  },
  {
    title: 'cloudfront:CreateInvalidation; the role allows us-east-1',
    session: [allow(['cloudfront:CreateInvalidation'], [DISTRIBUTION])],
    role: [allow(['*'], ['*'], { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })],
    verdict: 'narrows',
    page: EXAMPLE,
  },
  {
    title: 'iam:PassRole; the role denies all Regions but eu-west-1 and us-east-1',
    session: [allow(['iam:PassRole'], ['arn:aws:iam::111122223333:role/orders'])],
    role: US_EAST_TOO,
    verdict: 'not narrows',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  },
  {
    title: 'iam:GetRole in China; the role denies all Regions but eu-west-1 and us-east-1',
    session: [allow(['iam:GetRole'], ['arn:aws-cn:iam::111122223333:role/orders'])],
    role: US_EAST_TOO,
    principal: { partition: 'aws-cn' },
    verdict: 'exceeds',
    page: 'https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html',
  },
];

export const REGION_KEYS: readonly Pair[] = [
  ...DENIED_ELSEWHERE,
  ...DENIED_OUTSIDE_A_PATTERN,
  ...ALLOWED_IN_A_REGION,
  ...OTHER_OPERATORS,
  ...IN_THE_BOUNDARY,
  ...WITHOUT_REGION,
  ...SINGLE_ENDPOINTS,
];
