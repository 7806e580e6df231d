/**
 * Reports a statement of the session policy that could go without a change for the pods. The outcome of the association decides
 * when: other rules report a whole policy without effect, and a statement that is known to exceed the role.
 */
import { Rule } from './rule';
import { CheckContext, TakesAway } from '../analysis/check-context';
import { describeRole } from '../analysis/describe';
import { isFilter } from '../analysis/filter';
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
    const session = context.readableSession(association)!;
    const useless = isFilter(session) && outcome.kind !== 'does not narrow' ? session.statements.filter(({ effect }) => effect === 'Deny') : [];
    return [...useless.flatMap((statement) => describeDeny(statement, association, context)), ...context.statementsWithoutEffect(association)
      .filter(({ statement }) => !exceeding.includes(statement))
      .map(({ statement, why }) => describe(statement, why, association, context))];
  },
};

/** Outcomes in which the policy as a whole has an effect, so that a statement without effect is worth a finding. */
const CONCERNED: ReadonlySet<Outcome['kind']> = new Set<Outcome['kind']>(['exceeds', 'undetermined', 'does not narrow', 'narrows']);

const CODES: { readonly [why in WithoutEffect]: string } = {
  'outside the role': 'OutsideRole',
  'denied by the session policy': 'DeniedBySessionPolicy',
  'matches nothing': 'MatchesNothing',
  'repeated': 'Repeated',
  'denies nothing': 'DeniesNothing',
};

const TAKES_NOTHING_AWAY: { readonly [why in Exclude<TakesAway, 'yes'>]: string } = {
  'outside the role': 'DeniesNothingOfRole',
  'no such request': 'NoSuchRequest',
  'conditions never met': 'ConditionsNeverMet',
};

function describe(statement: Statement, why: WithoutEffect, association: Association, context: CheckContext): Problem {
  const role = describeRole(narrowedRole(association));
  const reasons: { readonly [why in WithoutEffect]: string } = {
    'outside the role': `${role} allows none of what it allows, so the pods are denied all of it`,
    'denied by the session policy': 'Deny statements of the session policy deny all that it allows, so the pods are denied all of it',
    'matches nothing': 'its conditions never hold',
    'repeated': 'other statements of the session policy allow all that this statement allows',
    'denies nothing': 'the other statements of the session policy allow no request that it denies, and AWS denies by default what no statement allows',
  };
  return {
    code: CODES[why],
    property: 'Policy',
    message: `${association.path}: ${describeStatement(statement)} has no effect: ${reasons[why]}.`,
    fix: `Remove ${JSON.stringify(statementAsJson(statement))} from the session policy${why === 'outside the role' ? `, or allow it in ${role}` : ''}.`
      + `${context.compacted(association).kind === 'equal' ? '' : ' It counts toward the 2,048 characters of a session policy.'}`,
  };
}

/** Reports a Deny statement of a filter that takes nothing away from the pods. */
function describeDeny(statement: Statement, association: Association, context: CheckContext): Problem[] {
  const takesAway = context.takesAway(statement, association);
  if (takesAway === 'yes') { return []; }
  const role = describeRole(narrowedRole(association));
  const kept = `The pods keep what ${role} allows of its actions`;
  const { why, fix } = {
    'outside the role': {
      why: `${role} allows none of what it denies`,
      fix: `Remove ${JSON.stringify(statementAsJson(statement))} from the session policy, or deny what ${role} allows.`,
    },
    'no such request': {
      why: `AWS makes no request for its actions on its resources. ${kept}`,
      fix: `Deny the actions on the resources that they act on, such as the objects of a bucket instead of the bucket. The statement is now: ${JSON.stringify(statementAsJson(statement))}.`,
    },
    'conditions never met': {
      why: `the pods make no request that meets its conditions. ${kept}`,
      fix: `If the pods are not meant to do it, deny it without conditions: ${JSON.stringify(statementAsJson({ ...statement, conditions: [] }))}. `
        + 'Otherwise remove the statement.',
    },
  }[takesAway];
  return [{ code: TAKES_NOTHING_AWAY[takesAway], property: 'Policy', message: `${association.path}: ${describeStatement(statement)} takes nothing away: ${why}.`, fix }];
}

/** A quick check that settles most session policies: if a policy is inside the role, denies nothing and has each service in one statement, every statement has an effect. */
function isClear(outcome: Outcome, { statements }: Policy): boolean {
  if (outcome.kind !== 'narrows' && (outcome.kind !== 'does not narrow' || outcome.reasons.length > 0)) { return false; }
  const services = statements.map(({ actions }) => new Set(actions.patterns.map(({ source }) =>
    (actions.negated || typeof source !== 'string' ? '*' : servicePrefixOf(source) ?? '*'))));
  const all = services.flatMap((names) => [...names]);
  return statements.every((s) => s.effect === 'Allow') && (services.length === 1 || (!all.includes('*') && new Set(all).size === all.length));
}
