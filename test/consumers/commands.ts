import { spawnSync } from 'child_process';

export interface Outcome {
  readonly code: number | null;
  /** What a user would see on the terminal. */
  readonly output: string;
}

/** Nothing of this machine's AWS, CDK and npm settings; no network for credentials. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|npm|PYTHON|JSII|TS_NODE)_?/i.test(name))),
  CI: 'true',
  NO_COLOR: 'true',
  AWS_EC2_METADATA_DISABLED: 'true',
};

const MINUTES = 60_000;

/** Runs shell commands in a folder. */
export function run(script: string, cwd: string, variables: { readonly [name: string]: string } = {}): Outcome {
  const { error, status, stdout } = spawnSync('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${script}`], {
    cwd, env: { ...environment, ...variables }, encoding: 'utf-8', maxBuffer: 2 ** 28, timeout: 10 * MINUTES, stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { code: error ? null : status, output: error ? `${stdout}\n${error.message}` : stdout };
}

/** Runs commands that have to succeed. */
export function succeed(script: string, cwd: string, variables: { readonly [name: string]: string } = {}): string {
  const { code, output } = run(script, cwd, variables);
  if (code !== 0) { throw new Error(`this ended with ${code}:\n${script.trim()}\n${output}`); }
  return output;
}
