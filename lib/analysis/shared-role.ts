import { textKey, Unresolved } from '../engine';
import { Association, narrowedRole } from '../template/associations';
import { keyOf } from '../template/template-set';

/** Equal keys mean the same narrowed role; `undefined` if the role is unresolved at synth. */
export function roleKey(association: Association): string | undefined {
  const { defined, arn } = narrowedRole(association);
  if (defined) { return keyOf(defined); }
  if (arn instanceof Unresolved) { return undefined; }
  // A text with symbolic variables may mean another role in another stage.
  return typeof arn === 'string' ? arn : JSON.stringify([association.ref.stack.assembly, textKey(arn)]);
}
