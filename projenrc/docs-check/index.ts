/** Checks what people read: `npm run docs:check`. Prints each problem with its place, and fails if there is one. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { habitsIn } from './habits';
import { headingProblems } from './headings';
import { linkProblems } from './links';
import { readMarkdown } from './markdown';
import { type Passage } from './passage';
import { type Problem } from './problem';
import { readSource } from './source';
import { spellingProblems } from './spelling';

const ROOT = path.join(__dirname, '..', '..');
const GLOBS = ['*.md', 'lib/*.ts', 'cli/*.ts', 'cli/*.tsx'];
/** This page repeats the docstrings. */
const GENERATED = 'API.md';
/** The style of what is released stays as it is. */
const HISTORY = 'CHANGELOG.md';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...GLOBS], { cwd: ROOT, encoding: 'utf-8' })
  .split('\n').filter((file) => file !== '' && file !== GENERATED && fs.existsSync(path.join(ROOT, file)));
const passages: Passage[] = [];
const problems: Problem[] = [];
for (const file of files) {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf-8');
  if (file.endsWith('.md')) {
    const page = readMarkdown(file, text);
    passages.push(...page.passages);
    problems.push(...headingProblems(file, page.headings), ...linkProblems(ROOT, file, page));
  } else {
    passages.push(...readSource(file, text, /^lib\/[^/]+$/.test(file)));
  }
}
for (const passage of passages.filter(({ file }) => file !== HISTORY)) {
  problems.push(...habitsIn(passage).map(({ habit, line, words }) => ({ file: passage.file, line, message: `${habit.id}: "${words}". ${habit.instead}` })));
}
problems.push(...spellingProblems(passages));

for (const { file, line, message } of problems) { console.log(`${file}:${line}: ${message}`); }
console.log(`${files.length} files, ${passages.length} passages, ${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
process.exitCode = problems.length === 0 ? 0 : 1;
