/**
 * Service control policies and resource control policies like those that AWS publishes, with what they mean for pods. The verdicts were
 * derived from the pages before the code ran:
 *
 * - evaluation: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * - syntax: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 * - examples: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html
 * - language: https://aws.amazon.com/blogs/security/unlock-new-possibilities-aws-organizations-service-control-policy-now-supports-full-iam-language
 * - rcp: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 * - rcp examples: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
 */
/* eslint-disable @stylistic/max-len -- a row is easier to compare on few lines */
import { control, Organization, rcpStatement } from './organization';
import { allow, deny } from '../rules/app';

/** What is found, beside findings that have nothing to do with the organization. */
export type Expected = 'nothing' | 'limited' | 'dead' | 'dead, perhaps' | 'all dead';

export interface Example {
  readonly what: string;
  readonly page: 'evaluation' | 'syntax' | 'examples' | 'language' | 'rcp' | 'rcp examples';
  readonly organization: Organization;
  readonly session: readonly unknown[];
  readonly expected: Expected;
  readonly roleName?: string;
  /** Part of a message. */
  readonly says?: string;
}

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const ABROAD = TABLE.replace('eu-west-1', 'us-east-1');
const BUCKET = 'arn:aws:s3:::data/*';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:jobs';
const READ_TABLE = allow('dynamodb:GetItem', TABLE);
const READ_BUCKET = allow('s3:GetObject', BUCKET);

const GLOBAL = ['a4b:*', 'budgets:*', 'cloudfront:*', 'globalaccelerator:*', 'iam:*', 'organizations:*', 'route53:*', 'sts:*', 'support:*'];
const otherRegions = (more: object = {}) => control({
  Sid: 'DenyAllOutsideEU',
  Effect: 'Deny',
  NotAction: GLOBAL,
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] }, ...more },
});
const EXEMPT = { ArnNotLike: { 'aws:PrincipalARN': ['arn:aws:iam::*:role/admins-*', 'arn:aws:iam::*:role/app'] } };
const EXEMPT_OTHERS = { ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/admins-*' } };
const ADMIN_ROLE = 'arn:aws:iam::111122223333:role/admins-platform';
const PROTECT_ROLE = control({
  ...deny(['iam:AttachRolePolicy', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'],
    'arn:aws:iam::*:role/admins-*', EXEMPT_OTHERS),
  Sid: 'DenyAccessToASpecificRole',
});
const INSTANCES = 'arn:aws:ec2:*:*:instance/*';
const RUN = allow('ec2:RunInstances', INSTANCES);
const IMDSV2 = control({ ...deny('ec2:RunInstances', INSTANCES, { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }), Sid: 'RequireImdsV2' });
const FULL = control(allow('*', '*'));
const ONLY_S3_AND_EC2 = control({ ...allow(['ec2:*', 's3:*'], '*'), Sid: 'AllowEC2AndS3' });
const ORGANIZATION = 'o-a1b2c3d4e5';

export const EXAMPLES: readonly Example[] = [
  // ---- Regions ----
  { what: 'other Regions, and the table is in an allowed one', page: 'examples', organization: { scp: [otherRegions()] }, session: [READ_TABLE], expected: 'nothing' },
  {
    what: 'other Regions, and the table is in one of them',
    page: 'examples',
    organization: { scp: [otherRegions()] },
    session: [READ_TABLE, allow('dynamodb:PutItem', ABROAD)],
    expected: 'dead',
    says: "statement 0 (Sid 'DenyAllOutsideEU') of SCP scp-0.json denies it",
  },
  {
    what: 'other Regions, and the only table is in one of them',
    page: 'examples',
    organization: { scp: [otherRegions()] },
    session: [allow('dynamodb:PutItem', ABROAD)],
    expected: 'all dead',
    says: "with aws:RequestedRegion = 'us-east-1'",
  },
  { what: 'other Regions, and a bucket, whose ARN has none', page: 'examples', organization: { scp: [otherRegions()] }, session: [READ_BUCKET], expected: 'limited' },
  {
    what: 'other Regions, and a global service',
    page: 'examples',
    organization: { scp: [otherRegions()] },
    session: [allow('route53:ListResourceRecordSets', 'arn:aws:route53:::hostedzone/Z1')],
    expected: 'nothing',
  },
  {
    what: 'other Regions, and the role is exempt',
    page: 'examples',
    organization: { scp: [otherRegions(EXEMPT)] },
    session: [READ_TABLE, allow('dynamodb:PutItem', ABROAD)],
    expected: 'nothing',
  },
  {
    what: 'other Regions, and another role is exempt',
    page: 'examples',
    organization: { scp: [otherRegions(EXEMPT)] },
    roleName: 'other',
    session: [READ_TABLE, allow('dynamodb:PutItem', ABROAD)],
    expected: 'dead',
    says: 'exempt the role Stack/Role',
  },
  // ---- The account and its root user ----
  {
    what: 'leaving the organization, which the pods do not do',
    page: 'examples',
    organization: { scp: [control(deny('organizations:LeaveOrganization'))] },
    session: [READ_BUCKET],
    expected: 'nothing',
  },
  {
    what: 'leaving the organization, and the session policy allows it',
    page: 'examples',
    organization: { scp: [control(deny('organizations:LeaveOrganization'))] },
    session: [READ_BUCKET, allow('organizations:LeaveOrganization')],
    expected: 'dead',
    says: 'organizations:LeaveOrganization',
  },
  {
    what: 'the root user',
    page: 'examples',
    session: [READ_BUCKET, RUN],
    expected: 'nothing',
    organization: { scp: [control(deny('*', '*', { StringLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:root'] } }))] },
  },
  {
    what: 'the root user, by ArnLike',
    page: 'examples',
    session: [READ_BUCKET, RUN],
    expected: 'nothing',
    organization: { scp: [control(deny('ec2:*', '*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } }))] },
  },
  // ---- Protected roles ----
  {
    what: 'changes of roles of administrators, and such a role',
    page: 'examples',
    organization: { scp: [PROTECT_ROLE] },
    session: [READ_BUCKET, allow('iam:DeleteRole', ADMIN_ROLE)],
    expected: 'dead',
    says: 'role/admins-platform',
  },
  {
    what: 'changes of roles of administrators, and another role',
    page: 'examples',
    organization: { scp: [PROTECT_ROLE] },
    session: [READ_BUCKET, allow('iam:DeleteRole', 'arn:aws:iam::111122223333:role/tmp-1')],
    expected: 'nothing',
  },
  {
    what: 'changes of roles of administrators, by one of them',
    page: 'examples',
    organization: { scp: [PROTECT_ROLE] },
    roleName: 'admins-pods',
    session: [READ_BUCKET, allow('iam:DeleteRole', ADMIN_ROLE)],
    expected: 'nothing',
  },
  {
    what: 'changes of roles of administrators, and what only reads them',
    page: 'examples',
    organization: { scp: [PROTECT_ROLE] },
    session: [allow('iam:GetRole', ADMIN_ROLE)],
    expected: 'nothing',
  },
  // ---- How instances are started ----
  { what: 'instances without IMDSv2', page: 'examples', organization: { scp: [IMDSV2] }, session: [RUN], expected: 'limited' },
  {
    what: 'instances without IMDSv2, and the session policy asks for it',
    page: 'examples',
    organization: { scp: [IMDSV2] },
    session: [allow('ec2:RunInstances', INSTANCES, { StringEquals: { 'ec2:MetadataHttpTokens': 'required' } })],
    expected: 'nothing',
  },
  {
    what: 'instances without IMDSv2, and the session policy asks for version 1',
    page: 'examples',
    organization: { scp: [IMDSV2] },
    session: [READ_BUCKET, allow('ec2:RunInstances', INSTANCES, { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } })],
    expected: 'dead',
  },
  {
    what: 'other types of instances',
    page: 'examples',
    session: [RUN],
    expected: 'limited',
    organization: { scp: [control(deny('ec2:RunInstances', INSTANCES, { StringNotEquals: { 'ec2:InstanceType': 't2.micro' } }))] },
  },
  {
    what: 'instances without a tag',
    page: 'examples',
    session: [RUN],
    expected: 'limited',
    organization: { scp: [control(deny('ec2:RunInstances', INSTANCES, { Null: { 'aws:RequestTag/Project': 'true' } }))] },
  },
  // ---- Encryption ----
  {
    what: 'uploads without encryption',
    page: 'examples',
    session: [allow('s3:PutObject', BUCKET)],
    expected: 'limited',
    organization: { scp: [control(deny('s3:PutObject', '*', { Null: { 's3:x-amz-server-side-encryption': 'true' } }))] },
  },
  {
    what: 'uploads with another encryption',
    page: 'examples',
    session: [allow('s3:PutObject', BUCKET)],
    expected: 'limited',
    organization: { scp: [control(deny('s3:PutObject', '*', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }))] },
  },
  {
    what: 'uploads without encryption, and the session policy asks for one',
    page: 'examples',
    expected: 'nothing',
    session: [allow('s3:PutObject', BUCKET, { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } })],
    organization: {
      scp: [control(
        deny('s3:PutObject', '*', { Null: { 's3:x-amz-server-side-encryption': 'true' } }),
        deny('s3:PutObject', '*', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }),
      )],
    },
  },
  // ---- Services that stay on ----
  {
    what: 'stopping a trail, and reading it',
    page: 'examples',
    session: [allow('cloudtrail:LookupEvents')],
    expected: 'nothing',
    organization: { scp: [control(deny(['cloudtrail:DeleteTrail', 'cloudtrail:StopLogging']))] },
  },
  {
    what: 'stopping a trail, and all of its service',
    page: 'examples',
    session: [allow('cloudtrail:*')],
    expected: 'limited',
    organization: { scp: [control(deny(['cloudtrail:DeleteTrail', 'cloudtrail:StopLogging']))] },
  },
  {
    what: 'deleting objects, in a statement with uploads',
    page: 'examples',
    expected: 'dead',
    says: `leave out s3:DeleteObject on ${BUCKET}`,
    session: [allow(['s3:PutObject', 's3:DeleteObject'], BUCKET)],
    organization: { scp: [control(deny(['s3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion'], ['arn:aws:s3:::data', BUCKET]))] },
  },
  {
    what: 'gateways to the internet, which pods with a queue do not make',
    page: 'examples',
    session: [allow('sqs:SendMessage', QUEUE)],
    expected: 'nothing',
    organization: { scp: [control(deny(['ec2:AttachInternetGateway', 'ec2:CreateInternetGateway', 'ec2:CreateVpcPeeringConnection']))] },
  },
  // ---- Lists of what is allowed, and levels ----
  { what: 'a list of services, and one of them', page: 'evaluation', organization: { scp: [ONLY_S3_AND_EC2] }, session: [READ_BUCKET], expected: 'nothing' },
  {
    what: 'a list of services, and another one',
    page: 'evaluation',
    organization: { scp: [ONLY_S3_AND_EC2] },
    session: [READ_BUCKET, READ_TABLE],
    expected: 'dead',
    says: 'no statement of the service control policies of scp-0.json allows it',
  },
  {
    what: 'a list of services, and only another one',
    page: 'evaluation',
    organization: { scp: [ONLY_S3_AND_EC2] },
    session: [READ_TABLE],
    expected: 'all dead',
    says: 'because no service control policy allows the dynamodb:GetItem action',
  },
  { what: 'all services at the root, a list below', page: 'evaluation', organization: { scp: [FULL, ONLY_S3_AND_EC2] }, session: [READ_BUCKET], expected: 'nothing' },
  {
    what: 'lists at two levels that have nothing in common',
    page: 'evaluation',
    expected: 'dead',
    says: 'policies of scp-1.json',
    organization: { scp: [ONLY_S3_AND_EC2, control(allow(['ec2:*', 'dynamodb:*']))] },
    session: [RUN, READ_BUCKET],
  },
  {
    what: 'two lists at one level',
    page: 'evaluation',
    organization: { scp: [[ONLY_S3_AND_EC2, control(allow('dynamodb:*'))]] },
    session: [READ_TABLE, READ_BUCKET],
    expected: 'nothing',
  },
  {
    what: 'a list and a denial at one level',
    page: 'evaluation',
    organization: { scp: [[ONLY_S3_AND_EC2, control(deny('s3:GetObject', BUCKET))]] },
    session: [RUN, READ_BUCKET],
    expected: 'dead',
    says: 'statement 0 of SCP scp-0.json[1]',
  },
  {
    what: 'a denial above a list',
    page: 'evaluation',
    organization: { scp: [control(deny('s3:GetObject', BUCKET)), ONLY_S3_AND_EC2] },
    session: [RUN, READ_BUCKET],
    expected: 'dead',
    says: 'statement 0 of SCP scp-0.json denies it',
  },
  // ---- The language of identity policies ----
  {
    what: 'all but some services are allowed, and another one',
    page: 'language',
    session: [READ_BUCKET],
    expected: 'nothing',
    organization: { scp: [control({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' })] },
  },
  {
    what: 'all but some services are allowed, and one of those',
    page: 'language',
    session: [READ_BUCKET, allow('iam:GetRole', ADMIN_ROLE)],
    expected: 'dead',
    organization: { scp: [control({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' })] },
  },
  {
    what: 'allowed in one Region only',
    page: 'language',
    session: [READ_TABLE, allow('dynamodb:PutItem', ABROAD)],
    expected: 'dead',
    organization: { scp: [control(allow('*', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }))] },
  },
  {
    what: 'one resource is allowed, and it is another',
    page: 'language',
    session: [READ_BUCKET, READ_TABLE],
    expected: 'dead',
    organization: { scp: [control(allow('s3:*', '*'), allow('dynamodb:*', TABLE.replace('orders', 'carts')))] },
  },
  {
    what: 'all but one bucket is denied, and it is that one',
    page: 'language',
    session: [READ_BUCKET],
    expected: 'nothing',
    organization: { scp: [control({ Effect: 'Deny', Action: 's3:*', NotResource: ['arn:aws:s3:::data', BUCKET] })] },
  },
  {
    what: 'all but one bucket is denied, and it is another',
    page: 'language',
    session: [READ_BUCKET, allow('s3:GetObject', 'arn:aws:s3:::logs/*')],
    expected: 'dead',
    organization: { scp: [control({ Effect: 'Deny', Action: 's3:*', NotResource: ['arn:aws:s3:::data', BUCKET] })] },
  },
  {
    what: 'a wildcard at the beginning of an action',
    page: 'language',
    session: [READ_BUCKET, allow('s3:DeleteObject', BUCKET)],
    expected: 'dead',
    organization: { scp: [control(deny(['s3:*Object'], 'arn:aws:s3:::logs/*'), deny('s3:Delete*Object', BUCKET))] },
    says: 's3:DeleteObject',
  },
  // ---- Perimeters: who, whose and from where ----
  {
    what: 'requests from outside of the network',
    page: 'examples',
    session: [READ_BUCKET, READ_TABLE],
    expected: 'limited',
    organization: {
      scp: [control({
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*'],
        Resource: '*',
        Condition: {
          NotIpAddressIfExists: { 'aws:SourceIp': '192.0.2.0/24' },
          StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
          ...EXEMPT_OTHERS,
        },
      })],
    },
  },
  {
    what: 'requests of services only',
    page: 'examples',
    session: [READ_BUCKET],
    expected: 'nothing',
    organization: { scp: [control(deny('s3:*', '*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }))] },
  },
  {
    what: 'principals of other organizations',
    page: 'examples',
    session: [READ_BUCKET],
    expected: 'nothing',
    organization: { scp: [control(deny('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }))] },
  },
  {
    what: 'buckets of other accounts, which a bucket may be',
    page: 'examples',
    session: [READ_BUCKET],
    expected: 'limited',
    organization: { scp: [control(deny('s3:*', '*', { StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }))] },
  },
  {
    what: 'tables of other accounts, and it is an own one',
    page: 'examples',
    session: [READ_TABLE],
    expected: 'nothing',
    organization: { scp: [control(deny('dynamodb:*', '*', { StringNotEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }))] },
  },
  {
    what: 'sessions without a tag that EKS sets, and there are no session tags',
    page: 'examples',
    session: [READ_BUCKET],
    expected: 'all dead',
    organization: { scp: [control(deny('s3:*', '*', { StringNotEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'prod' } }))] },
  },
  // ---- Resource control policies ----
  {
    what: 'principals outside of the organization',
    page: 'rcp examples',
    session: [READ_BUCKET, allow('sqs:SendMessage', QUEUE)],
    expected: 'nothing',
    organization: {
      rcp: [control(rcpStatement(['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:*'], '*', {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      }))],
    },
  },
  {
    what: 'services for other organizations',
    page: 'rcp examples',
    session: [READ_BUCKET, allow('sqs:SendMessage', QUEUE)],
    expected: 'nothing',
    organization: {
      rcp: [control(rcpStatement(['s3:*', 'sqs:*', 'dynamodb:*', 'ecr:*', 'logs:*'], '*', {
        StringNotEqualsIfExists: { 'aws:SourceOrgID': ORGANIZATION }, Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' },
      }))],
    },
  },
  {
    what: 'requests without TLS',
    page: 'rcp examples',
    session: [READ_BUCKET, allow('sqs:SendMessage', QUEUE)],
    expected: 'limited',
    organization: { rcp: [control(rcpStatement(['s3:*', 'sqs:*'], '*', { BoolIfExists: { 'aws:SecureTransport': 'false' } }))] },
  },
  {
    what: 'deleting queues, and it is one of the account',
    page: 'rcp',
    session: [READ_BUCKET, allow('sqs:DeleteQueue', QUEUE)],
    expected: 'dead',
    organization: { rcp: [control(rcpStatement('sqs:DeleteQueue'))] },
    says: 'with an explicit deny in a resource control policy',
  },
  {
    what: 'deleting queues, and it is one of another account',
    page: 'rcp',
    expected: 'dead, perhaps',
    says: 'if the policy applies to the resource',
    session: [READ_BUCKET, allow('sqs:DeleteQueue', QUEUE.replace('111122223333', '444455556666'))],
    organization: { rcp: [control(rcpStatement('sqs:DeleteQueue'))] },
  },
  {
    what: 'deleting objects, and the bucket may be anybody\'s',
    page: 'rcp',
    session: [READ_BUCKET, allow('s3:DeleteObject', BUCKET)],
    expected: 'dead, perhaps',
    organization: { rcp: [control(rcpStatement('s3:Delete*', ['arn:aws:s3:::data', BUCKET]))] },
  },
  {
    what: 'a service that resource control policies do not apply to',
    page: 'rcp',
    session: [READ_BUCKET, RUN],
    expected: 'dead, perhaps',
    organization: { rcp: [control(rcpStatement('ec2:RunInstances'))] },
  },
  {
    what: 'all but one queue',
    page: 'rcp',
    session: [READ_BUCKET, allow('sqs:SendMessage', QUEUE)],
    expected: 'nothing',
    organization: { rcp: [control({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', NotResource: QUEUE })] },
  },
  {
    what: 'nothing: the policy that AWS attaches',
    page: 'rcp',
    session: [READ_BUCKET, READ_TABLE],
    expected: 'nothing',
    organization: { rcp: [control({ ...allow('*', '*'), Principal: '*' })] },
  },
  {
    what: 'a service control policy and a resource control policy',
    page: 'rcp',
    session: [READ_BUCKET, READ_TABLE, allow('sqs:DeleteQueue', QUEUE)],
    expected: 'dead',
    organization: { scp: [FULL], rcp: [[control(rcpStatement('sqs:DeleteQueue', '*', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admins-*' } }))]] },
    says: 'statement 0 of RCP rcp-0.json[0]',
  },
];
