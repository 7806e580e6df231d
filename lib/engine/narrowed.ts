import { Budget, withinBudget } from './budget';
import { boxesInside, DEFAULT_BUDGET, NarrowingOptions } from './decide-narrowing';
import { allowedByAll } from './effective-permissions';
import { Statement } from './policy';
import { Box, boxesOf } from './targets';
import { Text, textKey } from './text';
import { NarrowingQuestion } from './verdict';
import { StatementJson, writtenStatement } from './written-statement';

/** As many of the parts that are not inside as are looked at one by one. */
const PARTS_INTERSECTED = 50;

/**
 * What is left of a statement of the session policy when all goes that is not proven to be inside the role: parts of it as
 * they are and, of parts that the role allows in part, what it allows. Empty: nothing.
 */
export function narrowedForm(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions = {}): StatementJson[] {
  const kept = boxesInside(statement, question, options);
  // What the role says with variables cannot be said in a document without them.
  const others = !statement.variables ? [] : boxesOf(statement).filter((box) => !kept.some((k) => isSameBox(k, box))).slice(0, PARTS_INTERSECTED);
  const allowed = others.flatMap((box) => allowedPart({ ...statement, actions: box.action, resources: box.resource }, question, options));
  return [...narrowedStatements(statement, kept), ...withActionsJoined(allowed)];
}

function isSameBox(a: Box, b: Box): boolean {
  return a.action.patterns.every((p, i) => p === b.action.patterns[i]) && a.resource.patterns.every((p, i) => p === b.resource.patterns[i]);
}

function allowedPart(part: Statement, question: NarrowingQuestion, options: NarrowingOptions): StatementJson[] {
  const layers = question.layers.map((l) => l.policies.flatMap((p) => p.statements).filter((s) => s.effect === 'Allow'));
  return withinBudget(
    () => allowedByAll([[part], ...layers], [], new Budget(options.budget ?? DEFAULT_BUDGET))
      .flatMap((s) => narrowedStatements({ ...s, sid: undefined }, boxesInside(s, question, options))),
    () => [],
  );
}

/** Statements that differ in their actions only, as one. */
function withActionsJoined(statements: readonly StatementJson[]): StatementJson[] {
  const joined = new Map<string, StatementJson>();
  for (const statement of statements) {
    const { Action, ...rest } = statement;
    const key = JSON.stringify(Action === undefined ? statement : rest);
    const actions = [...new Set([joined.get(key)?.Action ?? [], Action ?? []].flat())];
    joined.set(key, Action === undefined ? statement : { ...statement, Action: actions.length === 1 ? actions[0] : actions });
  }
  return [...joined.values()];
}

/** What is left of a statement when only `kept` boxes stay: one statement for each set of resources. */
function narrowedStatements(statement: Statement, kept: readonly Box[]): StatementJson[] {
  const actionsByResources = new Map<string, Array<string | Text>>();
  const resources = new Map<string, Array<string | Text>>();
  for (const pattern of new Set(kept.flatMap((box) => box.action.patterns))) {
    const on = kept.filter((box) => box.action.patterns.includes(pattern)).flatMap((box) => box.resource.patterns.map((p) => p.source));
    const key = JSON.stringify(on.map(textKey));
    resources.set(key, on);
    actionsByResources.set(key, [...actionsByResources.get(key) ?? [], pattern.source]);
  }
  // A Sid is unique within its policy: two statements cannot both have it.
  const source = actionsByResources.size > 1 ? { ...statement, sid: undefined } : statement;
  return [...actionsByResources].map(([key, actions]) => writtenStatement(
    source,
    { negated: statement.actions.negated, list: actions },
    { negated: statement.resources.negated, list: resources.get(key)! },
    statement.conditions,
  ));
}
