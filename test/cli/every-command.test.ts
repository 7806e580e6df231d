import { execFileSync, execSync } from 'child_process';
import { Cli } from './run';
import { association, role } from './templates';

const SESSION = {
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::data/*' }],
};
const ROLE = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::data/*' }],
};

/** What each command does without an account; `snapshot` and `audit` have tests of their own for the rest. */
const RUNS: ReadonlyArray<[string, string[], number]> = [
  ['check', ['a.json'], 1],
  ['report', ['a.json'], 0],
  ['diff', ['b.json', 'a.json'], 1],
  ['compare', ['--session', 's.json', '--role', 'r.json'], 1],
  ['compact', ['--session', 's.json', '--role', 'r.json', '--format', 'json'], 0],
  ['explain', ['s3:GetObject', 'arn:aws:s3:::data/k', '--session', 's.json', '--role', 'r.json'], 0],
  ['explain', ['s3:DeleteObject', 'arn:aws:s3:::data/k', '--association', 'Pods', 'a.json'], 1],
];
const COMMANDS = [...new Set(RUNS.map(([command]) => command)), 'snapshot', 'audit'];

let cli: Cli;
beforeAll(() => {
  cli = new Cli();
  cli.write({
    's.json': SESSION,
    'r.json': ROLE,
    'a.json': { Resources: { Role: role('s3:GetObject'), Pods: association('s3:*', {}) } },
    'b.json': { Resources: { Role: role('s3:*'), Pods: association('s3:PutObject', {}) } },
    'broken.yaml': 'a: [1\nb: }',
  });
});
afterAll(() => cli.remove());

describe.each(COMMANDS)('%s', (command) => {
  test('has help with examples, in 80 columns', () => {
    const { status, stdout, stderr } = cli.run([command, '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('\nExamples:\n  cdk');
    expect(stdout).toMatch(/^Exit codes: 0, /m);
    const [usage] = stdout.split('\nExamples:'); // which people copy
    expect(usage.split('\n').filter((line) => line.length > 80 && !line.startsWith('https://'))).toEqual([]);
  });

  const needed = { snapshot: ['--role', 'r'], audit: ['--cluster', 'c'], diff: ['b.json', 'a.json'] }[command] ?? [];
  const valued = { snapshot: '--role', compare: '--session', compact: '--session' }[command] ?? '--roles';
  test.each([
    ['an option that there is not', [...needed, '--nonsense'], "unknown option '--nonsense'"],
    ['an option without its value', [...needed, valued], `option '${valued} <`],
  ])('says what is wrong with %s', (_, args, said) => {
    const { status, stdout, stderr } = cli.run([command, ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toContain('--help');
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });
});

describe.each(RUNS)('%s %j', (command, args, expected) => {
  test('without a terminal, writes plain text to the output and nothing else', () => {
    const { status, stdout, stderr } = cli.run([command, ...args]);
    expect({ status, stderr }).toEqual({ status: expected, stderr: '' });
    expect(stdout).toMatch(/\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  test('a reader may close the pipe', () => {
    const line = `${process.execPath} ${cli.binary} ${command} ${args.join(' ')} 2>err | head -c 1 > /dev/null; echo "\${PIPESTATUS[0]}"; cat err`;
    expect(execFileSync('bash', ['-c', line], { cwd: cli.folder, encoding: 'utf-8' })).toBe(`${expected}\n`);
  });

  if (command !== 'report' && !args.includes('json')) {
    test('on a terminal of 80 columns, breaks lines at blanks', () => {
      const run = `stty cols 80; ${process.execPath} ${cli.binary} ${command} ${args.join(' ')} || true`;
      const written = execSync(`script -qec "${run}" /dev/null`, {
        cwd: cli.folder, encoding: 'utf-8', env: { PATH: process.env.PATH, TERM: 'xterm' },
      });
      const lines = written.replace(/\u001b\[[\d;]*m/g, '').split(/\r?\n/);
      expect(lines.length).toBeGreaterThan(3);
      expect(lines.filter((line) => line.length > 80 && line.replace(/^ *(\S+ {2,})?/, '').includes(' '))).toEqual([]);
    });
  }
});

test.each([
  ['check', ['missing.json'], 'missing.json'],
  ['check', ['broken.yaml'], 'broken.yaml:'],
  ['report', ['missing.json'], 'missing.json'],
  ['compare', ['--session', 'missing.json', '--role', 'r.json'], 'missing.json'],
  ['compare', ['--session', 'broken.yaml', '--role', 'r.json'], 'broken.yaml'],
  ['compact', ['--session', 'missing.json'], 'missing.json'],
  ['explain', ['s3:GetObject', '*', '--session', 'missing.json', '--role', 'r.json'], 'missing.json'],
  ['explain', ['s3:GetObject', '*', '--association', 'Pods', 'missing.json'], 'missing.json'],
  ['audit', ['--cluster', 'prod', '--against', 'missing.json'], 'missing.json'],
])('%s %j names the file that cannot be read', (command, args, named) => {
  const { status, stdout, stderr } = cli.run([command, ...args]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(named);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+\)/);
});

test('a bug is neither a success nor a finding, and shows nothing raw', () => {
  cli.write({ 'bug.js': "process.stdin.once('end', () => { throw new Error('bad \\u001b[2J'); });" });
  const { status, stdout, stderr } = cli.run(
    'compare --pairs -', { NODE_OPTIONS: `--require ${cli.folder}/bug.js` }, JSON.stringify({ session: SESSION, role: ROLE }),
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^cdk-pod-identity failed, which is a bug\. Please report it: Error: bad \\u001b\[2J\n/);
});
