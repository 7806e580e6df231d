import { CheckContext } from '../analysis/check-context';
import { describeRole } from '../analysis/describe';
import { Check, Problem } from '../analysis/finding';
import { describeStatement, Statement, statementAsJson, WithoutEffect } from '../engine';
import { Association, narrowedRole } from '../template/associations';

/**
 * A statement of the session policy that could go without a change for the pods. Where the whole policy has no effect, or the
 * statement is known to exceed the role, other rules say so.
 */
export const STATEMENT_HAS_NO_EFFECT: Check<CheckContext> = {
  id: 'StatementHasNoEffect',
  severity: 'warning',
  check: (association, context) => {
    if (isClear(association, context) || context.isUnsatisfiable(association)) { return []; }
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

/** Inside the role, without denials, and with no service in two statements: most session policies are so, and all of them has effect. */
function isClear(association: Association, context: CheckContext): boolean {
  const session = context.readableSession(association);
  if (!session || context.verdict(association)?.kind !== 'narrows') { return false; }
  const services = session.statements.map(({ actions }) => new Set(actions.patterns.map(({ source }) =>
    (actions.negated || typeof source !== 'string' || !source.includes(':') ? '*' : source.slice(0, source.indexOf(':')).toLowerCase()))));
  const all = services.flatMap((names) => [...names]);
  return session.statements.every((s) => s.effect === 'Allow') && (services.length === 1 || (!all.includes('*') && new Set(all).size === all.length));
}
