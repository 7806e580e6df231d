/**
 * Reads TypeScript: its comments, docstrings and messages as passages.
 *
 * A message is a text in quotes that looks like words, with the texts that `+` joins to it, or the text of an element of HTML.
 * Tests have titles instead of messages: other texts of tests may be wrong on purpose.
 */
import * as ts from 'typescript';
import { CODE, type Passage, type PassageKind } from './passage';
import { isPublished } from './published';

/** `public` sources declare what users of the library see. */
export type SourceKind = 'public' | 'internal' | 'test';

export function readSource(file: string, source: string, sourceKind: SourceKind): Passage[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const lineOf = (position: number) => tree.getLineAndCharacterOfPosition(position).line + 1;
  const passages: Passage[] = [];
  const comments = new Map<number, ts.CommentRange>();
  const published = new Set<number>();
  const seen = new Set<number>();

  const addMessage = (position: number, text: string) => {
    if (looksLikeWords(text)) { passages.push({ file, line: lineOf(position), kind: 'message', text }); }
  };
  /** @param isPart whether the node is a part of an element whose text was added */
  const visit = (node: ts.Node, isPart = false): void => {
    for (const position of ts.isJsxText(node) ? [] : [node.pos, node.end, ...isEmptyBlock(node) ? [node.getStart(tree) + 1] : []]) {
      if (seen.has(position)) { continue; }
      seen.add(position);
      const ranges = [...ts.getLeadingCommentRanges(source, position) ?? [], ...ts.getTrailingCommentRanges(source, position) ?? []];
      ranges.forEach((range) => comments.set(range.pos, range));
    }
    if (sourceKind === 'public' && isPublished(node)) { ts.getJSDocCommentsAndTags(node).forEach((comment) => published.add(comment.pos)); }
    if (sourceKind === 'test') {
      titlesOf(node).forEach((title) => passages.push({ file, line: lineOf(title.getStart(tree)), kind: 'title', text: messageOf(title)! }));
      ts.forEachChild(node, (child) => visit(child));
      return;
    }
    if (isElement(node)) {
      const hasText = node.children.some((child) => ts.isJsxText(child) && /[A-Za-z]/.test(child.text));
      if (hasText && !isPart) { addMessage(node.children[0].pos, textOfElement(node)); }
      ts.forEachChild(node, (child) => visit(child, hasText || isPart));
      return;
    }
    if (ts.isJsxExpression(node) && isPart && textOfExpression(node) !== CODE) { return; }
    const text = messageOf(node);
    if (text === undefined) {
      ts.forEachChild(node, (child) => visit(child));
    } else {
      addMessage(node.getStart(tree), text);
      valuesIn(node).forEach((value) => visit(value));
    }
  };
  visit(tree);

  for (const group of grouped([...comments.values()].sort((a, b) => a.pos - b.pos), source)) {
    const text = source.slice(group.pos, group.end);
    const kind = !text.startsWith('/**') ? 'comment' : published.has(group.pos) ? 'public docstring' : 'docstring';
    passages.push(...commentPassages(file, lineOf(group.pos), kind, text));
  }
  return passages.sort((a, b) => a.line - b.line);
}

function isEmptyBlock(node: ts.Node): boolean {
  return ts.isBlock(node) && node.statements.length === 0;
}

/** Returns the text of a literal, or of texts joined with `+`, with `CODE` for each value in it. */
function messageOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) { return node.text; }
  if (ts.isTemplateExpression(node)) { return node.head.text + node.templateSpans.map(({ literal }) => CODE + literal.text).join(''); }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [messageOf(node.left), messageOf(node.right)];
    return left === undefined && right === undefined ? undefined : (left ?? CODE) + (right ?? CODE);
  }
  return undefined;
}

/** Returns the title if the node is a call that declares a test or a group of tests, and the names of the rows of its table. */
function titlesOf(node: ts.Node): ts.Node[] {
  if (!ts.isCallExpression(node) || !TESTS.test(calledFirst(node).getText()) || tableOf(node) !== undefined) { return []; }
  const [title, test] = node.arguments;
  const text = title && messageOf(title);
  if (text === undefined) { return []; }
  const table = ts.isCallExpression(node.expression) ? tableOf(node.expression) : undefined;
  const names = table !== undefined && (text === '%s' || text.includes('%s') && isFirstName(test)) ? beginningsOf(table) : [];
  return [title, ...names.filter((name) => /[a-z,] [a-z]/i.test(messageOf(name) ?? ''))];
}

/** Jest's functions, and those of this repository that return one of them. */
const TESTS = /^(?:test|it|describe)(?:With\w*)?$/;

/** Returns `test` for `test.each(table)('title')` and the like. */
function calledFirst(node: ts.Expression): ts.Expression {
  if (ts.isTaggedTemplateExpression(node)) { return calledFirst(node.tag); }
  return ts.isCallExpression(node) || ts.isPropertyAccessExpression(node) ? calledFirst(node.expression) : node;
}

/** Returns the table if the call is `test.each(table)`. */
function tableOf({ expression, arguments: [table] }: ts.CallExpression): ts.Expression | undefined {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'each' ? table : undefined;
}

/** Whether rows begin with a name, as `_name` says, and not with what is tested, such as a condition. */
function isFirstName(test: ts.Expression | undefined): boolean {
  return test !== undefined && ts.isFunctionLike(test) && /^(?:_\w*|name|what)$/.test(test.parameters.at(0)?.name.getText() ?? '');
}

/** Returns what the rows of a table begin with, if it is written in the same file. */
function beginningsOf(table: ts.Expression, seen: readonly ts.Expression[] = []): ts.Node[] {
  const rows = valueOf(table);
  if (seen.includes(rows)) { return []; }
  if (ts.isArrayLiteralExpression(rows)) {
    return rows.elements.flatMap((row) => (
      ts.isSpreadElement(row) ? beginningsOf(row.expression, [...seen, rows]) : ts.isArrayLiteralExpression(row) ? row.elements.slice(0, 1) : []));
  }
  if (!ts.isCallExpression(rows) || rows.expression.getText() !== 'Object.entries') { return []; }
  const object = rows.arguments.length === 1 ? valueOf(rows.arguments[0]) : rows;
  return ts.isObjectLiteralExpression(object) ? object.properties.flatMap(({ name }) => name ?? []) : [];
}

/**
 * Returns the value of a constant of the same file, without its type.
 * @param seen the expressions on the way: a constant may name itself while somebody edits it
 */
function valueOf(expression: ts.Expression, seen: readonly ts.Expression[] = []): ts.Expression {
  if (seen.includes(expression)) { return expression; }
  const way = [...seen, expression];
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)) { return valueOf(expression.expression, way); }
  const value = ts.isIdentifier(expression) ? constantAt(expression.text, expression) : undefined;
  return value === undefined ? expression : valueOf(value, way);
}

function constantAt(name: string, place: ts.Node): ts.Expression | undefined {
  const statements = ts.isBlock(place) || ts.isSourceFile(place) ? place.statements : [];
  const declarations = statements.flatMap((one) => (ts.isVariableStatement(one) ? one.declarationList.declarations : []));
  const value = declarations.find((one) => one.name.getText() === name)?.initializer;
  return value ?? (ts.isSourceFile(place) ? undefined : constantAt(name, place.parent));
}

function isElement(node: ts.Node): node is ts.JsxElement | ts.JsxFragment {
  return ts.isJsxElement(node) || ts.isJsxFragment(node);
}

/** Returns the text of an element and of the elements in it, with `CODE` for each value. */
function textOfElement({ children }: ts.JsxElement | ts.JsxFragment): string {
  return children.map((child) => {
    if (ts.isJsxText(child)) { return child.text; }
    if (ts.isJsxExpression(child)) { return textOfExpression(child); }
    return isElement(child) ? textOfElement(child) : ' ';
  }).join('');
}

function textOfExpression({ expression }: ts.JsxExpression): string {
  return expression === undefined ? '' : ts.isStringLiteral(expression) ? expression.text : CODE;
}

/** Returns the values in a message, which may contain messages. */
function valuesIn(node: ts.Node): ts.Node[] {
  if (ts.isTemplateExpression(node)) { return node.templateSpans.map(({ expression }) => expression); }
  if (ts.isBinaryExpression(node)) { return [node.left, node.right].flatMap((side) => (messageOf(side) === undefined ? [side] : valuesIn(side))); }
  return [];
}

/** Two words side by side, one of which may be a value, and nothing that only code contains. */
function looksLikeWords(text: string): boolean {
  const pair = /(?<![\w-])(?:[A-Za-z]{2,},? (?:[A-Za-z']+|`…`)|`…`,? [A-Za-z]{2,})(?![\w-])/;
  return pair.test(text) && !/[{};]\s*\n|=>|^[.#@][\w-]/.test(text);
}

/** Joins line comments that follow each other. */
function grouped(ranges: readonly ts.CommentRange[], source: string): Array<{ readonly pos: number; readonly end: number }> {
  const groups: Array<{ pos: number; end: number }> = [];
  let last: ts.CommentRange | undefined;
  for (const range of ranges) {
    const follows = last !== undefined && last.kind === ts.SyntaxKind.SingleLineCommentTrivia && range.kind === last.kind
      && /^\r?\n[ \t]*$/.test(source.slice(last.end, range.pos)) && /^\s*$/.test(source.slice(source.lastIndexOf('\n', last.pos) + 1, last.pos));
    if (follows) { groups[groups.length - 1].end = range.end; } else { groups.push({ pos: range.pos, end: range.end }); }
    last = range;
  }
  return groups;
}

/** Splits a comment at its tags; examples are code, and links and directives are not text. */
function commentPassages(file: string, line: number, kind: PassageKind, comment: string): Passage[] {
  const lines = comment.replace(/\s*\*\/$/, '').split('\n').map((one) => one.replace(/^\s*(?:\/\*\*?|\*|\/\/+) ?/, ''));
  const parts: Array<{ line: number; tag: string; text: string }> = [{ line, tag: '', text: '' }];
  lines.forEach((text, index) => {
    const tag = /^\s*@(\w+)(?:\s+(?:\{[^}]*\}\s*)?)?/.exec(text);
    if (tag === null) {
      parts[parts.length - 1].text += `${index === 0 ? '' : '\n'}${text}`;
    } else {
      const rest = text.slice(tag[0].length);
      parts.push({ line: line + index, tag: tag[1], text: tag[1] === 'param' ? rest.replace(/^\S+\s*(?:-\s+)?/, '') : rest.replace(/^-\s+/, '') });
    }
  });
  return parts.filter(({ tag }) => tag !== 'example').map((part) => ({
    file, line: part.line, kind: part.tag === '' ? kind : 'comment' as const, text: part.text.replace(/\{@link [^}]*\}|`[^`\n]*`/g, CODE),
  })).filter(({ text }) => /[A-Za-z]/.test(text) && !/^\s*(eslint-|@ts-|<reference)/.test(text));
}
