/**
 * Suggests what to write in place of a statement that is not inside the role. The rules and `cdk-pod-identity compare` ask it.
 *
 * Invariant: every pair that is suggested is proven to be inside the role. The suggestion may be narrower than necessary.
 */
import { pairsInside } from './decide-narrowing';
import { NarrowingOptions } from './decision';
import { intersectStatements } from '../intersect/effective-permissions';
import { Statement } from '../policy/policy';
import { printStatement, StatementJson } from '../policy/print-statement';
import { NarrowingQuestion } from '../policy/verdict';
import { pairsOf, PatternPair } from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';
import { SymbolicString, textKey } from '../strings/symbolic-string';

/** Maximum number of pairs that are not inside and that are intersected with the role; the rest is dropped. */
const PARTS_INTERSECTED = 50;

/**
 * Reduces a statement of the session policy to a part that is proven to be inside the role: it keeps the pairs that are inside, and
 * intersects the others with the role. The list is empty if no such part was found.
 */
export function suggestFix(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions = {}): StatementJson[] {
  const kept = pairsInside(statement, question, options);
  // A document without variables cannot express what the role allows with them.
  const others = statement.policyVariables
    ? pairsOf(statement).filter((pair) => !kept.some((k) => isSamePair(k, pair))).slice(0, PARTS_INTERSECTED)
    : [];
  const allowed = others.flatMap((pair) => intersectWithRole({ ...statement, actions: pair.action, resources: pair.resource }, question, options));
  return [...keepPairs(statement, kept), ...joinActions(allowed)];
}

function isSamePair(a: PatternPair, b: PatternPair): boolean {
  return a.action.patterns.every((p, i) => p === b.action.patterns[i]) && a.resource.patterns.every((p, i) => p === b.resource.patterns[i]);
}

function intersectWithRole(part: Statement, question: NarrowingQuestion, options: NarrowingOptions): StatementJson[] {
  const layers = question.layers.map((l) => l.policies.flatMap((p) => p.statements).filter((s) => s.effect === 'Allow'));
  return withinBudget(
    () => intersectStatements([[part], ...layers], [], new Budget(options.budget ?? DEFAULT_BUDGET))
      .flatMap((s) => keepPairs({ ...s, sid: undefined }, pairsInside(s, question, options))),
    () => [],
  );
}

/** Joins statements that differ only in their actions. */
function joinActions(statements: readonly StatementJson[]): StatementJson[] {
  const joined = new Map<string, StatementJson>();
  for (const statement of statements) {
    const { Action, ...rest } = statement;
    const key = JSON.stringify(Action === undefined ? statement : rest);
    const actions = [...new Set([joined.get(key)?.Action ?? [], Action ?? []].flat())];
    joined.set(key, Action === undefined ? statement : { ...statement, Action: actions.length === 1 ? actions[0] : actions });
  }
  return [...joined.values()];
}

/** Reduces a statement to the `kept` pairs: one statement for each set of resources. */
function keepPairs(statement: Statement, kept: readonly PatternPair[]): StatementJson[] {
  const actionsByResources = new Map<string, Array<string | SymbolicString>>();
  const resources = new Map<string, Array<string | SymbolicString>>();
  for (const pattern of new Set(kept.flatMap((pair) => pair.action.patterns))) {
    const on = kept.filter((pair) => pair.action.patterns.includes(pattern)).flatMap((pair) => pair.resource.patterns.map((p) => p.source));
    const key = JSON.stringify(on.map(textKey));
    resources.set(key, on);
    actionsByResources.set(key, [...actionsByResources.get(key) ?? [], pattern.source]);
  }
  // A Sid is unique within its policy: two statements cannot both have it.
  const source = actionsByResources.size > 1 ? { ...statement, sid: undefined } : statement;
  return [...actionsByResources].map(([key, actions]) => printStatement(
    source,
    { negated: statement.actions.negated, list: actions },
    { negated: statement.resources.negated, list: resources.get(key)! },
    statement.conditions,
  ));
}
