/**
 * Finds the position of a value in JSON text, for messages about files that people wrote.
 *
 * Invariant: the text must be valid JSON. If the path leads to no value, the position is that of the nearest value around it.
 * For speed and for text of any depth, it is one loop without recursion.
 */

/** Lines and columns start at 1. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * @param path the place of the value, such as `Statement[0].Effect`. An index 0 may also stand for a value that is not in a list, because
 * policies have one statement with or without a list around it.
 */
export function positionInJson(text: string, path: string): JsonPosition {
  let at = skipSpace(text, 0);
  let rest = path;
  for (;;) {
    const next = text[at] === '{' ? memberAt(text, at, rest) : text[at] === '[' ? itemAt(text, at, rest) : undefined;
    if (next) {
      [at, rest] = next;
    } else if (rest.startsWith('[0]') && text[at] !== '[') {
      rest = rest.slice('[0]'.length);
    } else {
      return positionOf(text, at);
    }
  }
}

/** The position of an offset. */
export function positionOf(text: string, at: number): JsonPosition {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  return { line: text.slice(0, at).split('\n').length, column: at - lineStart + 1 };
}

type Step = readonly [at: number, rest: string];

/** The member with the longest name that the path begins with: names of condition keys may contain dots. */
function memberAt(text: string, object: number, path: string): Step | undefined {
  const wanted = path.startsWith('.') ? path.slice(1) : path;
  let found: { readonly name: string; readonly at: number } | undefined;
  let at = skipSpace(text, object + 1);
  while (text[at] === '"') {
    const end = endOfString(text, at);
    const name = JSON.parse(text.slice(at, end + 1)) as string;
    const value = skipSpace(text, skipSpace(text, end + 1) + 1);
    if (beginsWith(wanted, name) && name.length > (found?.name.length ?? 0)) { found = { name, at: value }; }
    at = nextAfter(text, value);
  }
  return found && [found.at, wanted.slice(found.name.length)];
}

function beginsWith(path: string, name: string): boolean {
  return name !== '' && path.startsWith(name) && ['', '.', '['].includes(path.slice(name.length, name.length + 1));
}

function itemAt(text: string, list: number, path: string): Step | undefined {
  const [whole, index] = /^\[(\d+)\]/.exec(path) ?? [];
  if (whole === undefined) { return undefined; }
  let at = skipSpace(text, list + 1);
  for (let i = 0; i < Number(index) && text[at] !== ']'; i++) { at = nextAfter(text, at); }
  return text[at] === ']' ? undefined : [at, path.slice(whole.length)];
}

/** The offset of the next item or name, or of the closing bracket. */
function nextAfter(text: string, value: number): number {
  const end = skipSpace(text, endOfValue(text, value));
  return text[end] === ',' ? skipSpace(text, end + 1) : end;
}

/** The offset after the value. */
function endOfValue(text: string, start: number): number {
  let levels = 0;
  for (let at = start; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        if (levels === 0) { return at + 1; }
        break;
      case '{': case '[':
        levels++;
        break;
      case '}': case ']':
        if (levels === 0) { return at; }
        if (--levels === 0) { return at + 1; }
        break;
      case ',':
        if (levels === 0) { return at; }
        break;
    }
  }
  return text.length;
}

/** The offset of the closing quote of the string that starts here. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') { at++; } else if (text[at] === '"') { return at; }
  }
  return text.length;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (/\s/.test(text[at] ?? '')) { at++; }
  return at;
}
