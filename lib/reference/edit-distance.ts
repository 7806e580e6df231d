/**
 * Finds the candidate that is most similar to a text, for "did you mean" in messages.
 * Rounds toward no suggestion: a candidate needs at most a quarter of the text's characters plus one edits, and fewer than its
 * length.
 */

/** In characters. Names of AWS have up to about 130; to compare a longer text with thousands of them takes long, and finds none. */
const LONGEST_NAME = 500;

/** The first candidate that needs the fewest edits, ignoring case; `undefined` if all need too many. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  if (wanted.length > LONGEST_NAME) { return undefined; }
  let best: string | undefined;
  let limit = Math.min(wanted.length, Math.floor(wanted.length / 4) + 2);
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    if (distance < limit) {
      best = candidate;
      limit = distance;
    }
  }
  return best;
}

/** The number of insertions, deletions, replacements and swaps of neighbors that convert `a` to `b`; at most `limit`. */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) >= limit) { return limit; }
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + Number(a[i - 1] !== b[j - 1]);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    if (Math.min(...row) >= limit) { return limit; }
    [before, last] = [last, row];
  }
  return Math.min(last[b.length], limit);
}
