/**
 * The terms of `catalog`: only requests that AWS makes count, by the reference data. A wildcard may match an action that AWS does not
 * have, or never authorizes on the resource.
 *
 * Rounds up what is forbidden: an action that may be asked about on a resource, or on a resource that could not be read.
 */
import { ActionMeaning, ActionTerms } from './action-terms';
import { WrittenResource } from './relation';
import { actionMatches, actionsEverAsked, servicePrefixOf, splitAction } from '../../engine';
import { requestCatalog } from '../../reference/request-catalog';
import { memoizeBy, memoizePair } from '../../util/memo';

export const CATALOG_TERMS: ActionTerms = {
  pieces: 'words',
  namesOf: ({ value }) => meaningOf(value),
  forbiddenOn: (resource, service, isAllowed) => new Set([...namesAsked(resource, service)].filter((name) => !isAllowed(name))),
};

/** The actions of AWS that a written action matches; `undefined` if the catalog has none, or does not have the service. */
export function meaningOf(action: unknown): ActionMeaning | undefined {
  const service = typeof action === 'string' ? servicePrefixOf(action) : undefined;
  const names = service === undefined ? undefined : namesIn(service);
  if (service === undefined || !names || typeof action !== 'string') { return undefined; }
  const text = splitAction(action)[1]!;
  const lower = text.toLowerCase();
  const matched = /[*?]/.test(text) ? namesMatching(`${service}:${lower}`) : names.has(lower) ? [lower] : [];
  return matched.length === 0 ? undefined : { service, text, names: matched };
}

/** The names of the actions of a service, in lower case; `undefined` if the catalog does not have the service. */
export function namesIn(service: string): ReadonlySet<string> | undefined {
  return namesOfService(service);
}

const namesOfService = memoizeBy((service: string) => service, (service): ReadonlySet<string> | undefined => {
  const actions = requestCatalog().services.get(service);
  return actions && new Set(actions.map(({ name }) => name.toLowerCase()));
});

const namesMatching = memoizeBy((pattern: string) => pattern, (pattern): readonly string[] => {
  const [service] = splitAction(pattern);
  return [...namesOfService(service)!].filter((name) => actionMatches(pattern, `${service}:${name}`));
});

/** The actions of the service that AWS may ask about on the resource, in any case. */
export const namesAsked = memoizePair((resource: WrittenResource, service: string): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const patterns of resource.cases) {
    const asked = patterns?.map((pattern) => actionsEverAsked({ resources: { negated: false, patterns: [pattern] } }, service, requestCatalog()));
    if (!asked || asked.includes(undefined)) { return namesOfService(service)!; }
    asked.forEach((some) => some!.forEach((name) => names.add(splitAction(name)[1]!)));
  }
  return names;
});
