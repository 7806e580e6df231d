/** One line, without what moves the cursor: templates, and names in an account, are written by others. */
export function replaceControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => (character === '\n' || character === '\t' ? ' ' : '\uFFFD'));
}

/** The same with every text in it. */
export function replaceAllControls<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) => (typeof member === 'string' ? replaceControls(member) : member));
}
