/**
 * Reports a statement of the session policy that could go without a change for the pods. The outcome of the association decides
 * when: other rules report a whole policy without effect, and a statement that is known to exceed the role.
 */
import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { Problem } from '../analysis/finding';
import { Outcome, outcomeOf } from '../analysis/outcome';
import { describeStatement, Policy, servicePrefixOf, Statement, statementAsJson, WithoutEffect } from '../engine';
import { Association, narrowedRole } from '../template/associations';

export const STATEMENT_HAS_NO_EFFECT: Rule = {
  id: 'StatementHasNoEffect',
  severity: 'warning',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    if (!CONCERNED.has(outcome.kind) || isClear(outcome, context.readableSession(association)!)) { return []; }
    const exceeding = outcome.kind === 'exceeds' ? outcome.excesses.map((excess) => excess.statement) : [];
    return context.statementsWithoutEffect(association)
      .filter(({ statement }) => !exceeding.includes(statement))
      .map(({ statement, why }) => describe(statement, why, association));
  },
};

/** Outcomes in which the policy as a whole has an effect, so that a statement without effect is worth a finding. */
const CONCERNED: ReadonlySet<Outcome['kind']> = new Set<Outcome['kind']>(['exceeds', 'undetermined', 'does not narrow', 'narrows']);

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

/** A quick check that settles most session policies: if a policy is inside the role, denies nothing and has each service in one statement, every statement has an effect. */
function isClear(outcome: Outcome, { statements }: Policy): boolean {
  if (outcome.kind !== 'narrows' && (outcome.kind !== 'does not narrow' || outcome.reasons.length > 0)) { return false; }
  const services = statements.map(({ actions }) => new Set(actions.patterns.map(({ source }) =>
    (actions.negated || typeof source !== 'string' ? '*' : servicePrefixOf(source) ?? '*'))));
  const all = services.flatMap((names) => [...names]);
  return statements.every((s) => s.effect === 'Allow') && (services.length === 1 || (!all.includes('*') && new Set(all).size === all.length));
}
