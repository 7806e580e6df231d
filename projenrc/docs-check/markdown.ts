/** Reads Markdown: its passages, headings and links, each with its line. */
import MarkdownIt, { type Token } from 'markdown-it';
import { CODE, linesBefore, type Passage } from './passage';

export interface Heading {
  readonly level: number;
  readonly line: number;
  /** As GitHub names the anchor of the heading. */
  readonly anchor: string;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

export interface MarkdownPage {
  readonly passages: readonly Passage[];
  readonly headings: readonly Heading[];
  readonly links: readonly Link[];
}

/** The beginning of a comment, in each language of a code block that has comments. */
const COMMENTS: { readonly [language: string]: RegExp } = {
  ...Object.fromEntries(['ts', 'typescript', 'java', 'go', 'csharp'].map((language) => [language, /(?<=^|\s)\/\/\s/])),
  ...Object.fromEntries(['sh', 'python', 'yaml'].map((language) => [language, /(?<=^|\s)#\s/])),
};

export function readMarkdown(file: string, markdown: string): MarkdownPage {
  const passages: Passage[] = [];
  const headings: Heading[] = [];
  const seen = new Map<string, number>();
  const links: Link[] = [];
  const tokens = new MarkdownIt({ html: true }).parse(markdown, {});
  let line = 1;
  tokens.forEach((token, index) => {
    line = token.map ? token.map[0] + 1 : line; // a cell of a table has the line of its row
    if (token.type === 'fence') {
      passages.push(...commentsOf(token.content, token.info.split(' ')[0]).map(({ text, after }) => (
        { file, line: line + 1 + after, kind: 'code' as const, text })));
    }
    if (token.type === 'html_block') { links.push(...htmlLinks(token.content, line)); }
    if (token.type !== 'inline') { return; }
    const children = token.children ?? [];
    passages.push({ file, line, kind: 'markdown', text: children.map(readable).join('') });
    children.forEach((child, place) => {
      const childLine = line + linesBefore(children.slice(0, place).map(readable).join(''), Infinity);
      if (child.type === 'html_inline') { links.push(...htmlLinks(child.content, childLine)); }
      const target = child.attrGet(child.type === 'image' ? 'src' : 'href');
      if (typeof target === 'string') { links.push({ target, line: childLine }); }
    });
    if (tokens[index - 1].type === 'heading_open') {
      const anchor = anchorOf(children);
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      headings.push({ level: Number(tokens[index - 1].tag.slice(1)), line, anchor: before === 0 ? anchor : `${anchor}-${before}` });
    }
  });
  return { passages, headings, links };
}

function readable(token: Token): string {
  switch (token.type) {
    case 'code_inline': return CODE;
    case 'softbreak': case 'hardbreak': return '\n';
    case 'text': case 'image': return token.content;
    default: return '';
  }
}

function htmlLinks(html: string, line: number): Link[] {
  const withoutComments = html.replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '));
  return [...withoutComments.matchAll(/<(?:a\s(?:[^<>]*\s)?href|img\s(?:[^<>]*\s)?src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map((found) => (
    { target: found[1] ?? found[2], line: line + linesBefore(html, found.index) }));
}

function anchorOf(heading: readonly Token[]): string {
  return heading.map(({ type, content }) => (/^(text|code_inline)$/.test(type) ? content : '')).join('')
    .toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');
}

function commentsOf(code: string, language: string): Array<{ readonly text: string; readonly after: number }> {
  const start = COMMENTS[language];
  if (start === undefined) { return []; }
  return code.split('\n').flatMap((line, after) => {
    const found = start.exec(line);
    return found === null ? [] : [{ text: line.slice(found.index + found[0].length), after }];
  });
}
