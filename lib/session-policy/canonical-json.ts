/** JSON with the keys of objects sorted: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) { return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`; }
  if (typeof value !== 'object' || value === null || 'toJSON' in value) { return JSON.stringify(value); } // what is unresolved has a toJSON
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record).filter((key) => record[key] !== undefined).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`).join(',')}}`;
}
