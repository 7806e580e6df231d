/** What the command does with names of files that are not regular files, or lead elsewhere. Each would hang or leak before. */
import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Cli } from '../run';
import { association, CLEAN, policy, role } from '../templates';

let cli: Cli;
/** A folder that nobody names, with the secrets of somebody else. */
let foreign: string;

beforeAll(() => {
  cli = new Cli();
  foreign = fs.mkdtempSync(path.join(os.tmpdir(), 'foreign-'));
  fs.writeFileSync(path.join(foreign, 'child.json'), 'aws_secret_access_key = hunter2');
  fs.writeFileSync(path.join(foreign, 'credentials'), 'aws_secret_access_key = hunter2');
});
afterAll(() => {
  cli.remove();
  fs.rmSync(foreign, { recursive: true });
});
beforeEach(() => {
  fs.readdirSync(cli.folder).forEach((name) => fs.rmSync(path.join(cli.folder, name), { recursive: true }));
  execFileSync('mkfifo', [path.join(cli.folder, 'pipe.json')]);
  cli.write({
    'p.json': policy('s3:GetObject'),
    't/a.json': CLEAN,
    'roles.json': {
      version: 1,
      roles: { 'arn:aws:iam::111122223333:role/pods': { inlinePolicies: { access: policy('s3:GetObject') } } },
    },
  });
});

const inFolder = (name: string) => path.join(cli.folder, name);

/** A template whose nested stack is the file. */
function parentOf(file: string, by: 'asset' | 'url'): object {
  return {
    Resources: {
      Child: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: by === 'url' ? file : 'https://example.com/t' },
        ...by === 'asset' && { Metadata: { 'aws:asset:path': file } },
      },
      Role: role('s3:*'),
      Pods: association('s3:GetObject'),
    },
  };
}

describe('what is not a regular file is refused, in time that does not depend on it', () => {
  const PIPE = 'it is a named pipe; a regular file is needed\n';
  const DEVICE = 'it is a device; a regular file is needed\n';

  test.each<[string, string[], string]>([
    ['a template', ['check', 'pipe.json'], `pipe.json: ${PIPE}`],
    ['a template of report', ['report', 'pipe.json'], `pipe.json: ${PIPE}`],
    ['a snapshot', ['check', 't/a.json', '--roles', 'pipe.json'], `--roles pipe.json: ${PIPE}`],
    ['a device as snapshot', ['check', 't/a.json', '--roles', '/dev/zero'], `--roles /dev/zero: ${DEVICE}`],
    ['a session policy', ['compare', '--session', 'pipe.json', '--role', 'p.json'], `pipe.json: ${PIPE}`],
    ['a device as session policy', ['compare', '--session', '/dev/zero', '--role', 'p.json'], `/dev/zero: ${DEVICE}`],
    ['a role', ['compare', '--session', 'p.json', '--role', 'pipe.json'], `pipe.json: ${PIPE}`],
    ['a boundary',
      ['compare', '--session', 'p.json', '--role', 'p.json', '--boundary', '/dev/zero'], `/dev/zero: ${DEVICE}`],
    ['pairs', ['compare', '--pairs', 'pipe.json'], `pipe.json: ${PIPE}`],
    ['a device as pairs', ['compare', '--pairs', '/dev/zero'], `/dev/zero: ${DEVICE}`],
    ['a role of explain',
      ['explain', 's3:GetObject', '*', '--session', 'p.json', '--role', 'pipe.json'], `pipe.json: ${PIPE}`],
    ['a template of explain',
      ['explain', 's3:GetObject', '*', '--association', 'Pods', 'pipe.json'], `pipe.json: ${PIPE}`],
    ['templates of audit', ['audit', '--cluster', 'prod', '--against', 'pipe.json'], `pipe.json: ${PIPE}`],
    ['an open file that nobody passed',
      ['compare', '--session', '/dev/fd/97', '--role', 'p.json'],
      '/dev/fd/97: nothing was given there to read from\n'],
  ])('%s', (_, args, message) => {
    const { status, stderr, signal } = cli.run(args);
    expect({ status, signal, stderr }).toEqual({ status: 2, signal: null, stderr: message });
  });

  test.each(['.', '*/*.json'])('among %s, it is not a template', (paths) => {
    execFileSync('mkfifo', [inFolder('t/b.template.json'), inFolder('t/manifest.json')]);
    expect(cli.run(['check', paths])).toMatchObject({
      status: 0, stderr: '', stdout: '1 association in 1 template: no findings\n',
    });
  });

  test.each(['asset', 'url'] as const)('a nested stack, by its %s', (by) => {
    execFileSync('mkfifo', [inFolder('t/child.json')]);
    cli.write({ 't/a.json': parentOf('child.json', by) });
    const { status, stderr, stdout } = cli.run('check t/a.json');
    expect([status, stderr]).toEqual([2, 't/child.json: it is a named pipe; a regular file is needed\n']);
    expect(stdout).toContain('1 association in 1 template');
  });

  test('a template, a manifest, metadata of a cloud assembly', () => {
    for (const name of ['manifest.json', 'S.template.json', 'S.metadata.json', 'S.assets.json']) {
      fs.rmSync(inFolder('cdk.out'), { recursive: true, force: true });
      cli.write({
        'cdk.out/manifest.json': {
          artifacts: {
            S: {
              type: 'aws:cloudformation:stack',
              properties: { templateFile: 'S.template.json' },
              additionalMetadataFile: 'S.metadata.json',
            },
          },
        },
        'cdk.out/S.template.json': parentOf('none.json', 'asset'),
        'cdk.out/S.metadata.json': {},
        'cdk.out/S.assets.json': { files: {} },
      });
      fs.rmSync(inFolder(`cdk.out/${name}`));
      execFileSync('mkfifo', [inFolder(`cdk.out/${name}`)]);
      const { status, signal, stderr } = cli.run('check');
      expect([name, signal]).toEqual([name, null]);
      if (name !== 'S.assets.json') { // it is needed for URLs with the hash of an asset only
        expect([status, stderr]).toEqual([2, expect.stringContaining(`cdk.out/${name}: it is a named pipe`)]);
      }
    }
  });
});

describe('a path in a file stays inside of what was given', () => {
  const OUTSIDE = 'it is outside of the files and folders that were given, so it was not read. To read it, name it, too\n';
  const LINK = 'a symbolic link leads to it, out of the files and folders that were given, so it was not read. To read it, name it, too\n';

  test.each(['asset', 'url'] as const)('by the %s', (by) => {
    const file = path.join(foreign, 'child.json');
    cli.write({ 't/a.json': parentOf(file, by) });
    const { status, stdout, stderr } = cli.run('check t/a.json');
    expect([status, stderr]).toEqual([2, `${file}: ${OUTSIDE}`]); // the path is shown as it is, from the root
    expect(stdout).not.toContain('hunter2');
  });

  test.each(['asset', 'url'] as const)('by the %s, relative', (by) => {
    cli.write({ 't/a.json': parentOf('../other/child.json', by), 'other/child.json': 'hunter2' });
    expect(cli.run('check t/a.json')).toMatchObject({ status: 2, stderr: `other/child.json: ${OUTSIDE}` });
  });

  test('unless it was named, too', () => {
    cli.write({ 't/a.json': parentOf('../other/child.json', 'url'), 'other/child.json': CLEAN });
    const summary = expect.stringContaining('2 associations in 2 templates');
    expect(cli.run('check t/a.json other')).toMatchObject({ stderr: '', stdout: summary });
    expect(cli.run('check t/a.json other/child.json')).toMatchObject({ stderr: '', stdout: summary });
    expect(cli.run('check .')).toMatchObject({ stdout: summary });
  });

  test('by a symbolic link', () => {
    cli.write({ 't/a.json': parentOf('child.json', 'url') });
    fs.symlinkSync(path.join(foreign, 'child.json'), inFolder('t/child.json'));
    expect(cli.run('check t/a.json')).toMatchObject({ status: 2, stderr: `t/child.json: ${LINK}` });
  });

  test('by a symbolic link to a folder', () => {
    cli.write({ 't/a.json': parentOf('in/child.json', 'url') });
    fs.symlinkSync(foreign, inFolder('t/in'));
    expect(cli.run('check t/a.json')).toMatchObject({ status: 2, stderr: `t/in/child.json: ${LINK}` });
  });

  test('a symbolic link inside leads where it leads', () => {
    cli.write({ 't/a.json': parentOf('child.json', 'url'), 't/real.json': CLEAN });
    fs.symlinkSync('real.json', inFolder('t/child.json'));
    expect(cli.run('check t/a.json')).toMatchObject({
      stderr: '', stdout: expect.stringContaining('2 associations in 2 templates'),
    });
  });

  test('a folder that is given may be a symbolic link itself', () => {
    cli.write({ 't/a.json': parentOf('child.json', 'url'), 't/child.json': CLEAN });
    fs.symlinkSync('t', inFolder('link'));
    expect(cli.run('check link/a.json')).toMatchObject({
      stderr: '', stdout: expect.stringContaining('2 associations in 2 templates'),
    });
  });

  test('in a cloud assembly, whose files may be symbolic links', () => {
    const manifest = {
      artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.template.json' } } },
    };
    cli.write({ 'cdk.out/manifest.json': manifest });
    fs.symlinkSync(path.join(foreign, 'credentials'), inFolder('cdk.out/S.template.json'));
    expect(cli.run('check')).toMatchObject({ status: 2, stdout: '', stderr: `cdk.out/S.template.json: ${LINK}` });
  });

  test('a stage that is a symbolic link to its own assembly', () => {
    const stage = (directoryName: string) => ({ type: 'cdk:cloud-assembly', properties: { directoryName } });
    cli.write({ 'cdk.out/manifest.json': { artifacts: { A: stage('a'), B: stage('b') } } });
    for (const name of ['a', 'b']) { fs.symlinkSync('.', inFolder(`cdk.out/${name}`)); }
    expect(cli.run('check')).toMatchObject({
      status: 2, stdout: '', stderr: 'cdk.out/a/manifest.json: its stages lead in a circle\n',
    });
  });
});

describe('what the shell passes is read', () => {
  const bash = (line: string) => {
    const script = line.replace(/\bcpi\b/g, `"${process.execPath}" "${cli.binary}"`);
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: cli.folder, encoding: 'utf-8', timeout: 20_000,
    });
    return { status, stdout: stdout.split('\n')[0], stderr };
  };
  const NARROWS = { status: 0, stderr: '', stdout: 'narrows: the session policy only narrows the role' };
  const CHECKED = { status: 0, stderr: '', stdout: '1 association in 1 template: no findings' };

  test.each<[string, string, object]>([
    ['a session policy', 'cpi compare --session <(cat p.json) --role p.json', NARROWS],
    ['several', 'cpi compare --session <(cat p.json) --role <(sleep 0.2; cat p.json)', NARROWS],
    ['standard input', 'cat p.json | cpi compare --session /dev/stdin --role p.json', NARROWS],
    ['standard input from a file', 'cpi compare --session /dev/stdin --role p.json < p.json', NARROWS],
    ['standard input, as -', 'cat p.json | cpi compare --session - --role p.json', NARROWS],
    ['a slow pipe', '(sleep 0.2; cat p.json) | cpi compare --session /dev/stdin --role p.json', NARROWS],
    ['a template', 'cpi check <(cat t/a.json)', CHECKED],
    ['a template at standard input', 'cat t/a.json | cpi check /dev/stdin', CHECKED],
    ['a snapshot', 'cpi check t/a.json --roles <(cat roles.json)', CHECKED],
    ['pairs', 'cpi compare --pairs <(echo "{\\"session\\": $(cat p.json), \\"role\\": $(cat p.json)}" | tr -d "\\n")',
      { status: 0, stderr: '', stdout: '{"line":1,"verdict":"narrows"}' }],
  ])('%s', (_, line, expected) => expect(bash(line)).toEqual(expected));

  test('a finding of a template from a pipe has its line', () => {
    cli.write({ 'bad.json': { Resources: { Role: role('s3:GetObject'), Pods: association('s3:*') } } });
    const { stdout } = spawnSync('bash', ['-c', `cat bad.json | "${process.execPath}" "${cli.binary}" check /dev/stdin`], {
      cwd: cli.folder, encoding: 'utf-8',
    });
    expect(stdout).toMatch(/error {2}SessionPolicyExceedsRole {2}\/dev\/stdin:\d+/);
  });

  test.each([
    ['a policy', 'cpi compare --session /dev/stdin --role p.json < /dev/zero', '/dev/stdin'],
    ['a policy, as -', 'cpi compare --session - --role p.json < /dev/zero', 'standard input'],
    ['a template', 'cpi check /dev/stdin < /dev/zero', '/dev/stdin'],
  ])('%s without an end is read to the limit', (_, line, name) => {
    expect(bash(line)).toEqual({
      status: 2,
      stdout: '',
      stderr: `${name}: it has more than 64 MB; at most 64 MB are read. CloudFormation accepts templates of up to 1 MB\n`,
    });
  });

  test('a line of pairs without an end is read to the limit, after the lines before it', () => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c',
      `(echo x; cat /dev/zero) | "${process.execPath}" "${cli.binary}" compare --pairs -`], { cwd: cli.folder, encoding: 'utf-8', timeout: 20_000 });
    const [first, last, ...others] = stdout.trim().split('\n').map((text) => JSON.parse(text));
    expect({ status, stderr, others }).toEqual({ status: 2, stderr: '', others: [] });
    expect(first).toMatchObject({ line: 1, error: expect.stringContaining('not JSON') });
    expect(last).toEqual({
      line: 2, error: 'standard input:2: it does not end within 64 MB. The rest of the input is not read',
    });
  });
});

test('a file that is too large is refused by its size', () => {
  fs.writeFileSync(inFolder('t/big.template.json'), '{');
  fs.truncateSync(inFolder('t/big.template.json'), 70 * 1024 * 1024);
  expect(cli.run('check t')).toMatchObject({
    status: 2,
    stdout: expect.stringContaining('1 association in 1 template'),
    stderr: 't/big.template.json: it has 70 MB; at most 64 MB are read. CloudFormation accepts templates of up to 1 MB\n',
  });
});
