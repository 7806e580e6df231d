import { partsOf, SymbolicString } from '../strings/symbolic-string';

/** An action is the prefix of its service, a colon and a name, such as `s3:GetObject`: the one reading of that. */

/** Both parts as they are written. Text without a colon, such as `*`, is a prefix without a name. */
export function splitAction(action: string): readonly [prefix: string, name: string | undefined] {
  const colon = action.indexOf(':');
  return colon < 0 ? [action, undefined] : [action.slice(0, colon), action.slice(colon + 1)];
}

/** The service prefix of an action or action pattern in lower case; `undefined` if it is not written out, as in `*`: it may be any. */
export function servicePrefixOf(action: string | SymbolicString): string | undefined {
  const [start] = partsOf(action);
  if (typeof start !== 'string') { return undefined; }
  const [prefix, name] = splitAction(start);
  return name === undefined || prefix === '' || /[*?]/.test(prefix) ? undefined : prefix.toLowerCase();
}
