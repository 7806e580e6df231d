import { isRecord } from './records';

/**
 * Whether `test` holds of a value, or of one anywhere inside of it. The name is that of the member of an object, and undefined for
 * other values. Each object is visited once, because the aliases of YAML can give a small text more places than can be counted.
 */
export function someMember(value: unknown, test: (value: unknown, name?: string) => boolean): boolean {
  const seen = new Set<object>();
  const waiting: Array<readonly [unknown, string?]> = [[value]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [one, name] = next;
    if (test(one, name)) { return true; }
    if (typeof one !== 'object' || one === null || seen.has(one)) { continue; }
    seen.add(one);
    if (Array.isArray(one)) { one.forEach((item) => waiting.push([item])); }
    if (isRecord(one)) { Object.entries(one).forEach(([key, member]) => waiting.push([member, key])); }
  }
  return false;
}
