import { execFile } from 'child_process';

export interface Outcome {
  readonly code: number;
  /** What a user would see on the terminal. */
  readonly output: string;
}

/** Nothing of this machine's AWS, CDK and npm settings; no network for credentials. */
const environment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|npm|PYTHON|JSII|TS_NODE)_?/i.test(name)),
  ),
  CI: 'true',
  NO_COLOR: 'true',
  AWS_EC2_METADATA_DISABLED: 'true',
};

const MINUTES = 60_000;

const stop = new AbortController();
// The caller removes its folders then, after what runs has ended.
for (const signal of ['SIGINT', 'SIGTERM']) { process.on(signal, () => stop.abort()); }

/** Runs shell commands in a folder. Rejects where they could not be run to their end. */
export function run(script: string, cwd: string, variables: { readonly [name: string]: string } = {}): Promise<
  Outcome
> {
  stop.signal.throwIfAborted();
  const options = {
    cwd, env: { ...environment, ...variables }, signal: stop.signal, maxBuffer: 2 ** 28, timeout: 10 * MINUTES,
  };
  return new Promise((resolve, reject) => {
    execFile('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${script}`], options, (error, output) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') { resolve({ code, output }); } else { reject(error); }
    }).stdin?.end();
  });
}

/** Runs commands that have to succeed. */
export async function succeed(
  script: string, cwd: string, variables: { readonly [name: string]: string } = {},
): Promise<string> {
  const { code, output } = await run(script, cwd, variables);
  if (code !== 0) { throw new Error(`this ended with ${code}:\n${script.trim()}\n${output}`); }
  return output;
}
