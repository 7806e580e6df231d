import { allow, arnOf, association, policy, role, stackOf, trust, US } from './app';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { runRules } from '../../lib/rules/run-rules';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';

const ID = 'RoleUsableByAnyAssociation';
const EKS = { Service: 'pods.eks.amazonaws.com' };
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/*');
const ACCOUNT = '111122223333';

/** Two associations on a role with these statements. */
const shared = (statements: unknown[], more: object = {}, resources: object = {}) => stackOf({
  Role: role([READ], { AssumeRolePolicyDocument: policy(...statements) }),
  A: association([READ], { ServiceAccount: 'a' }),
  B: association([READ], { ServiceAccount: 'b', ...more }),
  ...resources,
}, US);
const when = (operator: string, key: string, value: unknown) => trust(EKS, { [operator]: { [key]: value } });

const findings = (strict: boolean, on: boolean, ...stacks: StackTemplate[]) => runRules(new TemplateSet(stacks), {
  settings: { ...DEFAULT_SETTINGS, strict, severities: new Map(on ? [[ID, 'warning']] : []) },
}).filter(({ rule }) => rule === ID);

test('is off, also under strict', () => {
  expect(findings(false, false, shared([trust(EKS)]))).toEqual([]);
  expect(findings(true, false, shared([trust(EKS)]))).toEqual([]);
});

test.each<[string, StackTemplate]>([
  ['without conditions', shared([trust(EKS)])],
  ['in two statements', shared([{ ...trust(EKS), Action: 'sts:AssumeRole' }, { ...trust(EKS), Action: 'sts:Tag*' }])],
  ['with the account', shared([when('StringEquals', 'aws:SourceAccount', ACCOUNT)])],
  ['with an account that is a deploy-time value', shared([when('StringEquals', 'aws:SourceAccount',
    { Ref: 'Account' })])],
  ['with the organization', shared([when('StringEquals', 'aws:SourceOrgID', '${aws:ResourceOrgID}')])],
  ['with any cluster of the account', shared([when('ArnLike', 'aws:SourceArn', `arn:aws:eks:*:${ACCOUNT}:cluster/*`)])],
  ['with a statement for a cluster beside one for all',
    shared([when('ArnEquals', 'aws:SourceArn', 'arn:aws:eks:us-east-1:111122223333:cluster/prod'), trust(EKS)])],
  ['with a Deny for others', shared([trust(EKS), { ...trust({ AWS: '111122223333' }), Effect: 'Deny' }])],
  ['with a Deny of other actions', shared([trust(EKS), {
    ...trust('*'),
    Effect: 'Deny',
    Action: 'sts:SetSourceIdentity',
  }])],
])('a trust policy %s is open', (_name, stack) => {
  const found = findings(false, true, stack);
  expect(found.map((one) => [one.severity, one.code, one.association.path])).toEqual([
    ['warning', 'TrustsEveryAssociation', 'Stack/A'],
  ]);
  expect(found[0].message).toContain('2 associations share the role Stack/Role (Stack/A, Stack/B), and its trust policy lets every association of the account');
  expect(found[0].fix).toContain('{"ArnEquals":{"aws:SourceArn":"arn:aws:eks:us-east-1:111122223333:cluster/prod"}}');
});

test('the fix names the clusters of all associations', () => {
  expect(findings(false, true, shared([trust(EKS)], { ClusterName: 'test' }))[0].fix).toContain(
    '{"ArnEquals":{"aws:SourceArn":["arn:aws:eks:us-east-1:111122223333:cluster/prod","arn:aws:eks:us-east-1:111122223333:cluster/test"]}}');
});

test.each<[string, StackTemplate]>([
  ['for a cluster', shared([when('ArnEquals', 'aws:SourceArn', 'arn:aws:eks:us-east-1:111122223333:cluster/prod')])],
  ['for the clusters of a Region', shared([when('ArnLike', 'aws:SourceArn',
    `arn:aws:eks:us-east-1:${ACCOUNT}:cluster/*`)])],
  ['for some clusters', shared([when('ArnLike', 'aws:SourceArn', `arn:aws:eks:*:${ACCOUNT}:cluster/pr*`)])],
  ['for a cluster by its tag', shared([when('StringEquals', 'aws:RequestTag/eks-cluster-name', 'prod')])],
  ['for a cluster by the ARN in its tag', shared([when('StringLike', 'aws:RequestTag/eks-cluster-arn',
    'arn:aws:eks:us-east-1:*')])],
  ['for calls with tags', shared([when('Null', 'aws:RequestTag/kubernetes-namespace', 'false')])],
  ['for another account', shared([when('StringEquals', 'aws:SourceAccount', '444455556666')])],
  ['with what is not known', shared([when('StringEquals', 'aws:ResourceTag/team', 'a')])],
  ['with one action for a cluster', shared([{ ...trust(EKS), Action: 'sts:AssumeRole' },
    { ...when('StringEquals', 'aws:RequestTag/eks-cluster-name', 'prod'), Action: 'sts:TagSession' }])],
  ['with a Deny', shared([trust(EKS), {
    ...when('ArnNotLike', 'aws:SourceArn', 'arn:aws:eks:*:*:cluster/prod'),
    Effect: 'Deny',
  }])],
  ['with a Deny for everyone', shared([trust(EKS), {
    ...trust('*',
      { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } }),
    Effect: 'Deny',
  }])],
  ['of another principal', shared([trust({ AWS: ACCOUNT })])],
  ['of one association', stackOf({ Role: role([READ]), Pods: association([READ]) }, US)],
  ['of a role each', shared([trust(EKS)], { RoleArn: arnOf('Own') }, { Own: role([READ]) })],
  ['that is not known', stackOf({
    A: association([READ], { RoleArn: `arn:aws:iam::${ACCOUNT}:role/x` }),
    B: association([READ], { RoleArn: `arn:aws:iam::${ACCOUNT}:role/x`, ServiceAccount: 'b' }),
  }, US)],
])('a trust policy %s: nothing to say', (_name, stack) => {
  expect(findings(false, true, stack)).toEqual([]);
});
