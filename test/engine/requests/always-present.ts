/**
 * Keys that each request of a pod has (`aws:SecureTransport`, `aws:PrincipalArn`), keys that none has (MFA,
 * `aws:username`, those of other sources of credentials), and keys of the network that a request may or may not have.
 */
import { Pair } from './pair';

const KEYS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';
const TLS = `${KEYS}#condition-keys-securetransport`;
const MFA = `${KEYS}#condition-keys-multifactorauthpresent`;
const MFA_AGE = `${KEYS}#condition-keys-multifactorauthage`;
const USERNAME = `${KEYS}#condition-keys-username`;
const SOURCE_IP = `${KEYS}#condition-keys-sourceip`;
const SOURCE_VPC = `${KEYS}#condition-keys-sourcevpc`;
const VIA_SERVICE = `${KEYS}#condition-keys-viaawsservice`;
const NULL = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/'
  + 'reference_policies_elements_condition_operators.html#Conditions_Null';

type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };

const allow = (actions: readonly string[], resources: readonly string[], condition?: Condition) =>
  ({ Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) });
const deny = (condition: Condition) => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition: condition });

const EVERYTHING = allow(['*'], ['*']);
const ARNS: { readonly [action: string]: string } = {
  'dynamodb:GetItem': 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  'kms:Decrypt': 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  's3:GetObject': 'arn:aws:s3:::orders/*',
  'secretsmanager:GetSecretValue': 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf',
  'sns:Publish': 'arn:aws:sns:eu-west-1:111122223333:orders',
  'sqs:SendMessage': 'arn:aws:sqs:eu-west-1:111122223333:orders',
};
const grant = (action: string, condition?: Condition) => [allow([action], [ARNS[action]], condition)];

const WITH_TLS: Condition = { Bool: { 'aws:SecureTransport': 'true' } };
const WITH_TLS_IF_PRESENT: Condition = { BoolIfExists: { 'aws:SecureTransport': 'true' } };

const SECURE_TRANSPORT: readonly Pair[] = [
  's3:GetObject', 'sqs:SendMessage', 'sns:Publish', 'dynamodb:GetItem', 'kms:Decrypt',
].flatMap((action): Pair[] => [
  {
    title: `${action} with BoolIfExists aws:SecureTransport; the role has Bool`,
    session: grant(action, WITH_TLS_IF_PRESENT),
    role: [allow(['*'], ['*'], WITH_TLS)],
    verdict: 'narrows',
    page: TLS,
  },
  {
    title: `${action} with Bool aws:SecureTransport; the role has BoolIfExists`,
    session: grant(action, WITH_TLS),
    role: [allow(['*'], ['*'], WITH_TLS_IF_PRESENT)],
    verdict: 'narrows',
    page: TLS,
  },
  {
    title: `${action} without a condition; the role denies requests without TLS`,
    session: grant(action),
    role: [EVERYTHING, deny({ Bool: { 'aws:SecureTransport': 'false' } })],
    verdict: 'exceeds',
    page: TLS,
  },
]);

type Verdict = 'narrows' | 'exceeds';

/** A role with one guard, and a session without a condition. */
const guarded = (action: string, title: string, role: Pair['role'], verdict: Verdict, page: string): Pair =>
  ({ title, session: grant(action), role, verdict, page });
const denied = (action: string, operator: string, key: string, value: string, verdict: Verdict, page: string) =>
  guarded(action, `${action}: Deny if ${operator} ${key} ${value}`,
    [EVERYTHING, deny({ [operator]: { [key]: value } })], verdict, page);
const allowed = (action: string, operator: string, key: string, value: string, verdict: Verdict, page: string) =>
  guarded(action, `${action}: Allow if ${operator} ${key} ${value}`,
    [allow(['*'], ['*'], { [operator]: { [key]: value } })], verdict, page);

const MORE_SECURE_TRANSPORT: readonly Pair[] = [
  {
    title: 'a secret with TLS; the role denies requests without TLS',
    session: grant('secretsmanager:GetSecretValue', WITH_TLS),
    role: [EVERYTHING, deny({ BoolIfExists: { 'aws:SecureTransport': 'false' } })],
    verdict: 'narrows',
    page: TLS,
  },
  {
    title: 'a secret with TLS; the role denies requests with TLS',
    session: grant('secretsmanager:GetSecretValue', WITH_TLS),
    role: [EVERYTHING, deny({ Bool: { 'aws:SecureTransport': 'true' } })],
    verdict: 'exceeds',
    page: TLS,
  },
  allowed('secretsmanager:GetSecretValue', 'Bool', 'aws:SecureTransport', 'true', 'exceeds', TLS),
  denied('s3:GetObject', 'Null', 'aws:SecureTransport', 'true', 'narrows', TLS),
  denied('s3:GetObject', 'Null', 'aws:SecureTransport', 'false', 'exceeds', TLS),
];

const NO_MFA: readonly Pair[] = [
  allowed('kms:Decrypt', 'Bool', 'aws:MultiFactorAuthPresent', 'true', 'exceeds', MFA),
  allowed('s3:GetObject', 'BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', 'narrows', MFA),
  denied('dynamodb:GetItem', 'BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', 'exceeds', MFA),
  denied('sqs:SendMessage', 'Bool', 'aws:MultiFactorAuthPresent', 'true', 'narrows', MFA),
  denied('sns:Publish', 'NumericGreaterThan', 'aws:MultiFactorAuthAge', '3600', 'narrows', MFA_AGE),
  denied('sns:Publish', 'NumericGreaterThanIfExists', 'aws:MultiFactorAuthAge', '3600', 'exceeds', MFA_AGE),
  denied('secretsmanager:GetSecretValue', 'Null', 'aws:MultiFactorAuthAge', 'true', 'exceeds', MFA_AGE),
  allowed('secretsmanager:GetSecretValue', 'NumericLessThan', 'aws:MultiFactorAuthAge', '3600', 'exceeds', MFA_AGE),
];

const HOMES = 'arn:aws:s3:::homes/${aws:username}/*';

const NO_USER_NAME: readonly Pair[] = [
  allowed('s3:GetObject', 'StringLike', 'aws:username', '*', 'exceeds', USERNAME),
  denied('s3:GetObject', 'StringLike', 'aws:username', '*', 'narrows', USERNAME),
  allowed('sqs:SendMessage', 'StringNotEquals', 'aws:username', 'admin', 'narrows', USERNAME),
  denied('sqs:SendMessage', 'StringNotLike', 'aws:username', 'admin-*', 'exceeds', USERNAME),
  denied('kms:Decrypt', 'StringEquals', 'aws:username', 'admin', 'narrows', USERNAME),
  denied('kms:Decrypt', 'StringNotEquals', 'aws:username', 'admin', 'exceeds', USERNAME),
  {
    title: 'all homes; the role allows the home of aws:username',
    session: [allow(['s3:GetObject'], ['arn:aws:s3:::homes/*'])],
    role: [allow(['s3:GetObject'], [HOMES])],
    verdict: 'exceeds',
    page: USERNAME,
  },
  {
    title: 'all homes; the role denies the home of aws:username',
    session: [allow(['s3:GetObject'], ['arn:aws:s3:::homes/*'])],
    role: [EVERYTHING, { Effect: 'Deny', Action: 's3:*', Resource: HOMES }],
    verdict: 'narrows',
    page: USERNAME,
  },
];

const PRESENCE: readonly Pair[] = [
  denied('dynamodb:GetItem', 'Null', 'aws:PrincipalArn', 'true', 'narrows', NULL),
  denied('dynamodb:GetItem', 'Null', 'aws:PrincipalArn', 'false', 'exceeds', NULL),
  denied('sqs:SendMessage', 'Null', 'aws:RequestedRegion', 'true', 'narrows', NULL),
  denied('sqs:SendMessage', 'Null', 'aws:RequestedRegion', 'false', 'exceeds', NULL),
  denied('sns:Publish', 'Null', 'aws:CurrentTime', 'true', 'narrows', NULL),
  allowed('sns:Publish', 'Null', 'aws:PrincipalType', 'false', 'narrows', NULL),
  allowed('sns:Publish', 'Null', 'aws:PrincipalType', 'true', 'exceeds', NULL),
  denied('kms:Decrypt', 'Null', 'aws:username', 'true', 'exceeds', NULL),
  denied('kms:Decrypt', 'Null', 'aws:username', 'false', 'narrows', NULL),
  allowed('s3:GetObject', 'Null', 'aws:username', 'true', 'narrows', NULL),
];

/** A request may come from any address, with or without a VPC endpoint, and from a service on behalf of the pod. */
const FREE: readonly Pair[] = [
  denied('s3:GetObject', 'NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', 'exceeds', SOURCE_IP),
  allowed('sqs:SendMessage', 'IpAddress', 'aws:SourceIp', '203.0.113.0/24', 'exceeds', SOURCE_IP),
  denied('kms:Decrypt', 'Null', 'aws:SourceIp', 'true', 'exceeds', SOURCE_IP),
  {
    title: 'a topic from one address; the role allows its network',
    session: grant('sns:Publish', { IpAddress: { 'aws:SourceIp': '203.0.113.5' } }),
    role: [allow(['*'], ['*'], { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
    verdict: 'narrows',
    page: SOURCE_IP,
  },
  denied('s3:GetObject', 'StringNotEquals', 'aws:SourceVpc', 'vpc-0123456789abcdef0', 'exceeds', SOURCE_VPC),
  denied('dynamodb:GetItem', 'Null', 'aws:SourceVpc', 'true', 'exceeds', SOURCE_VPC),
  denied('dynamodb:GetItem', 'Null', 'aws:SourceVpc', 'false', 'exceeds', SOURCE_VPC),
  {
    title: 'objects from a VPC; the role denies requests from elsewhere',
    session: grant('s3:GetObject', { StringEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }),
    role: [EVERYTHING, deny({ StringNotEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } })],
    verdict: 'narrows',
    page: SOURCE_VPC,
  },
  denied('kms:Decrypt', 'Bool', 'aws:ViaAWSService', 'false', 'exceeds', VIA_SERVICE),
  denied('kms:Decrypt', 'Bool', 'aws:ViaAWSService', 'true', 'exceeds', VIA_SERVICE),
  allowed('s3:GetObject', 'Bool', 'aws:ViaAWSService', 'false', 'exceeds', VIA_SERVICE),
  {
    title: 'a key on behalf of the pod; the role denies requests that no service makes',
    session: grant('kms:Decrypt', { Bool: { 'aws:ViaAWSService': 'true' } }),
    role: [EVERYTHING, deny({ Bool: { 'aws:ViaAWSService': 'false' } })],
    verdict: 'narrows',
    page: VIA_SERVICE,
  },
];

/** The first two are AWS's own examples for roles of EC2 instances. EKS delivers the credentials of pods. */
const OTHER_SOURCES: readonly Pair[] = [
  guarded('s3:GetObject', 'the role denies credentials of EC2 outside their VPC', [EVERYTHING, deny({
    StringNotEquals: { 'aws:SourceVpc': '${aws:Ec2InstanceSourceVpc}' },
    Null: { 'ec2:SourceInstanceARN': 'false' },
    BoolIfExists: { 'aws:ViaAWSService': 'false' },
  })], 'narrows', `${KEYS}#condition-keys-ec2instancesourcevpc`),
  denied('dynamodb:GetItem', 'NumericLessThan', 'ec2:RoleDelivery', '2.0', 'narrows',
    `${KEYS}#condition-keys-ec2-role-delivery`),
  allowed('kms:Decrypt', 'ArnLike', 'lambda:SourceFunctionArn', 'arn:aws:lambda:*:*:function:orders', 'exceeds',
    `${KEYS}#condition-keys-lambda-source-function-arn`),
  denied('sqs:SendMessage', 'StringEquals', 'glue:CredentialIssuingService', 'glue.amazonaws.com', 'narrows',
    `${KEYS}#condition-keys-glue-credential-issuing`),
  denied('sns:Publish', 'StringNotEqualsIfExists', 'aws:SourceAccount', '111122223333', 'exceeds',
    `${KEYS}#condition-keys-sourceaccount`),
  denied('sns:Publish', 'Null', 'aws:SourceArn', 'false', 'narrows', `${KEYS}#condition-keys-sourcearn`),
  {
    title: 'a queue for requests on behalf of a bucket, which no pod makes; the role allows no queue',
    session: grant('sqs:SendMessage', { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::orders' } }),
    role: [allow(['s3:*'], ['*'])],
    verdict: 'narrows',
    page: `${KEYS}#condition-keys-sourcearn`,
  },
  denied('s3:GetObject', 'Null', 'aws:UserAgent', 'true', 'narrows', `${KEYS}#condition-keys-useragent`),
  denied('s3:GetObject', 'Null', 'aws:ViaAWSService', 'true', 'narrows', VIA_SERVICE),
];

export const ALWAYS_PRESENT: readonly Pair[] = [
  ...SECURE_TRANSPORT,
  ...MORE_SECURE_TRANSPORT,
  ...NO_MFA,
  ...NO_USER_NAME,
  ...PRESENCE,
  ...FREE,
  ...OTHER_SOURCES,
];
