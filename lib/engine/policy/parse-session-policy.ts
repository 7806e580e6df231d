/**
 * Reads a session policy that is to be deployed: its grammar (`parse-policy.ts`), and the values that AWS rejects although they fit
 * the grammar (`rejected-values.ts`). The policies of a role that exists had to pass both, so only session policies are read here.
 */
import { parseOperator } from './condition-operators';
import { isJsonObject, Json, itemsOf } from './json';
import { excerpt, ParsedPolicy, parsePolicy, Problem } from './parse-policy';
import { whyResourceRejected, whyValueRejected } from './rejected-values';
import { SymbolicString } from '../strings/symbolic-string';

/** A statement with a problem is not in the policy. */
export function parseSessionPolicy(document: Json, name: string): ParsedPolicy {
  const { policy, problems } = parsePolicy(document, name, 'session');
  const rejected = policy.statements.map((statement) => ({
    statement, problems: problemsIn(statementOf(document, statement.index), statement.index),
  }));
  return {
    policy: { ...policy, statements: rejected.filter((one) => one.problems.length === 0).map(({ statement }) => statement) },
    problems: [...problems, ...rejected.flatMap((one) => one.problems)],
  };
}

type Statement = { readonly [element: string]: Json };

/** A statement that was understood. */
function statementOf(document: Json, index: number): Statement {
  const { Statement: body } = document as { readonly Statement: Json };
  return (itemsOf(body) as readonly Statement[])[index];
}

function problemsIn(statement: Statement, index: number): Problem[] {
  const where = `Statement[${index}]`;
  const resources = ['Resource', 'NotResource'].flatMap((element) => (
    textsIn(statement[element] ?? []).flatMap((text) => problem(`${where}.${element}`, text, whyResourceRejected(text)))));
  const conditions = entriesOf(statement.Condition).flatMap(([operator, keys]) => (
    entriesOf(keys).flatMap(([key, values]) => problemsOf(values, parseOperator(operator)!.base, `${where}.Condition.${operator}.${key}`))));
  return [...resources, ...conditions];
}

function problemsOf(values: Json, base: string, where: string): Problem[] {
  return textsIn(values).flatMap((text) => (typeof text === 'string' ? problem(where, text, whyValueRejected(base, text)) : []));
}

function problem(where: string, text: string | SymbolicString, why: string | undefined): Problem[] {
  return why === undefined ? [] : [{ kind: 'invalid', where, message: `${excerpt(text)} ${why}` }];
}

function textsIn(value: Json): Array<string | SymbolicString> {
  return itemsOf(value).flatMap((item) => (typeof item === 'string' || item instanceof SymbolicString ? [item] : []));
}

function entriesOf(value: Json | undefined): Array<[string, Json]> {
  return isJsonObject(value) ? Object.entries(value) : [];
}
