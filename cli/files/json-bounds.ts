/**
 * Measures JSON text before it is parsed: how deeply it is nested, and how many values it has.
 * For speed, it is one loop without recursion that skips strings. It also measures text that is not JSON, for the parser that finds
 * the error in it, which is recursive.
 */
import { MAX_JSON_MARKS, MAX_LEVELS } from './limits';
import { Position, positionAt } from './position';

/** Where a text exceeds a limit. */
export interface Excess extends Position {
  readonly what: string;
}

const [QUOTE, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT, BACKSLASH] = [...'",[]{}\\'].map((c) => c.charCodeAt(0));

/** Returns where the JSON text exceeds a limit, or `undefined` if it does not. */
export function jsonExcess(text: string): Excess | undefined {
  if (text.length <= MAX_LEVELS) { return undefined; }
  let [levels, marks] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_LIST: case OPEN_OBJECT:
        marks++;
        if (++levels > MAX_LEVELS) { return { what: TOO_DEEP, ...positionAt(text, at) }; }
        break;
      case CLOSE_LIST: case CLOSE_OBJECT:
        levels--;
        break;
      case COMMA:
        marks++;
        break;
    }
    if (marks > MAX_JSON_MARKS) { return { what: `it has more than ${number(MAX_JSON_MARKS)} brackets and commas`, ...positionAt(text, at) }; }
  }
  return undefined;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** What is wrong with text that is nested too deeply. */
export const TOO_DEEP = `it is nested too deeply: more than ${number(MAX_LEVELS)} levels are not read`;

/** The offset of the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) { backslashes++; }
    if (backslashes % 2 === 0) { return end; }
  }
  return text.length;
}
