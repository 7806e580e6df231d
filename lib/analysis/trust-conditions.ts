/**
 * Decides whether a condition of a trust policy holds in every request that EKS makes for an association, or in none.
 *
 * Invariant: `holds` and `fails` are certain for every deploy-time value. Anything else is `open`, and rules read it in favor of the
 * association. As elsewhere, no generated name equals one that was written down.
 */
import { KeyState, RequestFacts } from './assume-role-request';
import { ConditionEntry, explainStatement, mayBeEqual, mayMatch, OpenValues, partsOf, Statement, SymbolicString } from '../engine';
import { arnFieldsOf } from '../template/arn-fields';
import { insideBraces } from '../util/braces';

export type ConditionOutcome = 'holds' | 'fails' | 'open';

/** Maximum number of combinations of states that are examined; a condition with more is open. Nobody writes one. */
const MAX_COMBINATIONS = 64;

/** @param statement the statement that the condition is one of */
export function conditionOutcome(entry: ConditionEntry, statement: Statement, facts: RequestFacts): ConditionOutcome {
  if (typeof entry.keyName !== 'string') { return 'open'; }
  const keys = [...new Set([entry.key, ...variableKeysIn(entry)])];
  let contexts: Array<ReadonlyMap<string, KeyState>> = [new Map()];
  for (const key of keys) {
    const states = facts(key);
    if (!states || contexts.length * states.length > MAX_COMBINATIONS) { return 'open'; }
    contexts = contexts.flatMap((context) => states.map((state) => new Map([...context, [key, state]])));
  }
  const outcomes = new Set(contexts.map((context) => outcomeIn(context, entry, statement)));
  return outcomes.size === 1 ? [...outcomes][0] : 'open';
}

function outcomeIn(context: ReadonlyMap<string, KeyState>, entry: ConditionEntry, statement: Statement): ConditionOutcome {
  const values = new OpenValues();
  const textOf = (state: NonNullable<KeyState>) => (isList(state) ? state.map((one) => values.textOf(one)) : values.textOf(state));
  const request = {
    action: 'sts:AssumeRole',
    resource: '*',
    context: new Map([...context].flatMap(([key, state]) => (state === undefined ? [] : [[key, textOf(state)] as const]))),
  };
  switch (explainStatement({ ...statement, conditions: [entry] }, request, values).conditions[0].match) {
    case 'yes': return 'holds';
    case 'no': return 'fails';
    default: return byDistinctNames(entry, context.get(entry.key));
  }
}

const TEXT_OPERATOR = /^(String|Arn)(Not)?(Equals|Like)(IfExists)?$/;

/** Whether the names of other resources keep every value of the condition from matching. */
function byDistinctNames({ operator, values }: ConditionEntry, actual: KeyState): ConditionOutcome {
  const [, family, negated, comparison] = TEXT_OPERATOR.exec(operator) ?? [];
  if (family === undefined || actual === undefined || isList(actual) || values.some((value) => value.toString().includes('${') && typeof value === 'string')) {
    return 'open';
  }
  const may = family === 'Arn' ? mayMatchArn : comparison === 'Like' ? mayMatch : mayBeEqual;
  return values.some((value) => may(value, actual)) ? 'open' : negated ? 'holds' : 'fails';
}

/** IAM compares the six fields of ARNs one by one: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function mayMatchArn(pattern: string | SymbolicString, arn: string | SymbolicString): boolean {
  const [wanted, given] = [arnFieldsOf(pattern), arnFieldsOf(arn)];
  return wanted && given ? wanted.every((field, i) => mayMatch(field, given[i])) : mayMatch(pattern, arn);
}

/** The keys of the policy variables in the values, in lower case. */
export function variableKeysIn({ values }: ConditionEntry): string[] {
  return values.flatMap((value) => partsOf(value)).flatMap((part) => (typeof part === 'string' ? insideBraces(part) : []))
    .map((inside) => inside.split(',')[0].trim().toLowerCase()).filter((key) => key.includes(':'));
}

export function isList(state: NonNullable<KeyState>): state is ReadonlyArray<string | SymbolicString> {
  return Array.isArray(state);
}
