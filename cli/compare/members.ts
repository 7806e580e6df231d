/** The value of a member, as the text that was seen before, where such a text stands at a position. */
export type KnownText = (name: string, text: string, at: number) => string | undefined;

/**
 * The members of a JSON object, each as its text: a policy that was seen before need not be parsed again. The values are
 * only delimited; whether they are JSON shows when they are parsed. `undefined`: it is no JSON object, or has a name twice.
 */
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

/** 0: there is none. */
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

/** After the closing quote, or after the text where there is none. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') { backslashes++; }
    if (backslashes % 2 === 0) { return end + 1; }
  }
  return text.length;
}
