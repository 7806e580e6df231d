/**
 * Reads text and JSON that people give: files, options, declarations. The library and the command line read both here.
 * Invariant: a byte order mark is dropped. Each caller words its own errors, because its readers know other names.
 */
import * as fs from 'fs';

/** Reads the text of a file. @throws the error that `failure` returns for an error of the file system */
export function readText(file: string, failure: (error: NodeJS.ErrnoException) => Error): string {
  try {
    return withoutMark(fs.readFileSync(file, 'utf-8'));
  } catch (e) {
    throw failure(e as NodeJS.ErrnoException);
  }
}

/** Parses JSON text. @throws the error that `failure` returns for an error of the parser */
export function parseJson(text: string, failure: (error: Error) => Error): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch (e) {
    throw failure(e as Error);
  }
}

/** Drops the byte order mark that editors on Windows write. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
