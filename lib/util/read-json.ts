import * as fs from 'fs';

/** Reading text and JSON that people give. The callers word the errors, each for its own readers. */

/** The text of a file. @throws the error that `failure` returns for one of the file system */
export function readText(file: string, failure: (error: NodeJS.ErrnoException) => Error): string {
  try {
    return withoutMark(fs.readFileSync(file, 'utf-8'));
  } catch (e) {
    throw failure(e as NodeJS.ErrnoException);
  }
}

/** The value of JSON text. @throws the error that `failure` returns for one of the parser */
export function parseJson(text: string, failure: (error: Error) => Error): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch (e) {
    throw failure(e as Error);
  }
}

/** Editors of Windows write a byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
