/** Bucket policies whose actions or resources do not, or not all, include what the session policy names. */
import { allow } from '../make';
import { PAGES, ResourcePolicyCase } from './case';
import { allows, denies, EVERYBODY, getAtt, join, policy, ROLE, SERVICE, sub, template } from './make';
import { BucketRow } from './s3';

const BUCKET = getAtt('Bucket');
const OBJECTS = join(getAtt('Bucket'), '/*');
const GET = allow('s3:GetObject', OBJECTS);
const PUT = allow('s3:PutObject', OBJECTS);

export const BUCKET_ACTION_ROWS: readonly BucketRow[] = [
  {
    id: 'allows a prefix only',
    page: PAGES.resource,
    access: 'not allowed',
    why: 'The session policy names objects outside the prefix.',
    policy: [allows(ROLE, 's3:GetObject', join(BUCKET, '/reports/*'))],
    session: [GET],
  },
  {
    id: 'allows the prefix of the session policy',
    page: PAGES.resource,
    access: 'allowed',
    why: 'The session policy names objects under the prefix only.',
    policy: [allows(ROLE, 's3:GetObject', join(BUCKET, '/reports/*'))],
    session: [allow('s3:GetObject', join(BUCKET, '/reports/2024/*'))],
  },
  {
    id: 'allows the bucket, not its objects',
    page: PAGES.resource,
    access: 'not allowed',
    why: 'The ARN of a bucket does not include its objects.',
    policy: [allows(ROLE, 's3:*', BUCKET)],
    session: [GET],
  },
  {
    id: 'allows one of two actions',
    page: PAGES.enforcement,
    access: 'not allowed',
    why: 'No policy allows the other action.',
    policy: [allows(ROLE, 's3:GetObject', OBJECTS)],
    session: [GET, PUT],
  },
  {
    id: 'allows one action, an identity policy the other',
    page: PAGES.sameAccount,
    access: 'allowed',
    why: 'Each action is allowed by one of the policies.',
    policy: [allows(ROLE, 's3:GetObject', OBJECTS)],
    identity: [PUT],
    session: [GET, PUT],
  },
  {
    id: 'allows the role, with patterns',
    page: PAGES.sameAccount,
    access: 'allowed',
    why: 'The patterns include the action and the objects.',
    policy: [allows(ROLE, ['s3:Get*', 's3:List*'], [BUCKET, OBJECTS])],
    session: [GET, allow('s3:ListBucket', BUCKET)],
  },
  {
    id: 'denies another action',
    page: PAGES.enforcement,
    access: 'allowed',
    why: 'The session policy does not name the action that is denied.',
    policy: [denies(EVERYBODY, 's3:DeleteObject', OBJECTS)],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all actions but one',
    page: PAGES.notAction,
    access: 'denied',
    why: 'NotAction includes every action but the listed one.',
    policy: [{ Effect: 'Deny', Principal: '*', NotAction: 's3:GetObject', Resource: OBJECTS }],
    identity: [PUT],
    session: [PUT],
  },
  {
    id: 'denies all actions but that of the session policy',
    page: PAGES.notAction,
    access: 'allowed',
    why: 'NotAction does not include the listed action.',
    policy: [{ Effect: 'Deny', Principal: '*', NotAction: 's3:GetObject', Resource: OBJECTS }],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies all objects but a prefix',
    page: PAGES.notResource,
    access: 'denied',
    why: 'NotResource includes every object outside the prefix.',
    policy: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', NotResource: join(BUCKET, '/public/*') }],
    identity: [GET],
    session: [allow('s3:GetObject', join(BUCKET, '/private/*'))],
  },
  {
    id: 'denies another prefix',
    page: PAGES.resource,
    access: 'allowed',
    why: 'The session policy names objects outside the denied prefix.',
    policy: [denies(EVERYBODY, 's3:*', join(BUCKET, '/private/*'))],
    identity: [GET],
    session: [allow('s3:GetObject', join(BUCKET, '/public/*'))],
  },
  {
    id: 'denies and allows the role',
    page: PAGES.enforcement,
    access: 'denied',
    why: 'An explicit deny wins over an allow of the same policy.',
    policy: [allows(ROLE, 's3:*', OBJECTS), denies(ROLE, 's3:GetObject', OBJECTS)],
    session: [GET],
  },
  {
    id: 'denies a service',
    page: PAGES.principal,
    access: 'allowed',
    why: 'A service principal is not the role.',
    policy: [denies(SERVICE, 's3:*', OBJECTS)],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'allows the role by another spelling of the bucket',
    page: PAGES.resource,
    access: 'allowed',
    why: 'Both spellings are the ARN of the objects.',
    policy: [allows(ROLE, 's3:GetObject', sub('arn:${AWS::Partition}:s3:::${Bucket}/*'))],
    session: [GET],
  },
];

/** Buckets that the policy names by a literal, and a bucket that it is not attached to. */
const LITERAL = 'arn:aws:s3:::shop-data-111122223333/*';

const onLiteral = (...statements: object[]) => ({
  BucketPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: 'shop-data-111122223333', PolicyDocument: policy(...statements) },
  },
});

export const LITERAL_BUCKET_CASES: readonly ResourcePolicyCase[] = [
  {
    id: 'bucket outside the template: its policy allows the role',
    page: PAGES.sameAccount,
    access: 'allowed',
    why: 'The policy of the bucket with that name allows the role.',
    template: template({
      session: [allow('s3:GetObject', LITERAL)], resources: onLiteral(allows(ROLE, 's3:GetObject', LITERAL)),
    }),
  },
  {
    id: 'bucket outside the template: its policy denies the role',
    page: PAGES.enforcement,
    access: 'denied',
    why: 'An explicit deny in a resource policy wins.',
    template: template({
      identity: [allow('s3:GetObject', LITERAL)],
      session: [allow('s3:GetObject', LITERAL)],
      resources: onLiteral(denies(ROLE, 's3:GetObject', LITERAL)),
    }),
  },
  {
    id: 'bucket outside the template: another bucket is denied',
    page: PAGES.enforcement,
    access: 'allowed',
    why: 'The policy applies to the bucket that it is attached to.',
    template: template({
      identity: [allow('s3:GetObject', 'arn:aws:s3:::other-data-111122223333/*')],
      session: [allow('s3:GetObject', 'arn:aws:s3:::other-data-111122223333/*')],
      resources: onLiteral(denies(EVERYBODY, 's3:*', LITERAL)),
    }),
  },
];
