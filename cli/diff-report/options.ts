/** The choices of the command, apart from the writers, so that `--help` stays fast. */
export const DIFF_FORMATS = ['text', 'json', 'markdown', 'sarif', 'html'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

export const FAIL_ON = ['broadening', 'change', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];
