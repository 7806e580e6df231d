/* eslint-disable @stylistic/max-len -- a template is easier to compare on one line */
/**
 * The command line reads few stacks at a time, and keeps of the others what they contain of clusters. What it finds is what the rules
 * find in all of them.
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { checkStacks } from '../../../cli/check/check-stacks';
import { readStacks } from '../../../cli/templates/read-stacks';
import { findStacks } from '../../../cli/templates/sources';
import { StackSource } from '../../../cli/templates/stack-source';
import { runRules, runTemplateRules } from '../../../lib/rules/run-rules';
import { TemplateSet } from '../../../lib/template/template-set';
import { agent, CLUSTER, customCluster, nodeGroup, profile, resource } from '../../rules/clusters';
import { association, role } from '../templates';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clusters-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const ABOUT_CLUSTERS = ['AgentMissing', 'FargateOnlyCluster', 'DuplicateAgent'];
const IMPORT = { 'Fn::ImportValue': 'cluster' };
const PROD = { ...CLUSTER, Properties: { Name: 'prod' } };
const exporting = (resources: object = {}, cluster: object = CLUSTER) => ({
  Resources: { Cluster: cluster, ...resources }, Outputs: { Name: { Value: { Ref: 'Cluster' }, Export: { Name: 'cluster' } } },
});
const podsOn = (ClusterName: unknown) => ({
  Resources: { Role: role('s3:*'), Pods: association('s3:*', { ClusterName, ServiceAccount: 'pods' }) },
});
const only = (made: object, sections: object = {}) => ({ Resources: { Made: made }, ...sections });
const on = (ClusterName: unknown, made: Make) => only(made({ ClusterName }));
const helm = (Chart: string): Make => (properties) => resource('Custom::AWSCDK-EKS-HelmChart', { Chart, ...properties });
const CLUSTERS = exporting({}, PROD);
const FARGATE = exporting({ Profile: profile() });

type Make = (properties: { readonly [name: string]: unknown }) => object;
type Stacks = { readonly [name: string]: object };

/** The stacks, and what is found. */
const CASES: ReadonlyArray<readonly [string, Stacks, readonly string[]]> = [
  ['no agent', { a: podsOn(IMPORT), b: CLUSTERS }, ['AgentMissing']],
  ['a cluster by its name', { a: podsOn('prod'), b: CLUSTERS }, ['AgentMissing']],
  ['a cluster of aws-eks by its name', { a: podsOn('prod'), b: exporting({}, customCluster({ name: 'prod' })) }, ['AgentMissing']],
  ['the agent in a third stack', { a: podsOn(IMPORT), b: CLUSTERS, c: on(IMPORT, agent) }, []],
  ['the agent in a third stack, by name', { a: podsOn(IMPORT), b: CLUSTERS, c: on('prod', agent) }, []],
  ['the agent of a cluster from a parameter', {
    a: podsOn(IMPORT), b: CLUSTERS, c: { ...on({ Ref: 'Name' }, agent), Parameters: { Name: { Type: 'String' } } },
  }, []],
  ['the agent of another cluster', { a: podsOn(IMPORT), b: CLUSTERS, c: on('test', agent) }, ['AgentMissing']],
  ['a chart in a third stack', { a: podsOn(IMPORT), b: CLUSTERS, c: on(IMPORT, helm('eks-pod-identity-agent')) }, []],
  ['another chart in a third stack', { a: podsOn(IMPORT), b: CLUSTERS, c: on(IMPORT, helm('coredns')) }, ['AgentMissing']],
  ['a chart of another cluster', {
    a: podsOn(IMPORT), b: CLUSTERS, c: { Resources: { Cluster: CLUSTER, Chart: helm('eks-pod-identity-agent')({}) } },
  }, ['AgentMissing']],
  ['a parameter that names the agent',
    { a: podsOn(IMPORT), b: CLUSTERS, c: only({ Type: 'AWS::SQS::Queue' }, { Parameters: { PodIdentityAgent: { Type: 'String' } } }) }, []],
  ['a macro in a third stack', { a: podsOn(IMPORT), b: CLUSTERS, c: only({ Type: 'AWS::SQS::Queue' }, { Transform: 'Any' }) }, []],
  ['a stack set in a third stack', { a: podsOn(IMPORT), b: CLUSTERS, c: only({ Type: 'AWS::CloudFormation::StackSet' }) }, []],
  ['a loop in a third stack', {
    a: podsOn(IMPORT),
    b: CLUSTERS,
    c: {
      Parameters: { Names: { Type: 'CommaDelimitedList' } },
      Resources: { 'Fn::ForEach::Addons': ['Name', { Ref: 'Names' }, { 'Addon${Name}': agent({ AddonName: '${Name}' }) }] },
    },
  }, []],
  ['Fargate only', { a: podsOn(IMPORT), b: FARGATE }, ['FargateOnlyCluster']],
  ['a profile in a third stack', { a: podsOn(IMPORT), b: CLUSTERS, c: on(IMPORT, profile) }, ['FargateOnlyCluster']],
  ['a node group in a third stack', { a: podsOn(IMPORT), b: FARGATE, c: on(IMPORT, nodeGroup) }, ['AgentMissing']],
  ['a machine in a third stack', { a: podsOn(IMPORT), b: FARGATE, c: only({ Type: 'AWS::EC2::Instance' }) }, ['AgentMissing']],
  ['Karpenter in a third stack', { a: podsOn(IMPORT), b: FARGATE, c: on(IMPORT, helm('karpenter')) }, ['AgentMissing']],
  ['an access entry in a third stack', {
    a: podsOn(IMPORT), b: FARGATE, c: on(IMPORT, (properties) => resource('AWS::EKS::AccessEntry', { ...properties, Type: 'EC2_LINUX' })),
  }, ['AgentMissing']],
  ['a cluster that no template defines', { a: podsOn('prod'), c: on('test', agent) }, []],
  ['two agents in two stacks', { b: exporting({ Agent: agent() }), c: on(IMPORT, agent) }, ['DuplicateAgent']],
  ['two agents by name', { a: podsOn('prod'), b: on('prod', agent), c: on('prod', agent) }, ['DuplicateAgent']],
  ['two agents in one stack, and a macro',
    { a: { Transform: 'Any', Resources: { A: agent({ ClusterName: 'prod' }), B: agent({ ClusterName: 'prod' }) } } }, ['DuplicateAgent']],
  ['agents of two clusters', { b: exporting({ Agent: agent() }), c: on('test', agent) }, []],
];

function sourcesOf(templates: Stacks, name: string): StackSource[] {
  const cwd = path.join(folder, name.replace(/\W/g, '-'));
  fs.mkdirSync(cwd);
  for (const [file, template] of Object.entries(templates)) {
    fs.writeFileSync(path.join(cwd, `${file}.json`), JSON.stringify(template));
  }
  const environment = { account: '111122223333', region: 'eu-west-1' };
  return findStacks(Object.keys(templates).map((file) => `${file}.json`), environment, cwd) as StackSource[];
}

test.each(CASES)('%s', (name, stacks, expected) => {
  const sources = sourcesOf(stacks, name);
  const about = (rules: readonly { readonly rule: string }[]) => (
    rules.map(({ rule }) => rule).filter((rule) => ABOUT_CLUSTERS.includes(rule)));
  const all = new TemplateSet(sources.flatMap((source) => readStacks(source).map(({ stack }) => stack)));
  expect(about([...runRules(all), ...runTemplateRules(all)])).toEqual(expected);
  const { associations, templateFindings = [] } = checkStacks(sources, {}, 1);
  expect(about([...associations, ...templateFindings].flatMap(({ findings }) => findings))).toEqual(expected);
});

test.each([['eks-pod-identity-agent', []], ['coredns', ['AgentMissing']]])('an add-on in a nested stack: %s', (AddonName, expected) => {
  const Nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './c.json', Parameters: { Name: { Ref: 'Cluster' } } } };
  const nested = { ...on({ Ref: 'Name' }, (properties) => agent({ ...properties, AddonName })), Parameters: { Name: { Type: 'String' } } };
  const sources = sourcesOf({ a: podsOn('prod'), b: exporting({ Nested }, PROD), c: nested }, `nested ${AddonName}`);
  const { associations } = checkStacks(sources, {}, 1);
  expect(associations.flatMap(({ findings }) => findings.map(({ rule }) => rule)).filter((rule) => ABOUT_CLUSTERS.includes(rule))).toEqual(expected);
});

test.each<[string, object]>([
  ['levels that are cut off', { Mappings: Array.from({ length: 500 }).reduce((inner) => ({ a: inner }), 'x') }],
  ['sections that are not objects', { Parameters: 'text', Mappings: [1], Outputs: null, Conditions: 3 }],
  ['names of prototypes', JSON.parse('{"Parameters":{"__proto__":{"Type":"String"},"constructor":{"Type":"String"}}}')],
])('a template with %s', (name, sections) => {
  const sources = sourcesOf({ a: podsOn('prod'), b: CLUSTERS, c: { ...on('test', agent), ...sections } }, name);
  const { associations, unreadable } = checkStacks(sources, {}, 1);
  expect(unreadable).toEqual([]);
  expect(associations[0].findings.map(({ rule }) => rule)).toContain('AgentMissing');
});

test('the findings of one template stand in one report, each at its place', () => {
  const sources = sourcesOf({ a: CASES.find(([name]) => name.includes('and a macro'))![1].a }, 'together');
  const { templateFindings } = checkStacks(sources, {});
  expect(templateFindings!.map(({ findings }) => findings.map(({ rule }) => rule))).toEqual([['TemplateNotExamined', 'DuplicateAgent']]);
});
