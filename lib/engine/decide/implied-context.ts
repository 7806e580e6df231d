/**
 * The condition keys of one request whose values follow from its action, its resource and the role. `explain` fills them in if the user
 * does not give them.
 *
 * Invariant: a key that a request may lack is left out. An unknown property of the role is a symbolic variable.
 */
import { completePrincipal } from './complete-principal';
import { Layer } from '../policy/policy';
import { Principal } from '../policy/principal';
import { hasFields } from '../regions/arn-forms';
import { entryNamed, RequestCatalog } from '../regions/catalog';
import { factsOfPrincipal } from '../regions/key-facts';
import { placeOf } from '../regions/place';
import { splitArn } from '../strings/arn';
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
  const form = [...entry?.forms().values() ?? []].find(({ fields }) => hasFields(resource, fields));
  const place = entry && placeOf(entry, undefined, form, { principal });
  for (const key of KEYS_OF_ARN) {
    const field = place?.fieldOf(key);
    const value = field === undefined ? undefined : splitArn(resource)[field];
    if (value) { implied.set(key, value); }
  }
  return implied;
}
