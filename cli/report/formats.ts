/** The formats of findings. commands/format.ts chooses the writer. */
export const FORMATS = ['text', 'json', 'sarif', 'junit', 'html'] as const;
export type Format = (typeof FORMATS)[number];
