import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const HERE = /^https:\/\/(?:github\.com\/cdk-eks-pod-identity\/cdk-eks-pod-identity\/(?:blob|tree)|raw\.githubusercontent\.com\/cdk-eks-pod-identity\/cdk-eks-pod-identity)\/main\//;

const PAGES = execFileSync(
  'git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf-8' },
).split('\n')
  .filter((file) => file !== '' && file !== 'API.md');

function linksOf(page: string): string[] {
  const text = page.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, link]) => link);
}

/** As GitHub names the anchors of headings. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(
    ([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'),
  );
}

test.each(PAGES)('%s refers to files and headings that are there', (page) => {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf-8');
  const missing = linksOf(text).filter((link) => {
    if (/^(https?:|mailto:)/.test(link) && !HERE.test(link)) { return false; }
    const [file, anchor] = link.replace(HERE, '').split('#');
    const target = HERE.test(link) ? path.join(ROOT, file)
      : file === '' ? path.join(ROOT, page) : path.join(ROOT, path.dirname(page), file);
    if (!fs.existsSync(target)) { return true; }
    return anchor !== undefined && !anchorsOf(fs.readFileSync(target, 'utf-8')).includes(anchor);
  });
  expect(missing).toEqual([]);
});
