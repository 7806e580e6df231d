import { App, CfnJson, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole, SessionPolicy } from '../../lib';
import '../without-cdk-validation';

/** The Policy of an association whose pods may stop instances under conditions. */
function policyWith(conditionsIn: (stack: Stack, name: string) => any, use: 'grant' | 'session policy' = 'grant') {
  const stack = new Stack(new App(), 'S');
  const role = new PodIdentityRole(stack, 'Role');
  role.addToPolicy(new iam.PolicyStatement({ actions: ['ec2:*'], resources: ['*'] }));
  const conditions = conditionsIn(stack, new CfnParameter(stack, 'Name').valueAsString);
  const statement = { actions: ['ec2:StopInstances'], resources: ['*'], conditions };
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'prod' });
  const pods = new PodIdentityAssociation(stack, 'Pods', {
    cluster,
    namespace: 'ns',
    serviceAccount: 'sa',
    role,
    grantsTo: GrantsTo.SESSION_POLICY,
    ...use === 'grant' ? {} : { sessionPolicy: SessionPolicy.fromStatements(new iam.PolicyStatement(statement)) },
  });
  if (use === 'grant') {
    iam.Grant.addToPrincipal({ ...statement, grantee: pods, resourceArns: statement.resources });
  }
  const [{ Properties: { Policy } }] = Object.values(
    Template.fromStack(stack).findResources('AWS::EKS::PodIdentityAssociation'),
  );
  return Policy;
}

const written = (Condition: object) => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ec2:StopInstances', Resource: '*', Condition }],
});

/** The text, with the value of the parameter. */
const withName = (policy: any) => JSON.parse(typeof policy === 'string'
  ? policy
  : policy['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'prod')).join(''));

const TAG = 'aws:ResourceTag/cluster/';

describe.each(['grant', 'session policy'] as const)('in a %s', (use) => {
  test.each<[string, Parameters<typeof policyWith>[0], object]>([
    ['a key with a token', (_, name) => ({ StringEquals: { [`${TAG}${name}`]: 'owned' } }),
      { StringEquals: { [`${TAG}prod`]: 'owned' } }],
    ['a key with a token beside others', (_, name) => ({
      StringEquals: { 'aws:SourceVpc': ['b', 'a'], [`${TAG}${name}`]: name }, Bool: { 'aws:SecureTransport': 'true' },
    }), { StringEquals: { 'aws:SourceVpc': ['b', 'a'], [`${TAG}prod`]: 'prod' }, Bool: { 'aws:SecureTransport': 'true' } }],
    ['a CfnJson',
      (stack, name) => ({ StringEquals: new CfnJson(stack, 'Json', { value: { [`${TAG}${name}`]: 'owned' } }) }),
      { StringEquals: { [`${TAG}prod`]: 'owned' } }],
    ['a CfnJson without tokens',
      (stack) => ({ StringEquals: new CfnJson(stack, 'Json', { value: { [`${TAG}x`]: ['b', 'a'] } }) }),
      { StringEquals: { [`${TAG}x`]: ['a', 'b'] } }],
    ['a value that is joined from a list',
      (_, name) => ({ StringEquals: { [`${TAG}x`]: Fn.join('-', ['z', name, 'a']) } }),
      { StringEquals: { [`${TAG}x`]: expect.stringContaining('prod') } }],
  ])('%s', (_name, conditions, expected) => {
    expect(withName(policyWith(conditions, use))).toEqual(written(expected));
  });

  test('a reference in place of conditions is refused', () => {
    const value = (stack: Stack) => ({ StringEquals: new CfnJson(stack, 'Json', { value: {} }).value });
    expect(() => policyWith(value, use)).toThrow(
      'S/Pods: the conditions of a session policy are a reference, S/Json/Resource/Default.Value. CloudFormation cannot write '
      + 'an object into the text of a policy. Give the conditions as an object, whose keys may contain tokens; '
      + 'for a CfnJson, give the CfnJson itself, not its value.',
    );
  });
});

test('the size of a session policy without an association', () => {
  const stack = new Stack(new App(), 'S');
  const conditions = { StringEquals: new CfnJson(stack, 'Json', { value: { [`${TAG}x`]: 'owned' } }) };
  const { size } = SessionPolicy.fromStatements(
    new iam.PolicyStatement({ actions: ['ec2:StopInstances'], resources: ['*'], conditions }),
  );
  expect(size.minimum).toBeGreaterThan(80);
});
