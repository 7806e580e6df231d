import { Budget } from './budget';
import { Element, literalElements, Pattern } from './pattern';
import { SymbolicString, SymbolicVariable } from './symbolic-string';

/**
 * How to read the generated names of resources when two patterns are compared.
 * - `anything`: they may have any value. What is disjoint then is disjoint for certain: for proofs.
 * - `distinct`: two resources of one app have different names, and none has a name that somebody wrote down. This is
 *   the one assumption that refutations make.
 */
export type GeneratedNames = 'anything' | 'distinct';

/**
 * Whether some string may match both patterns for some value of their symbolic variables. `false` is a proof that none does;
 * where IAM's reading is unclear, the answer is `true`.
 */
export function mayOverlap(a: Pattern, b: Pattern, names: GeneratedNames, budget: Budget): boolean {
  if (a.unclear !== undefined || b.unclear !== undefined) { return true; }
  return elementsMayOverlap(a.elements, b.elements, names, budget);
}

/** Whether two names may be the same, if no generated name equals one that was written down. Wildcards in them are literal. */
export function mayBeEqual(a: string | SymbolicString, b: string | SymbolicString): boolean {
  return elementsMayOverlap(literalElements(a), literalElements(b), 'distinct', new Budget(Infinity));
}

/** What it costs to make a table, in fields of it. A pair of patterns costs the same where it need not be made. */
const STEPS_PER_TABLE = 10;

/** A reachability search over pairs of positions in the two lists of steps. */
export function elementsMayOverlap(a: readonly Element[], b: readonly Element[], names: GeneratedNames, budget: Budget): boolean {
  budget.spend(1);
  const prefix = sharedLiteralPrefix(a, b);
  if (prefix === undefined || endsApart(a, b)) { return false; }
  if (isRestOpen(a, prefix) || isRestOpen(b, prefix)) { return true; }
  budget.spend(STEPS_PER_TABLE + (a.length - prefix + 1) * (b.length - prefix + 1));
  if (areJoined(a, b, prefix) || areJoined(b, a, prefix)) { return true; }
  const left = stepsOf(a, prefix, names);
  const right = stepsOf(b, prefix, names);
  const width = right.length + 1;
  const reached = new Uint8Array((left.length + 1) * width);
  const reach = (i: number, j: number) => { reached[i * width + j] = 1; };
  reach(0, 0);
  for (let i = 0; i <= left.length; i++) {
    for (let j = 0; j < width; j++) {
      if (!reached[i * width + j]) { continue; }
      const x = left[i];
      const y = right[j];
      // A repeating step may take nothing more.
      if (x?.repeats) { reach(i + 1, j); }
      if (y?.repeats) { reach(i, j + 1); }
      if (!x || !y) { continue; }
      if (x.name !== undefined && x.name === y.name) { reach(i + NAME_STEPS, j + NAME_STEPS); }
      // Both sides take one common character; a repeating step may stay where it is.
      if (shareCharacter(x, y)) { reach(x.repeats ? i : i + 1, y.repeats ? j : j + 1); }
    }
  }
  return reached[reached.length - 1] === 1;
}

/** Whether all that is left is a `*`, which takes whatever the other has. */
function isRestOpen(elements: readonly Element[], from: number): boolean {
  return from === elements.length - 1 && isOpen(elements[from]);
}

/** Whether `a` goes on with a `*` and `b` ends with one: what `b` matches, and what `a` matches behind it, is matched by both. */
function areJoined(a: readonly Element[], b: readonly Element[], from: number): boolean {
  return isOpen(a[from]) && isOpen(b[b.length - 1]);
}

function isOpen(element: Element | undefined): boolean {
  return element?.type === 'many' && element.except === undefined;
}

/** How many literal characters both begin with; `undefined` where they begin with different ones. Most pairs end here. */
function sharedLiteralPrefix(a: readonly Element[], b: readonly Element[]): number | undefined {
  for (let i = 0; ; i++) {
    const x = a[i];
    const y = b[i];
    if (x?.type !== 'char' || y?.type !== 'char') { return i; }
    if (!mayBeSame(x, y)) { return undefined; }
  }
}

/** Whether both end with literal characters that differ. */
function endsApart(a: readonly Element[], b: readonly Element[]): boolean {
  for (let i = 1; ; i++) {
    const x = a[a.length - i];
    const y = b[b.length - i];
    if (x?.type !== 'char' || y?.type !== 'char') { return false; }
    if (!mayBeSame(x, y)) { return true; }
  }
}

type Character = Element & { type: 'char' };

function mayBeSame(x: Character, y: Character): boolean {
  if (x.char === y.char) { return true; }
  const fold = x.letterCase !== 'significant' || y.letterCase !== 'significant';
  return fold && x.char.toLowerCase() === y.char.toLowerCase();
}

function charStep(element: Character): Step {
  return { repeats: false, characters: element.char, anyCase: element.letterCase !== 'significant' };
}

/** What one step may take: one, or any number, of the characters (`undefined`: any character). */
interface Step {
  readonly repeats: boolean;
  readonly characters?: string;
  readonly anyCase?: boolean;
  /** Characters that it does not take. */
  readonly except?: string;
  /** Takes only what the other side leaves open: a wildcard, or a symbolic variable of unknown text. */
  readonly needsWildcard?: boolean;
  /** The other side leaves this step open. */
  readonly wildcard?: boolean;
  /** Here begins a generated name, which is `NAME_STEPS` steps long. */
  readonly name?: string;
}

const NAME_STEPS = 3;

function stepsOf(elements: readonly Element[], from: number, names: GeneratedNames): Step[] {
  const steps: Step[] = [];
  for (let i = from; i < elements.length; i++) {
    const element = elements[i];
    switch (element.type) {
      case 'one': steps.push({ repeats: false, wildcard: true, except: element.except }); break;
      case 'many': steps.push({ repeats: true, wildcard: true, except: element.except }); break;
      case 'char': steps.push(charStep(element)); break;
      case 'variable': steps.push(...variableSteps(element.variable, names));
    }
  }
  return steps;
}

function variableSteps(variable: SymbolicVariable, names: GeneratedNames): Step[] {
  const { characters, generated } = variable.kind;
  if (names === 'anything' || !generated) { return [{ repeats: true, characters, wildcard: true }]; }
  // A generated name equals itself, or what a wildcard stands for; never a text that is written out, nor another
  // generated name. A part of it may be written out (`mystack-*`), so one character at least must meet a wildcard.
  return [
    { repeats: true, characters, name: variable.id },
    { repeats: false, characters, needsWildcard: true },
    { repeats: true, characters },
  ];
}

function shareCharacter(a: Step, b: Step): boolean {
  if ((a.needsWildcard && !b.wildcard) || (b.needsWildcard && !a.wildcard)) { return false; }
  if (isOutside(a, b) || isOutside(b, a)) { return false; }
  if (a.characters === undefined || b.characters === undefined || a.characters === b.characters) { return true; }
  const fold = a.anyCase || b.anyCase;
  const one = fold ? a.characters.toLowerCase() : a.characters;
  const other = fold ? b.characters.toLowerCase() : b.characters;
  return one.length <= other.length ? [...one].some((c) => other.includes(c)) : [...other].some((c) => one.includes(c));
}

function isOutside({ characters }: Step, { except }: Step): boolean {
  return except !== undefined && characters !== undefined && [...characters].every((c) => except.includes(c));
}
