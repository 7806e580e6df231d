/** action.yml, run as GitHub runs it: with the command line that is bundled for the tests as the installed package. */
import * as fs from 'fs';
import * as path from 'path';
import { Repository } from './repository';
import { association, CLEAN, EXCEEDING, role } from '../cli/templates';

let repository: Repository;
beforeEach(() => { repository = new Repository(); });
afterEach(() => repository.remove());

describe('check', () => {
  beforeEach(() => repository.install());

  test.each([
    ['nothing counts', CLEAN, {}, 0, '0'],
    ['an error', EXCEEDING, {}, 1, '1'],
    ['an error that is not to fail', EXCEEDING, { 'fail-on': 'never' }, 0, '1'],
    ['an option', EXCEEDING, { args: '--severity\nSessionPolicyExceedsRole=off' }, 0, '0'],
  ])('%s', (_, template, inputs, status, errors) => {
    repository.write({ 'templates/a.json': template });
    const result = repository.runAction({ paths: 'templates', ...inputs });
    expect(result).toMatchObject({ status, outputs: { 'exit-code': `${status}`, errors, 'sarif-file': '' } });
    expect(result.log).toContain('1 association');
  });

  test('annotates the line of the template', () => {
    repository.write({ 'templates/a.json': EXCEEDING });
    const { annotations } = repository.runAction({ paths: 'templates' });
    const { associations } = JSON.parse(repository.run('check templates --format json').stdout);
    const [{ line, message, fix }] = associations[0].findings;
    expect(annotations).toContainEqual({
      level: 'error',
      properties: expect.objectContaining({ file: 'templates/a.json', line: `${line}`, title: 'SessionPolicyExceedsRole: Pods' }),
      message: `${message}\nFix: ${fix}`,
    });
  });

  test('what cannot be read fails, and what was found is annotated', () => {
    repository.write({ 'templates/a.json': EXCEEDING, 'templates/b.json': '{"Resources": ' });
    const { status, outputs, log, annotations } = repository.runAction({ paths: 'templates' });
    expect({ status, ...outputs }).toMatchObject({ 'status': 2, 'exit-code': '2' });
    expect(log).toContain('b.json');
    expect(annotations).not.toEqual([]);
  });
});

describe('hostile names', () => {
  const HOSTILE = 'a,line=1::\u001b[31m\u202e%0A::error title=x::y ##[add-path]z ${{ github.token }} $(touch pwned) `touch pwned`';

  test('stay within their annotation, and reach no shell', () => {
    repository.install();
    const folder = 'tem$(touch pwned)plates,file=x::`touch pwned`';
    const file = `${folder}/a%2Cb\u202e.json`;
    const pods = association('s3:*', {
      ServiceAccount: HOSTILE, ClusterName: `\n::stop-commands::x\n${HOSTILE}`,
    });
    repository.write({ [file]: { Resources: { Role: role('s3:GetObject'), Pods: pods } } });
    const { status, annotations, outputs } = repository.runAction({ paths: folder });
    expect({ status, errors: Number(outputs.errors) > 0 }).toEqual({ status: 1, errors: true });
    expect(repository.has('pwned')).toBe(false);
    const exceeding = annotations.find(({ properties }) => properties.title === 'SessionPolicyExceedsRole: Pods')!;
    expect(exceeding.properties.file).toBe(file.replace('\u202e', '\\u202e'));
    for (const { properties, message } of annotations) {
      expect(['file', 'line', 'endLine', 'title']).toEqual(expect.arrayContaining(Object.keys(properties)));
      expect(message).not.toMatch(/[\u001b\u202e\r]/);
    }
  });
});

describe('inputs that cannot be used', () => {
  const USE_INPUTS = 'which the action sets: use its inputs fail-on, sarif-file, html-file and comment-file.';

  test.each([
    [{ command: 'audit' }, 'The input command is "audit": it is check or diff.'],
    [{ command: 'constructor' }, 'The input command is "constructor": it is check or diff.'],
    [{ paths: ' \n' }, 'The input paths is empty.'],
    [{ 'comment-file': 'c.md' }, 'The input comment-file needs command: diff.'],
    [{ command: 'diff', base: '' }, 'The command diff needs the inputs base and head.'],
    [{ annotations: 'yes' }, 'The input annotations is "yes": it is true or false.'],
    [{ args: '--strict\n--format=json' }, `The input args contains "--format=json", ${USE_INPUTS}`],
    [{ args: '-oreport' }, `The input args contains "-oreport", ${USE_INPUTS}`],
    [{ args: '--' }, `The input args contains "--", ${USE_INPUTS}`],
    [{ version: '1 --registry=https://example.com' }, 'The input version is "1 --registry=https://example.com": it is a version or a tag of npm.'],
    [{ version: 'npm:other' }, 'The input version is "npm:other": it is a version or a tag of npm.'],
    [{ version: '-g' }, 'The input version is "-g": it is a version or a tag of npm.'],
  ])('%j', (inputs, message) => {
    const { status, outputs, annotations } = repository.runAction(inputs);
    expect({ status, ...outputs }).toMatchObject({ 'status': 2, 'exit-code': '2' });
    expect(annotations).toEqual([{ level: 'error', properties: {}, message }]);
  });

  test('a severity that the command does not know is its error', () => {
    repository.install();
    repository.write({ 'templates/a.json': CLEAN });
    const { status, outputs, log } = repository.runAction({ 'paths': 'templates', 'fail-on': 'info' });
    expect({ status, ...outputs }).toMatchObject({ 'status': 2, 'exit-code': '2' });
    expect(log).toContain('info');
  });
});

describe('which package runs', () => {
  /** Stands for npm: notes its arguments and its folder. */
  function npm(script: string): NodeJS.ProcessEnv {
    repository.write({
      'npm-bin/npm': ['#!/bin/sh', 'echo "$PWD" > "$NOTES/where"', 'printf "%s\\n" "$@" > "$NOTES/arguments"', script, ''].join('\n'),
    });
    fs.chmodSync(path.join(repository.folder, 'npm-bin/npm'), 0o755);
    return {
      NOTES: repository.folder,
      BUNDLE: path.dirname(repository.binary),
      PATH: `${path.join(repository.folder, 'npm-bin')}:${path.dirname(process.execPath)}:${process.env.PATH}`,
    };
  }
  const INSTALL = 'mkdir -p node_modules/cdk-eks-pod-identity && ln -s "$BUNDLE" node_modules/cdk-eks-pod-identity/bin';

  test.each([
    ['the latest, if none is installed', '', 'cdk-eks-pod-identity@latest'],
    ['the version that is asked for', '0.3.1', 'cdk-eks-pod-identity@0.3.1'],
  ])('%s', (_, version, expected) => {
    repository.write({ 'templates/a.json': CLEAN, '.npmrc': 'registry=https://example.com' });
    expect(repository.runAction({ paths: 'templates', version }, npm(INSTALL)).status).toBe(0);
    const args = repository.read('arguments').trim().split('\n');
    expect(args.at(-1)).toBe(expected);
    expect(args).toEqual(expect.arrayContaining(['install', '--ignore-scripts', '--legacy-peer-deps']));
    expect(repository.read('where')).not.toContain(repository.folder);
  });

  test('that of the app, also from a folder of a workspace', () => {
    repository.install();
    repository.write({ 'packages/app/templates/a.json': CLEAN });
    const inputs = { 'paths': 'templates', 'working-directory': 'packages/app' };
    expect(repository.runAction(inputs, npm('exit 1')).status).toBe(0);
    expect(repository.has('arguments')).toBe(false);
  });

  test('never that of the app, if a version is asked for', () => {
    repository.write({
      'templates/a.json': CLEAN,
      'node_modules/cdk-eks-pod-identity/bin/cdk-pod-identity.js': 'process.exit(7)',
    });
    expect(repository.runAction({ paths: 'templates', version: '0.3.1' }, npm(INSTALL)).status).toBe(0);
  });

  test('npm that fails is an error', () => {
    repository.write({ 'templates/a.json': CLEAN });
    const { status, annotations } = repository.runAction({ paths: 'templates' }, npm('exit 1'));
    expect(status).toBe(2);
    expect(annotations[0].message).toBe('npm could not install cdk-eks-pod-identity@latest.');
  });
});
