import { allow, association, deny, findingsOf, policy, role, stackOf, trust, US } from './app';
import { managedPolicies } from '../managed-policies';

const ALL = allow('*', '*');
const EVERY_ROLE = 'arn:aws:iam::111122223333:role/*';
const PLATFORM = 'arn:aws:iam::111122223333:role/platform';
const ROOT = { AWS: '111122223333' };
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/*');
const NEXT = 'this session policy does not limit the session of the assumed role';

type Stack = ReturnType<typeof stackOf>;
const at = (session: unknown[], statements: unknown[] = [ALL], properties = {}) =>
  stackOf({ Pods: association(session), Role: role(statements, properties) }, US);
const imported = (...session: unknown[]) => stackOf({ Pods: association(session, { RoleArn: PLATFORM }) }, US);
const EKS = { Service: 'pods.eks.amazonaws.com' };
const trustsItself = { RoleName: 'own', AssumeRolePolicyDocument: policy(trust(EKS), trust(ROOT)) };
const OWN = 'arn:aws:iam::111122223333:role/own';

test.each<[string, Stack, string]>([
  ['sts:AssumeRole on everything',
    at([READ, { ...allow('sts:AssumeRole', '*'), Sid: 'Chain' }]),
    `sts:AssumeRole on * (statement 1, Sid 'Chain'), because ${NEXT}`],
  ['on every role of the account',
    at([allow('sts:*', EVERY_ROLE)]), `sts:AssumeRole on ${EVERY_ROLE} (statement 0), because ${NEXT}`],
  ['on every role of another account', at([allow('sts:AssumeRole', 'arn:aws:iam::444455556666:role/*')]),
    `sts:AssumeRole on arn:aws:iam::444455556666:role/* (statement 0), because ${NEXT}`],
  ['on all but some', at([{ Effect: 'Allow', Action: 'sts:AssumeRole', NotResource: 'arn:aws:iam::*:role/admin' }]),
    `sts:AssumeRole on all but arn:aws:iam::*:role/admin (statement 0), because ${NEXT}`],
  ['as far as the role goes',
    at([allow('sts:AssumeRole', '*')], [allow('sts:AssumeRole', EVERY_ROLE), READ]),
    `sts:AssumeRole on ${EVERY_ROLE} (statement 0), because ${NEXT}`],
  ['on the own role, which trusts its account',
    at([allow('sts:AssumeRole', OWN)], [ALL], trustsItself),
    `sts:AssumeRole on the role Stack/Role (statement 0), because ${NEXT}`],
  ['on a role that is not part of the app', imported(allow('sts:AssumeRole', 'arn:aws:iam::*:role/plat*')),
    `sts:AssumeRole on the role ${PLATFORM} (statement 0), because ${NEXT}`],
  ['the trust policy', at([allow('iam:Update*', '*')]),
    'iam:UpdateAssumeRolePolicy on the role Stack/Role (statement 0), because anyone it lets assume the role has all its permissions, without this session policy'],
  ['permissions of the role', at([allow(['iam:AttachRolePolicy', 'iam:GetRole'], OWN)], [ALL], { RoleName: 'own' }),
    'iam:AttachRolePolicy on the role Stack/Role (statement 0), because it adds permissions to the role, for all its associations'],
  ['the boundary of the role', imported(allow('iam:DeleteRolePermissionsBoundary', PLATFORM)),
    `iam:DeleteRolePermissionsBoundary on the role ${PLATFORM} (statement 0), because it changes or removes the boundary of the role, for all its associations`],
  ['managed policies', at([allow('iam:CreatePolicyVersion', 'arn:aws:iam::111122223333:policy/*')]),
    'iam:CreatePolicyVersion on arn:aws:iam::111122223333:policy/* (statement 0), because it rewrites customer managed policies, including those of the role'],
  ['code with another role',
    at([allow('iam:PassRole', '*'), allow('lambda:*', 'arn:aws:lambda:us-east-1:111122223333:function:jobs-*')]),
    'iam:PassRole on * with lambda:CreateFunction (statement 0), because this session policy does not limit code that runs with another role'],
  ['the association itself', at([allow('eks:*', '*')]),
    "eks:UpdatePodIdentityAssociation on the associations of cluster 'prod' (statement 0), because it removes the session policy from the association"],
])('%s', (_name, stack, way) => {
  const findings = findingsOf('SessionPolicyEscape', stack);
  expect(findings.map((f) => f.severity)).toEqual(['warning']);
  expect(findings[0].message).toBe(
    `The session policy of Stack/Pods lets the pods bypass it: ${way}. The pods of service account 'sa' in namespace 'ns' can then do `
      + 'more than the session policy allows.',
  );
  expect(findings[0].fix).toMatch(/^In Resource, list the roles and policies that the pods need, without the role /);
});

test.each<[string, unknown[], boolean]>([
  ['something else is left', [READ, allow('sts:AssumeRole', '*')], true],
  ['a part of the statement is left', [allow(['sts:AssumeRole', 's3:GetObject'], '*')], true],
  ['nothing is left', [allow('sts:AssumeRole', '*')], false],
  ['EKS would reject it as too long',
    [allow('sts:AssumeRole', '*'), allow('s3:GetObject', `arn:aws:s3:::data/${'x'.repeat(1850)}`)], false],
])('a Deny is advised only if it helps: %s', (_name, session, isAdvised) => {
  const [{ fix }] = findingsOf('SessionPolicyEscape', at(session));
  expect(fix.includes('Or add to the session policy {"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*"}.'))
    .toBe(isAdvised);
});

test('the suggested statement fixes it', () => {
  const everything = [allow('*', '*')];
  const { fix } = findingsOf('SessionPolicyEscape', at(everything, [ALL], trustsItself))[0];
  const [, statement] = /add to the session policy (\{.*\})\.$/.exec(fix)!;
  expect(findingsOf('SessionPolicyEscape', at([...everything, JSON.parse(statement)], [ALL], trustsItself)))
    .toEqual([]);
});

test.each<[string, Stack]>([
  ['one named role', at([allow('sts:AssumeRole', 'arn:aws:iam::444455556666:role/reports')])],
  ['one named role of every account', at([allow('sts:AssumeRole', 'arn:aws:iam::*:role/reports')])],
  ['roles of one path', at([allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/tenant-a/*')])],
  ['roles of one prefix', at([allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/tenant-a-*')])],
  ['every role, where the role may assume one',
    at([allow('sts:AssumeRole', '*')], [allow('sts:AssumeRole', 'arn:aws:iam::444455556666:role/reports')])],
  ['every role, where the role may assume none', at([allow('sts:AssumeRole', '*'), READ], [READ])],
  ['every role, denied by the session policy', at([ALL, deny(['sts:*', 'iam:*', 'eks:*'], '*')])],
  ['every role, denied by the role', at([allow('sts:AssumeRole', '*')], [ALL, deny('sts:AssumeRole', '*')])],
  ['every role, outside of the boundary', stackOf({
    Pods: association([allow('sts:AssumeRole', '*')]),
    Role: role([ALL], { PermissionsBoundary: { Ref: 'Boundary' } }),
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(READ) } },
  }, US)],
  ['every role with a tag', at([allow('sts:AssumeRole', '*', { StringEquals: { 'iam:ResourceTag/tenant': 'a' } })])],
  ['the own role, which does not trust itself', at([allow('sts:AssumeRole', OWN)], [ALL], { RoleName: 'own' })],
  ['other actions of STS',
    at([allow(['sts:GetCallerIdentity', 'sts:AssumeRoleWithWebIdentity', 'sts:TagSession'], '*')])],
  ['IAM actions on another role',
    at(
      [allow(['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'], 'arn:aws:iam::111122223333:role/other')], [ALL],
      { RoleName: 'own' },
    )],
  ['reading IAM', at([allow(['iam:Get*', 'iam:List*'], '*')])],
  ['passing one role',
    at([allow('iam:PassRole', 'arn:aws:iam::111122223333:role/nodes'), allow('ec2:RunInstances', '*')])],
  ['passing roles to one service',
    at([
      allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }),
      allow('ec2:RunInstances', '*'),
    ])],
  ['passing roles with nothing to run', at([allow('iam:PassRole', '*'), READ])],
  ['one named managed policy', at([allow('iam:CreatePolicyVersion', 'arn:aws:iam::111122223333:policy/reports')])],
  ['associations of another cluster',
    at([allow('eks:*', 'arn:aws:eks:us-east-1:111122223333:podidentityassociation/test/*')])],
  ['reading associations', at([allow(['eks:Describe*', 'eks:List*'], '*')])],
  ['no session policy', stackOf({ Pods: association(undefined), Role: role([ALL]) })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('SessionPolicyEscape', stack)).toEqual([]);
});

test('of the policies that AWS maintains for EKS, EBS, EFS, S3 and CloudWatch, none lets pods leave it', () => {
  const policies = managedPolicies().filter(
    ({ name }) => /^(Amazon|AWS)?(EKS|EBS|EFS|ElasticFileSystem|S3|DynamoDB(Read|Full)|SQS|SNS|CloudWatch)/.test(name)
      && name !== 'AmazonDynamoDBFullAccesswithDataPipeline',
  ); // passes every role, and runs instances
  expect(policies.length).toBeGreaterThan(50);
  const found = policies.filter(
    ({ document }) => findingsOf('SessionPolicyEscape', imported(...[document.Statement].flat())).length > 0,
  );
  expect(found.map((p) => p.name)).toEqual([]);
});
