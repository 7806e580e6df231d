/**
 * Replaces control characters before text goes to a terminal. Other people write the templates and the names in an account; their
 * text must not move the cursor or change colors.
 */

/** Returns the text as one line without control characters. */
export function replaceControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => (character === '\n' || character === '\t' ? ' ' : '\uFFFD'));
}

/** Replaces the control characters in every string of a JSON value. */
export function replaceAllControls<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) => (typeof member === 'string' ? replaceControls(member) : member));
}
