/** z3, asked in two ways, one script at a time: what the engine is compared with. */
import { ChildProcessWithoutNullStreams, spawn } from 'child_process';
import { init, killThreads } from 'z3-solver';
import { z3Path } from '../test/oracle/z3/solve';

export interface Answer {
  /** `unknown` is also a timeout, or a crash. */
  readonly answer: 'sat' | 'unsat' | 'unknown';
  readonly micros: number;
  /** Otherwise it had to be given up, and whoever was asked may still be at it. */
  readonly finished: boolean;
}

export interface Solver {
  readonly name: string;
  readonly inProcess: boolean;
  ask(script: string): Promise<Answer>;
  close(): Promise<void>;
}

/** z3 looks at its own limit between steps, and a step may take long: this much later it is ended. */
const GRACE_MS = 2000;
const MARK = 'end of script';

/** The solvers that there are on this machine. */
export async function solvers(timeoutMs: number): Promise<Solver[]> {
  const program = z3Path();
  const native = program === undefined ? [] : [nativeZ3(program, timeoutMs)];
  return [...native, await inProcessZ3(timeoutMs)];
}

function asked(script: string, timeoutMs: number): string {
  return `(set-option :timeout ${timeoutMs})\n${script}\n(check-sat)\n`;
}

function answerOf(output: string | undefined): Answer['answer'] {
  const [answer] = /^(sat|unsat)$/m.exec(output ?? '') ?? [];
  return answer === 'sat' || answer === 'unsat' ? answer : 'unknown';
}

async function timed(ask: () => Promise<string | undefined>): Promise<Answer> {
  const start = process.hrtime.bigint();
  const output = await ask();
  const micros = Number(process.hrtime.bigint() - start) / 1000;
  return { answer: answerOf(output), micros, finished: output !== undefined };
}

/** Returns `undefined` if the promise takes longer, or fails. */
function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => { timer = setTimeout(() => resolve(undefined), milliseconds); });
  return Promise.race([promise.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}

/** One process for all scripts: starting it is not part of an answer. */
function nativeZ3(program: string, timeoutMs: number): Solver {
  const start = () => {
    const started = spawn(program, ['-in', '-memory:1000']);
    started.stdin.on('error', () => undefined); // it has ended, which is seen where its answer is missing
    return started;
  };
  let child = start();
  return {
    name: 'native z3',
    inProcess: false,
    ask: async (script) => {
      const input = `(reset)\n${asked(script, timeoutMs)}(echo "${MARK}")\n`;
      const answer = await timed(() => within(timeoutMs + GRACE_MS, outputOf(child, input)));
      if (!answer.finished) {
        child.kill();
        child = start();
      }
      return answer;
    },
    close: async () => { child.kill(); },
  };
}

/** What the process prints up to the mark. */
function outputOf(child: ChildProcessWithoutNullStreams, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const stop = () => child.stdout.removeAllListeners('data');
    child.removeAllListeners('exit').once('exit', (code) => { stop(); reject(new Error(`z3: exit code ${code}`)); });
    child.stdout.removeAllListeners('data').on('data', (data) => {
      output += String(data);
      if (output.includes(MARK)) { stop(); resolve(output); }
    });
    child.stdin.write(input);
  });
}

/** The z3-solver package: WebAssembly in this process, with a new context for each script, which is not part of the time. */
async function inProcessZ3(timeoutMs: number): Promise<Solver> {
  let module = await init();
  const newContext = () => {
    const config = module.Z3.mk_config();
    const context = module.Z3.mk_context(config);
    module.Z3.del_config(config);
    return context;
  };
  return {
    name: 'z3-solver in process',
    inProcess: true,
    ask: async (script) => {
      const context = newContext();
      const answer = await timed(() => within(timeoutMs + GRACE_MS, module.Z3.eval_smtlib2_string(context, asked(script, timeoutMs))));
      if (answer.finished) {
        module.Z3.del_context(context);
      } else {
        await killThreads(module.em).catch(() => undefined);
        module = await init();
      }
      return answer;
    },
    close: () => killThreads(module.em),
  };
}
