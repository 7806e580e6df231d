import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole, SessionPolicy } from '../../lib';
import { synthesize } from '../synthesize';

const HERE = { env: { account: '111122223333', region: 'us-east-1' } };
const THERE = { env: { account: '444455556666', region: 'us-east-1' } };
const READ = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'] });

let app: App;

beforeEach(() => {
  app = new App();
});

function associate(stack: Stack, props: Partial<PodIdentityAssociationProps>): PodIdentityAssociation {
  return new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'web',
    serviceAccount: 'app',
    sessionPolicy: SessionPolicy.fromStatements(READ),
    ...props,
  });
}

function targetIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Target', {
    roleName: 'target',
    assumedBy: new iam.AccountPrincipal('999900001111'),
    inlinePolicies: {
      more: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })] }),
    },
  });
}

/** The statements that the association adds to the trust policy of the target role, and the findings. */
function deployed(stack: Stack): { added: any[]; rules: string[] } {
  const { outdir, findings } = synthesize(app);
  const template = JSON.parse(fs.readFileSync(path.join(outdir, stack.templateFile), 'utf-8'));
  const target = Object.values<any>(template.Resources).find((r) => r.Properties?.RoleName === 'target');
  return {
    added: target.Properties.AssumeRolePolicyDocument.Statement.slice(1), rules: findings.map((f) => f.ruleName),
  };
}

const ROOT = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } };

test('a target role of the same stack trusts the role, with the external id that is made of names', () => {
  const stack = new Stack(app, 'Stack', HERE);
  associate(stack, { targetRole: targetIn(stack) });
  const { added, rules } = deployed(stack);
  const ArnEquals = { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^PodsRole/), 'Arn'] } };
  expect(added).toEqual([
    {
      Effect: 'Allow',
      Principal: ROOT,
      Action: 'sts:AssumeRole',
      Condition: { ArnEquals, StringEquals: { 'sts:ExternalId': 'us-east-1/111122223333/prod/web/app' } },
    },
    { Effect: 'Allow', Principal: ROOT, Action: 'sts:TagSession', Condition: { ArnEquals } },
  ]);
  expect(rules).toEqual([]);
});

test.each([false, true])('with session tags, one statement has both actions (minimized: %s)', (minimize) => {
  app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': minimize } });
  const stack = new Stack(app, 'Stack', HERE);
  associate(stack, { targetRole: targetIn(stack), sessionPolicy: undefined });
  const { added, rules } = deployed(stack);
  expect(added).toEqual([{
    Effect: 'Allow',
    Principal: ROOT,
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^PodsRole/), 'Arn'] } } },
  }]);
  expect(rules).toEqual([]);
});

test('without session tags, minimized policies keep the statements apart', () => {
  app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': true } });
  const stack = new Stack(app, 'Stack', HERE);
  const pods = associate(stack, { targetRole: targetIn(stack), sessionPolicy: undefined });
  pods.sessionPolicy.addStatements(READ); // after the statements were added
  expect(deployed(stack).added.map(({ Action, Condition }) => [Action, Object.keys(Condition)])).toEqual([
    ['sts:AssumeRole', ['ArnEquals', 'StringEquals']], ['sts:TagSession', ['ArnEquals']],
  ]);
});

test.each<[string, Partial<PodIdentityAssociationProps>, boolean]>([
  ['without a session policy, and so with session tags', { sessionPolicy: undefined }, false],
  ['without a session policy and without session tags', { sessionPolicy: undefined, disableSessionTags: true }, true],
])('%s', (_name, props, externalId) => {
  const stack = new Stack(app, 'Stack', HERE);
  associate(stack, { ...props, targetRole: targetIn(stack) });
  const { added, rules } = deployed(stack);
  expect('StringEquals' in added[0].Condition).toBe(externalId);
  expect(rules).toEqual([]);
});

describe('several associations on one target role', () => {
  const make = (stack: Stack, count: number, props: (i: number) => Partial<PodIdentityAssociationProps>) => {
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
    for (let i = 0; i < count; i++) {
      new PodIdentityAssociation(stack, `Pods${i}`, {
        cluster,
        namespace: `ns-${i}`,
        serviceAccount: 'app',
        sessionPolicy: SessionPolicy.fromStatements(READ),
        ...props(i),
      });
    }
  };
  const idOf = (i: number) => `us-east-1/111122223333/prod/ns-${i}/app`;
  const conditionsOf = ({ Condition: { ArnEquals, StringEquals } }: any) => (
    [JSON.stringify(ArnEquals['aws:PrincipalArn']), StringEquals]);
  let stack: Stack;
  let target: iam.Role;

  beforeEach(() => {
    stack = new Stack(app, 'Stack', HERE);
    target = targetIn(stack);
  });

  const mayAssume = (scope: Stack, id: string) => new PodIdentityRole(scope, id, {
    inlinePolicies: {
      assume: new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({
          actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [target.roleArn],
        })],
      }),
    },
  });

  test('on one role share a statement, which IAM accepts for twenty', () => {
    const role = mayAssume(stack, 'Shared');
    make(stack, 20, () => ({ role, targetRole: target }));
    const { added, rules } = deployed(stack);
    expect(rules).toEqual([]);
    expect(added.map((statement) => statement.Condition.StringEquals)).toEqual([
      { 'sts:ExternalId': Array.from({ length: 20 }, (_, i) => idOf(i)) }, undefined,
    ]);
    expect(JSON.stringify(added).length).toBeLessThan(1600);
  });

  test('on different roles keep their own external ids', () => {
    const roles = ['A', 'B'].map((id) => mayAssume(stack, id));
    make(stack, 4, (i) => ({ role: roles[i % 2], targetRole: target }));
    expect(deployed(stack).added.map(conditionsOf)).toEqual([
      [expect.stringContaining('"A'), { 'sts:ExternalId': [idOf(0), idOf(2)] }],
      [expect.stringContaining('"A'), undefined],
      [expect.stringContaining('"B'), { 'sts:ExternalId': [idOf(1), idOf(3)] }],
      [expect.stringContaining('"B'), undefined],
    ]);
  });

  test('of which one has session tags: it comes without an external id', () => {
    const role = mayAssume(stack, 'Shared');
    make(stack, 2, (i) => ({ role, targetRole: target, ...i === 1 && { sessionPolicy: undefined } }));
    expect(deployed(stack).added.map(conditionsOf)).toEqual([[expect.stringContaining('"Shared'), undefined]]);
  });

  test('which get the session policy later', () => {
    const role = mayAssume(stack, 'Shared');
    make(stack, 2, () => ({ role, targetRole: target, sessionPolicy: undefined }));
    for (const id of ['Pods0', 'Pods1']) {
      (stack.node.findChild(id) as PodIdentityAssociation).sessionPolicy.addStatements(READ);
    }
    expect(deployed(stack).added.map((statement) => statement.Condition.StringEquals)).toEqual([
      { 'sts:ExternalId': [idOf(0), idOf(1)] }, undefined,
    ]);
  });

  test('of different regions', () => {
    target = new iam.Role(new Stack(app, 'There', THERE), 'Target', {
      roleName: 'target', assumedBy: new iam.AccountPrincipal('999900001111'),
    });
    const role = iam.Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::111122223333:role/pods');
    make(stack, 1, () => ({ role, targetRole: target }));
    const west = new Stack(app, 'West', { env: { ...HERE.env, region: 'us-west-2' } });
    make(west, 1, () => ({ role, targetRole: target }));
    expect(deployed(Stack.of(target)).added.map((statement) => statement.Condition.StringEquals)).toEqual([
      { 'sts:ExternalId': [idOf(0), idOf(0).replace('us-east-1', 'us-west-2')] }, undefined,
    ]);
  });
});

test('a stack without an environment', () => {
  const stack = new Stack(app, 'Stack');
  associate(stack, { targetRole: targetIn(stack) });
  const { added, rules } = deployed(stack);
  expect(added[0].Condition.StringEquals).toEqual({
    'sts:ExternalId': { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, '/', { Ref: 'AWS::AccountId' }, '/prod/web/app']] },
  });
  expect(rules).toEqual([]);
});

const ASSUME = new iam.PolicyStatement({
  actions: ['sts:AssumeRole', 'sts:TagSession'], resources: ['arn:aws:iam::444455556666:role/target'],
});
const named = (name: RegExp) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, expect.stringMatching(name)]],
});

test.each<[string, (here: Stack) => Partial<PodIdentityAssociationProps>, unknown]>([
  ['with a role of its own', () => ({}), named(/^:iam::111122223333:role\/hereherepodsrole/)],
  ['with a role that has a name', (here) => ({
    role: new PodIdentityRole(here, 'Named', {
      roleName: 'pods', inlinePolicies: { assume: new iam.PolicyDocument({ statements: [ASSUME] }) },
    }),
  }), named(/^:iam::111122223333:role\/pods$/)],
  ['with an imported role',
    (here) => ({ role: iam.Role.fromRoleArn(here, 'Imported', 'arn:aws:iam::111122223333:role/pods') }),
    'arn:aws:iam::111122223333:role/pods'],
])('a target role of another account, %s', (_name, props, principalArn) => {
  const [here, there] = [new Stack(app, 'Here', HERE), new Stack(app, 'There', THERE)];
  associate(here, { ...props(here), targetRole: targetIn(there) });
  const { added, rules } = deployed(there);
  expect(added[0].Condition).toEqual({
    ArnEquals: { 'aws:PrincipalArn': principalArn },
    StringEquals: { 'sts:ExternalId': 'us-east-1/111122223333/prod/web/app' },
  });
  expect(rules).toEqual([]);
});

test.each<[string, () => [Stack, Partial<PodIdentityAssociationProps>, Stack], string[]]>([
  ['a role without a name, for another account', () => {
    const [here, there] = [new Stack(app, 'Here', HERE), new Stack(app, 'There', THERE)];
    const role = new PodIdentityRole(here, 'Unnamed', {
      inlinePolicies: { assume: new iam.PolicyDocument({ statements: [ASSUME] }) },
    });
    return [here, { role, targetRole: targetIn(there) }, there];
  }, ['TargetRoleTrustPolicy']],
  ['another stack of the same environment: the stacks would wait for each other', () => {
    const [here, there] = [new Stack(app, 'Here', HERE), new Stack(app, 'There', HERE)];
    return [here, { targetRole: targetIn(there) }, there];
  }, ['TargetRoleTrustPolicy']],
])('nothing is added for %s; a finding says so', (_name, make, expected) => {
  const [here, props, there] = make();
  associate(here, props);
  expect(deployed(there)).toEqual({ added: [], rules: expected });
});

test.each([true, false])('the statements are there for whoever owns the target role (session policy: %s)', (narrowed) => {
  const stack = new Stack(app, 'Stack', HERE);
  const pods = associate(stack, {
    role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/pods'),
    targetRole: iam.Role.fromRoleArn(stack, 'Target', 'arn:aws:iam::444455556666:role/target'),
    sessionPolicy: undefined,
  });
  const statements = pods.targetRoleTrustStatements();
  if (narrowed) { pods.sessionPolicy.addStatements(READ); }
  const ArnEquals = { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/pods' };
  const StringEquals = { 'sts:ExternalId': 'us-east-1/111122223333/prod/web/app' };
  expect(stack.resolve(statements.map((statement) => statement.toStatementJson()))).toEqual([
    {
      Effect: 'Allow',
      Principal: ROOT,
      Action: 'sts:AssumeRole',
      Condition: { ArnEquals, ...narrowed && { StringEquals } },
    },
    { Effect: 'Allow', Principal: ROOT, Action: 'sts:TagSession', Condition: { ArnEquals } },
  ]);
});

test('without a target role there are no such statements', () => {
  expect(() => associate(new Stack(app, 'Stack'), {}).targetRoleTrustStatements())
    .toThrow('Stack/Pods: the association does not have a target role. Give it a targetRole.');
});
