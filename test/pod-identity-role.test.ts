import * as fs from 'fs';
import * as path from 'path';
import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { synthesize } from './synthesize';
import { PodIdentityAssociation, PodIdentityRole, PodIdentityTrustProps, SessionPolicy } from '../lib';

const HERE = { env: { account: '111122223333', region: 'us-east-1' } };
const READ = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'] });
const BOTH = ['sts:AssumeRole', 'sts:TagSession'];
const EKS = { Service: 'pods.eks.amazonaws.com' };
const NAMESPACE = 'aws:RequestTag/kubernetes-namespace';
const SERVICE_ACCOUNT = 'aws:RequestTag/kubernetes-service-account';

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack', HERE);
});

const imported = (scope: Stack, clusterName = 'prod') => (
  eks.Cluster.fromClusterAttributes(scope, `Imported${clusterName}`, { clusterName }));
const l1 = (scope: Stack, id: string, name?: string) => new eksV1.CfnCluster(scope, id, {
  name, roleArn: 'arn:aws:iam::111122223333:role/cluster', resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
});
const arn = (name: unknown) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:eks:us-east-1:111122223333:cluster/${name}`]],
});

/** The trust policies of the roles in the template of a stack, and the findings. */
function deployed(of = stack): { trust: any; rules: string[]; messages: string[] } {
  const { outdir, findings } = synthesize(app);
  const template = JSON.parse(fs.readFileSync(path.join(outdir, of.templateFile), 'utf-8'));
  const role = Object.values<any>(template.Resources).find(({ Type }) => Type === 'AWS::IAM::Role');
  return {
    trust: role?.Properties.AssumeRolePolicyDocument.Statement,
    // The clusters here have no agent, which has nothing to do with trust.
    rules: findings.map(({ ruleName }) => ruleName).filter((rule) => rule !== 'AgentMissing'),
    messages: findings.map(({ description }) => description),
  };
}

const trusting = (Condition?: unknown) => [{
  Effect: 'Allow', Principal: EKS, Action: BOTH, ...Condition !== undefined && { Condition },
}];

function associate(role: iam.IRole, props: object = {}, of = stack): PodIdentityAssociation {
  return new PodIdentityAssociation(of, 'Pods', {
    cluster: imported(of, 'prod'), namespace: 'shop', serviceAccount: 'orders', role, ...props,
  });
}

test.each([false, true])('without props the trust policy is as it was (minimized: %s)', (minimize) => {
  app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': minimize } });
  stack = new Stack(app, 'Stack', HERE);
  new PodIdentityRole(stack, 'Role', { description: 'for pods', path: '/pods/' });
  expect(deployed().trust).toEqual(trusting());
});

const CASES: ReadonlyArray<[string, (scope: Stack) => PodIdentityTrustProps, unknown]> = [
  ['an imported cluster', (scope) => ({ clusters: [imported(scope)] }), {
    StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnEquals: { 'aws:SourceArn': arn('prod') },
  }],
  ['several clusters', (scope) => ({ clusters: ['prod', 'test', 'dev'].map((name) => imported(scope, name)) }), {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnEquals: { 'aws:SourceArn': ['prod', 'test', 'dev'].map(arn) },
  }],
  ['a cluster by its ARN, of another Region',
    (scope) => ({
      clusters: [eksV1.CfnCluster.fromClusterArn(scope, 'Cluster',
        'arn:aws:eks:eu-west-1:111122223333:cluster/prod')],
    }),
    {
      StringEquals: { 'aws:SourceAccount': '111122223333' },
      ArnEquals: { 'aws:SourceArn': 'arn:aws:eks:eu-west-1:111122223333:cluster/prod' },
    }],
  ['an L1 without a name', (scope) => ({ clusters: [l1(scope, 'Cluster')] }), {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['Cluster', 'Arn'] } },
  }],
  ['an L1 with a name', (scope) => ({ clusters: [l1(scope, 'Cluster', 'prod')] }), {
    StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnEquals: { 'aws:SourceArn': arn('prod') },
  }],
  ['a cluster of aws-eks-v2', (scope) => ({
    clusters: [new eks.Cluster(scope, 'Cluster', { version: eks.KubernetesVersion.V1_32, clusterName: 'prod' })],
  }), { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnEquals: { 'aws:SourceArn': arn('prod') } }],
  ['a namespace', () => ({ namespaces: ['shop'] }), { StringEquals: { [NAMESPACE]: 'shop' } }],
  ['namespaces and service accounts', () => ({ namespaces: ['shop', 'pay'], serviceAccounts: ['orders', 'a.b'] }), {
    StringEquals: { [NAMESPACE]: ['shop', 'pay'], [SERVICE_ACCOUNT]: ['orders', 'a.b'] },
  }],
  ['a cluster, a namespace and conditions', (scope) => ({
    clusters: [imported(scope)],
    namespaces: ['shop'],
    conditions: { StringEquals: { 'aws:SourceOrgID': 'o-abc' }, StringLike: { [SERVICE_ACCOUNT]: 'web-*' } },
  }), {
    StringEquals: { 'aws:SourceAccount': '111122223333', [NAMESPACE]: 'shop', 'aws:SourceOrgID': 'o-abc' },
    ArnEquals: { 'aws:SourceArn': arn('prod') },
    StringLike: { [SERVICE_ACCOUNT]: 'web-*' },
  }],
  ['conditions only', () => ({ conditions: { StringLike: { [NAMESPACE]: 'team-*' } } }),
    { StringLike: { [NAMESPACE]: 'team-*' } }],
  ['no conditions', () => ({ conditions: {} }), undefined],
];

test.each(CASES)('a role for %s', (_name, props, condition) => {
  const role = new PodIdentityRole(stack, 'Role', props(stack));
  expect(stack.resolve(role.assumeRolePolicy)).toEqual({ Version: '2012-10-17', Statement: trusting(condition) });
});

test.each(CASES)('the statement for a role of somebody else, for %s', (_name, props, condition) => {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  role.assumeRolePolicy!.addStatements(PodIdentityRole.trustStatement(props(stack)));
  expect(stack.resolve(role.assumeRolePolicy).Statement.slice(1)).toEqual(trusting(condition));
});

test('the statement without props is that of the role', () => {
  const statement = stack.resolve(PodIdentityRole.trustStatement().toStatementJson());
  expect(statement).toEqual(stack.resolve(new PodIdentityRole(stack, 'Role').assumeRolePolicy).Statement[0]);
});

test('a stack without an environment', () => {
  const anywhere = new Stack(app, 'Anywhere');
  new PodIdentityRole(anywhere, 'Role', { clusters: [imported(anywhere)] });
  expect(deployed(anywhere).trust).toEqual(trusting({
    StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    ArnEquals: {
      'aws:SourceArn': {
        'Fn::Join': ['', [
          'arn:', { Ref: 'AWS::Partition' }, ':eks:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' },
          ':cluster/prod',
        ]],
      },
    },
  }));
});

test.each<[string, (scope: Stack) => PodIdentityTrustProps, string]>([
  ['no clusters', () => ({ clusters: [] }),
    'clusters is not a list with at least one item. If the role is for any of them, leave clusters out.'],
  ['no namespaces', () => ({ namespaces: [] }), 'namespaces is not a list'],
  ['a namespace that is not a list', () => ({ namespaces: 'shop' as any }), 'namespaces is not a list'],
  ['all namespaces', () => ({ namespaces: ['*'] }), "namespaces: namespace '*' is not a valid Kubernetes name."],
  ['a pattern of namespaces', () => ({ namespaces: ['shop', 'team-?'] }),
    'For a pattern, use StringLike in conditions.'],
  ['a variable', () => ({ serviceAccounts: ['${aws:PrincipalTag/x}'] }),
    "serviceAccounts: serviceAccount '${aws:PrincipalTag/x}' is not a valid Kubernetes name."],
  ['a namespace that is missing', () => ({ namespaces: ['shop', undefined as any] }),
    'namespaces: namespace undefined is not text.'],
  ['a number', () => ({ serviceAccounts: [7 as any] }), 'serviceAccounts: serviceAccount 7 is not text.'],
  ['a pattern of clusters',
    (scope) => ({
      clusters: [eksV1.CfnCluster.fromClusterArn(scope, 'Any',
        'arn:aws:eks:us-east-1:111122223333:cluster/*')],
    }),
    "the ARN of the cluster Stack/Any, 'arn:aws:eks:us-east-1:111122223333:cluster/*', contains a wildcard or a variable."],
  ['a cluster that is none', () => ({ clusters: [{} as any] }),
    'clusters contains a value that is not an EKS cluster.'],
  ['a condition of another prop', (scope) => ({
    clusters: [imported(scope)], conditions: { StringEquals: { 'AWS:sourceAccount': '444455556666' } },
  }), 'conditions has StringEquals on AWS:sourceAccount, which another prop also sets.'],
])('%s: an error', (_name, props, message) => {
  expect(() => new PodIdentityRole(stack, 'Role', props(stack))).toThrow(message);
  expect(() => new PodIdentityRole(stack, 'Again', props(new Stack(app, 'Other', HERE)))).toThrow(/^Stack\/Again: /);
  expect(() => PodIdentityRole.trustStatement(props(new Stack(app, 'Third', HERE)))).toThrow(message.replace('Stack/',
    'Third/'));
});

test('a cluster of another account: an error', () => {
  const there = new Stack(app, 'There', { env: { account: '444455556666', region: 'us-east-1' } });
  expect(() => new PodIdentityRole(stack, 'Role', { clusters: [imported(there)] })).toThrow(
    'Stack/Role: the cluster There/Importedprod is in account 444455556666, and the role is in account 111122223333. EKS accepts only roles of the account of the cluster.');
});

test('a name that is a deploy-time value', () => {
  const namespace = new CfnParameter(stack, 'Namespace').valueAsString;
  new PodIdentityRole(stack, 'Role', { namespaces: [namespace] });
  expect(deployed().trust).toEqual(trusting({ StringEquals: { [NAMESPACE]: { Ref: 'Namespace' } } }));
});

describe('a cluster of another stack', () => {
  let platform: Stack;

  beforeEach(() => {
    platform = new Stack(app, 'Platform', HERE);
  });

  test.each<[string, (scope: Stack) => eksV1.IClusterRef]>([
    ['an L1', (scope) => l1(scope, 'Cluster', 'prod')],
    ['an L2', (scope) => new eks.Cluster(scope, 'Cluster', {
      version: eks.KubernetesVersion.V1_32,
      clusterName: 'prod',
    })],
  ])('%s with a name may have its associations there', (_name, make) => {
    const cluster = make(platform);
    const role = new PodIdentityRole(stack, 'Role', {
      clusters: [cluster],
      inlinePolicies: { read: new iam.PolicyDocument({ statements: [READ] }) },
    });
    new PodIdentityAssociation(platform, 'Pods', { cluster, namespace: 'shop', serviceAccount: 'orders', role });
    const { trust, rules } = deployed();
    expect(trust[0].Condition.ArnEquals).toEqual({ 'aws:SourceArn': arn('prod') });
    expect(rules).toEqual([]);
  });

  test('without a name, if the associations are elsewhere', () => {
    const cluster = l1(platform, 'Cluster');
    const role = new PodIdentityRole(stack, 'Role', { clusters: [cluster] });
    new PodIdentityAssociation(new Stack(app, 'Apps', HERE), 'Pods', {
      cluster,
      namespace: 'shop',
      serviceAccount: 'orders',
      role,
    });
    const { trust, rules } = deployed();
    expect(trust[0].Condition.ArnEquals['aws:SourceArn'])
      .toEqual({ 'Fn::ImportValue': expect.stringMatching(/^Platform:.*ClusterArn/) });
    expect(rules).toEqual([]);
  });

  test('without a name, with the associations there: the stacks would depend on each other', () => {
    const cluster = l1(platform, 'Cluster');
    const role = new PodIdentityRole(stack, 'Role', { clusters: [cluster] });
    expect(() => new PodIdentityAssociation(platform, 'Pods', {
      cluster,
      namespace: 'shop',
      serviceAccount: 'orders',
      role,
    })).toThrow(
      'Platform/Pods: the trust policy of Stack/Role refers to the cluster Platform/Cluster, which is deployed with this association.');
  });

  test('without a name, and a role in a nested stack', () => {
    const cluster = l1(platform, 'Cluster');
    const role = new PodIdentityRole(new NestedStack(platform, 'Roles'), 'Role', { clusters: [cluster] });
    new PodIdentityAssociation(platform, 'Pods', { cluster, namespace: 'shop', serviceAccount: 'orders', role });
    expect(deployed(platform).rules).toEqual([]);
  });
});

describe('associations on a narrow role', () => {
  test.each<[string, PodIdentityTrustProps, object, string | undefined]>([
    ['of the cluster', {}, {}, undefined],
    ['of the namespace', { namespaces: ['shop'], serviceAccounts: ['orders'] }, {}, undefined],
    ['of another namespace', { namespaces: ['pay'] }, {},
      `it requires ${NAMESPACE} to be 'pay', but EKS sends 'shop'.`],
    ['with a session policy, which turns session tags off', { namespaces: ['shop'] },
      { sessionPolicy: SessionPolicy.fromStatements(READ) },
      `it requires ${NAMESPACE}, and EKS does not send it (EKS sends no session tags together with a session policy).`],
    ['without session tags', { serviceAccounts: ['orders'] }, { disableSessionTags: true },
      `it requires ${SERVICE_ACCOUNT}, and EKS does not send it (disableSessionTags is true).`],
  ])('%s', (_name, props, more, message) => {
    const role = new PodIdentityRole(stack, 'Role', {
      clusters: [imported(stack, 'prod-eu'), eks.Cluster.fromClusterAttributes(stack, 'Prod', { clusterName: 'prod' })],
      inlinePolicies: { read: new iam.PolicyDocument({ statements: [READ] }) },
      ...props,
    });
    associate(role, more);
    const { rules, messages } = deployed();
    const ofTrust = rules.filter((rule) => rule === 'RoleTrustPolicy');
    expect(ofTrust).toEqual(message === undefined ? [] : ['RoleTrustPolicy']);
    if (message !== undefined) { expect(messages.join()).toContain(message); }
  });

  test('of another cluster', () => {
    associate(new PodIdentityRole(stack, 'Role', { clusters: [imported(stack, 'test')] }));
    expect(deployed().messages.join()).toContain(
      "it requires aws:SourceArn to be 'arn:aws:eks:us-east-1:111122223333:cluster/test', but EKS sends 'arn:aws:eks:us-east-1:111122223333:cluster/prod'.");
  });
});
