/**
 * Searches for a witness among the requests that the layer possibly does not allow. This step turns the remaining sets into an outcome. Each set is a
 * superset of the exact requests, so it is a proof if no set remains. A witness has been replayed (`findWitness`). Everything else stays
 * open. With a catalog, sets that contain no AWS request are ruled out, and the proof holds as of the date of the catalog.
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

/** The outcome for a pair and a layer. */
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
  /** The reason why the outcome is open, if it is not the default reason. */
  readonly doubt?: Reason;
}

/** Searches for a witness among the requests of the set that AWS makes. If AWS makes none of them, rules the set out. */
function searchPossible(requests: RequestSet, catalog: RequestCatalog, search: Search): Found | 'ruled out' {
  const { pair: { action: written }, context } = search;
  const known = namesOf(search.known);
  let isCertain = false;
  let doubt: Reason | undefined;
  for (const wellKnown of [true, false]) { // well-known actions first: they make clearer examples
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

/** The action, spelled as in the reference, with its usual resources. */
function realActions(action: string, known: readonly KnownAction[]): readonly KnownAction[] {
  const usual = known.filter((k) => k.action.toLowerCase() === action.toLowerCase());
  return [...usual, { action, resource: '*' }];
}
