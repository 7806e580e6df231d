import { allow, arnOf, association, deny, findingsOf, policy, role, stackOf, trust, US } from './app';
import { managedPolicy } from '../managed-policies';

const BOTH = ['sts:AssumeRole', 'sts:TagSession'];
const THERE = 'arn:aws:iam::444455556666:role/data';
const ROOT = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } };

/** An association on a role with these permissions, with the target role `Target`, which trusts the account, or another. */
const at = (
  statements: unknown[], TargetRoleArn: unknown = arnOf('Target'), trusted: unknown = trust(ROOT), properties = {},
  more = {}, DisableSessionTags: unknown = undefined,
) => stackOf({
  Role: role(statements, properties),
  Target: role([], { AssumeRolePolicyDocument: policy(trusted) }),
  Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(allow('s3:*', '*')) } },
  Pods: association(undefined, { TargetRoleArn, DisableSessionTags }),
}, { ...US, ...more });

test.each<[string, ReturnType<typeof at>, string]>([
  ['has no permissions', at([]), 'sts:AssumeRole and sts:TagSession'],
  ['has others',
    at(managedPolicy('AmazonS3FullAccess').document.Statement as unknown[]), 'sts:AssumeRole and sts:TagSession'],
  ['lacks sts:TagSession', at([allow('sts:AssumeRole', '*')]), 'sts:TagSession'],
  ['may assume another',
    at([allow(BOTH, 'arn:aws:iam::111122223333:role/other')]), 'sts:AssumeRole and sts:TagSession'],
  ['is denied to', at([allow(BOTH, '*'), deny('sts:Assume*', '*')]), 'sts:AssumeRole'],
  ['has a boundary without it',
    at([allow(BOTH, '*')], undefined, undefined, { PermissionsBoundary: { Ref: 'Boundary' } }),
    'sts:AssumeRole and sts:TagSession'],
  ['may assume another under a condition',
    at([allow(BOTH, 'arn:aws:iam::111122223333:role/other', { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } })]),
    'sts:AssumeRole and sts:TagSession'],
  ['may not assume a role of another account',
    at([allow(BOTH, 'arn:aws:iam::444455556666:role/other')], THERE), 'sts:AssumeRole and sts:TagSession'],
])('a role that %s', (_name, stack, denied) => {
  const findings = findingsOf('TargetRoleNotAssumable', stack);
  expect(findings.map((f) => f.severity)).toEqual(['error']);
  expect(findings[0].message).toMatch(new RegExp(
    `^The policies of the role Stack/Role do not let it do ${denied} on the target role .*\\. EKS then cannot`,
  ));
  expect(findings[0].fix).toMatch(
    /\{"Effect":"Allow","Action":\["sts:AssumeRole","sts:TagSession"\],"Resource":"arn:aws:iam::\d{12}:role\/(\$\{Target\}|data)"\}/,
  );
});

test.each<[string, ReturnType<typeof at>]>([
  ['may', at([allow(BOTH, arnOf('Target'))])],
  ['may, in two statements', at([allow('sts:AssumeRole', '*'), allow('sts:TagSession', '*')])],
  ['may in another account', at([allow('sts:*', 'arn:aws:iam::*:role/data')], THERE)],
  ['may under a condition', at([allow(BOTH, '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } })])],
  ['may assume a role that its tags name', at([allow(BOTH, 'arn:aws:iam::*:role/${aws:PrincipalTag/team}')])],
  ['may be the one that another name means',
    at([allow(BOTH, { 'Fn::Sub': 'arn:aws:iam::111122223333:role/${Name}' })])],
  ['is denied under a condition',
    at([allow(BOTH, '*'), deny(BOTH, '*', { Bool: { 'aws:SecureTransport': 'false' } })])],
  ['may, as AWS grants it to administrators', at(managedPolicy('AdministratorAccess').document.Statement as unknown[])],
  ['has policies that are not part of the app',
    at([], undefined, undefined, { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/chain'] })],
  ['is trusted by name', at([], undefined, trust({ AWS: arnOf('Role') }))],
  ['is trusted with everyone', at([], undefined, trust({ AWS: '*' }))],
  ['may be trusted by name by a role of the account', at([], 'arn:aws:iam::111122223333:role/data')],
  ['may be of the account of its target', at([], THERE, undefined, {}, { account: undefined })],
  ['lacks sts:TagSession, and session tags are off',
    at([allow('sts:AssumeRole', '*')], undefined, undefined, {}, {}, true)],
  ['lacks sts:TagSession, and whether session tags are on is a deploy-time value',
    at([allow('sts:AssumeRole', '*')], undefined, undefined, {}, {}, { Ref: 'Tags' })],
  ['has a target that the deployment knows', at([], { 'Fn::If': ['C', 'a', 'b'] })],
])('a role that %s: nothing to say', (_name, stack) => {
  expect(findingsOf('TargetRoleNotAssumable', stack)).toEqual([]);
});

test('without a target role, nothing to say', () => {
  expect(findingsOf('TargetRoleNotAssumable', stackOf({ Role: role([]), Pods: association(undefined) }))).toEqual([]);
});

describe('partitions', () => {
  const GOV = 'arn:aws-us-gov:iam::111122223333:role/dns';
  const between = (RoleArn: unknown, TargetRoleArn: unknown, env: object = {}) => findingsOf(
    'TargetRoleNotAssumable',
    stackOf({ Role: role([allow(BOTH, '*')]), Pods: association(undefined, { RoleArn, TargetRoleArn }) }, env),
  );

  test.each<[string, unknown, object, string]>([
    ['an imported role', GOV, {},
      `The role ${GOV} is in the partition aws-us-gov, and the target role ${THERE} in aws.`],
    ['a role of the app', arnOf('Role'), { account: '111122223333', region: 'cn-north-1' },
      `The role Stack/Role is in the partition aws-cn, and the target role ${THERE} in aws.`],
  ])('%s and a target role of another one', (_name, roleArn, env, message) => {
    expect(between(roleArn, THERE, env).map((f) => [f.severity, f.message.slice(0, message.length)])).toEqual([
      ['error', message],
    ]);
  });

  test.each<[string, unknown, unknown, object]>([
    ['the same one', GOV, GOV.replace('1111', '5555'), {}],
    ['one that only the deployment knows', arnOf('Role'), THERE, {}],
    ['a target role of which it is not known', GOV,
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::444455556666:role/dns' }, {}],
  ])('%s: nothing to say', (_name, roleArn, targetRoleArn, env) => {
    expect(between(roleArn, targetRoleArn, env)).toEqual([]);
  });
});
