/**
 * How long one decision takes, how that grows with the policies, and how long z3 takes for the same.
 *
 *   npm run bench:decide               everything
 *   npm run bench:decide -- --smoke    a few of each; only shows that the benchmark works
 *   npm run bench:decide -- --plot     also draws docs/decide-growth.svg
 *
 * Only the decision is timed. The session policy is read for it alone; the policies of a role are read once, as the check reads
 * them once for all associations of the role. How long reading takes is shown apart. The targets are shown beside the figures, and nothing fails over them:
 * a machine may be slow, or busy.
 */
import * as fs from 'fs';
import * as path from 'path';
import { lineCharts, Panel } from './line-chart';
import { growthSeries, managedQuestions, Question, Series } from './questions';
import { Answer, Solver, solvers } from './z3';
import { decideNarrowing, Json, NarrowingOptions, parsePolicy, Policy, Verdict } from '../lib/engine';
import { requestCatalog } from '../lib/reference/request-catalog';
import { cutPolicies } from '../test/cut-policies';
import { Dice } from '../test/dice';
import { PolicyDocument } from '../test/oracle/evaluate';
import { encodeExcess, Unsupported } from '../test/oracle/z3/encode';
import { WITHOUT_Z3, z3Path } from '../test/oracle/z3/solve';

const SEED = 20121017;
const PLOT = path.join(__dirname, '..', 'docs', 'decide-growth.svg');
/** Microseconds. */
const TARGET = { median: 50, p99: 5_000, max: 50_000 };
const TARGET_RATIO = 1000;

interface Size {
  /** 1 decides every question about managed policies, 2 every second one. */
  readonly every: number;
  readonly roles: number;
  /** How many sizes of a growth series are measured. */
  readonly sizes: number;
  /** How often a decision is repeated where one figure is not to be left to chance. */
  readonly repetitions: number;
  /** How many questions z3 is asked. */
  readonly compared: number;
  readonly timeoutMs: number;
}

const FULL: Size = { every: 1, roles: 500, sizes: 40, repetitions: 15, compared: 40, timeoutMs: 5000 };
const SMOKE: Size = { every: 400, roles: 10, sizes: 3, repetitions: 3, compared: 2, timeoutMs: 1000 };
const WARM_UP_MS = 2000;

// ---- Timing ----

interface Timing {
  readonly question: Question;
  readonly kind: Verdict['kind'];
  /** Microseconds, as all times here. */
  readonly reading: number;
  readonly deciding: number;
}

function decide(question: Question, options?: NarrowingOptions): Timing {
  const start = process.hrtime.bigint();
  const session = read(question.session, 'session policy');
  const policies = question.identity.map(readOnce);
  const between = process.hrtime.bigint();
  const { kind } = decideNarrowing({ session, layers: [{ name: 'identity policies', policies, gaps: [] }] }, options);
  const end = process.hrtime.bigint();
  return { question, kind, reading: Number(between - start) / 1000, deciding: Number(end - between) / 1000 };
}

const ROLES = new WeakMap<PolicyDocument, Policy>();

function readOnce(document: PolicyDocument): Policy {
  const policy = ROLES.get(document) ?? read(document, 'a policy of the role');
  ROLES.set(document, policy);
  return policy;
}

function read(document: PolicyDocument, name: string): Policy {
  return parsePolicy(document as unknown as Json, name).policy;
}

function decidingTimes(question: Question, repetitions: number, options?: NarrowingOptions): number[] {
  return Array.from({ length: repetitions }, () => decide(question, options).deciding);
}

/** Until the compiler has seen enough of it. */
function warmUp(questions: readonly Question[], milliseconds: number): void {
  const dice = new Dice(SEED);
  const end = performance.now() + milliseconds;
  while (performance.now() < end) { decide(dice.pick(questions)); }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function show(micros: number): string {
  if (micros < 1000) { return `${micros.toFixed(1)} µs`; }
  return micros < 1_000_000 ? `${(micros / 1000).toFixed(2)} ms` : `${(micros / 1_000_000).toFixed(2)} s`;
}

// ---- Decisions ----

function measure(title: string, questions: readonly Question[], repetitions: number, options?: NarrowingOptions): void {
  const timings = questions.map((question) => decide(question, options));
  const deciding = timings.map((timing) => timing.deciding);
  const slowest = timings.reduce((a, b) => (b.deciding > a.deciding ? b : a));
  const count = (kind: Verdict['kind']) => `${timings.filter((timing) => timing.kind === kind).length} ${kind}`;
  console.log(`\n${title}: ${timings.length} decisions (${count('narrows')}, ${count('exceeds')}, ${count('undetermined')})`);
  console.log(`  median ${show(median(deciding))} (target ${show(TARGET.median)})`);
  console.log(`  p99    ${show(quantile(deciding, 0.99))} (target ${show(TARGET.p99)})`);
  console.log(`  max    ${show(slowest.deciding)} (target ${show(TARGET.max)}): ${slowest.question.name}`);
  // Whether it is the question, or the machine was busy at that moment.
  console.log(`         the same again, median of ${repetitions}: ${show(median(decidingTimes(slowest.question, repetitions, options)))}`);
  console.log(`  reading the policies of a question, not included: median ${show(median(timings.map(({ reading }) => reading)))}`);
}

// ---- Growth ----

interface Measured {
  readonly name: string;
  readonly points: ReadonlyArray<readonly [size: number, micros: number]>;
}

function measureGrowth({ name, questions }: Series, { sizes, repetitions }: Size): Measured {
  return { name, points: spread(questions.length, sizes).map((size) => [size, median(decidingTimes(questions[size - 1], repetitions))]) };
}

/** Sizes from 1 to the most, each about the same factor after the one before. */
function spread(most: number, count: number): number[] {
  return [...new Set(Array.from({ length: count }, (_, i) => Math.round(most ** (i / (count - 1)))))];
}

function showGrowth(series: readonly Measured[]): void {
  console.log('\nGrowth, up to the most that fits a session policy:');
  for (const { name, points } of series) {
    const shown = spread(points.length, 8).map((position) => points[position - 1]);
    console.log(`  ${name}: ${shown.map(([size, micros]) => `${size}: ${show(micros)}`).join(', ')}`);
  }
}

function plot(series: readonly Measured[]): void {
  const panels = new Map<string, Panel>();
  for (const { name, points } of series) {
    const [title, variant] = name.split(', ');
    panels.set(title, { title, lines: [...panels.get(title)?.lines ?? [], { name: variant, points }] });
  }
  fs.writeFileSync(PLOT, lineCharts([...panels.values()], 'µs'));
  console.log(`  drawn: ${path.relative(process.cwd(), PLOT)}`);
}

// ---- z3 ----

interface Encoded {
  readonly question: Question;
  readonly script: string;
}

/** The first that the encoding can express, in random order. */
function encodable(questions: readonly Question[], count: number, dice: Dice): Encoded[] {
  const found: Encoded[] = [];
  for (const question of dice.sample(questions, questions.length)) {
    if (found.length === count) { break; }
    const script = encoded(question);
    if (script !== undefined) { found.push({ question, script }); }
  }
  return found;
}

function encoded(question: Question): string | undefined {
  try {
    return encodeExcess(question);
  } catch (error) {
    if (error instanceof Unsupported) { return undefined; }
    throw error;
  }
}

async function compareWithZ3(questions: readonly Encoded[], { repetitions, timeoutMs }: Size): Promise<void> {
  const own = questions.map(({ question }) => median(decidingTimes(question, repetitions)));
  console.log(`\nThe same ${questions.length} questions, of ${show(timeoutMs * 1000)} at most for z3:`);
  console.log(`  this engine: median ${show(median(own))}`);
  if (z3Path() === undefined) { console.log(`  ${WITHOUT_Z3}`); }
  for (const solver of await solvers(timeoutMs)) {
    const answers = await answersOf(solver, questions.map(({ script }) => script));
    const theirs = median(answers.map(({ micros }) => micros));
    const count = (answer: Answer['answer']) => `${answers.filter((a) => a.answer === answer).length} ${answer}`;
    const target = solver.inProcess ? ` (target ${TARGET_RATIO})` : '';
    console.log(`  ${solver.name}: median ${show(theirs)} (${count('sat')}, ${count('unsat')}, ${count('unknown')}), ratio of the medians ${(theirs / median(own)).toFixed(0)}${target}`);
    showDisagreements(questions, answers);
  }
}

async function answersOf(solver: Solver, scripts: readonly string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  try {
    // The first answer includes what the solver does once only.
    await solver.ask(scripts[0]);
    for (const script of scripts) { answers.push(await solver.ask(script)); }
  } finally {
    await solver.close();
  }
  return answers;
}

/** Two that answer different questions cannot be compared. */
function showDisagreements(questions: readonly Encoded[], answers: readonly Answer[]): void {
  for (const [i, { question }] of questions.entries()) {
    const { kind } = decide(question);
    const { answer } = answers[i];
    if (kind === 'narrows' && answer === 'sat' || kind === 'exceeds' && answer === 'unsat') {
      console.error(`  disagreement: this engine says ${kind}, z3 says ${answer}: ${question.name}`);
      process.exitCode = 1;
    }
  }
}

async function main(): Promise<void> {
  const smoke = process.argv.includes('--smoke');
  const size = smoke ? SMOKE : FULL;
  const managed = managedQuestions().filter((_, i) => i % size.every === 0);
  const roles = cutPolicies(size.roles, SEED);
  warmUp([...managed, ...roles], smoke ? WARM_UP_MS / 10 : WARM_UP_MS);
  measure('AWS\'s managed policies against themselves and four others', managed, size.repetitions);
  measure('Session policies of up to 2,048 characters against roles of up to 10 managed policies', roles, size.repetitions);
  const withReference = { catalog: requestCatalog() };
  managed.forEach((question) => decide(question, withReference)); // reads the reference data
  measure('The managed policies again, with the reference data', managed, size.repetitions, withReference);
  measure('The roles again, with the reference data', roles, size.repetitions, withReference);
  const growth = growthSeries().map((series) => measureGrowth(series, size));
  showGrowth(growth);
  if (process.argv.includes('--plot')) { plot(growth); }
  const dice = new Dice(SEED);
  const half = Math.ceil(size.compared / 2);
  await compareWithZ3([...encodable(managed, half, dice), ...encodable(roles, half, dice)], size);
}

void main();
