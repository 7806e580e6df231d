/** Bucket policies whose conditions test the way in which a request is made. */
import { allow } from '../make';
import { PAGES } from './case';
import { allows, denies, EVERYBODY, EVERY_AWS_PRINCIPAL, getAtt, join, ROLE } from './make';
import { BucketRow } from './s3';

const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const BUCKET = getAtt('Bucket');
const OBJECTS = join(getAtt('Bucket'), '/*');
const GET = allow('s3:GetObject', OBJECTS);
const PUT = allow('s3:PutObject', OBJECTS);
const WITH_KMS = { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
const WITHOUT_KMS = { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
const OUTSIDE_ENDPOINT = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };

export const BUCKET_REQUEST_ROWS: readonly BucketRow[] = [
  {
    id: 'denies uploads without the KMS header',
    page: `${S3}/UsingServerSideEncryption.html`,
    access: 'depends',
    why: 'The caller chooses the header.',
    policy: [denies(EVERYBODY, 's3:PutObject', OBJECTS, WITHOUT_KMS)],
    identity: [PUT],
    session: [PUT],
  },
  {
    id: 'denies uploads without an encryption header',
    page: `${S3}/UsingServerSideEncryption.html`,
    access: 'depends',
    why: 'The caller chooses the header.',
    policy: [denies(EVERYBODY, 's3:PutObject', OBJECTS, { Null: { 's3:x-amz-server-side-encryption': 'true' } })],
    identity: [PUT],
    session: [PUT],
  },
  {
    id: 'denies uploads without the header that the session policy requires',
    page: PAGES.operators,
    access: 'allowed',
    why: 'What the session policy names has the header.',
    policy: [denies(EVERYBODY, 's3:PutObject', OBJECTS, WITHOUT_KMS)],
    identity: [PUT],
    session: [allow('s3:PutObject', OBJECTS, WITH_KMS)],
  },
  {
    id: 'denies the header that the session policy requires',
    page: PAGES.operators,
    access: 'denied',
    why: 'The session policy names requests with AES256 only, and the bucket denies all but aws:kms.',
    policy: [denies(EVERYBODY, 's3:PutObject', OBJECTS, WITHOUT_KMS)],
    identity: [PUT],
    session: [allow('s3:PutObject', OBJECTS, { StringEquals: { 's3:x-amz-server-side-encryption': 'AES256' } })],
  },
  {
    id: 'denies requests outside a VPC endpoint',
    page: `${S3}/example-bucket-policies-vpc-endpoint.html`,
    access: 'depends',
    why: 'The network of the pods decides, which the template does not tell.',
    policy: [denies(EVERYBODY, 's3:*', [BUCKET, OBJECTS], OUTSIDE_ENDPOINT)],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies requests outside the endpoint of the session policy',
    page: PAGES.operators,
    access: 'allowed',
    why: 'What the session policy names comes through the endpoint.',
    policy: [denies(EVERYBODY, 's3:*', [BUCKET, OBJECTS], OUTSIDE_ENDPOINT)],
    identity: [GET],
    session: [allow('s3:GetObject', OBJECTS, { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })],
  },
  {
    id: 'denies requests from other addresses',
    page: PAGES.globalKeys,
    access: 'depends',
    why: 'The address of the caller decides.',
    policy: [denies(EVERYBODY, 's3:*', OBJECTS, { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies old TLS',
    page: `${S3}/example-bucket-policies.html`,
    access: 'depends',
    why: 'The caller chooses the version of TLS.',
    policy: [denies(EVERYBODY, 's3:*', OBJECTS, { NumericLessThan: { 's3:TlsVersion': '1.2' } })],
    identity: [GET],
    session: [GET],
  },
  {
    id: 'denies requests without TLS, allows the role',
    page: PAGES.globalKeys,
    access: 'depends',
    why: 'The resource policy allows it, and the caller chooses TLS.',
    policy: [
      denies(EVERY_AWS_PRINCIPAL, 's3:*', [BUCKET, OBJECTS], { Bool: { 'aws:SecureTransport': 'false' } }),
      allows(ROLE, 's3:GetObject', OBJECTS),
    ],
    session: [GET],
  },
  {
    id: 'denies requests without TLS, which the session policy requires',
    page: PAGES.globalKeys,
    access: 'allowed',
    why: 'What the session policy names uses TLS.',
    policy: [denies(EVERYBODY, 's3:*', OBJECTS, { Bool: { 'aws:SecureTransport': 'false' } })],
    identity: [GET],
    session: [allow('s3:GetObject', OBJECTS, { Bool: { 'aws:SecureTransport': 'true' } })],
  },
];
