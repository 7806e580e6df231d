/**
 * Shortens the text of a finding for a terminal. The whole text is in the formats for programs.
 *
 * Invariant: what is left out is named and counted. A statement is printed whole or not at all, so that it can be pasted; a text
 * within the limits is not changed.
 */

/** The longest JSON that is printed. A longer one is seldom read, and never typed. */
const JSON_LIMIT = 500;

/** The longest text, in characters. Most are shorter than half of it. */
const LIMIT = 1_200;

interface Piece {
  readonly text: string;
  readonly isJson: boolean;
}

/** The text within the limits. */
export function shorten(text: string): string {
  if (text.length <= JSON_LIMIT) { return text; }
  let left = LIMIT;
  const pieces = piecesOf(text).map((piece) => {
    const isCut = piece.isJson && piece.text.length > Math.min(JSON_LIMIT, left);
    left -= isCut ? 0 : piece.text.length;
    return { ...piece, isCut };
  });
  const shown: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    if (!pieces[i].isCut) { shown.push(pieces[i].text); continue; }
    const run = [pieces[i].text];
    while (pieces[i + 1]?.text === ', ' && pieces[i + 2]?.isCut) { run.push(pieces[i + 2].text); i += 2; }
    const characters = run.reduce((sum, one) => sum + one.length, 0);
    shown.push(`(${run.length === 1 ? 'JSON' : `${run.length} statements`} of ${characters.toLocaleString('en-US')} characters)`);
  }
  return withinLimit(shown.join(''));
}

/** Cuts prose after the last item of a list, or the last word, that has room. */
function withinLimit(text: string): string {
  if (text.length <= LIMIT) { return text; }
  const spaces = piecesOf(text).reduce<{ at: number; breaks: number[] }>(({ at, breaks }, piece) => ({
    at: at + piece.text.length,
    breaks: piece.isJson ? breaks : [...breaks, ...[...piece.text.matchAll(/[,;.]? /g)].map(({ index }) => at + index)],
  }), { at: 0, breaks: [] }).breaks;
  const end = spaces.filter((at) => at <= LIMIT).at(-1) ?? LIMIT;
  return `${text.slice(0, end)} … (${(text.length - end).toLocaleString('en-US')} more characters)`;
}

/** The text in order, with each JSON object as a piece of its own. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let start = text.indexOf('{"'); start >= 0; start = text.indexOf('{"', start)) {
    const end = endOfJson(text, start);
    if (end === undefined) { start += 2; continue; }
    pieces.push({ text: text.slice(from, start), isJson: false }, { text: text.slice(start, end), isJson: true });
    from = end;
    start = end;
  }
  return [...pieces, { text: text.slice(from), isJson: false }].filter((piece) => piece.text !== '');
}

/** Where the JSON object that starts there ends; `undefined` if it is not one. */
function endOfJson(text: string, start: number): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (isQuoted) {
      if (c === '\\') { i++; } else if (c === '"') { isQuoted = false; }
    } else if (c === '"') {
      isQuoted = true;
    } else if (c === '{') {
      depth++;
    } else if (c === '}' && --depth === 0) {
      return i + 1;
    }
  }
  return undefined;
}
