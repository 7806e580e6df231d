/**
 * Checks the docstrings that jsii publishes for all languages: API.md, Python, Java, Go and .NET. `habits.ts` finds semicolons in summaries.
 *
 * jsii drops `@throws`. Its summary ends at the first mark of the docstring if a blank follows that mark, and otherwise at the end of the first
 * paragraph: `splitSummary` in jsii/lib/docs.js.
 */
import * as ts from 'typescript';
import { type Problem } from './problem';
import { isPublished } from './published';

/** Returns the problems of what a file exports. @param file the path relative to the root */
export function publicDocstringProblems(file: string, source: string): Problem[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const problems: Problem[] = [];
  const add = (node: ts.Node, message: string) => {
    problems.push({ file, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1, message: `public-docstring: ${message}` });
  };
  const visit = (node: ts.Node): void => {
    if (!isPublished(node)) { return; }
    const name = (node as ts.NamedDeclaration).name?.getText(tree) ?? 'the constructor';
    const tags = ts.getJSDocTags(node);
    if (ts.isClassDeclaration(node) && !tags.some(({ tagName }) => tagName.text === 'example')) {
      add(node, `the class ${name} has no @example. Add one of 3 to 12 lines that shows its common use.`);
    }
    for (const tag of tags.filter(({ tagName }) => tagName.text === 'throws')) {
      add(tag, `jsii drops the @throws of ${name}. End the remarks with a paragraph that begins with "Throws an error if". `
        + 'For a constructor, write it in the docstring of the class.');
    }
    const doc = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
    const [paragraph = ''] = (ts.getTextOfJSDocComment(doc?.comment) ?? '').split(/\n\s*\n/);
    if (hidesEnd(paragraph)) { add(doc!, `the summary of ${name} does not end with its first sentence. Make that sentence a paragraph of its own.`); }
    if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node)) { node.members.forEach(visit); }
  };
  tree.statements.forEach(visit);
  return problems;
}

/** Whether a mark in the first of several sentences, as in `eks.Addon`, hides the end of that sentence from jsii. */
function hidesEnd(paragraph: string): boolean {
  const [first, ...others] = paragraph.split(/(?<=[.!?]["')`]*)\s+(?=["'(`]*\p{Lu}|`)/u);
  return others.length > 0 && /[.!?]/.test(first.slice(0, -1));
}
