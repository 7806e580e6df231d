/** What users include is valid by its published schema, and zizmor finds no weakness in it. */
import * as fs from 'fs';
import * as path from 'path';
import { schemaErrors, testWith, weaknesses } from './checkers';

const ACTION = fs.readFileSync(path.join(__dirname, '..', '..', 'action.yml'), 'utf-8');

testWith('CHECK_JSONSCHEMA')('action.yml', () => {
  expect(schemaErrors('github-actions', ACTION)).toBe('');
  expect(schemaErrors('github-actions', ACTION.replace('using: composite', 'using: compost'))).toContain('compost');
});

testWith('ZIZMOR')('action.yml has no weakness that is known', () => {
  expect(weaknesses('action.yml', ACTION)).toBe('');
  const injected = ACTION.replace('/run.cjs"', '/run.cjs" ${{ inputs.paths }}');
  expect(weaknesses('action.yml', injected)).toContain('template-injection');
});
