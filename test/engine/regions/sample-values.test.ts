import { ACCOUNTS, REGIONS, sampleValues } from '../../../lib/engine/regions/sample-values';
import { conditionKey } from '../../../lib/reference/condition-keys';

/** The first sample of each key, and the key as the reference writes it. */
const FIRST: ReadonlyArray<readonly [key: string, sample: string]> = [
  ['aws:RequestedRegion', 'us-east-1'],
  ['aws:ResourceAccount', '111122223333'],
  ['aws:PrincipalOrgID', 'o-a1b2c3d4e5'],
  ['aws:SourceVpc', 'vpc-1234567890abcdef0'],
  ['aws:SourceVpce', 'vpce-1234567890abcdef0'],
  ['aws:SourceArn', 'arn:aws:iam::111122223333:role/example-role'],
  ['aws:TagKeys', 'team'],
  ['aws:SecureTransport', 'true'],
  ['aws:CurrentTime', '2026-01-01T00:00:00Z'],
  ['aws:EpochTime', '1767225600'],
  ['aws:userid', 'AROA1234567890EXAMPLE:example-pod'],
  ['ec2:Vpc', 'vpc-1234567890abcdef0'],
  ['ec2:InstanceType', 'm5.large'],
  ['iam:PassedToService', 'ec2.amazonaws.com'],
  ['kms:ViaService', 's3.us-east-1.amazonaws.com'],
  ['s3:prefix', 'example/'],
  ['s3:x-amz-acl', 'private'],
];

test.each(FIRST)('%s: %s', (key, sample) => {
  expect(sampleValues(key.toLowerCase())[0]).toBe(sample);
  expect(conditionKey(key)?.name).toBe(key);
});

test.each([undefined, 'k', 'aws:principaltag/team', 'S3:PREFIX'])(
  'a key whose name tells nothing has none: %s',
  (key) => {
    expect(sampleValues(key)).toEqual([]);
  },
);

test('there are different accounts, and regions of each partition', () => {
  expect(new Set(ACCOUNTS).size).toBeGreaterThan(1);
  for (const account of ACCOUNTS) { expect(account).toMatch(/^\d{12}$/); }
  expect(new Set(REGIONS).size).toBe(REGIONS.length);
  for (const start of ['us-east', 'eu-', 'cn-', 'us-gov-']) {
    expect(REGIONS.some((region) => region.startsWith(start))).toBe(true);
  }
});
