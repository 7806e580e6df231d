/** Guards that organizations put on buckets, and what the CDK adds to bucket policies. */
import { allow } from '../make';
import { PAGES } from './case';
import {
  ACCOUNT, allows, denies, EVERY_AWS_PRINCIPAL, EVERYBODY, getAtt, join, OTHER_ACCOUNT, OTHER_ROLE_ARN, ref, ROLE,
  ROLE_ARN,
} from './make';
import { BucketRow } from './s3';

const TAGS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html';
const OBJECTS = join(getAtt('Bucket'), '/*');
const GET = allow('s3:GetObject', OBJECTS);

const ELSEWHERE = { 'aws:SourceVpce': 'vpce-1a2b3c4d' };
const guard = (Condition: object) => denies(EVERYBODY, 's3:*', [getAtt('Bucket'), OBJECTS], Condition);

const GUARDS: readonly BucketRow[] = [
  {
    id: 'denies all outside an endpoint but the role',
    page: PAGES.operators,
    access: 'allowed',
    why: 'All conditions of a statement must hold, and one of them exempts the role.',
    policy: [guard({ StringNotEquals: ELSEWHERE, ArnNotEquals: { 'aws:PrincipalArn': ROLE_ARN } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all outside an endpoint but another role',
    page: PAGES.operators,
    access: 'depends',
    why: 'The role is not exempted, and the network of the pods decides.',
    policy: [guard({ StringNotEquals: ELSEWHERE, ArnNotEquals: { 'aws:PrincipalArn': OTHER_ROLE_ARN } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all outside an endpoint or an address',
    page: PAGES.operators,
    access: 'depends',
    why: 'The network of the pods decides.',
    policy: [guard({
      StringNotEqualsIfExists: ELSEWHERE, NotIpAddressIfExists: { 'aws:SourceIp': ['192.0.2.0/24'] },
    })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all but several roles',
    page: PAGES.operators,
    access: 'allowed',
    why: 'A negated operator with several values holds only if the key is none of them.',
    policy: [guard({ ArnNotEquals: { 'aws:PrincipalArn': [OTHER_ROLE_ARN, ROLE_ARN] } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all but a role of any account',
    page: PAGES.operators,
    access: 'allowed',
    why: 'The wildcard covers the account of the role.',
    policy: [guard({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/pods' } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all but the role by two statements',
    page: PAGES.enforcement,
    access: 'denied',
    why: 'Each statement denies on its own, and each exempts one role only.',
    policy: [
      guard({ ArnNotEquals: { 'aws:PrincipalArn': ROLE_ARN } }),
      guard({ ArnNotEquals: { 'aws:PrincipalArn': OTHER_ROLE_ARN } }),
    ],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies roles without a tag',
    page: TAGS,
    access: 'unknown',
    why: 'CloudFormation gives the role the tags of the stack, which the template does not tell.',
    policy: [guard({ Null: { 'aws:PrincipalTag/team': 'true' } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all without MFA',
    page: PAGES.globalKeys,
    access: 'denied',
    why: 'Pods have no MFA: the key is false or missing, and IfExists holds for both.',
    policy: [guard({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all but a user name',
    page: PAGES.globalKeys,
    access: 'denied',
    why: 'Roles have no aws:username, and a negated operator holds for a missing key.',
    policy: [guard({ StringNotEquals: { 'aws:username': 'ops' } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies requests to other accounts',
    page: PAGES.globalKeys,
    access: 'allowed',
    why: 'aws:ResourceAccount is the account of the bucket.',
    policy: [guard({ StringNotEquals: { 'aws:ResourceAccount': ref('AWS::AccountId') } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies other accounts that are not services',
    page: PAGES.globalKeys,
    access: 'allowed',
    why: 'The account of the role is not another account.',
    policy: [guard({
      StringNotEquals: { 'aws:PrincipalAccount': [OTHER_ACCOUNT, ACCOUNT] },
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies changes of the policy',
    page: PAGES.enforcement,
    access: 'allowed',
    why: 'The session policy does not name the action that is denied.',
    policy: [denies(EVERYBODY, ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'], getAtt('Bucket'))],
    identity: [GET],
    session: [GET],
  },
];

const OF_CDK: readonly BucketRow[] = [
  {
    id: 'allows a distribution',
    page: PAGES.globalKeys,
    access: 'allowed',
    why: 'The identity policy suffices, whatever the resource policy allows to CloudFront.',
    policy: [allows({ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', OBJECTS, {
      StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/E1A2B3C4D5` },
    })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'allows a distribution, no identity policy',
    page: PAGES.principal,
    access: 'not allowed',
    why: 'A service principal is not the role.',
    policy: [allows({ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', OBJECTS, {
      StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/E1A2B3C4D5` },
    })],
    session: [GET],
  },
  {
    id: 'allows the logs of S3, denies requests without TLS',
    page: PAGES.globalKeys,
    access: 'depends',
    why: 'The caller chooses TLS.',
    policy: [
      allows({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject', OBJECTS, {
        StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
      }),
      denies(EVERY_AWS_PRINCIPAL, 's3:*', [getAtt('Bucket'), OBJECTS], { Bool: { 'aws:SecureTransport': 'false' } }),
    ],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'allows the role that empties the bucket',
    page: PAGES.enforcement,
    access: 'not allowed',
    why: 'The statement allows another role.',
    policy: [allows({ AWS: OTHER_ROLE_ARN }, ['s3:List*', 's3:DeleteObject*', 's3:GetObject*'], [
      getAtt('Bucket'), OBJECTS,
    ])],
    session: [GET],
  },
  {
    id: 'allows the role among others',
    page: PAGES.principal,
    access: 'allowed',
    why: 'Each principal of a list is allowed.',
    policy: [
      allows({ AWS: [OTHER_ROLE_ARN, getAtt('Role')], Service: ['glue.amazonaws.com'] }, 's3:GetObject', OBJECTS),
    ],
    session: [GET],
  },
  {
    id: 'denies the role among others',
    page: PAGES.principal,
    access: 'denied',
    why: 'Each principal of a list is denied.',
    policy: [denies({ AWS: [OTHER_ROLE_ARN, getAtt('Role')] }, 's3:GetObject', OBJECTS)],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'grants of the CDK',
    page: PAGES.sameAccount,
    access: 'allowed',
    why: 'The patterns of the grant include what the session policy names.',
    policy: [allows(ROLE, ['s3:GetObject*', 's3:GetBucket*', 's3:List*'], [getAtt('Bucket'), OBJECTS])],
    session: [allow(['s3:GetObject*', 's3:GetBucket*', 's3:List*'], [getAtt('Bucket'), OBJECTS])],
  },
];

export const BUCKET_GUARD_ROWS: readonly BucketRow[] = [...GUARDS, ...OF_CDK];
