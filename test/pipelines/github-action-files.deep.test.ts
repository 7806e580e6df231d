/** The files that action.yml writes, where it runs, and what it annotates. See github-action.test.ts. */
import * as fs from 'fs';
import * as path from 'path';
import { Repository } from './repository';
import { association, CLEAN, EXCEEDING, role } from '../cli/templates';

let repository: Repository;
beforeEach(() => {
  repository = new Repository();
  repository.install();
});
afterEach(() => repository.remove());

test('several paths, one of them with blanks and one like an option', () => {
  const pods = association('s3:GetObject', { ServiceAccount: 'b' });
  repository.write({ 'my templates/a.json': EXCEEDING, '--strict': { Resources: { Role: role('s3:*'), Pods: pods } } });
  const { status, outputs, log } = repository.runAction({ paths: 'my templates\n--strict\n' });
  expect({ status, ...outputs }).toMatchObject({ status: 1, errors: '1' });
  expect(log).toContain('2 associations');
});

test('SARIF and annotations name files from the root, also in another working directory', () => {
  repository.write({ 'packages/an app/templates/a.json': EXCEEDING });
  const { status, outputs, annotations } = repository.runAction({
    'paths': 'templates', 'working-directory': 'packages/an app', 'sarif-file': 'out.sarif', 'annotations': 'true',
  });
  expect(status).toBe(1);
  expect(outputs['sarif-file']).toBe(path.join(fs.realpathSync(repository.folder), 'packages/an app/out.sarif'));
  const { runs: [{ results }] } = JSON.parse(fs.readFileSync(outputs['sarif-file'], 'utf-8'));
  expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('packages/an%20app/templates/a.json');
  expect(annotations[0].properties.file).toBe('packages/an app/templates/a.json');
});

test('in the root, SARIF is what the command writes', () => {
  repository.write({ 'templates/a.json': EXCEEDING });
  repository.runAction({ 'paths': 'templates', 'sarif-file': 'out.sarif' });
  expect(repository.read('out.sarif')).toBe(repository.run('check templates --format sarif').stdout);
});

test('with SARIF there are no annotations, unless they are asked for', () => {
  repository.write({ 'templates/a.json': EXCEEDING });
  const inputs = { 'paths': 'templates', 'sarif-file': 'out.sarif' };
  expect(repository.runAction(inputs).annotations).toEqual([]);
  expect(repository.runAction({ ...inputs, annotations: 'true' }).annotations).not.toEqual([]);
  expect(repository.runAction({ paths: 'templates', annotations: 'false' }).annotations).toEqual([]);
});

test('the HTML report', () => {
  repository.write({ 'templates/a.json': CLEAN });
  const { outputs } = repository.runAction({ 'paths': 'templates', 'html-file': 'report.html' });
  expect(fs.readFileSync(outputs['html-file'], 'utf-8')).toMatch(/^<!doctype html>/i);
});

test('a file that cannot be written fails, and is not an output', () => {
  repository.write({ 'templates/a.json': CLEAN });
  const { status, outputs, log } = repository.runAction({ 'paths': 'templates', 'sarif-file': 'missing/out.sarif' });
  expect({ status, ...outputs }).toMatchObject({ 'status': 2, 'exit-code': '2', 'sarif-file': '' });
  expect(log).toContain('missing/out.sarif');
});

test('annotates one association for one cause, and at most ten of a level', () => {
  const pods = (i: number, properties = {}) => association('s3:*', { ServiceAccount: `app-${i}`, ...properties });
  const names = Array.from({ length: 12 }, (_, i) => i);
  const sharing = Object.fromEntries(names.map((i) => [`Pods${i}`, pods(i)]));
  repository.write({ 'templates/same.json': { Resources: { Role: role('s3:GetObject'), ...sharing } } });
  const same = repository.runAction({ paths: 'templates' });
  expect(same.outputs.errors).toBe('12');
  expect(same.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);

  repository.write({
    'templates/same.json': {
      Resources: Object.fromEntries(names.flatMap((i) => [
        [`Role${i}`, role('s3:GetObject', { RoleName: `role-${i}` })],
        [`Pods${i}`, pods(i, { RoleArn: { 'Fn::GetAtt': [`Role${i}`, 'Arn'] } })],
      ])),
    },
  });
  const different = repository.runAction({ paths: 'templates' });
  expect(different.annotations.filter(({ level }) => level === 'error')).toHaveLength(10);
  expect(different.annotations.at(-1)).toEqual({
    level: 'notice', properties: {}, message: 'GitHub shows 10 annotations of a level. The log has 2 more.',
  });
});
