import { App, CfnParameter, Fn, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksV2 from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { synthesize } from './synthesize';
import './without-cdk-validation';
import { PodIdentityAgent, PodIdentityAssociation, ResolveConflicts } from '../lib';

const AGENT = 'eks-pod-identity-agent';
const LAYER = 'arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1';
const VERSION = 'v1.3.10-eksbuild.2';
const SUBNETS = { roleArn: 'arn:aws:iam::111122223333:role/cluster', resourcesVpcConfig: { subnetIds: ['s'] } };
let app: App;
let stack: Stack;
let layer: lambda.ILayerVersion;

/** The code of the CDK's custom resources is not copied. */
const newApp = () => new App({ context: { 'aws:cdk:disable-asset-staging': true } });

beforeEach(() => {
  app = newApp();
  stack = new Stack(app, 'Stack');
  layer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', LAYER);
});

const v1 = () => new eks.Cluster(stack, 'V1', {
  version: eks.KubernetesVersion.V1_31, kubectlLayer: layer, defaultCapacity: 0,
});
const v2 = (props: Partial<eksV2.ClusterProps> = {}) => new eksV2.Cluster(stack, 'V2', {
  version: eksV2.KubernetesVersion.V1_31,
  defaultCapacityType: eksV2.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
  kubectlProviderOptions: { kubectlLayer: layer },
  ...props,
});
const l1 = (props: Partial<eks.CfnClusterProps> = {}, id = 'L1') => (
  new eks.CfnCluster(stack, id, { ...SUBNETS, ...props }));
const imported = (clusterName = 'prod', scope: Construct = stack, id = 'Imported') => (
  eks.Cluster.fromClusterAttributes(scope, id, { clusterName }));
const autoMode = () => v2({ defaultCapacityType: eksV2.DefaultCapacityType.AUTOMODE, defaultCapacity: undefined });

/** The add-ons of a stack, without those of another name. */
function agents(of: Stack = stack): any[] {
  const found = Template.fromStack(of).findResources('AWS::EKS::Addon', { Properties: { AddonName: AGENT } });
  return Object.values(found);
}
const properties = (of: Stack = stack) => agents(of).map((one) => one.Properties);

describe.each<[string, () => eks.IClusterRef, unknown]>([
  ['aws-eks', v1, { Ref: expect.stringMatching(/^V1/) }],
  ['aws-eks-v2', v2, { Ref: expect.stringMatching(/^V2/) }],
  ['an L1', l1, { Ref: 'L1' }],
  ['an L1 with a name', () => l1({ name: 'prod' }), { Ref: 'L1' }],
  ['an imported cluster', () => imported(), 'prod'],
  ['an imported cluster of aws-eks-v2',
    () => eksV2.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'prod' }), 'prod'],
  ['a cluster of another app', () => imported(Fn.importValue('cluster')), { 'Fn::ImportValue': 'cluster' }],
])('%s', (_name, make, ClusterName) => {
  test('gets one agent, however often it is asked for', () => {
    const cluster = make();
    const first = PodIdentityAgent.ensureOn(cluster);
    expect(PodIdentityAgent.ensureOn(cluster)).toBe(first);
    const another = new PodIdentityAgent(stack, 'Another', { cluster });
    expect(another.addon).toBe(first.addon);
    expect(properties()).toEqual([{ AddonName: AGENT, ClusterName }]);
  });

  test.each<[string, (cluster: eks.IClusterRef) => eks.CfnAddon]>([
    ['a CfnAddon',
      ({ clusterRef: { clusterName } }) => new eks.CfnAddon(stack, 'Own', { addonName: AGENT, clusterName })],
    ['an eks.Addon', (cluster) => (new eks.Addon(stack, 'Own', {
      addonName: AGENT, cluster: { clusterName: cluster.clusterRef.clusterName } as eks.ICluster,
    }).node.defaultChild as eks.CfnAddon)],
  ])('keeps %s', (_kind, add) => {
    const cluster = make();
    const own = add(cluster);
    expect(PodIdentityAgent.ensureOn(cluster, { addonVersion: VERSION }).addon).toBe(own);
    expect(properties()).toEqual([{ AddonName: AGENT, AddonVersion: VERSION, ClusterName }]);
  });

  test('is not served by another add-on, or by that of another cluster', () => {
    const cluster = make();
    new eks.CfnAddon(stack, 'Dns', { addonName: 'coredns', clusterName: cluster.clusterRef.clusterName });
    new eks.CfnAddon(stack, 'Other', { addonName: AGENT, clusterName: 'other' });
    new eks.CfnAddon(stack, 'Unknown', {
      addonName: AGENT, clusterName: new CfnParameter(stack, 'Name').valueAsString,
    });
    PodIdentityAgent.ensureOn(cluster);
    expect(properties()).toHaveLength(3);
  });

  test('takes all options', () => {
    const agent = PodIdentityAgent.ensureOn(make(), {
      addonVersion: VERSION,
      configurationValues: { agent: { additionalArgs: { '-b': '169.254.170.23' } } },
      preserveOnDelete: true,
      removalPolicy: RemovalPolicy.RETAIN,
      resolveConflicts: ResolveConflicts.OVERWRITE,
      tags: { team: 'platform' },
    });
    expect(agents()).toEqual([expect.objectContaining({
      DeletionPolicy: 'Retain',
      Properties: {
        AddonName: AGENT,
        AddonVersion: VERSION,
        ClusterName,
        ConfigurationValues: '{"agent":{"additionalArgs":{"-b":"169.254.170.23"}}}',
        PreserveOnDelete: true,
        ResolveConflicts: 'OVERWRITE',
        Tags: [{ Key: 'team', Value: 'platform' }],
      },
    })]);
    expect(agent.addon!.addonRef.addonName).toBeDefined();
  });
});

describe.each<[string, () => { cluster: any; account: (cluster: any) => void }]>([
  ['aws-eks', () => ({
    cluster: v1(),
    account: (cluster) => new eks.ServiceAccount(stack, 'SA', { cluster, identityType: eks.IdentityType.POD_IDENTITY }),
  })],
  ['aws-eks-v2', () => ({
    cluster: v2(),
    account: (cluster) => (
      new eksV2.ServiceAccount(stack, 'SA', { cluster, identityType: eksV2.IdentityType.POD_IDENTITY })),
  })],
])('a service account of %s', (_name, make) => {
  test.each(['before', 'after'])('that comes %s it shares the agent', (order) => {
    const { cluster, account } = make();
    if (order === 'before') { account(cluster); }
    PodIdentityAgent.ensureOn(cluster, { addonVersion: VERSION });
    if (order === 'after') { account(cluster); }
    expect(properties()).toEqual([expect.objectContaining({ AddonVersion: VERSION })]);
  });

  test('gets the agent of the CDK itself', () => {
    const { cluster } = make();
    const { addon } = PodIdentityAgent.ensureOn(cluster);
    expect(cluster.eksPodIdentityAgent.node.defaultChild).toBe(addon);
  });

  test('looking for the agent makes none', () => {
    const { cluster } = make();
    const own = new eks.CfnAddon(stack, 'Own', { addonName: AGENT, clusterName: cluster.clusterName });
    expect(PodIdentityAgent.ensureOn(cluster).addon).toBe(own);
    expect(agents()).toHaveLength(1);
  });

  test('beside an add-on of the app, it makes a second one, which the check reports', () => {
    const { cluster, account } = make();
    new eks.CfnAddon(stack, 'Own', { addonName: AGENT, clusterName: cluster.clusterName });
    PodIdentityAgent.ensureOn(cluster);
    account(cluster);
    const { failed, findings } = synthesize(app);
    expect(failed).toBe(true);
    expect(findings.filter(({ ruleName }) => ruleName === 'DuplicateAgent')).toEqual([expect.objectContaining({
      suggestedFix: expect.stringMatching(/^Remove Stack\/Own\. The CDK creates Stack\/V\d\/EksPodIdentityAgentAddon/),
    })]);
  });
});

describe('Auto Mode', () => {
  test.each<[string, () => eks.IClusterRef]>([
    ['aws-eks-v2', autoMode],
    ['an L1', () => l1({ computeConfig: { enabled: true } })],
  ])('has its agent built in: %s', (_name, make) => {
    expect(PodIdentityAgent.ensureOn(make()).addon).toBeUndefined();
    expect(agents()).toEqual([]);
  });

  test('does not reach other nodes', () => {
    PodIdentityAgent.ensureOn(autoMode(), { nodesOutsideAutoMode: true });
    expect(agents()).toHaveLength(1);
  });

  test('gets the agent as soon as somebody asks for other nodes, and keeps it', () => {
    const cluster = autoMode();
    const agent = PodIdentityAgent.ensureOn(cluster);
    PodIdentityAgent.ensureOn(cluster, { nodesOutsideAutoMode: true });
    PodIdentityAgent.ensureOn(cluster);
    expect(agent.addon).toBeDefined();
    expect(agents()).toHaveLength(1);
  });

  test.each([false, { resolve: () => true, creationStack: [] }])('that is %s is not known to be on', (enabled: any) => {
    PodIdentityAgent.ensureOn(l1({ computeConfig: { enabled } }));
    expect(agents()).toHaveLength(1);
  });
});

describe('clusters of several stacks', () => {
  test('the agent of a cluster is found in another stack', () => {
    const cluster = v2();
    const other = new Stack(app, 'Other');
    new eks.CfnAddon(other, 'Own', { addonName: AGENT, clusterName: cluster.clusterName });
    PodIdentityAgent.ensureOn(cluster);
    expect([agents(stack), agents(other)].map(({ length }) => length)).toEqual([0, 1]);
  });

  test('two clusters with the same logical id in two stacks each get theirs', () => {
    const other = new Stack(app, 'Other');
    const cluster = new eks.CfnCluster(other, 'L1', SUBNETS);
    PodIdentityAgent.ensureOn(l1());
    PodIdentityAgent.ensureOn(cluster);
    expect([agents(stack), agents(other)].map(({ length }) => length)).toEqual([1, 1]);
  });

  test('a cluster that is imported twice gets one agent', () => {
    const other = new Stack(app, 'Other');
    PodIdentityAgent.ensureOn(imported());
    PodIdentityAgent.ensureOn(imported('prod', other));
    expect([agents(stack), agents(other)].map(({ length }) => length)).toEqual([1, 0]);
  });

  test.each<[string, () => Stack]>([
    ['regions', () => new Stack(app, 'Other', { env: { account: '111122223333', region: 'eu-west-1' } })],
    ['stages', () => new Stack(new Stage(app, 'Stage'), 'Other')],
  ])('clusters of one name in two %s each get theirs', (_name, make) => {
    const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'us-east-1' } });
    const other = make();
    PodIdentityAgent.ensureOn(imported('prod', here));
    const { addon } = PodIdentityAgent.ensureOn(imported('prod', other));
    expect(Stack.of(addon!)).toBe(other);
  });

  test('a cluster with a name is the one that an add-on names', () => {
    const own = new eks.CfnAddon(stack, 'Own', { addonName: AGENT, clusterName: 'prod' });
    expect(PodIdentityAgent.ensureOn(v2({ clusterName: 'prod' })).addon).toBe(own);
  });
});

describe('what is asked for more than once', () => {
  test('is added to what was left out', () => {
    const cluster = v2();
    PodIdentityAgent.ensureOn(cluster, { addonVersion: VERSION, tags: { team: 'a' } });
    PodIdentityAgent.ensureOn(cluster, { preserveOnDelete: false, tags: { stage: 'b' } });
    PodIdentityAgent.ensureOn(cluster);
    expect(properties()).toEqual([expect.objectContaining({
      AddonVersion: VERSION, PreserveOnDelete: false, Tags: [{ Key: 'stage', Value: 'b' }, { Key: 'team', Value: 'a' }],
    })]);
  });

  test.each<[string, object, object]>([
    ['addonVersion', { addonVersion: VERSION }, { addonVersion: 'v1.3.2-eksbuild.2' }],
    ['configurationValues', { configurationValues: { a: 1 } }, { configurationValues: { a: 2 } }],
    ['preserveOnDelete', { preserveOnDelete: true }, { preserveOnDelete: false }],
    ['removalPolicy', { removalPolicy: RemovalPolicy.RETAIN }, { removalPolicy: RemovalPolicy.DESTROY }],
    ['resolveConflicts', { resolveConflicts: ResolveConflicts.NONE }, { resolveConflicts: ResolveConflicts.PRESERVE }],
    ['the tag team', { tags: { team: 'a' } }, { tags: { team: 'b' } }],
  ])('has one value: %s', (name, first, second) => {
    const cluster = v2();
    PodIdentityAgent.ensureOn(cluster, first);
    PodIdentityAgent.ensureOn(cluster, first);
    expect(() => PodIdentityAgent.ensureOn(cluster, second)).toThrow(new RegExp(
      `^Stack/V2/EnsuredPodIdentityAgent: ${name} is .*, but the agent of the cluster exists with .* \\(Stack/V2/EksPodIdentityAgentAddon/Resource\\)`));
  });

  test('configuration values may have another order, and deploy-time values', () => {
    const cluster = v2();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    PodIdentityAgent.ensureOn(cluster, { configurationValues: { a: name, b: 2 } });
    PodIdentityAgent.ensureOn(cluster, { configurationValues: { a: name, b: 2 } });
    PodIdentityAgent.ensureOn(l1(), { configurationValues: { a: 1, b: 2 } });
    expect(() => PodIdentityAgent.ensureOn(l1({}, 'Again'), { configurationValues: { b: 2, a: 1 } })).not.toThrow();
    expect(properties()[0].ConfigurationValues).toEqual({ 'Fn::Join': ['', ['{"a":"', { Ref: 'Name' }, '","b":2}']] });
  });

  test('the version of an add-on of the app stays', () => {
    const cluster = v2();
    new eks.CfnAddon(stack, 'Own', { addonName: AGENT, clusterName: cluster.clusterName, addonVersion: VERSION });
    expect(() => PodIdentityAgent.ensureOn(cluster, { addonVersion: 'v2' })).toThrow('addonVersion is "v2"');
  });
});

describe('dependencies', () => {
  const CHART = { chart: 'app', repository: 'https://example.com' };
  const dependenciesOfChart = () => {
    const [chart] = Object.values(Template.fromStack(stack).findResources('Custom::AWSCDK-EKS-HelmChart'));
    return chart.DependsOn as string[];
  };

  test('a chart that depends on the agent waits for the add-on, wherever it is', () => {
    const cluster = v2();
    const chart = cluster.addHelmChart('App', CHART);
    chart.node.addDependency(new PodIdentityAgent(stack, 'Agent', { cluster }));
    expect(dependenciesOfChart()).toContainEqual(expect.stringMatching(/^V2EksPodIdentityAgentAddon/));
  });

  test('in Auto Mode there is nothing to wait for', () => {
    const cluster = autoMode();
    const chart = cluster.addHelmChart('App', CHART);
    chart.node.addDependency(PodIdentityAgent.ensureOn(cluster));
    expect(dependenciesOfChart().join()).not.toContain('Agent');
  });

  test('associations do not depend on it: templates stay as they are', () => {
    const cluster = l1();
    PodIdentityAgent.ensureOn(cluster);
    new PodIdentityAssociation(stack, 'Pods', { cluster, namespace: 'ns', serviceAccount: 'sa' });
    const [association] = Object.values(Template.fromStack(stack).findResources('AWS::EKS::PodIdentityAssociation'));
    expect(association.DependsOn).toBeUndefined();
  });
});

describe('validation', () => {
  const podsOn = (cluster: eks.IClusterRef, i = 0) => (
    new PodIdentityAssociation(stack, `Pods${i}`, { cluster, namespace: 'ns', serviceAccount: 'sa' }));

  test('an app with the agent only is checked, too', () => {
    const cluster = l1();
    PodIdentityAgent.ensureOn(cluster);
    new eks.CfnAddon(stack, 'Late', { addonName: AGENT, clusterName: cluster.ref });
    expect(synthesize(app).findings.map(({ ruleName }) => ruleName)).toEqual(['DuplicateAgent']);
  });

  test.each<[string, () => eks.IClusterRef]>([['aws-eks', v1], ['aws-eks-v2', v2], ['an L1', l1]])(
    'the agent settles AgentMissing: %s', (_name, make) => {
      const cluster = make();
      const rules = () => synthesize(app).findings.map(({ ruleName }) => ruleName);
      podsOn(cluster);
      expect(rules()).toEqual(['AgentMissing']);
      app = newApp();
      stack = new Stack(app, 'Stack');
      const again = make();
      podsOn(again);
      PodIdentityAgent.ensureOn(again);
      expect(rules()).toEqual([]);
    });

  test('a Fargate cluster of the CDK is reported, and so is that of aws-eks-v2', () => {
    const clusters = [
      new eks.FargateCluster(stack, 'F1', { version: eks.KubernetesVersion.V1_31, kubectlLayer: layer }),
      new eksV2.FargateCluster(stack, 'F2', {
        version: eksV2.KubernetesVersion.V1_31, kubectlProviderOptions: { kubectlLayer: layer },
      }),
    ];
    clusters.forEach(podsOn);
    expect(synthesize(app).findings.map(({ ruleName }) => ruleName))
      .toEqual(['FargateOnlyCluster', 'FargateOnlyCluster']);
  });
});

describe('what is not a cluster', () => {
  const AGENT_WITHOUT = /^Stack\/Agent: cluster is not an EKS cluster\./;

  test.each<[string, any]>([
    ['nothing', undefined], ['text', 'prod'], ['another construct', { node: {} }],
  ])('%s', (_name, cluster) => {
    expect(() => PodIdentityAgent.ensureOn(cluster))
      .toThrow(/^PodIdentityAgent\.ensureOn: cluster is not an EKS cluster\./);
    expect(() => new PodIdentityAgent(stack, 'Agent', { cluster })).toThrow(AGENT_WITHOUT);
  });

  test('no props', () => {
    expect(() => new PodIdentityAgent(stack, 'Agent', undefined as any)).toThrow(AGENT_WITHOUT);
  });
});

test('it knows its own', () => {
  const things = [PodIdentityAgent.ensureOn(imported()), stack, undefined, 'text'];
  expect(things.map((one) => PodIdentityAgent.isPodIdentityAgent(one))).toEqual([true, false, false, false]);
});
