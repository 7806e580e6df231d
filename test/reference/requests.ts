import { actionPattern, AwsAction, Presence } from '../../lib/engine';
import { PossibleSubset, possibleSubsets } from '../../lib/engine/regions/possible-subsets';
import { DecisionContext, RequestSet, requestSetsOf } from '../../lib/engine/regions/request-set';
import { stringsMatching } from '../../lib/engine/strings/string-set';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { allow, statement, UNLIMITED } from '../engine/make';

/** What the catalog of requests tells about single requests, for tests that compare it with other sources. */

const ANY_PRINCIPAL: DecisionContext = {
  budget: UNLIMITED,
  mayBeMultivalued: () => true,
  mayCrossColons: () => true,
  factsOfPrincipal: () => undefined,
  mentionedKeys: () => new Map(),
  relyOn: () => undefined,
  names: 'anything',
};

function requestSets(action: string, resource: string): RequestSet[] {
  const pattern = actionPattern(action);
  if (resource === '*') { // without the ARNs that the pattern `*` matches
    return [{ action: stringsMatching([pattern.elements]), resource: { type: 'star' }, conditions: [] }];
  }
  const { resources } = statement(allow(action, resource));
  return requestSetsOf({ action: { negated: false, patterns: [pattern] }, resource: resources }, [], ANY_PRINCIPAL);
}

/** The requests of an action, or of a pattern of actions, on an ARN or on `*`, by the form of the ARN. */
export function possibleRequests(action: string, resource: string, catalog = requestCatalog()): PossibleSubset[] {
  return requestSets(action, resource).flatMap((requests) => [...possibleSubsets(requests, catalog, ANY_PRINCIPAL)]);
}

/** `asked`: AWS makes such a request. `not ruled out`: nothing documents it. `never`: the catalog proves that it does not. */
export type Answer = 'asked' | 'not ruled out' | 'never';

export function answerOf(action: string, resource: string): Answer {
  const possible = possibleRequests(action, resource);
  if (possible.length === 0) { return 'never'; }
  return possible.some(({ requests }) => requests !== undefined) ? 'asked' : 'not ruled out';
}

export function actionOf(action: string): AwsAction {
  const [prefix, name] = action.split(':');
  return requestCatalog().services.get(prefix)!.find((each) => each.name === name)!;
}

/** Whether requests of an action on a resource have the key: one answer for each form that the resource has. */
export function presencesOf(action: string, resource: string, key: string): Array<Presence | undefined> {
  const { presenceOf } = actionOf(action);
  return possibleRequests(action, resource)
    .map(({ place }) => presenceOf!(key.toLowerCase(), place.form?.whole.source as string | undefined));
}
