/** Checks links to files of the repository, and to headings of its pages. It needs no network. */
import * as fs from 'fs';
import * as path from 'path';
import { type MarkdownPage, readMarkdown } from './markdown';
import { type Problem } from './problem';

/** Where the README, which is also read at npm, PyPI and NuGet, finds the files of the repository. */
const REPOSITORY = /^https:\/\/(?:github\.com\/cdk-eks-pod-identity\/cdk-eks-pod-identity\/(?:blob|tree)|raw\.githubusercontent\.com\/cdk-eks-pod-identity\/cdk-eks-pod-identity)\/main\//;

/** Returns the links of a page that lead nowhere. */
export function linkProblems(root: string, file: string, page: MarkdownPage): Problem[] {
  return page.links.flatMap(({ target, line }) => {
    if (/^(https?:|mailto:)/.test(target) && !REPOSITORY.test(target)) { return []; }
    const [name, anchor] = decodeURI(target).replace(REPOSITORY, '').split('#');
    const linked = REPOSITORY.test(target) ? path.join(root, name) : name === '' ? path.join(root, file) : path.join(root, path.dirname(file), name);
    if (!fs.existsSync(linked)) { return [{ file, line, message: `link: there is no file ${target}.` }]; }
    return anchor === undefined || !linked.endsWith('.md') || anchorsOf(linked).has(anchor) ? [] : [{ file, line, message: `link: there is no heading ${target}.` }];
  });
}

const ANCHORS = new Map<string, ReadonlySet<string>>();

function anchorsOf(page: string): ReadonlySet<string> {
  const known = ANCHORS.get(page) ?? new Set(readMarkdown(page, fs.readFileSync(page, 'utf-8')).headings.map(({ anchor }) => anchor));
  ANCHORS.set(page, known);
  return known;
}
