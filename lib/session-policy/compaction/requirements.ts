/**
 * Turns a relation into a table: which action must be allowed on which resource, and which actions may be allowed there without
 * an effect. `divide.ts` divides the table into statements.
 *
 * Invariant: a set of resources and a set of actions whose pairs are all `compatible` make a statement that allows nothing else.
 */
import { ActionTerms } from './action-terms';
import { coversAction, coversResource, Part, Relation, WrittenAction, WrittenResource } from './relation';
import { Requirement, shortestPatterns } from './wildcards';
import { actionMatches } from '../../engine';
import { memoizeBy } from '../../util/memo';

/** Indices of actions and of resources, in ascending order. */
export interface Block {
  readonly actions: readonly number[];
  readonly resources: readonly number[];
}

export interface Table {
  readonly actions: readonly WrittenAction[];
  /** The last one is `*` in place of all others, if the terms know of it. */
  readonly resources: readonly WrittenResource[];
  /** The index of that `*`. */
  readonly everywhere?: number;
  /** The statements as they are written, without what others allow. */
  readonly written: readonly Block[];
  /** One block for each resource, without what others allow. */
  readonly byResource: readonly Block[];
  readonly isAllowed: (block: Block) => boolean;
  /** The shortest list of actions for the block. */
  readonly actionsOf: (block: Block) => readonly unknown[];
}

const EVERYWHERE: WrittenResource = { key: '"*" everywhere', value: '*', cases: [] };

/** @param unconditional relations of the same effect without a condition: what they allow is allowed here */
export function tableOf(relation: Relation, unconditional: readonly Relation[], terms: ActionTerms): Table {
  const all = [...unconditional, relation].flatMap(({ parts }) => parts);
  const outside = new Set(unconditional.flatMap(({ parts }) => parts));
  const actions = sortedByKey(relation.parts.flatMap((part) => part.actions));
  const named = sortedByKey(relation.parts.flatMap((part) => part.resources));
  const resources = terms.forbiddenEverywhere ? [...named, EVERYWHERE] : named;
  const everywhere = terms.forbiddenEverywhere ? named.length : undefined;

  const meanings = actions.map((action) => terms.namesOf(action));
  const services = [...new Set(meanings.flatMap((meaning) => meaning?.service ?? []))].sort();
  const literals = actions.map((action, i) => ({ action, i })).filter(({ i }) => !meanings[i]);

  // What is allowed on each resource, and by which parts.
  const covering = named.map((resource) => all.filter((part) => part.resources.some((other) => coversResource(other, resource))));
  const allowedOn = covering.map((parts) => sortedByKey(parts.flatMap((part) => part.actions)));
  const forbidden = named.map((resource, r) => new Map(services.map((service) => {
    const patterns = allowedOn[r].flatMap(({ value }) => (typeof value === 'string' && mayBeOf(service, value) ? [value] : []));
    return [service, terms.forbiddenOn(resource, service, (name) => patterns.some((pattern) => actionMatches(pattern, `${service}:${name}`)))] as const;
  })));
  if (everywhere !== undefined) { forbidden.push(new Map(services.map((service) => [service, terms.forbiddenEverywhere!(service)]))); }
  const unknownNames = new Map(services.map((service) => [service, literals.flatMap(({ action: { value } }) => plainNameIn(service, value))]));

  const isCompatible = actions.map((action, a) => resources.map((_, r) => {
    const meaning = meanings[a];
    if (meaning) { return !meaning.names.some((name) => forbidden[r].get(meaning.service)!.has(name)); }
    return r !== everywhere && allowedOn[r].some((other) => coversAction(other, action));
  }));
  const conflicts = actions.map((action, a) => (meanings[a] ? literals.filter((literal) => takesIn(action, literal.action)).map(({ i }) => i) : []));
  const required = named.map((resource) => new Set(actions.flatMap((action, a) => (
    isWritten(action, resource, relation) && !isImplied(action, resource, all, outside) ? [a] : []))));

  const blockOf = (as: Iterable<number>, rs: Iterable<number>): Block => ({ actions: sortedNumbers(as), resources: sortedNumbers(rs) });
  const indexOf = (list: ReadonlyArray<{ readonly key: string }>) => new Map(list.map(({ key }, i) => [key, i]));
  const [actionAt, resourceAt] = [indexOf(actions), indexOf(named)];
  const written = relation.parts.map((part) => {
    const [as, rs] = [part.actions.map(({ key }) => actionAt.get(key)!), part.resources.map(({ key }) => resourceAt.get(key)!)];
    return blockOf(as.filter((a) => rs.some((r) => required[r].has(a))), rs.filter((r) => as.some((a) => required[r].has(a))));
  });
  const byResource = named.map((_, r) => blockOf(required[r], [r]));

  const classOf = memoizeBy((names: ReadonlySet<string>) => [...names].sort().join(), (names) => names);
  const patternsOf = memoizeBy(({ service, list, names }: { service: string; list: readonly number[]; names: ReadonlySet<string> }) => (
    JSON.stringify([service, list, [...names].sort()])), ({ service, list, names }) => {
    const requirements = list.map((a): Requirement => ({ text: meanings[a]!.text, names: meanings[a]!.names }));
    return shortestPatterns(requirements, [...names, ...unknownNames.get(service)!], service.length + 4, terms.pieces).map((pattern) => `${service}:${pattern}`);
  });
  return {
    actions,
    resources,
    everywhere,
    written: written.filter(isNotEmpty),
    byResource: byResource.filter(isNotEmpty),
    isAllowed: ({ actions: as, resources: rs }) => as.every((a) => rs.every((r) => isCompatible[a][r]) && !conflicts[a].some((i) => as.includes(i))),
    actionsOf: ({ actions: as, resources: rs }) => [
      ...as.filter((a) => !meanings[a]).map((a) => actions[a].value),
      ...services.flatMap((service) => {
        const list = as.filter((a) => meanings[a]?.service === service);
        if (list.length === 0) { return []; }
        return patternsOf({ service, list, names: classOf(new Set(rs.flatMap((r) => [...forbidden[r].get(service)!]))) });
      }),
    ],
  };
}

/** A pattern must not take in a name that the catalog does not have: that stays as it is written. */
function takesIn({ value: pattern }: WrittenAction, { value: name }: WrittenAction): boolean {
  return typeof pattern === 'string' && typeof name === 'string' && !/[*?]/.test(name) && actionMatches(pattern, name);
}

function isWritten(action: WrittenAction, resource: WrittenResource, { parts }: Relation): boolean {
  return parts.some((part) => part.resources.some(({ key }) => key === resource.key) && part.actions.some(({ key }) => key === action.key));
}

/** Whether another pair of an action and a resource allows all that this one does. */
function isImplied(action: WrittenAction, resource: WrittenResource, parts: readonly Part[], outside: ReadonlySet<Part>): boolean {
  return parts.some((part) => part.resources.some((other) => coversResource(other, resource) && part.actions.some((wide) => (
    coversAction(wide, action) && (outside.has(part) || comesFirst(other, wide, resource, action))))));
}

function mayBeOf(service: string, pattern: string): boolean {
  const prefix = pattern.split(':', 1)[0].toLowerCase();
  return prefix === service || /[*?]/.test(prefix);
}

/** The name of an action of the service that is written out. */
function plainNameIn(service: string, value: unknown): string[] {
  if (typeof value !== 'string' || /[*?]/.test(value)) { return []; }
  const [prefix, name] = value.toLowerCase().split(':');
  return prefix === service && name !== undefined ? [name] : [];
}

/** Whether one pair implies another that does not imply it, or of two that imply each other, comes first. */
function comesFirst(otherResource: WrittenResource, wide: WrittenAction, resource: WrittenResource, action: WrittenAction): boolean {
  if (otherResource.key === resource.key && wide.key === action.key) { return false; }
  if (!coversResource(resource, otherResource) || !coversAction(action, wide)) { return true; }
  return `${otherResource.key} ${wide.key}` < `${resource.key} ${action.key}`;
}

function sortedByKey<T extends { readonly key: string }>(items: readonly T[]): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) { if (!byKey.has(item.key)) { byKey.set(item.key, item); } }
  return [...byKey.keys()].sort().map((key) => byKey.get(key)!);
}

function sortedNumbers(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function isNotEmpty({ actions, resources }: Block): boolean {
  return actions.length > 0 && resources.length > 0;
}
