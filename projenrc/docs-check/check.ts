import * as fs from 'fs';
import * as path from 'path';
import { habitsIn } from './habits';
import { headingProblems } from './headings';
import { linkProblems } from './links';
import { readMarkdown } from './markdown';
import { type Passage } from './passage';
import { type Problem } from './problem';
import { publicDocstringProblems } from './public-docstrings';
import { readSource, type SourceKind } from './source';
import { spellingProblems } from './spelling';

/** What a CDK app imports, because `lib/index.ts` exports these files. */
const PUBLIC = /^lib\/(?:[^/]+|role-permissions\/known(?:-resource)?\.ts)$/;

/** The files of what a CDK app imports, and the folder of tests, whose fixtures are wrong on purpose. */
function kindOf(file: string): SourceKind {
  return PUBLIC.test(file) ? 'public' : file.startsWith('test/') ? 'test' : 'internal';
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
      const kind = kindOf(file);
      passages.push(...readSource(file, text, kind));
      if (kind === 'public') { problems.push(...publicDocstringProblems(file, text)); }
    }
  }
  for (const passage of passages) {
    problems.push(...habitsIn(passage).map(({ habit, line, words }): Problem => (
      { file: passage.file, line, message: `${habit.id}: "${words}". ${habit.instead}` })));
  }
  problems.push(...spellingProblems(passages));
  return { passages: passages.length, problems };
}
