import type { StackSource } from './stack-source';
import { readInside, readNamedFile } from '../files/read-file';

/** Returns the text of a stack's template. @throws Unreadable */
export function textOfStack({ path, file, given, named }: StackSource): string {
  return named ? named.text ?? readNamedFile(path, file).text : readInside(given, path, file);
}
