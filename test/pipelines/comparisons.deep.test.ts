/**
 * What pods gain and lose, in each pipeline: a repository with a target branch and a change that broadens, narrows or leaves a
 * session policy, and the merge of both, run as the runner does.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { AzureTemplate } from './azure-agent';
import { GitLabTemplate } from './gitlab-runner';
import { Jenkinsfile } from './jenkins';
import { programs } from './programs';
import { Repository } from './repository';
import { association, policy, role } from '../cli/templates';

const PIPELINES = path.join(__dirname, '..', '..', 'pipelines');
const SYNTH = 'npm ci && npx cdk synth --quiet';
/** A name that would be two commands, if it were not quoted. */
const TARGET = 'release/$(touch${IFS}pwned);touch${IFS}pwned';

const app = (...actions: string[]) => ({
  Resources: {
    Role: role('s3:*'),
    Pods: association('s3:*', { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [policyOf(actions)] }) }),
  },
});

function policyOf(actions: readonly string[]): object {
  const { Statement: [statement] } = policy('s3:*') as { readonly Statement: readonly [object] };
  return { ...statement, Action: actions };
}

const BASE = app('s3:GetObject', 's3:PutObject');
const CHANGES: ReadonlyArray<[name: string, head: object, fails: boolean, summary: string]> = [
  ['pods gain', app('s3:GetObject', 's3:PutObject', 's3:DeleteObject'), true, 's3:DeleteObject'],
  ['pods lose', app('s3:GetObject'), false, 's3:PutObject'],
  ['the order changes', app('s3:PutObject', 's3:GetObject'), false, 'EKS Pod Identity'],
];

let repository: Repository;
let runner: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  repository = new Repository();
  runner = fs.mkdtempSync(path.join(os.tmpdir(), 'runner-'));
  env = { ...programs(runner, repository.binary), AGENT_TEMPDIRECTORY: runner, WORKSPACE_TMP: runner };
});
afterEach(() => {
  repository.remove();
  fs.rmSync(runner, { recursive: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
    cwd: repository.folder, encoding: 'utf-8', env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null' },
  }).trim();
}

/** Commits both, with another commit on the target branch that the change does not have, and checks the merge out. */
function commit(head: object): void {
  const commitAll = (files: Readonly<Record<string, string | object>>) => {
    repository.write(files);
    git('add', '.');
    git('commit', '--quiet', '-m', 'Change');
  };
  git('init', '--quiet', '--initial-branch=change');
  commitAll({ 'synth.sh': 'mkdir -p cdk.out; cp *.app.json cdk.out', '.gitignore': 'cdk.out', 'a.app.json': BASE });
  git('switch', '--quiet', '--create', TARGET);
  const unrelated = association('s3:GetObject', { ServiceAccount: 'unrelated' });
  commitAll({ 'b.app.json': { Resources: { Role: role('s3:*', { RoleName: 'unrelated' }), Pods: unrelated } } });
  git('update-ref', `refs/remotes/origin/${TARGET}`, 'HEAD');
  git('switch', '--quiet', 'change');
  commitAll({ 'a.app.json': head });
  git('merge', '--quiet', '--no-ff', '-m', 'Merge', TARGET);
}

/** The other service account is in the target branch, so the change is not what adds it. */
function expectReport(report: string, summary: string): void {
  expect(report).toContain(summary);
  expect(report).not.toContain('unrelated');
  expect(repository.has('pwned')).toBe(false);
}

describe.each(CHANGES)('%s', (_, head, fails, summary) => {
  beforeEach(() => commit(head));

  test('GitLab, with merged results', () => {
    const pipeline = new GitLabTemplate(path.join(PIPELINES, 'gitlab', 'pod-identity.yml'), { synth: SYNTH });
    const target = git('rev-parse', `origin/${TARGET}`);
    const { status } = pipeline.run('pod-identity-diff', repository.folder, {
      ...env, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: target,
    });
    expect(status).toBe(fails ? 1 : 0);
    const { when, paths } = pipeline.jobs['pod-identity-diff'].artifacts;
    expect(when).toBe('always');
    expectReport(repository.read(paths![0]), summary);
  });

  test('Azure Pipelines', () => {
    const template = new AzureTemplate(path.join(PIPELINES, 'azure', 'pod-identity.yml'), { synth: SYNTH });
    const job = template.run(repository.folder, true, {
      ...env, SYSTEM_PULLREQUEST_TARGETBRANCH: `refs/heads/${TARGET}`,
    });
    expect(job.failed).toBe(fails);
    const [, report] = /^##vso\[task\.uploadsummary\](.*)$/m.exec(job.log)!;
    expectReport(fs.readFileSync(report, 'utf-8'), summary);
  });

  test('Jenkins', () => {
    const jenkinsfile = new Jenkinsfile(fs.readFileSync(path.join(PIPELINES, 'jenkins', 'Jenkinsfile'), 'utf-8'));
    const { status, ran } = jenkinsfile.run(repository.folder, { isChange: true }, { ...env, CHANGE_TARGET: TARGET });
    expect({ status, ran }).toEqual({ status: fails ? 1 : 0, ran: ['Synthesize', 'Check', 'Compare'] });
    expectReport(repository.read('pod-identity.md'), summary);
  });
});

test('GitLab, without merged results: compared with where the branch began', () => {
  commit(CHANGES[0][1]);
  git('reset', '--quiet', '--hard', 'HEAD^1');
  const file = path.join(PIPELINES, 'gitlab', 'pod-identity.yml');
  const pipeline = new GitLabTemplate(file, { 'synth': SYNTH, 'diff-fail-on': 'never' });
  const base = git('rev-parse', 'HEAD^1');
  const { status } = pipeline.run('pod-identity-diff', repository.folder, {
    ...env, CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
  });
  expect(status).toBe(0);
  expectReport(repository.read('pod-identity.md'), 's3:DeleteObject');
});
