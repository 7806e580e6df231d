/** Synthesises the examples with the CDK CLI, and shows what the check says of each association. */
import { spawnSync } from 'child_process';
import * as path from 'path';
import { app } from './tenants/app';
import { CheckContext } from '../lib/checks/check-context';
import { describeRole } from '../lib/checks/describe';
import { lengthOf, statementAsJson } from '../lib/engine';
import { SESSION_POLICY_MAX_CHARACTERS } from '../lib/session-policy-limit';
import { Association, narrowedRole } from '../lib/template/associations';
import { readTemplates } from '../lib/validation/read-templates';

function cdkSynth(example: string): number {
  const cdk = path.join(__dirname, '..', 'node_modules', '.bin', 'cdk');
  const run = spawnSync(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '--no-version-reporting'], {
    cwd: path.join(__dirname, example),
    env: { ...process.env, TS_NODE_PROJECT: path.join(__dirname, 'tsconfig.json') },
    stdio: 'inherit',
  });
  if (run.error) { throw run.error; }
  return run.status ?? 1;
}

function show(association: Association, context: CheckContext): void {
  const reading = context.sessionPolicy(association);
  if (reading?.kind !== 'read') { throw new Error(`${association.path} has no readable session policy`); }
  const { min, max } = lengthOf(reading.text);
  console.log(`\n${association.path}`);
  console.log(`  pods     service account ${association.serviceAccount} in namespace ${association.namespace} of cluster ${association.clusterName}`);
  console.log(`  role     ${describeRole(narrowedRole(association))}`);
  console.log(`  verdict  ${context.verdict(association)?.kind}`);
  console.log(`  size     ${min} to ${max ?? '?'} of ${SESSION_POLICY_MAX_CHARACTERS} characters`);
  reading.read.policy.statements.forEach((statement) => console.log(`  policy   ${JSON.stringify(statementAsJson(statement))}`));
}

console.log('=== examples/tenants: three tenants share a role, each narrowed to its own part');
const tenants = cdkSynth('tenants');
app.synth();
const context = new CheckContext(readTemplates(app));
context.associations.forEach((association) => show(association, context));

console.log('\n=== examples/exceeds: the same, and beta is also granted a bucket that the role does not have. `cdk synth` fails:\n');
const exceeds = cdkSynth('exceeds');

const asExpected = tenants === 0 && context.associations.every((a) => context.verdict(a)?.kind === 'narrows') && exceeds !== 0;
console.log(`\n${asExpected ? 'As expected: tenants synthesises, exceeds does not.' : 'NOT as expected.'}`);
process.exitCode = asExpected ? 0 : 1;
