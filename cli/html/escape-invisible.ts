/**
 * Makes invisible characters visible before text is shown on the page. They can hide text or change its order: with U+202E, the
 * name of a program looks like that of a picture. page.tsx applies it to the whole report.
 * Invariant: objects that are shared in the data stay shared, which keeps rows of the same role cheap.
 */
import { memoize } from '../../lib/util/memo';

/**
 * Characters that are invisible or change the order of other text.
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udfff]/gu;

/** Returns the same data with visible text. */
export function escapeInvisible<T>(data: T): T {
  const copyOf = memoize((value: object): unknown => (
    Array.isArray(value) ? value.map(copy) : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]))));
  const copy = (value: unknown): unknown => {
    if (typeof value === 'string') { return escapeInvisibleText(value); }
    return typeof value !== 'object' || value === null ? value : copyOf(value);
  };
  return copy(data) as T;
}

function escapeInvisibleText(text: string): string {
  return text.replace(UNSEEN, (character) => `\u27e8U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}\u27e9`);
}
