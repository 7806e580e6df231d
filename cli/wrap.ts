/**
 * Wraps text for terminals and for `--help`. Lines break only at blanks, so a policy to copy stays whole. Color codes have no
 * width.
 */

/** Breaks text between words into lines of at most `width` columns, except for longer words. */
export function wrap(text: string, first: string, others: string, width: number): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && room(line) + 1 + room(word) > width) {
      lines.push(line);
      line = others;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/**
 * Wraps at the width of the terminal; other output stays as it is. A continuation line is indented like the text of the first
 * line.
 */
export function fitToTerminal(text: string, { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): string {
  if (!isTTY) { return text; }
  return text.split('\n').flatMap((line) => {
    const [start] = /^ *(?:\S+ {2,}(?=\S))?/.exec(line)!;
    return wrap(line.slice(start.length), start, ' '.repeat(start.trim() === '' ? start.length + 2 : room(start)), columns || 80);
  }).join('\n');
}

/** Wraps help at 80 columns, except for paragraphs with indented lines. */
export function helpText(text: string): string {
  const paragraphs = text.trim().split('\n\n').map((paragraph) => (
    /^ /m.test(paragraph) ? paragraph : wrap(paragraph.replace(/\n/g, ' '), '', '', 80).join('\n')));
  return `\n${paragraphs.join('\n\n')}`;
}

function room(text: string): number {
  return text.replace(/\u001b\[[\d;]*m/g, '').length;
}
