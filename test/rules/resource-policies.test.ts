import { allow, arnOf, association, findingsIn, policy, role, stackOf, US } from './app';

const DECRYPT = allow('kms:Decrypt', arnOf('Key'));
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/*');
const LIST = allow('s3:ListBucket', 'arn:aws:s3:::data');
const key = (principal: unknown, statement: object = allow('kms:Decrypt')) => ({
  Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy({ ...statement, Principal: { AWS: principal } }) },
});
const BOUNDARY = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(READ) } };

/** An association that may read the bucket and decrypt with the key, on a role that may read and list the bucket only. */
function rulesOn(resources: object, properties: object = {}, session = [READ, DECRYPT]) {
  const [before, after] = JSON.stringify(policy(...session)).split(JSON.stringify(arnOf('Key')));
  const text = { 'Fn::Join': ['', [`${before}"`, arnOf('Key'), `"${after}`]] };
  return findingsIn(stackOf({
    Pods: association(undefined, { Policy: text, DisableSessionTags: true }),
    Role: role([READ, LIST], properties as any),
    ...resources,
  }, US)).map(({ rule }) => rule);
}

test('what a resource policy of the account allows to the role, the role allows', () => {
  expect(rulesOn({ Key: key(arnOf('Role')) })).toEqual([]);
});

test.each<[string, object, object]>([
  ['the account, which leaves it to policies of the role', {
    Key: key({ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' }),
  }, {}],
  ['another action', { Key: key(arnOf('Role'), allow('kms:Encrypt')) }, {}],
  ['a role whose permissions boundary does not', { Key: key(arnOf('Role')), Limit: BOUNDARY }, {
    PermissionsBoundary: { Ref: 'Limit' },
  }],
])('a policy that allows it to %s: the session policy exceeds the role', (_name, resources, properties) => {
  expect(rulesOn(resources, properties)).toContain('SessionPolicyExceedsRole');
});

test('a policy that allows it through one service only: the session policy omits the condition', () => {
  const statement = allow('kms:Decrypt', '*', { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } });
  expect(rulesOn({ Key: key(arnOf('Role'), statement) }, {})).toEqual(['SessionPolicyOmitsCondition']);
});
