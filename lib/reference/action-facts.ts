/**
 * Answers what the service authorization reference says about actions, and which action a wrong name probably means. The rules ask it.
 * Invariant: names are compared without case and returned as the reference writes them. A suggestion always exists in the reference.
 */
import { nearest } from './edit-distance';
import { ACTION_OF_OPERATION } from './operations';
import { AccessLevel, actionNamed, ResourceType, Service, ServiceAction, serviceNamed, servicePrefixes } from './services';
import { globMatches, splitAction } from '../engine';
import { memoize } from '../util/memo';

/** What the service authorization reference documents about an action. */
export interface ActionFacts {
  /** As the reference writes it, such as `s3:GetObject`. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /** The resource types that it is authorized on. */
  readonly types: readonly ResourceType[];
  /** Whether it may be authorized on `*`. */
  readonly withoutResource: boolean;
}

/** @param action in any letter case, without wildcards. */
export function actionFacts(action: string): ActionFacts | undefined {
  const [prefix, name] = splitAction(action);
  const service = serviceNamed(prefix);
  const found = service && name !== undefined ? actionNamed(service, name) : undefined;
  return service && found && factsOf(service, found);
}

/** All policies of an app contain the same few patterns. */
const PATTERNS_KEPT = 1_000;

/** All actions that a pattern such as `s3:Get*` matches, as the reference writes them. */
export const actionsMatching = memoize((pattern: string): readonly ActionFacts[] => {
  const [prefix, name] = pattern === '*' ? ['*', '*'] : splitAction(pattern);
  if (name === undefined) { return []; }
  const glob = name.toLowerCase();
  return servicesMatching(prefix).flatMap((service) => (
    service.actions.filter((action) => globMatches(glob, action.name.toLowerCase())).map((action) => factsOf(service, action))));
}, PATTERNS_KEPT);

/**
 * The action that a name that does not exist probably means: the action of the API operation with this name, a similar action of
 * the service, or the same or a similar action of another service.
 */
function nearestAction(action: string): string | undefined {
  const [prefix, name] = splitAction(action);
  if (name === undefined || name === '') { return undefined; }
  const service = serviceNamed(prefix);
  const ofOperation = ACTION_OF_OPERATION.get(action.toLowerCase());
  if (ofOperation !== undefined) { return ofOperation; }
  const similar = service && nearestOf(service, name);
  if (similar !== undefined) { return similar; }
  const meant = nearest(prefix, servicePrefixes());
  const there = meant === undefined || service ? undefined : nearestOf(serviceNamed(meant)!, name);
  if (there !== undefined) { return there; }
  const others = servicePrefixes().filter((p) => serviceNamed(p)!.actions.some((a) => a.name.toLowerCase() === name.toLowerCase()));
  return others.length === 1 ? actionFacts(`${others[0]}:${name}`)!.name : undefined;
}

/** The same for a pattern such as `s3:GetObjct*`. A suggested pattern matches at least one action. */
export function nearestActionPattern(pattern: string): string | undefined {
  const [prefix, name] = splitAction(pattern);
  const end = starsAtEnd(pattern);
  const action = pattern.slice(0, pattern.length - end.length);
  const similar = /[*?]/.test(action) ? undefined : nearestAction(action);
  // The beginning of a name does not show which other service was meant.
  if (similar !== undefined && (end === '' || similar.startsWith(`${prefix.toLowerCase()}:`))) { return `${similar}${end}`; }
  const meant = name === undefined || serviceNamed(prefix) ? undefined : nearest(prefix, servicePrefixes());
  return meant !== undefined && actionsMatching(`${meant}:${name}`).length > 0 ? `${meant}:${name}` : undefined;
}

function nearestOf({ prefix, actions }: Service, name: string): string | undefined {
  const found = nearest(name, actions.map((a) => a.name));
  return found === undefined ? undefined : `${prefix}:${found}`;
}

function factsOf({ prefix }: Service, { name, accessLevel, types, withoutResource }: ServiceAction): ActionFacts {
  return { name: `${prefix}:${name}`, accessLevel, types, withoutResource };
}

function servicesMatching(prefix: string): readonly Service[] {
  const glob = prefix.toLowerCase();
  const prefixes = /[*?]/.test(prefix) ? servicePrefixes().filter((p) => globMatches(glob, p)) : [prefix];
  return prefixes.flatMap((p) => serviceNamed(p) ?? []);
}

function starsAtEnd(pattern: string): string {
  let stars = 0;
  while (pattern[pattern.length - 1 - stars] === '*') { stars++; }
  return '*'.repeat(stars);
}
