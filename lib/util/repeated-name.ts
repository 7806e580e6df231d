/**
 * Finds a name that an object of JSON text contains twice. `JSON.parse` keeps the last value without a word, and other readers
 * keep the first or reject the text. Everything that reads JSON that people wrote asks here, after the text was parsed.
 *
 * Invariant: names are compared as `JSON.parse` reads them, escapes included. The text must be valid JSON.
 * For speed, it is one loop without recursion: templates have megabytes, and any depth.
 */
import { endOfString, JsonPosition, positionOf } from './json-position';

/** A name that stands twice in one object, with the position of the second occurrence. */
export interface RepeatedName extends JsonPosition {
  readonly name: string;
  /** The object, such as `Statement[0]`; empty for the outermost value. */
  readonly path: string;
}

/** An object or a list that is open at a position of the text. */
interface Open {
  /** The names of an object so far; `undefined` for a list. */
  readonly names?: Set<string>;
  /** The member that is being read: its name, or its index. */
  member: string | number;
}

/** Returns the first name that is repeated in valid JSON text. */
export function repeatedNameIn(text: string): RepeatedName | undefined {
  const open: Open[] = [];
  let isName = false;
  for (let at = 0; at < text.length; at++) {
    const inner = open[open.length - 1];
    switch (text[at]) {
      case '{':
        open.push({ names: new Set(), member: '' });
        isName = true;
        break;
      case '[':
        open.push({ member: 0 });
        isName = false;
        break;
      case '}': case ']':
        open.pop();
        isName = false;
        break;
      case ',':
        isName = inner.names !== undefined;
        if (typeof inner.member === 'number') { inner.member++; }
        break;
      case '"': {
        const end = endOfString(text, at);
        if (isName) {
          const written = text.slice(at + 1, end);
          const name = written.includes('\\') ? JSON.parse(`"${written}"`) as string : written;
          if (inner.names!.has(name)) { return { name, path: pathOf(open.slice(0, -1)), ...positionOf(text, at) }; }
          inner.names!.add(name);
          inner.member = name;
          isName = false;
        }
        at = end;
        break;
      }
    }
  }
  return undefined;
}

/** Such as `"Effect" is repeated in Statement[0]`, and why that matters. */
export function describeRepeatedName({ name, path }: RepeatedName): string {
  return `${JSON.stringify(name)} is repeated${path === '' ? '' : ` in ${path}`}: readers of JSON keep one of the two values and drop the other`;
}

function pathOf(open: readonly Open[]): string {
  return open.map(({ member }, i) => (typeof member === 'number' ? `[${member}]` : `${i === 0 ? '' : '.'}${member}`)).join('');
}
