import { Budget } from '../engine/budget';
import { actionCovers, resourceCovers } from '../engine/covers';
import { actionPattern, Pattern, resourcePattern } from '../engine/pattern';

/** The entries of a list of actions or resources that no other entry takes in. Entries with intrinsics all stay. */
export function withoutCovered(list: readonly unknown[], element: 'Action' | 'Resource'): unknown[] {
  const budget = new Budget(Infinity); // the lists of one session policy
  const parse = (text: string): Pattern => (element === 'Action' ? actionPattern(text) : resourcePattern(text, true));
  const covers = element === 'Action' ? actionCovers : resourceCovers;
  const entries = list.map((item) => ({ item, pattern: typeof item === 'string' ? parse(item) : undefined }));
  // Apart from names that differ in case only, nothing without a wildcard takes in anything else.
  const wide = entries.filter(({ item }) => typeof item === 'string' && /[*?]/.test(item));
  const seen = new Set<unknown>();
  return entries.filter((entry) => {
    if (!entry.pattern) { return true; }
    const name = element === 'Action' ? String(entry.item).toLowerCase() : entry.item;
    if (seen.has(name)) { return false; }
    seen.add(name);
    return !wide.some((other) => other !== entry && covers(other.pattern!, entry.pattern!, budget)
      // of two that take each other in, the first stays
      && !(covers(entry.pattern!, other.pattern!, budget) && entries.indexOf(entry) < entries.indexOf(other)));
  }).map(({ item }) => item);
}
