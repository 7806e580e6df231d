/**
 * Parses a JSON document that is written as a string with deploy-time values inside: the session policy of an association, and
 * policies of roles, which CloudFormation also takes as text.
 *
 * Invariant: the result is a document only if the text is that document for all values, `invalid` only if it is not JSON for all
 * values, and otherwise `unknown`. Values are assumed not to contain quotes, backslashes or control characters.
 */
import { Json, partsOf, SymbolicMember, SymbolicString, Unresolved } from '../engine';
import { describeRepeatedName, repeatedNameIn } from '../util/repeated-name';

/** Maximum depth of a document; policies need far fewer levels. */
const MAX_NESTING = 50;

export type ParsedDocument =
  | { readonly document: Json }
  /** The text is not JSON, or repeats a name, whatever the values of its symbolic variables. */
  | { readonly invalid: string }
  | { readonly unknown: string };

/** Text that is not a JSON document, whatever the values of its symbolic variables: AWS rejects it. */
export class InvalidText extends Unresolved {}

/**
 * A document of a template: an object, or its JSON text. CloudFormation accepts both in properties of type Json, such as
 * `PolicyDocument`. Published templates use text for condition keys that contain a parameter, which an object cannot express.
 * @see https://github.com/aws/karpenter-provider-aws/blob/main/website/content/en/docs/getting-started/getting-started-with-karpenter/cloudformation.yaml
 */
export function objectOrText(value: Json): Json {
  if (typeof value !== 'string' && !(value instanceof SymbolicString)) { return value; }
  const parsed = parseDocument(value);
  if ('document' in parsed) { return parsed.document; }
  return 'invalid' in parsed ? new InvalidText(`its text is not valid: ${parsed.invalid}`) : new Unresolved(`its text could not be read: ${parsed.unknown}`);
}

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
  const variables = new Map<string, SymbolicString>();
  if (partsOf(text).some((part) => typeof part === 'string' && LIKE_A_MARK.test(part))) {
    return { unknown: 'it has characters (U+E000, U+E001) that this check has a use of its own for' };
  }
  const marked = partsOf(text).map((part) => {
    if (typeof part === 'string') { return part; }
    variables.set(part.id, SymbolicString.of(part) as SymbolicString);
    return `${OPEN}${[...variables.keys()].indexOf(part.id)}${CLOSE}`;
  }).join('');
  const parsed = parseJson(marked);
  const unmark = new Marks([...variables.values()]);
  if ('value' in parsed) {
    const repeated = repeatedNameIn(marked);
    return repeated ? { invalid: unmark.text(describeRepeatedName(repeated)).toString() } : { document: unmark.json(parsed.value) };
  }
  const outside = marked.replace(MARKS, '0');
  return variables.size > 0 && 'value' in parseJson(outside)
    ? { unknown: 'a deploy-time value is outside a JSON string' }
    : { invalid: parsed.error };
}

/** Replaces the marks by the symbolic variables that they stand for. */
class Marks {
  public constructor(private readonly variables: readonly SymbolicString[]) {}

  public text(marked: string): string | SymbolicString {
    return SymbolicString.from(marked.split(MARK).map((piece, i) => (i % 2 === 0 ? piece : this.variables[Number(piece)])));
  }

  public json(value: any, depth = 0): Json {
    if (depth > MAX_NESTING) { return new Unresolved('a value that is nested too deeply'); }
    if (typeof value === 'string') { return value.includes(OPEN) ? this.text(value) : value; }
    if (Array.isArray(value)) { return value.map((item) => this.json(item, depth + 1)); }
    if (typeof value !== 'object' || value === null) { return value; }
    const members = new Map<string, Json>();
    for (const [key, member] of Object.entries(value)) {
      const name = this.text(key);
      const inner = this.json(member, depth + 1);
      let shown = name.toString();
      while (members.has(shown)) { shown += '\''; } // two variables may have the same label
      members.set(shown, typeof name === 'string' ? inner : new SymbolicMember(name, inner));
    }
    return Object.fromEntries(members);
  }
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
