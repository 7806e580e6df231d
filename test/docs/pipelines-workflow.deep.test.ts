/**
 * Runs the workflow of docs/pipelines.md step by step on a repository with two commits, one of which broadens a session policy. The page
 * shows what it prints: with UPDATE_PAGES=1 the test writes that into the page.
 */
import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import { AppRepository } from '../pipelines/app-of-the-docs';
import { evaluate, runStep, StepResult } from '../pipelines/github-runner';

const FILE = path.join(__dirname, '..', '..', 'docs', 'pipelines.md');
const PAGE = fs.readFileSync(FILE, 'utf-8');
const WORKFLOW = parse(/^```yaml\n([^]*?)^```$/m.exec(PAGE)![1]);
const APP = /<!-- file: app\.js -->\n```js\n([^]*?)```/.exec(PAGE)![1];

/** Where GitHub's runners have what this test has in a folder with a random name. */
const TEMP = '/home/runner/work/_temp';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

let repository: AppRepository;
let review: Record<string, StepResult>;

/** Runs the steps of a job that are not actions of others. */
function runJob(name: string, contexts: Parameters<typeof evaluate>[1] = {}): Record<string, StepResult> {
  const results: Record<string, StepResult> = {};
  for (const { name: step, run, uses, with: inputs = {}, env = {} } of WORKFLOW.jobs[name].steps as Step[]) {
    const values = (given: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(given)
      .map(([key, text]) => [key, evaluate(text, { runner: { temp: repository.temp }, ...contexts })]));
    if (run !== undefined) {
      results[step!] = runStep(run, repository.folder, { ...repository.env, ...values(env) });
    } else if (uses!.startsWith('cdk-eks-pod-identity/cdk-eks-pod-identity@')) {
      results[step!] = repository.runAction(values(inputs), repository.env);
    }
  }
  return results;
}

beforeAll(() => {
  repository = new AppRepository(APP, (app) => `${app}bucket.grantDelete(orders);\n`);
  review = runJob('review');
});
afterAll(() => repository.remove());

/** The page shows this text, in the block with this name. */
function expectShown(name: string, text: string): void {
  const shown = text.replaceAll(fs.realpathSync(repository.temp), TEMP).replaceAll(repository.temp, TEMP)
    .replace(/^\n+|\s+$/g, '');
  const block = new RegExp(`(<!-- output: ${name} -->\n(\`{3,4})\\w+\n)([^]*?)^\\2$`, 'm');
  if (process.env.UPDATE_PAGES) {
    const page = fs.readFileSync(FILE, 'utf-8');
    fs.writeFileSync(FILE, page.replace(block, (_, start: string, fence: string) => `${start}${shown}\n${fence}`));
  }
  expect(block.exec(fs.readFileSync(FILE, 'utf-8'))?.[3].trimEnd()).toBe(shown);
}

test('the change broadens a session policy', () => {
  const [, hunk] = repository.git('diff', '--unified=2', 'HEAD^1', 'HEAD').split(/^@@.*\n/m);
  expectShown('change', hunk);
});

test('both commits are synthesized', () => {
  expect(review.Synthesize.status).toBe(0);
  expect(review['Synthesize the target branch'].status).toBe(0);
});

test('cdk diff sees nothing in it', () => {
  const command = /`(npx cdk diff [^`]+)`/.exec(PAGE)![1];
  const { status, log } = runStep(`${command} 2>&1`, repository.folder, repository.env);
  expect(status).toBe(0);
  expect(log).toContain('Number of stacks with differences: 0');
  expectShown('cdk diff', log);
});

test('the comparison shows what pods gain, and does not fail', () => {
  const { status, log, outputs } = review.Compare;
  expect({ status, gain: outputs.gain, lose: outputs.lose }).toEqual({ status: 0, gain: '1', lose: '0' });
  expectShown('compare', log);
});

test('the check passes', () => {
  expect(review.Check).toMatchObject({ status: 0, outputs: { errors: '0' } });
  expectShown('check', review.Check.log);
});

test('the summary and the comment are the same', () => {
  const { summary, outputs } = review.Compare;
  expect(outputs.comment).toBe(summary);
  expect(fs.readFileSync(outputs['comment-file'], 'utf-8')).toBe(summary);
  expectShown('comment', summary.replace('<!-- cdk-pod-identity diff -->\n', ''));
});

test('the comment is posted as it was written, and the one of an earlier run is written anew', () => {
  const post = () => {
    const [step] = Object.values(runJob('comment', { 'github': { token: 't' }, 'github.event': { number: '7' } }));
    expect(step.status).toBe(0);
    expect(repository.ofPrograms('posted')).toBe(review.Compare.summary);
    return repository.ofPrograms('notes').trim().split('\n').at(-1);
  };
  repository.env.GITHUB_REPOSITORY = 'shop/app';
  expect(post()).toBe('gh api --method POST repos/shop/app/issues/7/comments --field body=@comment.md --silent');
  fs.writeFileSync(path.join(repository.temp, 'programs', 'listed'), '31\n32\n');
  expect(post()).toBe('gh api --method PATCH repos/shop/app/issues/comments/32 --field body=@comment.md --silent');
});

test('what is deployed is what was checked', () => {
  const { Check: check, Deploy: deploy } = runJob('deploy');
  expect([check.status, deploy.status]).toEqual([0, 0]);
  expect(repository.ofPrograms('notes').trim().split('\n').at(-1))
    .toBe('npx cdk deploy --all --app cdk.out --require-approval never');
});
