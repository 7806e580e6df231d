/**
 * How many pairs `cdk-pod-identity compare --pairs` compares in a second, from JSON lines to JSON lines: on one core, and as a command
 * that reads a long file. And how long the command takes to start.
 *
 *   npm run bench:compare              each of AWS's managed policies against itself and four others; the command: against 32 others
 *   npm run bench:compare -- --smoke   a few; only shows that the benchmark works
 *
 * The target is shown beside the figure, and nothing fails over it: a machine may be slow, or busy. A second of processor time is
 * one on which no other program ran.
 */
import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Readable } from 'stream';
import { comparePairs } from '../cli/compare/compare-pairs';
import { bundleCli } from '../projenrc/bundle-cli';
import { managedPolicies } from '../test/managed-policies';
import { BASES, pairsWith } from '../test/managed-policy-verdicts';

const TARGET = 5000;
const PART = 1_000_000;
const SMOKE_EVERY = 400;
const STARTS = 11;
/** With how many others the command compares each policy, and how far they are from each other in the list. */
const OTHERS = 32;
const APART = 47;

function lines(every: number): string[] {
  return BASES.flatMap((base) => pairsWith(base)).filter((_, i) => i % every === 0).map(({ policy, base, role }) =>
    JSON.stringify({ id: `${policy.name} / ${base}`, session: policy.document, role: [role.document] }));
}

/** Returns the text in parts, as a file is read. */
function inParts(text: string): Readable {
  const bytes = Buffer.from(text);
  return Readable.from(Array.from({ length: Math.ceil(bytes.length / PART) }, (_, i) => bytes.subarray(i * PART, (i + 1) * PART)));
}

/** The first time the compiler has seen nothing of it, and nothing of the reference data is read. */
async function measurePairs(reference: boolean, every: number): Promise<void> {
  const all = lines(every);
  const text = `${all.join('\n')}\n`;
  for (const time of ['first', 'second', 'third']) {
    const input = inParts(text);
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const tally = await comparePairs(input, 'pairs.jsonl', { reference }, async () => {}, 1);
    const { user, system } = process.cpuUsage(cpu);
    const rate = (seconds: number) => Math.round(all.length / seconds).toLocaleString('en');
    console.log(`${all.length} pairs ${reference ? 'with' : 'without'} the reference data, the ${time} time: ${rate((performance.now() - start) / 1000)} a second, `
      + `${rate((user + system) / 1_000_000)} a second of processor time (target ${TARGET.toLocaleString('en')}); ${JSON.stringify(tally)}`);
  }
}

/** From its start to its end. No pair comes twice. */
function measureCommand(folder: string, every: number): void {
  const policies = managedPolicies();
  const pairs = policies.flatMap(({ name, document }, i) => (i % every === 0 ? Array.from({ length: OTHERS }, (_, k) => {
    const other = policies[(i + 1 + k * APART) % policies.length];
    return `${JSON.stringify({ id: `${name} / ${other.name}`, session: document, role: [other.document] })}\n`;
  }) : []));
  const file = path.join(folder, 'pairs.jsonl');
  fs.writeFileSync(file, pairs.join(''));
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [path.join(folder, 'cdk-pod-identity.js'), 'compare', '--pairs', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const seconds = (performance.now() - start) / 1000;
  console.log(`the command, ${pairs.length} pairs of ${(fs.statSync(file).size / 1e6).toFixed(0)} MB on ${os.availableParallelism()} cores: `
    + `${Math.round(pairs.length / seconds).toLocaleString('en')} a second (target ${TARGET.toLocaleString('en')}), exit code ${status}`);
}

function measureStart(folder: string): void {
  const policy = path.join(folder, 'policy.json');
  fs.writeFileSync(policy, JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } }));
  const times = Array.from({ length: STARTS }, () => {
    const start = performance.now();
    execFileSync(process.execPath, [path.join(folder, 'cdk-pod-identity.js'), 'compare', '--session', policy, '--role', policy]);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  console.log(`one comparison with start: median ${times[Math.floor(STARTS / 2)].toFixed(0)} ms, least ${times[0].toFixed(0)} ms`);
}

async function main(): Promise<void> {
  const every = process.argv.includes('--smoke') ? SMOKE_EVERY : 1;
  await measurePairs(true, every);
  await measurePairs(false, every);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-compare-'));
  try {
    bundleCli(folder);
    measureCommand(folder, every);
    measureStart(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

void main();
