/**
 * How much longer an app takes to synthesise with PodIdentityAssociation than with plain L1s: at most 1.2 times, for
 * 1,000 associations on one role.
 *
 *   npm run bench               7 pairs of 1,000 associations; fails over 1.2
 *   npm run bench -- --smoke    1 pair of 50 associations; only shows that the benchmark works
 *
 * Each sample is a process of its own: in one process, whoever comes second finds everything compiled and cached. What
 * counts is processor time, which other work on the machine changes little; the wall clock is shown beside it.
 */
import { deepStrictEqual } from 'assert';
import { fork } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CloudFormationValidatePlugin, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PodIdentityAssociation, PodIdentityRole, SessionPolicy } from 'cdk-eks-pod-identity';

type Variant = 'PodIdentityAssociation' | 'CfnPodIdentityAssociation';

/** Milliseconds. */
interface Duration {
  readonly processor: number;
  readonly wall: number;
}

const LIMIT = 1.2;
const SETTINGS: Array<{ name: string; env: NodeJS.ProcessEnv; limited: boolean }> = [
  { name: 'default settings', env: { CDK_VALIDATION: undefined }, limited: true },
  // Without the CDK's own validation of the templates, which takes longer than all the rest.
  { name: 'CDK_VALIDATION=false', env: { CDK_VALIDATION: 'false' }, limited: false },
];

/** CDK_VALIDATION is the CDK's own switch; aws-cdk-lib 2.262 does not have it yet. */
function switchOffCdkValidation(): void {
  const nothing = { name: CloudFormationValidatePlugin.PLUGIN_NAME, validate: () => ({ success: true, violations: [] }) };
  Object.assign(CloudFormationValidatePlugin, { _singletonInstance: () => nothing });
}

/** Runs in the child. */
function measure(variant: Variant, count: number, outdir: string): Duration {
  if (process.env.CDK_VALIDATION === 'false') { switchOffCdkValidation(); }
  // ts-node maps every stack trace that the CDK takes back to the sources; a compiled app does not.
  delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  const wall = performance.now();
  const processor = process.cpuUsage();
  // More resources than CloudFormation takes, so that there is nothing to measure but them.
  const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  buildStack(app, variant, count);
  app.synth();
  const { user, system } = process.cpuUsage(processor);
  return { processor: (user + system) / 1000, wall: performance.now() - wall };
}

function buildStack(app: App, variant: Variant, count: number): void {
  const stack = new Stack(app, 'Tenants', { env: { account: '111122223333', region: 'eu-west-1' } });
  Validations.of(stack).acknowledge({ id: 'CloudFormation-Validate::F0007', reason: 'The stack is not deployed' }); // too many resources
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tenants' });
  const bucket = new s3.Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.RETAIN });
  const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'tenant', type: dynamodb.AttributeType.STRING } });

  // Written as the session policies come out, so that both variants make the same template.
  const objects = ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'];
  const items = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'];
  const role = new PodIdentityRole(stack, 'Role', {
    inlinePolicies: {
      tenants: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: objects, resources: [bucket.arnForObjects('tenants/*')] }),
          new iam.PolicyStatement({ actions: items, resources: [table.tableArn] }),
        ],
      }),
    },
  });

  for (let i = 0; i < count; i++) {
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
function sample(variant: Variant, count: number, env: NodeJS.ProcessEnv, outdir: string): Promise<Duration> {
  return new Promise((resolve, reject) => {
    let duration: Duration | undefined;
    const child = fork(__filename, [variant, String(count), outdir], { env: { ...process.env, ...env } });
    child.on('message', (message) => { duration = message as Duration; });
    child.on('error', reject);
    child.on('exit', (code) => (duration === undefined ? reject(new Error(`${variant}: exit code ${code}`)) : resolve(duration)));
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

/** The median of the ratios. */
async function compare(pairs: number, count: number, env: NodeJS.ProcessEnv): Promise<number> {
  const ratios: number[] = [];
  for (let pair = 1; pair <= pairs; pair++) {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-synth-'));
    try {
      const run = (variant: Variant) => sample(variant, count, env, path.join(outdir, variant));
      // Whoever is second may find a warmer disk, or a hotter processor: take turns.
      const oursFirst = pair % 2 === 0 ? await run('PodIdentityAssociation') : undefined;
      const plain = await run('CfnPodIdentityAssociation');
      const ours = oursFirst ?? await run('PodIdentityAssociation');
      checkEqual(path.join(outdir, 'PodIdentityAssociation'), path.join(outdir, 'CfnPodIdentityAssociation'));
      ratios.push(ours.processor / plain.processor);
      console.log(`  pair ${pair}: ${show(ours)}, plain L1s ${show(plain)}, ratio ${ratios[ratios.length - 1].toFixed(3)}`);
    } finally {
      fs.rmSync(outdir, { recursive: true, force: true });
    }
  }
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)];
}

function show({ processor, wall }: Duration): string {
  return `${processor.toFixed(0)} ms (wall clock ${wall.toFixed(0)})`;
}

async function main(): Promise<void> {
  const smoke = process.argv.includes('--smoke');
  const [pairs, count] = smoke ? [1, 50] : [7, 1000];
  for (const { name, env, limited } of SETTINGS) {
    console.log(`${count} associations, ${name}:`);
    const median = await compare(pairs, count, env);
    const judged = limited && !smoke;
    console.log(`  median ratio ${median.toFixed(3)}${judged ? ` (limit ${LIMIT})` : ''}`);
    if (judged && median > LIMIT) { process.exitCode = 1; }
  }
}

if (process.send) {
  const [variant, count, outdir] = process.argv.slice(2);
  process.send(measure(variant as Variant, Number(count), outdir));
} else {
  void main();
}
