/**
 * The requests that an assertion asks about, and whether AWS makes any of them. An assertion on requests that nobody makes would pass
 * whatever the policies say.
 *
 * Invariant: requests are ruled out only by the reference data and by what is certain of the pods, never by an assumption.
 */
import { decideNarrowing, isEverAsked, Json, NarrowingOptions, NOTHING, parseStatement, Policy } from '../engine';
import { actionsMatching, nearestActionPattern } from '../reference/action-facts';
import { describePlaces } from '../reference/authorized-resources';
import { requestCatalog } from '../reference/request-catalog';
import { servicesAsOf } from '../reference/services';

/** The requests in question: all that a statement with these elements matches. */
export interface AskedRequests {
  readonly action: string;
  readonly resource: Json;
  readonly conditions?: Json;
}

/** The requests as a policy that allows nothing else. @throws if they are not well-formed */
export function policyAllowing({ action, resource, conditions }: AskedRequests): Policy {
  const statement = { Effect: 'Allow', Action: action, Resource: resource, ...(conditions === undefined ? {} : { Condition: conditions }) };
  const { policy, problems } = parseStatement(statement, 'what is asked');
  if (problems.length > 0) { throw new Error(problems.map(({ where, message }) => `${where.replace(/^Statement(\[0\])?\.?/, '')} ${message}`).join('; ')); }
  return policy;
}

/** Why AWS makes no such request of the pods, as a sentence without a period; `undefined` if it may. @throws if the requests are not well-formed */
export function whyNeverMade(requests: AskedRequests, options: NarrowingOptions): string | undefined {
  const session = policyAllowing(requests);
  const { action, resource, conditions } = requests;
  const actions = actionsMatching(action);
  if (actions.length === 0) {
    const meant = nearestActionPattern(action);
    return `${action} matches no action of AWS's service authorization reference of ${servicesAsOf()}`
      + (meant === undefined ? '. If AWS has added it since, update this package' : `. Write ${meant}, if that is what is meant`);
  }
  const [{ resources }] = session.statements;
  if (needsNoPermission(action)) { return undefined; }
  if (!isEverAsked({ resources }, action, requestCatalog())) {
    return `AWS never asks for ${action} on ${String(resource)}: it authorizes ${action} on ${describePlaces(actions)}, according to the service authorization reference of ${servicesAsOf()}`;
  }
  const isNone = (of: NarrowingOptions) => {
    const verdict = decideNarrowing({ session, layers: [NOTHING] }, of);
    return verdict.kind === 'narrows' && (verdict.assumptions ?? []).length === 0;
  };
  if (conditions !== undefined && isNone({})) { return 'its conditions exclude each other'; }
  return isNone(options) ? `no request of these pods has such ${conditions === undefined ? 'a resource' : 'a resource together with such condition keys'}` : undefined;
}

/** Whether AWS allows the action to everybody, even against a Deny statement. */
export function needsNoPermission(action: string): boolean {
  const actions = actionsMatching(action);
  return actions.length > 0 && actions.every(({ name }) => {
    const [service, operation] = name.split(':');
    return requestCatalog().services.get(service)?.find((one) => one.name === operation)?.needsNoPermission === true;
  });
}
