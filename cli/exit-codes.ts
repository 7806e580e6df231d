/** What the command exits with; `--help` says so. */
export const EXIT = {
  /** Nothing was found, or nothing that counts. */
  clean: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Bad usage, or input that could not be read. */
  unusable: 2,
} as const;

/** Input that people can mend: it is said without a stack trace. */
export class UsageError extends Error {}
