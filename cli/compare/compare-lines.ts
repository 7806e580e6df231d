import { Lines, textsOf } from './lines';
import { Pairs } from './pairs';

/** How many lines had which verdict, and how many were bad. Blank lines count as nothing. */
export type Tally = Record<'narrows' | 'exceeds' | 'undetermined' | 'error', number>;

export const NOTHING: Readonly<Tally> = { narrows: 0, exceeds: 0, undetermined: 0, error: 0 };

/** What is said of lines that came together. */
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
