/** Whole lines that came together. */
export interface Lines {
  readonly bytes: Uint8Array;
  /** The number of the first, from 1. */
  readonly line: number;
}

const NEWLINE = 0x0A;

/** The lines of a stream: as many at a time as come together. */
export async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Lines> {
  let rest: Buffer[] = [];
  let line = 1;
  for await (const part of stream) {
    const bytes = part as Buffer;
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      rest.push(bytes);
      continue;
    }
    const lines = Buffer.concat([...rest, bytes.subarray(0, end)]);
    rest = [bytes.subarray(end)];
    yield { bytes: lines, line };
    line += countOf(lines);
  }
  const last = Buffer.concat(rest);
  if (last.length > 0) { yield { bytes: last, line }; }
}

/** Each as text, without its end. Only the first of all may start with a byte order mark that is none of its text. */
export function textsOf({ bytes, line }: Lines): string[] {
  const lines = new TextDecoder('utf-8', { ignoreBOM: line > 1 }).decode(bytes).split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) { count++; }
  return count;
}
