import { allow, arnOf, association, deny, findingsOf, policy, role, stackOf, trust } from './app';
import { managedPolicies } from '../managed-policies';

const NS = 'aws:PrincipalTag/kubernetes-namespace';
const TENANT = 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*';
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/ns/*');
const ALL = allow('s3:*', '*');
const EKS = { Service: 'pods.eks.amazonaws.com' };
const ROOT = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } };
const OF_ROLE = "of inline policy 'Access' of Stack/Role";
const OFF = { DisableSessionTags: true };

type Stack = ReturnType<typeof stackOf>;
const at = (session: unknown[] | undefined, statements: unknown[], properties = {}, roleProperties = {}) =>
  stackOf({ Pods: association(session, properties), Role: role(statements, roleProperties) });
const trusting = (statements: unknown[], properties: {} = OFF) =>
  at(undefined, [ALL], properties, { AssumeRolePolicyDocument: policy(...statements) });
const chained = (statements: unknown[], trusted: unknown) => stackOf({
  Role: role(statements),
  Target: role([ALL], { AssumeRolePolicyDocument: policy(trusted) }),
  Pods: association(undefined, { ...OFF, TargetRoleArn: arnOf('Target') }),
});

test.each<[string, Stack, string[]]>([
  ['a resource of the session policy', at([allow('s3:GetObject', TENANT)], [ALL]),
    ['statement 0 of the session policy then allows nothing (arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*)']],
  ['one resource of two', at([allow('s3:GetObject', ['arn:aws:s3:::common/*', TENANT])], [ALL]),
    ["statement 0 of the session policy then allows nothing on 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*'"]],
  ['a condition of the session policy',
    at([{ ...allow('s3:GetObject', '*', { StringEquals: { [NS]: 'ns' } }), Sid: 'Own' }], [ALL]),
    ["statement 0 (Sid 'Own') of the session policy then allows nothing (aws:PrincipalTag/kubernetes-namespace)"]],
  ['a value of a condition',
    at(
      [allow('s3:ListBucket', '*', { StringLike: { 's3:prefix': '${aws:PrincipalTag/kubernetes-namespace}/*' } })],
      [ALL],
    ),
    ['statement 0 of the session policy then allows nothing (s3:prefix = ${aws:PrincipalTag/kubernetes-namespace}/*)']],
  ['a condition of the role', at([READ], [allow('s3:*', '*', { StringEquals: { [NS]: 'ns' } })]),
    [`statement 0 ${OF_ROLE} then allows nothing (aws:PrincipalTag/kubernetes-namespace)`]],
  ['a denial of the role',
    at([READ], [ALL, deny('s3:*', '*', { StringEquals: { 'AWS:principaltag/EKS-cluster-name': 'test' } })]),
    [`statement 1 ${OF_ROLE} then denies nothing (AWS:principaltag/EKS-cluster-name)`]],
  ['Null, which asks for the tag',
    at([READ], [allow('s3:*', '*', { Null: { [NS]: 'false' } })]),
    [`statement 0 ${OF_ROLE} then allows nothing (${NS})`]],
  ['ForAnyValue, which asks for a value',
    at([READ], [allow('s3:*', '*', { 'ForAnyValue:StringNotEquals': { [NS]: 'x' } })]),
    [`statement 0 ${OF_ROLE} then allows nothing (${NS})`]],
  ['without a session policy, tags off', at(undefined, [allow('s3:*', TENANT)], OFF),
    [`statement 0 ${OF_ROLE} then allows nothing (arn:aws:s3:::data/\${aws:PrincipalTag/kubernetes-namespace}/*)`]],
  ['a denial of the trust policy',
    trusting([
      trust(EKS), { ...trust(EKS, { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'x' } }), Effect: 'Deny' },
    ]),
    ['statement 1 of the trust policy of the role Stack/Role then denies nothing (aws:RequestTag/kubernetes-namespace)']],
  ['what lets the role assume the target role',
    chained([allow('sts:*', '*', { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'ns' } })], trust(ROOT)),
    [`statement 0 ${OF_ROLE} then allows nothing (aws:RequestTag/kubernetes-namespace)`]],
])('%s', (_name, stack, statements) => {
  const findings = findingsOf('SessionTagDependency', stack);
  expect(findings.map((f) => f.severity)).toEqual(['warning']);
  expect(findings[0].message.replace('a statement relies', 'statements rely')).toMatch(
    /^Stack\/Pods: statements rely on session tags, but EKS sends no session tags if (disableSessionTags is true|there is a session policy): /,
  );
  expect(findings[0].message.includes('a statement relies')).toBe(statements.length === 1);
  expect(findings[0].message.replace(/^.*?(?:is true|session policy): /, '')).toBe(
    `${statements.join('; ')}. AWS does not check this at deployment.`,
  );
});

test.each<[string, Stack]>([
  ['session tags on', at(undefined, [allow('s3:*', TENANT)])],
  ['session tags behind a parameter', at(undefined, [allow('s3:*', TENANT)], { DisableSessionTags: { Ref: 'Tags' } })],
  ['no tags in any policy', at([READ], [ALL])],
  ['another tag', at([READ], [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalTag/team': 'a' } })])],
  ['a tag of EKS Auto Mode',
    at([READ], [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalTag/eks:eks-cluster-name': 'a' } })])],
  ['IfExists', at([READ], [allow('s3:*', '*', { StringEqualsIfExists: { [NS]: 'ns' } })])],
  ['a negated operator', at([READ], [allow('s3:*', '*', { StringNotEquals: { [NS]: 'kube-system' } })])],
  ['a denial that a missing tag meets',
    at([READ], [ALL, deny('s3:*', 'arn:aws:s3:::x/*', { StringNotEquals: { [NS]: 'ns' } })])],
  ['Null, which asks for no tag', at([READ], [allow('s3:*', '*', { Null: { [NS]: 'true' } })])],
  ['ForAllValues', at([READ], [allow('s3:*', '*', { 'ForAllValues:StringEquals': { [NS]: 'ns' } })])],
  ['a variable with a default',
    at([allow('s3:GetObject', "arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace, 'ns'}/*")], [ALL])],
  ['one value of two',
    at([allow('s3:ListBucket', '*', {
      StringLike: { 's3:prefix': ['common/*', '${aws:PrincipalTag/kubernetes-namespace}/*'] },
    })], [ALL])],
  ['a variable that is literal text in an old policy', stackOf({
    Role: role([ALL]),
    Pods: association(undefined, {
      ...OFF, Policy: JSON.stringify({ Version: '2008-10-17', Statement: allow('s3:GetObject', TENANT) }),
    }),
  })],
  ['a tag that the role itself has',
    at(
      [READ], [allow('s3:*', '*', { StringEquals: { [NS]: 'ns' } })], {},
      { Tags: [{ Key: 'Kubernetes-Namespace', Value: 'ns' }] },
    )],
  ['tags of the role that the deployment knows',
    at([READ], [allow('s3:*', '*', { StringEquals: { [NS]: 'ns' } })], {}, { Tags: { 'Fn::If': ['C', [], []] } })],
  ['a statement of the role that the session policy does not reach',
    at([READ], [ALL, allow('sqs:*', '*', { StringEquals: { [NS]: 'ns' } })])],
  ['a denial that the session policy does not reach',
    at([READ], [ALL, deny('sqs:*', '*', { StringEquals: { [NS]: 'ns' } })])],
  ['what the role allows in another statement', at([READ], [ALL, allow('s3:GetObject', TENANT)])],
  ['what the session policy allows in another statement',
    at([READ, allow('s3:GetObject', 'arn:aws:s3:::data/*'), allow('s3:GetObject', TENANT)], [ALL])],
  ['a request tag of what is made',
    at(
      [allow('ec2:CreateTags', '*')],
      [allow('ec2:*', '*', { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'ns' } })],
    )],
  ['what the trust policy says in another statement',
    trusting([trust(EKS, { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'ns' } }), trust(EKS)])],
  ['what the trust policy requires of others',
    trusting([trust(EKS), trust({ AWS: 'arn:aws:iam::111122223333:role/ci' }, { StringEquals: { [NS]: 'ns' } })])],
  ['a trust policy with session tags on',
    trusting([trust(EKS, { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'ns' } })], {})],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('SessionTagDependency', stack)).toEqual([]);
});

test('of the policies that AWS maintains, those for pods of one cluster rely on them', () => {
  const tagged = managedPolicies().filter(({ document }) => /(Principal|Request)Tag/i.test(JSON.stringify(document)));
  expect(tagged.length).toBeGreaterThan(50);
  const found = tagged.filter(
    ({ document }) => findingsOf('SessionTagDependency', at(undefined, [document.Statement].flat(), OFF)).length > 0,
  );
  expect(found.map((p) => p.name)).toEqual([
    'AmazonEBSCSIDriverEKSClusterScopedPolicy', 'AmazonSageMakerSpacesControllerPolicy',
    'AmazonSageMakerSpacesRouterPolicy',
  ]);
});
