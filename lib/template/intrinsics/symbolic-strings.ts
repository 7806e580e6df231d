/**
 * Symbolic variables for what is unresolved at synth. Invariant: equal ids, equal values; so an id names all that the
 * value depends on, such as the stack.
 */
import { labelOf } from './intrinsic';
import { SymbolicString, SymbolicVariable, VariableKind } from '../../engine';
import { StackTemplate } from '../template-set';
import { ANY_TEXT } from '../value-kinds';

export function symbolicString(id: string, label: string, kind: VariableKind): SymbolicString {
  return SymbolicString.of({ id, label, kind } as SymbolicVariable) as SymbolicString;
}

/** A value of which nothing is known, but which is the same wherever this intrinsic stands in this stack. */
export function opaqueString(intrinsic: unknown, stack: StackTemplate, kind: VariableKind = ANY_TEXT): SymbolicString {
  return symbolicString(`${stack.id} ${JSON.stringify(intrinsic)}`, labelOf(intrinsic), kind);
}
