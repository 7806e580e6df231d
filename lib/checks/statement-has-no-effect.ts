import { describeStatement, Statement, statementAsJson, WithoutEffect } from '../engine';
import { CheckContext } from './check-context';
import { describeRole } from './describe';
import { Check, Problem } from './finding';
import { Association, narrowedRole } from '../template/associations';

/**
 * A statement of the session policy that could go without a change for the pods. Where the whole policy has no effect, or the
 * statement is known to exceed the role, other rules say so.
 */
export const STATEMENT_HAS_NO_EFFECT: Check<CheckContext> = {
  id: 'StatementHasNoEffect',
  severity: 'warning',
  check: (association, context) => {
    if (context.permitsNothing(association)) { return []; }
    const verdict = context.verdict(association);
    const exceeding = verdict?.kind === 'exceeds' ? verdict.excesses.map((excess) => excess.statement) : [];
    return context.statementsWithoutEffect(association)
      .filter(({ statement }) => !exceeding.includes(statement))
      .map(({ statement, why }) => describe(statement, why, association));
  },
};

function describe(statement: Statement, why: WithoutEffect, association: Association): Problem {
  const role = describeRole(narrowedRole(association));
  const reasons: { readonly [why in WithoutEffect]: string } = {
    'outside the role': `${role} allows nothing of what it allows. The pods are denied all of it`,
    'denied by the session policy': 'Deny statements of the session policy deny all that it allows. The pods are denied all of it',
    'repeated': 'other statements of the session policy allow all that it allows',
    'denies nothing': 'no statement of the session policy allows anything of what it denies, and what no statement allows is denied anyway',
  };
  return {
    property: 'Policy',
    message: `${association.path}: ${describeStatement(statement)} has no effect: ${reasons[why]}.`,
    fix: `Remove ${JSON.stringify(statementAsJson(statement))} from the session policy${why === 'outside the role' ? `, or allow it in ${role}` : ''}. `
      + 'It counts towards the 2,048 characters of a session policy.',
  };
}
