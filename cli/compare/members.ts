/**
 * Splits a JSON object into its members without parsing their values, so that pairs.ts can reuse a policy that it has parsed
 * before.
 * Invariant: the members of every object whose names are unique and have no escapes are found exactly. Values are only delimited:
 * text that is not JSON may pass here, and fails when its value is parsed.
 */

/** Returns the text of a member's value if a known text stands at the position. */
export type KnownText = (name: string, text: string, at: number) => string | undefined;

/** Returns the members of a JSON object, each as its text. `undefined`: it is not a JSON object, or a name is repeated. */
export function membersOf(text: string, known: KnownText): ReadonlyMap<string, string> | undefined {
  const members = new Map<string, string>();
  let at = next(text, 0);
  if (text[at] !== '{') { return undefined; }
  at = next(text, at + 1);
  if (text[at] === '}') { return next(text, at + 1) === text.length ? members : undefined; }
  for (;;) {
    const name = from(NAME, at).exec(text);
    if (!name || members.has(name[1])) { return undefined; }
    at = next(text, NAME.lastIndex);
    const value = known(name[1], text, at) ?? text.slice(at, at + lengthOfValue(text, at));
    if (value === '') { return undefined; }
    members.set(name[1], value);
    at = next(text, at + value.length);
    if (text[at] === '}') { return next(text, at + 1) === text.length ? members : undefined; }
    if (text[at] !== ',') { return undefined; }
    at = next(text, at + 1);
  }
}

const SPACE = /[ \t\n\r]*/y;
const NAME = /"([^"\\\u0000-\u001f]*)"[ \t\n\r]*:/y;
const SCALAR = /[^,{}[\]" \t\n\r]*/y;
const MARK = /["{}[\]]/g;

function next(text: string, at: number): number {
  from(SPACE, at).test(text);
  return SPACE.lastIndex;
}

function from(pattern: RegExp, at: number): RegExp {
  pattern.lastIndex = at;
  return pattern;
}

/** Returns 0 if there is no value. */
function lengthOfValue(text: string, at: number): number {
  if (text[at] === '"') { return endOfString(text, at) - at; }
  if (text[at] !== '{' && text[at] !== '[') {
    from(SCALAR, at).test(text);
    return SCALAR.lastIndex - at;
  }
  let depth = 0;
  MARK.lastIndex = at;
  for (let mark = MARK.exec(text); mark; mark = MARK.exec(text)) {
    if (mark[0] === '"') {
      MARK.lastIndex = endOfString(text, mark.index);
    } else {
      depth += mark[0] === '{' || mark[0] === '[' ? 1 : -1;
      if (depth === 0) { return MARK.lastIndex - at; }
    }
  }
  return 0;
}

/** Returns the offset after the closing quote, or the end of the text if the string is not closed. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') { backslashes++; }
    if (backslashes % 2 === 0) { return end + 1; }
  }
  return text.length;
}
