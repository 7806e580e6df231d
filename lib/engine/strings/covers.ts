/**
 * Proves that one pattern matches everything that another one matches. `regions/` and `intersect/` build on it.
 *
 * Rounds down: `true` is a proof for every value of the symbolic variables and, for resources, under either reading of a `*`
 * before the resource part of an ARN. `false` means "not proven".
 * A greedy matcher with one backtrack point decides. It spends one step of the budget for eight positions that it compares.
 */
import { Budget } from './budget';
import {
  actionPattern, areEquivalent, arnFields, Element, hasCase, matchesEverything, mayHoldAny, mayHoldColon, Pattern, sameElement,
} from './pattern';

/** Whether `wide` matches every action that `narrow` matches, whatever the values of their symbolic variables. */
export function actionCovers(wide: Pattern, narrow: Pattern, budget: Budget): boolean {
  return elementsCover(wide.elements, narrow.elements, budget);
}

/** Whether an action pattern matches one action. */
export function actionMatches(pattern: string, action: string): boolean {
  return actionCovers(actionPattern(pattern), actionPattern(action), new Budget(Infinity));
}

/**
 * `actionCovers` for resources. IAM's documents disagree on whether a `*` in one of the first five fields of an ARN may run
 * across colons, so this proves containment field by field: it then holds under either reading.
 */
export function resourceCovers(wide: Pattern, narrow: Pattern, budget: Budget): boolean {
  if (matchesEverything(wide)) { return true; }
  if (areEquivalent(wide, narrow)) { return true; }
  if (wide.unclear !== undefined || narrow.unclear !== undefined) { return false; }
  const wideFields = arnFields(wide.elements);
  const narrowFields = arnFields(narrow.elements);
  return wideFields && narrowFields
    ? wideFields.every((field, i) => elementsCover(field, narrowFields[i], budget))
    : coversBehindSharedPrefix(wide.elements, narrow.elements, budget);
}

/**
 * Compares patterns whose fields are not known: IAM defines no meaning for an ARN with fewer than six fields, and the text of a symbolic
 * variable (such as an imported ARN) may contain any number of fields. Containment is still certain if both patterns have the same prefix,
 * which ends in a symbolic variable, and the rest of each stays inside one field.
 */
function coversBehindSharedPrefix(wide: readonly Element[], narrow: readonly Element[], budget: Budget): boolean {
  let shared = 0;
  while (shared < wide.length && shared < narrow.length && sameElement(wide[shared], narrow[shared])) { shared++; }
  while (shared > 0 && wide[shared - 1].type !== 'variable') { shared--; }
  const crossesFields = (e: Element) => mayHoldColon(e) || (e.type === 'char' && e.char === ':');
  const rests = [...wide.slice(shared), ...narrow.slice(shared)];
  return shared > 0 && !rests.some(crossesFields) && elementsCover(wide.slice(shared), narrow.slice(shared), budget);
}

/** The number of characters that a matcher without a table compares in about the time of one step of the budget. */
export const CHARACTERS_PER_STEP = 8;

/**
 * Containment of two glob patterns with opaque symbolic variables: `wide` is matched against the text of `narrow` taken
 * literally. A `*` or a symbolic variable of `narrow` matches only a `*` of `wide`, or the same symbolic variable.
 * Sound for every value of the symbolic variables, because containment still holds if the same symbol on both sides is replaced by any set
 * of strings (substitution).
 *
 * A greedy matcher with one backtrack point is complete for this: a later `*` never needs an earlier one to give back. (If some
 * wildcards exclude characters, it is complete only if these come first, as in ARNs.)
 */
export function elementsCover(wide: readonly Element[], narrow: readonly Element[], budget: Budget): boolean {
  let w = 0;
  let n = 0;
  let starAt = -1;
  let starTook = 0;
  let starExcept: string | undefined;
  let steps = 1;
  while (n < narrow.length) {
    steps++;
    if (w < wide.length && wide[w].type === 'many') {
      starExcept = (wide[w] as Element & { type: 'many' }).except;
      starAt = w++;
      starTook = n;
    } else if (w < wide.length && takes(wide[w], narrow[n])) {
      w++;
      n++;
    } else if (starAt >= 0 && !mayHoldAny(narrow[starTook], starExcept)) {
      w = starAt + 1;
      n = ++starTook;
    } else {
      budget.spend(Math.ceil(steps / CHARACTERS_PER_STEP));
      return false;
    }
  }
  while (w < wide.length && wide[w].type === 'many') { w++; }
  budget.spend(Math.ceil(steps / CHARACTERS_PER_STEP));
  return w === wide.length;
}

function takes(wide: Element, narrow: Element): boolean {
  if (wide.type === 'one') { return (narrow.type === 'one' || narrow.type === 'char') && !mayHoldAny(narrow, wide.except); }
  if (wide.type === 'variable') { return narrow.type === 'variable' && (wide.variable.id === narrow.variable.id || wide.variable.id === narrow.variable.asPattern); }
  if (wide.type === 'many') { return false; }
  if (narrow.type !== 'char') { return false; }
  if (wide.letterCase === 'ignored') { return wide.char.toLowerCase() === narrow.char.toLowerCase(); }
  return wide.char === narrow.char && (narrow.letterCase !== 'ignored' || !hasCase(narrow.char));
}
