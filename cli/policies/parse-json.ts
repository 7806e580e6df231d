/**
 * Parses the JSON of policy files and of pairs. An error has a position, which `JSON.parse` does not always give;
 * templates/json-error.ts finds it.
 * Invariant: a name that an object contains twice is an error, because AWS may read the other of the two values.
 */
import { describeRepeatedName, repeatedNameIn } from '../../lib/util/repeated-name';
import { UsageError } from '../exit-codes';
import { jsonErrorIn } from '../templates/json-error';

/**
 * @param firstLine the line number of the first line of `text`
 * @throws UsageError that names file, line and column, and what is wrong
 */
export function parseJson(text: string, name: string, firstLine = 1): unknown {
  const value = parse(text, name, firstLine);
  const repeated = repeatedNameIn(text);
  if (repeated) { throw new UsageError(`${name}:${firstLine + repeated.line - 1}:${repeated.column}: ${describeRepeatedName(repeated)}`); }
  return value;
}

function parse(text: string, name: string, firstLine: number): unknown {
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
