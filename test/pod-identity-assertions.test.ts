import { App, CfnCondition, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PodIdentityAssertions, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole, RolePermissions, SessionPolicy } from '../lib';

const allow = (action: string, ...resources: string[]) => new iam.PolicyStatement({ actions: [action], resources });
const document = (...statements: iam.PolicyStatement[]) => new iam.PolicyDocument({ statements });

let app: App;
let stack: Stack;
let bucket: s3.Bucket;
let role: PodIdentityRole;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
  bucket = new s3.Bucket(stack, 'Bucket');
  role = new PodIdentityRole(stack, 'Role', {
    inlinePolicies: {
      access: document(allow('s3:*', '*'), allow('sqs:*', '*'),
        new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:DeleteBucket'], resources: ['*'] })),
    },
  });
});

function associate(id: string, props: Partial<PodIdentityAssociationProps> = {}, ...session: iam.PolicyStatement[]): PodIdentityAssociation {
  return new PodIdentityAssociation(stack, id, {
    cluster: eks.Cluster.fromClusterAttributes(stack, `${id}Cluster`, { clusterName: 'prod' }),
    namespace: id.toLowerCase(),
    serviceAccount: 'app',
    role,
    sessionPolicy: session.length === 0 ? undefined : SessionPolicy.fromStatements(...session),
    ...props,
  });
}

const podsOf = (namespace: string) => PodIdentityAssertions.fromStack(stack).serviceAccount(namespace, 'app');

describe('a tenant with a session policy', () => {
  beforeEach(() => {
    associate('TenantA', {}, allow('s3:Get*', bucket.arnForObjects('tenant-a/*')), allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:q'),
      new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions: { StringLike: { 's3:prefix': 'tenant-a/*' } } }));
  });

  test('what they may do', () => {
    const pods = podsOf('tenanta');
    pods.allows('s3:GetObject', bucket.arnForObjects('tenant-a/*'));
    pods.allows('s3:GetObject', bucket.arnForObjects('tenant-a/key'));
    pods.allows('s3:GetObject*', bucket.arnForObjects('tenant-a/*'));
    pods.allows('s3:ListBucket', bucket.bucketArn, { conditions: { StringEquals: { 's3:prefix': 'tenant-a/x' } } });
  });

  test('what they may not do', () => {
    const pods = podsOf('tenanta');
    pods.denies('s3:Put*');
    pods.denies('s3:GetObject', bucket.arnForObjects('tenant-b/*'));
    pods.denies('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:other');
    pods.denies('dynamodb:*');
    pods.denies('s3:ListBucket', '*', { conditions: { StringEquals: { 's3:prefix': 'tenant-b/x' } } });
  });

  test.each<[string, () => void, string]>([
    ['an action too many', () => podsOf('tenanta').allows('s3:PutObject', bucket.arnForObjects('tenant-a/*')),
      "the pods of service account 'app' in namespace 'tenanta' (Stack/TenantA) are not allowed s3:PutObject on arn:${AWS::Partition}:s3:::${Bucket83908E77}/tenant-a/*: "],
    ['and why', () => podsOf('tenanta').allows('s3:PutObject', bucket.arnForObjects('tenant-a/*')), 'is denied, no statement of the session policy allows it.'],
    ['more than the tenant', () => podsOf('tenanta').allows('s3:GetObject', bucket.arnForObjects('*')), 'is denied, no statement of the session policy allows it.'],
    ['without the condition', () => podsOf('tenanta').allows('s3:ListBucket', bucket.bucketArn), 'without s3:prefix) is denied'],
    ['something that is allowed', () => podsOf('tenanta').denies('sqs:*'),
      'are not denied all of sqs:* on *. They are allowed: {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:111122223333:q"}.'],
    ['a name that the generated one may be', () => podsOf('tenanta').denies('s3:GetObject', 'arn:aws:s3:::data/*'),
      'could not be proven: values that are known at deployment only, such as generated names, may be any.'],
    ['an action that is none', () => podsOf('tenanta').allows('GetObject', '*'), 'Action'],
  ])('%s is said', (_name, act, message) => {
    expect(act).toThrow(message);
  });

  test('all of it as one policy', () => {
    const { document: effective, omitted } = podsOf('tenanta').effectivePermissions();
    expect(omitted).toEqual([]);
    expect(effective.Statement).toEqual([
      { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:${AWS::Partition}:s3:::${Bucket83908E77}/tenant-a/*' },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:${AWS::Partition}:s3:::${Bucket83908E77}', Condition: { StringLike: { 's3:prefix': 'tenant-a/*' } } },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:111122223333:q' },
    ]);
  });
});

test('without a session policy, the role decides', () => {
  associate('All');
  podsOf('all').allows('s3:PutObject', '*');
  podsOf('all').denies('s3:DeleteBucket');
  expect(() => podsOf('all').allows('s3:*', '*')).toThrow(/s3:DeleteBucket on .* is denied, statement 2 of inline policy 'access' of Stack\/Role denies it/);
});

test('a role that is not all known: what the session policy does not allow is denied anyway', () => {
  const imported = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/pods');
  associate('Theirs', { role: imported }, allow('s3:Get*', '*'));
  const pods = podsOf('theirs');
  pods.denies('s3:Put*');
  expect(() => pods.allows('s3:GetObject', 'arn:aws:s3:::data/x')).toThrow(/^Whether the pods .* could not be told: the role .* is not defined in this app/);
  expect(() => pods.denies('s3:Get*')).toThrow(/could not be proven: the role .* is not defined in this app/);
  expect(() => pods.effectivePermissions()).toThrow(/is not known: the role .* is not defined in this app/);
});

test('a role that is told', () => {
  const imported = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/pods');
  associate('Theirs', { role: imported, rolePermissions: [RolePermissions.ofRole(imported, { identityPolicies: [document(allow('s3:*', '*'))] })] }, allow('s3:Get*', '*'));
  podsOf('theirs').allows('s3:GetObject', 'arn:aws:s3:::data/x');
});

describe('conditions of the template', () => {
  beforeEach(() => {
    new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Stage').valueAsString, 'prod') });
    const policy = new iam.CfnPolicy(stack, 'More', { policyName: 'more', policyDocument: document(allow('ssm:GetParameter', '*')), roles: [role.roleName] });
    policy.addOverride('Condition', 'IsProd');
    associate('Some');
  });

  test('an assertion has to hold in all cases', () => {
    podsOf('some').allows('s3:GetObject', '*');
    expect(() => podsOf('some').allows('ssm:GetParameter', '*')).toThrow('are not allowed ssm:GetParameter');
    expect(() => podsOf('some').denies('ssm:GetParameter', '*')).toThrow('are not denied all of ssm:GetParameter');
    expect(() => podsOf('some').effectivePermissions()).toThrow('differs with the conditions of the templates');
  });

  test('an association that is deployed in one case only', () => {
    (stack.node.findChild('Some').node.defaultChild as CfnResource).addOverride('Condition', 'IsProd');
    podsOf('some').allows('ssm:GetParameter', '*');
  });
});

describe('which service account', () => {
  test('that the app does not have', () => {
    associate('Web');
    expect(() => podsOf('other')).toThrow("The app has no association for service account 'app' in namespace 'other'. It has: web/app of prod (Stack/Web).");
  });

  test('that several clusters have', () => {
    associate('Web');
    associate('Web2', { namespace: 'web', cluster: eks.Cluster.fromClusterAttributes(stack, 'Other', { clusterName: 'test' }) });
    expect(() => podsOf('web')).toThrow('Give the name of the cluster.');
    PodIdentityAssertions.fromApp(app).serviceAccount('web', 'app', 'test').allows('s3:GetObject', '*');
  });
});
