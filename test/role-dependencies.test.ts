import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IDependable } from 'constructs';
import { GrantsTo, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole } from '../lib';

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  const reason = 'looked at elsewhere';
  Validations.of(app).acknowledge(...[
    'NarrowingUndetermined', 'NoEffectivePermissions', 'SessionPolicyExceedsRole', 'SessionPolicyDoesNotNarrow',
    'UnscopedAssociation', 'TargetRoleNotAssumable',
  ].map((rule) => ({ id: `PodIdentity::${rule}`, reason })));
  stack = new Stack(app, 'Stack');
});

function associate(id: string, props: Partial<PodIdentityAssociationProps> = {}, scope: Construct = stack) {
  const cluster = eks.Cluster.fromClusterAttributes(scope, `${id}Cluster`, { clusterName: 'prod' });
  const names = { cluster, namespace: 'ns', serviceAccount: id.toLowerCase() };
  return new PodIdentityAssociation(scope, id, { ...names, ...props });
}

/** A role of the stack with a policy of its own. */
function roleWithPolicy(id = 'Role', scope: Construct = stack) {
  const role = new PodIdentityRole(scope, id);
  new sqs.Queue(scope, `${id}Queue`).grantSendMessages(role);
  return role;
}

function dependent(on: IDependable, id = 'Chart', scope: Construct = stack) {
  const chart = new CfnResource(scope, id, { type: 'Custom::Chart' });
  chart.node.addDependency(on);
  return chart;
}

/** What `id` waits for, by the names of constructs. */
function waitsFor(id = 'Chart', of = stack): string[] {
  const { Resources: resources } = Template.fromStack(of).toJSON();
  return [...resources[id].DependsOn ?? []].map((name: string) => name.replace(/[0-9A-F]{8}$/, '')).sort();
}

test('what depends on an association waits for the policy of a given role', () => {
  dependent(associate('Pods', { role: roleWithPolicy() }));
  expect(waitsFor()).toEqual(['Pods', 'RoleDefaultPolicy', 'Role'].sort());
});

test('so does what depends on a grant, and on a construct around it', () => {
  const shared = roleWithPolicy();
  const around = new Construct(stack, 'Around');
  const pods = associate('Pods', { role: shared, grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE });
  new s3.Bucket(stack, 'Bucket').grantRead(pods).applyBefore(around);
  const chart = new CfnResource(around, 'Chart', { type: 'Custom::Chart' });
  expect(waitsFor(stack.getLogicalId(chart))).toEqual(['Pods', 'Role', 'RoleDefaultPolicy']);
});

test.each<[string, () => Partial<PodIdentityAssociationProps>, string[]]>([
  ['a target role', () => ({ role: new PodIdentityRole(stack, 'Own'), targetRole: roleWithPolicy('Target') }),
    ['Own', 'Pods', 'Target', 'TargetDefaultPolicy']],
  ['a role of its own', () => ({}), ['Pods', 'PodsRole', 'PodsRoleDefaultPolicy']],
  ['a role without policy updates', () => ({ role: roleWithPolicy().withoutPolicyUpdates() }),
    ['Pods', 'Role', 'RoleDefaultPolicy']],
  ['an imported role that gets a policy', () => {
    const role = iam.Role.fromRoleName(stack, 'Imported', 'shared');
    new sqs.Queue(stack, 'Queue').grantSendMessages(role);
    return { role };
  }, ['ImportedPolicy', 'Pods']],
  ['a role of another stack, which is deployed before',
    () => ({ role: roleWithPolicy('Role', new Stack(app, 'Roles')) }), ['Pods']],
])('%s', (_name, props, expected) => {
  const pods = associate('Pods', props());
  new sqs.Queue(stack, 'Jobs').grantSendMessages(pods);
  dependent(pods);
  expect(waitsFor()).toEqual(expected);
});

describe('no dependency ends in a circle', () => {
  /** The resources that something needs, in the order in which they can be made. */
  function expectOrder() {
    const { Resources: resources } = Template.fromStack(stack).toJSON();
    const needs = new Map(Object.entries<any>(resources).map(([id, resource]) => {
      const text = JSON.stringify(resource);
      const refs = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].map(([, name]) => name);
      return [id, new Set([...refs, ...[resource.DependsOn ?? []].flat()].filter((name) => name in resources))];
    }));
    for (let size = -1; size !== needs.size;) {
      size = needs.size;
      for (const [id, others] of needs) {
        if ([...others].every((other) => !needs.has(other))) { needs.delete(id); }
      }
    }
    expect([...needs.keys()]).toEqual([]);
  }

  test('if the role may use what depends on the association', () => {
    const role = roleWithPolicy();
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.node.addDependency(associate('Pods', { role }));
    bucket.grantRead(role);
    expectOrder();
  });

  test('if the role may use a resource whose name a dependent resource returns', () => {
    const role = roleWithPolicy();
    const chart = dependent(associate('Pods', { role }));
    const bucket = new s3.Bucket(stack, 'Bucket', { bucketName: chart.getAtt('BucketName').toString() });
    bucket.grantRead(associate('Others', { role, grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE }));
    dependent(stack.node.findChild('Others'), 'OtherChart');
    expectOrder();
  });

  test('if the roles of two associations use what depends on the other', () => {
    const [one, two] = [roleWithPolicy('One'), roleWithPolicy('Two')];
    const ofOne = new s3.Bucket(stack, 'OfOne');
    const ofTwo = new s3.Bucket(stack, 'OfTwo');
    ofOne.node.addDependency(associate('PodsOne', { role: one }));
    ofTwo.node.addDependency(associate('PodsTwo', { role: two }));
    ofOne.grantRead(two);
    ofTwo.grantRead(one);
    expectOrder();
  });

  test('if the association and its dependents are below the role', () => {
    const role = roleWithPolicy();
    const pods = associate('Pods', { role }, role);
    dependent(pods, 'First', role);
    dependent(pods, 'Second', role);
    expectOrder();
  });
});

test('asking for dependencies early leaves statements as they are', () => {
  const role = new PodIdentityRole(stack, 'Role');
  const statement = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] });
  role.addToPolicy(statement);
  const chart = dependent(associate('Pods', { role }));
  expect(chart.node.dependencies.map((one) => one.node.path)).toEqual(['Stack/Pods', 'Stack/Role']);
  expect(() => statement.addActions('s3:PutObject')).not.toThrow();
});
