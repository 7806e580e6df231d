/**
 * Finds the first error in text that is not JSON, in words and with its position. The messages of `JSON.parse` differ between
 * versions of Node.js, and some have no position. Used for templates (parse.ts) and for policy files (policies/parse-json.ts).
 */
import type { ParseError } from 'jsonc-parser';
import { onDemand } from './on-demand';

/** An error in JSON text. Lines and columns start at 1. */
export interface JsonError {
  readonly what: string;
  readonly line: number;
  readonly column: number;
}

const SHOWN = 20;

/** Returns the first error, or `undefined` if none was found. */
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
