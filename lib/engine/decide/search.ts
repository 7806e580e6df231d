/**
 * Searches what the layer may not allow for a request that shows it. Between the sets, which are too large rather than too
 * small, and the verdict: nothing to search is a proof; a request that is found has been replayed (`findWitness`); anything
 * else stays open. With a catalog, sets of which AWS makes no request are ruled out, and the proof holds as of its date.
 */
import { Decision } from './decision';
import { memoize } from '../../util/memo';
import { Reason } from '../policy/policy';
import { Excess } from '../policy/verdict';
import { ActionCatalog, possibleSubsets } from '../regions/catalog';
import { RequestSet } from '../regions/request-set';
import { KnownAction } from '../witness/candidates';
import { findWitness, Search } from '../witness/find-witness';

/** What is found out about a pair and a layer. */
export type PairOutcome =
  | { readonly kind: 'inside' }
  /** Of what the layer does not allow, AWS makes no request. */
  | { readonly kind: 'inside as of' }
  | { readonly kind: 'excess'; readonly excess: Excess }
  | { readonly kind: 'open'; readonly reasons: readonly Reason[] };

export const INSIDE: PairOutcome = { kind: 'inside' };

/** Maximum number of sets searched for a request; the rest stays open. */
const SETS_SEARCHED = 64;

/** `sets`: requests that the session policy allows and the layer may not. */
export function searchSets(sets: Iterable<RequestSet>, search: Search, reason: () => Reason, { options: { catalog } }: Decision): PairOutcome {
  let count = 0;
  let ruledOut = 0;
  for (const requests of sets) {
    count++;
    const found = catalog ? searchPossible(requests, catalog, search) : findWitness(requests, search) ?? 'nothing found';
    if (typeof found === 'object') { return { kind: 'excess', excess: found }; }
    if (found === 'ruled out') { ruledOut++; }
    if (count - ruledOut >= SETS_SEARCHED) { break; }
  }
  if (count === 0) { return INSIDE; }
  return count === ruledOut ? { kind: 'inside as of' } : { kind: 'open', reasons: [reason()] };
}

/** A request that AWS makes, if it makes any of the set. */
function searchPossible(requests: RequestSet, catalog: ActionCatalog, search: Search): Excess | 'nothing found' | 'ruled out' {
  let isPossible = false;
  const known = namesOf(search.known);
  for (const wellKnown of [true, false]) { // a request that people know says more
    for (const subset of possibleSubsets(requests, catalog, search.context, (name) => known.has(name) === wellKnown)) {
      isPossible = true;
      const { action } = subset;
      const named = action === undefined ? search : { ...search, known: realActions(action, search.known) };
      const excess = subset.requests && findWitness(subset.requests, named);
      if (excess) { return excess; }
    }
  }
  return isPossible ? 'nothing found' : 'ruled out';
}

/** In lower case. */
const namesOf = memoize((actions: readonly KnownAction[]): ReadonlySet<string> => new Set(actions.map(({ action }) => action.toLowerCase())));

/** The action as the reference writes it, with the usual resources that are known of it. */
function realActions(action: string, known: readonly KnownAction[]): readonly KnownAction[] {
  const usual = known.filter((k) => k.action.toLowerCase() === action.toLowerCase());
  return [...usual, { action, resource: '*' }];
}
