import { App, Duration, Stack, Token, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { GrantsTo, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole, SessionPolicy } from '../lib';
import { synthesize } from './synthesize';
import { associationsIn, sessionPolicyOf } from './templates';

const READ = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/a/*'] });

let app: App;
let stack: Stack;
let cluster: eks.ICluster;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
});

function associate(props: Partial<PodIdentityAssociationProps> = {}) {
  return new PodIdentityAssociation(stack, 'Pods', { cluster, namespace: 'ns', serviceAccount: 'sa', ...props });
}

test('an association has the names and the cluster that it was given', () => {
  const pods = associate();
  expect(pods).toMatchObject({ namespace: 'ns', serviceAccount: 'sa', clusterName: 'prod' });
  expect(pods.cluster).toBe(cluster);
});

test.each([
  ['arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/a-1', 'prod'],
  [Token.asString({ Ref: 'Arn' }), { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Arn' }] }] }],
])('an imported association knows its cluster by its ARN', (arn, expected) => {
  const { clusterName } = PodIdentityAssociation.fromPodIdentityAssociationArn(stack, 'Imported', arn);
  expect(stack.resolve(clusterName)).toEqual(expected);
});

describe('the role', () => {
  test('is the one that was given', () => {
    const role = new PodIdentityRole(stack, 'Role');
    expect(associate({ role }).role).toBe(role);
  });

  test('of its own can be granted more', () => {
    const pods = associate();
    pods.role.addToPrincipalPolicy(READ);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 's3:GetObject' }] },
    });
  });

  test('is a reference to an L1, made once and only if somebody asks', () => {
    const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: {} });
    const pods = associate({ role });
    expect(pods.node.tryFindChild('Role')).toBeUndefined();
    expect(pods.role).toBe(pods.role);
    expect(stack.resolve(pods.role.roleArn)).toEqual({ 'Fn::GetAtt': ['Role', 'Arn'] });
  });
});

describe('a role without a name', () => {
  const there = () => new Stack(app, 'There', { env: { account: '444455556666', region: 'eu-west-1' } });
  const name = expect.stringMatching(/^:iam::111122223333:role\/stack/);
  const NAMED = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, name]] };

  test.each<[string, () => PodIdentityAssociation]>([
    ['of the association', () => associate()],
    ['of the association, with a session policy', () => associate({ grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE })],
    ['that is given', () => associate({
      role: new PodIdentityRole(stack, 'Role'), grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE,
    })],
  ])('%s gets one for a bucket of another account, and for its key', (_name, make) => {
    const encryptionKey = new kms.Key(there(), 'Key', { alias: 'their-key' });
    const bucket = new s3.Bucket(encryptionKey.stack, 'Bucket', { bucketName: 'their-bucket', encryptionKey });
    bucket.grantRead(make());
    expect(synthesize(app)).toMatchObject({ failed: false });
    const [{ Properties: policy }] = Object.values<any>(
      Template.fromStack(bucket.stack).findResources('AWS::S3::BucketPolicy'),
    );
    expect(policy.PolicyDocument.Statement).toEqual([expect.objectContaining({ Principal: { AWS: NAMED } })]);
    const [{ Properties: role }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    expect(role.RoleName).toMatch(/^stack/);
  });

  test('has none if nobody else refers to it', () => {
    new s3.Bucket(stack, 'Bucket').grantRead(associate());
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { RoleName: Match.absent() });
  });
});

test('a role takes what iam.Role takes, but for its trust policy', () => {
  new PodIdentityRole(stack, 'Role', { maxSessionDuration: Duration.hours(4), roleName: 'pods' });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { MaxSessionDuration: 14400, RoleName: 'pods' });
});

describe('toJSON of a session policy', () => {
  beforeEach(() => {
    Validations.of(app).acknowledge({ id: 'PodIdentity::NoEffectivePermissions', reason: 'looked at elsewhere' });
  });

  test('of an association is what is deployed, and can still be added to', () => {
    const pods = associate({ role: new PodIdentityRole(stack, 'Role') });
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.grantRead(pods);
    expect(pods.sessionPolicy.toJSON().Statement[0].Resource[0]).toEqual({ 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] });
    pods.sessionPolicy.addStatements(READ.copy());
    const document = pods.sessionPolicy.toJSON();
    const asText = (value: any): any => JSON.parse(JSON.stringify(value, (_key, v) => {
      if (v?.['Fn::GetAtt']) { return `\${${v['Fn::GetAtt'].join('.')}}`; }
      return v?.['Fn::Join'] ? v['Fn::Join'][1].map((part: any) => asText(part)).join('') : v;
    }));
    expect(asText(document)).toEqual(sessionPolicyOf(associationsIn(Template.fromStack(stack).toJSON())[0]));
  });

  test('of literal values matches the template', () => {
    const sessionPolicy = SessionPolicy.fromStatements(READ.copy());
    const pods = associate({ role: new PodIdentityRole(stack, 'Role'), sessionPolicy });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Policy: Match.serializedJson(pods.sessionPolicy.toJSON()),
    });
    expect(JSON.parse(JSON.stringify(pods.sessionPolicy))).toEqual(pods.sessionPolicy.toJSON());
  });

  test('of one that belongs to no association has its tokens', () => {
    const { bucketArn } = new s3.Bucket(stack, 'Bucket');
    const statement = new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] });
    const policy = SessionPolicy.fromStatements(statement);
    expect(policy.toJSON().Statement).toEqual([{ Effect: 'Allow', Action: 's3:ListBucket', Resource: bucketArn }]);
    expect(stack.resolve(policy.toJSON()).Statement[0].Resource).toEqual({ 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] });
  });

  test('leaves statements as they are', () => {
    const statement = READ.copy();
    const sessionPolicy = SessionPolicy.fromStatements(statement);
    const pods = associate({ role: new PodIdentityRole(stack, 'Role'), sessionPolicy });
    pods.sessionPolicy.toJSON();
    statement.addActions('s3:PutObject');
    expect(pods.sessionPolicy.toJSON().Statement[0].Action).toEqual(['s3:GetObject', 's3:PutObject']);
  });

  test('is nothing if the policy is empty', () => {
    expect(SessionPolicy.fromStatements().toJSON()).toBeUndefined();
    expect(associate().sessionPolicy.toJSON()).toBeUndefined();
  });
});
