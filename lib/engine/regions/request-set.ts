/**
 * Sets of requests: a product of actions, resources (the six fields of an ARN, or `*`) and conditions. Statements are subtracted
 * from them and intersected with them; `decide/` does both (docs/adr/0004-taking-statements-away.md).
 *
 * Rounds up: a set is a superset of the exact requests, so an empty set is a proof. If IAM's documents allow several readings of a
 * pattern, it is subtracted only if all readings match the same requests.
 * Each operation spends steps, because a decision may need exponentially many sets in the worst case.
 */
import { CompletePrincipal, KeyFacts } from './key-facts';
import { findKeyState, KeyState, Literal } from './key-states';
import { PatternPair } from './targets';
import { presenceCondition } from '../policy/condition-entry';
import { ConditionEntry, Statement, Targets } from '../policy/policy';
import { Assumption } from '../policy/principal';
import { keyNameOf, mayHaveVariable, requiredVariablesIn, variableKeysInCondition } from '../policy/specialize';
import { Budget } from '../strings/budget';
import { resourceCovers } from '../strings/covers';
import { GeneratedNames, mayOverlap } from '../strings/overlaps';
import { arnFields, Element, matchesEverything, mayHoldPolicyVariable, Pattern } from '../strings/pattern';
import { ANY_STRING, intersectPatterns, StringSet, stringsMatching, subtractPatterns } from '../strings/string-set';
import { SymbolicString } from '../strings/symbolic-string';

/** The requests with one of the actions on one of the resources that meet all conditions. */
export interface RequestSet {
  readonly action: StringSet;
  readonly resource: Resources;
  readonly conditions: readonly Literal[];
}

export type Resources =
  /** The resource `*`. Actions without a resource are authorized on it. */
  | { readonly type: 'star' }
  /** ARNs, field by field. The text of a field may contain colons, so the set contains the ARNs under both readings of `*`. */
  | { readonly type: 'arns'; readonly fields: readonly StringSet[]; readonly from?: Pattern }
  /** The resources of a pattern whose fields are not certain. */
  | { readonly type: 'pattern'; readonly pattern: Pattern };

/** What all request sets of one decision share. */
export interface DecisionContext {
  readonly budget: Budget;
  /** Whether the key may have several values. */
  readonly mayBeMultivalued: (key: string) => boolean;
  /**
   * Whether the actions may have an ARN that `from` matches, and that `pattern` matches only because a `*` before the resource part matches
   * a colon.
   */
  readonly mayCrossColons: (pattern: Pattern, actions: StringSet, from: Pattern, budget: Budget) => boolean;
  /** What is known of a key in all requests of the principal. */
  readonly factsOfPrincipal: (key: string) => KeyFacts | undefined;
  /** The keys that the policies mention: from the lower-case name to the name as written. Empty if nothing is known about keys. */
  readonly mentionedKeys: () => ReadonlyMap<string, string>;
  /** The role; absent if any principal may make the requests. */
  readonly principal?: CompletePrincipal;
  /** The partition of the role, if it is known. */
  readonly partition?: { readonly name: string | SymbolicString; readonly assumption?: Assumption };
  /** Records that the proof holds only for requests that AWS makes, and the assumption that it uses, if any. */
  readonly relyOn: (assumption?: Assumption) => void;
  /** Whether a counterexample may assume that generated names differ. */
  readonly names: GeneratedNames;
}

const FIELDS = 6;
const ALL_ARNS: Resources = { type: 'arns', fields: new Array<StringSet>(FIELDS).fill(ANY_STRING) };

/** The requests of a pair under conditions. */
export function requestSetsOf(pair: PatternPair, conditions: readonly ConditionEntry[], context: DecisionContext): RequestSet[] {
  const literals = [...presenceOfVariables(pair.resource), ...conditions].map((entry) => ({ entry, holds: true }));
  if (!areSatisfiable(literals, context)) { return []; }
  const patterns = elementsOf(pair.action);
  const action = pair.action.negated ? subtractPatterns(ANY_STRING, patterns, context.budget) : stringsMatching(patterns);
  if (!action) { return []; }
  return resourceSetsOf(pair.resource, context).map((resource) => ({ action, resource, conditions: literals }));
}

/** Conditions that require a value for each variable of the resource without a default: if one is missing, the resource matches nothing. */
function presenceOfVariables({ negated, patterns }: Targets): ConditionEntry[] {
  if (negated || patterns.length !== 1) { return []; }
  return requiredVariablesIn(patterns[0].elements).map((variable) => presenceCondition(keyNameOf(variable), false));
}

function resourceSetsOf(targets: Targets, context: DecisionContext): Resources[] {
  if (targets.negated) {
    return targets.patterns.reduce<Resources[]>((left, pattern) => left.flatMap((r) => subtractPattern(r, pattern, context)), [{ type: 'star' }, ALL_ARNS]);
  }
  return targets.patterns.flatMap((pattern): Resources[] => {
    if (matchesEverything(pattern)) { return [{ type: 'star' }, ALL_ARNS]; }
    const fields = pattern.unclear === undefined ? arnFields(pattern.elements) : undefined;
    return fields ? [{ type: 'arns', fields: fields.map((field) => stringsMatching([field])), from: pattern }] : [{ type: 'pattern', pattern }];
  });
}

/** A superset of the requests of the set that the statement does not match. */
export function subtract(requests: RequestSet, statement: Statement, context: DecisionContext): RequestSet[] {
  context.budget.spend(STEPS_PER_STATEMENT);
  if (isDisjoint(requests, statement, context)) { return [requests]; }
  const left: RequestSet[] = [];
  const action = statement.actions.negated
    ? intersectPatterns(requests.action, elementsOf(statement.actions), context.budget)
    : subtractPatterns(requests.action, elementsOf(statement.actions), context.budget);
  if (action) { left.push({ ...requests, action }); }
  if (action === requests.action) { return [requests]; } // no action in common
  left.push(...subtractTargets(requests, statement.resources, context).map((resource) => ({ ...requests, resource })));
  if (left.some((l) => l.resource === requests.resource && l.action === requests.action)) { return [requests]; }
  for (const entry of statement.conditions) {
    const conditions = [...requests.conditions, { entry, holds: false }];
    if (areSatisfiableFor([entry], conditions, context)) { left.push({ ...requests, conditions }); }
  }
  return left;
}

/** A superset of the requests of the set that the statement matches. */
export function intersect(requests: RequestSet, statement: Statement, context: DecisionContext, fieldByField: boolean): RequestSet[] {
  const action = statement.actions.negated
    ? subtractPatterns(requests.action, elementsOf(statement.actions), context.budget)
    : intersectPatterns(requests.action, elementsOf(statement.actions), context.budget);
  if (!action) { return []; }
  const conditions = [...requests.conditions, ...statement.conditions.map((entry) => ({ entry, holds: true }))];
  if (!areSatisfiableFor(statement.conditions, conditions, context)) { return []; }
  const resources = statement.resources.negated
    ? statement.resources.patterns.reduce<Resources[]>(
      (left, pattern) => left.flatMap((r) => subtractPattern(r, pattern, context)),
      [requests.resource],
    )
    : statement.resources.patterns.flatMap((pattern) => intersectPattern(requests, pattern, context, fieldByField));
  return resources.map((resource) => ({ action, resource, conditions }));
}

/** Whether the conditions show that the statement matches no request of the set. */
function isDisjoint(requests: RequestSet, statement: Statement, context: DecisionContext): boolean {
  if (requests.conditions.length === 0 || statement.conditions.length === 0) { return false; }
  const literals = [...requests.conditions, ...statement.conditions.map((entry) => ({ entry, holds: true }))];
  return !areSatisfiableFor(statement.conditions, literals, context);
}

function subtractTargets(requests: RequestSet, targets: Targets, context: DecisionContext): Resources[] {
  const { resource } = requests;
  if (!targets.negated) {
    return targets.patterns.reduce<Resources[]>((left, pattern) => left.flatMap((r) => subtractPattern(r, pattern, context)), [resource]);
  }
  // IAM does not document which resources a NotResource excludes if a variable has no value.
  if (targets.patterns.some((p) => p.unclear !== undefined || mayHoldPolicyVariable(p))) { return [resource]; }
  return targets.patterns.flatMap((pattern) => intersectPattern(requests, pattern, context, false));
}

/** A superset of the resources that at least one reading of the pattern does not match. */
function subtractPattern(resource: Resources, pattern: Pattern, context: DecisionContext): Resources[] {
  if (matchesEverything(pattern)) { return []; }
  context.budget.spend(STEPS_PER_STATEMENT);
  if (resource.type === 'star') { return [resource]; }
  const from = resource.type === 'arns' ? resource.from : resource.pattern;
  if (from && resourceCovers(pattern, from, context.budget)) { return []; }
  const fields = resource.type === 'arns' && pattern.unclear === undefined ? plainFields(pattern) : undefined;
  if (resource.type !== 'arns' || !fields) { return [resource]; }
  const left: Resources[] = [];
  for (let i = 0; i < FIELDS; i++) {
    const field = subtractPatterns(resource.fields[i], [fields[i]], context.budget);
    if (field === resource.fields[i]) { return [resource]; } // no ARN in common
    if (field) { left.push({ ...resource, fields: replaceAt(resource.fields, i, field) }); }
  }
  return left;
}

/**
 * A superset of the resources that the pattern matches. With `fieldByField`, only those that it matches if no wildcard matches
 * colons.
 */
function intersectPattern({ action, resource }: RequestSet, pattern: Pattern, context: DecisionContext, fieldByField: boolean): Resources[] {
  if (matchesEverything(pattern)) { return [resource]; }
  if (resource.type === 'star') { return []; }
  const from = resource.type === 'arns' ? resource.from : resource.pattern;
  if (from && !mayOverlap(from, pattern, 'anything', context.budget)) { return []; }
  if (from && resourceCovers(pattern, from, context.budget)) { return [resource]; }
  const fields = pattern.unclear === undefined ? arnFields(pattern.elements) : undefined;
  if (resource.type !== 'arns' || !fields) { return [resource]; }
  const exact = !hasCapitalsBeforeResource(pattern) && !(from && hasCapitalsBeforeResource(from))
    && (!from || resourceCovers(from, pattern, context.budget) || areKeptInFields([[from, pattern], [pattern, from]], action, context));
  if (!exact && !fieldByField) { return [resource]; }
  const common: StringSet[] = [];
  for (let i = 0; i < FIELDS; i++) {
    const field = intersectPatterns(resource.fields[i], [fields[i]], context.budget);
    if (!field) { return exact || fieldByField ? [] : [resource]; }
    common.push(field);
  }
  return [{ ...resource, fields: common, from: exact ? pattern : from }];
}

/**
 * True if no wildcard before the resource part of a pattern matches a colon in an ARN that the other pattern matches. If this is true although
 * a pattern has a wildcard there, the proof relies on the catalog, and this records it.
 */
function areKeptInFields(
  pairs: ReadonlyArray<readonly [pattern: Pattern, other: Pattern]>, action: StringSet, { mayCrossColons, relyOn, budget }: DecisionContext,
): boolean {
  const wild = pairs.filter(([pattern]) => hasWildcardBeforeResource(pattern));
  if (wild.some(([pattern, other]) => mayCrossColons(pattern, action, other, budget))) { return false; }
  if (wild.length > 0) { relyOn(); }
  return true;
}

/** Whether the pattern has capital letters before the resource part. AWS writes lower case there, and IAM does not document whether case matters. */
function hasCapitalsBeforeResource(pattern: Pattern): boolean {
  const fields = arnFields(pattern.elements);
  return !fields || fields.slice(0, -1).some((field) => field.some((e) => e.type === 'char' && e.char !== e.char.toLowerCase()));
}

function hasWildcardBeforeResource(pattern: Pattern): boolean {
  const fields = arnFields(pattern.elements);
  return !fields || fields.slice(0, -1).some((field) => field.some((e) => e.type === 'one' || e.type === 'many'));
}

/**
 * The fields of a pattern that matches the same ARNs under all readings, even if fields contain colons: before the resource part, it has
 * no capital letters, and no wildcard except a `*` at the end of a field.
 */
function plainFields(pattern: Pattern): ReadonlyArray<readonly Element[]> | undefined {
  const fields = arnFields(pattern.elements);
  if (hasCapitalsBeforeResource(pattern)) { return undefined; }
  const plain = fields?.slice(0, -1).every((field) => field.every((e, i) => e.type !== 'one' && (e.type !== 'many' || i === field.length - 1)));
  return plain ? fields : undefined;
}

function replaceAt<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((old, i) => (i === index ? item : old));
}

function elementsOf(targets: Targets): ReadonlyArray<readonly Element[]> {
  return targets.patterns.filter((p) => p.unclear === undefined).map((p) => p.elements);
}

/** A state for each key; `undefined` proves that there is a key of which no state meets the literals. */
export function findKeyStates(
  literals: readonly Literal[], context: DecisionContext, factsOf: (key: string) => KeyFacts | undefined = context.factsOfPrincipal,
): Map<string, KeyState> | undefined {
  const states = new Map<string, KeyState>();
  for (const key of new Set(literals.map((l) => l.entry.key))) {
    const state = findStateOf(key, literals, context, factsOf(key));
    if (!state) { return undefined; }
    states.set(key, state);
  }
  return states;
}

function areSatisfiable(literals: readonly Literal[], context: DecisionContext): boolean {
  return areSatisfiableFor(literals.map((l) => l.entry), literals, context);
}

/** Whether the literals may hold together. Tests only the keys of `entries`. */
function areSatisfiableFor(entries: readonly ConditionEntry[], literals: readonly Literal[], context: DecisionContext): boolean {
  context.budget.spend(literals.length);
  // Also across keys: a condition that requires two keys to be equal has the same id for both.
  const asserted = new Set(literals.flatMap((l) => (l.holds ? [l.entry.id] : [])));
  if (literals.some((l) => !l.holds && asserted.has(l.entry.id))) { return false; }
  const keys = new Set(entries.flatMap((e) => [e.key, ...variableKeysInCondition(e)]));
  return [...keys].every((key) => findStateOf(key, literals, context) !== undefined);
}

const STEPS_PER_STATEMENT = 20;

/** The steps that each literal of a key costs. */
const STEPS_PER_LITERAL = 40;

/** A state of the key that meets the literals and the facts. If only the facts rule it out, the proof relies on them. */
export function findStateOf(
  key: string, literals: readonly Literal[], context: DecisionContext, facts = context.factsOfPrincipal(key),
): KeyState | undefined {
  const own = literals.filter((l) => l.entry.key === key);
  context.budget.spend(literals.length + own.length * STEPS_PER_LITERAL);
  const find = (of: KeyFacts | undefined) => findKeyState(own, context.mayBeMultivalued(key), context.budget, of, key);
  const isRequired = literals.some((literal) => requiresKey(literal, key));
  const state = isRequired && facts?.presence === 'never' ? undefined : find(isRequired ? { ...facts, presence: 'always' } : facts);
  if (!state && facts && find(isRequired ? { presence: 'always' } : undefined)) { context.relyOn(facts.assumption); }
  return state;
}

/** Whether the condition holds only if the key has a value, because it compares another key with the policy variable `${key}`. */
function requiresKey({ entry: { meaning, values }, holds }: Literal, key: string): boolean {
  if (!holds || meaning?.type !== 'value' || meaning.test.family !== 'text') { return false; }
  return !meaning.negated && !meaning.ifExists && meaning.set !== 'ForAllValues' && values.some(mayHaveVariable)
    && meaning.test.patterns.every((elements) => requiredVariablesIn(elements).some(({ conditionKey }) => conditionKey === key));
}
