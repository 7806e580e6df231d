/** Checks what people read: `npm run docs:check`. Prints each problem with its place, and fails if there is one. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { check } from './check';

const ROOT = path.join(__dirname, '..', '..');
const GLOBS = ['*.md', 'lib/*.ts', 'cli/*.ts', 'cli/*.tsx'];
/** This page repeats the docstrings. */
const GENERATED = 'API.md';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...GLOBS], { cwd: ROOT, encoding: 'utf-8' })
  .split('\n').filter((file) => file !== '' && file !== GENERATED && fs.existsSync(path.join(ROOT, file)));
const { passages, problems } = check(ROOT, files);
for (const { file, line, message } of problems) { console.log(`${file}:${line}: ${message}`); }
console.log(`${files.length} files, ${passages} passages, ${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
process.exitCode = problems.length === 0 ? 0 : 1;
