/** Synthesizes the examples with the CDK CLI, and shows what the check reports for each association. */
import { spawn } from 'child_process';
import * as path from 'path';
import { NarrowingVerdict, PodIdentityAssertions, PodPermissions, SessionPolicy } from 'cdk-eks-pod-identity';
import { app } from './tenants/app';

interface Synthesis {
  readonly status: number;
  readonly print: () => void;
}

/** Runs `cdk synth` and keeps its output, so that the examples can run in parallel and print in order. */
function cdkSynth(example: string): Promise<Synthesis> {
  const cdk = path.join(__dirname, '..', 'node_modules', '.bin', 'cdk');
  const color = process.stderr.isTTY ? { FORCE_COLOR: '1' } : {};
  const run = spawn(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '--no-version-reporting'], {
    cwd: path.join(__dirname, example),
    env: { ...process.env, ...color, TS_NODE_PROJECT: path.join(__dirname, 'tsconfig.json') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const writes: Array<() => void> = [];
  run.stdout.on('data', (chunk) => writes.push(() => process.stdout.write(chunk)));
  run.stderr.on('data', (chunk) => writes.push(() => process.stderr.write(chunk)));
  return new Promise((resolve, reject) => {
    run.on('error', reject);
    run.on('close', (status) => resolve({ status: status ?? 1, print: () => writes.forEach((write) => write()) }));
  });
}

function show(pods: PodPermissions): void {
  const session = pods.sessionPolicy();
  if (!session?.statements) { throw new Error(`${pods.path} has no readable session policy`); }
  const { minimum, maximum, expected } = session.size;
  console.log(`\n${pods.path}`);
  console.log(`  pods     service account ${pods.serviceAccount} in namespace ${pods.namespace} of cluster ${pods.clusterName}`);
  console.log(`  role     the role ${pods.narrowedRole}`);
  console.log(`  verdict  ${session.verdict}`);
  const possible = minimum === maximum ? '' : ` (${minimum} to ${maximum ?? '?'} possible)`;
  console.log(`  size     ${expected ?? '?'}${possible} of ${SessionPolicy.MAX_CHARACTERS} characters`);
  session.statements.forEach((statement) => console.log(`  policy   ${JSON.stringify(statement)}`));
}

async function main(): Promise<void> {
  const running = { tenants: cdkSynth('tenants'), exceeds: cdkSynth('exceeds') };
  const associations = PodIdentityAssertions.fromApp(app).associations();

  console.log('=== examples/tenants: three tenants share a role, each narrowed to its own part');
  const tenants = await running.tenants;
  tenants.print();
  associations.forEach(show);

  console.log('\n=== examples/exceeds: the same, and beta is also granted a bucket that the role does not have. `cdk synth` fails:\n');
  const exceeds = await running.exceeds;
  exceeds.print();

  const asExpected = tenants.status === 0 && exceeds.status !== 0
    && associations.every((pods) => pods.sessionPolicy()?.verdict === NarrowingVerdict.NARROWS);
  console.log(`\n${asExpected ? 'As expected: tenants synthesizes, exceeds does not.' : 'NOT as expected.'}`);
  process.exitCode = asExpected ? 0 : 1;
}

void main();
