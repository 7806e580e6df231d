import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole, SessionPolicy } from '../lib';
import { synthesize } from './synthesize';

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
    roleName: 'target', assumedBy: new iam.AccountPrincipal('999900001111'), inlinePolicies: { read: new iam.PolicyDocument({ statements: [READ] }) },
  });
}

/** The statements that the association adds to the trust policy of the target role. */
function added(stack: Stack): any[] {
  const roles = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role', { Properties: { RoleName: 'target' } }));
  return roles[0].Properties.AssumeRolePolicyDocument.Statement.slice(1);
}

test('a target role of the same stack trusts the role, with the external id that is made of names', () => {
  const stack = new Stack(app, 'Stack', HERE);
  associate(stack, { targetRole: targetIn(stack) });
  expect(added(stack)).toEqual([{
    Effect: 'Allow',
    Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^PodsRole/), 'Arn'] } },
      StringEquals: { 'sts:ExternalId': 'us-east-1/111122223333/prod/web/app' },
    },
  }]);
  expect(synthesize(app).findings).toEqual([]);
});

test.each<[string, Partial<PodIdentityAssociationProps>, boolean]>([
  ['without a session policy, and so with session tags', { sessionPolicy: undefined }, false],
  ['without a session policy and without session tags', { sessionPolicy: undefined, disableSessionTags: true }, true],
])('%s', (_name, props, externalId) => {
  const stack = new Stack(app, 'Stack', HERE);
  associate(stack, { ...props, targetRole: targetIn(stack) });
  expect('StringEquals' in added(stack)[0].Condition).toBe(externalId);
});

test('a stack without an environment', () => {
  const stack = new Stack(app, 'Stack');
  associate(stack, { targetRole: targetIn(stack) });
  expect(added(stack)[0].Condition.StringEquals).toEqual({
    'sts:ExternalId': { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, '/', { Ref: 'AWS::AccountId' }, '/prod/web/app']] },
  });
  expect(synthesize(app).findings).toEqual([]);
});

test.each<[string, (here: Stack) => Partial<PodIdentityAssociationProps>, unknown]>([
  ['with a role of its own', () => ({}), { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/here-herepodsrole6dc18498d4c2c1a9a3d5']] }],
  ['with a role that has a name', (here) => ({ role: new PodIdentityRole(here, 'Named', { roleName: 'pods' }) }),
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/pods']] }],
  ['with an imported role', (here) => ({ role: iam.Role.fromRoleArn(here, 'Imported', 'arn:aws:iam::111122223333:role/pods') }),
    'arn:aws:iam::111122223333:role/pods'],
])('a target role of another account, %s', (_name, props, principalArn) => {
  const [here, there] = [new Stack(app, 'Here', HERE), new Stack(app, 'There', THERE)];
  associate(here, { ...props(here), targetRole: targetIn(there) });
  const [statement] = added(there);
  expect(statement.Condition).toEqual({
    ArnEquals: { 'aws:PrincipalArn': typeof principalArn === 'string' ? principalArn : expect.objectContaining({ 'Fn::Join': expect.anything() }) },
    StringEquals: { 'sts:ExternalId': 'us-east-1/111122223333/prod/web/app' },
  });
});

test.each<[string, () => [Stack, Partial<PodIdentityAssociationProps>, Stack]]>([
  ['a role without a name, for another account', () => {
    const [here, there] = [new Stack(app, 'Here', HERE), new Stack(app, 'There', THERE)];
    return [here, { role: new PodIdentityRole(here, 'Unnamed'), targetRole: targetIn(there) }, there];
  }],
  ['another stack of the same environment: the stacks would wait for each other', () => {
    const [here, there] = [new Stack(app, 'Here', HERE), new Stack(app, 'There', HERE)];
    return [here, { targetRole: targetIn(there) }, there];
  }],
])('nothing is added for %s', (_name, make) => {
  const [here, props, there] = make();
  associate(here, props);
  expect(added(there)).toEqual([]);
});

test('the statement is there for whoever owns the target role', () => {
  const stack = new Stack(app, 'Stack', HERE);
  const pods = associate(stack, {
    role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/pods'),
    targetRole: iam.Role.fromRoleArn(stack, 'Target', 'arn:aws:iam::444455556666:role/target'),
  });
  expect(stack.resolve(pods.targetRoleTrustStatement().toStatementJson())).toEqual({
    Effect: 'Allow',
    Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/pods' },
      StringEquals: { 'sts:ExternalId': 'us-east-1/111122223333/prod/web/app' },
    },
  });
});

test('without a target role there is no such statement', () => {
  expect(() => associate(new Stack(app, 'Stack'), {}).targetRoleTrustStatement()).toThrow('Stack/Pods: there is no target role. Give targetRole to the association.');
});
