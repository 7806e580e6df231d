import { Unknown } from '../lib/engine';
import { Value } from '../lib/template/value';

/** A value of a template, for people. */
export function shown(value: Value): string {
  return value instanceof Unknown ? `(${value.reason})` : value.toString();
}
