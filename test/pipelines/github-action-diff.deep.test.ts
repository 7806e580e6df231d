/** action.yml with `command: diff`, run as GitHub runs it. */
import * as fs from 'fs';
import { Repository } from './repository';
import { association, CLEAN, EXCEEDING, role } from '../cli/templates';

const WIDER = { Resources: { Role: role('s3:*'), Pods: association('s3:*') } };

let repository: Repository;
beforeEach(() => {
  repository = new Repository();
  repository.install();
});
afterEach(() => repository.remove());

const run = (inputs: Readonly<Record<string, string>> = {}) => (
  repository.runAction({ command: 'diff', base: 'base', head: 'head', ...inputs }));

test.each([
  ['pods gain', CLEAN, WIDER, {}, 1, ['1', '0'], 'error'],
  ['pods gain, which is not to fail', CLEAN, WIDER, { 'fail-on': 'never' }, 0, ['1', '0'], 'warning'],
  ['pods lose', WIDER, CLEAN, {}, 0, ['0', '1'], 'notice'],
  ['pods lose, which is to fail', WIDER, CLEAN, { 'fail-on': 'change' }, 1, ['0', '1'], 'error'],
  ['nothing changes', CLEAN, CLEAN, {}, 0, ['0', '0'], undefined],
])('%s', (_, base, head, inputs, status, [gain, lose], level) => {
  repository.write({ 'base/a.json': base, 'head/a.json': head });
  const result = run({ 'comment-file': 'comment.md', ...inputs });
  expect(result).toMatchObject({ status, outputs: { 'exit-code': `${status}`, gain, lose, 'undetermined': '0' } });
  expect(result.annotations.map((annotation) => annotation.level)).toEqual(level === undefined ? [] : [level]);
  for (const { properties } of result.annotations) {
    expect(properties).toMatchObject({ file: 'head/a.json', line: expect.stringMatching(/^\d+$/) });
  }
  expect(result.outputs.comment).toMatch(/^<!-- cdk-pod-identity diff -->\n/);
  expect(repository.read('comment.md')).toBe(result.outputs.comment);
  expect(result.summary).toBe(result.outputs.comment);
});

test('without a summary, with SARIF from the root', () => {
  repository.write({ 'an app/base/a.json': CLEAN, 'an app/head/a.json': WIDER });
  const { summary, outputs, annotations } = run({
    'working-directory': 'an app', 'summary': 'false', 'sarif-file': 'out.sarif',
  });
  expect({ summary, annotations }).toEqual({ summary: '', annotations: [] });
  const { runs: [{ results }] } = JSON.parse(fs.readFileSync(outputs['sarif-file'], 'utf-8'));
  expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('an%20app/head/a.json');
});

test('a comment that cannot be written fails, and the other outputs are there', () => {
  repository.write({ 'base/a.json': CLEAN, 'head/a.json': WIDER });
  const { status, outputs } = run({
    'fail-on': 'never', 'comment-file': 'no/such/folder/comment.md', 'sarif-file': 'out.sarif',
  });
  expect({ status, ...outputs }).toMatchObject({
    'status': 2,
    'exit-code': '2',
    'comment-file': '',
    'sarif-file': expect.stringMatching(/out\.sarif$/),
    'comment': expect.stringContaining('Pods gain permissions.'),
  });
});

test('what cannot be read fails, whatever counts', () => {
  repository.write({ 'base/a.json': CLEAN, 'head/a.json': '{"Resources": ' });
  const { status, outputs, log } = run({ 'fail-on': 'never' });
  expect({ status, ...outputs }).toMatchObject({ 'status': 2, 'exit-code': '2', 'comment-file': '' });
  expect(log).toContain('a.json');
});

test('hostile names stay within their annotation', () => {
  const name = 'x\n::stop-commands::y\u001b[31m\u202e%0A::error::z';
  const pods = (action: string) => ({
    Resources: { Role: role('s3:*'), Pods: association(action, { ServiceAccount: name }) },
  });
  repository.write({ 'base/a.json': pods('s3:GetObject'), 'head/a.json': pods('s3:*') });
  const { status, annotations, outputs } = run();
  expect({ status, count: annotations.length }).toEqual({ status: 1, count: 1 });
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(run().outputs).sort());
  for (const text of [annotations[0].message, annotations[0].properties.title]) {
    expect(text).not.toMatch(/[\u001b\u202e\r]/);
  }
});

test('an association that is removed is annotated without a file', () => {
  repository.write({ 'base/a.json': EXCEEDING, 'head/a.json': { Resources: { Role: role('s3:GetObject') } } });
  const { annotations } = run();
  expect(annotations.map(({ properties }) => properties.file)).toEqual([undefined]);
});
