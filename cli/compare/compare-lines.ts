/**
 * Compares one batch of input lines, in the main thread or in a worker thread. Stands between compare-pairs.ts, which splits the
 * input, and pairs.ts, which compares one line. One output line for each input line that is not blank.
 */
import { Lines, notUtf8In, textsOf } from './lines';
import { Pairs } from './pairs';

/** The number of lines by verdict, and of bad lines. Blank lines do not count. */
export type Tally = Record<'narrows' | 'exceeds' | 'undetermined' | 'error', number>;

export const NOTHING: Readonly<Tally> = { narrows: 0, exceeds: 0, undetermined: 0, error: 0 };

/** The results of one batch of lines. */
export interface BatchResult {
  readonly output: string;
  readonly tally: Readonly<Tally>;
}

export function compareLines(pairs: Pairs, lines: Lines): BatchResult {
  if (lines.error !== undefined) { return errorOf(pairs, lines.line, lines.error); }
  const tally = { ...NOTHING };
  const odd = notUtf8In(lines);
  const results = textsOf(lines).flatMap((text, i) => {
    if (text.trim() === '') { return []; }
    const result = odd.has(i) ? pairs.error(lines.line + i, 'it is not UTF-8') : pairs.result(text, lines.line + i);
    tally['error' in result ? 'error' : result.verdict]++;
    return [`${JSON.stringify(result)}\n`];
  });
  return { output: results.join(''), tally };
}

/** The result of a line that could not be read or compared. */
export function errorOf(pairs: Pairs, line: number, why: string): BatchResult {
  return { output: `${JSON.stringify(pairs.error(line, why))}\n`, tally: { ...NOTHING, error: 1 } };
}

/** The results of batches that follow each other. */
export function joined(results: readonly BatchResult[]): BatchResult {
  const tally = { ...NOTHING };
  for (const { tally: own } of results) { addTo(tally, own); }
  return { output: results.map(({ output }) => output).join(''), tally };
}

export function addTo(tally: Tally, own: Readonly<Tally>): void {
  for (const verdict of Object.keys(NOTHING) as Array<keyof Tally>) { tally[verdict] += own[verdict]; }
}
