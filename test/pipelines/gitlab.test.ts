/** pipelines/gitlab/pod-identity.yml, its jobs run as a runner of GitLab runs them. */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';
import { schemaErrors, testWith } from './checkers';
import { GitLabTemplate } from './gitlab-runner';
import { programs } from './programs';
import { Repository } from './repository';
import { CLEAN, EXCEEDING } from '../cli/templates';

const FILE = path.join(__dirname, '..', '..', 'pipelines', 'gitlab', 'pod-identity.yml');
const SYNTH = 'npm ci && npx cdk synth --quiet';

let repository: Repository;
let runner: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  repository = new Repository();
  runner = fs.mkdtempSync(path.join(os.tmpdir(), 'runner-'));
  env = programs(runner, repository.binary);
});
afterEach(() => {
  repository.remove();
  fs.rmSync(runner, { recursive: true });
});

const notes = () => fs.readFileSync(path.join(runner, 'notes'), 'utf-8');

describe('check', () => {
  test.each([
    ['nothing counts', CLEAN, {}, 0],
    ['an error', EXCEEDING, {}, 1],
    ['an error that is not to fail', EXCEEDING, { 'fail-on': 'never' }, 0],
  ])('%s', (_, template, inputs, status) => {
    repository.write({ 'templates/a.json': template });
    const pipeline = new GitLabTemplate(FILE, { path: 'templates', ...inputs });
    expect(pipeline.run('pod-identity-check', repository.folder, env).status).toBe(status);
    const { when, reports } = pipeline.jobs['pod-identity-check'].artifacts;
    expect(when).toBe('always');
    expect(repository.read(reports!.junit).includes('<failure ')).toBe(template === EXCEEDING && status === 1);
  });

  test('an app of the CDK is synthesized first, with the version that is asked for', () => {
    repository.write({ 'synth.sh': 'mkdir -p cdk.out; cp app.json cdk.out/App.template.json', 'app.json': EXCEEDING });
    const pipeline = new GitLabTemplate(FILE, { name: 'team-a', synth: SYNTH, version: '0.3.1' });
    expect(pipeline.run('team-a-check', repository.folder, env)).toMatchObject({ status: 1, log: expect.stringContaining('1 error') });
    expect(notes().split('\n')).toEqual([
      'npm install --global --ignore-scripts --legacy-peer-deps cdk-eks-pod-identity@0.3.1', 'npm ci', 'npx cdk synth --quiet', '',
    ]);
    expect(repository.has('team-a.xml')).toBe(true);
  });

  test('a synth that fails is a job that fails', () => {
    const pipeline = new GitLabTemplate(FILE, { synth: SYNTH });
    repository.write({ 'synth.sh': 'exit 3' });
    expect(pipeline.run('pod-identity-check', repository.folder, env).status).toBe(3);
  });
});

describe('the template', () => {
  testWith('CHECK_JSONSCHEMA')('is valid by its schema, the header and the jobs', () => {
    const [header] = fs.readFileSync(FILE, 'utf-8').split('\n---\n');
    const { text } = new GitLabTemplate(FILE, { synth: SYNTH });
    expect(schemaErrors('gitlab-ci', header)).toBe('');
    expect(schemaErrors('gitlab-ci', text)).toBe('');
    expect(schemaErrors('gitlab-ci', text.replace('junit:', 'junits: 1\n      sarif:'))).not.toBe('');
  });

  test('checks and compares in the pipelines of merge requests', () => {
    const { jobs } = new GitLabTemplate(FILE);
    for (const name of ['pod-identity-check', 'pod-identity-diff']) {
      expect(jobs[name].rules).toContainEqual({ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' });
    }
  });

  test('has every input, with a description', () => {
    const text = fs.readFileSync(FILE, 'utf-8');
    const { spec: { inputs } } = parse(text.split('\n---\n')[0]);
    const used = new Set([...text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(inputs).sort());
  });
});
