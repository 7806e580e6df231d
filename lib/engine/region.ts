import { Budget } from './budget';
import { resourceCovers } from './covers';
import { findKeyState, KeyState, Literal } from './key-states';
import { GeneratedNames, mayOverlap } from './overlaps';
import { arnFields, Element, matchesEverything, mayHoldVariable, Pattern } from './pattern';
import { ConditionEntry, Statement, Targets } from './policy';
import { ANY_STRING, matching, StringSet, within, without } from './string-set';
import { Box } from './targets';

/**
 * A set of requests that statements can be taken away from. Where something is not exact, the region is larger than what
 * it stands for, so that an empty one is a proof.
 */
export interface Region {
  readonly action: StringSet;
  readonly resource: Resources;
  readonly conditions: readonly Literal[];
}

export type Resources =
  /** The resource `*`, which actions without a resource are authorised on. */
  | { readonly type: 'star' }
  /** ARNs, field by field. The text of a field may have colons: what is covered then is covered under each reading of wildcards. */
  | { readonly type: 'arns'; readonly fields: readonly StringSet[]; readonly from?: Pattern }
  /** What a pattern matches whose fields cannot be told apart. */
  | { readonly type: 'pattern'; readonly pattern: Pattern };

/** What all regions of one decision have in common. */
export interface Scope {
  readonly budget: Budget;
  /** Whether the key may have several values. */
  readonly mayHaveSeveral: (key: string) => boolean;
  /** Whether there are ARNs that the pattern matches only if a `*` before the resource part may run across colons. */
  readonly mayCross: (pattern: Pattern) => boolean;
  /** What refutations take generated names for. */
  readonly names: GeneratedNames;
}

const FIELDS = 6;
const ALL_ARNS: Resources = { type: 'arns', fields: new Array<StringSet>(FIELDS).fill(ANY_STRING) };

/** The requests of a box under conditions. */
export function regionsOf(box: Box, conditions: readonly ConditionEntry[], scope: Scope): Region[] {
  const literals = conditions.map((entry) => ({ entry, holds: true }));
  if (!areSatisfiable(literals, scope)) { return []; }
  const patterns = elementsOf(box.action);
  const action = box.action.negated ? without(ANY_STRING, patterns, scope.budget) : matching(patterns);
  if (!action) { return []; }
  return resourcesOf(box.resource, scope).map((resource) => ({ action, resource, conditions: literals }));
}

function resourcesOf(targets: Targets, scope: Scope): Resources[] {
  if (targets.negated) {
    return targets.patterns.reduce<Resources[]>((left, pattern) => left.flatMap((r) => resourcesWithout(r, pattern, scope)), [{ type: 'star' }, ALL_ARNS]);
  }
  return targets.patterns.flatMap((pattern): Resources[] => {
    if (matchesEverything(pattern)) { return [{ type: 'star' }, ALL_ARNS]; }
    const fields = pattern.unknown === undefined ? arnFields(pattern.elements) : undefined;
    return fields ? [{ type: 'arns', fields: fields.map((field) => matching([field])), from: pattern }] : [{ type: 'pattern', pattern }];
  });
}

/** What is left of the region without the requests that the statement matches. */
export function regionWithout(region: Region, statement: Statement, scope: Scope): Region[] {
  scope.budget.spend(STEPS_PER_STATEMENT);
  if (isApart(region, statement, scope)) { return [region]; }
  const left: Region[] = [];
  const action = statement.actions.negated
    ? within(region.action, elementsOf(statement.actions), scope.budget)
    : without(region.action, elementsOf(statement.actions), scope.budget);
  if (action) { left.push({ ...region, action }); }
  if (action === region.action) { return [region]; } // no action in common
  left.push(...resourcesOutside(region.resource, statement.resources, scope).map((resource) => ({ ...region, resource })));
  if (left.some((l) => l.resource === region.resource && l.action === region.action)) { return [region]; }
  for (const entry of statement.conditions) {
    const conditions = [...region.conditions, { entry, holds: false }];
    if (areSatisfiableAbout([entry], conditions, scope)) { left.push({ ...region, conditions }); }
  }
  return left;
}

/** What the region and the statement have in common, and perhaps more. */
export function regionWithin(region: Region, statement: Statement, scope: Scope, fieldByField: boolean): Region[] {
  const action = statement.actions.negated
    ? without(region.action, elementsOf(statement.actions), scope.budget)
    : within(region.action, elementsOf(statement.actions), scope.budget);
  if (!action) { return []; }
  const conditions = [...region.conditions, ...statement.conditions.map((entry) => ({ entry, holds: true }))];
  if (!areSatisfiableAbout(statement.conditions, conditions, scope)) { return []; }
  const resources = statement.resources.negated
    ? statement.resources.patterns.reduce<Resources[]>((left, pattern) => left.flatMap((r) => resourcesWithout(r, pattern, scope)), [region.resource])
    : statement.resources.patterns.flatMap((pattern) => resourcesWithin(region.resource, pattern, scope, fieldByField));
  return resources.map((resource) => ({ action, resource, conditions }));
}

/** Whether the statement certainly matches no request of the region, as far as actions and conditions show it. */
function isApart(region: Region, statement: Statement, scope: Scope): boolean {
  if (region.conditions.length === 0 || statement.conditions.length === 0) { return false; }
  return !areSatisfiableAbout(statement.conditions, [...region.conditions, ...statement.conditions.map((entry) => ({ entry, holds: true }))], scope);
}

function resourcesOutside(resource: Resources, targets: Targets, scope: Scope): Resources[] {
  if (!targets.negated) {
    return targets.patterns.reduce<Resources[]>((left, pattern) => left.flatMap((r) => resourcesWithout(r, pattern, scope)), [resource]);
  }
  // What a NotResource leaves out if a variable has no value is not documented.
  if (targets.patterns.some((p) => p.unknown !== undefined || mayHoldVariable(p))) { return [resource]; }
  return targets.patterns.flatMap((pattern) => resourcesWithin(resource, pattern, scope, false));
}

/** At least what is left of the resources without those that the pattern matches under each reading. */
function resourcesWithout(resource: Resources, pattern: Pattern, scope: Scope): Resources[] {
  if (matchesEverything(pattern)) { return []; }
  scope.budget.spend(STEPS_PER_STATEMENT);
  if (resource.type === 'star') { return [resource]; }
  const from = resource.type === 'arns' ? resource.from : resource.pattern;
  if (from && resourceCovers(pattern, from, scope.budget)) { return []; }
  const fields = resource.type === 'arns' && pattern.unknown === undefined ? plainFields(pattern) : undefined;
  if (resource.type !== 'arns' || !fields) { return [resource]; }
  const left: Resources[] = [];
  for (let i = 0; i < FIELDS; i++) {
    const field = without(resource.fields[i], [fields[i]], scope.budget);
    if (field === resource.fields[i]) { return [resource]; } // no ARN in common
    if (field) { left.push({ ...resource, fields: replaced(resource.fields, i, field) }); }
  }
  return left;
}

/**
 * At least what the resources and a pattern have in common. With `fieldByField`, only what they have in common where no
 * wildcard runs across colons.
 */
function resourcesWithin(resource: Resources, pattern: Pattern, scope: Scope, fieldByField: boolean): Resources[] {
  if (matchesEverything(pattern)) { return [resource]; }
  if (resource.type === 'star') { return []; }
  const from = resource.type === 'arns' ? resource.from : resource.pattern;
  if (from && !mayOverlap(from, pattern, 'anything', scope.budget)) { return []; }
  if (from && resourceCovers(pattern, from, scope.budget)) { return [resource]; }
  const fields = pattern.unknown === undefined ? arnFields(pattern.elements) : undefined;
  if (resource.type !== 'arns' || !fields) { return [resource]; }
  const crosses = (p: Pattern) => hasWildcardBeforeResource(p) && scope.mayCross(p);
  const exact = !hasCapitalsBeforeResource(pattern) && !(from && hasCapitalsBeforeResource(from))
    && (!from || resourceCovers(from, pattern, scope.budget) || !(crosses(from) || crosses(pattern)));
  if (!exact && !fieldByField) { return [resource]; }
  const common: StringSet[] = [];
  for (let i = 0; i < FIELDS; i++) {
    const field = within(resource.fields[i], [fields[i]], scope.budget);
    if (!field) { return exact || fieldByField ? [] : [resource]; }
    common.push(field);
  }
  return [{ ...resource, fields: common, from: exact ? pattern : from }];
}

/** Whether case, of which IAM's documents say nothing before the resource part, could matter: AWS writes it small. */
function hasCapitalsBeforeResource(pattern: Pattern): boolean {
  const fields = arnFields(pattern.elements);
  return !fields || fields.slice(0, -1).some((field) => field.some((e) => e.type === 'char' && e.char !== e.char.toLowerCase()));
}

function hasWildcardBeforeResource(pattern: Pattern): boolean {
  const fields = arnFields(pattern.elements);
  return !fields || fields.slice(0, -1).some((field) => field.some((e) => e.type === 'one' || e.type === 'many'));
}

/**
 * The fields of a pattern of which all readings match the same where no wildcard has to stop at a colon: before the
 * resource part it has none but a `*` at the end of a field, and no capital letters.
 */
function plainFields(pattern: Pattern): ReadonlyArray<readonly Element[]> | undefined {
  const fields = arnFields(pattern.elements);
  if (hasCapitalsBeforeResource(pattern)) { return undefined; }
  const plain = fields?.slice(0, -1).every((field) => field.every((e, i) => e.type !== 'one' && (e.type !== 'many' || i === field.length - 1)));
  return plain ? fields : undefined;
}

function replaced<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((old, i) => (i === index ? item : old));
}

function elementsOf(targets: Targets): ReadonlyArray<readonly Element[]> {
  return targets.patterns.filter((p) => p.unknown === undefined).map((p) => p.elements);
}

/** A state for each key, or `undefined` where certainly none serves. */
export function keyStates(literals: readonly Literal[], scope: Scope): Map<string, KeyState> | undefined {
  const states = new Map<string, KeyState>();
  for (const key of new Set(literals.map((l) => l.entry.key))) {
    const state = stateOf(key, literals, scope);
    if (!state) { return undefined; }
    states.set(key, state);
  }
  return states;
}

function areSatisfiable(literals: readonly Literal[], scope: Scope): boolean {
  return areSatisfiableAbout(literals.map((l) => l.entry), literals, scope);
}

/** `entries`: only their keys are in question. */
function areSatisfiableAbout(entries: readonly ConditionEntry[], literals: readonly Literal[], scope: Scope): boolean {
  scope.budget.spend(literals.length);
  // Also across keys: that one key equals another is the same of both.
  const asserted = new Set(literals.flatMap((l) => (l.holds ? [l.entry.id] : [])));
  if (literals.some((l) => !l.holds && asserted.has(l.entry.id))) { return false; }
  return [...new Set(entries.map((e) => e.key))].every((key) => stateOf(key, literals, scope) !== undefined);
}

const STEPS_PER_STATEMENT = 20;

/** What a key costs, compared with a comparison of two characters. */
const STEPS_PER_LITERAL = 40;

function stateOf(key: string, literals: readonly Literal[], scope: Scope): KeyState | undefined {
  const own = literals.filter((l) => l.entry.key === key);
  scope.budget.spend(literals.length + own.length * STEPS_PER_LITERAL);
  return findKeyState(own, scope.mayHaveSeveral(key), scope.budget);
}
