/**
 * How much longer an app takes to synthesize with PodIdentityAssociation than with plain L1s: at most 1.15 times, for
 * 1,000 associations on one role. How that grows with associations and roles, what it takes in memory, and what loading the
 * package takes beyond aws-cdk-lib: at most 20 ms.
 *
 *   npm run bench               fails over a limit
 *   npm run bench -- --smoke    1 pair of 50 associations; only shows that the benchmark works
 *
 * Each sample is a process of its own: in one process, whoever comes second finds everything compiled and cached. What
 * counts is processor time, which other work on the machine changes little; the wall clock is shown beside it.
 */
import { deepStrictEqual } from 'assert';
import { execFileSync, fork } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CloudFormationValidatePlugin, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PodIdentityAssociation, PodIdentityRole, SessionPolicy } from 'cdk-eks-pod-identity';
import { onDemand } from '../lib/on-demand';

type Variant = 'PodIdentityAssociation' | 'CfnPodIdentityAssociation';

interface Sample {
  /** Milliseconds. */
  readonly processor: number;
  /** Milliseconds. */
  readonly wall: number;
  /** The most memory at a time, in MB. */
  readonly memory: number;
}

interface Setting {
  readonly associations: number;
  readonly roles: number;
  readonly pairs: number;
  /** Whether the CDK validates the templates, too, as it does by default. That takes longer than all the rest. */
  readonly cdkValidation: boolean;
  readonly limit?: number;
}

const SETTINGS: readonly Setting[] = [
  { associations: 1000, roles: 1, pairs: 7, cdkValidation: true, limit: 1.15 },
  ...[100, 1000, 5000].flatMap((associations) => [1, 10, 100].map((roles) => ({ associations, roles, pairs: 3, cdkValidation: false }))),
];
const SMOKE: readonly Setting[] = [{ associations: 50, roles: 2, pairs: 1, cdkValidation: true }];
const LOADING_LIMIT = 20;

/** aws-cdk-lib 2.262 has no switch for it. */
function switchOffCdkValidation(): void {
  const nothing = { name: CloudFormationValidatePlugin.PLUGIN_NAME, validate: () => ({ success: true, violations: [] }) };
  Object.assign(CloudFormationValidatePlugin, { _singletonInstance: () => nothing });
}

/** Runs in the child. */
function measure(variant: Variant, setting: Setting, outdir: string): Sample {
  if (!setting.cdkValidation) { switchOffCdkValidation(); }
  // ts-node maps every stack trace that the CDK takes back to the sources; a compiled app does not.
  delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  onDemand(); // here, that compiles what it loads
  const wall = performance.now();
  const processor = process.cpuUsage();
  // More resources than CloudFormation takes, so that there is nothing to measure but them.
  const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  buildStack(app, variant, setting);
  app.synth();
  const { user, system } = process.cpuUsage(processor);
  return { processor: (user + system) / 1000, wall: performance.now() - wall, memory: process.resourceUsage().maxRSS / 1024 };
}

function buildStack(app: App, variant: Variant, { associations, roles }: Setting): void {
  const stack = new Stack(app, 'Tenants', { env: { account: '111122223333', region: 'eu-west-1' } });
  Validations.of(stack).acknowledge({ id: 'CloudFormation-Validate::F0007', reason: 'The stack is not deployed' }); // too many resources
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tenants' });
  const bucket = new s3.Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.RETAIN });
  const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'tenant', type: dynamodb.AttributeType.STRING } });

  // Written as the session policies come out, so that both variants make the same template.
  const objects = ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'];
  const items = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'];
  const allRoles = Array.from({ length: roles }, (_, i) => new PodIdentityRole(stack, `Role${i}`, {
    inlinePolicies: {
      tenants: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: objects, resources: [bucket.arnForObjects('tenants/*')] }),
          new iam.PolicyStatement({ actions: items, resources: [table.tableArn] }),
        ],
      }),
    },
  }));

  for (let i = 0; i < associations; i++) {
    const role = allRoles[i % roles];
    const tenant = `tenant-${i}`;
    const resource = bucket.arnForObjects(`tenants/${tenant}/*`);
    const Condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': tenant } };
    if (variant === 'PodIdentityAssociation') {
      new PodIdentityAssociation(stack, tenant, {
        cluster,
        namespace: tenant,
        serviceAccount: 'app',
        role,
        removalPolicy: RemovalPolicy.DESTROY,
        sessionPolicy: SessionPolicy.fromStatements(
          new iam.PolicyStatement({ actions: objects, resources: [resource] }),
          new iam.PolicyStatement({ actions: items, resources: [table.tableArn], conditions: Condition }),
        ),
      });
    } else {
      new eks.CfnPodIdentityAssociation(stack, tenant, {
        clusterName: cluster.clusterName,
        namespace: tenant,
        serviceAccount: 'app',
        roleArn: role.roleArn,
        disableSessionTags: true,
        policy: stack.toJsonString({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: items, Resource: table.tableArn, Condition },
            { Effect: 'Allow', Action: objects, Resource: resource },
          ],
        }),
      }).applyRemovalPolicy(RemovalPolicy.DESTROY);
    }
  }
}

/** Runs a sample in a child. */
function sample(variant: Variant, setting: Setting, outdir: string): Promise<Sample> {
  return new Promise((resolve, reject) => {
    let result: Sample | undefined;
    const child = fork(__filename, [variant, JSON.stringify(setting), outdir]);
    child.on('message', (message) => { result = message as Sample; });
    child.on('error', reject);
    child.on('exit', (code) => (result === undefined ? reject(new Error(`${variant}: exit code ${code}`)) : resolve(result)));
  });
}

/** The comparison is honest only if both variants write the same resources, and if the check found every session policy to narrow. */
function checkEqual(ours: string, plain: string): void {
  const resources = (outdir: string) => {
    const template = JSON.parse(fs.readFileSync(path.join(outdir, 'Tenants.template.json'), 'utf-8'));
    return Object.values<{ Metadata?: unknown }>(template.Resources).map(({ Metadata: _, ...rest }) => rest);
  };
  deepStrictEqual(resources(ours), resources(plain));
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(ours, 'validation-report.json'), 'utf-8'));
  deepStrictEqual(pluginReports.filter((report: { pluginName: string }) => report.pluginName === 'PodIdentity'), []);
}

async function compare(setting: Setting): Promise<boolean> {
  const { associations, roles, pairs, cdkValidation, limit } = setting;
  const ratios: number[] = [];
  const ours: Sample[] = [];
  const plain: Sample[] = [];
  for (let pair = 1; pair <= pairs; pair++) {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-synth-'));
    try {
      const run = (variant: Variant) => sample(variant, setting, path.join(outdir, variant));
      // Whoever is second may find a warmer disk, or a hotter processor: take turns.
      const oursFirst = pair % 2 === 0 ? await run('PodIdentityAssociation') : undefined;
      plain.push(await run('CfnPodIdentityAssociation'));
      ours.push(oursFirst ?? await run('PodIdentityAssociation'));
      checkEqual(path.join(outdir, 'PodIdentityAssociation'), path.join(outdir, 'CfnPodIdentityAssociation'));
      ratios.push(ours[pair - 1].processor / plain[pair - 1].processor);
    } finally {
      fs.rmSync(outdir, { recursive: true, force: true });
    }
  }
  const more = (middle(ours, (s) => s.processor) - middle(plain, (s) => s.processor)) / associations;
  const ratio = median(ratios);
  console.log(`${associations} associations on ${roles} role${roles === 1 ? '' : 's'}${cdkValidation ? '' : ", without the CDK's own validation"}:`);
  console.log(`  ours ${show(ours)}; plain L1s ${show(plain)}`);
  console.log(`  ratio ${ratio.toFixed(3)}${limit === undefined ? '' : ` (limit ${limit})`}, ${more.toFixed(2)} ms more for each association`);
  return limit === undefined || ratio <= limit;
}

function show(samples: readonly Sample[]): string {
  const of = (pick: (s: Sample) => number) => middle(samples, pick).toFixed(0);
  return `${of((s) => s.processor)} ms (wall clock ${of((s) => s.wall)} ms, ${of((s) => s.memory)} MB)`;
}

const LOADING = `
  ['aws-cdk-lib', 'aws-cdk-lib/aws-eks', 'aws-cdk-lib/aws-iam', 'constructs'].forEach((name) => require(name));
  const iam = require('aws-cdk-lib/aws-iam');
  new iam.PolicyStatement({ actions: ['s3:GetObject'] }).toStatementJson();
  [iam.Role, iam.ArnPrincipal, require('aws-cdk-lib').Resource, require('aws-cdk-lib/aws-eks').CfnPodIdentityAssociation].forEach((loaded) => loaded.name);
  const before = process.cpuUsage();
  require('./lib/index.js');
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);`;

/** What loading the compiled package takes beyond the classes of aws-cdk-lib that it extends. */
function compareLoading(samples: number): boolean {
  const root = path.join(__dirname, '..');
  if (!fs.existsSync(path.join(root, 'lib', 'index.js'))) {
    console.log('Loading the package: not measured, it is not compiled (npx projen compile)');
    return true;
  }
  const time = median(Array.from({ length: samples }, () => Number(execFileSync(process.execPath, ['-e', LOADING], { cwd: root, encoding: 'utf-8' }))));
  console.log(`Loading the package after aws-cdk-lib: ${time.toFixed(1)} ms (limit ${LOADING_LIMIT})`);
  return time <= LOADING_LIMIT;
}

function middle(samples: readonly Sample[], pick: (s: Sample) => number): number {
  return median(samples.map(pick));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function main(): Promise<void> {
  const smoke = process.argv.includes('--smoke');
  let passed = compareLoading(smoke ? 1 : 9) || smoke;
  for (const setting of smoke ? SMOKE : SETTINGS) { passed = await compare(setting) && passed; }
  if (!passed) { process.exitCode = 1; }
}

if (process.send) {
  const [variant, setting, outdir] = process.argv.slice(2);
  process.send(measure(variant as Variant, JSON.parse(setting), outdir));
} else {
  void main();
}
