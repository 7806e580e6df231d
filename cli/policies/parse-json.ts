/**
 * Parses the JSON of policy files and of pairs. An error has a position, which `JSON.parse` does not always give;
 * templates/json-error.ts finds it.
 * Invariant: a name that an object contains twice is an error, because AWS may read the other of the two values. Text that is
 * nested too deeply, or has too many values, is not parsed.
 */
import { describeRepeatedName, repeatedNameIn } from '../../lib/util/repeated-name';
import { UsageError } from '../exit-codes';
import { jsonExcess } from '../files/json-bounds';
import { jsonErrorIn } from '../templates/json-error';

/**
 * @param firstLine the line number of the first line of `text`
 * @throws UsageError that names file, line and column, and what is wrong
 */
export function parseJson(text: string, name: string, firstLine = 1): unknown {
  const excess = jsonExcess(text);
  if (excess) { throw new UsageError(`${name}:${firstLine + excess.line - 1}:${excess.column}: ${excess.what}`); }
  const value = parse(text, name, firstLine);
  const repeated = repeatedNameIn(text);
  if (repeated) { throw new UsageError(`${name}:${firstLine + repeated.line - 1}:${repeated.column}: ${describeRepeatedName(repeated)}`); }
  return value;
}

function parse(text: string, name: string, firstLine: number): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    const { what, line, column } = jsonErrorIn(text) ?? { what: (e as Error).message, line: 1, column: 1 };
    throw new UsageError(`${name}:${firstLine + line - 1}:${column}: not JSON: ${what}`);
  }
}
