/**
 * Reports an action, or a pattern of actions, that matches no action of the reference data. AWS accepts any name, so that only the
 * reference shows the mistake.
 *
 * Invariant: an action that AWS added after the date of the reference is reported, too; the message gives the date.
 */
import { Rule } from './rule';
import { Problem } from '../analysis/finding';
import { describeStatement, splitAction, Statement } from '../engine';
import { actionsMatching, nearestActionPattern } from '../reference/action-facts';
import { isServicePrefix, servicesAsOf } from '../reference/services';
import { Association } from '../template/associations';

export const UNKNOWN_ACTION: Rule = {
  id: 'UnknownAction',
  severity: 'warning',
  check: (association, context) => (context.readableSession(association)?.statements ?? []).flatMap((statement) => {
    const unknown = [...new Set(statement.actions.patterns.flatMap(({ source }) => (typeof source === 'string' && !isKnown(source) ? [source] : [])))];
    return unknown.length === 0 ? [] : [describe(unknown, statement, association)];
  }),
};

function isKnown(action: string): boolean {
  return action === '*' || actionsMatching(action).length > 0;
}

function describe(unknown: readonly string[], statement: Statement, { path }: Association): Problem {
  const services = [...new Set(unknown.map((action) => splitAction(action)[0]).filter((prefix) => !isServicePrefix(prefix)))];
  const meant = unknown.flatMap((action) => {
    const nearest = nearestActionPattern(action);
    return nearest === undefined ? [] : [{ action, nearest }];
  });
  const [first, ...others] = meant.map(({ action, nearest }) => `${nearest} for ${action}`);
  const noService = services.length > 0 ? `, which has no service ${services.map((s) => `'${s}'`).join(', ')}` : '';
  return {
    code: services.length > 0 ? 'UnknownService' : 'UnknownAction',
    property: 'Policy',
    message: `${path}: ${describeStatement(statement)} names ${unknown.join(', ')}, which ${unknown.length > 1 ? 'match' : 'matches'} no action of AWS's service `
      + `authorization reference of ${servicesAsOf()}${noService}. AWS accepts any name. Unless ${services.length > 0 ? 'the service' : 'an action of that name'} `
      + `was added since, the statement ${effectOn(statement)}.`,
    fix: first === undefined
      ? 'Look the name up at https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html, and '
        + 'correct or remove it. If AWS has added it since, acknowledge the finding.'
      : `Write ${[first, ...others].join(', ')}, if that is what was meant. If AWS has added an action of the name since, acknowledge the finding.`,
  };
}

function effectOn({ effect, actions }: Statement): string {
  if (actions.negated) {
    return effect === 'Allow'
      ? 'makes no exception for it: what was meant to be left out is allowed'
      : 'makes no exception for it: what was meant to be left out is denied (AccessDenied)';
  }
  return effect === 'Allow'
    ? 'allows nothing by it: the pods are denied what was meant (AccessDenied)'
    : 'denies nothing by it: what was meant to be denied is not';
}
