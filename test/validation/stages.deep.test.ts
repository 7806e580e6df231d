/**
 * Errors in stages, with the CDK's own command line. Apps are synthesized here, as if the command line ran them, and it reads their cloud
 * assemblies. `npm run test:package` has it run an app, too.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CfnResource, Environment, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as pipelines from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';
import {
  FindingSeverity, PodIdentityAssertions, PodIdentityAssociation, PodIdentityRole, PodIdentityValidation, SessionPolicy,
} from '../../lib';
import { synthesize } from '../synthesize';

const US: Environment = { account: '111122223333', region: 'us-east-1' };
const EU: Environment = { account: '111122223333', region: 'eu-west-1' };
const OTHER: Environment = { account: '444455556666', region: 'eu-west-1' };

/** What the command line gives to the apps that it runs, without `--exclusively`. */
const CLI = { '@aws-cdk/core:failSynthOnValidationErrors': false, 'aws:cdk:bundling-stacks': ['**'] };

const folders: string[] = [];
function temporary(): string {
  folders.push(fs.mkdtempSync(path.join(os.tmpdir(), 'stages-')));
  return folders[folders.length - 1];
}
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true })));

const GOOD = ['s3:GetObject'];
const EXCEEDS = ['s3:GetObject', 's3:PutObject'];
const WARNS = ['s3:GetObject', 's3:GetObjekt'];

/** An association whose role allows only `s3:GetObject`. */
function associate(scope: Construct, actions: string[], namespace = scope.node.path.toLowerCase().replace(/\W/g, '-')) {
  const role = new PodIdentityRole(scope, 'Role');
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:Get*'], resources: ['arn:aws:s3:::data/*'] }));
  const resources = ['arn:aws:s3:::data/a/*'];
  return new PodIdentityAssociation(scope, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(scope, 'Cluster', { clusterName: 'shop' }),
    namespace,
    serviceAccount: 'app',
    role,
    sessionPolicy: SessionPolicy.fromStatements(new iam.PolicyStatement({ actions, resources })),
  });
}

function stage(scope: Construct, id: string, env: Environment, actions: string[]): Stage {
  const made = new Stage(scope, id, { env });
  associate(new Stack(made, 'Shop'), actions);
  return made;
}

function pipeline(stack: Stack): pipelines.CodePipeline {
  const input = pipelines.CodePipelineSource.codeCommit(
    codecommit.Repository.fromRepositoryName(stack, 'Repository', 'shop'), 'main',
  );
  return new pipelines.CodePipeline(stack, 'Delivery', {
    synth: new pipelines.ShellStep('Synth', { input, commands: ['npx cdk synth'] }), crossAccountKeys: true,
  });
}

type Actions = { readonly dev?: string[]; readonly prod?: string[] };

/** Apps of two stages, in three environments. */
const SHAPES: Record<string, (app: App, actions: Actions) => void> = {
  'stages of the app': (app, { dev = GOOD, prod = GOOD }) => {
    stage(app, 'Dev', US, dev);
    const region = new Stage(stage(app, 'Prod', EU, GOOD), 'Region', { env: OTHER });
    associate(new NestedStack(new Stack(region, 'Shop'), 'Nested'), prod);
  },
  'a pipeline with stages of the app': (app, { dev = GOOD, prod = GOOD }) => {
    const delivery = pipeline(new Stack(app, 'Pipeline', { env: US }));
    delivery.addStage(stage(app, 'Dev', EU, dev));
    delivery.addStage(stage(app, 'Prod', OTHER, prod));
  },
  'a pipeline with stages in its stack': (app, { dev = GOOD, prod = GOOD }) => {
    const stack = new Stack(app, 'Pipeline', { env: US });
    const delivery = pipeline(stack);
    delivery.addStage(stage(stack, 'Dev', EU, dev));
    delivery.addStage(stage(stack, 'Prod', OTHER, prod));
  },
};

function synth(shape: string, actions: Actions, more: (app: App) => void = () => {}, context: object = CLI): string {
  const app = new App({ context: { ...context }, outdir: temporary() });
  SHAPES[shape](app, actions);
  more(app);
  app.synth();
  return app.outdir;
}

interface Run { readonly status: number | null; readonly output: string }

function cdk(assembly: string, ...args: string[]): Run {
  const environment = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [
      path.join(__dirname, '../../node_modules/aws-cdk/bin/cdk'), ...args,
      '--app', assembly, '--no-notices', '--no-color',
    ],
    {
      // No settings of this machine, and no search for credentials.
      cwd: temporary(), encoding: 'utf-8', env: { ...Object.fromEntries(environment), AWS_EC2_METADATA_DISABLED: 'true' },
    },
  );
  if (error) { throw error; }
  return { status, output: stdout + stderr };
}

/** The report that the CDK writes. */
function reported(assembly: string) {
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(assembly, 'validation-report.json'), 'utf-8'));
  const { conclusion, violations, suppressedViolations: suppressed = [] } = pluginReports.find(
    ({ pluginName }: { pluginName: string }) => pluginName === 'PodIdentity',
  );
  const pathsOf = (found: any[]) => found.flatMap(({ violatingConstructs }) => (
    violatingConstructs.map(({ constructPath }: { constructPath: string }) => constructPath)));
  return { conclusion, violations, paths: pathsOf(violations), suppressed: pathsOf(suppressed) };
}

const ERROR = 'Synthesis finished with errors';
const occurrences = (text: string, part: string) => text.split(part).length - 1;

describe.each(Object.keys(SHAPES))('%s', (shape) => {
  const bad = synth(shape, { prod: EXCEEDS });
  const where = {
    'stages of the app': 'Prod/Region/Shop/Nested/Pods',
    'a pipeline with stages of the app': 'Prod/Shop/Pods',
    'a pipeline with stages in its stack': 'Pipeline/Prod/Shop/Pods',
  }[shape]!;
  const MESSAGE = `ERROR ${where}: the session policy allows s3:PutObject`;

  test('an error ends cdk synth, and is printed once', () => {
    const { status, output } = cdk(bad, 'synth', '--quiet');
    expect(output).toContain(ERROR);
    expect(occurrences(output, MESSAGE)).toBe(1);
    expect(output).toContain("Acknowledge with 'PodIdentity::SessionPolicyExceedsRole'");
    expect(status).toBe(1);
  });

  test('an error ends cdk deploy of the stack that it is in', () => {
    const { status, output } = cdk(bad, 'deploy', where.split('/Shop/')[0] + '/Shop', '--require-approval', 'never');
    expect(output).toContain(ERROR);
    expect(occurrences(output, MESSAGE)).toBe(1);
    expect(status).toBe(1);
  });

  test('cdk ls lists the stacks', () => {
    const { status, output } = cdk(bad, 'ls');
    expect(output).toContain('Dev/Shop');
    expect(output).not.toContain('SessionPolicyExceedsRole');
    expect(status).toBe(0);
  });

  test('without an error, cdk synth ends well', () => {
    const { status, output } = cdk(synth(shape, {}), 'synth', '--quiet');
    expect(output).not.toContain('PodIdentity');
    expect(status).toBe(0);
  });

  test.each<[string, (app: App) => Construct]>([
    ['of the association', (app) => {
      const found = app.node.findAll().find((node) => node.node.path === where);
      return found as Construct;
    }],
    ['of the app', (app) => app],
  ])('with an acknowledgement %s, cdk synth ends well', (_name, of) => {
    const acknowledged = synth(shape, { prod: EXCEEDS }, (app) => Validations.of(of(app)).acknowledge({
      id: 'PodIdentity::SessionPolicyExceedsRole', reason: 'The bucket policy allows it',
    }));
    expect(reported(acknowledged)).toMatchObject({ paths: [], suppressed: [`${where}/Resource`] });
    const { status, output } = cdk(acknowledged, 'synth', '--quiet');
    expect(output).not.toContain('SessionPolicyExceedsRole');
    expect(status).toBe(0);
  });

  test('an acknowledgement of another association leaves the error', () => {
    const half = synth(shape, { dev: EXCEEDS, prod: EXCEEDS }, (app) => {
      const other = app.node.findAll().find(({ node }) => node.path.endsWith('Dev/Shop/Pods'))!;
      Validations.of(other).acknowledge({ id: 'PodIdentity::SessionPolicyExceedsRole', reason: 'known' });
    });
    const { status, output } = cdk(half, 'synth', '--quiet');
    expect(occurrences(output, MESSAGE)).toBe(1);
    expect(output).not.toContain('Dev/Shop/Pods: the session policy');
    expect(status).toBe(1);
  });

  test('the app itself reports the error on its construct', () => {
    const app = new App({ outdir: temporary() });
    SHAPES[shape](app, { prod: EXCEEDS });
    expect(synthesize(app).failed).toBe(true);
    expect(reported(app.outdir)).toMatchObject({ conclusion: 'failure', paths: [`${where}/Resource`] });
  });
});

test.each([
  ['stages of the app', ['synth', '--quiet', '**']],
  ['stages of the app', ['diff', 'Prod/Region/Shop']],
  ['a pipeline with stages of the app', ['synth', '--quiet', '--no-validation']],
  ['a pipeline with stages of the app', ['deploy', 'Pipeline', '--require-approval', 'never']],
  ['a pipeline with stages in its stack', ['synth', '--quiet', '--no-validation']],
])('%s: an error ends cdk %j, and is printed once', (shape, args) => {
  const { status, output } = cdk(synth(shape, { prod: EXCEEDS }), ...args);
  expect(occurrences(output, 'the session policy allows s3:PutObject')).toBe(1);
  expect(output).toContain(ERROR);
  expect(status).toBe(1);
});

describe('the report for the command line', () => {
  test('has an error of a stage for the whole app, with its construct in the metadata', () => {
    const { violations, conclusion } = reported(synth('stages of the app', { prod: EXCEEDS }));
    expect(conclusion).toBe('failure');
    expect(violations).toEqual([expect.objectContaining({
      ruleName: 'SessionPolicyExceedsRole',
      ruleMetadata: expect.objectContaining({ construct: 'Prod/Region/Shop/Nested/Pods' }),
      violatingConstructs: [{ constructPath: '' }],
    })]);
  });

  test.each<[string, Actions, object, string[]]>([
    ['warnings, which end no synth', { prod: WARNS }, CLI, ['Prod/Region/Shop/Nested/Pods/Resource']],
    ['errors, if only selected stacks count (--exclusively)', { prod: EXCEEDS },
      { ...CLI, 'aws:cdk:bundling-stacks': ['Dev/*'] }, ['Prod/Region/Shop/Nested/Pods/Resource']],
    ['errors, if no stack is selected (cdk synth --exclusively)', { prod: EXCEEDS },
      { ...CLI, 'aws:cdk:bundling-stacks': [] }, ['']],
    ['errors, if the context is text', { prod: EXCEEDS },
      { '@aws-cdk/core:failSynthOnValidationErrors': 'false' }, ['']],
  ])('%s', (_name, actions, context, expected) => {
    expect(reported(synth('stages of the app', actions, undefined, context)).paths).toEqual(expected);
  });

  test('has an error of a stack outside of stages on its construct', () => {
    const bad = synth('stages of the app', {}, (app) => associate(new Stack(app, 'Top'), EXCEEDS));
    expect(reported(bad).paths).toEqual(['Top/Pods/Resource']);
    expect(cdk(bad, 'synth', '--quiet')).toMatchObject({ status: 1, output: expect.stringContaining(ERROR) });
    expect(cdk(bad, 'synth', '--quiet', 'Dev/*').status).toBe(0);
  });

  test('a stack whose path only begins like that of a stack outside of stages is not below it', () => {
    const bad = synth('stages of the app', { prod: EXCEEDS }, (app) => new CfnResource(new Stack(app, 'Pro'), 'R', {
      type: 'AWS::SNS::Topic',
    }));
    expect(reported(bad).paths).toEqual(['']);
  });

  test('a rule whose severity is a warning ends nothing', () => {
    const fine = synth('stages of the app', { prod: EXCEEDS }, (app) => Validations.of(app).addPlugins(
      new PodIdentityValidation({ severities: { SessionPolicyExceedsRole: FindingSeverity.WARNING } }),
    ));
    expect(cdk(fine, 'synth', '--quiet').status).toBe(0);
    expect(cdk(fine, 'synth', '--quiet', 'Prod/**').output).toContain('WARNING Prod/Region/Shop/Nested/Pods');
  });
});

test('checks that cannot run end cdk synth, too', () => {
  const broken = synth('stages of the app', {}, (app) => {
    const plugin = new PodIdentityValidation();
    Validations.of(app).addPlugins(plugin);
    Object.defineProperty(plugin, 'rolePermissions', { get: () => { throw new Error('no such snapshot'); } });
  });
  const { violations } = reported(broken);
  expect(violations).toHaveLength(1); // although there are three environments
  expect(cdk(broken, 'synth', '--quiet')).toMatchObject({
    status: 1,
    output: expect.stringContaining("ERROR The checks of the app's associations ended with an error: no such snapshot."),
  });
});

test('an error in a stage ends PodIdentityAssertions, which synthesize the app', () => {
  const app = new App();
  const bad = stage(app, 'Prod', US, EXCEEDS).node.findChild('Shop') as Stack;
  expect(() => PodIdentityAssertions.fromStack(bad)).toThrow(expect.objectContaining({ name: 'ValidationFailed' }));
});
