import { Budget } from '../engine/budget';
import { actionCovers, resourceCovers } from '../engine/covers';
import { actionPattern, Pattern, resourcePattern } from '../engine/pattern';

/** The entries of a list of actions or resources that no other entry takes in. Entries with intrinsics all stay. */
export function withoutCovered(list: readonly unknown[], element: 'Action' | 'Resource'): unknown[] {
  const budget = new Budget(Infinity); // the lists of one session policy
  const parse = (text: string): Pattern => (element === 'Action' ? actionPattern(text) : resourcePattern(text, true));
  const covers = element === 'Action' ? actionCovers : resourceCovers;
  // Apart from names that differ in case only, nothing without a wildcard takes in anything else.
  const isWide = (item: unknown) => typeof item === 'string' && /[*?]/.test(item);
  const compared = list.length > 1 && list.some(isWide);
  const entries = list.map((item) => ({ item, pattern: compared && typeof item === 'string' ? parse(item) : undefined }));
  const wide = compared ? entries.filter(({ item }) => isWide(item)) : [];
  const seen = new Set<unknown>();
  return entries.filter((entry) => {
    if (typeof entry.item !== 'string') { return true; }
    const name = element === 'Action' ? entry.item.toLowerCase() : entry.item;
    if (seen.has(name)) { return false; }
    seen.add(name);
    return !wide.some((other) => other !== entry && covers(other.pattern!, entry.pattern!, budget)
      // of two that take each other in, the first stays
      && !(covers(entry.pattern!, other.pattern!, budget) && entries.indexOf(entry) < entries.indexOf(other)));
  }).map(({ item }) => item);
}
