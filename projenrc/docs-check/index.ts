/** Checks what people read: `npm run docs:check`. Prints each problem with its place, and fails if there is one. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { check } from './check';

const ROOT = path.join(__dirname, '..', '..');
const GLOBS = ['*.md', '.projenrc.ts', ...['lib', 'cli', 'examples', 'bench', 'projenrc', 'test'].flatMap((folder) => [`${folder}/*.ts`, `${folder}/*.tsx`])];
const EXEMPT: readonly string[] = [
  'API.md', // repeats the docstrings
  'projenrc/docs-check/habits.ts', 'test/projenrc/docs-check.test.ts', // contain the habits that the check finds
];

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...GLOBS], { cwd: ROOT, encoding: 'utf-8' })
  .split('\n').filter((file) => file !== '' && !EXEMPT.includes(file) && fs.existsSync(path.join(ROOT, file)));
const { passages, problems } = check(ROOT, files);
for (const { file, line, message } of problems) { console.log(`${file}:${line}: ${message}`); }
console.log(`${files.length} files, ${passages} passages, ${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
process.exitCode = problems.length === 0 ? 0 : 1;
