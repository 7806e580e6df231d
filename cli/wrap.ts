/** Breaks between words. What has no blank, such as a policy to copy, stays whole. Colours take no room. */
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

/** Lines as wide as a terminal, where there is one. What goes on in another line is indented like the text of the first. */
export function fitToTerminal(text: string, { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): string {
  if (!isTTY) { return text; }
  return text.split('\n').flatMap((line) => {
    const [start] = /^ *(?:\S+ {2,}(?=\S))?/.exec(line)!;
    return wrap(line.slice(start.length), start, ' '.repeat(start.trim() === '' ? start.length + 2 : room(start)), columns || 80);
  }).join('\n');
}

/** Help in 80 columns, but for paragraphs with lines that are indented. */
export function helpText(text: string): string {
  const paragraphs = text.trim().split('\n\n').map((paragraph) => (
    /^ /m.test(paragraph) ? paragraph : wrap(paragraph.replace(/\n/g, ' '), '', '', 80).join('\n')));
  return `\n${paragraphs.join('\n\n')}`;
}

function room(text: string): number {
  return text.replace(/\u001b\[[\d;]*m/g, '').length;
}
