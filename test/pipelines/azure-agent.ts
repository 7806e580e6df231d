/**
 * Runs the steps of a template of Azure Pipelines: replaces its parameters in `env`, and runs each `bash` step whose condition holds.
 * @see https://learn.microsoft.com/azure/devops/pipelines/process/conditions
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import { parse } from 'yaml';
import { evaluate } from './github-runner';

interface Step {
  readonly bash?: string;
  readonly task?: string;
  readonly condition?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly failed: boolean;
  readonly log: string;
}

export class AzureTemplate {
  public readonly steps: readonly Step[];
  private readonly parameters: Readonly<Record<string, string>>;

  public constructor(file: string, given: Readonly<Record<string, string>> = {}) {
    const { parameters, steps } = parse(fs.readFileSync(file, 'utf-8'));
    this.steps = steps;
    this.parameters = Object.fromEntries(
      parameters.map(({ name, default: value }: { name: string; default: string }) => [name, given[name] ?? value]));
  }

  public run(folder: string, isPullRequest: boolean, env: NodeJS.ProcessEnv): Job {
    let failed = false;
    let log = '';
    for (const { bash, condition, env: stepEnv = {} } of this.steps) {
      if (bash === undefined || !holds(condition, failed, isPullRequest)) { continue; }
      const values = Object.entries(stepEnv)
        .map(([name, text]) => [name, evaluate(text, { parameters: this.parameters })]);
      const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-c', bash], {
        cwd: folder, encoding: 'utf-8', env: { ...env, ...Object.fromEntries(values) },
      });
      failed ||= status !== 0;
      log += `${stdout}${stderr}`;
    }
    return { failed, log };
  }
}

function holds(condition: string | undefined, failed: boolean, isPullRequest: boolean): boolean {
  switch (condition) {
    case undefined: return !failed;
    case 'succeededOrFailed()': return true;
    case "and(succeededOrFailed(), eq(variables['Build.Reason'], 'PullRequest'))": return isPullRequest;
    default: throw new Error(`This agent does not know the condition ${condition}`);
  }
}
