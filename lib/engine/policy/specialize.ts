/**
 * Replaces policy variables whose keys have a known value, or are known to be missing, in the patterns of a statement. The
 * decisions then compare the values as literal text.
 *
 * Invariant: the result matches the same requests as the statement, among those in which the keys have these values.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { ConditionEntry, Statement, Targets, wholeStatement } from './policy';
import { memoize } from '../../util/memo';
import { Element, LetterCase, literalElements, Pattern } from '../strings/pattern';
import { partsOf, SymbolicString, SymbolicVariable } from '../strings/symbolic-string';

/** The value of a condition key; `missing` if the request does not have it, `present` if it has any, `undefined` if nothing is known. */
export type KeyValue = { readonly text: string | SymbolicString } | 'missing' | 'present' | undefined;

/** The values of condition keys in lower case. */
export type KeyValues = (key: string) => KeyValue;

/** The statement for requests in which the keys have these values; `undefined` if it matches none of them. */
export function specializeStatement(statement: Statement, values: KeyValues): Statement | undefined {
  const resources = specializeTargets(statement.resources, values);
  const conditions = statement.conditions.map((entry) => specializeCondition(entry, values));
  if (resources === statement.resources && conditions.every((entry, i) => entry === statement.conditions[i])) { return statement; }
  if (!resources.negated && resources.patterns.length === 0) { return undefined; }
  return { ...statement, resources, conditions, whole: wholeStatement(statement) };
}

/** A resource whose variable has no value matches nothing. IAM does not document what a NotResource with one excludes, so it stays. */
export function specializeTargets(targets: Targets, values: KeyValues): Targets {
  if (!targets.patterns.some((p) => variableKeysIn(p.elements).some((key) => values(key) !== undefined))) { return targets; }
  const patterns = targets.patterns.flatMap((pattern): Pattern[] => {
    const elements = specializeElements(pattern.elements, values, 'significant');
    if (elements === pattern.elements) { return [pattern]; }
    if (elements) { return [{ ...pattern, elements }]; }
    return targets.negated ? [pattern] : [];
  });
  return { negated: targets.negated, patterns };
}

/** A value whose variable has no value equals nothing. */
export function specializeCondition(entry: ConditionEntry, values: KeyValues): ConditionEntry {
  if (!entry.values.some(mayHaveVariable)) { return entry; }
  const { meaning, operator, key, keyName, id } = entry;
  if (meaning?.type !== 'value' || meaning.test.family !== 'text') { return entry; }
  const letterCase = operator.includes('IgnoreCase') ? 'ignored' : 'significant';
  const before = meaning.test.patterns;
  const patterns = before.map((elements) => specializeElements(elements, values, letterCase));
  if (patterns.every((elements, i) => elements === before[i])) { return entry; }
  const kept = patterns.filter((elements) => elements !== undefined);
  return { operator, key, keyName, values: entry.values, id, meaning: { ...meaning, test: { family: 'text', patterns: kept } } };
}

/** `undefined` if a variable has no value. */
function specializeElements(elements: readonly Element[], values: KeyValues, letterCase: LetterCase): readonly Element[] | undefined {
  let replaced = false;
  const result: Element[] = [];
  for (const element of elements) {
    const value = element.type === 'variable' ? valueOf(element.variable, values) : undefined;
    if (value === 'missing') { return undefined; }
    if (element.type !== 'variable' || value === undefined || (value === 'present' && element.variable.fallback === undefined)) {
      result.push(element);
      continue;
    }
    replaced = true;
    if (value === 'present') {
      result.push({ type: 'variable', variable: withoutFallback(element.variable) });
    } else {
      for (const literal of literalElements(value.text)) { result.push(literal.type === 'char' ? { ...literal, letterCase } : literal); }
    }
  }
  return replaced ? result : elements;
}

/** The same variable without its default. */
function withoutFallback({ fallback, ...variable }: SymbolicVariable): SymbolicVariable {
  const plain = (id: string) => id.replace(` or '${fallback}'`, '');
  const { id, asPattern, origin } = variable;
  return {
    ...variable,
    id: plain(id),
    ...(asPattern !== undefined && { asPattern: plain(asPattern) }),
    ...(origin && { origin: withoutFallback(origin) }),
  };
}

/** IAM does not document whether a wildcard in the value of a variable is a wildcard, so a value or default with one is treated as unknown. */
function valueOf({ conditionKey, fallback }: SymbolicVariable, values: KeyValues): KeyValue {
  const ofKey = conditionKey === undefined ? undefined : values(conditionKey);
  const value = ofKey === 'missing' && fallback !== undefined ? { text: fallback } : ofKey;
  return typeof value === 'object' && partsOf(value.text).some((part) => typeof part === 'string' && /[*?$]/.test(part)) ? undefined : value;
}

/** The keys, in lower case, of the policy variables among the elements. */
export function variableKeysIn(elements: readonly Element[]): string[] {
  return elements.flatMap((e) => (e.type === 'variable' && e.variable.conditionKey !== undefined ? [e.variable.conditionKey] : []));
}

/** The policy variables that must have a value for the elements to match: those without a default. */
export function requiredVariablesIn(elements: readonly Element[]): SymbolicVariable[] {
  return elements.flatMap((e) => (e.type === 'variable' && e.variable.conditionKey !== undefined && e.variable.fallback === undefined ? [e.variable] : []));
}

/** The key of a policy variable, as the policy writes it. */
export function keyNameOf({ label }: SymbolicVariable): string {
  return label.slice('${'.length).split(/[,}]/)[0];
}

/** The keys of all policy variables of a statement. */
export const variableKeysOf = memoize(({ resources, conditions, policyVariables }: Statement): readonly string[] => {
  if (!policyVariables) { return []; }
  return [
    ...resources.patterns.flatMap((p) => variableKeysIn(p.elements)),
    ...conditions.flatMap(variableKeysInCondition),
  ];
});

/** The keys of all policy variables in the values of a condition. */
export function variableKeysInCondition(entry: ConditionEntry): string[] {
  return patternsWithVariables(entry).flatMap(variableKeysIn);
}

/** The patterns of the values of a condition, if they may contain a policy variable. */
export function patternsWithVariables({ meaning, values }: ConditionEntry): ReadonlyArray<readonly Element[]> {
  return values.some(mayHaveVariable) && meaning?.type === 'value' && meaning.test.family === 'text' ? meaning.test.patterns : [];
}

/** Whether the text may contain a policy variable: a cheap test, before its pattern is read. */
export function mayHaveVariable(value: string | SymbolicString): boolean {
  return typeof value !== 'string' || value.includes('${');
}
