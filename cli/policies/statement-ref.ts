/**
 * How output refers to a statement of a policy: in the public JSON (`StatementRef`) and in text (`titleOf`). `compare` and
 * `explain` share it.
 */
import { Statement, statementAsJson, StatementJson } from '../../lib/engine';

/** A statement in the public JSON. */
export interface StatementRef {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
  readonly json: StatementJson;
}

export function refTo(statement: Statement): StatementRef {
  return { policy: statement.policy, index: statement.index, ...(statement.sid ? { sid: statement.sid } : {}), json: statementAsJson(statement) };
}

export function titleOf({ index, sid, policy }: StatementRef): string {
  return `statement ${index}${sid === undefined ? '' : ` (Sid '${sid}')`} of ${policy}`;
}
