/**
 * Creates symbolic variables for values that are unresolved at synth.
 * Invariant: equal ids mean equal values. So an id contains everything that the value depends on, such as the stack.
 */
import { getAttParts, intrinsicOf, labelOf } from './intrinsic';
import { SymbolicString, SymbolicVariable, VariableKind } from '../../engine';
import { memberOf } from '../../util/records';
import { StackTemplate } from '../template-set';
import { ANY_TEXT } from '../value-kinds';

export function symbolicString(id: string, label: string, kind: VariableKind, nameInProse?: () => string): SymbolicString {
  return SymbolicString.of({ id, label, kind, ...nameInProse && { nameInProse } } satisfies SymbolicVariable) as SymbolicString;
}

/** The label of something of a resource, with the path of the construct in place of the logical id. */
export function labelByPath(stack: StackTemplate, logicalId: string, rest = '', behind = ''): () => string {
  return () => `\${${stack.pathOf(logicalId)}${rest}}${behind}`;
}

/** A value of which only the kind is known. It is the same for each occurrence of the intrinsic in the stack. */
export function opaqueString(intrinsic: unknown, stack: StackTemplate, kind: VariableKind = ANY_TEXT): SymbolicString {
  return symbolicString(`${stack.id} ${JSON.stringify(intrinsic)}`, labelOf(intrinsic), kind, pathLabelOf(intrinsic, stack));
}

/** `undefined` if the intrinsic is not a `Ref` or `Fn::GetAtt` of a resource. */
function pathLabelOf(intrinsic: unknown, stack: StackTemplate): (() => string) | undefined {
  const { name, argument } = intrinsicOf(intrinsic)!;
  const [logicalId, attribute] = name === 'Fn::GetAtt' ? getAttParts(argument) : [name === 'Ref' ? argument : undefined];
  if (typeof logicalId !== 'string' || memberOf(stack.template.Resources, logicalId) === undefined) { return undefined; }
  return labelByPath(stack, logicalId, attribute === undefined ? '' : `.${attribute}`);
}
