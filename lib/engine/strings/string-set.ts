/**
 * Sets of strings: the actions, or one field of the resources, of a request set (`regions/request-set.ts`).
 *
 * Rounds up: subtraction and intersection return a superset of the exact result, and `undefined` is a proof that it is empty.
 * For speed, a set keeps a member. Most patterns that are subtracted leave that member in the set, so no new search is needed.
 */
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

/** Up to this number of forbidden patterns, patterns that they cover are dropped. With hundreds of them, a covered one is rare. */
const WORTH_COMPARING = 64;

/** A superset of the strings of the set that no pattern matches; `undefined` proves that there are none. */
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
 * A member of each set for which one was found. This is not a cache, because computing it again costs more: a set that loses some
 * strings inherits the member. It is kept beside the set because all other code treats sets as plain lists.
 */
const MEMBERS = new WeakMap<StringSet, readonly Element[]>();
/** The steps that a new set costs. Each pattern that is copied into it costs one step more. */
const STEPS_PER_SET = 60;

function hasMember(set: StringSet, budget: Budget): boolean {
  const word = findString(set, budget);
  if (word !== undefined) { MEMBERS.set(set, literalElements(word)); }
  return word !== undefined;
}

/** At least the strings of the set that one of the patterns matches; `undefined` if certainly none does. */
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
