/**
 * Values that look real, for the condition keys of requests that are shown. `find-value.ts` tries them first.
 *
 * A sample proves nothing. It makes a message easy to read.
 */

/** Regions, of which some lie in each partition. The most likely come first. */
export const REGIONS: readonly string[] = [
  'us-east-1', 'eu-west-1', 'ap-southeast-2', 'us-west-2', 'us-east-2', 'us-west-1', 'eu-central-1', 'ap-northeast-1', 'ca-central-1', 'sa-east-1',
  'me-south-1', 'af-south-1', 'il-central-1', 'mx-central-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-central-2', 'eu-south-2',
  'ap-south-1', 'ap-southeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-east-1', 'ap-south-2', 'ap-southeast-3', 'ca-west-1', 'me-central-1',
  'cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-gov-east-1',
];

export const ACCOUNTS: readonly string[] = ['111122223333', '444455556666', '123456789012'];

const SERVICES: readonly string[] = ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'];

/** By the name of the key in lower case. */
const BY_NAME: ReadonlyArray<readonly [RegExp, readonly string[]]> = [
  [/^aws:(currenttime|tokenissuetime)$/, ['2026-01-01T00:00:00Z']],
  [/^aws:epochtime$/, ['1767225600']],
  [/^aws:requestedregion$|:(source|request)?region$/, REGIONS],
  [/account(id)?$/, ACCOUNTS],
  [/org(anization)?id$/, ['o-a1b2c3d4e5', 'o-f6g7h8i9j0']],
  [/orgpaths$/, ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/']],
  [/^aws:sourcevpc$|:vpc(id)?$/, ['vpc-1234567890abcdef0', 'vpc-0987654321fedcba0']],
  [/^aws:sourcevpce$/, ['vpce-1234567890abcdef0', 'vpce-0987654321fedcba0']],
  [/^iam:passedtoservice$|^iam:awsservicename$/, SERVICES],
  [/^kms:viaservice$/, ['s3.us-east-1.amazonaws.com', 'dynamodb.us-east-1.amazonaws.com']],
  [/^aws:calledvia(first|last)?$/, ['cloudformation.amazonaws.com', 'athena.amazonaws.com']],
  [/^aws:securetransport$/, ['true']],
  [/^aws:userid$/, ['AROA1234567890EXAMPLE:example-pod']],
  [/^aws:useragent$/, ['aws-sdk-js/3.900.0']],
  [/^aws:tagkeys$/, ['team', 'project']],
  [/^ec2:instancetype$/, ['m5.large', 't3.micro']],
  [/^kms:keyspec$/, ['SYMMETRIC_DEFAULT', 'RSA_2048']],
  [/^s3:x-amz-server-side-encryption$/, ['AES256', 'aws:kms']],
  [/^s3:x-amz-acl$/, ['private', 'public-read']],
  [/^s3:prefix$/, ['example/', 'another-example/']],
  [/^aws:principalarn$|^aws:sourcearn$|arn$/, ['arn:aws:iam::111122223333:role/example-role', 'arn:aws:iam::444455556666:role/another-role']],
];

/** Values that the key could have; none if its name tells nothing. */
export function sampleValues(key: string | undefined): readonly string[] {
  return key === undefined ? [] : BY_NAME.find(([name]) => name.test(key))?.[1] ?? [];
}
