/**
 * How long `cdk-pod-identity check` takes, and how much memory: 1,000 templates of 500 resources in at most 10 s, in memory
 * that does not grow with the number of templates; and that it starts in 150 ms.
 *
 *   npm run bench:cli               fails over a limit; 3,000 templates show how memory grows
 *   npm run bench:cli -- --smoke    10 templates; only shows that the benchmark works
 *   npm run bench:cli -- --small    memory for templates of one role and one association: the table of docs/cli.md
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { bundleCli } from '../projenrc/bundle-cli';

const RESOURCES = 500;
const SECONDS_LIMIT = 10;
const START_LIMIT = 150;
/** MB. With more, the collector leaves more for later, and nobody sees what is kept. */
const HEAP = 64;
const SMALL_HEAP = [`--max-old-space-size=${HEAP}`];
/** How much more memory 3,000 templates may take than 1,000. */
const GROWTH_LIMIT = 1.25;
const AS_MANY_SHARE = 50;

interface Sample {
  readonly milliseconds: number;
  /** The most at a time, in MB. */
  readonly memory: number;
  readonly stdout: string;
}

/** A twentieth of the stacks have associations, on a role that a platform stack exports; the rest are other people's. */
function writeTemplates(folder: string, count: number): void {
  for (let i = 0; i < count; i++) {
    const group = Math.floor(i / AS_MANY_SHARE);
    const template = i % AS_MANY_SHARE === 0 ? platform(group) : stack(i, group);
    fs.writeFileSync(path.join(folder, `stack-${i}.template.json`), JSON.stringify(template, undefined, 1));
  }
}

function platform(group: number): object {
  return {
    Resources: { Role: roleOfPods(), ...others(RESOURCES - 1, `platform-${group}`) },
    Outputs: { Role: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: `role-${group}` } } },
  };
}

function roleOfPods(): object {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: '*' }] };
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
  };
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'access', PolicyDocument: document }] } };
}

function stack(i: number, group: number): object {
  if (i % 20 !== 1) { return { Resources: others(RESOURCES, `stack-${i}`) }; }
  const pods = Object.fromEntries(Array.from({ length: 10 }, (_, pod) => [`Pods${pod}`, association(
    { Namespace: `team-${i}`, ServiceAccount: `app-${pod}`, RoleArn: { 'Fn::ImportValue': `role-${group}` } },
    { Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::data-${i}/${pod}/*` },
  )]));
  return { Resources: { ...pods, ...others(RESOURCES - 10, `stack-${i}`) } };
}

function association(properties: object, allowed: object): object {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...allowed }] });
  return { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: 'prod', ...properties, DisableSessionTags: true, Policy } };
}

/** What stacks have: functions with their roles, queues. */
function others(count: number, name: string): object {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => {
    switch (i % 5) {
      case 0: return [`Role${i}`, {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
          PermissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary-of-the-teams',
        },
      }];
      case 1: return [`Policy${i}`, {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: `policy-${i}`,
          Roles: [{ Ref: `Role${i - 1}` }],
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [`Queue${i + 1}`, 'Arn'] } }] },
        },
      }];
      case 2: return [`Queue${i}`, { Type: 'AWS::SQS::Queue', Properties: { QueueName: `${name}-${i}`, VisibilityTimeout: 300 } }];
      case 3: return [`Function${i}`, {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs20.x', Handler: 'index.handler', Role: { 'Fn::GetAtt': [`Role${i - 3}`, 'Arn'] }, Code: { S3Bucket: 'code', S3Key: `${name}/${i}.zip` } },
      }];
      default: return [`Alarm${i}`, {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: { MetricName: 'Errors', Namespace: 'AWS/Lambda', Threshold: 1, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', Period: 60 },
      }];
    }
  }));
}

/** A template of one role and one association. */
function small(serviceAccount: string): object {
  const pods = association(
    { Namespace: 'team', ServiceAccount: serviceAccount, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    { Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' },
  );
  return { Resources: { Role: roleOfPods(), Pods: pods } };
}

function measureSmall(binary: string, folder: string): void {
  for (const count of [1000, 2000, 3000]) {
    const memory = [(i: number) => `app-${i}`, () => 'app'].map((serviceAccount) => {
      const cwd = fs.mkdtempSync(path.join(folder, 'small-'));
      fs.mkdirSync(path.join(cwd, 'templates'));
      for (let i = 0; i < count; i++) {
        fs.writeFileSync(path.join(cwd, 'templates', `t${i}.template.json`), JSON.stringify(small(serviceAccount(i))));
      }
      return run([], binary, cwd, 'check', 'templates', '--fail-on', 'never').memory;
    });
    console.log(`| ${count.toLocaleString('en-US')} | ${memory.map((megabytes) => `${megabytes.toFixed(0)} MB`).join(' | ')} |`);
  }
}

function run(options: readonly string[], binary: string, cwd: string, ...args: string[]): Sample {
  const report = path.join(cwd, 'resources.json');
  const measure = path.join(cwd, 'measure.js');
  fs.writeFileSync(measure, `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`);
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, '-r', measure, binary, ...args], { cwd, encoding: 'utf-8' });
  const milliseconds = performance.now() - start;
  if (status !== 0) { throw new Error(`exit code ${status}: ${stdout.slice(0, 2000)}${stderr}`); }
  return { milliseconds, memory: Number(fs.readFileSync(report, 'utf-8')) / 1024, stdout };
}

function main(): void {
  const smoke = process.argv.includes('--smoke');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-cli-'));
  try {
    bundleCli(folder);
    const binary = path.join(folder, 'cdk-pod-identity.js');
    if (process.argv.includes('--small')) {
      measureSmall(binary, folder);
      return;
    }
    const [start] = Array.from({ length: smoke ? 1 : 9 }, () => run(SMALL_HEAP, binary, folder, '--help').milliseconds).sort((a, b) => a - b).slice(smoke ? 0 : 4);
    console.log(`Start: ${start.toFixed(0)} ms (limit ${START_LIMIT})`);
    const samples = (smoke ? [10] : [100, 1000, 3000]).map((count) => {
      const cwd = path.join(folder, String(count));
      fs.mkdirSync(path.join(cwd, 'templates'), { recursive: true });
      writeTemplates(path.join(cwd, 'templates'), count);
      const sample = run(SMALL_HEAP, binary, cwd, 'check', 'templates');
      console.log(`${count} templates of ${RESOURCES} resources: ${(sample.milliseconds / 1000).toFixed(1)} s, ${sample.memory.toFixed(0)} MB: ${sample.stdout.trim()}`);
      return sample;
    });
    if (smoke) { return; }
    const [, thousand, more] = samples;
    console.log(`Memory: ${(more.memory / thousand.memory).toFixed(2)} times (limit ${GROWTH_LIMIT}); 1,000 templates: limit ${SECONDS_LIMIT} s`);
    const passed = start <= START_LIMIT && thousand.milliseconds <= SECONDS_LIMIT * 1000 && more.memory <= thousand.memory * GROWTH_LIMIT;
    if (!passed) { process.exitCode = 1; }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main();
