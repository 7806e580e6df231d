import { boxesInside, NarrowingOptions } from './decide-narrowing';
import { Statement } from './policy';
import { Box } from './targets';
import { partsOf, Text } from './text';
import { NarrowingQuestion } from './verdict';

/** A statement in IAM's own form. */
export interface StatementJson {
  readonly Effect: string;
  readonly [element: string]: unknown;
}

/**
 * What is left of a statement of the session policy when all goes that is not proven to be inside the role. Empty: nothing.
 */
export function narrowedForm(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions = {}): StatementJson[] {
  return narrowedStatements(statement, boxesInside(statement, question, options));
}

/** What is left of a statement when only `kept` boxes stay: one statement for each set of resources. */
function narrowedStatements(statement: Statement, kept: readonly Box[]): StatementJson[] {
  const actionsByResources = new Map<string, Array<string | Text>>();
  const resources = new Map<string, Array<string | Text>>();
  for (const pattern of new Set(kept.flatMap((box) => box.action.patterns))) {
    const on = kept.filter((box) => box.action.patterns.includes(pattern)).flatMap((box) => box.resource.patterns.map((p) => p.source));
    const key = JSON.stringify(on.map((text) => partsOf(text).map((part) => (typeof part === 'string' ? part : { atom: part.id }))));
    resources.set(key, on);
    actionsByResources.set(key, [...actionsByResources.get(key) ?? [], pattern.source]);
  }
  // A Sid is unique within its policy: two statements cannot both have it.
  const source = actionsByResources.size > 1 ? { ...statement, sid: undefined } : statement;
  return [...actionsByResources].map(([key, actions]) => statementJson(
    source,
    { negated: statement.actions.negated, list: actions },
    { negated: statement.resources.negated, list: resources.get(key)! },
  ));
}

/** The whole statement, as its author would write it. */
export function statementAsJson(statement: Statement): StatementJson {
  const sources = (targets: Statement['actions']) => ({ negated: targets.negated, list: targets.patterns.map((p) => p.source) });
  return statementJson(statement, sources(statement.actions), sources(statement.resources));
}

interface List {
  readonly negated: boolean;
  readonly list: ReadonlyArray<string | Text>;
}

function statementJson(statement: Statement, actions: List, resources: List): StatementJson {
  const oneOrMany = <T>(list: readonly T[]) => (list.length === 1 ? list[0] : list);
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const { operator, keyName, values } of statement.conditions) {
    conditions[operator] = { ...conditions[operator], [keyName]: oneOrMany(values) };
  }
  return {
    ...(statement.sid ? { Sid: statement.sid } : {}),
    Effect: statement.effect,
    [actions.negated ? 'NotAction' : 'Action']: oneOrMany(actions.list),
    [resources.negated ? 'NotResource' : 'Resource']: oneOrMany(resources.list),
    ...(statement.conditions.length > 0 ? { Condition: conditions } : {}),
  };
}
