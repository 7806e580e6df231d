import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { reasonIn } from '../../../cli/templates/construct-metadata';
import { readStacks } from '../../../cli/templates/read-stacks';
import { findStacks } from '../../../cli/templates/sources';
import { StackSource } from '../../../cli/templates/stack-source';
import { PodIdentityAssociation, PodIdentityRole } from '../../../lib';
import { readTemplates } from '../../../lib/validation/read-templates';

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
afterAll(() => fs.rmSync(outdir, { recursive: true }));

/** Writes the cloud assembly of an app with everything that one may have. */
function synthesized(folder: string, context: Record<string, unknown>): App {
  const app = new App({ outdir: path.join(outdir, folder), context, analyticsReporting: false });
  const stage = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
  const team = new Stack(stage, 'Team', { stackName: 'the-team' });
  const nested = new NestedStack(team, 'Nested');
  const inner = new NestedStack(nested, 'Inner');
  for (const stack of [new Stack(app, 'Open'), team, nested, inner]) {
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
    new PodIdentityAssociation(stack, 'Pods', {
      cluster, namespace: stack.node.id.toLowerCase(), serviceAccount: 'app', role: new PodIdentityRole(stack, 'Role'),
    });
  }
  app.synth();
  return app;
}

test.each([
  ['as the CDK CLI writes it', { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true }],
  ['without metadata in its templates', {}],
])('a cloud assembly %s is read as the plugin reads the app', (folder, context) => {
  const app = synthesized(folder, context);
  const expected = readTemplates(app).stacks.map((stack) => ({ ...stack, file: path.relative(outdir, stack.file) }));
  const read = findStacks([folder], {}, outdir).flatMap(
    (source) => readStacks(source as StackSource).map(({ stack }) => stack),
  );
  const sorted = <T extends { id: string }>(stacks: readonly T[]) => [...stacks].sort((a, b) => (a.id < b.id ? -1 : 1));
  const compared = ({ id, account, region, file, parent, template, pathOf }: (typeof read)[number]) => (
    { id, account, region, file, parent, template, paths: Object.keys(template.Resources ?? {}).map(pathOf) });
  expect(sorted(read).map(compared)).toEqual(sorted(expected).map(compared));
  expect(read.find(({ id }) => id === 'Prod/Team')!.name).toBe('the-team');
  expect(new Set(read.map(({ id, assembly }) => `${id} ${assembly}`))).toEqual(new Set([
    `Open ${folder}`,
    ...['Prod/Team', 'Prod/Team/Nested', 'Prod/Team/Nested/Inner'].map((id) => `${id} ${folder}/assembly-Prod`),
  ]));
});

test('what an app acknowledges is in its cloud assembly, but for what it acknowledges at itself', () => {
  const app = new App({ outdir: path.join(outdir, 'acknowledging'), analyticsReporting: false });
  const stack = new Stack(new Stage(app, 'Prod'), 'Team');
  const nested = new NestedStack(stack, 'Nested');
  const acknowledge = (scope: App | Stack, rule: string) => Validations.of(scope).acknowledge({
    id: `PodIdentity::${rule}`, reason: `of ${scope.node.path}`,
  });
  acknowledge(app, 'UnscopedAssociation');
  acknowledge(stack, 'UnknownAction');
  acknowledge(nested, 'RoleTrustPolicy');
  app.synth();
  const [source] = findStacks(['acknowledging'], {}, outdir) as StackSource[];
  const { acknowledged } = source.constructs!.metadata();
  const reasons = ['UnscopedAssociation', 'UnknownAction', 'RoleTrustPolicy'].map(
    (rule) => reasonIn(acknowledged, rule, 'Prod/Team/Nested/Pods'),
  );
  expect(reasons).toEqual([undefined, 'of Prod/Team', 'of Prod/Team/Nested']);
  expect(reasonIn(acknowledged, 'RoleTrustPolicy', 'Prod/Team/Pods')).toBeUndefined();
});

test('two apps may have stacks of one name', () => {
  const ids = findStacks(['as the CDK CLI writes it', 'without metadata in its templates'], {}, outdir).map(
    (source) => (source as StackSource).id,
  );
  expect(new Set(ids).size).toBe(4);
});

test('stacks that do not say where they are deployed are where the options say', () => {
  const found = findStacks(
    ['without metadata in its templates'], { account: '444455556666', region: 'eu-north-1' }, outdir,
  ) as StackSource[];
  expect(found.map(({ id, account, region }) => `${id} ${account} ${region}`).sort()).toEqual([
    'Open 444455556666 eu-north-1', 'Prod/Team 111122223333 eu-west-1',
  ]);
});
