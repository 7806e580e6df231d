import * as fs from 'fs';
import * as path from 'path';
import { habitsIn } from './habits';
import { headingProblems } from './headings';
import { linkProblems } from './links';
import { readMarkdown } from './markdown';
import { type Passage } from './passage';
import { type Problem } from './problem';
import { readSource, type SourceKind } from './source';
import { spellingProblems } from './spelling';

/** The style of what is released stays as it is. */
const HISTORY = 'CHANGELOG.md';

/** The folder of what a CDK app imports, and that of tests, whose fixtures are wrong on purpose. */
function kindOf(file: string): SourceKind {
  return /^lib\/[^/]+$/.test(file) ? 'public' : file.startsWith('test/') ? 'test' : 'internal';
}

export interface Checked {
  readonly passages: number;
  readonly problems: readonly Problem[];
}

/** Checks Markdown and TypeScript files, given relative to `root`. */
export function check(root: string, files: readonly string[]): Checked {
  const passages: Passage[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const text = fs.readFileSync(path.join(root, file), 'utf-8');
    if (file.endsWith('.md')) {
      const page = readMarkdown(file, text);
      passages.push(...page.passages);
      problems.push(...headingProblems(file, page.headings), ...linkProblems(root, file, page));
    } else {
      passages.push(...readSource(file, text, kindOf(file)));
    }
  }
  for (const passage of passages.filter(({ file }) => file !== HISTORY)) {
    problems.push(...habitsIn(passage).map(({ habit, line, words }): Problem => (
      { file: passage.file, line, message: `${habit.id}: "${words}". ${habit.instead}` })));
  }
  problems.push(...spellingProblems(passages));
  return { passages: passages.length, problems };
}
