import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';
import { Cli } from '../cli/run';
import { CLEAN, EXCEEDING } from '../cli/templates';

const ROOT = path.join(__dirname, '..', '..');
const PAGE = fs.readFileSync(path.join(ROOT, 'docs', 'ci.md'), 'utf-8');
const [GITHUB, GITLAB, PRE_COMMIT] = [...PAGE.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => parse(text));
const [HOOK] = parse(fs.readFileSync(path.join(ROOT, '.pre-commit-hooks.yaml'), 'utf-8'));

let cli: Cli;
let bin: string;
beforeAll(() => {
  cli = new Cli();
  bin = fs.mkdtempSync(path.join(os.tmpdir(), 'bin-'));
  fs.symlinkSync(cli.binary, path.join(bin, 'cdk-pod-identity'));
});
afterAll(() => {
  cli.remove();
  fs.rmSync(bin, { recursive: true });
});

/** As a runner does: each in a shell, as long as they succeed. */
function runSteps(commands: readonly string[]): number | null {
  for (const command of commands.filter((one) => !one.startsWith('npm install'))) {
    const { status } = spawnSync('bash', ['-e', '-c', command], {
      cwd: cli.folder, env: { PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}` },
    });
    if (status !== 0) { return status; }
  }
  return 0;
}

const github = () => runSteps(GITHUB.jobs.check.steps.flatMap(({ run = [] }: { run?: string | string[] }) => run));
const gitlab = () => runSteps(GITLAB['pod-identity'].script);
const hook = () => runSteps([[HOOK.entry, ...PRE_COMMIT.repos[0].hooks[0].args].join(' ')]);

test.each([
  ['GitHub Actions', github], ['GitLab CI', gitlab], ['pre-commit', hook],
])('%s: the steps fail on findings only', (_, run) => {
  cli.write({ 'templates/a.json': CLEAN });
  expect(run()).toBe(0);
  cli.write({ 'templates/a.json': EXCEEDING });
  expect(run()).toBe(1);
  cli.write({ 'templates/a.json': '{"Resources": ' });
  expect(run()).toBe(2);
});

test('GitHub Actions: what is uploaded is what was written, also where the check fails', () => {
  const { steps } = GITHUB.jobs.check;
  const upload = steps.find((step: { uses?: string }) => step.uses?.startsWith('github/codeql-action/upload-sarif@'));
  cli.write({ 'templates/a.json': EXCEEDING });
  github();
  expect(upload.if).toBe('always()');
  expect(GITHUB.permissions['security-events']).toBe('write');
  const { runs } = JSON.parse(cli.read(upload.with.sarif_file));
  expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('templates/a.json');
});

test('GitLab CI: the report is what was written, also where the check fails', () => {
  const { when, reports } = GITLAB['pod-identity'].artifacts;
  cli.write({ 'templates/a.json': EXCEEDING });
  gitlab();
  expect(when).toBe('always');
  expect(cli.read(reports.junit)).toContain('<failure ');
});

test('pre-commit: the hook is the one of this repository, and looks at templates', () => {
  expect(PRE_COMMIT.repos[0].hooks[0].id).toBe(HOOK.id);
  expect(['a.json', 'b.template', 'c.yaml', 'd.yml', 'e.ts'].map((file) => new RegExp(HOOK.files).test(file))).toEqual([
    true, true, true, true, false,
  ]);
});
