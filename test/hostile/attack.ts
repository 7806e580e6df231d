/** Hostile input for one run of the command line, and what came of it. */

/** A file of the folder that the command runs in: its bytes, or something that is not a regular file. */
export type HostileFile =
  | string
  | Buffer
  | { readonly link: string }
  | { readonly fifo: true }
  | { readonly folder: true };

export interface Attack {
  /** What is attacked with what: failures are listed by it. */
  readonly kind: string;
  readonly files: { readonly [name: string]: HostileFile };
  readonly args: readonly string[];
  readonly input?: Buffer;
  /** Where standard output goes. A pipe if there is nothing here. */
  readonly output?: 'full disk' | 'closed pipe';
  /** The format of standard output. */
  readonly format: 'text' | 'json' | 'json lines' | 'sarif' | 'junit' | 'html';
  /** How many hostile things it has: files, lines, names, answers. */
  readonly count: number;
  /** A text of a finding that stands beside the hostile input, so it must be in the output. */
  readonly planted?: string;
  /** Whether the command fails on a finding. */
  readonly failsOnFindings: boolean;
  /** Starts what answers in place of AWS. Its address takes the place of `URL` in the arguments. */
  readonly serve?: () => Promise<{ readonly url: string; readonly stop: () => Promise<void> }>;
}

export interface Outcome {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly milliseconds: number;
}
