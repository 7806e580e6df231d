/** The values of templates: text with symbolic variables, or `Unresolved`. */
import { SymbolicString, Unresolved } from '../engine';
import type { StackTemplate } from './template-set';

/** A string as it will be deployed: with symbolic variables, or not known. */
export type Value = string | SymbolicString | Unresolved;

/** A value of a template, with the stack whose names it uses. */
export interface LocatedValue {
  readonly value: unknown;
  readonly stack: StackTemplate;
}

/** Joins values with a delimiter; the result is unresolved if one of them is. */
export function joinValues(values: readonly Value[], delimiter: string): Value {
  const known: Array<string | SymbolicString> = [];
  for (const value of values) {
    if (typeof value !== 'string' && !(value instanceof SymbolicString)) { return value; }
    known.push(...(known.length === 0 ? [value] : [delimiter, value]));
  }
  return SymbolicString.from(known);
}
