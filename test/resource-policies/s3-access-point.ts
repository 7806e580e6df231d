/** AWS::S3::AccessPoint: its policy and the policy of its bucket must both permit a request through it. */
import { allow } from '../make';
import { PAGES, ResourcePolicyCase } from './case';
import {
  allows, denies, EVERYBODY, getAtt, Given, join, OTHER_ROLE, policy, ref, ROLE, ROOT, SESSION, sub, template,
  WITHOUT_TLS,
} from './make';

const PAGE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html';
const THROUGH = sub('arn:${AWS::Partition}:s3:${AWS::Region}:${AWS::AccountId}:accesspoint/shop/object/*');
const OBJECTS = join(getAtt('Bucket'), '/*');

/** The statement with which a bucket leaves access control to the access points of an account. */
const DELEGATES = {
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: 's3:*',
  Resource: [getAtt('Bucket'), OBJECTS],
  Condition: { StringEquals: { 's3:DataAccessPointAccount': ref('AWS::AccountId') } },
};

function accessPoint(statements?: readonly object[], bucketStatements?: readonly object[]): Given['resources'] {
  return {
    Bucket: { Type: 'AWS::S3::Bucket' },
    AccessPoint: {
      Type: 'AWS::S3::AccessPoint',
      Properties: {
        Bucket: ref('Bucket'), Name: 'shop', ...(statements ? { Policy: policy(...statements) } : {}),
      },
    },
    ...(bucketStatements ? {
      BucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: ref('Bucket'), PolicyDocument: policy(...bucketStatements) },
      },
    } : {}),
  };
}

interface Row extends Omit<ResourcePolicyCase, 'template'> {
  readonly policy?: readonly object[];
  readonly bucketPolicy?: readonly object[];
  readonly identity?: Given['identity'];
}

const GET = allow('s3:GetObject', THROUGH);
const GET_BOTH = allow('s3:GetObject', [THROUGH, OBJECTS]);

const ROWS: readonly Row[] = [
  {
    id: 'no policies, identity policy for both',
    page: PAGE,
    access: 'allowed',
    why: 'The identity policy permits it for the access point and for the bucket.',
    identity: [GET_BOTH],
  },
  {
    id: 'no policies, no identity policy', page: PAGES.enforcement, access: 'not allowed', why: 'No policy allows it.',
  },
  {
    id: 'allows the role, the bucket delegates',
    page: PAGE,
    access: 'allowed',
    why: 'The bucket leaves access control to the access point, which allows the role.',
    policy: [allows(ROLE, 's3:GetObject', THROUGH)],
    bucketPolicy: [DELEGATES],
  },
  {
    id: 'allows the role, the bucket allows it too',
    page: PAGE,
    access: 'allowed',
    why: 'Both policies allow the role.',
    policy: [allows(ROLE, 's3:GetObject', THROUGH)],
    bucketPolicy: [allows(ROLE, 's3:GetObject', OBJECTS)],
  },
  {
    id: 'allows the role, the bucket does not',
    page: PAGE,
    access: 'not allowed',
    why: 'What an access point allows is effective only if the bucket allows the same.',
    policy: [allows(ROLE, 's3:GetObject', THROUGH)],
  },
  {
    id: 'denies the role',
    page: PAGES.enforcement,
    access: 'denied',
    why: 'An explicit deny wins.',
    policy: [denies(ROLE, 's3:GetObject', THROUGH)],
    identity: [GET_BOTH],
  },
  {
    id: 'allows the role, the bucket denies it',
    page: PAGE,
    access: 'denied',
    why: 'The bucket must permit the request too, and denies all of them.',
    policy: [allows(ROLE, 's3:GetObject', THROUGH)],
    bucketPolicy: [denies(EVERYBODY, 's3:GetObject', OBJECTS)],
    identity: [GET_BOTH],
  },
  {
    id: 'allows another role, the bucket delegates',
    page: PAGE,
    access: 'not allowed',
    why: 'No policy allows the role.',
    policy: [allows(OTHER_ROLE, 's3:GetObject', THROUGH)],
    bucketPolicy: [DELEGATES],
  },
  {
    id: 'allows the root, the bucket delegates',
    page: PAGES.principal,
    access: 'not allowed',
    why: 'The account delegates to identity policies, and none allows it.',
    policy: [allows(ROOT, 's3:GetObject', THROUGH)],
    bucketPolicy: [DELEGATES],
  },
  {
    id: 'allows a session, the bucket delegates',
    page: PAGES.principal,
    access: 'not allowed',
    why: 'EKS chooses the names of sessions.',
    policy: [allows(SESSION, 's3:GetObject', THROUGH)],
    bucketPolicy: [DELEGATES],
  },
  {
    id: 'denies requests without TLS',
    page: PAGES.globalKeys,
    access: 'depends',
    why: 'The caller chooses TLS.',
    policy: [denies(EVERYBODY, 's3:*', THROUGH, WITHOUT_TLS)],
    identity: [GET_BOTH],
  },
];

export const ACCESS_POINT_CASES: readonly ResourcePolicyCase[] = ROWS.map(
  ({ policy: statements, bucketPolicy, identity, id, ...rest }) => ({
    ...rest,
    id: `access point: ${id}`,
    template: template({ identity, session: [GET], resources: accessPoint(statements, bucketPolicy) }),
  }),
);
