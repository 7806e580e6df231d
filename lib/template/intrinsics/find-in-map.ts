/** `Fn::FindInMap`: compares a key that is a deploy-time value with each name of the map, so each name may be a case. */
import { IntrinsicFunction } from './intrinsic-function';
import { SymbolicString, Unresolved } from '../../engine';
import { isRecord, memberOf } from '../../util/records';
import { Assumptions } from '../assumptions';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html */
export const FIND_IN_MAP: IntrinsicFunction = {
  follow: (argument, stack, values) => {
    if (!Array.isArray(argument)) { return undefined; }
    const [mapName, ...keys] = argument.slice(0, 3).map((part) => values.textOf(part, stack));
    let at: unknown = typeof mapName === 'string' ? memberOf(stack.template.Mappings, mapName) : undefined;
    for (const key of keys) {
      if (key instanceof Unresolved || !isRecord(at)) { return undefined; }
      const fallback = memberOf(argument[3], 'DefaultValue');
      const name = oneOf(Object.keys(at), key, fallback !== undefined, values.assumptions);
      if (name === 'open') { return undefined; }
      if (name === undefined) { return fallback === undefined ? undefined : { value: fallback, stack }; }
      at = at[name];
    }
    return at === undefined ? undefined : { value: at, stack };
  },
};

/** The name that equals the key; `undefined` if none does. */
function oneOf(names: readonly string[], key: string | SymbolicString, mayBeAnother: boolean, assumptions: Assumptions): string | 'open' | undefined {
  for (const [i, name] of names.entries()) {
    // The deployment fails if the key is none of them, so the last one needs no question.
    if (typeof key !== 'string' && !mayBeAnother && i === names.length - 1) { return name; }
    const equal = assumptions.areEqual(key, name);
    if (equal !== false) { return equal ? name : 'open'; }
  }
  return undefined;
}
