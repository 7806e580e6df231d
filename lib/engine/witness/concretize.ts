/**
 * Gives the symbolic variables of a candidate request concrete values, so that it can be evaluated and shown.
 *
 * Invariant: within one request, a variable has the same value everywhere, and generated names whose example has a number differ.
 * Each value that the request itself contains is recorded under its name in prose, so a message can say what it assumes.
 */
import { VariableValues } from '../evaluate/evaluate';
import { KeyState } from '../regions/key-states';
import { partsOf, proseNameOf, SymbolicString, SymbolicVariable } from '../strings/symbolic-string';

const SAMPLE_ARN = 'arn:aws:example:us-east-1:111122223333:example';

/** Gives every symbolic variable a value of its kind, and different generated names to different resources. */
export class Concretizer {
  /** The values of symbolic variables in the request, by their names in prose. */
  public readonly assumed = new Map<string, string>();
  public readonly context = new Map<string, string | readonly string[]>();
  private readonly values = new Map<string, string>();
  private readonly generated = new Map<string, number>();

  public readonly valueOf: VariableValues = (variable: SymbolicVariable) => {
    const id = variable.asPattern ?? variable.id;
    const known = this.values.get(id);
    if (known !== undefined) { return known; }
    const count = (this.generated.get(variable.kind.example) ?? 0) + 1;
    this.generated.set(variable.kind.example, count);
    const value = variable.kind.example.replace('#', String(count));
    this.values.set(id, value);
    return value;
  };

  /** Replaces the symbolic variables of an action, or of another text that is not an ARN. */
  public fill(text: string | SymbolicString): string {
    return partsOf(text).map((part) => (typeof part === 'string' ? part : this.assume(part))).join('');
  }

  /** Replaces the symbolic variables of a resource. */
  public fillResource(text: string | SymbolicString): string {
    const [first] = partsOf(text);
    // A variable of unknown text at the start is the ARN of something.
    if (typeof first === 'object' && first.kind.characters === undefined && !this.values.has(first.id)) { this.values.set(first.id, SAMPLE_ARN); }
    return this.fill(text);
  }

  /** Adds the keys to `context`. Literal values come first, because policy variables in other values refer to them. */
  public fillContext(context: ReadonlyMap<string, KeyState['value']>): void {
    for (const [key, value] of context) {
      if (typeof value === 'string') { this.context.set(key, value); }
    }
    for (const [key, value] of context) {
      if (value !== undefined && typeof value !== 'string') {
        const values = Array.isArray(value) ? value as ReadonlyArray<string | SymbolicString> : undefined;
        this.context.set(key, values ? values.map((v) => this.fill(v)) : this.fill(value as SymbolicString));
      }
    }
  }

  private assume(variable: SymbolicVariable): string {
    if (variable.conditionKey !== undefined) { return this.variable(variable.conditionKey, variable.kind.example); }
    const value = this.valueOf(variable);
    const name = proseNameOf(variable);
    const label = (this.assumed.get(name) ?? value) === value ? name : `${name} of another stack`;
    this.assumed.set(label, value);
    return value;
  }

  /** The value of a policy variable: the one in `context`, or an example that is added to `context`. */
  private variable(key: string, example: string): string {
    const value = this.context.get(key)?.toString() ?? example;
    this.context.set(key, value);
    return value;
  }
}
