/**
 * Finds each `${…}` of a text, which CloudFormation, IAM and the service authorization reference all write. Many callers would use
 * `/\$\{[^}]*\}/`, which is quadratic in a text of many `${` without a `}`.
 *
 * Invariant: linear in the text. A `${` without a `}` behind it is text.
 */

/** The pieces of a text: those with an even index are the text around each `${…}`, and those with an odd index what is inside of one. */
export function splitBraces(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', from)) {
    const end = text.indexOf('}', start);
    if (end < 0) { break; }
    pieces.push(text.slice(from, start), text.slice(start + 2, end));
    from = end + 1;
  }
  return [...pieces, text.slice(from)];
}

/** What is inside of each `${…}`. */
export function insideBraces(text: string): string[] {
  return splitBraces(text).filter((_, i) => i % 2 === 1);
}

/** The text around each `${…}`; one piece more than there are of them. */
export function outsideBraces(text: string): string[] {
  return splitBraces(text).filter((_, i) => i % 2 === 0);
}
