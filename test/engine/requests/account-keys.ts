/**
 * Guards by the account and the organization of the resource, and by the keys that AWS sets for the principal. The pods' role is
 * arn:aws:iam::111122223333:role/orders, a member of the organization o-a1b2c3d4e5 if a pair says so.
 */
import { Pair } from './pair';

const KEYS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';
const RESOURCE_ACCOUNT = `${KEYS}#condition-keys-resourceaccount`;
const RESOURCE_ORG = `${KEYS}#condition-keys-resourceorgid`;
const PRINCIPAL_ACCOUNT = `${KEYS}#condition-keys-principalaccount`;
const PRINCIPAL_ARN = `${KEYS}#condition-keys-principalarn`;
const PRINCIPAL_TYPE = `${KEYS}#condition-keys-principaltype`;
const PRINCIPAL_IS_SERVICE = `${KEYS}#condition-keys-principalisawsservice`;
const PRINCIPAL_ORG = `${KEYS}#condition-keys-principalorgid`;
const S3 = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html';

type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };

const allow = (actions: readonly string[], resources: readonly string[], condition?: Condition) =>
  ({ Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) });
const deny = (condition: Condition) => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition: condition });

const EVERYTHING = allow(['*'], ['*']);
const OWN = '111122223333';
const OTHER = '444455556666';
const ACCOUNT = { account: OWN } as const;
const ROLE = { arn: 'arn:aws:iam::111122223333:role/orders', account: OWN } as const;
const MEMBER = { account: OWN, orgId: 'o-a1b2c3d4e5' } as const;

const ARNS: { readonly [action: string]: (account: string) => string } = {
  'dynamodb:GetItem': account => `arn:aws:dynamodb:eu-west-1:${account}:table/orders`,
  'ecr:BatchGetImage': account => `arn:aws:ecr:eu-west-1:${account}:repository/orders`,
  'iam:GetRole': account => `arn:aws:iam::${account}:role/reports`,
  'kinesis:PutRecord': account => `arn:aws:kinesis:eu-west-1:${account}:stream/orders`,
  'kms:Decrypt': account => `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  'lambda:InvokeFunction': account => `arn:aws:lambda:eu-west-1:${account}:function:orders`,
  'secretsmanager:GetSecretValue': account => `arn:aws:secretsmanager:eu-west-1:${account}:secret:orders-AbCdEf`,
  'sns:Publish': account => `arn:aws:sns:eu-west-1:${account}:orders`,
  'sqs:SendMessage': account => `arn:aws:sqs:eu-west-1:${account}:orders`,
};
const inAccount = (action: string, account: string) => [allow([action], [ARNS[action](account)])];
const OBJECTS = [allow(['s3:GetObject'], ['arn:aws:s3:::orders/*'])];

const ALLOWED_IN_AN_ACCOUNT: readonly Pair[] = [
  'dynamodb:GetItem', 'iam:GetRole', 'kms:Decrypt', 'sns:Publish', 'sqs:SendMessage',
].flatMap((action): Pair[] => [
  {
    title: `${action} in 111122223333; the role allows resources of 111122223333`,
    session: inAccount(action, OWN),
    role: [allow(['*'], ['*'], { StringEquals: { 'aws:ResourceAccount': OWN } })],
    verdict: 'narrows',
    page: RESOURCE_ACCOUNT,
  },
  {
    title: `${action} in 444455556666; the role allows resources of 111122223333`,
    session: inAccount(action, OTHER),
    role: [allow(['*'], ['*'], { StringEquals: { 'aws:ResourceAccount': OWN } })],
    verdict: 'exceeds',
    page: RESOURCE_ACCOUNT,
  },
]);

const DENIED_IN_OTHER_ACCOUNTS: readonly Pair[] = [
  'ecr:BatchGetImage', 'kinesis:PutRecord',
].flatMap((action): Pair[] => [
  {
    title: `${action} in 111122223333; the role denies resources of other accounts`,
    session: inAccount(action, OWN),
    role: [EVERYTHING, deny({ StringNotEquals: { 'aws:ResourceAccount': OWN } })],
    verdict: 'narrows',
    page: RESOURCE_ACCOUNT,
  },
  {
    title: `${action} in 444455556666; the role denies resources of accounts other than 111122223333`,
    session: inAccount(action, OTHER),
    role: [EVERYTHING, deny({ StringNotEquals: { 'aws:ResourceAccount': OWN } })],
    verdict: 'exceeds',
    page: RESOURCE_ACCOUNT,
  },
]);

const SAME_ACCOUNT_AS_THE_PRINCIPAL: readonly Pair[] = [
  'lambda:InvokeFunction', 'secretsmanager:GetSecretValue',
].flatMap((action): Pair[] => [
  {
    title: `${action} in the principal's account; the role allows resources of the principal's account`,
    session: inAccount(action, OWN),
    role: [allow(['*'], ['*'], { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })],
    principal: ACCOUNT,
    verdict: 'narrows',
    page: RESOURCE_ACCOUNT,
  },
  {
    title: `${action} in another account; the role allows resources of the principal's account`,
    session: inAccount(action, OTHER),
    role: [allow(['*'], ['*'], { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })],
    principal: ACCOUNT,
    verdict: 'exceeds',
    page: RESOURCE_ACCOUNT,
  },
  {
    title: `${action} in the principal's account; the role denies resources of other accounts than the principal's`,
    session: inAccount(action, OWN),
    role: [EVERYTHING, deny({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })],
    principal: ACCOUNT,
    verdict: 'narrows',
    page: RESOURCE_ACCOUNT,
  },
  {
    title: `${action} in another account; the role denies resources of other accounts than the principal's`,
    session: inAccount(action, OTHER),
    role: [EVERYTHING, deny({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })],
    principal: ACCOUNT,
    verdict: 'exceeds',
    page: RESOURCE_ACCOUNT,
  },
]);

const ANY_ACCOUNT: readonly Pair[] = [
  {
    title: 'a queue in any account; the role allows resources of 111122223333',
    session: inAccount('sqs:SendMessage', '*'),
    role: [allow(['*'], ['*'], { StringEquals: { 'aws:ResourceAccount': OWN } })],
    verdict: 'exceeds',
    page: RESOURCE_ACCOUNT,
  },
  {
    title: 'objects; the role allows aws:ResourceAccount 111122223333',
    session: OBJECTS,
    role: [allow(['*'], ['*'], { StringEquals: { 'aws:ResourceAccount': OWN } })],
    verdict: 'exceeds',
    page: S3,
  },
  {
    title: 'objects; the role denies if aws:ResourceAccount is not the principal\'s account',
    session: OBJECTS,
    role: [EVERYTHING, deny({ StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })],
    principal: ACCOUNT,
    verdict: 'exceeds',
    page: S3,
  },
  {
    title: 'objects; the role allows s3:ResourceAccount 111122223333',
    session: OBJECTS,
    role: [allow(['s3:*'], ['*'], { StringEquals: { 's3:ResourceAccount': OWN } })],
    verdict: 'exceeds',
    page: S3,
  },
  {
    title: 'objects of 111122223333 by a condition; the role denies other accounts by s3:ResourceAccount',
    session: [allow(['s3:GetObject'], ['arn:aws:s3:::orders/*'], { StringEquals: { 's3:ResourceAccount': OWN } })],
    role: [EVERYTHING, deny({ StringNotEqualsIfExists: { 's3:ResourceAccount': OWN } })],
    verdict: 'narrows',
    page: S3,
  },
];

/** A role whose one guard is a fact of the principal, and whether the role's sessions pass it. */
const fact = (
  title: string, action: string, role: Pair['role'], verdict: Pair['verdict'], page: string,
  principal?: Pair['principal'],
): Pair => ({ title, session: inAccount(action, OWN), role, ...(principal && { principal }), verdict, page });
const unless = (operator: string, key: string, value: string | readonly string[]) =>
  [EVERYTHING, deny({ [operator]: { [key]: value } })];
const onlyIf = (operator: string, key: string, value: string | readonly string[]) =>
  [allow(['*'], ['*'], { [operator]: { [key]: value } })];

const ROLE_ARN = 'arn:aws:iam::111122223333:role/orders';
const SESSION_ARNS = 'arn:aws:sts::111122223333:assumed-role/orders/*';
const OTHER_ROLES = ['arn:aws:iam::111122223333:role/admin', 'arn:aws:iam::111122223333:role/break-glass'];

const PRINCIPAL: readonly Pair[] = [
  fact('Deny if aws:PrincipalAccount is not the role\'s account', 'dynamodb:GetItem',
    unless('StringNotEquals', 'aws:PrincipalAccount', OWN), 'narrows', PRINCIPAL_ACCOUNT, ACCOUNT),
  fact('Deny if aws:PrincipalAccount is not another account', 'dynamodb:GetItem',
    unless('StringNotEquals', 'aws:PrincipalAccount', OTHER), 'exceeds', PRINCIPAL_ACCOUNT, ACCOUNT),
  fact('Allow if aws:PrincipalAccount is the role\'s account', 'sns:Publish',
    onlyIf('StringEquals', 'aws:PrincipalAccount', OWN), 'narrows', PRINCIPAL_ACCOUNT, ACCOUNT),
  fact('Allow if aws:PrincipalAccount is another account', 'sns:Publish',
    onlyIf('StringEquals', 'aws:PrincipalAccount', OTHER), 'exceeds', PRINCIPAL_ACCOUNT, ACCOUNT),

  fact('Deny if aws:PrincipalArn is not like the role', 'sqs:SendMessage',
    unless('ArnNotLike', 'aws:PrincipalArn', ROLE_ARN), 'narrows', PRINCIPAL_ARN, ROLE),
  fact('Deny if aws:PrincipalArn is not like other roles', 'sqs:SendMessage',
    unless('ArnNotLike', 'aws:PrincipalArn', OTHER_ROLES), 'exceeds', PRINCIPAL_ARN, ROLE),
  fact('Deny if aws:PrincipalArn is like the assumed role', 'kms:Decrypt',
    unless('ArnLike', 'aws:PrincipalArn', SESSION_ARNS), 'narrows', PRINCIPAL_ARN, ROLE),
  fact('Deny if aws:PrincipalArn is not like the assumed role', 'kms:Decrypt',
    unless('ArnNotLike', 'aws:PrincipalArn', SESSION_ARNS), 'exceeds', PRINCIPAL_ARN, ROLE),
  fact('Allow if aws:PrincipalArn is like the role of that name in any account', 'lambda:InvokeFunction',
    onlyIf('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/orders'), 'narrows', PRINCIPAL_ARN, ROLE),
  fact('Allow if aws:PrincipalArn is like the assumed role', 'lambda:InvokeFunction',
    onlyIf('ArnLike', 'aws:PrincipalArn', SESSION_ARNS), 'exceeds', PRINCIPAL_ARN, ROLE),
  fact('Allow if the string aws:PrincipalArn is like a role of the account', 'ecr:BatchGetImage',
    onlyIf('StringLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*'), 'narrows', PRINCIPAL_ARN, ROLE),
  fact('Allow if the string aws:PrincipalArn is like a user of the account', 'ecr:BatchGetImage',
    onlyIf('StringLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/*'), 'exceeds', PRINCIPAL_ARN, ROLE),

  fact('Allow if aws:PrincipalType is AssumedRole', 'kinesis:PutRecord',
    onlyIf('StringEquals', 'aws:PrincipalType', 'AssumedRole'), 'narrows', PRINCIPAL_TYPE),
  fact('Allow if aws:PrincipalType is User', 'kinesis:PutRecord',
    onlyIf('StringEquals', 'aws:PrincipalType', 'User'), 'exceeds', PRINCIPAL_TYPE),
  fact('Deny if aws:PrincipalType is not AssumedRole', 'secretsmanager:GetSecretValue',
    unless('StringNotEquals', 'aws:PrincipalType', 'AssumedRole'), 'narrows', PRINCIPAL_TYPE),
  fact('Deny if aws:PrincipalType is AssumedRole', 'secretsmanager:GetSecretValue',
    unless('StringEquals', 'aws:PrincipalType', 'AssumedRole'), 'exceeds', PRINCIPAL_TYPE),

  fact('Deny if aws:PrincipalIsAWSService is true', 'dynamodb:GetItem',
    unless('Bool', 'aws:PrincipalIsAWSService', 'true'), 'narrows', PRINCIPAL_IS_SERVICE),
  fact('Deny if aws:PrincipalIsAWSService is false', 'dynamodb:GetItem',
    unless('Bool', 'aws:PrincipalIsAWSService', 'false'), 'exceeds', PRINCIPAL_IS_SERVICE),
  fact('Allow if aws:PrincipalIsAWSService is false', 'sns:Publish',
    onlyIf('Bool', 'aws:PrincipalIsAWSService', 'false'), 'narrows', PRINCIPAL_IS_SERVICE),
  fact('Allow if aws:PrincipalIsAWSService is true', 'sns:Publish',
    onlyIf('Bool', 'aws:PrincipalIsAWSService', 'true'), 'exceeds', PRINCIPAL_IS_SERVICE),
];

const ORGANIZATION: readonly Pair[] = [
  fact('Deny if aws:PrincipalOrgID is not the role\'s organization', 'sqs:SendMessage',
    unless('StringNotEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'), 'narrows', PRINCIPAL_ORG, MEMBER),
  fact('Deny if aws:PrincipalOrgID is not another organization', 'sqs:SendMessage',
    unless('StringNotEquals', 'aws:PrincipalOrgID', 'o-zzzzzzzzzz'), 'exceeds', PRINCIPAL_ORG, MEMBER),
  fact('Allow if aws:PrincipalOrgID is the role\'s organization', 'lambda:InvokeFunction',
    onlyIf('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'), 'narrows', PRINCIPAL_ORG, MEMBER),
  fact('Allow if aws:PrincipalOrgID is another organization', 'lambda:InvokeFunction',
    onlyIf('StringEquals', 'aws:PrincipalOrgID', 'o-zzzzzzzzzz'), 'exceeds', PRINCIPAL_ORG, MEMBER),
  fact('Deny if aws:PrincipalOrgID is not the one organization that the role names', 'ecr:BatchGetImage',
    unless('StringNotEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'), 'narrows', PRINCIPAL_ORG),
  fact('Deny a table if aws:ResourceOrgID is not the role\'s organization', 'dynamodb:GetItem',
    unless('StringNotEquals', 'aws:ResourceOrgID', 'o-a1b2c3d4e5'), 'narrows', RESOURCE_ORG, MEMBER),
  fact('Deny a key if aws:ResourceOrgID is not the principal\'s organization', 'kms:Decrypt',
    unless('StringNotEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}'), 'narrows', RESOURCE_ORG, MEMBER),
  fact('Allow a stream if aws:ResourceOrgID is the one organization that the role names', 'kinesis:PutRecord',
    onlyIf('StringEquals', 'aws:ResourceOrgID', 'o-a1b2c3d4e5'), 'narrows', RESOURCE_ORG, ACCOUNT),
  {
    title: 'Deny a table of another account if aws:ResourceOrgID is not the role\'s organization',
    session: inAccount('dynamodb:GetItem', OTHER),
    role: unless('StringNotEquals', 'aws:ResourceOrgID', 'o-a1b2c3d4e5'),
    principal: MEMBER,
    verdict: 'exceeds',
    page: RESOURCE_ORG,
  },
  {
    title: 'Deny objects if aws:ResourceOrgID is not the role\'s organization',
    session: OBJECTS,
    role: unless('StringNotEquals', 'aws:ResourceOrgID', 'o-a1b2c3d4e5'),
    principal: MEMBER,
    verdict: 'exceeds',
    page: RESOURCE_ORG,
  },
  {
    title: 'Deny objects if aws:PrincipalOrgID is not the role\'s organization',
    session: OBJECTS,
    role: unless('StringNotEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'),
    principal: MEMBER,
    verdict: 'narrows',
    page: PRINCIPAL_ORG,
  },
];

export const ACCOUNT_KEYS: readonly Pair[] = [
  ...ALLOWED_IN_AN_ACCOUNT,
  ...DENIED_IN_OTHER_ACCOUNTS,
  ...SAME_ACCOUNT_AS_THE_PRINCIPAL,
  ...ANY_ACCOUNT,
  ...PRINCIPAL,
  ...ORGANIZATION,
];
