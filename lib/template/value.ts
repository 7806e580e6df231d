import { SymbolicString, Unresolved } from '../engine';
import type { StackTemplate, TemplateSet } from './template-set';

/** A string as it will be deployed: with symbolic variables in it, or not known at all. */
export type Value = string | SymbolicString | Unresolved;

/** A value of a template, with the stack whose names it uses. */
export interface LocatedValue {
  readonly value: unknown;
  readonly stack: StackTemplate;
}

/** Evaluates a value that is a string. */
export type ReadText = (value: unknown, stack: StackTemplate, templates: TemplateSet) => Value;

/** An intrinsic of our own, `[stack id, value]`: a value of another stack, in what is declared beside the templates. */
export const VALUE_OF_STACK = 'Fn::ValueOfStack';
