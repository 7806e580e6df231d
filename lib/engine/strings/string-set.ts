import { Requirement } from './automaton';
import { Budget } from './budget';
import { elementsCover } from './covers';
import { findString } from './find-string';
import { elementsMayOverlap } from './overlaps';
import { Element, literalElements } from './pattern';

/** A set of strings: those that meet all requirements. At most one of them is negated. */
export type StringSet = readonly Requirement[];

export const ANY_STRING: StringSet = [];

export function stringsMatching(patterns: ReadonlyArray<readonly Element[]>): StringSet {
  return patterns.some((p) => p.length > 0 && p.every((e) => e.type === 'many' && e.except === undefined)) ? ANY_STRING : [{ negated: false, patterns }];
}

/** What is out already does not split what is left once more; where hundreds of patterns are out, it seldom would. */
const WORTH_COMPARING = 64;

/** What is left of the set without what a pattern matches, or more; `undefined` where certainly nothing is. */
export function subtractPatterns(set: StringSet, patterns: ReadonlyArray<readonly Element[]>, budget: Budget): StringSet | undefined {
  const already = set.find((r) => r.negated)?.patterns ?? [];
  const taking = patterns.filter((p) => mayMeet(set, p, budget)
    && (already.length > WORTH_COMPARING || !already.some((q) => elementsCover(q, p, budget))));
  if (taking.length === 0) { return set; }
  const required = set.filter((r) => !r.negated);
  if (required.some((r) => r.patterns.every((q) => taking.some((p) => elementsCover(p, q, budget))))) { return undefined; }
  budget.spend(STEPS_PER_SET + already.length);
  const left = [...required, { negated: true, patterns: already.concat(taking) }];
  const member = MEMBERS.get(set);
  if (member && !taking.some((p) => elementsCover(p, member, budget))) {
    MEMBERS.set(left, member); // it is still there
    return left;
  }
  return hasMember(left, budget) ? left : undefined;
}

/**
 * A string of each set, as far as one was found. It is not a cache, as it cannot be computed again for the same price: a set that loses
 * some patterns inherits the string, and most patterns leave it there. It is beside the set because sets are plain lists to all others.
 */
const MEMBERS = new WeakMap<StringSet, readonly Element[]>();
/** What a new set costs, and each pattern that is copied into it one step more. */
const STEPS_PER_SET = 60;

function hasMember(set: StringSet, budget: Budget): boolean {
  const word = findString(set, budget);
  if (word !== undefined) { MEMBERS.set(set, literalElements(word)); }
  return word !== undefined;
}

/** What the set and the patterns have in common, or more; `undefined` where certainly nothing is. */
export function intersectPatterns(set: StringSet, patterns: ReadonlyArray<readonly Element[]>, budget: Budget): StringSet | undefined {
  if (set.some((r) => !r.negated && r.patterns.every((q) => patterns.some((p) => elementsCover(p, q, budget))))) { return set; }
  const meeting = patterns.filter((p) => mayMeet(set, p, budget));
  if (meeting.length === 0) { return undefined; }
  const common = [...stringsMatching(meeting), ...set];
  return hasMember(common, budget) ? common : undefined;
}

function mayMeet(set: StringSet, pattern: readonly Element[], budget: Budget): boolean {
  return set.every((r) => r.negated || r.patterns.some((q) => elementsMayOverlap(q, pattern, 'anything', budget)));
}
