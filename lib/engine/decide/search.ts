/**
 * Searches what the layer may not allow for a request that shows it. Between the sets, which are too large rather than too
 * small, and the verdict: nothing to search is a proof; a request that is found has been replayed (`findWitness`); anything
 * else stays open. With a catalog, sets of which AWS makes no request are ruled out, and the proof holds as of its date.
 */
import { Decision } from './decision';
import { unknownAction, mayBeAskedOnArn } from './reasons';
import { memoize } from '../../util/memo';
import { Reason } from '../policy/policy';
import { Excess } from '../policy/verdict';
import { RequestCatalog, unknownActionIn } from '../regions/catalog';
import { possibleSubsets } from '../regions/possible-subsets';
import { RequestSet } from '../regions/request-set';
import { KnownAction } from '../witness/candidates';
import { findWitness, Search } from '../witness/find-witness';

/** What is found out about a pair and a layer. */
export type PairOutcome =
  | { readonly kind: 'inside' }
  | { readonly kind: 'excess'; readonly excess: Excess }
  | { readonly kind: 'open'; readonly reasons: readonly Reason[] };

export const INSIDE: PairOutcome = { kind: 'inside' };

/** Maximum number of sets searched for a request; the rest stays open. */
const SETS_SEARCHED = 64;

/** `sets`: requests that the session policy allows and the layer may not. */
export function searchSets(sets: Iterable<RequestSet>, search: Search, reason: () => Reason, { options: { catalog } }: Decision): PairOutcome {
  let open = 0;
  const doubts = new Map<string, Reason>();
  for (const requests of sets) {
    const found = catalog ? searchPossible(requests, catalog, search) : { excess: findWitness(requests, search) };
    if (found === 'ruled out') {
      search.context.relyOn();
      continue;
    }
    if (found.excess) { return { kind: 'excess', excess: found.excess }; }
    const doubt = found.doubt ?? reason();
    doubts.set(doubt.message, doubt);
    if (++open >= SETS_SEARCHED) { break; }
  }
  return open === 0 ? INSIDE : { kind: 'open', reasons: [...doubts.values()] };
}

interface Found {
  readonly excess?: Excess;
  /** What stands in the way of a verdict, if it is not the usual. */
  readonly doubt?: Reason;
}

/** A request that AWS makes, if it makes any of the set. */
function searchPossible(requests: RequestSet, catalog: RequestCatalog, search: Search): Found | 'ruled out' {
  const { pair: { action: written }, context } = search;
  const known = namesOf(search.known);
  let isCertain = false;
  let doubt: Reason | undefined;
  for (const wellKnown of [true, false]) { // a request that people know says more
    const subsets = possibleSubsets(requests, catalog, context, (name) => known.has(name) === wellKnown);
    for (const { action, requests: subset, isUndocumented, place } of subsets) {
      if (isUndocumented) {
        doubt ??= mayBeAskedOnArn(action!, catalog.asOf);
        continue;
      }
      isCertain = true;
      if (!subset) { continue; }
      const named = action === undefined ? search : { ...search, known: realActions(action, search.known) };
      const excess = findWitness(subset, { ...named, place });
      if (excess) { return { excess }; }
    }
  }
  if (isCertain) { return {}; }
  if (doubt) { return { doubt }; }
  const typedOut = unknownActionIn(written, catalog);
  return typedOut === undefined ? 'ruled out' : { doubt: unknownAction(typedOut, catalog.asOf) };
}

/** The names of the actions, in lower case. */
const namesOf = memoize((actions: readonly KnownAction[]): ReadonlySet<string> => new Set(actions.map(({ action }) => action.toLowerCase())));

/** The action as the reference writes it, with the usual resources that are known of it. */
function realActions(action: string, known: readonly KnownAction[]): readonly KnownAction[] {
  const usual = known.filter((k) => k.action.toLowerCase() === action.toLowerCase());
  return [...usual, { action, resource: '*' }];
}
