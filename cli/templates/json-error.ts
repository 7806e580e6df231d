/**
 * Finds the first error in text that is not JSON, in words and with its position. The messages of `JSON.parse` differ between
 * versions of Node.js, and some have no position. Used for templates (parse.ts) and for policy files (policies/parse-json.ts).
 */
import type { ParseError } from 'jsonc-parser';
import { onDemand } from './on-demand';
import { Position, positionAt } from '../files/position';

/** An error in JSON text. */
export interface JsonError extends Position {
  readonly what: string;
}

const SHOWN = 20;

/** Returns the first error, or `undefined` if none was found. */
export function jsonErrorIn(text: string): JsonError | undefined {
  const jsonc = onDemand.jsonc();
  try {
    jsonc.visit(text, {
      onError: (error, offset) => { throw new FirstError(error, offset); },
    }, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
    return undefined;
  } catch (e) {
    if (!(e instanceof FirstError)) { throw e; }
    return { what: `${words(jsonc.printParseErrorCode(e.code))}, found ${found(text, e.offset)}`, ...positionAt(text, e.offset) };
  }
}

/** Ends the parser at the first error. A text may have an error for each of its characters. */
class FirstError extends Error {
  public constructor(public readonly code: ParseError['error'], public readonly offset: number) { super(); }
}

/** `CommaExpected` → `comma expected` */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function found(text: string, at: number): string {
  if (text.slice(at).trim() === '') { return text.trim() === '' ? 'nothing, because the text is empty' : 'the end'; }
  const [rest] = text.slice(at).split(/[\r\n]/, 1);
  return JSON.stringify(rest.length > SHOWN ? `${rest.slice(0, SHOWN)}…` : rest);
}
