/**
 * A cache from the text of a policy to its parsed value, for `compare --pairs`, where the same policies come again and again.
 * Invariant: bounded by the number of characters; the oldest entries are dropped first. A long text is also found by comparison
 * at its position, which is faster than to delimit it and to look it up.
 */
import { MAX_CACHED_CHARACTERS } from './limits';

export class TextCache<T> {
  private readonly values = new Map<string, T>();
  private readonly long: string[] = [];
  private characters = 0;

  public constructor(private readonly read: (text: string) => T, private readonly most = MAX_CACHED_CHARACTERS) {}

  public of(text: string): T {
    const known = this.values.get(text);
    if (known !== undefined) { return known; }
    const value = this.read(text);
    const key = Buffer.from(text, 'utf16le').toString('utf16le'); // copies: a substring keeps its whole line in memory
    this.characters += key.length;
    this.values.set(key, value);
    if (key.length >= LONG) { this.long.unshift(key); }
    this.long.length = Math.min(this.long.length, LONG_KEPT);
    for (const oldest of this.values.keys()) {
      if (this.characters <= this.most || oldest === key) { break; }
      this.values.delete(oldest);
      this.characters -= oldest.length;
    }
    return value;
  }

  /**
   * Returns a recently used long text that stands at the position. This is safe: JSON text of an object, a list or a string is
   * complete, whatever follows.
   */
  public textAt(text: string, at: number): string | undefined {
    return this.long.find((known) => text.slice(at, at + known.length) === known);
  }
}

/** Minimum length of a long text, in characters. */
const LONG = 4096;
const LONG_KEPT = 16;
