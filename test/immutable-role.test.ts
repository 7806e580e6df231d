import { App, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole } from '../lib';
import { associationsIn } from './templates';

const env = { account: '111122223333', region: 'eu-west-1' };
const ROLE_ARN = 'arn:aws:iam::111122223333:role/shared';
const { SESSION_POLICY, SESSION_POLICY_AND_ROLE, ROLE } = GrantsTo;

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  Validations.of(app).acknowledge(
    { id: 'PodIdentity::NarrowingUndetermined', reason: 'looked at elsewhere' },
    { id: 'PodIdentity::NoEffectivePermissions', reason: 'looked at elsewhere' },
  );
  stack = new Stack(app, 'Stack', { env });
});

function associate(role: iam.IRole, grantsTo: GrantsTo, more: { targetRole?: iam.IRole } = {}): PodIdentityAssociation {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
  const names = { cluster, namespace: 'ns', serviceAccount: 'sa' };
  return new PodIdentityAssociation(stack, 'Pods', { ...names, role, grantsTo, ...more });
}

const warnings = () => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('grantsTo'))
  .map(({ id, entry }) => `${id}: ${entry.data}`);
const policies = (of = stack) => Object.keys(Template.fromStack(of).findResources('AWS::IAM::Policy'));
const WARNING = (grantsTo: GrantsTo, role: string) => expect.stringContaining(
  `/Stack/Pods/Resource: grantsTo is GrantsTo.${grantsTo}, but the CDK adds no policies to ${role}: it was imported with`,
);

const imported = () => iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN, { mutable: false });
const ofAnotherAccount = () => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::444455556666:role/shared');
const updatedElsewhere = () => new PodIdentityRole(stack, 'Role').withoutPolicyUpdates();
const ofAnotherStack = () => new PodIdentityRole(new Stack(app, 'Roles', { env }), 'Role').withoutPolicyUpdates();

describe.each<[string, () => iam.IRole, string]>([
  ['an imported role', imported, 'Stack/Role'],
  ['a role without policy updates', updatedElsewhere, 'Stack/ImmutableRoleRole'],
  ['a role without policy updates of another stack', ofAnotherStack, 'Roles/ImmutableRoleRole'],
])('%s', (_name, role, path) => {
  test.each([SESSION_POLICY_AND_ROLE, ROLE])('%s: the loss is said once, and nothing is attached', (grantsTo) => {
    const pods = associate(role(), grantsTo);
    expect(new s3.Bucket(stack, 'One').grantRead(pods).success).toBe(true);
    new s3.Bucket(stack, 'Two').grantRead(pods);
    expect(policies()).toEqual([]);
    expect(warnings()).toEqual([WARNING(grantsTo, path)]);
    expect(associationsIn(Template.fromStack(stack).toJSON())[0].Policy !== undefined).toBe(grantsTo !== ROLE);
  });

  test('nothing granted, or to the session policy only: nothing is said', () => {
    const pods = associate(role(), SESSION_POLICY);
    new s3.Bucket(stack, 'One').grantRead(pods);
    expect(warnings()).toEqual([]);
  });
});

test('a target role of another account, which the CDK does not change either', () => {
  const own = new PodIdentityRole(stack, 'Own');
  Validations.of(app).acknowledge({ id: 'PodIdentity::TargetRoleNotAssumable', reason: 'looked at elsewhere' });
  const pods = associate(own, SESSION_POLICY_AND_ROLE, { targetRole: ofAnotherAccount() });
  new s3.Bucket(stack, 'One').grantRead(pods);
  expect(policies()).toEqual([]);
  expect(warnings()).toEqual([WARNING(SESSION_POLICY_AND_ROLE, 'Stack/Role')]);
});

test('a mutable role', () => {
  const pods = associate(iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN), SESSION_POLICY_AND_ROLE);
  new s3.Bucket(stack, 'One').grantRead(pods);
  expect([policies().length, warnings()]).toEqual([1, []]);
});

describe('a role whose grants go to resources', () => {
  const role = () => iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN, { mutable: false, addGrantsToResources: true });

  test.each([SESSION_POLICY_AND_ROLE, ROLE])('%s: the grant goes to the resource, so nothing is said', (grantsTo) => {
    const grant = new s3.Bucket(stack, 'One').grantRead(associate(role(), grantsTo));
    expect([grant.principalStatements.length, grant.resourceStatements.length]).toEqual([0, 1]);
    grant.assertSuccess();
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [{ Principal: { AWS: ROLE_ARN } }] },
    });
    expect(warnings()).toEqual([]);
  });

  test('a grant that cannot go to the resource does not succeed, as with the role itself', () => {
    const pods = associate(role(), SESSION_POLICY_AND_ROLE);
    const resourceArns = [new sqs.Queue(stack, 'Q').queueArn];
    const grant = iam.Grant.addToPrincipal({ grantee: pods, actions: ['sqs:SendMessage'], resourceArns });
    expect(() => grant.assertSuccess()).toThrow('could not be added');
  });
});

test('the warning can be acknowledged', () => {
  const pods = associate(imported(), SESSION_POLICY_AND_ROLE);
  Validations.of(pods).acknowledge({ id: 'cdk-eks-pod-identity:grantToImmutableRole', reason: 'added elsewhere' });
  new s3.Bucket(stack, 'One').grantRead(pods);
  expect(warnings()).toEqual([]);
});
