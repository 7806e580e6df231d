/**
 * A document as JSON without spaces: text, or an `Fn::Join` where intrinsics are inside. `undefined` where text in it looks like the
 * marks that are used here.
 *
 * `stack.toJsonString` writes the same, and leaves in the memory of the app a token for each document, and the document. An app may have
 * thousands of them.
 *
 * @param document strings, numbers, booleans, lists and records
 * @param texts the objects in it that are intrinsics and make text. Other objects are records, whatever they look like
 */
export function policyJson(document: unknown, texts: ReadonlySet<unknown>): unknown {
  if (texts.size === 0) { return JSON.stringify(document); }
  const found: unknown[] = [];
  const marked = JSON.stringify(document, (_, value) => (texts.has(value) ? `${MARK}${found.push(value) - 1}${MARK}` : value));
  const [first, ...rest] = marked.split(MARKED);
  if (rest.length !== 2 * found.length) { return undefined; }
  const pieces: unknown[] = [first];
  for (let i = 0; i < found.length; i++) {
    for (const piece of piecesOf(withinQuotes(found[i]))) { append(pieces, piece); }
    append(pieces, rest[2 * i + 1]);
  }
  return pieces.length === 1 ? pieces[0] : { 'Fn::Join': ['', pieces] };
}

/** Stands around the number of an intrinsic; no session policy may have such characters. */
const MARK = '\uE000';
const MARKED = new RegExp(`${MARK}(\\d+)${MARK}`);

/** Text next to text becomes one piece. */
function append(pieces: unknown[], piece: unknown): void {
  const last = pieces.length - 1;
  if (isText(piece) && isText(pieces[last])) { pieces[last] = `${pieces[last]}${piece}`; } else { pieces.push(piece); }
}

function isText(piece: unknown): boolean {
  return typeof piece === 'string' || typeof piece === 'number';
}

/** What an intrinsic joins without anything in between, or the intrinsic alone. */
function piecesOf(intrinsic: any): unknown[] {
  const join = intrinsic?.['Fn::Join'];
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1].flatMap(piecesOf) : [intrinsic];
}

/** With all its text escaped, as it will stand in a JSON string. JSON of what needs no escape has no backslash. */
function withinQuotes(intrinsic: unknown): unknown {
  return JSON.stringify(intrinsic).includes('\\') ? escapeText(intrinsic) : intrinsic;
}

function escapeText(value: any): any {
  if (typeof value === 'string') { return JSON.stringify(value).slice(1, -1); }
  if (Array.isArray(value)) { return value.map(escapeText); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [escapeText(key), escapeText(member)]));
}
