import { Unresolved } from '../lib/engine';
import { Value } from '../lib/template/value';

/** A value of a template, for people. */
export function showValue(value: Value): string {
  return value instanceof Unresolved ? `(${value.reason})` : value.toString();
}
