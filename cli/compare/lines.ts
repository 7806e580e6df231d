/**
 * Splits a stream of bytes into batches of whole lines: the first step of `compare --pairs`.
 * Invariant: no line is split between batches, and line numbers count from 1 over the whole input. A line that is too long is a
 * batch of its own, so that no input fills the memory.
 */
import { MAX_LINE_BYTES } from './limits';

/** A batch of whole lines. */
export interface Lines {
  readonly bytes: Uint8Array;
  /** The number of the first line, from 1. */
  readonly line: number;
  /** The batch stands for one line that is longer than MAX_LINE_BYTES, and has no bytes. */
  readonly isTooLong?: true;
}

const NEWLINE = 0x0A;

/** Yields the lines of a stream, as many at a time as arrive together. */
export async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Lines> {
  let rest: Buffer[] = [];
  let line = 1;
  let isTooLong = false; // the line that has begun; its bytes are dropped
  const keep = (bytes: Buffer) => {
    rest.push(bytes);
    isTooLong ||= rest.reduce((sum, { length }) => sum + length, 0) > MAX_LINE_BYTES;
    if (isTooLong) { rest = []; }
  };
  for await (const part of stream) {
    let bytes = part as Buffer;
    if (isTooLong) {
      const end = bytes.indexOf(NEWLINE) + 1;
      if (end === 0) { continue; }
      yield tooLong(line++);
      isTooLong = false;
      bytes = bytes.subarray(end);
    }
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const lines = Buffer.concat([...rest, bytes.subarray(0, end)]);
      rest = [];
      line = yield* batchesOf(lines, line);
    }
    keep(bytes.subarray(end));
  }
  if (isTooLong) {
    yield tooLong(line);
  } else if (rest.some(({ length }) => length > 0)) {
    yield { bytes: Buffer.concat(rest), line };
  }
}

/** Yields the lines before and after each line that is too long as a batch. Returns the number of the line that follows. */
function* batchesOf(bytes: Buffer, firstLine: number): Generator<Lines, number> {
  let [line, start] = [firstLine, 0];
  let batch = { line, start };
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    if (end - start > MAX_LINE_BYTES) {
      if (start > batch.start) { yield { bytes: bytes.subarray(batch.start, start), line: batch.line }; }
      yield tooLong(line);
      batch = { line: line + 1, start: end + 1 };
    }
    [line, start] = [line + 1, end + 1];
  }
  if (start > batch.start) { yield { bytes: bytes.subarray(batch.start, start), line: batch.line }; }
  return line;
}

function tooLong(line: number): Lines {
  return { bytes: Buffer.alloc(0), line, isTooLong: true };
}

/** Yields each line of a batch as a batch of its own. */
export function* eachLineOf({ bytes, line: firstLine }: Lines): Generator<Lines> {
  for (let [line, start] = [firstLine, 0]; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    yield { bytes: bytes.subarray(start, end), line };
    start = end;
  }
}

/**
 * Decodes the lines, without their line ends. Only the first line of the input may start with a byte order mark, which is
 * dropped.
 */
export function textsOf({ bytes, line }: Lines): string[] {
  const lines = new TextDecoder('utf-8', { ignoreBOM: line > 1 }).decode(bytes).split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
