import { textKey, Unresolved } from '../engine';
import { Association, narrowedRole, RoleRef } from '../template/associations';
import { keyOf } from '../template/template-set';

/** Equal keys mean the same narrowed role; `undefined` if the role is unresolved at synth. */
export function roleKey(association: Association): string | undefined {
  return keyOfRole(narrowedRole(association), association);
}

/** The same for any role of the association. */
export function keyOfRole({ defined, arn }: RoleRef, { ref }: Association): string | undefined {
  if (defined) { return keyOf(defined); }
  if (arn instanceof Unresolved) { return undefined; }
  // A text with symbolic variables may mean another role in another stage.
  return typeof arn === 'string' ? arn : JSON.stringify([ref.stack.assembly, textKey(arn)]);
}
