import { actionsMatching } from '../../lib/reference/action-facts';
import {
  actionsWithKey, conditionKey, conditionKeysOf, hasKey, isConditionKey, isGlobalConditionKey, nearestConditionKey,
  sharedKey,
} from '../../lib/reference/condition-keys';
import { actionNamed, serviceNamed } from '../../lib/reference/services';

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

/** The service, the action and the type of its resources with this name. */
function typeOf(action: string, type?: string) {
  const [prefix, name] = action.split(':');
  const service = serviceNamed(prefix)!;
  const found = actionNamed(service, name)!;
  return [service, found, type === undefined ? undefined : found.types.find((one) => one.name === type)!] as const;
}

test.each<[string, string, string | undefined, string, boolean | undefined]>([
  // what it shows, an action, a type of its resources, a key, whether the reference lists it
  ['a key of the action', 's3:ListBucket', undefined, 's3:prefix', true],
  ['a key of other actions', 's3:GetObject', undefined, 's3:prefix', false],
  ['a key of the type', 'sqs:SendMessage', 'queue', 'aws:resourcetag/team', true],
  ['a key of a type, without one', 'sqs:SendMessage', undefined, 'aws:resourcetag/team', true],
  ['a key of the action on the type', 'ec2:RunInstances', 'instance', 'ec2:instancetype', true],
  ['a key of the action on another type', 'ec2:RunInstances', 'volume', 'ec2:instancetype', false],
  ['a key of the action on any type', 'ec2:RunInstances', undefined, 'ec2:volumesize', true],
  ['a key of another service', 'sqs:SendMessage', 'queue', 'kms:viaservice', false],
  ['a tag of the request', 'sqs:CreateQueue', 'queue', 'aws:requesttag/team', true],
  ['a tag that the request does not have', 'sqs:SendMessage', 'queue', 'aws:requesttag/team', false],
  ['tag keys that the request does not have', 'sqs:SendMessage', 'queue', 'aws:tagkeys', false],
  ['a global key, which the reference does not list', 's3:GetObject', undefined, 'aws:sourcevpc', undefined],
  ['a key that the reference does not have', 's3:GetObject', undefined, 's3:newer-than-the-reference', undefined],
  ['a key of an OpenID Connect provider', 's3:GetObject', undefined, 'oidc.example.com:sub', undefined],
  ['no prefix', 's3:GetObject', undefined, 'prefix', undefined],
])('%s: %s on %s, %s: %s', (_name, action, type, key, expected) => {
  const [service, found, ofType] = typeOf(action, type);
  expect(hasKey(service, found, ofType, key)).toBe(expected);
});

test('what an action has on no particular type, it has on one of its types', () => {
  const [service, found] = typeOf('ec2:RunInstances');
  for (const key of ['ec2:instancetype', 'ec2:volumesize', 'ec2:vpc', 'ec2:resourcetag/team', 'aws:requesttag/team']) {
    expect([key, hasKey(service, found, undefined, key)])
      .toEqual([key, found.types.some((type) => hasKey(service, found, type, key) === true)]);
  }
});

test.each<[string, string, string | undefined, string, string]>([
  // what it shows, an action, a type of its resources, a key, the name that it shares
  ['a tag of an instance', 'ec2:StopInstances', 'instance', 'ec2:resourcetag/team', 'aws:resourcetag/team'],
  ['a tag of a database', 'rds:StopDBInstance', 'db', 'rds:db-tag/team', 'aws:resourcetag/team'],
  ['a tag of another type of resources', 'rds:StopDBInstance', 'db', 'rds:pg-tag/team', 'rds:pg-tag/team'],
  ['a tag of the request', 'rds:CreateDBInstance', 'db', 'rds:req-tag/team', 'rds:req-tag/team'],
  ['a tag that the action does not have', 'ec2:DescribeVpcs', undefined, 'ec2:resourcetag/team',
    'ec2:resourcetag/team'],
  ['a tag of an object', 's3:GetObject', 'object', 's3:existingobjecttag/team', 's3:existingobjecttag/team'],
  ['the owner of a bucket', 's3:GetObject', 'object', 's3:resourceaccount', 'aws:resourceaccount'],
  ['the owner of a bucket, for another service', 'sqs:SendMessage', 'queue', 's3:resourceaccount',
    's3:resourceaccount'],
  ['the shared name itself', 'ec2:StopInstances', 'instance', 'aws:resourcetag/team', 'aws:resourcetag/team'],
  ['no tag', 'ec2:StopInstances', 'instance', 'ec2:resourcetag/', 'ec2:resourcetag/'],
  ['no prefix', 'ec2:StopInstances', 'instance', 'team', 'team'],
])('the shared name of %s: %s on %s, %s: %s', (_name, action, type, key, expected) => {
  const [service, found, ofType] = typeOf(action, type);
  expect(sharedKey(service, found, ofType, key)).toBe(expected);
});
