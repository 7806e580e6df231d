/**
 * Drops the entries of a list of actions or resources that another entry covers, for `minimize.ts`.
 *
 * Invariant: the list matches the same strings as before. An entry with an intrinsic stays.
 */
import { actionCovers, actionPattern, Budget, Pattern, resourceCovers, resourcePattern } from '../engine';

type Element = 'Action' | 'Resource';

/** The entries of a list of actions or resources that no other entry takes in. Entries with intrinsics all stay. */
export function dropCovered(list: unknown[], element: Element): unknown[] {
  if (list.length < 2) { return list; }
  const different = element === 'Action' ? dropRepeated(list) : list;
  // Nothing without a wildcard takes in anything else.
  return different.some(isWide) ? dropTakenIn(different, element) : different;
}

/** Names of actions that differ in case only are the same. */
function dropRepeated(actions: unknown[]): unknown[] {
  const seen = new Set<unknown>();
  return actions.filter((action) => {
    const name = typeof action === 'string' ? action.toLowerCase() : action;
    const repeated = seen.has(name);
    seen.add(name);
    return !repeated;
  });
}

function dropTakenIn(list: readonly unknown[], element: Element): unknown[] {
  const budget = new Budget(Infinity); // the lists of one session policy
  const parse = (text: string): Pattern => (element === 'Action' ? actionPattern(text) : resourcePattern(text, true));
  const covers = element === 'Action' ? actionCovers : resourceCovers;
  const entries = list.map((item) => ({ item, pattern: typeof item === 'string' ? parse(item) : undefined }));
  const wide = entries.filter(({ item }) => isWide(item));
  return entries.filter(({ pattern }, index) => !pattern || !wide.some((other) => other.pattern !== pattern
    && covers(other.pattern!, pattern, budget)
    // of two that take each other in, the first stays
    && !(covers(pattern, other.pattern!, budget) && index < entries.indexOf(other)))).map(({ item }) => item);
}

function isWide(item: unknown): boolean {
  return typeof item === 'string' && /[*?]/.test(item);
}
