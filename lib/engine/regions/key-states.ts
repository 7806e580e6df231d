/**
 * Decides whether conditions on one key can hold, or fail, together: the key is missing, has one value, or has several.
 * `request-set.ts` uses it to test whether the conditions of a request set are satisfiable. `witness/` uses it to find the values of the keys
 * of a request.
 *
 * Rounds up: `undefined` is a proof that no state of the key meets all literals. A condition that IAM does not define may hold or
 * not, so it rules nothing out; only a `certain` state makes a witness.
 */
import { findValue, passesTest, ValueConstraint } from './find-value';
import { KeyFacts } from './key-facts';
import { sampleValues } from './sample-values';
import { ConditionMeaning } from '../policy/condition-meaning';
import { mayBeMissing } from '../policy/context-keys';
import { ConditionEntry } from '../policy/policy';
import { KeyValue } from '../policy/specialize';
import { Budget } from '../strings/budget';
import { SymbolicString } from '../strings/symbolic-string';

/** A condition that must hold, or (`holds: false`) must not. */
export interface Literal {
  readonly entry: ConditionEntry;
  readonly holds: boolean;
}

/** The state of one key in a request. */
export interface KeyState {
  /** `undefined`: the request does not have the key. A list: a key that has several values. */
  readonly value: string | SymbolicString | ReadonlyArray<string | SymbolicString> | undefined;
  /** Whether a witness may use this state: `false` if IAM's rules are unclear, or if the key could not have this value. */
  readonly certain: boolean;
}

/** Converts the state of a key to the value of its policy variable. IAM does not document variables of keys with several values: `undefined`. */
export function keyValueOf(value: KeyState['value']): KeyValue {
  if (value === undefined) { return 'missing'; }
  return Array.isArray(value) ? undefined : { text: value as string | SymbolicString };
}

/**
 * A state of the key that meets all literals; `undefined` proves that none does. All literals are on this key. Simpler states
 * come first.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function findKeyState(
  literals: readonly Literal[], mayHaveSeveral: boolean, budget: Budget, facts: KeyFacts = NO_FACTS, key = literals[0]?.entry.key,
): KeyState | undefined {
  if (literals.some((a) => !a.holds && literals.some((b) => b.holds && b.entry.id === a.entry.id))) { return undefined; }
  const understood = literals.flatMap(({ entry, holds }) => (entry.meaning ? [{ key: entry.key, meaning: entry.meaning, holds }] : []));
  const certain = understood.length === literals.length; // what is not understood may hold or not
  let state: KeyState | undefined;
  for (const find of statesUnder(facts, mayHaveSeveral)) {
    const found = find(understood, budget, facts, key);
    if (found?.certain) { return { ...found, certain }; }
    state ??= found && { ...found, certain: false };
  }
  return state;
}

/** Any state is possible. */
const NO_FACTS: KeyFacts = { presence: 'sometimes' };

type FindState = (all: readonly UnderstoodLiteral[], budget: Budget, facts: KeyFacts, key: string | undefined) => KeyState | undefined;

function statesUnder(facts: KeyFacts, mayHaveSeveral: boolean): readonly FindState[] {
  if (facts.presence === 'never') { return [missing]; }
  const hasKnownText = facts.value !== undefined || facts.among !== undefined;
  const present = hasKnownText ? [oneValue] : [oneValue, ...(mayHaveSeveral ? [severalValues] : []), emptyValue];
  return facts.presence === 'always' ? present : [missing, ...present];
}

interface UnderstoodLiteral {
  readonly key: string;
  readonly meaning: ConditionMeaning;
  readonly holds: boolean;
}

/** Negated operators hold for a missing key: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export function holdsForMissingKey(meaning: ConditionMeaning): boolean | undefined {
  if (meaning.type === 'presence') { return meaning.missing.includes(true); }
  if (meaning.set === 'ForAllValues') { return true; }
  if (meaning.set === 'ForAnyValue') { return meaning.ifExists ? undefined : false; } // IfExists says that it holds, ForAnyValue that it does not
  return meaning.ifExists || meaning.negated;
}

function missing(all: readonly UnderstoodLiteral[], _budget?: Budget, facts: KeyFacts = NO_FACTS): KeyState | undefined {
  const truths = all.map(({ meaning, holds }) => [holdsForMissingKey(meaning), holds]);
  if (truths.some(([truth, holds]) => truth === !holds)) { return undefined; }
  return { value: undefined, certain: truths.every(([truth]) => truth !== undefined) && (facts.presence === 'never' || all.every(({ key }) => mayBeMissing(key))) };
}

function allowsPresence(all: readonly UnderstoodLiteral[]): boolean {
  return all.every(({ meaning, holds }) => meaning.type === 'value' || meaning.missing.includes(false) === holds);
}

/** The constraint that a literal puts on a single value. */
function constraintOf(meaning: ConditionMeaning & { type: 'value' }, holds: boolean): ValueConstraint {
  return { test: meaning.test, passes: holds !== meaning.negated };
}

function oneValue(all: readonly UnderstoodLiteral[], budget: Budget, facts: KeyFacts, key: string | undefined): KeyState | undefined {
  if (!allowsPresence(all)) { return undefined; }
  const constraints = all.flatMap(({ meaning, holds }) => (meaning.type === 'value' ? [constraintOf(meaning, holds)] : []));
  if (facts.value !== undefined) { return knownValue(facts.value, constraints, budget); }
  const found = findValue([...constraints, ...constraintsOf(facts)], budget, sampleValues(key));
  return found && { value: found.value, certain: found.plausible };
}

/** The value, unless it certainly fails one of the constraints. */
function knownValue(value: string | SymbolicString, constraints: readonly ValueConstraint[], budget: Budget): KeyState | undefined {
  const results = constraints.map(({ test, passes }) => [passesTest(test, value, budget), passes]);
  return results.some(([result, passes]) => result === !passes) ? undefined : { value, certain: results.every(([result]) => result !== undefined) };
}

function constraintsOf({ among = [], after, isBoolean }: KeyFacts): ValueConstraint[] {
  return [
    ...(isBoolean ? [{ test: { family: 'boolean', wanted: [true, false] }, passes: true } satisfies ValueConstraint] : []),
    ...among.map(({ negated, patterns }): ValueConstraint => ({ test: { family: 'text', patterns }, passes: !negated })),
    ...(after === undefined ? [] : [{ test: { family: 'date', comparison: 'GreaterThan', wanted: [after] }, passes: true } satisfies ValueConstraint]),
  ];
}

/**
 * Several values: some constraints apply to each of them, others to at least one. IAM does not define an operator without
 * `ForAllValues` or `ForAnyValue` on several values: it may hold, and it may not.
 */
function severalValues(all: readonly UnderstoodLiteral[], budget: Budget, _facts: KeyFacts, key: string | undefined): KeyState | undefined {
  if (!allowsPresence(all)) { return undefined; }
  const ofEach: ValueConstraint[] = [];
  const ofSome: ValueConstraint[] = [];
  let certain = true;
  for (const { meaning, holds } of all) {
    if (meaning.type === 'presence') { continue; }
    if (meaning.set) {
      ((meaning.set === 'ForAllValues') === holds ? ofEach : ofSome).push(constraintOf(meaning, holds));
    } else {
      certain = false;
    }
  }
  const values: Array<string | SymbolicString> = [];
  for (const some of ofSome.length > 0 ? ofSome : [undefined]) {
    const found = findValue([...ofEach, ...(some ? [some] : [])], budget, sampleValues(key));
    if (!found) { return undefined; }
    certain &&= found.plausible;
    values.push(found.value);
  }
  return { value: [...new Set(values)], certain };
}

/** An empty value, for the case that a set operator treats it as a missing key. IAM does not document whether it does. */
function emptyValue(all: readonly UnderstoodLiteral[], budget: Budget): KeyState | undefined {
  if (!all.some(({ meaning }) => meaning.type === 'value' && meaning.set) || !allowsPresence(all)) { return undefined; }
  const sets = all.filter(({ meaning }) => meaning.type === 'value' && meaning.set);
  if (!missing(sets)) { return undefined; }
  const plain = all.flatMap(({ meaning, holds }) => (meaning.type === 'value' && !meaning.set ? [constraintOf(meaning, holds)] : []));
  const empty: ValueConstraint = { test: { family: 'text', patterns: [[]] }, passes: true };
  return findValue([...plain, empty], budget) && { value: '', certain: false };
}
