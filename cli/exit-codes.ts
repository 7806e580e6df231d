import { oneLine } from './visible';

/** The exit codes of the command, as `--help` describes them. */
export const EXIT = {
  /** Success: no finding counts. */
  clean: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Bad usage, or input that could not be read. */
  unusable: 2,
} as const;

/** An error in the usage or the input, which the user can fix. The command prints its message without a stack trace. */
export class UsageError extends Error {
  /** @param lines may name files and values of the input; each becomes one line of the message */
  public constructor(...lines: readonly string[]) {
    super(lines.map(oneLine).join('\n'));
  }
}
