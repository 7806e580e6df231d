/**
 * Parses the JSON of policy files and of pairs. An error has a position, which `JSON.parse` does not always give;
 * templates/json-error.ts finds it.
 */
import { UsageError } from '../exit-codes';
import { jsonErrorIn } from '../templates/json-error';

/**
 * @param firstLine the line number of the first line of `text`
 * @throws UsageError that names file, line and column, and what is wrong
 */
export function parseJson(text: string, name: string, firstLine = 1): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    const { what, line, column } = errorIn(text) ?? { what: (e as Error).message, line: 1, column: 1 };
    throw new UsageError(`${name}:${firstLine + line - 1}:${column}: not JSON: ${what}`);
  }
}

/** `undefined` if the text is nested so deeply that jsonc-parser overflows the stack. */
function errorIn(text: string): ReturnType<typeof jsonErrorIn> {
  try {
    return jsonErrorIn(text);
  } catch (e) {
    if (e instanceof RangeError) { return undefined; }
    throw e;
  }
}
