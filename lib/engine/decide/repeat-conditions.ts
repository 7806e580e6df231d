/**
 * Suggests how a session policy repeats the conditions under which the role allows a statement. The rule on conditions asks it.
 *
 * Invariant: with the suggestion, the statement is proven to be inside the role.
 */
import { decideNarrowing } from './decide-narrowing';
import { NarrowingOptions } from './decision';
import { ConditionEntry, Layer, Statement } from '../policy/policy';
import { statementAsJson, StatementJson } from '../policy/print-statement';
import { Denial, NarrowingQuestion } from '../policy/verdict';
import { statementCoversStatement } from '../regions/targets';
import { Budget, DEFAULT_BUDGET, withinBudget } from '../strings/budget';

/** The statement with the conditions of allow statements, and the deny statements to add to the session policy. */
export interface RepeatedConditions {
  readonly statement: StatementJson;
  readonly denies: readonly StatementJson[];
}

/** Maximum number of statements of the role that are repeated. */
const STATEMENTS_REPEATED = 4;

/** `undefined` if no suggestion is proven. */
export function repeatConditions(statement: Statement, question: NarrowingQuestion, options: NarrowingOptions = {}): RepeatedConditions | undefined {
  const sessionDenies = question.session.statements.filter(({ effect }) => effect === 'Deny');
  let own = statement;
  const denies: Statement[] = [];
  for (let i = 0; i <= STATEMENTS_REPEATED; i++) {
    const session = { ...question.session, statements: [own, ...sessionDenies, ...denies] };
    const verdict = decideNarrowing({ ...question, session }, { ...options, firstExcessOnly: true });
    if (verdict.kind === 'narrows') { return { statement: statementAsJson(own), denies: denies.map(statementAsJson) }; }
    if (verdict.kind !== 'exceeds') { return undefined; }
    const [{ denial }] = verdict.excesses;
    const layer = question.layers.find(({ name }) => name === denial.layer)!;
    if (denial.statement) {
      denies.push(asWritten(denial.statement, layer));
    } else {
      const narrowed = withConditionsOf(layer, own, options);
      if (!narrowed) { return undefined; }
      own = narrowed;
    }
  }
  return undefined;
}

/** The statements of the layer that decide under conditions whether it allows the statement. */
export function conditionalStatements(statement: Statement, { statement: deny, layer: name }: Denial, { layers }: NarrowingQuestion): Statement[] {
  const layer = layers.find((l) => l.name === name)!;
  return deny ? [asWritten(deny, layer)] : coveringUnderConditions(layer, statement, new Budget(DEFAULT_BUDGET));
}

/** The search has cut the statement to the patterns that matter to it. */
function asWritten({ policy, index }: Statement, { policies }: Layer): Statement {
  return policies.flatMap(({ statements }) => statements).find((s) => s.policy === policy && s.index === index)!;
}

function coveringUnderConditions({ policies }: Layer, statement: Statement, budget: Budget): Statement[] {
  return withinBudget(() => policies.flatMap(({ statements }) => statements).filter((s) => (
    s.effect === 'Allow' && s.conditions.length > 0 && statementCoversStatement(s, statement, budget))), () => []);
}

/** With the conditions of the first allow statement that can be joined: one JSON document has each key of an operator once. */
function withConditionsOf(layer: Layer, statement: Statement, { budget = DEFAULT_BUDGET }: NarrowingOptions): Statement | undefined {
  const nameOf = ({ operator, keyName }: ConditionEntry) => `${operator} ${keyName}`;
  const own = new Map(statement.conditions.map((entry) => [nameOf(entry), entry]));
  for (const { conditions } of coveringUnderConditions(layer, statement, new Budget(budget))) {
    const added = conditions.filter((entry) => own.get(nameOf(entry))?.id !== entry.id);
    const isNew = added.every((entry) => !own.has(nameOf(entry)));
    if (added.length > 0 && isNew) { return { ...statement, conditions: [...statement.conditions, ...added] }; }
  }
  return undefined;
}
