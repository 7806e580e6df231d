/**
 * How long the comparison of two deployments takes, and how much memory: 1,000, 4,000 and 8,000 associations on a role for each 50 of them, each in
 * a stack of its own. A tenth of the associations change: their session policy is broader, narrower or gone, or their role is.
 *
 *   npm run bench:diff                fails over the limits
 *   npm run bench:diff -- --smoke     50 associations; only shows that the benchmark works
 *
 * The limit on time is for a processor, because the machine may be busy. Each size runs in a process of its own.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { differenceOf } from '../cli/diff/difference-of';
import { findStacks } from '../cli/templates/sources';
import { groupBy } from '../lib/util/group-by';

const ASSOCIATIONS_OF_A_ROLE = 50;
/** Seconds of a processor for 1,000 associations. */
const LIMIT_SECONDS = 10;
/** How much memory each association may take, in KB: the result has all of them, and each change its statements. */
const GROWTH_LIMIT_KB = 16;
/** MB. With more, the collector leaves more for later, and nobody sees what is kept. */
const HEAP = 160;

type Side = 'base' | 'head';

function document(...statements: object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

function allow(actions: string[], ...resources: unknown[]): object {
  return { Effect: 'Allow', Action: actions, Resource: resources };
}

/** One stack: a role with a bucket, a queue and a table, and its associations. */
function stackOf(number: number, side: Side): object {
  const bucket = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
  const objects = { 'Fn::Join': ['', [bucket, '/*']] };
  const isBroader = side === 'head' && number % 10 === 0;
  return {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Queue: { Type: 'AWS::SQS::Queue' },
      Table: { Type: 'AWS::DynamoDB::Table' },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }),
          Policies: [{
            PolicyName: 'access',
            PolicyDocument: document(
              allow(['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:PutObject', 's3:DeleteObject*'], bucket, objects),
              allow(['sqs:*'], { 'Fn::GetAtt': ['Queue', 'Arn'] }),
              allow(isBroader ? ['dynamodb:*'] : ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'], { 'Fn::GetAtt': ['Table', 'Arn'] }),
            ),
          }],
        },
      },
      ...Object.fromEntries(Array.from({ length: ASSOCIATIONS_OF_A_ROLE }, (_, i) => [`Pods${i}`, podsOf(number, i, side)])),
    },
  };
}

function podsOf(stack: number, i: number, side: Side): object {
  const change = side === 'head' && i % 10 === 0 ? ['broader', 'narrower', 'gone'][(i / 10) % 3] : 'none';
  const actions = change === 'broader' ? ['s3:GetObject*', 's3:PutObject', 's3:DeleteObject'] : change === 'narrower' ? ['s3:GetObject'] : ['s3:GetObject*', 's3:PutObject'];
  const session = (own: unknown) => JSON.stringify(document(allow(actions, 'OBJECTS'), allow(['sqs:SendMessage'], 'QUEUE'))).split(/"(OBJECTS|QUEUE)"/)
    .map((piece) => (piece === 'OBJECTS' ? { 'Fn::Join': ['', ['"', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, `/${String(own)}/*"`]] }
      : piece === 'QUEUE' ? { 'Fn::Join': ['', ['"', { 'Fn::GetAtt': ['Queue', 'Arn'] }, '"']] } : piece));
  return {
    Type: 'AWS::EKS::PodIdentityAssociation',
    Properties: {
      ClusterName: 'prod',
      Namespace: `team-${stack}`,
      ServiceAccount: `app-${i}`,
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ...change !== 'gone' && i % 5 !== 4 && { Policy: { 'Fn::Join': ['', session(i)] }, DisableSessionTags: true },
    },
  };
}

function write(folder: string, side: Side, associations: number): string {
  const to = path.join(folder, `${associations}-${side}`);
  fs.mkdirSync(to);
  for (let i = 0; i < associations / ASSOCIATIONS_OF_A_ROLE; i++) {
    fs.writeFileSync(path.join(to, `stack-${i}.template.json`), JSON.stringify(stackOf(i, side)));
  }
  return to;
}

interface Sample {
  readonly seconds: number;
  /** The most at a time, in MB. */
  readonly memory: number;
  readonly effects: Readonly<Record<string, number>>;
}

function measure(base: string, head: string): Sample {
  const start = process.cpuUsage();
  const { pods } = differenceOf({ sources: findStacks([base], {}) }, { sources: findStacks([head], {}) });
  const { user, system } = process.cpuUsage(start);
  return {
    seconds: (user + system) / 1e6,
    memory: process.resourceUsage().maxRSS / 1024,
    effects: Object.fromEntries([...groupBy(pods, ({ effect }) => effect)].map(([effect, some]) => [effect, some.length])),
  };
}

function sampleOf(folder: string, associations: number): Sample {
  const paths = (['base', 'head'] as const).map((side) => write(folder, side, associations));
  const { stdout, stderr, status } = spawnSync(process.execPath, [
    `--max-old-space-size=${HEAP}`, '-r', 'ts-node/register/transpile-only', __filename, 'measure', ...paths,
  ], { encoding: 'utf-8', env: { ...process.env, TS_NODE_PREFER_TS_EXTS: 'true' } });
  if (status !== 0) { throw new Error(stderr); }
  return JSON.parse(stdout) as Sample;
}

function main(): void {
  const smoke = process.argv.includes('--smoke');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-diff-'));
  try {
    const samples = (smoke ? [50] : [1000, 4000, 8000]).map((count) => {
      const sample = sampleOf(folder, count);
      console.log(`${count} associations: ${sample.seconds.toFixed(1)} s of a processor, ${sample.memory.toFixed(0)} MB; ${JSON.stringify(sample.effects)}`);
      return { count, ...sample };
    });
    if (smoke) { return; }
    const [thousand, more, most] = samples;
    // Up to 2,500 associations, there is one batch of stacks, which grows.
    const growth = (most.memory - more.memory) * 1024 / (most.count - more.count);
    console.log(`1,000 associations: limit ${LIMIT_SECONDS} s. Memory: ${growth.toFixed(1)} KB for each association more (limit ${GROWTH_LIMIT_KB} KB)`);
    if (thousand.seconds > LIMIT_SECONDS || growth > GROWTH_LIMIT_KB) { process.exitCode = 1; }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const [, , command, base, head] = process.argv;
if (command === 'measure') { console.log(JSON.stringify(measure(base, head))); } else { main(); }
