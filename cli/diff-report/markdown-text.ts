/**
 * Shows text of other people in Markdown. Every name is a code span: nothing in one is a link, a mention, an image, HTML or the end of
 * a cell. Sentences that contain names are divided into plain words and code spans.
 * Invariant: outside of code spans, the text of the input has letters, numbers of up to four digits, blanks and the marks .,;:'() and "
 * only, and a colon only at the end of a word. So it contains no markup, no address and no mention, also of GitHub's and GitLab's kinds.
 * @see https://github.github.com/gfm/#code-spans
 */
import type { Part } from './words';
import { oneLine } from '../visible';

/** Maximum number of characters of a name; the statements and the other formats have it whole. */
const NAME_SHOWN = 200;

/** Returns a code span that can stand anywhere, also in a table. */
export function code(text: string): string {
  const shown = oneLine(text.length > NAME_SHOWN ? `${text.slice(0, NAME_SHOWN)}…` : text);
  // GitHub divides rows into cells before it finds code spans. The escape is that of JSON.
  const whole = (shown.trim() === shown && shown !== '' ? shown : JSON.stringify(shown)).replace(/\|/g, '\\u007c');
  const longest = Math.max(0, ...[...whole.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = whole.startsWith('`') || whole.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${whole}${pad}${fence}`;
}

export function markdownOf(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : code(part.name))).join('');
}

/** A word, with the marks before and after it. Names of AWS such as IAM are words, and so are numbers that nobody takes for an issue. */
const PLAIN = /^["'(]{0,3}(?:[A-Za-z]{1,30}(?:['-][A-Za-z]{1,30}){0,3}[.,;:"')]{0,4}|\d{1,4}[,;]?)$/;
const BEFORE = /^["'(]{1,3}/;
const AFTER = /[.,;:"')]{1,4}$/;

/** Maximum number of characters of a sentence. */
const SENTENCE_SHOWN = 2_000;

/** Returns a sentence whose words are plain and whose names are code spans. Neighbors become one span. */
export function prose(text: string): string {
  const shown = text.length > SENTENCE_SHOWN ? `${text.slice(0, SENTENCE_SHOWN)} …` : text;
  const done: string[] = [];
  let names: string[] = [];
  const flush = () => {
    if (names.length === 0) { return; }
    const whole = names.join(' ');
    const [before] = BEFORE.exec(whole) ?? [''];
    const [after] = AFTER.exec(whole.slice(before.length)) ?? [''];
    const name = whole.slice(before.length, whole.length - after.length);
    done.push(name === '' ? code(whole) : `${before}${code(name)}${after}`);
    names = [];
  };
  for (const word of oneLine(shown).split(' ')) {
    if (PLAIN.test(word)) {
      flush();
      done.push(word);
    } else if (word !== '') {
      names.push(word);
      if (/[.,;:]$/.test(word)) { flush(); }
    }
  }
  flush();
  return done.join(' ');
}

/** Returns HTML that shows the text, for a block of HTML, in which Markdown does not count. */
export function html(text: string): string {
  return oneLine(text).replace(/[&<>"'`@#:|]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name in a block of HTML. */
export function htmlCode(text: string): string {
  return `<code>${html(text.length > NAME_SHOWN ? `${text.slice(0, NAME_SHOWN)}…` : text)}</code>`;
}

export function htmlOf(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? html(part) : htmlCode(part.name))).join('');
}
