import { UsageError } from '../exit-codes';
import { jsonErrorIn } from '../templates/json-error';

/** @throws UsageError that names file, line and column, and what is wrong */
export function parseJson(text: string, name: string, firstLine = 1): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    const { what, line, column } = errorIn(text) ?? { what: (e as Error).message, line: 1, column: 1 };
    throw new UsageError(`${name}:${firstLine + line - 1}:${column}: not JSON: ${what}`);
  }
}

/** What is nested deeper than the stack, jsonc-parser does not get through. */
function errorIn(text: string): ReturnType<typeof jsonErrorIn> {
  try {
    return jsonErrorIn(text);
  } catch (e) {
    if (e instanceof RangeError) { return undefined; }
    throw e;
  }
}
