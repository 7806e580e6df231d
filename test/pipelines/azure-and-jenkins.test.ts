/** pipelines/azure and pipelines/jenkins: their scripts, run as an agent runs them. What they compare: comparisons.deep.test.ts. */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { AzureTemplate } from './azure-agent';
import { schemaErrors, testWith } from './checkers';
import { Jenkinsfile } from './jenkins';
import { programs } from './programs';
import { Repository } from './repository';
import { CLEAN, EXCEEDING } from '../cli/templates';

const PIPELINES = path.join(__dirname, '..', '..', 'pipelines');
const AZURE = path.join(PIPELINES, 'azure', 'pod-identity.yml');
const JENKINSFILE = fs.readFileSync(path.join(PIPELINES, 'jenkins', 'Jenkinsfile'), 'utf-8');

let repository: Repository;
let agent: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  repository = new Repository();
  repository.write({ 'synth.sh': 'mkdir -p cdk.out; cp app.json cdk.out/App.template.json' });
  agent = fs.mkdtempSync(path.join(os.tmpdir(), 'agent-'));
  env = { ...programs(agent, repository.binary), AGENT_TEMPDIRECTORY: agent, WORKSPACE_TMP: agent };
});
afterEach(() => {
  repository.remove();
  fs.rmSync(agent, { recursive: true });
});

const notes = () => fs.readFileSync(path.join(agent, 'notes'), 'utf-8').split('\n').slice(0, -1);

describe('Azure Pipelines', () => {
  test.each([
    ['nothing counts', CLEAN, {}, false],
    ['an error', EXCEEDING, {}, true],
    ['an error that is not to fail', EXCEEDING, { failOn: 'never' }, false],
  ])('%s', (_, template, parameters, failed) => {
    repository.write({ 'app.json': template });
    const job = new AzureTemplate(AZURE, { version: '0.3.1', ...parameters }).run(repository.folder, false, env);
    expect(job.failed).toBe(failed);
    expect(job.log).toContain('1 association');
    expect(notes()[0]).toBe(
      `npm install --prefix ${agent}/pod-identity --ignore-scripts --legacy-peer-deps cdk-eks-pod-identity@0.3.1`);
    expect(notes().slice(1)).toEqual(['npm ci', 'npx cdk synth --quiet']);
  });

  test('the findings that are published are those that were written', () => {
    const template = new AzureTemplate(AZURE);
    repository.write({ 'app.json': EXCEEDING });
    template.run(repository.folder, false, env);
    const { condition, inputs } = template.steps.find(({ task }) => task?.startsWith('PublishTestResults@'))!;
    expect(condition).toBe('succeededOrFailed()');
    const file = inputs!.testResultsFiles.replace('$(Agent.TempDirectory)', agent);
    expect(fs.readFileSync(file, 'utf-8')).toContain('<failure ');
  });

  test('no script has an expression in it', () => {
    const scripts = new AzureTemplate(AZURE).steps.flatMap(({ bash }) => bash ?? []);
    expect(scripts.filter((script) => /\$\{\{|\$\((?!git |mktemp )/.test(script))).toEqual([]);
  });

  testWith('CHECK_JSONSCHEMA')('is valid by its schema', () => {
    const text = fs.readFileSync(AZURE, 'utf-8');
    expect(schemaErrors('azure-pipelines', text)).toBe('');
    expect(schemaErrors('azure-pipelines', text.replace('displayName: Synthesize', 'title: Synthesize'))).not.toBe('');
  });
});

describe('Jenkins', () => {
  test.each([
    ['a branch that is clean', CLEAN, 'feature', 0, ['Synthesize', 'Check']],
    ['a branch with an error', EXCEEDING, 'feature', 1, ['Synthesize', 'Check']],
    ['the main branch, which is deployed', CLEAN, 'main', 0, ['Synthesize', 'Check', 'Deploy']],
    ['the main branch with an error, which is not', EXCEEDING, 'main', 1, ['Synthesize', 'Check']],
  ])('%s', (_, template, branch, status, ran) => {
    repository.write({ 'app.json': template });
    expect(new Jenkinsfile(JENKINSFILE).run(repository.folder, { branch }, env)).toMatchObject({ status, ran });
    expect(repository.read('pod-identity.xml').includes('<failure ')).toBe(status === 1);
    const deploy = 'npx cdk deploy --all --app cdk.out --require-approval never';
    expect(notes().includes(deploy)).toBe(ran.includes('Deploy'));
  });

  test('has the stages, and no section that the syntax does not have', () => {
    expect(new Jenkinsfile(JENKINSFILE).stages).toEqual(['Synthesize', 'Check', 'Compare', 'Deploy']);
    expect(() => new Jenkinsfile(JENKINSFILE.replace('post {', 'finally {'))).toThrow('stage has no finally');
    expect(() => new Jenkinsfile(JENKINSFILE.replace(/\}\s*$/, ''))).toThrow('pipeline is not closed');
  });

  test('every string is one that Groovy leaves alone', () => {
    expect(JENKINSFILE.replace(/'''[^]*?'''|'[^'\n]*'|\/\/.*/g, '')).not.toContain('"');
  });
});
