/**
 * Reports an action, or a pattern of actions, that matches no action of the reference data. AWS accepts any name, so that only the
 * reference shows the mistake.
 *
 * Invariant: an action that AWS added after the date of the reference is reported, too; the message gives the date.
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { Problem } from '../analysis/finding';
import { acknowledging } from '../analysis/reader';
import { describeStatement, splitAction, Statement } from '../engine';
import { actionsMatching, nearestActionPattern } from '../reference/action-facts';
import { isServicePrefix, servicesAsOf } from '../reference/services';
import { Association } from '../template/associations';

export const UNKNOWN_ACTION: Rule = {
  id: 'UnknownAction',
  severity: 'warning',
  check: (association, context) => (context.readableSession(association)?.statements ?? []).flatMap((statement) => {
    const unknown = [...new Set(statement.actions.patterns.flatMap(({ source }) => (typeof source === 'string' && !isKnown(source) ? [source] : [])))];
    return unknown.length === 0 ? [] : [describe(unknown, statement, association, context)];
  }),
};

function isKnown(action: string): boolean {
  return action === '*' || actionsMatching(action).length > 0;
}

function describe(unknown: readonly string[], statement: Statement, { path }: Association, { reader }: CheckContext): Problem {
  const services = [...new Set(unknown.map((action) => splitAction(action)[0]).filter((prefix) => !isServicePrefix(prefix)))];
  const meant = unknown.flatMap((action) => {
    const nearest = nearestActionPattern(action);
    return nearest === undefined ? [] : [{ action, nearest }];
  });
  const [first, ...others] = meant.map(({ action, nearest }) => `${nearest} instead of ${action}`);
  const noService = services.length > 0 ? `, which has no service ${services.map((s) => `'${s}'`).join(', ')}` : '';
  const added = `If AWS has added ${unknown.length > 1 ? 'one of them' : unknown[0]} since then, ${acknowledging('UnknownAction', reader)}.`;
  return {
    code: services.length > 0 ? 'UnknownService' : 'UnknownAction',
    property: 'Policy',
    message: `${path}: ${describeStatement(statement)} names ${unknown.join(', ')}, which ${unknown.length > 1 ? 'match' : 'matches'} no action of AWS's service `
      + `authorization reference of ${servicesAsOf()}${noService}. AWS accepts any name at deployment. Unless AWS has added ${describeAdded(unknown, services)} `
      + `since then, the statement ${effectOn(statement, unknown.length > 1)}.`,
    fix: first === undefined
      ? 'Look the name up at https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html, and '
        + `correct or remove it. ${added}`
      : `Write ${[first, ...others].join(', ')}, if that is what you mean. ${added}`,
  };
}

function describeAdded(unknown: readonly string[], services: readonly string[]): string {
  if (services.length > 0) { return services.length > 1 ? 'the services' : 'the service'; }
  return unknown.length > 1 ? 'one of the actions' : 'the action';
}

function effectOn({ effect, actions }: Statement, isMany: boolean): string {
  const [names, them] = isMany ? ['these names', 'them'] : ['that name', 'it'];
  if (actions.negated) {
    return effect === 'Allow'
      ? `makes no exception for ${them}, so it allows what it is meant to leave out`
      : `makes no exception for ${them}, so it denies what it is meant to leave out (AccessDenied)`;
  }
  return effect === 'Allow'
    ? `allows nothing by ${names}, and the pods get AccessDenied`
    : `denies nothing by ${names}`;
}
