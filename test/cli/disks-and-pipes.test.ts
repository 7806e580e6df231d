import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Cli } from './run';
import { EXCEEDING } from './templates';

/** The exit code tells the truth about full disks and closed pipes, for every command. */

const SESSION = {
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::data/*' }],
};
const ROLE = {
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' }],
};
const PAIRS = Array.from({ length: 3000 }, (_, id) => `${JSON.stringify({ id, session: SESSION, role: ROLE })}\n`).join('');

/** Each command with its exit code, when it can write. */
const RUNS: ReadonlyArray<[string, number]> = [
  ...['text', 'junit', 'html'].map((format): [string, number] => [`check a.json --format ${format}`, 1]),
  ['check a.json b.json', 2],
  ['report a.json', 0],
  ['compare --session s.json --role r.json', 1],
  ['compare --session s.json --role r.json --format json', 1],
  ['compare --pairs pairs.jsonl', 1],
  ['explain s3:DeleteObject arn:aws:s3:::data/k --session s.json --role r.json', 1],
  ['explain s3:DeleteObject arn:aws:s3:::data/k --association Pods a.json', 1],
  ['--help', 0],
  ['check --help', 0],
  ['--version', 0],
];

jest.setTimeout(30_000); // each runs the command, on machines that may be busy

let cli: Cli;
beforeAll(() => {
  cli = new Cli({ 'a.json': EXCEEDING, 'b.json': '{', 's.json': SESSION, 'r.json': ROLE, 'pairs.jsonl': PAIRS });
});
afterAll(() => cli.remove());

/** Runs a line of the shell, in which `$CLI` is the command. */
function shell(line: string): string {
  return execFileSync('bash', ['-c', line], {
    cwd: cli.folder,
    encoding: 'utf-8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, CLI: `${process.execPath} ${cli.binary}` },
  });
}

test.each(RUNS)('%s to a full disk', (args) => {
  const said = shell(`$CLI ${args} 2>&1 >/dev/full; echo "exit $?"`);
  expect(said).toContain('Standard output could not be written: no space is left (ENOSPC)\nexit 2\n');
  expect(said).not.toContain('bug');
});

test.each(RUNS)('%s to a file of which there is room for a part', (args) => {
  const said = shell(`trap '' XFSZ; printf '%1020s' '' > out; ulimit -f 1; $CLI ${args} 2>&1 >>out; echo "exit $?"`);
  expect(said).toContain('Standard output could not be written: it would be larger than files may be (EFBIG)\nexit 2\n');
  expect(fs.statSync(path.join(cli.folder, 'out')).size).toBe(1024);
});

test.each(RUNS)('%s to a reader that closed the pipe', (args, status) => {
  expect(shell(`{ $CLI ${args} 2>err; echo "exit $?" >code; } | true; cat code err`)).toMatch(
    new RegExp(`^exit ${status}\n${args.includes('b.json') ? 'b\\.json:.*\n' : ''}$`),
  );
});

test.each(RUNS)('%s to a reader that closes the pipe after a byte', (args, status) => {
  expect(shell(`{ $CLI ${args} 2>/dev/null; echo "exit $?" >code; } | head -c 1 >first; cat code first`)).toMatch(
    new RegExp(`^exit ${status}\n.$`, 's'),
  );
});

test('a slow reader gets everything', () => {
  const out = shell('$CLI compare --pairs pairs.jsonl | { sleep 1; wc -l; }');
  expect(out.trim()).toBe('3000');
});

describe('standard error', () => {
  test.each([
    ['check missing.json', 2], ['check a.json --nonsense', 2], ['check a.json b.json', 2],
  ])('%s with a closed pipe', (args, status) => {
    expect(shell(`{ $CLI ${args} 2>&1 >/dev/null; echo "exit $?" >code; } | true; cat code`)).toBe(`exit ${status}\n`);
  });

  test('that is full is not a success', () => {
    cli.write({ 'unclear.json': { ...ROLE, statement: [] } });
    const run = 'compare --session r.json --role unclear.json >out';
    expect(shell(`$CLI ${run} 2>err; echo "exit $?"; grep -c . err`)).toBe('exit 0\n1\n');
    expect(shell(`$CLI ${run} 2>/dev/full; echo "exit $?"`)).toBe('exit 2\n');
  });
});

describe('--output', () => {
  const FORMATS = ['text', 'json', 'sarif', 'junit', 'html'];
  const REPORTS = [...FORMATS.map((format) => `check a.json --format ${format}`), 'report a.json'];

  test.each(REPORTS)('%s -o keeps the old file if there is no room', (args) => {
    cli.write({ 'out.txt': 'old' });
    const before = fs.readdirSync(cli.folder);
    const said = shell(`trap '' XFSZ; ulimit -f 1; $CLI ${args} -o out.txt 2>&1 >/dev/null; echo "exit $?"`);
    if (/text|junit/.test(args)) { // they may be smaller than what there is room for
      expect(said).toMatch(/^exit 1\n$|EFBIG/);
      return;
    }
    expect(said).toBe('--output out.txt: it cannot be written: it would be larger than files may be (EFBIG)\nexit 2\n');
    expect(cli.read('out.txt')).toBe('old');
    expect(fs.readdirSync(cli.folder)).toEqual(before);
  });

  test.each([
    ['check a.json -o a.json', 'a.json'],
    ['check ./*.json -o a.json', 'a.json'],
    ['check a.json -o other-name', 'other-name'],
    ['report a.json -o a.json', 'a.json'],
    ['check a.json --roles roles.json -o roles.json', 'roles.json'],
    ['check cdk.out -o cdk.out/S.template.json', 'cdk.out/S.template.json'],
    ['check cdk.out -o cdk.out/manifest.json', 'cdk.out/manifest.json'],
    ['check outer.json -o nested.json', 'nested.json'],
  ])('%s does not replace what it reads', (args, output) => {
    const roles = { version: 1, roles: {} };
    const artifact = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://1/eu-west-1',
      properties: { templateFile: 'S.template.json' },
    };
    const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './nested.json' } };
    cli.write({
      'roles.json': roles,
      'cdk.out/manifest.json': { version: '36.0.0', artifacts: { S: artifact } },
      'cdk.out/S.template.json': EXCEEDING,
      'nested.json': EXCEEDING,
      'outer.json': { Resources: { N: nested } },
    });
    fs.rmSync(path.join(cli.folder, 'other-name'), { force: true });
    fs.linkSync(path.join(cli.folder, 'a.json'), path.join(cli.folder, 'other-name'));
    const before = cli.read(output);
    const { status, stdout, stderr } = cli.run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`--output ${output}: it cannot be written: the command reads that file\n`);
    expect(cli.read(output)).toBe(before);
  });

  test('may replace the report of the last run, which a glob finds', () => {
    for (let run = 0; run < 2; run++) {
      expect(cli.run(['check', '{a,report*}.json', '--format', 'json', '-o', 'report-1.json']).status).toBe(1);
    }
    expect(JSON.parse(cli.read('report-1.json')).summary.errors).toBe(1);
  });

  test('/dev/stdout is standard output, without the summary', () => {
    const printed = cli.run('check a.json --format json').stdout;
    for (const name of ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']) {
      expect(shell(`$CLI check a.json --format json -o ${name} | cat`)).toBe(printed);
      expect(shell(`echo before >out; $CLI check a.json --format json -o ${name} >>out; cat out`)).toBe(`before\n${printed}`);
    }
    expect(shell('$CLI check a.json --format json -o /dev/stdout >/dev/full; echo "exit $?"')).toBe('exit 2\n');
  });

  test('may be another process, or nothing', () => {
    expect(shell('$CLI check a.json --format json -o >(wc -l >lines); sleep 0.2; cat lines')).toMatch(/^1 association.*\n\d\d/);
    expect(shell('$CLI check a.json -o /dev/null; echo "exit $?"')).toMatch(/^1 association .* \(\/dev\/null\)\nexit 1\n$/);
    expect(shell('$CLI check a.json --format html -o >(true) | cat; echo "exit ${PIPESTATUS[0]}"')).toMatch(/\nexit 1\n$/);
  });
});
