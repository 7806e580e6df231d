/**
 * What the answer about the requests of a policy may depend on: the unknown values and the unclear conditions of all statements that
 * may apply to them. Messages name them if nothing is proven.
 *
 * Rounds up: what is named may turn out not to matter.
 */
import { ConditionEntry, Statement } from '../policy/policy';
import { NarrowingQuestion } from '../policy/verdict';
import { pairsOf, statementMayOverlap } from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';
import { partsOf, SymbolicString } from '../strings/symbolic-string';
import { splitPolicyVariables } from '../strings/variables';

export interface Dependencies {
  /** The deploy-time values, by their labels, such as `${Bucket}`. */
  readonly deployTimeValues: readonly string[];
  /** The policy variables, such as `${aws:PrincipalTag/team}`. */
  readonly policyVariables: readonly string[];
  /** Conditions that IAM's documentation does not define, with their statements. */
  readonly unclear: ReadonlyArray<{ readonly statement: Statement; readonly condition: ConditionEntry }>;
}

/** The dependencies of what the session policy of the question and its layers allow together. */
export function dependenciesOf({ session, layers }: NarrowingQuestion): Dependencies {
  const pairs = session.statements.flatMap(pairsOf);
  const budget = new Budget(DEFAULT_BUDGET);
  const others = layers.flatMap((layer) => layer.policies).flatMap((policy) => policy.statements);
  const near = withinBudget(() => others.filter((s) => pairs.some((pair) => statementMayOverlap(s, pair, 'anything', budget))), () => others);
  const statements = [...session.statements, ...near];
  return {
    deployTimeValues: unique(statements.flatMap(textsOf).flatMap(partsOf).flatMap((part) => (typeof part === 'string' ? [] : [part.label]))),
    policyVariables: unique(statements.filter((s) => s.policyVariables).flatMap(textsOf).flatMap(splitPolicyVariables).flatMap((part) => (
      typeof part === 'object' && 'conditionKey' in part && part.conditionKey !== undefined ? [part.label] : []))),
    unclear: statements.flatMap((statement) => (
      statement.conditions.filter(({ meaning }) => meaning === undefined).map((condition) => ({ statement, condition })))),
  };
}

function textsOf({ resources, conditions }: Statement): Array<string | SymbolicString> {
  return [...resources.patterns.map(({ source }) => source), ...conditions.flatMap(({ values }) => values)];
}

function unique(labels: readonly string[]): string[] {
  return [...new Set(labels)].sort();
}
