/**
 * Creates symbolic variables for values that are unresolved at synth.
 * Invariant: equal ids mean equal values. So an id contains everything that the value depends on, such as the stack.
 */
import { labelOf } from './intrinsic';
import { SymbolicString, SymbolicVariable, VariableKind } from '../../engine';
import { StackTemplate } from '../template-set';
import { ANY_TEXT } from '../value-kinds';

export function symbolicString(id: string, label: string, kind: VariableKind): SymbolicString {
  return SymbolicString.of({ id, label, kind } as SymbolicVariable) as SymbolicString;
}

/** A value of which only the kind is known. It is the same for each occurrence of the intrinsic in the stack. */
export function opaqueString(intrinsic: unknown, stack: StackTemplate, kind: VariableKind = ANY_TEXT): SymbolicString {
  return symbolicString(`${stack.id} ${JSON.stringify(intrinsic)}`, labelOf(intrinsic), kind);
}
