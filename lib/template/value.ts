import { SymbolicString, Unresolved } from '../engine';
import type { StackTemplate } from './template-set';

/** A string as it will be deployed: with symbolic variables in it, or not known at all. */
export type Value = string | SymbolicString | Unresolved;

/** A value of a template, with the stack whose names it uses. */
export interface LocatedValue {
  readonly value: unknown;
  readonly stack: StackTemplate;
}

/** An intrinsic of our own, `[stack id, value]`: a value of another stack, in what is declared beside the templates. */
export const VALUE_OF_STACK = 'Fn::ValueOfStack';
