/**
 * Splits a stream of bytes into batches of whole lines: the first step of `compare --pairs`.
 * Invariant: no line is split between batches, and line numbers count from 1 over the whole input. A line that is too long is a
 * batch of its own, so that no input fills the memory.
 */
import { isUtf8 } from 'buffer';
import { MAX_LINE_BYTES } from './limits';
import { inMegabytes, MAX_FILE_BYTES } from '../files/limits';

/** A batch of whole lines. */
export interface Lines {
  readonly bytes: Uint8Array;
  /** The number of the first line, from 1. */
  readonly line: number;
  /** Why the line was not kept. It is then the only one, and `bytes` is empty. */
  readonly error?: string;
}

const NEWLINE = 0x0A;

/**
 * Yields the lines of a stream, in batches of those that arrive together. A line that does not end within `MAX_FILE_BYTES` is the last:
 * the input may have no end.
 */
export async function* linesOf(stream: AsyncIterable<Buffer | string>): AsyncGenerator<Lines> {
  /** The line that has begun, unless it is too long: then its bytes are dropped. */
  let rest: Buffer[] = [];
  let length = 0;
  let line = 1;
  for await (const part of stream) {
    let bytes = part as Buffer;
    if (length > MAX_LINE_BYTES) {
      const end = bytes.indexOf(NEWLINE) + 1;
      if (end === 0) {
        length += bytes.length;
        if (length <= MAX_FILE_BYTES) { continue; }
        yield { bytes: Buffer.alloc(0), line, error: `it does not end within ${inMegabytes(MAX_FILE_BYTES)}. The rest of the input is not read` };
        return;
      }
      yield tooLong(line++);
      length = 0;
      bytes = bytes.subarray(end);
    }
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      line = yield* batchesOf(Buffer.concat([...rest, bytes.subarray(0, end)]), line);
      [rest, length] = [[], 0];
    }
    rest.push(bytes.subarray(end));
    length += bytes.length - end;
    if (length > MAX_LINE_BYTES) { rest = []; }
  }
  if (length > MAX_LINE_BYTES) {
    yield tooLong(line);
  } else if (length > 0) {
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
  return { bytes: Buffer.alloc(0), line, error: `the line is longer than ${MAX_LINE_BYTES.toLocaleString('en-US')} bytes` };
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

/** Returns the indexes of the lines that are not UTF-8. */
export function notUtf8In(lines: Lines): ReadonlySet<number> {
  if (isUtf8(lines.bytes)) { return new Set(); }
  return new Set([...eachLineOf(lines)].flatMap(({ bytes }, i) => (isUtf8(bytes) ? [] : [i])));
}
