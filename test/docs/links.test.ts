import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { linkProblems } from '../../projenrc/docs-check/links';
import { readMarkdown } from '../../projenrc/docs-check/markdown';

const ROOT = path.join(__dirname, '..', '..');

const PAGES = execFileSync(
  'git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf-8' },
).split('\n')
  .filter((file) => file !== '' && file !== 'API.md');

test.each(PAGES)('%s refers to files and headings that are there', (page) => {
  const markdown = readMarkdown(page, fs.readFileSync(path.join(ROOT, page), 'utf-8'));
  expect(linkProblems(ROOT, page, markdown)).toEqual([]);
});
