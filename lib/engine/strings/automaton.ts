/**
 * Searches for a string that matches some patterns and none of others. `find-string.ts` asks it last, after its cheaper ways.
 *
 * A state is the set of positions that a word may have reached in all patterns. A symbolic variable is a letter of its own.
 * Invariant: over these letters the search is exact. `undefined` means that no word meets all requirements.
 * For speed, a state is a list of 32-bit sets, and only states that a word reaches are built. There may be exponentially many of
 * them, so each transition spends steps in proportion to the size of its state.
 */
/* eslint-disable no-bitwise -- a state is a bit set: the fastest that JavaScript has */
import { Budget } from './budget';
import { Element, mayHoldAny } from './pattern';
import { StringPart, SymbolicString, SymbolicVariable } from './symbolic-string';

/** Requires that a string matches one of the patterns or (`negated`) none of them. */
export interface Requirement {
  readonly negated: boolean;
  readonly patterns: ReadonlyArray<readonly Element[]>;
}

/** A letter of a word: a character, or a symbolic variable. */
type Letter = string | SymbolicVariable;

/** A set of positions, one bit for each. */
type State = readonly number[];

const BITS = 32;

/** The characters of made-up text, unless the patterns use all of them. */
export const FILLERS = [...'xeaioubcdfghjklmnpqrstvwyz0123456789'];

/** The steps that a position of a state costs, and the number of positions that a state itself costs. */
const STEPS_PER_POSITION = 8;
const STEPS_PER_STATE = 4;

/** The first character that is tried when the patterns use all of `FILLERS`. */
const UNUSUAL = 0x3400;

/**
 * Tests all requirements together: a state contains the positions that the word so far may have reached in each pattern. Builds
 * only states that some word reaches, and tries only letters that the positions of a state can tell apart.
 */
export class Automaton {
  private readonly elements: Array<Element | undefined> = []; // `undefined` is the end of a pattern
  private readonly requirementAt: number[] = [];
  private readonly start: number[];

  public constructor(private readonly requirements: readonly Requirement[], private readonly budget: Budget) {
    const starts: number[] = [];
    requirements.forEach((requirement, index) => {
      for (const pattern of requirement.patterns) {
        starts.push(this.elements.length);
        for (const element of [...pattern, undefined]) {
          this.elements.push(element);
          this.requirementAt.push(index);
        }
      }
    });
    this.start = this.emptyState();
    for (const position of starts) { this.enter(this.start, position); }
  }

  /** One of the shortest words that meet all requirements; `undefined` if none does. */
  public shortestString(): string | SymbolicString | undefined {
    if (this.isDead(this.start)) { return undefined; }
    const seen = new Set([key(this.start)]);
    let reached: Array<{ readonly state: State; readonly word: Word | undefined }> = [{ state: this.start, word: undefined }];
    while (reached.length > 0) {
      const accepted = reached.find(({ state }) => this.accepts(state));
      if (accepted) { return textOf(accepted.word); }
      const next: typeof reached = [];
      for (const { state, word } of reached) {
        for (const letter of this.lettersAt(state)) {
          const after = this.after(state, letter);
          if (this.isDead(after) || seen.has(key(after))) { continue; }
          seen.add(key(after));
          next.push({ state: after, word: { before: word, letter } });
        }
      }
      reached = next;
    }
    return undefined;
  }

  private emptyState(): number[] {
    return new Array(Math.ceil(this.elements.length / BITS)).fill(0);
  }

  /** Adds a position, and the positions behind it that a `*` reaches by matching nothing. */
  private enter(state: number[], position: number): void {
    for (let p = position; ; p++) {
      state[p >>> 5] |= 1 << (p & 31);
      if (this.elements[p]?.type !== 'many') { return; }
    }
  }

  private* positions(state: State): Generator<number> {
    for (let word = 0; word < state.length; word++) {
      for (let bits = state[word]; bits !== 0; bits &= bits - 1) {
        yield word * BITS + (31 - Math.clz32(bits & -bits));
      }
    }
  }

  private after(state: State, letter: Letter): State {
    const next = this.emptyState();
    let steps = STEPS_PER_STATE;
    for (const position of this.positions(state)) {
      steps++;
      const element = this.elements[position];
      if (element && takes(element, letter)) { this.enter(next, element.type === 'many' ? position : position + 1); }
    }
    this.budget.spend(steps * STEPS_PER_POSITION);
    return next;
  }

  private accepts(state: State): boolean {
    const matched = new Set<number>();
    for (const position of this.positions(state)) {
      if (this.elements[position] === undefined) { matched.add(this.requirementAt[position]); }
    }
    return this.requirements.every(({ negated }, index) => matched.has(index) !== negated);
  }

  /** Whether no continuation meets all requirements: a required one has no position left, or a negated one matches any continuation. */
  private isDead(state: State): boolean {
    const alive = new Set<number>();
    for (const position of this.positions(state)) {
      const requirement = this.requirementAt[position];
      const element = this.elements[position];
      if (this.requirements[requirement].negated) {
        if (element?.type === 'many' && element.except === undefined && this.elements[position + 1] === undefined) { return true; }
      }
      alive.add(requirement);
    }
    return this.requirements.some(({ negated }, index) => !negated && !alive.has(index));
  }

  /** One letter of each class that the positions of the state can tell apart. */
  private lettersAt(state: State): Letter[] {
    const chars = new Set<string>();
    const variables = new Map<string, SymbolicVariable>();
    for (const position of this.positions(state)) {
      const element = this.elements[position];
      if (element?.type === 'char') {
        for (const char of element.letterCase === 'ignored' ? [element.char.toLowerCase(), element.char.toUpperCase()] : [element.char]) { chars.add(char); }
      } else if (element?.type === 'variable') {
        if (!this.requirements[this.requirementAt[position]].negated) { variables.set(element.variable.id, element.variable); }
      } else {
        for (const char of element?.except ?? '') { chars.add(char); }
      }
    }
    this.budget.spend(chars.size + 1);
    return [otherThan(chars), ...chars, ...variables.values()];
  }
}

/** The letters of a word, the last one first. */
interface Word {
  readonly before: Word | undefined;
  readonly letter: Letter;
}

function textOf(word: Word | undefined): string | SymbolicString {
  const letters: StringPart[] = [];
  for (let at = word; at; at = at.before) { letters.push(at.letter); }
  return SymbolicString.from(letters.reverse());
}

function key(state: State): string {
  return state.join();
}

function takes(element: Element, letter: Letter): boolean {
  if (typeof letter === 'object') {
    if (element.type === 'variable') { return element.variable.id === letter.id || element.variable.id === letter.asPattern; }
    return element.type === 'many' && !mayHoldAny({ type: 'variable', variable: letter }, element.except);
  }
  if (element.type === 'char') {
    return element.letterCase === 'ignored' ? element.char.toLowerCase() === letter.toLowerCase() : element.char === letter;
  }
  return element.type !== 'variable' && !element.except?.includes(letter);
}

function otherThan(chars: ReadonlySet<string>): string {
  const filler = FILLERS.find((c) => !chars.has(c));
  if (filler) { return filler; }
  let code = UNUSUAL;
  while (chars.has(String.fromCodePoint(code))) { code++; }
  return String.fromCodePoint(code);
}
