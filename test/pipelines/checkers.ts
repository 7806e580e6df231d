/** Programs that others wrote, which hold pipelines against their published schemas and look for weaknesses in them. `.ci/run` installs them. */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** The schemas that check-jsonschema has. */
export type Schema = 'github-actions' | 'github-workflows' | 'gitlab-ci' | 'azure-pipelines';

/** Returns `test`, or what skips it if the program is missing. */
export function testWith(program: 'CHECK_JSONSCHEMA' | 'ZIZMOR'): jest.It {
  return (process.env[program] ? test : test.skip) as jest.It;
}

/** Returns what is wrong with the text by its schema; empty if nothing is. */
export function schemaErrors(schema: Schema, text: string): string {
  return errorsOf(process.env.CHECK_JSONSCHEMA!, ['--builtin-schema', `vendor.${schema}`, ...schema === 'azure-pipelines'
    ? ['--data-transform', 'azure-pipelines'] : []], 'pipeline.yml', text);
}

/** Returns the weaknesses that zizmor finds in a workflow or an action; empty if there are none. */
export function weaknesses(name: string, text: string): string {
  return errorsOf(process.env.ZIZMOR!, ['--offline', '--no-progress', '--quiet'], name, text);
}

function errorsOf(program: string, args: readonly string[], name: string, text: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pipeline-'));
  try {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    const { status, stdout, stderr, error } = spawnSync(program, [...args, file], { encoding: 'utf-8', cwd: folder });
    if (error) { throw error; }
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
