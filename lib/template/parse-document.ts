/**
 * Parses a JSON document that is written as a string with deploy-time values inside: the session policy of an association.
 *
 * Invariant: the result is a document only if the text is that document for all values, `invalid` only if it is not JSON for all
 * values, and otherwise `unknown`. Values are assumed not to contain quotes, backslashes or control characters.
 */
import { Json, partsOf, SymbolicString, Unresolved } from '../engine';

/** Maximum depth of a document; policies need far fewer levels. */
const MAX_NESTING = 50;

export type ParsedDocument =
  | { readonly document: Json }
  /** The text is not JSON, whatever the values of its symbolic variables. */
  | { readonly invalid: string }
  | { readonly unknown: string };

/** In the JSON text that is parsed, a symbolic variable is its number between these two characters. Session policies may not contain them. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`);
/** The same characters in the text itself, or as JSON escapes. */
const LIKE_A_MARK = new RegExp(`[${OPEN}${CLOSE}]|\\\\u[eE]00[01]`);
const MARKS = new RegExp(MARK, 'g');

/**
 * Parses the text of a JSON document with symbolic variables inside its strings. With a quote in a value, the text would not be the
 * document that its author wrote.
 */
export function parseDocument(text: string | SymbolicString): ParsedDocument {
  const variables: SymbolicString[] = [];
  if (partsOf(text).some((part) => typeof part === 'string' && LIKE_A_MARK.test(part))) {
    return { unknown: 'it has characters (U+E000, U+E001) that this check has a use of its own for' };
  }
  const marked = partsOf(text).map((part) => {
    if (typeof part === 'string') { return part; }
    variables.push(SymbolicString.of(part) as SymbolicString);
    return `${OPEN}${variables.length - 1}${CLOSE}`;
  }).join('');
  const parsed = parseJson(marked);
  if ('value' in parsed) { return { document: unmark(parsed.value, variables) }; }
  const outside = marked.replace(MARKS, '0');
  return variables.length > 0 && 'value' in parseJson(outside)
    ? { unknown: 'a value that is known at deployment only stands outside of a JSON string' }
    : { invalid: parsed.error };
}

/** Replaces the marks in the parsed document, in place, by the symbolic variables. */
function unmark(value: any, variables: readonly SymbolicString[], depth = 0): Json {
  if (depth > MAX_NESTING) { return new Unresolved('a value that is nested too deeply'); }
  if (typeof value === 'string') {
    if (!value.includes(OPEN)) { return value; }
    return SymbolicString.of(...value.split(MARK).map((piece, i) => (i % 2 === 0 ? piece : variables[Number(piece)])));
  }
  if (typeof value !== 'object' || value === null) { return value; }
  for (const key of Object.keys(value)) {
    value[key] = key.includes(OPEN) ? new Unresolved('a key that is known at deployment only') : unmark(value[key], variables, depth + 1);
  }
  return value;
}

function parseJson(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (e) {
    // The message differs between versions of Node, so only the position is used.
    const position = /position (\d+)/.exec((e as Error).message)?.[1];
    const near = position === undefined ? text : text.slice(Math.max(0, Number(position) - 20));
    return { error: text.trim() === '' ? 'it is empty' : `it stops being JSON near ${JSON.stringify(near.slice(0, 40))}` };
  }
}
