import { byCode } from './by-code';

/** The locale is fixed, so the order does not depend on the machine. */
const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Compares names as people do: `api-2` comes before `api-10`. Names that the locale treats as equal are compared by code units. */
export function byNaturalOrder(a: string, b: string): number {
  return COLLATOR.compare(a, b) || byCode(a, b);
}
