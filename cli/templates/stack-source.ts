import type { ConstructMetadata } from './construct-metadata';

/** A stack to be checked. Its template is read when it is needed, and not kept. */
export interface StackSource {
  /** Unique among the stacks that are read together. */
  readonly id: string;
  readonly name?: string;
  /** Where the template is. */
  readonly path: string;
  /** The same for people: as seen from the working directory. */
  readonly file: string;
  readonly assembly: string;
  readonly account?: string;
  readonly region?: string;
  readonly parent?: { readonly stackId: string; readonly logicalId: string };
  /** What is known beside the template of a stack of the CDK, whose id is its construct path. */
  readonly constructs?: {
    /** The construct path of the stack; another app may have a stack with the same. */
    readonly path: string;
    readonly metadata: () => ConstructMetadata;
    /** Templates of nested stacks by the hashes of their assets. */
    readonly assets: () => ReadonlyMap<string, string>;
  };
}

/** Where templates that do not say it are deployed. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}
