/**
 * Condition keys whose names have symbolic variables, such as `aws:ResourceTag/${Name}`. All parts of the engine treat keys with
 * different names as independent. A proof over all their values also includes the case that two of them are the same key at deployment. A
 * witness does not include this case, so `find-witness.ts` asks here first.
 *
 * Rounds up: keys that may be the same are treated as the same.
 */
import { keyOfCondition } from './condition-entry';
import { Statement } from './policy';
import { variableKeysOf } from './specialize';
import { mayBeEqual } from '../strings/overlaps';
import { partsOf, StringPart, SymbolicString } from '../strings/symbolic-string';

/** Whether two different keys of the statements may turn out to be the same key. */
export function mayShareKeys(statements: readonly Statement[]): boolean {
  const names = statements.flatMap(({ conditions }) => conditions.map(({ keyName }) => keyName));
  if (!names.some(isSymbolic)) { return false; }
  const byKey = new Map([...names, ...statements.flatMap(variableKeysOf)].map((name) => [keyOfCondition(name), name]));
  const distinct = [...byKey.values()].map((name) => ({ name, text: comparable(name) }));
  return distinct.some((a, i) => isSymbolic(a.name) && distinct.some((b, j) => (j < i || !isSymbolic(b.name)) && mayBeEqual(a.text, b.text)));
}

function isSymbolic(name: string | SymbolicString): name is SymbolicString {
  return name instanceof SymbolicString;
}

/** The name without letter case, and without the service: `ec2:ResourceTag/x` is the same tag as `aws:ResourceTag/x`. */
function comparable(name: string | SymbolicString): string | SymbolicString {
  return SymbolicString.from(partsOf(name).map((part, i): StringPart => (typeof part === 'string'
    ? part.toLowerCase().replace(i === 0 ? /^[^:/]*:(?=(resource|request)tag\/)/ : /$^/, '')
    : { ...part, kind: { ...part.kind, characters: undefined, oneOf: undefined, generated: false } })));
}
