/** Groups items by their keys, in the order of the items. Drops items without a key. */
export function groupBy<T, Key = string>(items: Iterable<T>, keyOf: (item: T) => Key | undefined): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) { continue; }
    const group = groups.get(key);
    if (group) { group.push(item); } else { groups.set(key, [item]); }
  }
  return groups;
}
