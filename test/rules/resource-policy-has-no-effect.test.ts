import { allow, arnOf, association, findingsIn, findingsOf, policy, role, stackOf, trust, US } from './app';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const WRITE = allow('s3:PutObject', 'arn:aws:s3:::data/a/*');
const ROLE = role([allow('s3:GetObject', 'arn:aws:s3:::data/*'), allow('s3:ListBucket', 'arn:aws:s3:::data')]);
const toRole = (statement: object, AWS: unknown = arnOf('Role')) => ({ ...statement, Principal: { AWS } });
const bucket = (...statements: object[]) => ({
  Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
  DataPolicy: {
    Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Data' }, PolicyDocument: policy(...statements) },
  },
});
const OTHERS = allow('s3:GetObject', 'arn:aws:s3:::data/b/*');
const PUT = toRole(allow('s3:PutObject', 'arn:aws:s3:::data/*'));
const named = (ServiceAccount: string, session?: unknown[], more = {}) => association(session, {
  ServiceAccount, ...more,
});
const many = (ids: string) => Object.fromEntries([...ids].map((id) => [id, named(id, [READ])]));
const at = (resources: object, more = {}) => stackOf({ Role: ROLE, ...resources }, { ...US, ...more });
const said = (...stacks: ReturnType<typeof stackOf>[]) => findingsOf('ResourcePolicyHasNoEffect', ...stacks).map(
  (f) => `${f.severity} ${f.association.path}: ${f.message}`,
);

test.each<[string, ReturnType<typeof at>, string]>([
  ['one association', at({ ...bucket(PUT), A: named('a', [READ]) }),
    'warning Stack/A: The policy of Stack/Data lets the role Stack/Role do s3:PutObject, but the session policy of Stack/A allows none of '
    + 'it. A session policy also limits what a resource policy allows to the role, so the pods get AccessDenied at run time, '
    + '"because no session policy allows the … action".'],
  ['several on the role: once', at({ ...bucket(PUT), ...many('ABCDE') }),
    'lets the role Stack/Role do s3:PutObject, but the session policies of Stack/A, Stack/B, Stack/C and 2 more allow none of it.'],
  ['several statements of one policy: once',
    at({ ...bucket(PUT, toRole(allow(['s3:DeleteObject', 's3:PutObject'], 'arn:aws:s3:::data/x'))), ...many('A') }),
    'do s3:PutObject and s3:DeleteObject, but'],
  ['many actions', at({
    ...bucket(toRole(allow(
      ['s3:PutObject', 's3:DeleteObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload'], 'arn:aws:s3:::data/*',
    ))),
    A: named('a', [READ]),
  }), 'do s3:PutObject, s3:DeleteObject, s3:PutObjectTagging and 1 more, but'],
  ['other objects of the bucket', at({ ...bucket(toRole(OTHERS)), ...many('A') }),
    'do s3:GetObject, but the session policy of Stack/A allows none of it'],
  ['a role by its ARN', at({
    ...bucket(toRole(WRITE, 'arn:aws:iam::111122223333:role/pods')),
    Role: role([READ], { RoleName: 'pods' }),
    A: named('a', [READ], { RoleArn: 'arn:aws:iam::111122223333:role/pods' }),
  }), 'lets the role Stack/Role do s3:PutObject'],
])('%s', (_name, stack, message) => {
  const findings = said(stack);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toContain(message);
});

test('after the fix, nothing is said, and the session policy narrows', () => {
  const before = at({ ...bucket(PUT), A: named('a', [READ]) });
  const [{ fix }] = findingsOf('ResourcePolicyHasNoEffect', before);
  const statement = JSON.parse(/session policy (\{.*\})\. Otherwise/.exec(fix)![1]);
  expect(findingsIn(at({ ...bucket(PUT), A: named('a', [READ, statement]) }))).toEqual([]);
});

const OTHER = { Service: 'lambda.amazonaws.com' };
const EKS = { Service: 'pods.eks.amazonaws.com' };

test.each<[string, ReturnType<typeof at>[]]>([
  ['the session policy allows some of it', [at({ ...bucket(PUT), A: named('a', [READ, WRITE]) })]],
  ['that of another association does', [at({ ...bucket(PUT), A: named('a', [READ]), B: named('b', [WRITE]) })]],
  ['another association has no session policy', [at({ ...bucket(PUT), A: named('a', [READ]), B: named('b') })]],
  ['another association has one that only the deployment knows', [at({
    ...bucket(PUT), A: named('a', [READ]), B: named('b', undefined, { Policy: { Ref: 'Text' } }),
  })]],
  ['nobody has a session policy', [at({ ...bucket(PUT), A: named('a') })]],
  ['a policy for another role', [at({ ...bucket(toRole(WRITE, arnOf('Other'))), Other: ROLE, A: named('a', [READ]) })]],
  ['a policy for the account', [at({ ...bucket(toRole(WRITE, '111122223333')), A: named('a', [READ]) })]],
  ['a denial', [at({ ...bucket({ ...PUT, Effect: 'Deny' }), A: named('a', [READ]) })]],
  ['a role that functions have, too', [at({
    ...bucket(PUT),
    Role: role([READ], { AssumeRolePolicyDocument: policy(trust(EKS), trust(OTHER)) }),
    ...many('A'),
  })]],
  ['a role that somebody may take on', [at({
    ...bucket(PUT),
    Role: role([READ], { AssumeRolePolicyDocument: policy(trust(EKS), trust({ AWS: '111122223333' })) }),
    A: named('a', [READ]),
  })]],
  ['a role whose trust policy is not known', [at({
    ...bucket(toRole(WRITE, 'arn:aws:iam::111122223333:role/platform')),
    A: named('a', [READ], { RoleArn: 'arn:aws:iam::111122223333:role/platform' }),
  })]],
  ['a target role', [at({
    ...bucket(PUT),
    Own: ROLE,
    A: named('a', [READ], { RoleArn: arnOf('Own'), TargetRoleArn: arnOf('Role') }),
  })]],
  ['a bucket of another account, which does not suffice', [
    at({ A: named('a', [READ]), Role: role([READ], { RoleName: 'pods' }) }),
    stackOf(bucket(toRole(WRITE, 'arn:aws:iam::111122223333:role/pods')), {
      ...US, id: 'There', account: '444455556666',
    }),
  ]],
])('%s: nothing to say', (_name, stacks) => {
  expect(said(...stacks)).toEqual([]);
});
