import { Json, lengthOf, SymbolicString, Unresolved } from '../engine';

/** JSON of the fewest characters that are certain: deploy-time values are as short as they can be, and what could not be read is empty. */
export function shortestJson(value: Json): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, written: unknown) {
    const raw = this[key]; // before its toJSON
    if (raw instanceof Unresolved) { return ''; }
    return raw instanceof SymbolicString ? 'x'.repeat(lengthOf(raw).min) : written;
  });
}
