import type { ParseError } from 'jsonc-parser';
import { onDemand } from './on-demand';

/** What is wrong with a text that is not JSON, in words, and where. Lines and columns start at 1. */
export interface JsonError {
  readonly what: string;
  readonly line: number;
  readonly column: number;
}

const SHOWN = 20;

/** The messages of `JSON.parse` differ between versions of Node.js, and not all tell where. `undefined`: nothing was found. */
export function jsonErrorIn(text: string): JsonError | undefined {
  const jsonc = onDemand.jsonc();
  const errors: ParseError[] = [];
  jsonc.visit(text, {
    onError: (error, offset, length) => { errors.push({ error, offset, length }); },
  }, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors;
  if (!first) { return undefined; }
  const before = text.slice(0, first.offset).split('\n');
  return {
    what: `${words(jsonc.printParseErrorCode(first.error))}, found ${found(text, first.offset)}`,
    line: before.length,
    column: before[before.length - 1].length + 1,
  };
}

/** `CommaExpected` → `comma expected` */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function found(text: string, at: number): string {
  if (text.slice(at).trim() === '') { return text.trim() === '' ? 'nothing: it is empty' : 'the end'; }
  const [rest] = text.slice(at).split(/[\r\n]/, 1);
  return JSON.stringify(rest.length > SHOWN ? `${rest.slice(0, SHOWN)}…` : rest);
}
