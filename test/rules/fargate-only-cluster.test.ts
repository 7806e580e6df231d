/* eslint-disable @stylistic/max-len -- a template is easier to compare on one line */
import { findingsOf, stackOf, US } from './app';
import {
  agent, AUTO_MODE, CLUSTER, clusterStack, customCluster, exportingStack, IMPORTED, nodeGroup, profile, resource, TO_CLUSTER,
} from './clusters';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { runRules } from '../../lib/rules/run-rules';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';

const OTHER = { id: 'Other', pathOf: (id: string) => `Other/${id}` };
const ON_OTHER = { ClusterName: { Ref: 'OtherCluster' } };
const fargate = (resources: object = {}, sections: object = {}) => clusterStack({ Profile: profile(), ...resources }, {}, sections);
const entry = (properties: object) => ({ Entry: resource('AWS::EKS::AccessEntry', { ...properties }) });
const machine = (type: string) => ({ Machines: { Type: type, Properties: {} } });
const CONDITIONS = { Conditions: { Old: { 'Fn::Equals': [{ Ref: 'Age' }, 'old'] } }, Parameters: { Age: { Type: 'String' } } };
const paths = (...stacks: StackTemplate[]) => findingsOf('FargateOnlyCluster', ...stacks).map(({ association: { path } }) => path);

test('the message names the cluster and the profile, and what EKS does', () => {
  const [{ severity, property, code, message, fix }] = findingsOf('FargateOnlyCluster', fargate());
  expect([severity, property, code]).toEqual(['warning', 'ClusterName', 'NoNodes']);
  for (const said of ['Stack/Pods', 'Stack/Cluster', 'Stack/Profile', 'does not work on Fargate', "'sa'", "'ns'"]) {
    expect(message).toContain(said);
  }
  expect(fix).toMatch(/node group.*Auto Mode.*IRSA.*acknowledge this rule/);
});

test('a reader of templates is told about templates', () => {
  const settings = { ...DEFAULT_SETTINGS, reader: 'templates' as const };
  const [{ message, fix }] = runRules(new TemplateSet([fargate()]), { settings });
  expect(message).toContain('no nodes in the given templates');
  expect(fix).toContain('such as another template, turn this rule off (--severity FargateOnlyCluster=off)');
  expect(findingsOf('FargateOnlyCluster', fargate())[0]).toMatchObject({
    message: expect.stringContaining('no nodes in the app'), fix: expect.stringContaining('such as another app, acknowledge'),
  });
});

test.each<[string, StackTemplate[], string[]?]>([
  ['a profile of CloudFormation', [fargate()]],
  ['a profile of aws-eks', [clusterStack({
    Cluster: customCluster(),
    Profile: { Type: 'Custom::AWSCDK-EKS-FargateProfile', Properties: { Config: { clusterName: TO_CLUSTER } } },
  })]],
  ['two profiles', [fargate({ Another: profile() })]],
  ['a profile in another stack than the pods', [
    exportingStack({ Profile: profile() }),
    clusterStack({ Cluster: undefined, Pods: { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: IMPORTED } } }, OTHER),
  ], ['Other/Pods']],
  ['with the agent, which does not run on Fargate', [fargate({ Agent: agent() })]],
  ['a node group of another cluster', [fargate({ OtherCluster: CLUSTER, Nodes: nodeGroup(ON_OTHER) })]],
  ['Karpenter on another cluster', [fargate({
    OtherCluster: CLUSTER, Chart: resource('Custom::AWSCDK-EKS-HelmChart', { Chart: 'karpenter', ...ON_OTHER }),
  })]],
  ['a node group that is never deployed',
    [fargate({ Nodes: nodeGroup({}, { Condition: 'Never' }) }, { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } })]],
  ['an access entry of a person', [fargate(entry({ Type: 'STANDARD' }))]],
  ['an access entry without a type', [fargate(entry({}))]],
  ['an access entry of Fargate', [fargate(entry({ Type: 'FARGATE_LINUX' }))]],
])('%s', (_name, stacks, expected = ['Stack/Pods']) => {
  expect(paths(...stacks)).toEqual(expected);
});

test.each<[string, StackTemplate[]]>([
  ['no profile', [clusterStack()]],
  ['a profile of another cluster', [clusterStack({ OtherCluster: CLUSTER, Profile: profile(ON_OTHER) })]],
  ['a profile under a condition', [clusterStack({ Profile: profile({}, { Condition: 'Old' }) }, {}, CONDITIONS)]],
  ['a profile of a cluster that is not known', [clusterStack({ Profile: profile({ ClusterName: { Ref: 'Name' } }) })]],
  ['a cluster that the templates do not define',
    [clusterStack({ Profile: profile({ ClusterName: 'prod' }), Pods: undefined })]],
  ['a node group', [fargate({ Nodes: nodeGroup() })]],
  ['a node group under a condition', [fargate({ Nodes: nodeGroup({}, { Condition: 'Old' }) }, CONDITIONS)]],
  ['a node group whose cluster is not known', [fargate({ Nodes: nodeGroup({ ClusterName: { Ref: 'Name' } }) })]],
  ['a node group in another stack', [
    clusterStack({ Profile: profile() }, {}, { Outputs: { Name: { Value: TO_CLUSTER, Export: { Name: 'cluster-name' } } } }),
    stackOf({ Nodes: nodeGroup({ ClusterName: IMPORTED }) }, OTHER),
  ]],
  ['Auto Mode', [fargate({ Cluster: AUTO_MODE })]],
  ['Auto Mode from a parameter', [fargate({ Cluster: { ...CLUSTER, Properties: { ComputeConfig: { Enabled: { Ref: 'On' } } } } })]],
  ['hybrid nodes', [fargate({ Cluster: { ...CLUSTER, Properties: { RemoteNetworkConfig: { RemoteNodeNetworks: [] } } } })]],
  ['an access entry of self-managed nodes', [fargate(entry({ Type: 'EC2_LINUX' }))]],
  ['an access entry whose type is a parameter', [fargate(entry({ Type: { Ref: 'Type' } }))]],
  ...[
    'AWS::AutoScaling::AutoScalingGroup', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::Batch::ComputeEnvironment', 'AWS::EC2::EC2Fleet',
    'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::EC2::SpotFleet', 'AWS::SageMaker::Cluster',
  ].map((type): [string, StackTemplate[]] => [`machines: ${type}`, [fargate(machine(type))]]),
  ['a stack set', [fargate({ More: { Type: 'AWS::CloudFormation::StackSet' } })]],
  ['Karpenter', [fargate({ Chart: resource('Custom::AWSCDK-EKS-HelmChart', { Chart: 'karpenter' }) })]],
  ['a node pool of Karpenter', [fargate({
    Manifest: resource('Custom::AWSCDK-EKS-KubernetesResource', { Manifest: '[{"apiVersion":"karpenter.sh/v1","kind":"NodePool"}]' }),
  })]],
  ['a call of the API', [fargate({ Call: { Type: 'Custom::AWS', Properties: { Create: '{"action":"createNodegroup"}' } } })]],
  ['a macro', [fargate({}, { Transform: 'Nodes' })]],
  ['a nested stack that was not read', [fargate({ More: { Type: 'AWS::CloudFormation::Stack', Properties: {} } })]],
  ['a profile of a cluster in another region', [
    exportingStack({ Cluster: { ...CLUSTER, Properties: { Name: 'prod' } }, Profile: profile() }, US),
    clusterStack({ Cluster: undefined, Pods: resource('AWS::EKS::PodIdentityAssociation', { ClusterName: 'prod' }) },
      { ...US, ...OTHER, region: 'eu-west-1' }),
  ]],
])('silent: %s', (_name, stacks) => {
  expect(paths(...stacks)).toEqual([]);
});
