/**
 * Splits a stream of bytes into batches of whole lines: the first step of `compare --pairs`.
 * Invariant: no line is split between batches, and line numbers count from 1 over the whole input.
 */

/** A batch of whole lines. */
export interface Lines {
  readonly bytes: Uint8Array;
  /** The number of the first line, from 1. */
  readonly line: number;
}

const NEWLINE = 0x0A;

/** Yields the lines of a stream, as many at a time as arrive together. */
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

/**
 * Decodes the lines, without their line ends. Only the first line of the input may start with a byte order mark, which is
 * dropped.
 */
export function textsOf({ bytes, line }: Lines): string[] {
  const lines = new TextDecoder('utf-8', { ignoreBOM: line > 1 }).decode(bytes).split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) { count++; }
  return count;
}
