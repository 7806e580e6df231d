/**
 * A string of a template: literal pieces and atoms.
 *
 * An atom stands for one fixed string that is unknown until deployment (a CloudFormation intrinsic) or until the
 * request (a policy variable). Two atoms are the same unknown string exactly when their ids are equal.
 */
export interface Atom {
  /** Identity: for an intrinsic, its stack and canonical JSON. */
  readonly id: string;
  /** How people know it, such as `${AWS::Partition}` or `${Bucket}`. */
  readonly label: string;
  /** What is known about its value. */
  readonly kind: AtomKind;
  /** For a policy variable: the condition key (lower case) whose value it takes. */
  readonly variable?: string;
  /** For an atom whose value is taken as text, its wildcards literal: the id that it has as a pattern, which matches that text. */
  readonly asPattern?: string;
  /** For an atom whose value is taken otherwise than as a pattern: the atom as it was. */
  readonly origin?: Atom;
}

/** What is known about the value of an atom. */
export interface AtomKind {
  readonly name: string;
  /** The characters a value may have, as a string of them; `undefined` is any character. */
  readonly characters?: string;
  /** The length of a value in characters. */
  readonly minLength: number;
  readonly maxLength?: number;
  /** All values that it may have, where they are known. */
  readonly oneOf?: readonly string[];
  /** The value is the generated name of one resource: no other resource has it, and no author could have written it. */
  readonly generated: boolean;
  /** A value of this kind. In a generated name, `#` stands for a number, so that names can differ. */
  readonly example: string;
}

export type TextPart = string | Atom;

/** A string with atoms in it. Literal parts are never empty and never adjacent. */
export class Text {
  /** Joins pieces into the shortest equivalent form: a plain `string` where no atom is left. */
  public static of(...pieces: ReadonlyArray<TextPart | Text>): string | Text {
    const parts: TextPart[] = [];
    for (const piece of pieces.flatMap((p) => (p instanceof Text ? p.parts : [p]))) {
      const last = parts.length - 1;
      if (piece === '') { continue; }
      if (typeof piece === 'string' && typeof parts[last] === 'string') {
        parts[last] += piece;
      } else {
        parts.push(piece);
      }
    }
    if (parts.length === 0) { return ''; }
    return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : new Text(parts);
  }

  private constructor(public readonly parts: readonly TextPart[]) {}

  public toString(): string {
    return this.parts.map((p) => (typeof p === 'string' ? p : p.label)).join('');
  }

  /** So that a policy with atoms reads well wherever it is printed as JSON. */
  public toJSON(): string {
    return this.toString();
  }
}

/** The parts of a plain or symbolic string. */
export function partsOf(text: string | Text): readonly TextPart[] {
  return typeof text === 'string' ? (text === '' ? [] : [text]) : text.parts;
}

/** The least and the most characters that a text can have; no `max` where an atom has none. */
export function lengthOf(text: string | Text): { readonly min: number; readonly max?: number } {
  let min = 0;
  let max: number | undefined = 0;
  for (const part of partsOf(text)) {
    const most: number | undefined = typeof part === 'string' ? part.length : part.kind.maxLength;
    min += typeof part === 'string' ? part.length : part.kind.minLength;
    max = max === undefined || most === undefined ? undefined : max + most;
  }
  return { min, max };
}

/** Whether two texts are the same whatever the values of their atoms. */
export function sameText(a: string | Text, b: string | Text): boolean {
  const [x, y] = [partsOf(a), partsOf(b)];
  const id = (part: TextPart) => (typeof part === 'string' ? part : part.id);
  return x.length === y.length && x.every((part, i) => typeof part === typeof y[i] && id(part) === id(y[i]));
}

/** Equal keys: the same text whatever the values of its atoms. */
export function textKey(text: string | Text): string {
  return JSON.stringify(typeof text === 'string' ? text : text.parts.map((part) => (typeof part === 'string' ? part : [part.id])));
}
