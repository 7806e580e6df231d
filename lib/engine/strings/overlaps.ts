/**
 * Tells whether two patterns may match the same string. All parts of the engine that need disjoint patterns ask it.
 *
 * Rounds up: `false` is a proof that the patterns are disjoint. With `distinct` names, the proof assumes that generated names
 * differ from each other and from every written name. `true` proves nothing.
 * For speed, literal characters at both ends settle most pairs. The others need a table of positions. A pair that is settled by
 * its wildcards alone costs the same number of steps as its table, so a budget reaches equally far with this shortcut and without it.
 */
import { Budget } from './budget';
import { Element, literalElements, Pattern, wildcardElements } from './pattern';
import { SymbolicString, SymbolicVariable } from './symbolic-string';

/**
 * How to read the generated names of resources when two patterns are compared.
 * - `anything`: they may have any value. Patterns that are disjoint under this reading are certainly disjoint. Proofs use it.
 * - `distinct`: two resources of one app have different names, and none has a name that somebody wrote down. This is
 *   the only assumption that refutations make.
 */
export type GeneratedNames = 'anything' | 'distinct';

/** Whether some string may match both patterns for some value of their symbolic variables; `true` if IAM's reading is unclear. */
export function mayOverlap(a: Pattern, b: Pattern, names: GeneratedNames, budget: Budget): boolean {
  if (a.unclear !== undefined || b.unclear !== undefined) { return true; }
  return elementsMayOverlap(a.elements, b.elements, names, budget);
}

/** Whether two names may be the same, if no generated name equals one that was written down. Wildcards in them are literal. */
export function mayBeEqual(a: string | SymbolicString, b: string | SymbolicString): boolean {
  return elementsMayOverlap(literalElements(a), literalElements(b), 'distinct', new Budget(Infinity));
}

/** Maximum number of positions of a pattern and a text that are compared; longer ones may match. Policies have far fewer characters. */
const MAX_POSITIONS = 4_000_000;

/** Whether a text may match a pattern with `*` and `?`, if no generated name equals one that was written down. */
export function mayMatch(pattern: string | SymbolicString, text: string | SymbolicString): boolean {
  const [elements, literals] = [wildcardElements(pattern), literalElements(text)];
  return elements.length * literals.length > MAX_POSITIONS || elementsMayOverlap(elements, literals, 'distinct', new Budget(Infinity));
}

/** The steps that it costs to allocate a table, beyond one for each field. */
const STEPS_PER_TABLE = 10;

/** Searches for the end of both lists of steps, by the pairs of positions that are reachable. */
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
      // A repeating step may match nothing more.
      if (x?.repeats) { reach(i + 1, j); }
      if (y?.repeats) { reach(i, j + 1); }
      if (!x || !y) { continue; }
      if (x.name !== undefined && x.name === y.name) { reach(i + NAME_STEPS, j + NAME_STEPS); }
      // Both sides match one common character; a repeating step may stay where it is.
      if (shareCharacter(x, y)) { reach(x.repeats ? i : i + 1, y.repeats ? j : j + 1); }
    }
  }
  return reached[reached.length - 1] === 1;
}

/** Whether the rest is one `*`, which matches whatever the other pattern has. */
function isRestOpen(elements: readonly Element[], from: number): boolean {
  return from === elements.length - 1 && isOpen(elements[from]);
}

/** Whether `a` goes on with a `*` and `b` ends with one: then both match the text of `b` followed by the rest of `a`. */
function areJoined(a: readonly Element[], b: readonly Element[], from: number): boolean {
  return isOpen(a[from]) && isOpen(b[b.length - 1]);
}

function isOpen(element: Element | undefined): boolean {
  return element?.type === 'many' && element.except === undefined;
}

/** The number of literal characters that both begin with; `undefined` if they begin with different ones. Most pairs end here. */
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

/** One step matches one, or any number, of the characters (`undefined`: any character). */
interface Step {
  readonly repeats: boolean;
  readonly characters?: string;
  readonly anyCase?: boolean;
  /** Characters that it does not match. */
  readonly except?: string;
  /** Matches only a `wildcard` step of the other side. */
  readonly needsWildcard?: boolean;
  /** It stands for a wildcard, or for a symbolic variable that is not read as a generated name. */
  readonly wildcard?: boolean;
  /** A generated name begins here. It is `NAME_STEPS` steps long. */
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
  // A generated name equals itself, or matches a wildcard. It never equals a text that is written out, or another
  // generated name. A part of it may be written out (`mystack-*`), so at least one character must match a wildcard.
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
