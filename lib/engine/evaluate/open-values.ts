/**
 * Matches strings whose symbolic variables are left open. `evaluate.ts` matches them here if a request or a policy has open values.
 *
 * In such a string, each symbolic variable is a mark and two letters that identify it. The marks are noncharacters of Unicode, so no
 * policy contains them. Invariant: `yes` and `no` hold for every value of the variables; anything else is `unclear`.
 */
import { Match } from './match';
import { partsOf, SymbolicString, SymbolicVariable } from '../strings/symbolic-string';

/** The marks of any text, and of a name, which has no colon, slash or wildcard. */
const [ANY, NAME] = ['\uFDD4', '\uFDD5'];
const MARKED = /[\uFDD4\uFDD5]/;
const MARKS = /[\uFDD4\uFDD5]../g;
/** Letters that have no case. */
const [FIRST, COUNT] = [0x4E00, 20_000];

/** Leaves the values of symbolic variables open, except for values that `knownOf` returns. */
export class OpenValues {
  private readonly marks = new Map<string, string>();
  private readonly labels = new Map<string, string>();

  public constructor(private readonly knownOf: (variable: SymbolicVariable) => string | undefined = () => undefined) {}

  public readonly valueOf = (variable: SymbolicVariable): string => {
    const { id, asPattern = id, label, kind: { characters } } = variable;
    const known = this.knownOf(variable) ?? this.marks.get(asPattern);
    if (known !== undefined) { return known; }
    const { size } = this.marks;
    const letters = String.fromCharCode(FIRST + Math.floor(size / COUNT), FIRST + size % COUNT);
    const mark = `${characters === undefined || /[:/*?]/.test(characters) ? ANY : NAME}${letters}`;
    this.marks.set(asPattern, mark);
    this.labels.set(mark, label);
    return mark;
  };

  public textOf(text: string | SymbolicString): string {
    return partsOf(text).map((part) => (typeof part === 'string' ? part : this.valueOf(part))).join('');
  }

  /** The labels of the open values in a text. */
  public labelsIn(text: string): string[] {
    return [...new Set(text.match(MARKS) ?? [])].map((mark) => this.labels.get(mark)!);
  }

  /** The text with labels in place of marks. */
  public shown(text: string): string {
    return text.replace(MARKS, (mark) => this.labels.get(mark)!);
  }
}

export function isOpen(...texts: readonly string[]): boolean {
  return texts.some((text) => MARKED.test(text));
}

/** Whether a pattern with `*` and `?` matches a text. `literal` returns what a character of the pattern stands for. */
export function openGlobMatches(pattern: string, text: string, literal: (character: string) => string): Match {
  const [glob, elements] = [elementsOf(pattern, literal), elementsOf(text)];
  return matchOf(certainly(glob, elements), () => mayMeet(glob, elements));
}

/** Whether two texts without wildcards are equal. */
export function openEquals(a: string, b: string): Match {
  return matchOf(a === b, () => mayMeet(elementsOf(a, String, false), elementsOf(b)));
}

/** Whether an open value may contain colons, and so change the fields of an ARN. */
export function mayHaveColons(text: string): boolean {
  return text.includes(ANY);
}

function matchOf(certain: boolean, possible: () => boolean): Match {
  if (certain) { return 'yes'; }
  return possible() ? 'unclear' : 'no';
}

interface Element {
  readonly kind: 'run' | 'one' | 'literal' | 'any' | 'name';
  /** The character, or the mark and letters of the symbolic variable. */
  readonly text: string;
}

/** @param literal for a pattern; a text has no wildcards */
function elementsOf(text: string, literal?: (character: string) => string, wildcards = literal !== undefined): Element[] {
  const characters = Array.from(text);
  const elements: Element[] = [];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i];
    if (character === ANY || character === NAME) {
      elements.push({ kind: character === ANY ? 'any' : 'name', text: character + characters[++i] + characters[++i] });
    } else if (wildcards && (character === '*' || character === '?')) {
      elements.push({ kind: character === '*' ? 'run' : 'one', text: character });
    } else {
      elements.push({ kind: 'literal', text: literal ? literal(character) : character });
    }
  }
  return elements;
}

/** Whether the glob matches for all values: `*` matches anything, `?` one literal, any other element itself. */
function certainly(glob: readonly Element[], text: readonly Element[]): boolean {
  let [g, t, star, taken] = [0, 0, -1, 0];
  while (t < text.length) {
    const [one, other] = [glob[g], text[t]];
    if (one?.kind === 'run') {
      [star, taken] = [g++, t];
    } else if (one && (one.kind === 'one' ? other.kind === 'literal' : one.kind === other.kind && one.text === other.text)) {
      g++;
      t++;
    } else if (star >= 0) {
      [g, t] = [star + 1, ++taken];
    } else {
      return false;
    }
  }
  while (glob[g]?.kind === 'run') { g++; }
  return g === glob.length;
}

/** Whether they may match for some values. Treats occurrences of the same symbolic variable as independent. */
function mayMeet(a: readonly Element[], b: readonly Element[]): boolean {
  // meets[j]: whether the current suffix of `a` may match the suffix of `b` from j.
  let meets = endsIn(b);
  for (let i = a.length - 1; i >= 0; i--) {
    const next = meets;
    const one = a[i];
    meets = [];
    for (let j = b.length; j >= 0; j--) {
      const other = b[j] as Element | undefined;
      meets[j] = (isRun(one) && (next[j] || (other !== undefined && takes(one, other) && meets[j + 1])))
        || (other !== undefined && isRun(other) && (meets[j + 1] || (takes(other, one) && next[j])))
        || (other !== undefined && !isRun(one) && !isRun(other) && isSame(one, other) && next[j + 1]);
    }
  }
  return meets[0];
}

/** For each suffix of a text, whether it may be empty. */
function endsIn(text: readonly Element[]): boolean[] {
  const ends = [...text.map(() => false), true];
  for (let i = text.length - 1; i >= 0 && isRun(text[i]); i--) { ends[i] = true; }
  return ends;
}

function isRun({ kind }: Element): boolean {
  return kind === 'run' || kind === 'any' || kind === 'name';
}

function takes(run: Element, element: Element): boolean {
  return run.kind !== 'name' || element.kind !== 'literal' || !/[:/]/.test(element.text);
}

function isSame(a: Element, b: Element): boolean {
  return a.kind === 'one' || b.kind === 'one' || a.text === b.text;
}
