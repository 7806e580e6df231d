/** docs/pipelines.md: what users copy is valid, pinned, and does what the page says. Its workflow runs in pipelines-workflow.deep.test.ts. */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import { PINNED_ACTIONS } from '../../projenrc/pinned-actions';
import { EXCEEDING, CLEAN } from '../cli/templates';
import { Schema, schemaErrors, testWith, weaknesses } from '../pipelines/checkers';
import { Repository } from '../pipelines/repository';

const ROOT = path.join(__dirname, '..', '..');
const read = (...names: string[]) => fs.readFileSync(path.join(ROOT, ...names), 'utf-8');

const PAGE = read('docs', 'pipelines.md');
const BLOCKS = [...PAGE.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text);
const [WORKFLOW, SCANNING, GITLAB, AZURE, PRE_COMMIT] = BLOCKS;
const [HOOK] = parse(read('.pre-commit-hooks.yaml'));
const ACTION = parse(read('action.yml'));

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

function stepsOf(text: string): Step[] {
  return Object.values<{ readonly steps: readonly Step[] }>(parse(text).jobs).flatMap(({ steps }) => steps);
}

describe('the YAML of the page', () => {
  test('is that of these', () => expect(BLOCKS).toHaveLength(5));

  testWith('CHECK_JSONSCHEMA').each<[Schema, string]>([
    ['github-workflows', WORKFLOW], ['github-workflows', SCANNING], ['gitlab-ci', GITLAB], ['azure-pipelines', AZURE],
  ])('is valid by the schema of %s', (schema, text) => {
    expect(schemaErrors(schema, text)).toBe('');
  });

  testWith('ZIZMOR').each([
    ['the workflow', WORKFLOW], ['code scanning', SCANNING],
  ])('%s has no weakness that is known', (_, text) => {
    // The page says that `@main` is to be replaced by a commit.
    const pinned = text.replaceAll('cdk-eks-pod-identity@main', `cdk-eks-pod-identity@${'0'.repeat(40)}`);
    expect(weaknesses('.github/workflows/pod-identity.yml', pinned)).toBe('');
  });

  test('pins the actions of others as our own workflows do', () => {
    const uses = [WORKFLOW, SCANNING].flatMap(stepsOf).flatMap((step) => step.uses ?? [])
      .filter((action) => !action.startsWith('cdk-eks-pod-identity/'));
    const own = fs.readdirSync(path.join(ROOT, '.github', 'workflows'))
      .map((name) => read('.github', 'workflows', name)).join('\n');
    expect(uses.length).toBeGreaterThan(5);
    for (const action of uses) {
      expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
      expect(action.startsWith('github/codeql-action/') || own.includes(action)).toBe(true);
    }
    for (const { action, version, commit } of PINNED_ACTIONS) {
      if (PAGE.includes(`${action}@`)) { expect(PAGE).toContain(`${action}@${commit} # ${version}`); }
    }
  });

  test('gives our action inputs that it has, and uses outputs that it has', () => {
    const given = [WORKFLOW, SCANNING].flatMap(stepsOf).filter(({ uses }) => uses?.startsWith('cdk-eks-pod-identity/'));
    expect(given).toHaveLength(4);
    const inputs = given.flatMap((step) => Object.keys(step.with ?? {}));
    expect(Object.keys(ACTION.inputs)).toEqual(expect.arrayContaining(inputs));
    const used = [...PAGE.matchAll(/steps\.\w+\.outputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(Object.keys(ACTION.outputs)).toEqual(expect.arrayContaining(used));
  });

  test('lists every input and output of the action, with its default', () => {
    const section = PAGE.slice(PAGE.indexOf('## The GitHub Action'), PAGE.indexOf('### Code scanning'));
    const rows = [...section.matchAll(/^\| (`[^|]+`) \|/gm)]
      .flatMap(([, names]) => [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(rows.sort()).toEqual([...Object.keys(ACTION.inputs), ...Object.keys(ACTION.outputs)].sort());
    expect(['command', 'paths', 'head', 'summary'].map((name) => ACTION.inputs[name].default))
      .toEqual(['check', 'cdk.out', 'cdk.out', 'true']);
  });

  test('gives the other templates inputs that they have', () => {
    const [{ remote, inputs }] = parse(GITLAB).include;
    const { spec } = parse(read('pipelines', 'gitlab', 'pod-identity.yml').split('\n---\n')[0]);
    expect(Object.keys(spec.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
    expect(fs.existsSync(path.join(ROOT, remote.split('/main/')[1]))).toBe(true);

    const { template, parameters } = parse(AZURE).steps.at(-1);
    const file = parse(read(...template.split('@')[0].split('/')));
    const names = file.parameters.map(({ name }: { readonly name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(parameters)));
  });
});

describe('what the page shows', () => {
  let repository: Repository;
  beforeEach(() => { repository = new Repository(); });
  afterEach(() => repository.remove());

  test.each([['clean', CLEAN, 0], ['an error', EXCEEDING, 1], ['broken', '{"Resources": ', 2]])(
    'the commands and the hook of pre-commit: %s', (_, template, status) => {
      repository.write({
        'templates/a.json': template,
        'bin/cdk-pod-identity': `#!/bin/sh\nexec node '${repository.binary}' "$@"`,
      });
      fs.chmodSync(path.join(repository.folder, 'bin', 'cdk-pod-identity'), 0o755);
      const commands = /^```sh\n([^]*?)^```$/m.exec(PAGE)![1].split('\n')
        .filter((line) => line.startsWith('cdk-pod-identity'));
      expect(commands).toHaveLength(1);
      for (const command of [...commands, [HOOK.entry, ...parse(PRE_COMMIT).repos[0].hooks[0].args].join(' ')]) {
        const env = { PATH: `${repository.folder}/bin:${path.dirname(process.execPath)}:${process.env.PATH}` };
        expect(spawnSync('sh', ['-c', command], { cwd: repository.folder, env }).status).toBe(status);
      }
    });

  test('the hook of pre-commit is the one of this repository, and looks at templates', () => {
    expect(parse(PRE_COMMIT).repos[0].hooks[0].id).toBe(HOOK.id);
    const files = ['a.json', 'b.template', 'c.yaml', 'd.yml', 'e.ts'];
    expect(files.map((file) => new RegExp(HOOK.files).test(file))).toEqual([true, true, true, true, false]);
  });

  test('what goes to code scanning is what was written, also if the check fails', () => {
    const [, check, upload] = stepsOf(SCANNING);
    repository.install();
    repository.write({ 'templates/a.json': EXCEEDING });
    const { status, outputs } = repository.runAction(check.with!);
    expect(status).toBe(1);
    expect(upload.with!.sarif_file).toBe('${{ steps.check.outputs.sarif-file }}');
    const { runs } = JSON.parse(fs.readFileSync(outputs['sarif-file'], 'utf-8'));
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('templates/a.json');
  });
});
