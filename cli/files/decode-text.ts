/**
 * Decodes the bytes of a file: UTF-8, or UTF-16 with the byte order mark that PowerShell and editors on Windows write.
 * Invariant: no byte is replaced without a word. Two names that differ in a byte that is not UTF-8 would otherwise become the same
 * name, and a policy could seem to narrow a role that does not have its resource.
 */
import { isUtf8 } from 'buffer';
import { positionAt } from './position';
import { Unreadable } from './unreadable';
import { decodeText } from '../../lib/util/read-json';

/** Returns the text without its byte order mark. @throws Unreadable if the bytes are not text */
export function textOfBytes(bytes: Buffer, shown: string): string {
  const text = decodeText(bytes);
  if (!isUtf16(bytes) && !isUtf8(bytes)) { throw notUtf8(bytes, shown); }
  if (isUtf16(bytes) && bytes.length % 2 === 1) { throw at(shown, text, text.length, 'it ends in the middle of a character of UTF-16'); }
  const nul = text.indexOf('\u0000');
  if (nul >= 0) { throw at(shown, text, nul, 'it is not text: it has the character U+0000. UTF-16 is read if the file begins with a byte order mark'); }
  return text;
}

function isUtf16([first, second]: Buffer): boolean {
  return (first === 0xFF && second === 0xFE) || (first === 0xFE && second === 0xFF);
}

function notUtf8(bytes: Buffer, shown: string): Unreadable {
  const text = bytes.toString('utf-8');
  const written = Buffer.from(text);
  let first = 0;
  while (bytes[first] === written[first]) { first++; }
  const before = bytes.subarray(0, first).toString('utf-8');
  const byte = bytes[first];
  return at(shown, before, before.length, byte === undefined
    ? 'it ends in the middle of a character of UTF-8'
    : `it is not UTF-8 from the byte 0x${byte.toString(16).toUpperCase()} on. Save the file as UTF-8`);
}

function at(shown: string, text: string, offset: number, reason: string): Unreadable {
  const { line, column } = positionAt(text, offset);
  return new Unreadable(shown, reason, line, column);
}
