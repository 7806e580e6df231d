/**
 * Makes text safe for terminals, logs and reports. Other people write templates, policies, file names and the names in an account.
 * Their text must not move the cursor, change colors, reorder or hide what is printed, or command the pipeline that shows the log.
 * streams.ts and write-output.ts apply `visible` to everything that the command writes. Formats also apply `oneLine` to each
 * value of the input, because a line break in a name could forge a line of the output.
 * Invariants: the result has no character that is unsafe; the function is idempotent; an escape is that of JSON, so the text of a
 * JSON document, also within a sentence, keeps its value.
 */
import { memoize } from '../lib/util/memo';

/**
 * Controls except line breaks, format characters (bidi overrides and isolates, zero-width characters, tags), line and paragraph
 * separators, other characters without a glyph, and what no text may contain: lone surrogates and noncharacters. A variation
 * selector for text or emoji is safe behind a pictograph: U+26A0 U+FE0F is a warning sign.
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const UNSAFE = new RegExp([
  '(?![\\n\\ufe0e\\ufe0f])[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}]',
  '(?<!\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]',
].join('|'), 'gu');

/** The same, or a color code as picocolors writes it. */
const UNSAFE_OR_COLOR = new RegExp(`\\u001b\\[\\d{1,2}m|${UNSAFE.source}`, 'gu');

/** Most text has none of these characters, which this test finds several times faster. */
const MAY_BE_UNSAFE = /[^\n\u0020-\u007e\u00a1-\u00ac\u2010-\u2027]/;

/**
 * Commands for Azure Pipelines (`##vso[…]`), older ones for GitHub Actions (`##[…]`), and for TeamCity. The first two are found
 * anywhere in a line.
 * @see https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/Command.cs
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const MARKED_COMMAND = /##(?=\w*\[)/g;

/** Commands for GitHub Actions, such as `::error::`. They stand at the start of a line, behind any kind of blank. */
const LEADING_COMMAND = /(^|\n)((?:\u001b\[\d{1,2}m|[^\S\n])*):(?=:[a-z])/gi;

const SHORT_ESCAPES: { readonly [character: string]: string | undefined } = { '\t': '\\t', '\r': '\\r' };

/**
 * Returns the text with its line breaks and without anything else that is unsafe.
 * @param colors whether color codes are kept: only for text to a terminal, whose values have passed through `oneLine`
 */
export function visible(text: string, colors = false): string {
  const shown = !MAY_BE_UNSAFE.test(text) ? text : text.replace(colors ? UNSAFE_OR_COLOR : UNSAFE, escape);
  if (!shown.includes('##') && !shown.includes('::')) { return shown; } // most text, of which a report has much
  return shown.replace(MARKED_COMMAND, `${unicodeEscape('#')}#`).replace(LEADING_COMMAND, `$1$2${unicodeEscape(':')}`);
}

/** Returns the text as one line. */
export function oneLine(text: string): string {
  return visible(text).replace(/\n/g, '\\n');
}

/**
 * Applies the function to every string of the data, names of members included. Objects that are shared stay shared. What has a
 * JSON form of its own, such as a value with references, becomes that form; an error keeps its message.
 */
export function everyString<T>(data: T, change: (text: string) => string): T {
  const copyOf = memoize((value: object): unknown => {
    if (Array.isArray(value)) { return value.map(copy); }
    if ('toJSON' in value && typeof value.toJSON === 'function') { return copy(value.toJSON()); }
    const members = Object.entries(value instanceof Error ? { ...value, message: value.message } : value);
    return Object.fromEntries(members.map(([key, member]) => [change(key), copy(member)]));
  });
  const copy = (value: unknown): unknown => {
    if (typeof value === 'string') { return change(value); }
    return typeof value !== 'object' || value === null ? value : copyOf(value);
  };
  return copy(data) as T;
}

function escape(found: string): string {
  const isColor = found.startsWith('\u001b') && found.length > 1;
  return isColor ? found : SHORT_ESCAPES[found] ?? unicodeEscape(found);
}

/** `\u202e`, as in JSON; a character outside of the basic plane has two. */
function unicodeEscape(character: string): string {
  return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
}
