import { allow, arnOf, association, findingsOf, policy, role, stackOf, trust, US } from './app';

const READ = allow('s3:GetObject', '*');
const ROOT = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } };
const ROLE = role([allow(['sts:AssumeRole', 'sts:TagSession'], '*')]);
const target = (statements: unknown, more = {}) => role(
  [READ], { AssumeRolePolicyDocument: policy(...[statements].flat()), ...more },
);
const EXTERNAL_ID = 'us-east-1/111122223333/prod/ns/sa';
const requiring = (externalId: unknown, operator = 'StringEquals') => trust(ROOT, {
  [operator]: { 'sts:ExternalId': externalId },
});

/** An association on `Role` with this target role. */
const at = (statements: unknown, properties = {}, more = {}) => stackOf({
  Role: ROLE,
  Target: target(statements),
  Pods: association(undefined, { TargetRoleArn: arnOf('Target'), DisableSessionTags: true, ...properties }),
}, { ...US, ...more });

test.each<[string, ReturnType<typeof at>, RegExp]>([
  ['trusts EKS instead',
    at(trust({ Service: 'pods.eks.amazonaws.com' })),
    /does not let the role Stack\/Role do sts:AssumeRole and sts:TagSession\. EKS then/],
  ['trusts another role',
    at(trust({ AWS: 'arn:aws:iam::111122223333:role/other' })), /do sts:AssumeRole and sts:TagSession\./],
  ['trusts another account',
    at(trust({ AWS: ['444455556666', 'arn:aws:iam::555566667777:root'] })), /do sts:AssumeRole and sts:TagSession\./],
  ['trusts with conditions, and denies it after all',
    at([trust(ROOT), { ...trust(ROOT, { StringNotEquals: { 'sts:ExternalId': 'other' } }), Effect: 'Deny' }]),
    /do sts:AssumeRole: its statement 1 denies it \(StringNotEquals sts:ExternalId 'other', and EKS sends 'us-east-1/],
  ['wants a cluster, which a role does not send',
    at(trust(ROOT, { ArnLike: { 'aws:SourceArn': 'arn:aws:eks:*:111122223333:cluster/*' } })),
    /it requires aws:SourceArn, and EKS does not send it\./],
  ['wants another account', at(trust(ROOT, { StringEquals: { 'aws:PrincipalAccount': '444455556666' } })),
    /it requires aws:PrincipalAccount to be '444455556666', but EKS sends '111122223333'\./],
  ['denies it only', at({ ...trust(ROOT), Effect: 'Deny' }), /do sts:AssumeRole and sts:TagSession/],
  ['has no statement', at([]), /do sts:AssumeRole and sts:TagSession/],
  ['wants another external id', at(requiring('us-east-1/111122223333/test/ns/sa')),
    /: it requires sts:ExternalId to be 'us-east-1\/111122223333\/test\/ns\/sa', but EKS sends 'us-east-1\/111122223333\/prod\/ns\/sa'\. EKS then/],
  ['wants one of other namespaces',
    at(requiring(['us-east-1/*/prod/other/*', 'eu-west-1/*'], 'StringLike')), /requires sts:ExternalId to be/],
  ['wants another role of the account',
    at(trust(ROOT, { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/other' } })),
    /it requires aws:PrincipalArn to be 'arn:aws:iam::111122223333:role\/other', but EKS sends 'arn:aws:iam::111122223333:role\/\$\{Role\}'/],
  ['wants session tags, which are off',
    at(trust(ROOT, { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'ns' } })),
    /do sts:AssumeRole: it requires aws:RequestTag\/kubernetes-namespace, and there are no session tags\. EKS then/],
  ['wants session tags of the principal, which are off',
    at(trust(ROOT, { StringLike: { 'aws:PrincipalTag/kubernetes-namespace': '*' } })),
    /do sts:AssumeRole: it requires aws:PrincipalTag\/kubernetes-namespace, and there are no session tags\. EKS then/],
])('a target role that %s', (_name, stack, message) => {
  const findings = findingsOf('TargetRoleTrustPolicy', stack);
  expect(findings.map((f) => f.severity)).toEqual(['error']);
  expect(findings[0].message).toMatch(message);
  const { fix } = findings[0];
  if (fix.startsWith('Except')) { return; }
  const named = '"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/${Role}"}';
  expect(fix).toBe(`Add to the trust policy of the role Stack/Target {${named},"Action":"sts:AssumeRole",`
    + `"Condition":{"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"}}} and {${named},"Action":"sts:TagSession"}.`);
});

test('a Deny statement, which another statement cannot change', () => {
  const [{ code, fix }] = findingsOf('TargetRoleTrustPolicy', at([trust(ROOT), { ...trust(ROOT), Effect: 'Deny' }]));
  expect(code).toBe('DeniedByTrustPolicy');
  expect(fix).toBe('Except the role Stack/Role from that Deny statement of the role Stack/Target, or give Stack/Pods another target role.');
});

describe('with session tags', () => {
  const tagged = (statements: unknown, more = {}) => at(statements, { DisableSessionTags: false, ...more });
  const wanting = (tag: string, value: string) => trust(ROOT, { StringEquals: { [`aws:${tag}/kubernetes-namespace`]: value } });

  test.each<[string, ReturnType<typeof at>, string]>([
    ['lacks sts:TagSession', tagged({ ...trust(ROOT), Action: 'sts:AssumeRole' }),
      'does not let the role Stack/Role do sts:TagSession.'],
    ['wants another namespace in the request', tagged(wanting('RequestTag', 'other')),
      "it requires aws:RequestTag/kubernetes-namespace to be 'other', but EKS sends 'ns' or nothing."],
    ['wants another namespace of the principal', tagged(wanting('PrincipalTag', 'other')),
      "it requires aws:PrincipalTag/kubernetes-namespace to be 'other', but EKS sends 'ns'."],
    ['wants another namespace for sts:TagSession', tagged([{ ...trust(ROOT), Action: 'sts:AssumeRole' },
      { ...wanting('PrincipalTag', 'other'), Action: 'sts:TagSession' }]), 'do sts:TagSession: it requires'],
  ])('a target role that %s', (_name, stack, message) => {
    const [finding, ...more] = findingsOf('TargetRoleTrustPolicy', stack);
    expect(more).toEqual([]);
    expect(finding.message).toContain(message);
    expect(finding.fix).toContain('"Action":["sts:AssumeRole","sts:TagSession"]}.');
  });

  test.each<[string, ReturnType<typeof at>]>([
    ["is that of AWS's example", tagged(trust(ROOT, {
      StringEquals: {
        'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:us-east-1:111122223333:cluster/prod',
        'aws:RequestTag/kubernetes-namespace': 'ns',
        'aws:RequestTag/kubernetes-service-account': 'sa',
      },
      ArnEquals: { 'aws:PrincipalARN': arnOf('Role') },
    }))],
    ['wants an external id for sts:TagSession', tagged([{ ...trust(ROOT), Action: 'sts:AssumeRole' },
      { ...requiring(EXTERNAL_ID), Action: 'sts:TagSession' }])],
    ['lacks sts:TagSession, and whether tags are on is a deploy-time value',
      tagged({ ...trust(ROOT), Action: 'sts:AssumeRole' }, { DisableSessionTags: { Ref: 'Tags' } })],
  ])('a target role that %s: nothing to say', (_name, stack) => {
    expect(findingsOf('TargetRoleTrustPolicy', stack)).toEqual([]);
  });
});

test.each<[string, ReturnType<typeof at>]>([
  ['trusts the role', at(trust({ AWS: arnOf('Role') }))],
  ['trusts its account', at(trust(ROOT))],
  ['trusts its account by number', at(trust({ AWS: '111122223333' }))],
  ['trusts its account as the deployment knows it',
    at(trust({ AWS: { Ref: 'AWS::AccountId' } }), {}, { account: undefined })],
  ['trusts everyone', at(trust('*'))],
  ['trusts everyone but one',
    at({ ...trust('*'), Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/eve' } })],
  ['trusts a parameter', at(trust({ AWS: { Ref: 'Principal' } }))],
  ['trusts a session of a role', at(trust({ AWS: 'arn:aws:sts::111122223333:assumed-role/pods/eks-prod' }))],
  ['trusts a role by its unique id', at(trust({ AWS: 'AROAEXAMPLE1234567890' }))],
  ['trusts in two statements',
    at([{ ...trust(ROOT), Action: 'sts:AssumeRole' }, { ...trust(ROOT), Action: 'sts:TagSession' }])],
  ['trusts under Fn::If', at({ 'Fn::If': ['C', trust(ROOT), trust(ROOT)] })],
  ['wants the external id', at(requiring(EXTERNAL_ID))],
  ["wants the external id, as AWS's example does",
    at([{ ...requiring(EXTERNAL_ID), Action: 'sts:AssumeRole' }, { ...trust(ROOT), Action: 'sts:TagSession' }])],
  ['lacks sts:TagSession, which STS asks for only if there are tags',
    at({ ...trust(ROOT), Action: 'sts:AssumeRole' })],
  ['denies others', at([trust(ROOT),
    { ...trust('*', { ArnNotEquals: { 'aws:PrincipalArn': arnOf('Role') } }), Effect: 'Deny' }])],
  ['denies a role that may be another', at([trust(ROOT), { ...trust({ AWS: { Ref: 'Other' } }), Effect: 'Deny' }])],
  ['denies what is not known here',
    at([trust(ROOT), { ...trust('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abc' } }), Effect: 'Deny' }])],
  ['wants the external id of all service accounts', at(requiring('us-east-1/111122223333/prod/*', 'StringLike'))],
  ['wants the external id of the association', at(requiring({ 'Fn::GetAtt': ['Pods', 'ExternalId'] }))],
  ['wants an external id in a region that the deployment knows',
    at(requiring('eu-west-1/111122223333/prod/ns/sa'), {}, { region: undefined })],
  ['wants an external id of an association with session tags', at(requiring('other'), { DisableSessionTags: false })],
  ['wants session tags for sts:TagSession only, which is not needed without',
    at([{ ...trust(ROOT), Action: 'sts:AssumeRole' },
      {
        ...trust(ROOT, { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'ns' } }), Action: 'sts:TagSession',
      }])],
  ['wants session tags, which are on',
    at(trust(ROOT, { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'ns' } }),
      { DisableSessionTags: false })],
  ['wants no such external id', at(requiring('other', 'StringNotEquals'))],
  ['wants the role', at(trust(ROOT, { ArnLike: { 'aws:PrincipalArn': arnOf('Role') } }))],
  ['wants a role like it', at(trust(ROOT, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }))],
  ['wants what is not known here', at(trust(ROOT, { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } }))],
  ['is not part of the app', at(trust(ROOT), { TargetRoleArn: 'arn:aws:iam::444455556666:role/data' })],
])('a target role that %s: nothing to say', (_name, stack) => {
  expect(findingsOf('TargetRoleTrustPolicy', stack)).toEqual([]);
});

test('without a target role, nothing to say', () => {
  expect(findingsOf('TargetRoleTrustPolicy', stackOf({ Role: ROLE, Pods: association([READ]) }))).toEqual([]);
});
