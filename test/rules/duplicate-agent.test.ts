/* eslint-disable @stylistic/max-len -- a template is easier to compare on one line */
import { stackOf, US } from './app';
import { agent, CLUSTER, clusterStack, exportingStack, IMPORTED, resource } from './clusters';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { runTemplateRules } from '../../lib/rules/run-rules';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';

const OTHER = { id: 'Other', pathOf: (id: string) => `Other/${id}` };
const IF_OLD = { Condition: 'Old' };
const IF_NEW = { Condition: 'New' };
const CONDITIONS = {
  Conditions: {
    Old: { 'Fn::Equals': [{ Ref: 'Age' }, 'old'] }, New: { 'Fn::Equals': [{ Ref: 'Age' }, 'new'] }, Never: { 'Fn::Equals': ['a', 'b'] },
  },
  Parameters: { Age: { Type: 'String' } },
};
const byName = (clusterName: unknown, more: Partial<StackTemplate> = {}) => stackOf({ Agent: agent({ ClusterName: clusterName }) }, more);
const twice = (first = agent(), second = agent(), sections = {}) => clusterStack({ First: first, Second: second }, {}, sections);

const findings = (stacks: readonly StackTemplate[], settings = DEFAULT_SETTINGS) => (
  runTemplateRules(new TemplateSet(stacks), settings).filter(({ rule }) => rule === 'DuplicateAgent'));
const named = (...stacks: StackTemplate[]) => (
  findings(stacks).map(({ stack, message }) => `${stack.id}: ${/^(\S+) and (\S+) /.exec(message)?.slice(1).join(' ')}`));

test('the message names both, the cluster and what EKS answers; the place is the second one', () => {
  const [{ severity, code, at, message, fix }] = findings([twice()]);
  expect([severity, code, at]).toEqual(['error', 'SameCluster', ['Resources', 'Second']]);
  for (const said of ['Stack/Second', 'Stack/First', 'eks-pod-identity-agent', 'ResourceInUseException', '409']) {
    expect(message).toContain(said);
  }
  expect(fix).toBe('Remove one of the two. PodIdentityAgent.ensureOn(cluster) installs the agent once, however often you call it.');
  const templates = { ...DEFAULT_SETTINGS, reader: 'templates' as const };
  expect(findings([twice()], templates)[0].fix).toBe('Remove one of the two.');
});

test.each(['First', 'Second'])('the fix removes the one that the CDK does not make: not %s', (implicit) => {
  const pathOf = (id: string) => (id === implicit ? 'Stack/C/EksPodIdentityAgentAddon' : `Stack/${id}`);
  const [{ fix }] = findings([{ ...twice(), pathOf }]);
  expect(fix).toContain(`Remove Stack/${implicit === 'First' ? 'Second' : 'First'}. The CDK creates Stack/C/EksPodIdentityAgentAddon itself`);
  expect(fix).toContain("PodIdentityAgent.ensureOn(cluster, { addonVersion: '…' })");
  expect(findings([{ ...twice(), pathOf }], { ...DEFAULT_SETTINGS, reader: 'templates' })[0].fix).toBe('Remove one of the two.');
});

test.each<[string, StackTemplate[], string[]]>([
  ['two of one stack', [twice()], ['Stack: Stack/Second Stack/First']],
  ['three of one stack', [clusterStack({ A: agent(), B: agent(), C: agent() })], ['Stack: Stack/B Stack/A', 'Stack: Stack/C Stack/A']],
  ['of two clusters', [clusterStack({
    OtherCluster: CLUSTER,
    A: agent(),
    B: agent(),
    C: agent({ ClusterName: { Ref: 'OtherCluster' } }),
    D: agent({ ClusterName: { Ref: 'OtherCluster' } }),
  })], ['Stack: Stack/B Stack/A', 'Stack: Stack/D Stack/C']],
  ['without an association', [clusterStack({ Pods: undefined, First: agent(), Second: agent() })], ['Stack: Stack/Second Stack/First']],
  ['of a cluster of another app', [byName('prod'), byName('prod', OTHER)], ['Other: Other/Agent Stack/Agent']],
  ['two stacks', [exportingStack({ Agent: agent() }), byName(IMPORTED, OTHER)], ['Other: Other/Agent Clusters/Agent']],
  ['a cluster with a name', [clusterStack({
    Cluster: { ...CLUSTER, Properties: { Name: 'prod' } }, First: agent(), Second: agent({ ClusterName: 'prod' }),
  })], ['Stack: Stack/Second Stack/First']],
  ['two versions', [twice(agent({ AddonVersion: 'v1' }), agent({ AddonVersion: 'v2' }))], ['Stack: Stack/Second Stack/First']],
  ['one condition', [twice(agent({}, IF_OLD), agent({}, IF_OLD), CONDITIONS)], ['Stack: Stack/Second Stack/First']],
  ['one of them under a condition', [twice(agent(), agent({}, IF_OLD), CONDITIONS)], ['Stack: Stack/Second Stack/First']],
  ['the first of them under a condition', [twice(agent({}, IF_OLD), agent(), CONDITIONS)], ['Stack: Stack/Second Stack/First']],
  ['two stages of one environment', ['Beta', 'Prod'].map((assembly) => (
    byName('prod', { ...US, id: assembly, assembly, pathOf: (id) => `${assembly}/${id}` }))), ['Prod: Prod/Agent Beta/Agent']],
])('%s', (_name, stacks, expected) => {
  expect(named(...stacks)).toEqual(expected);
});

test.each<[string, StackTemplate[]]>([
  ['one', [clusterStack({ Agent: agent() })]],
  ['another add-on', [twice(agent(), agent({ AddonName: 'vpc-cni' }))]],
  ['two other add-ons of one name', [twice(agent({ AddonName: 'vpc-cni' }), agent({ AddonName: 'vpc-cni' }))]],
  ['an add-on that may be the agent', [twice(agent(), agent({ AddonName: { Ref: 'Name' } }))]],
  ['another cluster', [clusterStack({ OtherCluster: CLUSTER, A: agent(), B: agent({ ClusterName: { Ref: 'OtherCluster' } }) })]],
  ['a cluster that may be another', [twice(agent(), agent({ ClusterName: { Ref: 'Name' } }))]],
  ['two conditions, which may exclude each other', [twice(agent({}, IF_OLD), agent({}, IF_NEW), CONDITIONS)]],
  ['conditions of one name in two stacks', ['Stack', 'Other'].map((id) => {
    const stack = stackOf({ Agent: agent({ ClusterName: 'prod' }, IF_OLD) }, { id });
    return { ...stack, template: { ...stack.template, ...CONDITIONS } };
  })],
  ['one that is never deployed', [twice(agent(), agent({}, { Condition: 'Never' }), CONDITIONS)]],
  ['another region', [byName('prod', US), byName('prod', { ...US, ...OTHER, region: 'eu-west-1' })]],
  ['two stages that may go to accounts of their own', ['Beta', 'Prod'].map((assembly) => byName('prod', { id: assembly, assembly }))],
  ['a chart beside the add-on', [clusterStack({
    Agent: agent(), Chart: resource('Custom::AWSCDK-EKS-HelmChart', { Chart: 'eks-pod-identity-agent' }),
  })]],
])('silent: %s', (_name, stacks) => {
  expect(named(...stacks)).toEqual([]);
});
