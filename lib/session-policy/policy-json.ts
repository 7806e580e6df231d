/**
 * A document as JSON without spaces: text, or an `Fn::Join` where intrinsics are inside.
 *
 * `stack.toJsonString` writes the same, and leaves in the memory of the app a token for each document, and the document. An app may have
 * thousands of them.
 *
 * @param document strings, numbers, booleans, lists and records
 * @param texts the objects in it that are intrinsics and make text. Other objects are records, whatever they look like
 */
export function policyJson(document: unknown, texts: ReadonlySet<unknown>): unknown {
  if (texts.size === 0) { return JSON.stringify(document); }
  const pieces: unknown[] = [];
  write(document, texts, pieces);
  return pieces.length === 1 ? pieces[0] : { 'Fn::Join': ['', pieces] };
}

function write(value: unknown, texts: ReadonlySet<unknown>, pieces: unknown[]): void {
  if (typeof value !== 'object' || value === null) {
    append(pieces, JSON.stringify(value));
  } else if (texts.has(value)) {
    append(pieces, '"');
    for (const piece of piecesOf(withinQuotes(value))) { append(pieces, piece); }
    append(pieces, '"');
  } else if (Array.isArray(value)) {
    append(pieces, '[');
    value.forEach((item, index) => {
      if (index > 0) { append(pieces, ','); }
      write(item, texts, pieces);
    });
    append(pieces, ']');
  } else {
    let open = '{';
    for (const [key, member] of Object.entries(value)) {
      append(pieces, `${open}${JSON.stringify(key)}:`);
      write(member, texts, pieces);
      open = ',';
    }
    append(pieces, open === '{' ? '{}' : '}');
  }
}

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

/** With all its text escaped, as it will stand in a JSON string. */
function withinQuotes(value: any): any {
  if (typeof value === 'string') { return JSON.stringify(value).slice(1, -1); }
  if (Array.isArray(value)) { return value.map(withinQuotes); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [withinQuotes(key), withinQuotes(member)]));
}
