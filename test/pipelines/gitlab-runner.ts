/**
 * Runs the jobs of a GitLab template: replaces its inputs, merges what jobs extend, and runs `before_script` and `script` in one shell.
 * @see https://docs.gitlab.com/ci/inputs/
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import { parse, parseAllDocuments } from 'yaml';

interface Job {
  readonly extends?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
  readonly rules?: ReadonlyArray<{ readonly if: string }>;
  readonly artifacts: {
    readonly when: string;
    readonly expose_as?: string;
    readonly paths?: readonly string[];
    readonly reports?: { readonly junit: string };
  };
}

interface Input {
  readonly default: string;
  readonly options?: readonly string[];
}

interface ShellResult {
  readonly status: number | null;
  readonly log: string;
}

export class GitLabTemplate {
  public readonly jobs: Readonly<Record<string, Job>>;
  /** The template as GitLab has it after the inputs are replaced. */
  public readonly text: string;

  public constructor(file: string, given: Readonly<Record<string, string>> = {}) {
    const text = fs.readFileSync(file, 'utf-8');
    const inputs: Record<string, Input> = parseAllDocuments(text)[0].toJS().spec.inputs;
    this.text = text.slice(text.indexOf('\n---\n') + 5).replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
      if (!Object.hasOwn(inputs, name)) { throw new Error(`There is no input ${name}`); }
      const value = given[name] ?? inputs[name].default;
      if (inputs[name].options?.includes(value) === false) { throw new Error(`The input ${name} cannot be ${value}`); }
      return value;
    });
    this.jobs = parse(this.text);
  }

  public run(name: string, folder: string, env: NodeJS.ProcessEnv): ShellResult {
    const job = this.jobs[name];
    const base: Partial<Job> = job.extends === undefined ? {} : this.jobs[job.extends];
    const script = [...job.before_script ?? base.before_script ?? [], ...job.script].join('\n');
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: folder, encoding: 'utf-8', env: { ...base.variables, ...job.variables, CI_PROJECT_DIR: folder, ...env },
    });
    return { status, log: `${stdout}${stderr}` };
  }
}
