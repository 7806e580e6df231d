/** JSON with the keys of objects sorted: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') { return JSON.stringify(value); }
  return JSON.stringify(value, (_key, v) => (typeof v === 'object' && v !== null && !Array.isArray(v)
    ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
    : v));
}
