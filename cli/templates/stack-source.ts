import * as path from 'path';
import type { ConstructMetadata } from './construct-metadata';
import type { GivenFolders } from '../files/given-folders';

/** A stack that was found, with the path of its template, which is read when it is needed and not kept. */
export interface StackSource {
  /** Unique among the stacks that are read together. */
  readonly id: string;
  readonly name?: string;
  /** The path of the template. */
  readonly path: string;
  /** The path in messages: relative to the working directory. */
  readonly file: string;
  /** What precedes the path in `file`, such as the revision that the file is of. @default - nothing */
  readonly prefix?: string;
  readonly assembly: string;
  /** Where its template, and those of its nested stacks, must be, unless the user named the template. */
  readonly given: GivenFolders;
  /** How the user named the template, if it was named: it is then read wherever it is. */
  readonly named?: {
    /** The text, if it can be read only once, because it came from a pipe. */
    readonly text?: string;
  };
  readonly account?: string;
  readonly region?: string;
  readonly parent?: { readonly stackId: string; readonly logicalId: string };
  /** For a stack of the CDK, whose id is its construct path: the data of its cloud assembly. */
  readonly constructs?: {
    /** The construct path of the stack. A stack of another app may have the same. */
    readonly path: string;
    readonly metadata: () => ConstructMetadata;
    /** The templates of nested stacks, by the hashes of their assets. */
    readonly assets: () => ReadonlyMap<string, string>;
  };
}

/** The environment of templates that do not contain theirs. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/** Returns the path in messages of a file that the template of a stack names. */
export function shownBeside({ file, prefix = '' }: Pick<StackSource, 'file' | 'prefix'>, named: string): string {
  if (path.isAbsolute(named)) { return named; }
  return `${prefix}${path.posix.join(path.posix.dirname(file.slice(prefix.length)), named.split(path.sep).join('/'))}`;
}
