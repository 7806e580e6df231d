/** Makes pairs smaller that break a law. */
import { RealPair } from './real-pairs';
import { PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { statementsOf } from '../../oracle/readings';

/** A pair without anything that it can do without. `breaks` holds for it, as for the pair. */
export function smallest(pair: RealPair, breaks: (pair: RealPair) => boolean): RealPair {
  for (const smaller of smallerPairs(pair)) {
    if (breaks(smaller)) { return smallest(smaller, breaks); }
  }
  return pair;
}

function* smallerPairs(pair: RealPair): Generator<RealPair> {
  const { session, identity: [role], boundary } = pair;
  if (boundary) { yield { ...pair, boundary: undefined }; }
  for (const smaller of smallerDocuments(session)) { yield { ...pair, session: smaller }; }
  for (const smaller of smallerDocuments(role)) { yield { ...pair, identity: [smaller] }; }
  if (boundary) {
    for (const smaller of smallerDocuments(boundary)) { yield { ...pair, boundary: smaller }; }
  }
}

function* smallerDocuments(document: PolicyDocument): Generator<PolicyDocument> {
  const statements = statementsOf(document);
  for (const [i, statement] of statements.entries()) {
    const others = (...instead: StatementDocument[]) => (
      { ...document, Statement: [...statements.slice(0, i), ...instead, ...statements.slice(i + 1)] }
    );
    if (statements.length > 1) { yield others(); }
    for (const smaller of smallerStatements(statement)) { yield others(smaller); }
  }
}

function* smallerStatements(statement: StatementDocument): Generator<StatementDocument> {
  for (const element of ['Action', 'NotAction', 'Resource', 'NotResource'] as const) {
    for (const list of withoutOne(statement[element])) { yield { ...statement, [element]: list }; }
  }
  const { Condition, ...rest } = statement;
  if (!Condition) { return; }
  yield rest;
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const [key, values] of Object.entries(keys)) {
      const { [key]: _key, ...otherKeys } = keys;
      const { [operator]: _operator, ...otherOperators } = Condition;
      const fewer = Object.keys(otherKeys).length > 0 ? { ...otherOperators, [operator]: otherKeys } : otherOperators;
      if (Object.keys(fewer).length > 0) { yield { ...statement, Condition: fewer }; }
      for (const list of withoutOne(values)) {
        yield { ...statement, Condition: { ...Condition, [operator]: { ...keys, [key]: list } } };
      }
    }
  }
}

function withoutOne<T>(values: T | readonly T[] | undefined): ReadonlyArray<readonly T[]> {
  return Array.isArray(values) && values.length > 1 ? values.map((_, i) => values.filter((__, at) => at !== i)) : [];
}
