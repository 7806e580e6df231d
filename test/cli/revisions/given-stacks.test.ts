import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Unreadable } from '../../../cli/files/unreadable';
import { withStacks } from '../../../cli/revisions/given-stacks';
import { readStacks } from '../../../cli/templates/read-stacks';
import { StackSource } from '../../../cli/templates/stack-source';

/** What `diff` finds at a revision of a repository. */

const EMPTY = '{"Resources":{}}';
const NESTING = (file: string) => JSON.stringify({
  Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: file } } },
});
const MANIFEST = JSON.stringify({
  artifacts: { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } } },
});

const home = process.cwd();
let repository: string;

function git(...args: string[]): void {
  const [name, email] = [['-c', 'user.name=n'], ['-c', 'user.email=n@example.com']];
  execFileSync('git', [...name, ...email, ...args], { cwd: repository, stdio: 'ignore' });
}

function write(files: { readonly [name: string]: string }): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(repository, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

beforeAll(() => {
  repository = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'revisions-')));
  git('init', '-q', '-b', 'main');
  write({
    'infra/app.json': NESTING('./sub/child.json'),
    'infra/sub/child.json': NESTING('../beside.json'),
    'infra/beside.json': EMPTY,
    'infra/flow.yaml': 'Resources: {Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: beside.json}}}\n',
    'infra/spaced.json': NESTING('./a child.json'),
    'infra/a child.json': EMPTY,
    'notes/one.txt': 'no template',
    'infra/broken.yaml': 'Resources: [1\nb: }',
    'infra/node_modules/x/package.template.json': EMPTY,
    'cdk.out/manifest.json': MANIFEST,
    'cdk.out/App.template.json': EMPTY,
  });
  fs.symlinkSync('app.json', path.join(repository, 'infra', 'link.json'));
  git('add', '-A', '-f');
  git('commit', '-q', '-m', 'one');
  write({ 'infra/app.json': EMPTY, 'a:b.json': EMPTY });
  git('add', '-A');
  git('commit', '-q', '-m', 'two');
});
beforeEach(() => process.chdir(repository));
afterEach(() => process.chdir(home));
afterAll(() => fs.rmSync(repository, { recursive: true }));

/** The names in messages of all templates, nested ones included, or why they cannot be read. */
function filesAt(given: string): string[] {
  return withStacks(given, {}, (found) => found.flatMap((one) => (
    one instanceof Unreadable ? [one.message] : filesOf(one))));
}

function filesOf(source: StackSource): string[] {
  try {
    return readStacks(source).map(({ source: { file }, error }) => error?.message ?? file);
  } catch (e) {
    return [(e as Unreadable).message];
  }
}

function idsAt(given: string): string[] {
  return withStacks(given, {}, (found) => found.map((one) => (one instanceof Unreadable ? '' : one.id)));
}

const leftFolders = () => fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('cdk-pod-identity-'));

test.each([
  ['an assembly', 'HEAD:cdk.out', ['HEAD:cdk.out/App.template.json']],
  ['an older revision', 'main~1:infra/app.json',
    ['main~1:infra/app.json', 'main~1:infra/sub/child.json', 'main~1:infra/beside.json']],
  ['a newer one', 'main:infra/app.json', ['main:infra/app.json']],
  ['YAML that names a file', 'HEAD:infra/flow.yaml', ['HEAD:infra/flow.yaml', 'HEAD:infra/beside.json']],
  ['a name with a blank', 'HEAD:infra/spaced.json', ['HEAD:infra/spaced.json', 'HEAD:infra/a child.json']],
  ['a folder with `/` at its end', 'HEAD:infra/sub/',
    ['HEAD:infra/sub/child.json', expect.stringMatching(/^HEAD:infra\/beside.json: it is outside of the files and folders/)]],
  ['a file that exists and has a colon', 'a:b.json', ['a:b.json']],
  ['a broken file', 'HEAD:infra/broken.yaml', [expect.stringMatching(/^HEAD:infra\/broken.yaml:\d+:\d+: /)]],
])('finds %s', (_, given, expected) => {
  const before = leftFolders();
  expect(filesAt(given)).toEqual(expected);
  expect(leftFolders()).toEqual(before);
});

test('finds the templates of a folder, without those of packages and links', () => {
  const files = filesAt('HEAD:infra').map((file) => file.replace(/:\d.*/, '')).sort();
  expect([...new Set(files)]).toEqual([
    'HEAD:infra/a child.json', 'HEAD:infra/app.json', 'HEAD:infra/beside.json', 'HEAD:infra/broken.yaml',
    'HEAD:infra/flow.yaml', 'HEAD:infra/spaced.json', 'HEAD:infra/sub/child.json',
  ]);
});

test('reads paths from the current folder', () => {
  process.chdir(path.join(repository, 'infra'));
  expect(filesAt('HEAD:./app.json')).toEqual(['HEAD:infra/app.json']);
  expect(filesAt('HEAD:../cdk.out')).toEqual(['HEAD:cdk.out/App.template.json']);
  expect(filesAt('HEAD:cdk.out')).toEqual(['HEAD:cdk.out/App.template.json']);
});

test.each([
  ['a revision that there is not', 'nope:cdk.out', 'nope:cdk.out: git has no revision nope. A shallow clone'],
  ['a path that there is not', 'HEAD:nope', 'HEAD:nope: the revision has no such file or folder'],
  ['a link', 'HEAD:infra/link.json', 'HEAD:infra/link.json: it is a symbolic link'],
  ['a way out', 'HEAD:../x', 'HEAD:../x: the path leads out of the repository'],
  ['an option', '--output=pwned:infra', '--output=pwned:infra: git has no revision --output=pwned'],
  ['a line break', 'HEAD\nHEAD:infra', 'HEAD\nHEAD:infra: the name of a revision or of its file cannot have a line'],
  ['a folder without templates', 'HEAD:notes', 'HEAD:notes: the folder contains neither CloudFormation templates'],
  ['a path of Windows', 'C:\\app.yaml', 'C:\\app.yaml: there is no such file or folder'],
])('names %s', (_, given, expected) => {
  const before = leftFolders();
  expect(filesAt(given)).toEqual([expect.stringContaining(expected)]);
  expect([leftFolders(), fs.existsSync('pwned')]).toEqual([before, false]);
});

test('outside of a repository, says what git says', () => {
  process.chdir(os.tmpdir());
  expect(filesAt('HEAD:cdk.out')).toEqual([
    expect.stringMatching(/^HEAD:cdk.out: git cannot read it: not a git repository/),
  ]);
});

test('a tree that names a file outside of itself writes nothing there', () => {
  const ask = (input: string, ...args: string[]) => (
    execFileSync('git', args, { cwd: repository, input, encoding: 'utf-8' }).trim());
  const blob = ask(EMPTY, 'hash-object', '-w', '--stdin');
  const mktree = (entry: string) => ask(entry, 'mktree');
  const outer = mktree(`040000 tree ${mktree(`100644 blob ${blob}\tpwned.json\n`)}\t..\n`);
  const [message] = filesAt(`${outer}:`);
  expect(message).toMatch(/it has a file with the name \.\.\/pwned\.json, which leads out of it/);
  expect(fs.existsSync(path.join(os.tmpdir(), 'pwned.json'))).toBe(false);
});

test.each([
  'infra/sub', 'infra/sub/child.json', 'cdk.out',
])('the stacks of %s have the same ids in a revision', (given) => {
  expect(idsAt(`HEAD:${given}`)).toEqual(idsAt(given));
});
