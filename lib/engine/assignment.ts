import { AtomValues } from './evaluate';
import { KeyState } from './key-states';
import { Atom, partsOf, Text } from './text';

const SAMPLE_ARN = 'arn:aws:example:us-east-1:111122223333:example';

/** Gives every atom a value of its kind, and different generated names to different resources. */
export class Assignment {
  /** By label. */
  public readonly assumed = new Map<string, string>();
  public readonly context = new Map<string, string | readonly string[]>();
  private readonly values = new Map<string, string>();
  private readonly generated = new Map<string, number>();

  public readonly valueOf: AtomValues = (atom: Atom) => {
    const id = atom.asPattern ?? atom.id;
    const known = this.values.get(id);
    if (known !== undefined) { return known; }
    const count = (this.generated.get(atom.kind.example) ?? 0) + 1;
    this.generated.set(atom.kind.example, count);
    const value = atom.kind.example.replace('#', String(count));
    this.values.set(id, value);
    return value;
  };

  /** The text of an action, or of another that is no ARN, with its atoms replaced. */
  public fill(text: string | Text): string {
    return partsOf(text).map((part) => (typeof part === 'string' ? part : this.assume(part))).join('');
  }

  /** The text of a resource with its atoms replaced. */
  public fillResource(text: string | Text): string {
    const [first] = partsOf(text);
    // It begins an ARN.
    if (typeof first === 'object' && first.kind.characters === undefined && !this.values.has(first.id)) { this.values.set(first.id, SAMPLE_ARN); }
    return this.fill(text);
  }

  /** Adds the keys to `context`; those of policy variables first, because other values may be made of them. */
  public fillContext(context: ReadonlyMap<string, KeyState['value']>): void {
    for (const [key, value] of context) {
      if (typeof value === 'string') { this.context.set(key, value); }
    }
    for (const [key, value] of context) {
      if (value !== undefined && typeof value !== 'string') {
        this.context.set(key, Array.isArray(value) ? (value as ReadonlyArray<string | Text>).map((v) => this.fill(v)) : this.fill(value as Text));
      }
    }
  }

  private assume(atom: Atom): string {
    if (atom.variable !== undefined) { return this.variable(atom.variable, atom.kind.example); }
    const value = this.valueOf(atom);
    const label = (this.assumed.get(atom.label) ?? value) === value ? atom.label : `${atom.label} of another stack`;
    this.assumed.set(label, value);
    return value;
  }

  /** Policy variables take their value from `context`, which is added to. */
  private variable(key: string, example: string): string {
    const value = this.context.get(key)?.toString() ?? example;
    this.context.set(key, value);
    return value;
  }
}
