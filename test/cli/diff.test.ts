import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { TEN } from './diff-report/ten';
import { dangersIn, HOSTILE, HOSTILE_NAME } from './hostile-text';
import { Cli } from './run';
import { sarifErrors } from './sarif-schema';
import { association, EXCEEDING_YAML, policy, role } from './templates';

/** The command `diff`: what it takes, and its exit codes. */

jest.setTimeout(60_000);

const [, BASE, HEAD] = TEN.find(([name]) => name === 's3:GetObject becomes s3:*')!;
const FOREIGN = { Resources: { Pods: association('s3:*', { RoleArn: 'arn:aws:iam::111122223333:role/elsewhere' }) } };
const FORMATS = ['text', 'json', 'markdown', 'sarif', 'html'];

let cli: Cli;
beforeAll(() => {
  cli = new Cli({
    'cdk.out/app.json': BASE, 'broken.json': '{ "Resources": [ }', 'old.yaml': EXCEEDING_YAML, 'foreign.json': FOREIGN,
  });
  const git = (...args: string[]) => execFileSync('git', [
    '-c', 'user.name=n', '-c', 'user.email=n@example.com', ...args,
  ], { cwd: cli.folder, stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  cli.write({ 'cdk.out/app.json': HEAD, 'mixed/app.json': HEAD, 'mixed/broken.template.json': '{' });
});
afterAll(() => cli.remove());

test.each([
  ['broadening', 'main:cdk.out cdk.out', 1],
  ['narrowing', 'cdk.out main:cdk.out', 0],
  ['narrowing with --fail-on change', 'cdk.out main:cdk.out --fail-on change', 1],
  ['broadening with --fail-on never', 'main:cdk.out cdk.out --fail-on never', 0],
  ['nothing', 'main:cdk.out main:cdk.out/app.json --fail-on change', 0],
  ['the same, although the role is not known', 'foreign.json foreign.json', 0],
])('%s: %s exits with %s', (_, args, expected) => {
  const { status, stderr } = cli.run(`diff ${args}`);
  expect({ status, stderr }).toEqual({ status: expected, stderr: '' });
});

test('the documentation has what the command prints', () => {
  const page = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'cli-diff.md'), 'utf-8');
  expect(page).toContain(`\`\`\`\n${cli.run('diff main:cdk.out cdk.out').stdout}\`\`\`\n`);
});

test('a role that is not known fails closed, and says so', () => {
  cli.write({
    'foreign-2.json': {
      Resources: {
        Pods: association('s3:*', {
          RoleArn: 'arn:aws:iam::111122223333:role/another', Policy: undefined,
        }),
      },
    },
  });
  const { status, stdout } = cli.run('diff foreign.json foreign-2.json --format json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'undetermined', fails: true, serviceAccounts: [{ fails: true, effect: 'undetermined' }],
  });
  expect(cli.run('diff foreign.json foreign-2.json --fail-on never').status).toBe(0);
});

test.each(FORMATS)('unreadable input exits with 2, as %s', (format) => {
  const partly = cli.run(`diff cdk.out mixed --format ${format} --fail-on never`);
  expect(partly.status).toBe(2);
  expect(partly.stderr).toMatch(/^mixed\/broken\.template\.json:1:\d+: /);
  expect(partly.stdout).toContain('broken');
  const whole = cli.run(`diff cdk.out broken.json --format ${format}`);
  expect([whole.status, whole.stdout]).toEqual([2, '']);
  expect(whole.stderr).toMatch(/^broken\.json:1:\d+: /);
});

test.each([
  ['nope:cdk.out cdk.out', 'nope:cdk.out: git has no revision nope.'],
  ['--output=x:cdk.out cdk.out', 'error: missing required argument'],
  ['nothing cdk.out', 'nothing: there is no such file or folder'],
  ['deployed deployed --cluster prod', 'BASE and HEAD are both deployed.'],
  ['deployed cdk.out', 'deployed needs the name of the cluster: --cluster'],
  ['cdk.out cdk.out --cluster prod', '--cluster has no effect, because neither BASE nor HEAD is deployed. Write deployed for one of them, or remove --cluster'],
  ['deployed cdk.out --cluster -', '--cluster -: not the name of a cluster'],
])('%s is bad usage', (args, said) => {
  const { status, stdout, stderr } = cli.run(`diff ${args}`);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(said);
});

test('a revision cannot be an option of git', () => {
  const { status, stderr } = cli.run(['diff', '--', '--output=pwned:cdk.out', 'cdk.out']);
  expect(status).toBe(2);
  expect(stderr).toContain('--output=pwned:cdk.out: git has no revision --output=pwned');
  expect(fs.readdirSync(cli.folder)).not.toContain('pwned');
});

test('without git, says so', () => {
  const { status, stderr } = cli.run('diff main:cdk.out cdk.out', { PATH: cli.folder });
  expect(status).toBe(2);
  expect(stderr).toContain('main:cdk.out: git reads it, and there is no git on this machine');
});

test('writes to a file, and not over what it reads', () => {
  const { status, stdout } = cli.run('diff main:cdk.out cdk.out --format markdown -o comment.md');
  expect([status, stdout]).toEqual([1, 'Pods gain permissions. 1 service account: 1 gains permissions (comment.md)\n']);
  expect(cli.read('comment.md')).toMatch(/^\*\*EKS Pod Identity: Pods gain permissions\.\*\*/);
  for (const file of ['cdk.out/app.json', 'old.yaml']) {
    const refused = cli.run(`diff old.yaml cdk.out -o ${file}`);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('the command reads that file')]);
  }
});

test('JSON and SARIF have positions in the head', () => {
  const json = JSON.parse(cli.run('diff main:cdk.out cdk.out --format json').stdout);
  const [{ head }] = json.serviceAccounts;
  const lines = cli.read('cdk.out/app.json').split('\n');
  expect(head.file).toBe('cdk.out/app.json');
  expect(lines[head.line - 1]).toContain('"Policy"');
  const sarif = JSON.parse(cli.run('diff main:cdk.out cdk.out --format sarif').stdout);
  expect(sarifErrors(sarif)).toEqual([]);
  const [{ physicalLocation }] = sarif.runs[0].results[0].locations;
  expect(physicalLocation).toMatchObject({
    artifactLocation: { uri: 'cdk.out/app.json' }, region: { startLine: head.line },
  });
});

test('the page has no script, and needs nothing else', () => {
  const { stdout } = cli.run('diff main:cdk.out cdk.out --format html');
  expect(stdout).toMatch(/^<!DOCTYPE html>/);
  expect(stdout).toContain("script-src 'none'");
  expect(stdout).not.toMatch(/<script|\son\w+=|(src|href)="(?!#|data:)/);
  expect(stdout).toContain('s3:*');
});

describe('hostile text', () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::data/${HOSTILE.replace(/[^\t\n\r\u0020-\u00ff]/g, '')}` },
    ],
  });
  const hostile = (action: string, properties: object = {}) => ({
    Resources: {
      Role: role('s3:*', { Policies: [{ PolicyName: HOSTILE, PolicyDocument: JSON.parse(document) }] }),
      [HOSTILE]: association(action, {
        Namespace: HOSTILE, ServiceAccount: HOSTILE, ClusterName: HOSTILE, ...properties,
      }),
    },
  });

  test.each(FORMATS)('as %s', (format) => {
    cli.write({
      [`base ${HOSTILE_NAME}`]: hostile('s3:GetObject', { Policy: JSON.stringify(policy('sqs:SendMessage')) }),
      [`head ${HOSTILE_NAME}`]: hostile('s3:GetObject', { Policy: document }),
    });
    const [base, head] = [`base ${HOSTILE_NAME}`, `head ${HOSTILE_NAME}`];
    const { status, stdout, stderr } = cli.run(['diff', base, head, '--format', format]);
    expect([status, dangersIn(stdout), dangersIn(stderr)]).toEqual([1, [], []]);
    expect(stderr).not.toContain('which is a bug');
    expect(stdout).toMatch(/\\u/);
  });
});
