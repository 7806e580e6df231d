/**
 * Streams what the user names, for input that arrives in parts: a regular file, or an open file that the shell passes.
 * Invariant: a path is opened as read-bytes.ts opens it. Nothing here holds more than one part, or more than `MAX_FILE_BYTES`.
 */
import * as fs from 'fs';
import * as path from 'path';
import { descriptorAt } from './descriptors';
import { reading } from './file-errors';
import { assertSize, openRegularFile } from './read-bytes';

/** In bytes. Larger parts make larger batches for the threads of `compare --pairs`. */
const PART = 1_000_000;

type Parts = AsyncIterable<Buffer | string>;

/** Streams a file. @throws Unreadable if it cannot be opened, or is not a regular file */
export function streamOf(file: string, shown = file): Parts {
  const fd = reading(shown, () => descriptorAt(path.resolve(file)) ?? openRegularFile(file, shown));
  return fs.createReadStream('', { fd, highWaterMark: PART });
}

/** Reads a stream to its end. @throws Unreadable if it is too large */
export async function concatenate(stream: Parts, shown: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    const bytes = Buffer.from(part as Buffer);
    length += bytes.length;
    assertSize(length, shown);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Converts UTF-16 with a byte order mark, as PowerShell writes it, to UTF-8. Other bytes stay as they are. */
export async function* asUtf8(stream: Parts): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | undefined;
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const part of stream) {
    let bytes = Buffer.from(part as Buffer);
    if (start) {
      bytes = Buffer.concat([start, bytes]);
      if (bytes.length < 2) {
        start = bytes;
        continue;
      }
      start = undefined;
      const encoding = ENCODINGS[bytes.readUInt16BE(0)];
      decoder = encoding === undefined ? undefined : new TextDecoder(encoding);
    }
    yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes;
  }
  if (start) { yield start; }
  if (decoder) { yield Buffer.from(decoder.decode()); }
}

/** The encoding that a byte order mark announces. */
const ENCODINGS: { readonly [mark: number]: string | undefined } = { 0xFFFE: 'utf-16le', 0xFEFF: 'utf-16be' };
