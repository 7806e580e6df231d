import { conditionKey, conditionKeysOf, globalConditionKeys, isConditionKey, nearestConditionKey } from '../../lib/reference/condition-keys';

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
])('%s: did you mean %s?', (text, meant) => {
  expect(nearestConditionKey(text)).toBe(meant);
});

test('the keys of an action are its own and those of its resource types', () => {
  const names = conditionKeysOf('S3:GetObject')!.map((key) => key.name);
  expect(names).toEqual(expect.arrayContaining(['s3:ExistingObjectTag/${TagKey}', 's3:TlsVersion', 's3:DataAccessPointArn']));
  expect(names).not.toContain('s3:prefix');
  expect(conditionKeysOf('s3:ListBucket')!.map((key) => key.name)).toContain('s3:prefix');
  expect(conditionKeysOf('sts:GetCallerIdentity')).toEqual([]);
  expect(conditionKeysOf('s3:NoSuchAction')).toBeUndefined();
  expect(conditionKeysOf('nope')).toBeUndefined();
});

test('global keys', () => {
  expect(globalConditionKeys().map((key) => key.name)).toEqual(expect.arrayContaining([
    'aws:PrincipalOrgID', 'aws:PrincipalTag/${TagKey}', 'aws:RequestedRegion', 'aws:ResourceAccount', 'aws:ResourceTag/${TagKey}', 'aws:SecureTransport',
    'aws:SourceAccount', 'aws:SourceVpce', 'aws:TagKeys', 'aws:ViaAWSService',
  ]));
});
