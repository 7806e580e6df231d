/* eslint-disable @stylistic/max-len -- a template is easier to compare on one line */
import { association, findingsIn, findingsOf, role, stackOf, US } from './app';
import {
  agent, AUTO_MODE, CLUSTER, clusterStack, customCluster, exportingStack, IMPORTED, nodeGroup, profile, resource, TO_CLUSTER,
} from './clusters';
import { causeOf } from '../../lib/analysis/finding-groups';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { runRules } from '../../lib/rules/run-rules';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';

const OTHER = { id: 'Other', pathOf: (id: string) => `Other/${id}` };
const ON_OTHER = { ClusterName: { Ref: 'OtherCluster' } };
const pods = (clusterName: unknown) => association(undefined, { ClusterName: clusterName });
const podsOn = (clusterName: unknown, more: Partial<StackTemplate> = OTHER, resources = {}) => (
  stackOf({ Role: role([]), Pods: pods(clusterName), ...resources }, more));
const named = (name: unknown) => ({ Type: 'AWS::EKS::Cluster', Properties: { Name: name } });
const helm = (properties = {}) => resource('Custom::AWSCDK-EKS-HelmChart', { Chart: 'eks-pod-identity-agent', ...properties });
const NESTED = { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Name: TO_CLUSTER } } };
const IN_NESTED = { id: 'Nested', pathOf: (id: string) => `Nested/${id}`, parent: { stackId: 'Stack', logicalId: 'Nested' } };
const IF_OLD = { Condition: 'Old' };
const CONDITIONS = {
  Conditions: { Old: { 'Fn::Equals': [{ Ref: 'Age' }, 'old'] }, Never: { 'Fn::Equals': ['a', 'b'] } },
  Parameters: { Age: { Type: 'String' } },
};

const codes = (...stacks: StackTemplate[]) => findingsOf('AgentMissing', ...stacks).map(
  ({ association: { path }, code }) => `${path} ${code}`);

test('the message names the cluster, what is missing and the pods; the fix is a line of the app', () => {
  const [{ severity, property, message, fix }] = findingsOf('AgentMissing', clusterStack());
  expect([severity, property]).toEqual(['warning', 'ClusterName']);
  for (const said of ['Stack/Pods', 'Stack/Cluster', 'no add-on eks-pod-identity-agent', 'no Auto Mode', "'sa'", "'ns'"]) {
    expect(message).toContain(said);
  }
  expect(fix).toContain('PodIdentityAgent.ensureOn(cluster).');
  expect(fix).toContain('acknowledge this rule');
});

test('a reader of templates is told about properties and options', () => {
  const settings = { ...DEFAULT_SETTINGS, reader: 'templates' as const };
  const [{ message, fix }] = runRules(new TemplateSet([clusterStack()]), { settings });
  expect(message).toContain('nothing in the given templates');
  expect(fix).toBe('Add an AWS::EKS::Addon with AddonName eks-pod-identity-agent and the ClusterName of Stack/Pods. If something else '
    + 'installs the agent, such as another template, turn this rule off (--severity AgentMissing=off).');
});

test.each<[string, StackTemplate[], string[]?]>([
  ['a cluster of CloudFormation', [clusterStack()]],
  ['the custom resource of aws-eks', [clusterStack({ Cluster: customCluster() })]],
  ['Auto Mode off', [clusterStack({ Cluster: { ...CLUSTER, Properties: { ComputeConfig: { Enabled: false } } } })]],
  ['Auto Mode off, as text', [clusterStack({ Cluster: { ...CLUSTER, Properties: { ComputeConfig: { Enabled: 'false' } } } })]],
  ['Auto Mode off in the input of aws-eks', [clusterStack({ Cluster: customCluster({ computeConfig: { enabled: false } }) })]],
  ['Auto Mode without a value', [clusterStack({ Cluster: { ...CLUSTER, Properties: { ComputeConfig: { Ref: 'AWS::NoValue' } } } })]],
  ['a cluster by its name', [clusterStack({ Cluster: named('prod'), Pods: pods('prod') })]],
  ['a cluster of aws-eks by its name', [clusterStack({ Cluster: customCluster({ name: 'prod' }), Pods: pods('prod') })]],
  ['a name from one parameter', [clusterStack({ Cluster: named({ Ref: 'Name' }), Pods: pods({ Ref: 'Name' }) })]],
  ['a cluster of another stack', [exportingStack(), podsOn(IMPORTED)], ['Other/Pods NoAgent']],
  ['a cluster whose name goes down to a nested stack',
    [clusterStack({ Pods: undefined, Nested: NESTED }), podsOn({ Ref: 'Name' }, IN_NESTED)], ['Nested/Pods NoAgent']],
  ['a cluster of another stack by its name', [exportingStack({ Cluster: named('prod') }), podsOn('prod')], ['Other/Pods NoAgent']],
  ['other add-ons', [clusterStack({ Dns: agent({ AddonName: 'coredns' }) })]],
  ['the agent of another cluster', [clusterStack({ OtherCluster: CLUSTER, Agent: agent(ON_OTHER) })]],
  ['the agent of a cluster with another name',
    [clusterStack({ Cluster: named('prod'), Pods: pods('prod'), Agent: agent({ ClusterName: 'test' }) })]],
  ['the agent of a cluster in another region', [
    clusterStack({ Cluster: named('prod'), Pods: pods('prod') }, US),
    podsOn('test', { ...US, ...OTHER, region: 'eu-west-1' }, { Agent: agent({ ClusterName: 'prod' }) }),
  ]],
  ['the agent of another cluster of aws-eks, whose name is not known',
    [clusterStack({ Cluster: customCluster(), OtherCluster: customCluster(), Agent: agent(ON_OTHER) })]],
  ['the agent of a cluster from a parameter, in another region', [
    clusterStack({}, US), podsOn('test', { ...US, ...OTHER, region: 'eu-west-1' }, { Agent: agent({ ClusterName: { Ref: 'Name' } }) }),
  ]],
  ['the agent of a cluster from a parameter, in another account', [
    clusterStack({}, US), podsOn('test', { ...US, ...OTHER, account: '444455556666' }, { Agent: agent({ ClusterName: { Ref: 'Name' } }) }),
  ]],
  ['a chart of another cluster', [clusterStack({ OtherCluster: CLUSTER, Chart: helm(ON_OTHER) })]],
  ['another chart', [clusterStack({ Chart: helm({ Chart: 'aws-load-balancer-controller' }) })]],
  ['an agent that is never deployed', [clusterStack({ Agent: agent({}, { Condition: 'Never' }) }, {}, CONDITIONS)]],
  ['node groups and Fargate profiles', [clusterStack({ Nodes: nodeGroup(), Profile: profile() })]],
  ['every association', [clusterStack({ More: association(undefined, { ClusterName: TO_CLUSTER, ServiceAccount: 'more' }) })],
    ['Stack/Pods NoAgent', 'Stack/More NoAgent']],
  ['an entry of an add-on', [clusterStack({
    Pods: agent({ AddonName: 'aws-ebs-csi-driver', PodIdentityAssociations: [{ ServiceAccount: 'a', RoleArn: 'arn' }] }),
  })]],
  ['a loop over other resources that is expanded', [clusterStack({
    'Fn::ForEach::Queues': ['Name', ['A'], { 'Queue${Name}': { Type: 'AWS::SQS::Queue' } }],
  })]],
  ...[true, 'true'].map((Enabled): [string, StackTemplate[], string[]] => [`Auto Mode (${typeof Enabled}) beside a node group`,
    [clusterStack({ Cluster: { ...CLUSTER, Properties: { ComputeConfig: { Enabled } } }, Nodes: nodeGroup() })], ['Stack/Pods NoAgentOutsideAutoMode']]),
])('%s', (_name, stacks, expected = ['Stack/Pods NoAgent']) => {
  expect(codes(...stacks)).toEqual(expected);
});

test.each<[string, StackTemplate[]]>([
  ['the add-on', [clusterStack({ Agent: agent() })]],
  ['the add-on on the custom resource of aws-eks', [clusterStack({ Cluster: customCluster(), Agent: agent() })]],
  ['the add-on under a condition', [clusterStack({ Agent: agent({}, IF_OLD) }, {}, CONDITIONS)]],
  ['the add-on in another stack', [exportingStack({ Agent: agent() }), podsOn(IMPORTED)]],
  ['the add-on in a stack that imports the cluster', [clusterStack({}, {}, {
    Outputs: { Name: { Value: TO_CLUSTER, Export: { Name: 'cluster-name' } } },
  }), stackOf({ Agent: agent({ ClusterName: IMPORTED }) }, OTHER)]],
  ['the add-on by the name of the cluster',
    [clusterStack({ Cluster: named('prod'), Agent: agent({ ClusterName: 'prod' }) })]],
  ['the add-on of a cluster from a parameter, in a stack of the same environment', [
    clusterStack({}, US), podsOn('test', { ...US, ...OTHER }, { Agent: agent({ ClusterName: { Ref: 'Name' } }) }),
  ]],
  ['the add-on of a cluster from a parameter, in a stack without an environment',
    [clusterStack({}, US), podsOn('test', OTHER, { Agent: agent({ ClusterName: { Ref: 'Name' } }) })]],
  ['the add-on of a cluster from a parameter, where the cluster has no environment',
    [clusterStack(), podsOn('test', { ...US, ...OTHER }, { Agent: agent({ ClusterName: { Ref: 'Name' } }) })]],
  ['the add-on in a nested stack', [
    clusterStack({ Nested: NESTED }), stackOf({ Agent: agent({ ClusterName: { Ref: 'Name' } }) }, IN_NESTED),
  ]],
  ['the add-on beside a nested stack with the pods',
    [clusterStack({ Pods: undefined, Nested: NESTED, Agent: agent() }), podsOn({ Ref: 'Name' }, IN_NESTED)]],
  ['an add-on whose name is a parameter', [clusterStack({ Agent: agent({ AddonName: { Ref: 'Name' } }) })]],
  ['the add-on of a cluster whose name is a parameter', [clusterStack({ Agent: agent({ ClusterName: { Ref: 'Name' } }) })]],
  ['Auto Mode', [clusterStack({ Cluster: AUTO_MODE })]],
  ['Auto Mode, as text', [clusterStack({ Cluster: { ...CLUSTER, Properties: { ComputeConfig: { Enabled: 'true' } } } })]],
  ['Auto Mode in the input of aws-eks', [clusterStack({ Cluster: customCluster({ computeConfig: { enabled: true } }) })]],
  ['Auto Mode from a parameter', [clusterStack({ Cluster: { ...CLUSTER, Properties: { ComputeConfig: { Enabled: { Ref: 'On' } } } } })]],
  ['Auto Mode under a condition', [clusterStack({
    Cluster: { ...CLUSTER, Properties: { ComputeConfig: { 'Fn::If': ['Old', { Enabled: false }, { Enabled: true }] } } },
  }, {}, CONDITIONS)]],
  ['a configuration that is made at deployment', [clusterStack({ Cluster: customCluster({ 'Fn::GetAtt': ['Other', 'Config'] }) })]],
  ['a cluster with a macro in it',
    [clusterStack({ Cluster: { ...CLUSTER, Properties: { 'RoleArn': 'arn', 'Fn::Transform': { Name: 'Defaults' } } } })]],
  ['Auto Mode beside a node group, with the add-on',
    [clusterStack({ Cluster: AUTO_MODE, Nodes: nodeGroup(), Agent: agent() })]],
  ['Auto Mode beside a node group of another cluster',
    [clusterStack({ Cluster: AUTO_MODE, OtherCluster: CLUSTER, Nodes: nodeGroup(ON_OTHER) })]],
  ['Auto Mode beside a node group under a condition',
    [clusterStack({ Cluster: AUTO_MODE, Nodes: nodeGroup({}, IF_OLD) }, {}, CONDITIONS)]],
  ['a cluster that the templates do not define', [clusterStack({ Pods: pods('prod') })]],
  ['a cluster whose name is not known', [clusterStack({ Pods: pods({ Ref: 'Name' }) })]],
  ['two clusters of one name', [clusterStack({ Cluster: named('a'), Again: named('a'), Pods: pods('a') })]],
  ['a cluster of this name in another region', [
    exportingStack({ Cluster: named('prod') }, US), podsOn('prod', { ...US, ...OTHER, region: 'eu-west-1' }),
  ]],
  ['a chart', [clusterStack({ Cluster: customCluster(), Chart: helm() })]],
  ['a chart whose cluster is not known', [clusterStack({ Chart: helm({ ClusterName: { Ref: 'Name' } }) })]],
  ['a manifest', [clusterStack({
    Manifest: resource('Custom::AWSCDK-EKS-KubernetesResource', { Manifest: '[{"kind":"DaemonSet","metadata":{"name":"pod-identity-agent"}}]' }),
  })]],
  ['a call of the API', [clusterStack({
    Call: { Type: 'Custom::AWS', Properties: { Create: '{"action":"createAddon","parameters":{"addonName":"eks-pod-identity-agent"}}' } },
  })]],
  ['a list of add-ons for a custom resource',
    [clusterStack({ Addons: resource('Custom::Addons', { Addons: { podIdentityAgent: true } }) })]],
  ['a parameter with its version',
    [clusterStack({}, {}, { Parameters: { PodIdentityAgentVersion: { Type: 'String' } } })]],
  ['a macro', [clusterStack({}, {}, { Transform: 'Addons' })]],
  ['a macro in another stack', [clusterStack(), { ...stackOf({}, OTHER), template: { Transform: 'Addons' } }]],
  ['a nested stack that was not read', [clusterStack({ Addons: { Type: 'AWS::CloudFormation::Stack', Properties: {} } })]],
  ...['AWS::CloudFormation::StackSet', 'AWS::ServiceCatalog::CloudFormationProvisionedProduct', 'AWS::Serverless::Application'].map(
    (type): [string, StackTemplate[]] => [`what deploys other templates: ${type}`, [clusterStack({ Product: { Type: type } })]]),
  ['a loop over add-ons', [clusterStack({
    'Fn::ForEach::Addons': ['Name', { Ref: 'Names' }, { 'Addon${Name}': agent({ AddonName: { Ref: 'Name' } }) }],
  }, {}, { Parameters: { Names: { Type: 'CommaDelimitedList' } } })]],
  ['Fargate only, which is another rule', [clusterStack({ Profile: profile() })]],
])('silent: %s', (_name, stacks) => {
  expect(codes(...stacks)).toEqual([]);
});

test('beside Auto Mode, the fix is for other nodes', () => {
  const stack = clusterStack({ Cluster: AUTO_MODE, Nodes: nodeGroup() });
  const [{ message, fix }] = findingsOf('AgentMissing', stack);
  expect(message).toContain('has the node group Stack/Nodes in addition to the nodes of Auto Mode');
  expect(message).toContain('nothing in the app installs another');
  expect(fix).toContain('PodIdentityAgent.ensureOn(cluster, { nodesOutsideAutoMode: true }).');
  const settings = { ...DEFAULT_SETTINGS, reader: 'templates' as const };
  expect(runRules(new TemplateSet([stack]), { settings })[0].fix).toMatch(/^Add an AWS::EKS::Addon .* and the ClusterName of Stack\/Pods\. If the pods/);
});

test('associations of one cluster have one cause, whatever their roles are', () => {
  const findings = findingsOf('AgentMissing', clusterStack({
    Own: role([]), More: association(undefined, { ClusterName: TO_CLUSTER, ServiceAccount: 'more', RoleArn: { 'Fn::GetAtt': ['Own', 'Arn'] } }),
  }));
  expect(findings).toHaveLength(2);
  expect(new Set(findings.map(causeOf)).size).toBe(1);
});

test('it makes no cases of the conditions of add-ons: other findings keep their words', () => {
  const template = (more: object) => clusterStack({
    ...more, Pods: association([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }], { ClusterName: TO_CLUSTER }),
  }, {}, CONDITIONS);
  const [without, withAgent] = [{}, { Agent: agent({}, IF_OLD) }].map((more) => findingsIn(template(more))
    .filter(({ rule }) => rule !== 'AgentMissing').map(({ rule, message }) => `${rule} ${message}`));
  expect(withAgent).toEqual(without);
});
