import { linesOf } from './lines';
import { Pairs } from './pairs';

/** How many lines had which verdict, and how many were bad. Blank lines count as nothing. */
export type Tally = Record<'narrows' | 'exceeds' | 'undetermined' | 'error', number>;

/** A result a line, in the order of the lines. Only the lines that came together are in memory at a time. */
export async function comparePairs(
  input: NodeJS.ReadableStream, file: string, reference: boolean, write: (text: string) => Promise<void>,
): Promise<Tally> {
  const pairs = new Pairs(file, reference);
  const tally: Tally = { narrows: 0, exceeds: 0, undetermined: 0, error: 0 };
  let line = 0;
  for await (const lines of linesOf(input)) {
    const results: string[] = [];
    for (const text of lines) {
      line++;
      if (text.trim() === '') { continue; }
      const result = pairs.result(text, line);
      tally['error' in result ? 'error' : result.verdict]++;
      results.push(`${JSON.stringify(result)}\n`);
    }
    await write(results.join(''));
  }
  return tally;
}
