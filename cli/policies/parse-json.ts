import { UsageError } from '../exit-codes';

/** @throws UsageError that names file, line and column: the messages of `JSON.parse` differ between versions of Node.js, and not all tell where. */
export function parseJson(text: string, name: string, firstLine = 1): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { at, expected } = firstError(text);
    throw new UsageError(`${name}:${place(text, at, firstLine)}: not JSON: expected ${expected}, found ${found(text, at)}`);
  }
}

const SPACE = /[ \t\n\r]*/y;
const TOKEN = /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next. */
type Expected = 'a value' | "a value or ']'" | "a name in quotes or '}'" | 'a name in quotes' | "':'" | "',' or the end of the list or object" | 'the end';

/** @see https://www.rfc-editor.org/rfc/rfc8259 */
function firstError(text: string): { readonly at: number; readonly expected: string } {
  const open: string[] = [];
  let expected: Expected = 'a value';
  for (let at = skip(SPACE, text, 0); ; at = skip(SPACE, text, at)) {
    const end = skip(TOKEN, text, at);
    const token = text.slice(at, end);
    const next = follows(expected, token, open);
    if (token === '' || next === undefined) { return { at, expected }; }
    expected = next;
    at = end;
  }
}

/** `undefined`: the token is not what is expected. */
function follows(expected: Expected, token: string, open: string[]): Expected | undefined {
  const after = (): Expected => (open.length === 0 ? 'the end' : "',' or the end of the list or object");
  if ((token === ']' && open.at(-1) === '[' && /list|']'/.test(expected)) || (token === '}' && open.at(-1) === '{' && /list|'}'/.test(expected))) {
    open.pop();
    return after();
  }
  if (expected.startsWith('a value')) {
    if (token === '{' || token === '[') {
      open.push(token);
      return token === '{' ? "a name in quotes or '}'" : "a value or ']'";
    }
    return /^["\dtfn-]/.test(token) ? after() : undefined;
  }
  if (expected.startsWith('a name')) { return token.startsWith('"') ? "':'" : undefined; }
  if (expected === "':'") { return token === ':' ? 'a value' : undefined; }
  if (expected === 'the end' || token !== ',') { return undefined; }
  return open.at(-1) === '{' ? 'a name in quotes' : 'a value';
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function place(text: string, at: number, firstLine: number): string {
  const before = text.slice(0, at);
  const line = firstLine + before.split('\n').length - 1;
  return `${line}:${at - before.lastIndexOf('\n')}`;
}

const SHOWN = 20;

function found(text: string, at: number): string {
  const rest = text.slice(at).split(/[\r\n]/, 1)[0];
  if (at >= text.length) { return text.trim() === '' ? 'nothing: it is empty' : 'the end'; }
  return JSON.stringify(rest.length > SHOWN ? `${rest.slice(0, SHOWN)}…` : rest);
}
