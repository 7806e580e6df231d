import { Unresolved } from '../lib/engine';
import { Value } from '../lib/template/value';

/** Prints a value of a template for people: its text, or the reason why it is unresolved. */
export function showValue(value: Value): string {
  return value instanceof Unresolved ? `(${value.reason})` : value.toString();
}
