import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The solver's answer to a script: `unknown` is also a timeout, or a crash. */
export type Answer = 'sat' | 'unsat' | 'unknown';

/** The line to show where the solver is missing. */
export const WITHOUT_Z3 = 'z3 is not installed: the comparison with it is skipped (Debian: apt-get install z3)';

/** Scripts for one process: starting one takes about as long as a small script. */
const BATCH = 200;
/** So that no script can take all the memory of the machine. */
const MEGABYTES = 1000;

export function z3Path(): string | undefined {
  return (process.env.PATH ?? '').split(delimiter)
    .flatMap((directory) => ['z3', 'z3.exe'].map((name) => join(directory, name)))
    .find(existsSync);
}

/** One answer a script, each on its own. */
export function solve(scripts: readonly string[], timeoutMs: number): Answer[] {
  const answers: Answer[] = [];
  while (answers.length < scripts.length) {
    const batch = scripts.slice(answers.length, answers.length + BATCH);
    const finished = answersOf(run(batch.map((script, i) => asked(script, i, timeoutMs)).join(''), timeoutMs));
    // The script after the last answer is the one that ended the process: the rest goes to a new one.
    answers.push(...finished, ...(finished.length < batch.length ? ['unknown' as const] : []));
  }
  return answers;
}

/** A request that satisfies the script, as the solver prints it: to look at. */
export function model(script: string, timeoutMs: number): string {
  return run(`${asked(script, 0, timeoutMs)}(get-model)\n`, timeoutMs);
}

function asked(script: string, index: number, timeoutMs: number): string {
  // The reset takes the options with it.
  return `(reset)\n(set-option :timeout ${timeoutMs})\n${script}(check-sat)\n(echo "${MARK}${index}")\n`;
}

const MARK = 'end of script ';

function run(input: string, timeoutMs: number): string {
  const program = z3Path();
  if (!program) { throw new Error(WITHOUT_Z3); }
  // The solver looks at its timeout between steps, and a step may take long: a batch that takes much longer is ended.
  const result = spawnSync(
    program, ['-in', `-memory:${MEGABYTES}`, 'smt.arith.solver=2'],
    { input, encoding: 'utf8', timeout: 15_000 + 10 * timeoutMs, maxBuffer: 2 ** 26 },
  );
  return result.stdout;
}

function answersOf(output: string): Answer[] {
  return output.split(new RegExp(`^"?${MARK}\\d+"?\\r?\\n`, 'm')).slice(0, -1).map((text) => answerOf(text.trim()));
}

function answerOf(text: string): Answer {
  if (text === 'sat' || text === 'unsat') { return text; }
  if (text === 'unknown' || text === 'timeout' || /out of memory|canceled/.test(text)) { return 'unknown'; }
  // A wrong script must not pass for a hard one.
  throw new Error(`z3 does not take a script: ${text.slice(0, 500)}`);
}
