/**
 * Splits a pair into cases in which the policy variables of the pair, and of the statements that it is compared with, have known values.
 * `decide-pair.ts` decides each case.
 *
 * Invariant: the cases together contain every request of the pair. A condition `aws:PrincipalTag/team = x` of the session policy
 * gives `${aws:PrincipalTag/team}` the value `x`. For a variable with a default, one case has the key, and one does not have it and uses the
 * default. IAM does not document variables of keys with several values, so the value of such a variable stays unknown.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { presenceCondition } from '../policy/condition-entry';
import { ConditionEntry, Statement } from '../policy/policy';
import { KeyValue, KeyValues, patternsWithVariables, specializeStatement, specializeTargets, variableKeysIn, variableKeysOf } from '../policy/specialize';
import { DecisionContext } from '../regions/request-set';
import { PatternPair } from '../regions/targets';
import { Element, literalText, sameElements } from '../strings/pattern';
import { SymbolicVariable } from '../strings/symbolic-string';
import { LayerSlice } from '../witness/find-witness';

/** A pair, its statement, and the slice of the layer that it is compared with: as a whole, or in one case. */
export interface PairCase {
  readonly pair: PatternPair;
  /** The statement of the pair, with the conditions that make the case. */
  readonly statement: Statement;
  readonly slice: LayerSlice;
}

/** Maximum number of cases. With more, the variables keep unknown values. */
const CASES = 16;

export function casesOf(whole: PairCase, { mayBeMultivalued }: Pick<DecisionContext, 'mayBeMultivalued'>): readonly PairCase[] {
  const keys = variableKeysAround(whole);
  if (keys.size === 0) { return [whole]; }
  let cases: readonly PairCase[] = [whole];
  for (const key of keys) {
    const split = cases.flatMap((one) => splitByKey(one, key, whole, mayBeMultivalued(key)));
    if (split.length > CASES) { return cases; }
    cases = split;
  }
  return cases;
}

/** The statement of the pair, and all that it is compared with. */
function statementsOf({ statement, slice: { allows, denies, sessionDenies } }: PairCase): readonly Statement[] {
  return [statement, ...allows, ...denies, ...sessionDenies];
}

function variableKeysAround(whole: PairCase): ReadonlySet<string> {
  const around = statementsOf(whole).flatMap(variableKeysOf);
  return new Set(around.length === 0 ? [] : [...whole.pair.resource.patterns.flatMap(({ elements }) => variableKeysIn(elements)), ...around]);
}

function splitByKey(one: PairCase, key: string, whole: PairCase, mayHaveSeveral: boolean): PairCase[] {
  const states = statesUnder(one.statement, key, mayHaveSeveral) ?? (hasDefault(whole, key) ? [missing(key), present(key)] : undefined);
  return states ? states.flatMap(({ value, condition }) => specializeCase(one, key, value, condition) ?? []) : [one];
}

/** One possible state of a key, and the condition that is true exactly in that state. */
interface KeyCase {
  readonly value: KeyValue;
  readonly condition: ConditionEntry;
}

const missing = (key: string): KeyCase => ({ value: 'missing', condition: presenceCondition(key, true) });
const present = (key: string): KeyCase => ({ value: 'present', condition: presenceCondition(key, false) });

/**
 * All states that the key may have under one of the conditions of the statement; `undefined` if no condition lists its texts or requires it
 * to be missing.
 */
function statesUnder({ conditions }: Statement, key: string, mayHaveSeveral: boolean): KeyCase[] | undefined {
  for (const { key: own, meaning, operator, keyName, id, values } of conditions) {
    if (own !== key || !meaning) { continue; }
    if (meaning.type === 'presence') {
      if (meaning.missing.every((isMissing) => isMissing)) { return [missing(key)]; }
      continue;
    }
    const { test } = meaning;
    if (test.family !== 'text' || meaning.negated || meaning.set || mayHaveSeveral) { continue; }
    const texts = test.patterns.map(textOf);
    if (texts.includes(undefined)) { continue; }
    const pinned = test.patterns.map((pattern, i): KeyCase => ({
      value: { text: texts[i]! },
      condition: { operator, key, keyName, values: [values[i]], id: `${id} ${i}`, meaning: { ...meaning, ifExists: false, test: { family: 'text', patterns: [pattern] } } },
    }));
    return meaning.ifExists ? [...pinned, missing(key)] : pinned;
  }
  return undefined;
}

/** The only text that the pattern matches. */
function textOf(pattern: readonly Element[]): string | undefined {
  const isText = pattern.every((e) => e.type === 'char' && e.letterCase !== 'ignored');
  return isText ? literalText(pattern).toString() : undefined;
}

function hasDefault(whole: PairCase, key: string): boolean {
  const statements = statementsOf(whole);
  const ofResources = [whole.pair.resource, ...statements.map(({ resources }) => resources)].flatMap(({ patterns }) => patterns);
  const ofConditions = statements.flatMap(({ conditions }) => conditions).flatMap(patternsWithVariables);
  return [...ofResources.map(({ elements }) => elements), ...ofConditions]
    .some((elements) => elements.some((e) => e.type === 'variable' && e.variable.conditionKey === key && e.variable.fallback !== undefined));
}

/** The case in which the key has the value; `undefined` if it contains no request. */
function specializeCase({ pair, statement, slice }: PairCase, key: string, value: KeyValue, condition: ConditionEntry): PairCase | undefined {
  const values: KeyValues = (of) => (of === key ? value : undefined);
  const all = (statements: readonly Statement[]) => statements.flatMap((s) => specializeStatement(s, values) ?? []);
  const resource = specializeTargets(pair.resource, values);
  const specialized = specializeStatement(statement, values);
  if (!specialized || resource.patterns.length === 0) { return undefined; }
  return {
    pair: { ...pair, resource },
    statement: { ...specialized, conditions: [...specialized.conditions, condition] },
    slice: { ...slice, sessionDenies: all(slice.sessionDenies), allows: all(slice.allows), denies: all(slice.denies) },
  };
}

/**
 * The pair with wildcards in place of the variables that a condition limits to a pattern: it contains the pair. `undefined` if there
 * is no such variable.
 */
export function widenPair(
  pair: PatternPair, { conditions }: Statement, { mayBeMultivalued }: Pick<DecisionContext, 'mayBeMultivalued'>,
): PatternPair | undefined {
  const single = conditions.filter(({ key }) => !mayBeMultivalued(key));
  let widened = false;
  const patterns = pair.resource.patterns.map((pattern) => {
    const elements = pattern.elements.flatMap((element): readonly Element[] => {
      const limit = element.type === 'variable' ? limitOf(element.variable, single) : undefined;
      widened ||= limit !== undefined;
      return limit ?? [element];
    });
    return { ...pattern, source: `${pattern.source} (widened)`, elements };
  });
  return widened && !pair.resource.negated ? { ...pair, resource: { negated: false, patterns } } : undefined;
}

/** The only pattern that the key of the variable may match. A request without the key is not in the pair, unless there is a default. */
function limitOf({ conditionKey, fallback }: SymbolicVariable, conditions: readonly ConditionEntry[]): readonly Element[] | undefined {
  for (const { key, meaning } of conditions) {
    if (key !== conditionKey || fallback !== undefined || meaning?.type !== 'value' || meaning.test.family !== 'text') { continue; }
    const [limit, ...others] = meaning.test.patterns;
    const isLimit = !meaning.negated && !meaning.set && limit !== undefined && others.every((other) => sameElements(other, limit));
    if (isLimit && limit.every((e) => e.type !== 'variable')) { return limit; }
  }
  return undefined;
}
