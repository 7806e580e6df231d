/**
 * Compares one batch of input lines, in the main thread or in a worker thread. Stands between compare-pairs.ts, which splits the
 * input, and pairs.ts, which compares one line. One output line for each input line that is not blank.
 */
import { Lines, textsOf } from './lines';
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
  const tally = { ...NOTHING };
  const results = textsOf(lines).flatMap((text, i) => {
    if (text.trim() === '') { return []; }
    const result = pairs.result(text, lines.line + i);
    tally['error' in result ? 'error' : result.verdict]++;
    return [`${JSON.stringify(result)}\n`];
  });
  return { output: results.join(''), tally };
}
