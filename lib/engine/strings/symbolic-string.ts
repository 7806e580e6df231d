/**
 * Strings with parts that are unknown at synth: literal pieces and symbolic variables. `template/` creates them from intrinsics,
 * `variables.ts` from policy variables, and all parts of the engine read them.
 *
 * Invariant: equal ids mean the same unknown string. Variables with different ids may still have equal values.
 */

/** One fixed string that is unknown until deployment (a CloudFormation intrinsic) or until the request (a policy variable). */
export interface SymbolicVariable {
  /** Identity: for an intrinsic, its stack and canonical JSON. */
  readonly id: string;
  /** The name that people know, such as `${AWS::Partition}` or `${Bucket}`. */
  readonly label: string;
  /** How prose names it, if people know it by another name than in JSON: `${Prod/Base/Bucket}`, by the path of its construct. */
  readonly nameInProse?: () => string;
  /** What is known about its value. */
  readonly kind: VariableKind;
  /** For a policy variable: the condition key (lower case) whose value it has. */
  readonly conditionKey?: string;
  /** For a policy variable: the value that it has if the request does not have the key. */
  readonly fallback?: string;
  /** If the value is literal text, even its wildcards: the id of the variable that has the same value as a pattern. That pattern matches the text. */
  readonly asPattern?: string;
  /** For a symbolic variable that is not read as a pattern: the symbolic variable that it was made from. */
  readonly origin?: SymbolicVariable;
}

/** What is known about the value of a symbolic variable. */
export interface VariableKind {
  readonly name: string;
  /** The characters a value may have, as a string of them; `undefined` is any character. */
  readonly characters?: string;
  /** The length of a value in characters. */
  readonly minLength: number;
  readonly maxLength?: number;
  /** The length that it probably has; absent if nothing can be said. It never decides what a policy allows. */
  readonly usual?: UsualLength;
  /** All values that it may have, if they are known. */
  readonly oneOf?: readonly string[];
  /** The value is the generated name of one resource: no other resource has it, and no author could have written it. */
  readonly generated: boolean;
  /** A value of this kind. In a generated name, `#` stands for a number, so that names can differ. */
  readonly example: string;
}

/** Both are between the minimum and the maximum length. */
export interface UsualLength {
  readonly expected: number;
  /** Few values are longer. */
  readonly longest: number;
}

export type StringPart = string | SymbolicVariable;

/** A string with symbolic variables in it. Literal parts are never empty and never adjacent. */
export class SymbolicString {
  /** Joins pieces into the shortest equivalent form: a plain `string` if it contains no symbolic variable. */
  public static of(...pieces: ReadonlyArray<StringPart | SymbolicString>): string | SymbolicString {
    return SymbolicString.from(pieces);
  }

  /** The same for a list. A call with a list of very many arguments overflows the stack. */
  public static from(pieces: ReadonlyArray<StringPart | SymbolicString>): string | SymbolicString {
    const parts: StringPart[] = [];
    for (const piece of pieces.flatMap((p) => (p instanceof SymbolicString ? p.parts : [p]))) {
      const last = parts.length - 1;
      if (piece === '') { continue; }
      if (typeof piece === 'string' && typeof parts[last] === 'string') {
        parts[last] += piece;
      } else {
        parts.push(piece);
      }
    }
    if (parts.length === 0) { return ''; }
    return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : new SymbolicString(parts);
  }

  private constructor(public readonly parts: readonly StringPart[]) {}

  public toString(): string {
    return this.parts.map((p) => (typeof p === 'string' ? p : p.label)).join('');
  }

  /** Makes a policy with symbolic variables readable when it is printed as JSON. */
  public toJSON(): string {
    return this.toString();
  }
}

/** The text as prose shows it. JSON that people paste has labels instead. */
export function inProse(text: string | SymbolicString): string {
  return partsOf(text).map((part) => (typeof part === 'string' ? part : proseNameOf(part))).join('');
}

export function proseNameOf({ label, nameInProse }: SymbolicVariable): string {
  return nameInProse?.() ?? label;
}

/** The parts of a plain or symbolic string. */
export function partsOf(text: string | SymbolicString): readonly StringPart[] {
  return typeof text === 'string' ? (text === '' ? [] : [text]) : text.parts;
}

/** How long a text is. The minimum and the maximum are certain, the expected length is an estimate between them. */
export interface TextLength {
  readonly min: number;
  /** `undefined`: there is no bound. */
  readonly max?: number;
  /** `undefined`: nothing can be said about some part. */
  readonly expected?: number;
}

/** The length of a text; no `max`, and no `expected`, if a symbolic variable has none. */
export function lengthOf(text: string | SymbolicString): TextLength {
  return sumOfLengths(partsOf(text).map((part) => (typeof part === 'string' ? lengthOfLiteral(part) : lengthOfKind(part.kind))));
}

/** The length of texts in a row. */
export function sumOfLengths(lengths: readonly TextLength[]): TextLength {
  const sum = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a + b);
  let total: TextLength = { min: 0, max: 0, expected: 0 };
  for (const { min, max, expected } of lengths) {
    total = { min: total.min + min, max: sum(total.max, max), expected: sum(total.expected, expected) };
  }
  return total;
}

function lengthOfLiteral({ length }: string): TextLength {
  return { min: length, max: length, expected: length };
}

function lengthOfKind({ minLength, maxLength, usual }: VariableKind): TextLength {
  return { min: minLength, max: maxLength, expected: minLength === maxLength ? minLength : usual?.expected };
}

/** Whether two texts are the same whatever the values of their symbolic variables. */
export function sameText(a: string | SymbolicString, b: string | SymbolicString): boolean {
  const [x, y] = [partsOf(a), partsOf(b)];
  const id = (part: StringPart) => (typeof part === 'string' ? part : part.id);
  return x.length === y.length && x.every((part, i) => typeof part === typeof y[i] && id(part) === id(y[i]));
}

/** Whether a value of any kind is a text. */
export function isText(value: unknown): value is string | SymbolicString {
  return typeof value === 'string' || value instanceof SymbolicString;
}

/** A key of the text. Texts with equal keys are the same for all values of their symbolic variables. */
export function textKey(text: string | SymbolicString): string {
  return JSON.stringify(typeof text === 'string' ? text : text.parts.map((part) => (typeof part === 'string' ? part : [part.id])));
}
