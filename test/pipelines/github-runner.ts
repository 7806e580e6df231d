/**
 * Runs a composite action as the runner of GitHub Actions does: expressions in `env` and `outputs` only, each step in bash, outputs and
 * summary in files, commands on standard output.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';

export interface Annotation {
  readonly level: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface StepResult {
  readonly status: number | null;
  /** Standard output without the commands, and standard error. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

type Contexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Replaces `${{ CONTEXT.NAME }}`; a context may be `steps.ID.outputs`. What is not there is empty, as on GitHub. */
export function evaluate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{ ([^}]+) \}\}/g, (_, expression: string) => {
    const [, context, name] = /^([\w.-]+)\.([\w-]+)$/.exec(expression) ?? [];
    if (context === undefined) { throw new Error(`This runner does not know the expression ${expression}`); }
    return contexts[context]?.[name] ?? '';
  });
}

/** Runs a script as `shell: bash` does. */
export function runStep(script: string, workspace: string, env: NodeJS.ProcessEnv): StepResult {
  const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'runner-'));
  try {
    const [file, output, summary] = ['step.sh', 'output', 'summary'].map((name) => path.join(temp, name));
    fs.writeFileSync(file, script);
    [output, summary].forEach((one) => fs.writeFileSync(one, ''));
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
      cwd: workspace,
      encoding: 'utf-8',
      timeout: 120_000,
      env: {
        PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`,
        HOME: temp,
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: temp,
        ...env,
      },
    });
    const lines = stdout.split('\n').map((line) => ({ line, annotation: annotationIn(line) }));
    return {
      status,
      log: `${lines.filter(({ annotation }) => !annotation).map(({ line }) => line).join('\n')}${stderr}`,
      outputs: outputsIn(fs.readFileSync(output, 'utf-8')),
      summary: fs.readFileSync(summary, 'utf-8'),
      annotations: lines.flatMap(({ annotation }) => annotation ?? []),
    };
  } finally {
    fs.rmSync(temp, { recursive: true });
  }
}

/** Runs the action of a folder with these inputs. */
export function runAction(
  action: string, given: Readonly<Record<string, string>>, workspace: string, env: NodeJS.ProcessEnv = {},
): StepResult {
  const { inputs, outputs, runs } = parse(fs.readFileSync(path.join(action, 'action.yml'), 'utf-8'));
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(inputs, name));
  if (unknown.length > 0) { throw new Error(`The action has no inputs ${unknown.join(', ')}`); }
  const values = Object.fromEntries(
    Object.keys(inputs).map((name) => [name, given[name] ?? inputs[name].default ?? '']));
  const contexts: Record<string, Readonly<Record<string, string>>> = { inputs: values };
  const results: StepResult[] = [];
  for (const step of runs.steps) {
    if (step.run.includes('${{')) { throw new Error(`An expression in a script: ${step.run}`); }
    const stepEnv = Object.entries<string>(step.env ?? {}).map(([name, text]) => [name, evaluate(text, contexts)]);
    const result = runStep(step.run, workspace, { ...env, GITHUB_ACTION_PATH: action, ...Object.fromEntries(stepEnv) });
    contexts[`steps.${step.id}.outputs`] = result.outputs;
    results.push(result);
    if (result.status !== 0) { break; }
  }
  return {
    status: results.at(-1)!.status,
    log: results.map(({ log }) => log).join(''),
    summary: results.map(({ summary }) => summary).join(''),
    annotations: results.flatMap(({ annotations }) => annotations),
    outputs: Object.fromEntries(Object.entries<{ readonly value: string }>(outputs)
      .map(([name, { value }]) => [name, evaluate(value, contexts)])),
  };
}

/** The commands that the runner obeys. Others than annotations are a failure: nothing writes them on purpose. */
const COMMANDS = [
  'error', 'warning', 'notice', 'debug', 'group', 'endgroup', 'echo', 'add-mask', 'add-path', 'set-env', 'set-output',
  'save-state', 'stop-commands', 'add-matcher', 'remove-matcher',
];

function annotationIn(line: string): Annotation | undefined {
  const [, level, properties, data] = /^\s*::([\w-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
  if (level === undefined || !COMMANDS.includes(level)) {
    const old = /##\[([\w-]+)/.exec(line)?.[1];
    if (old !== undefined && COMMANDS.includes(old)) { throw new Error(`A command: ${line}`); }
    return undefined;
  }
  if (!['error', 'warning', 'notice'].includes(level)) { throw new Error(`A command: ${line}`); }
  const pairs = (properties ?? '').split(',').filter((pair) => pair !== '').map((pair) => {
    const [name, ...value] = pair.split('=');
    return [name, unescape(value.join('='), { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' })];
  });
  return {
    level,
    properties: Object.fromEntries(pairs),
    message: unescape(data, { '%0D': '\r', '%0A': '\n', '%25': '%' }),
  };
}

function unescape(text: string, replacements: Readonly<Record<string, string>>): string {
  return Object.entries(replacements).reduce((all, [escaped, character]) => all.replaceAll(escaped, character), text);
}

/** `NAME=VALUE` and `NAME<<DELIMITER`. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n').slice(0, -1);
  while (lines.length > 0) {
    const [, name, separator, rest] = /^([^=<]+)(=|<<)(.*)$/.exec(lines.shift()!)!;
    if (separator === '=') {
      outputs[name] = rest;
    } else {
      const end = lines.indexOf(rest);
      outputs[name] = lines.splice(0, end + 1).slice(0, -1).join('\n');
    }
  }
  return outputs;
}
