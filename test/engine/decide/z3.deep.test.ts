import * as fc from 'fast-check';
import { decideNarrowing, Verdict } from '../../../lib/engine';
import { encodeExcess, Question, Unsupported } from '../../oracle/z3/encode';
import { questions } from '../../oracle/z3/questions';
import { Answer, model, solve, WITHOUT_Z3, z3Path } from '../../oracle/z3/solve';
import { deepRuns, LONG_SEARCH, SEED } from '../../runs';
import { parse } from '../laws/question';

const RUNS = deepRuns(2300, 'Z3_RUNS');
/** Most answers take milliseconds. */
const TIMEOUT_MS = 1000;
/** However small a counterexample could become. */
const SHRINKING_MS = 120_000;

jest.setTimeout(LONG_SEARCH);

type Kind = Verdict['kind'];

/** `undefined` if one of the documents is not a valid policy. */
function decide(question: Question): Kind | undefined {
  const parsed = parse(question);
  return parsed && decideNarrowing(parsed).kind;
}

function encode(question: Question): string | undefined {
  try {
    return encodeExcess(question);
  } catch (error) {
    if (error instanceof Unsupported) { return undefined; }
    throw error;
  }
}

/** An exceeding request that the engine has not seen, or one that it has made up. */
function disagree(kind: Kind | undefined, answer: Answer): boolean {
  return kind === 'narrows' && answer === 'sat' || kind === 'exceeds' && answer === 'unsat';
}

interface Compared {
  readonly question: Question;
  readonly kind: Kind | undefined;
  readonly answer: Answer | 'unsupported';
}

/** All scripts together: a process for each takes as long as the answers do. */
function compare(asked: readonly Question[]): Compared[] {
  const scripts = asked.map(encode);
  const answers = solve(scripts.filter((script) => script !== undefined), TIMEOUT_MS)[Symbol.iterator]();
  return asked.map((question, i) => ({
    question, kind: decide(question), answer: scripts[i] === undefined ? 'unsupported' : answers.next().value as Answer,
  }));
}

function tallyOf(compared: readonly Compared[]): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  for (const { kind, answer } of compared) {
    const pair = `${kind ?? 'not valid'} / ${answer}`;
    tally.set(pair, (tally.get(pair) ?? 0) + 1);
  }
  return new Map([...tally].sort());
}

/** Asks again about the one question, and ever smaller ones. */
function shrink(path: number): void {
  const agrees = fc.property(questions, (question) => {
    const [{ kind, answer }] = compare([question]);
    if (answer === 'unsupported' || !disagree(kind, answer)) { return; }
    const script = encode(question)!;
    throw new Error(
      `the engine says ${kind}, z3 says ${answer}\n${script}${answer === 'sat' ? model(script, TIMEOUT_MS) : ''}`,
    );
  });
  fc.assert(agrees, { seed: SEED, path: String(path), interruptAfterTimeLimit: SHRINKING_MS });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

if (z3Path() === undefined) { say(WITHOUT_Z3); }

(z3Path() === undefined ? test.skip : test)('decideNarrowing agrees with an SMT solver', () => {
  const compared = compare(fc.sample(questions, { seed: SEED, numRuns: RUNS }));
  const answered = compared.filter(({ answer }) => answer === 'sat' || answer === 'unsat');
  const share = (answer: Answer) => answered.filter((one) => one.answer === answer).length / answered.length;
  const undetermined = answered.filter(({ kind }) => kind === 'undetermined').length;
  say(`seed ${SEED}, engine / z3: ${JSON.stringify(Object.fromEntries(tallyOf(compared)), undefined, 2)}`);
  say(`${answered.length} answered, of which the engine leaves ${undetermined} undetermined`);

  const first = compared.findIndex(({ kind, answer }) => answer !== 'unsupported' && disagree(kind, answer));
  if (first >= 0) { shrink(first); }
  expect(compared.filter(({ kind, answer }) => answer !== 'unsupported' && disagree(kind, answer))).toEqual([]);

  // Neither side may pass by hardly ever being asked.
  expect(answered.length).toBeGreaterThanOrEqual(RUNS * 0.87);
  expect(share('sat')).toBeGreaterThanOrEqual(0.15);
  expect(share('unsat')).toBeGreaterThanOrEqual(0.15);
});
