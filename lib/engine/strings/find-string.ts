/**
 * Finds a string that matches some patterns and none of others. `string-set.ts` asks whether a set has a member;
 * `regions/find-value.ts` and `witness/` ask for the text of requests.
 *
 * Rounds up: `undefined` is a proof that no such string exists, whatever the values of the symbolic variables. A string is only a
 * candidate: with symbolic variables, it may fail one of several requirements. Callers check it.
 * For speed, pairwise comparisons and a few samples come first. They settle most questions without an automaton.
 */
import { Automaton, FILLERS, Requirement } from './automaton';
import { Budget } from './budget';
import { elementsCover } from './covers';
import { elementsMayOverlap } from './overlaps';
import { characterElement, Element, literalElements, literalText, mayHoldAny } from './pattern';
import { SymbolicString } from './symbolic-string';

type Elements = readonly Element[];

/**
 * A string that meets all requirements; `undefined` proves that none does.
 *
 * Symbolic variables are letters of their own. This is exact for one required pattern against forbidden ones: replacing a letter
 * by a value keeps containment. It does not keep intersections. So each requirement that has symbolic variables is searched
 * alone, and the string may fail the others.
 */
export function findString(requirements: readonly Requirement[], budget: Budget): string | SymbolicString | undefined {
  const required = requirements.filter((r) => !r.negated);
  const symbolic = required.filter((r) => r.patterns.some(hasVariable));
  if (symbolic.length === 0) { return search(requirements, budget); }
  const rest = requirements.filter((r) => !symbolic.includes(r));
  let word = required.length > symbolic.length ? search(rest, budget) : '';
  if (word === undefined) { return undefined; }
  const forbidden = requirements.filter((r) => r.negated);
  for (const base of symbolic) {
    const others = required.filter((r) => r !== base);
    word = firstResult(base.patterns, (pattern) => (others.every((o) => o.patterns.some((p) => elementsMayOverlap(pattern, p, 'anything', budget)))
      ? search([{ negated: false, patterns: [pattern] }, ...forbidden], budget)
      : undefined));
    if (word === undefined) { return undefined; }
  }
  return word;
}

/** Whether a text certainly meets all requirements. Wildcards in the text are literal. */
export function isMetBy(requirements: readonly Requirement[], text: Elements, budget: Budget): boolean {
  return requirements.every((r) => (r.negated
    ? !r.patterns.some((p) => elementsMayOverlap(p, text, 'distinct', budget))
    : r.patterns.some((p) => elementsCover(p, text, budget))));
}

/** Answers most questions without an automaton. */
function search(requirements: readonly Requirement[], budget: Budget): string | SymbolicString | undefined {
  const required = requirements.filter((r) => !r.negated);
  const finite = required.find((r) => r.patterns.every(isSingleString));
  if (finite) {
    const others = requirements.filter((r) => r !== finite);
    const word = finite.patterns.find((p) => others.every((r) => r.patterns.some((q) => elementsCover(q, p, budget)) !== r.negated));
    return word && literalText(word);
  }
  const forbidden = requirements.filter((r) => r.negated).flatMap((r) => r.patterns)
    .filter((p) => required.every((r) => r.patterns.some((q) => elementsMayOverlap(p, q, 'anything', budget))));
  if (required.some((r) => r.patterns.every((q) => forbidden.some((p) => elementsCover(p, q, budget))))) { return undefined; }
  if (required.length === 1 && forbidden.length === 0) { return shortestString(required[0].patterns); }
  if (required.length === 0 && forbidden.length === 0) { return ''; }
  const all = [...required, { negated: true, patterns: forbidden }];
  // Most questions that have an answer have an easy one.
  for (const pattern of required.length > 0 ? required[0].patterns : [ANYTHING]) {
    for (const sample of SAMPLES) {
      const word = fillWildcards(sample, pattern);
      if (all.every((r) => r.patterns.some((p) => elementsCover(p, word, budget)) !== r.negated)) { return literalText(word); }
    }
  }
  return new Automaton(all, budget).shortestString();
}

const SAMPLES = ['', 'x', 'example', 'q7', '111122223333'].map(literalElements);
const ANYTHING: Elements = [{ type: 'many' }];

/** Replaces each `*` by the sample, if it may hold that, and each `?` by a character. Letters keep the case in which they are written. */
export function fillWildcards(sample: Elements, pattern: Elements): Elements {
  const filled: Element[] = [];
  for (const e of pattern) {
    if (e.type === 'one') {
      filled.push(characterElement(FILLERS.find((c) => !e.except?.includes(c))!));
    } else if (e.type !== 'many') {
      filled.push(e.type === 'char' && e.letterCase === 'ignored' ? characterElement(e.char) : e);
    } else if (!sample.some((s) => mayHoldAny(s, e.except))) {
      filled.push(...sample);
    }
  }
  return filled;
}

function hasVariable(pattern: Elements): boolean {
  return pattern.some((e) => e.type === 'variable');
}

/** Whether the pattern matches one string only. */
function isSingleString(pattern: Elements): boolean {
  return pattern.every((e) => e.type === 'variable' || (e.type === 'char' && e.letterCase !== 'ignored'));
}

/** The shortest of the strings that the patterns match. */
function shortestString(patterns: readonly Elements[]): string | SymbolicString | undefined {
  if (patterns.length === 0) { return undefined; }
  const filled = patterns.map((pattern) => fillWildcards([], pattern));
  return literalText(filled.reduce((a, b) => (b.length < a.length ? b : a)));
}

function firstResult<T, R>(list: readonly T[], of: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const result = of(item);
    if (result !== undefined) { return result; }
  }
  return undefined;
}
