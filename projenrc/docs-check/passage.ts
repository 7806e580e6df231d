/** A piece of text that people read: a paragraph, a heading, a cell of a table, a comment, a message, the title of a test. */
export interface Passage {
  readonly file: string;
  /** The line of the file on which the text begins, from 1. */
  readonly line: number;
  readonly kind: PassageKind;
  /** As it is read. A line break is one of the file; inline code and values are `CODE`. */
  readonly text: string;
}

/** A `public docstring` is one that users of the library see; a `summary` of it ends with its first sentence. */
export type PassageKind = 'markdown' | 'code' | 'comment' | 'docstring' | 'public docstring' | 'message' | 'title';

/** What stands in a passage for inline code and for a value of a message. */
export const CODE = '`…`';

export interface Sentence {
  readonly text: string;
  /** The line of the file on which the sentence begins. */
  readonly line: number;
}

/** Returns the sentences of a passage, without the blanks before each. A comment whose first word is small is one. */
export function sentencesOf({ text, line }: Pick<Passage, 'text' | 'line'>): Sentence[] {
  const ends = [...text.matchAll(/[.!?:]["')*]*\s+(?=["'(*`]*[\p{Lu}`])|\n[ \t]*\n/gu)].map((match) => match.index + match[0].length);
  return [0, ...ends].flatMap((start, index) => {
    const part = text.slice(start, ends[index]);
    const sentence = part.trimStart();
    return sentence === '' ? [] : [{ text: sentence, line: line + linesBefore(text, start + part.length - sentence.length) }];
  });
}

/** Returns the number of line breaks before an index. */
export function linesBefore(text: string, index: number): number {
  return text.slice(0, index).split('\n').length - 1;
}
