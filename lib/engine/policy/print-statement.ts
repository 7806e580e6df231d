/**
 * Prints statements in IAM's JSON. Suggested fixes and effective permissions leave the engine here.
 * It prints what it is given. Conditions on the same operator and key overwrite each other, so callers combine them first.
 */
import { Json, SymbolicMember } from './json';
import { Statement } from './policy';
import { SymbolicString } from '../strings/symbolic-string';

/** One operator on one key, with the names as the policy writes them. */
export interface WrittenCondition {
  readonly operator: string;
  readonly keyName: string | SymbolicString;
  readonly values: ReadonlyArray<string | SymbolicString>;
}

/** A statement as IAM's JSON. */
export interface StatementJson {
  readonly Effect: string;
  readonly [element: string]: unknown;
}

/** The whole statement, with its patterns as they are written. */
export function statementAsJson(statement: Statement): StatementJson {
  const sources = (targets: Statement['actions']) => ({ negated: targets.negated, list: targets.patterns.map((p) => p.source) });
  return printStatement(statement, sources(statement.actions), sources(statement.resources), statement.conditions);
}

interface List {
  readonly negated: boolean;
  readonly list: ReadonlyArray<string | SymbolicString>;
}

/** Prints a statement. A list of one is printed as a string. */
export function printStatement(
  statement: Pick<Statement, 'effect' | 'sid'>, actions: List, resources: List, written: readonly WrittenCondition[],
): StatementJson {
  const oneOrMany = <T>(list: readonly T[]) => (list.length === 1 ? list[0] : list);
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const { operator, keyName, values } of written) {
    conditions[operator] = { ...conditions[operator], [keyName.toString()]: memberNamed(keyName, oneOrMany(values)) };
  }
  return {
    ...(statement.sid ? { Sid: statement.sid } : {}),
    Effect: statement.effect,
    [actions.negated ? 'NotAction' : 'Action']: oneOrMany(actions.list),
    [resources.negated ? 'NotResource' : 'Resource']: oneOrMany(resources.list),
    ...(written.length > 0 ? { Condition: conditions } : {}),
  };
}

/** A printed statement can be parsed again, so a name with symbolic variables keeps them. */
function memberNamed(name: string | SymbolicString, value: Json): Json {
  return typeof name === 'string' ? value : new SymbolicMember(name, value);
}
