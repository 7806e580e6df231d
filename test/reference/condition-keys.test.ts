import { actionsMatching } from '../../lib/reference/action-facts';
import {
  actionsWithKey, conditionKey, conditionKeysOf, isConditionKey, isGlobalConditionKey, nearestConditionKey,
} from '../../lib/reference/condition-keys';

test.each([
  ['aws:SourceIp', 'aws:SourceIp', 'IPAddress'],
  ['AWS:sourceip', 'aws:SourceIp', 'IPAddress'],
  ['aws:PrincipalTag/team', 'aws:PrincipalTag/${TagKey}', 'String'],
  ['aws:RequestTag/kubernetes-namespace', 'aws:RequestTag/${TagKey}', 'String'],
  ['kms:EncryptionContext:app', 'kms:EncryptionContext:${EncryptionContextKey}', 'String'],
  ['s3:ExistingObjectTag/team', 's3:ExistingObjectTag/${TagKey}', 'String'],
  ['dynamodb:LeadingKeys', 'dynamodb:LeadingKeys', 'ArrayOfString'],
  ['saml:aud', 'saml:aud', 'String'],
  ['aws:PrincipalTag', undefined, undefined],
  ['aws:PrincipalTag/', undefined, undefined],
  ['s3:prefx', undefined, undefined],
  ['foo:bar', undefined, undefined],
  ['SourceIp', undefined, undefined],
])('%s is %s', (text, name, type) => {
  expect(conditionKey(text)).toEqual(name === undefined ? undefined : { name, type });
  expect(isConditionKey(text)).toBe(name !== undefined);
});

test('a key of an OpenID Connect provider may have any name', () => {
  expect(isConditionKey('oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E:sub')).toBe(true);
});

test.each([
  ['s3:prefx', 's3:prefix'],
  ['aws:SourceVPCEndpoint', undefined],
  ['aws:SourceIP4', 'aws:SourceIp'],
  ['AWS:PrincipalTag', 'aws:PrincipalTag/${TagKey}'],
  ['kms:EncryptionContext', 'kms:EncryptionContext:${EncryptionContextKey}'],
])('%s: did you mean %s?', (text, meant) => {
  expect(nearestConditionKey(text)).toBe(meant);
});

test('the keys of an action are its own and those of its resource types', () => {
  const names = conditionKeysOf('S3:GetObject')!.map((key) => key.name);
  expect(names).toEqual(expect.arrayContaining([
    's3:ExistingObjectTag/${TagKey}', 's3:TlsVersion', 's3:DataAccessPointArn',
  ]));
  expect(names).not.toContain('s3:prefix');
  expect(conditionKeysOf('s3:ListBucket')!.map((key) => key.name)).toContain('s3:prefix');
  expect(conditionKeysOf('sts:GetCallerIdentity')).toEqual([]);
  expect(conditionKeysOf('s3:NoSuchAction')).toBeUndefined();
  expect(conditionKeysOf('nope')).toBeUndefined();
});

test('global keys', () => {
  const names = [
    'aws:PrincipalOrgID', 'aws:PrincipalTag/${TagKey}', 'aws:RequestedRegion', 'aws:ResourceAccount',
    'aws:ResourceTag/${TagKey}',
    'aws:SecureTransport', 'aws:SourceAccount', 'aws:SourceVpce', 'aws:TagKeys', 'aws:ViaAWSService',
  ];
  expect(names.filter((name) => !isGlobalConditionKey(name) || conditionKey(name)?.name !== name)).toEqual([]);
});

test.each<[string, string, string[]]>([
  ['s3', 's3:prefix', ['s3:ListBucket', 's3:ListBucketVersions']],
  ['S3', 'S3:Prefix', ['s3:ListBucket', 's3:ListBucketVersions']],
  ['sqs', 's3:prefix', []],
  ['nope', 's3:prefix', []],
  ['iam', 'iam:PassedToService', ['iam:PassRole']],
])('the actions of %s with %s', (service, key, names) => {
  expect([...actionsWithKey(service, key)]).toEqual(names);
});

test('the actions with a key are those that have it', () => {
  const withTags = actionsWithKey('ec2', 'ec2:ResourceTag/team');
  const has = (action: string) => conditionKeysOf(action)!.some(({ name }) => name === 'ec2:ResourceTag/${TagKey}');
  for (const { name } of actionsMatching('ec2:*')) { expect([name, withTags.has(name)]).toEqual([name, has(name)]); }
  expect(withTags).toContain('ec2:StartInstances'); // of the type of its resource
});

test.each([['aws:PrincipalTag/team', true], ['AWS:sourceip', true], ['aws:PrincipalTag', false], ['s3:prefix', false]])(
  '%s is global: %s',
  (key, expected) => {
    expect(isGlobalConditionKey(key)).toBe(expected);
  },
);
