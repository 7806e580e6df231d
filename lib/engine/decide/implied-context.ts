/**
 * The condition keys of one request whose values follow from its action, its resource and the role. `explain` fills them in where
 * people do not give them.
 *
 * Invariant: a key that a request may lack is left out. What nothing tells of the role is a symbolic variable.
 */
import { completePrincipal } from './complete-principal';
import { Layer } from '../policy/policy';
import { Principal } from '../policy/principal';
import { ArnForm } from '../regions/arn-forms';
import { entryNamed, RequestCatalog } from '../regions/catalog';
import { factsOfPrincipal, fieldOfKey } from '../regions/key-facts';
import { splitArn } from '../strings/arn';
import { Budget } from '../strings/budget';
import { isMetBy } from '../strings/find-string';
import { literalElements } from '../strings/pattern';
import { SymbolicString } from '../strings/symbolic-string';

/** Keys that may follow from the ARN of the resource. */
const KEYS_OF_ARN = ['aws:requestedregion', 'aws:resourceaccount'];

/**
 * The values by key in lower case.
 * @param layers the policies that apply, which may show the organization of the role
 * @param resource an ARN without open values, or `*`
 */
export function impliedContext(
  layers: readonly Layer[], action: string, resource: string, catalog: RequestCatalog, given: Principal,
): ReadonlyMap<string, string | SymbolicString> {
  const implied = new Map<string, string | SymbolicString>();
  const principal = completePrincipal({ session: { name: 'none', statements: [] }, layers }, catalog.asOf, given);
  for (const [key, { presence, value }] of factsOfPrincipal(principal)) {
    if (presence === 'always' && value !== undefined && key !== 'aws:principalorgid') { implied.set(key, value); }
  }
  const entry = entryNamed(action.toLowerCase(), catalog);
  const fields = splitArn(resource);
  const form = [...entry?.forms().values() ?? []].find((one) => hasForm(fields, one));
  for (const key of KEYS_OF_ARN) {
    const field = entry?.action.untiedKeys?.includes(key) ? undefined : fieldOfKey(key, form);
    const value = field === undefined ? undefined : fields[field];
    if (value) { implied.set(key, value); }
  }
  return implied;
}

function hasForm(arn: readonly string[], form: ArnForm): boolean {
  const budget = new Budget(Infinity);
  return arn.length === form.fields.length
    && arn.every((field, i) => isMetBy([{ negated: false, patterns: [form.fields[i]] }], literalElements(field), budget));
}
