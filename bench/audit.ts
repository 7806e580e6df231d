/**
 * How long `cdk-pod-identity audit` takes for a cluster, and how much memory: 1,000, 2,500 and 5,000 associations of 200 roles,
 * against a server in this process that answers as EKS and IAM do. The memory of the server is not counted.
 *
 *   npx projen bench:audit              fails over the limit; docs/cli-audit.md has the figures
 *   npx projen bench:audit --smoke      50 associations; only shows that the benchmark works
 */
import { spawn } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { bundleCli } from '../projenrc/bundle-cli';
import { AccountState, allow, answersOf } from '../test/cli/live/account';
import { AwsServer } from '../test/cli/live/aws-server';

const ROLES = 200;
/** MB. With more, the collector leaves more for later, and nobody sees what is kept. */
const HEAP = 64;
/** How much memory each association may take, in KB: the report has all of them, and each has its own session policy to decide. */
const GROWTH_LIMIT_KB = 16;

/** A twentieth of the associations exceed their role; the others are narrower. */
function stateOf(associations: number): AccountState {
  const roles = Array.from({ length: ROLES }, (_, i) => `pods-${i}`);
  return {
    cluster: 'prod',
    associations: Array.from({ length: associations }, (_, i) => ({
      id: `a-${String(i).padStart(16, '0')}`,
      namespace: `team-${i % 100}`,
      serviceAccount: `app-${i}`,
      role: roles[i % ROLES],
      policy: allow(['s3:GetObject', i % 20 === 0 ? 's3:DeleteObject' : 's3:PutObject'], `arn:aws:s3:::team-${i % ROLES}/app-${i}/*`),
    })),
    roles: Object.fromEntries(roles.map((name, i) => [name, {
      inline: { bucket: allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::team-${i}/*`), queue: allow('sqs:*', `arn:aws:sqs:*:*:team-${i}-*`) },
      attached: ['logs', 'metrics'],
    }])),
    policies: { logs: allow(['logs:CreateLogStream', 'logs:PutLogEvents'], '*'), metrics: allow('cloudwatch:PutMetricData', '*') },
  };
}

interface Sample {
  readonly seconds: number;
  /** The seconds of the processor, which do not depend on what else the machine does. */
  readonly ofProcessor: number;
  /** The most at a time, in MB. */
  readonly memory: number;
  readonly summary: string;
}

async function run(binary: string, folder: string, associations: number): Promise<Sample> {
  const server = new AwsServer(answersOf(stateOf(associations)));
  const measure = path.join(folder, 'measure.js');
  const resources = path.join(folder, 'resources.json');
  fs.writeFileSync(measure, `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(resources)}, JSON.stringify(process.resourceUsage())));`);
  const start = performance.now();
  const child = spawn(process.execPath, [
    `--max-old-space-size=${HEAP}`, '-r', measure, binary, 'audit', '--cluster', 'prod', '--format', 'json', '-o', 'audit.json',
    '--endpoint-url', await server.start(), '--fail-on', 'never',
  ], {
    cwd: folder,
    env: { PATH: process.env.PATH, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-west-1', AWS_CONFIG_FILE: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let summary = '';
  child.stdout.on('data', (part: Buffer) => { summary += part.toString(); });
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  await server.stop();
  if (status !== 0 || server.violations.length > 0) { throw new Error(`exit code ${String(status)}: ${summary}${server.violations.slice(0, 3).join('\n')}`); }
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(fs.readFileSync(resources, 'utf-8')) as NodeJS.ResourceUsage;
  return {
    seconds: (performance.now() - start) / 1000, ofProcessor: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024, summary: summary.trim(),
  };
}

async function main(): Promise<void> {
  const smoke = process.argv.includes('--smoke');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-audit-'));
  try {
    bundleCli(folder);
    const samples: Sample[] = [];
    for (const count of smoke ? [50] : [1000, 2500, 5000]) {
      const sample = await run(path.join(folder, 'cdk-pod-identity.js'), folder, count);
      console.log(`${count} associations of ${ROLES} roles: ${sample.seconds.toFixed(1)} s (${sample.ofProcessor.toFixed(1)} s of a processor), ${sample.memory.toFixed(0)} MB: ${sample.summary}`);
      samples.push(sample);
    }
    if (smoke) { return; }
    const growth = (samples[2].memory - samples[0].memory) * 1024 / 4000;
    console.log(`Memory: ${growth.toFixed(1)} KB for each association more (limit ${GROWTH_LIMIT_KB} KB)`);
    if (growth > GROWTH_LIMIT_KB) { process.exitCode = 1; }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

void main();
