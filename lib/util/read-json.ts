/**
 * Reads text and JSON that people give: files, options, declarations. The library and the command line read both here.
 * Invariant: a byte order mark is dropped, UTF-16 is read as such, and a name that an object contains twice is an error. Each
 * caller words its own errors, because its readers know other names.
 */
import * as fs from 'fs';
import { describeRepeatedName, repeatedNameIn } from './repeated-name';

/** Reads the text of a file. @throws the error that `failure` returns for an error of the file system */
export function readText(file: string, failure: (error: NodeJS.ErrnoException) => Error): string {
  try {
    return decodeText(fs.readFileSync(file));
  } catch (e) {
    throw failure(e as NodeJS.ErrnoException);
  }
}

/** Parses JSON text. @throws the error that `failure` returns for an error of the parser */
export function parseJson(text: string, failure: (error: Error) => Error): unknown {
  const json = withoutMark(text);
  try {
    const value: unknown = JSON.parse(json);
    const repeated = repeatedNameIn(json);
    if (repeated) { throw new SyntaxError(`${describeRepeatedName(repeated)} (line ${repeated.line}, column ${repeated.column})`); }
    return value;
  } catch (e) {
    throw failure(e as Error);
  }
}

/**
 * Decodes UTF-8, or UTF-16 with the byte order mark that PowerShell and editors on Windows write. The mark is dropped.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
 */
export function decodeText(bytes: Buffer): string {
  const whole = bytes.subarray(0, bytes.length - bytes.length % 2);
  if (bytes[0] === 0xFF && bytes[1] === 0xFE) { return withoutMark(whole.toString('utf16le')); }
  if (bytes[0] === 0xFE && bytes[1] === 0xFF) { return withoutMark(Buffer.from(whole).swap16().toString('utf16le')); }
  return withoutMark(bytes.toString('utf-8'));
}

/** Drops the byte order mark that editors on Windows write. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
