/**
 * Splits the name of an action, such as `s3:GetObject`, into the prefix of its service and the rest. All other files split it here.
 * Invariant: a service prefix that is not certain, as in `*`, is `undefined` and may be any.
 */
import { partsOf, SymbolicString } from '../strings/symbolic-string';

/** Both parts as they are written. Text without a colon, such as `*`, is a prefix without a name. */
export function splitAction(action: string): readonly [prefix: string, name: string | undefined] {
  const colon = action.indexOf(':');
  return colon < 0 ? [action, undefined] : [action.slice(0, colon), action.slice(colon + 1)];
}

/** The service prefix of an action or action pattern in lower case; `undefined` if it is not written out. */
export function servicePrefixOf(action: string | SymbolicString): string | undefined {
  const [start] = partsOf(action);
  if (typeof start !== 'string') { return undefined; }
  const [prefix, name] = splitAction(start);
  return name === undefined || prefix === '' || /[*?]/.test(prefix) ? undefined : prefix.toLowerCase();
}
