/**
 * Words the ways to fix a session policy and a role that have no allowed request in common. `NoEffectivePermissions` prints them.
 *
 * Invariant: a Deny statement is named only if without it something is allowed. Allowing more is advised only if no Deny statement
 * would deny it anyway.
 */
import { CheckContext } from './check-context';
import { describeRole } from './describe';
import { describeLayers } from './fix-for-excess';
import { acknowledging } from './reader';
import { describeStatement, isUnsatisfiable, Layer, NarrowingQuestion, Statement, statementAsJson } from '../engine';
import { Association, narrowedRole } from '../template/associations';

export function fixForNoPermissions(association: Association, context: CheckContext): string {
  const question: NarrowingQuestion = { session: context.readableSession(association)!, layers: context.layersOf(narrowedRole(association)) };
  const isNothing = (session: readonly Statement[], layers: readonly Layer[]) => (
    isUnsatisfiable({ session: { ...question.session, statements: session }, layers }, context.optionsFor(association)));
  const own = blocking(question.session.statements, (left) => !isNothing(left, []));
  const session = question.session.statements.filter((one) => !own.includes(one));
  const ofSession = own.length === 0 ? [] : [
    `Remove from the session policy ${own.map((one) => `${describeStatement(one)}, ${JSON.stringify(statementAsJson(one))}`).join(' and ')}: `
      + 'it denies all that the policy allows.',
  ];
  return [...ofSession, ...isNothing(session, question.layers) ? inRole(session, question.layers, isNothing, association, context) : []].join(' ');
}

function inRole(
  session: readonly Statement[], layers: readonly Layer[], isNothing: (session: readonly Statement[], layers: readonly Layer[]) => boolean,
  association: Association, context: CheckContext,
): string[] {
  const { path } = association;
  const role = describeRole(narrowedRole(association));
  const without = (left: readonly Statement[]) => layers.map((layer) => ({
    ...layer, policies: layer.policies.map((policy) => ({ ...policy, statements: policy.statements.filter((one) => left.includes(one)) })),
  }));
  const ofRole = layers.flatMap(({ policies }) => policies).flatMap(({ statements }) => statements);
  const denies = blocking(ofRole, (left) => !isNothing(session, without(left)));
  const whole = 'Removing the session policy instead would let them do all that the role may.';
  if (denies.length > 0) {
    return [
      `Give ${path} the role that was meant, or change ${denies.map(describeStatement).join(' and ')}: ${denies.length > 1 ? 'they deny' : 'it denies'} all `
        + 'that the session policy allows.', whole,
    ];
  }
  const lacking = layers.filter((layer) => isNothing(session, [layer])).map(({ name }) => name);
  const grants = context.reader === 'CDK app' ? ' (GrantsTo.SESSION_POLICY_AND_ROLE makes grants do both)' : '';
  return [
    lacking.includes('permissions boundary')
      ? `Give ${path} the role that was meant, or allow what the pods need in ${describeLayers(lacking, context.reader)}.`
      : `Give ${path} the role that was meant, or allow in ${role} what the pods need${grants}.`,
    whole,
    `Where resource policies that name the role allow it, ${acknowledging('NoEffectivePermissions', context.reader)}.`,
  ];
}

/** The Deny statements without which something is allowed: one that suffices, or all. None, if they are not the cause. */
function blocking(statements: readonly Statement[], isAllowed: (left: readonly Statement[]) => boolean): readonly Statement[] {
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  if (denies.length === 0 || isAllowed(statements) || !isAllowed(statements.filter(({ effect }) => effect === 'Allow'))) { return []; }
  const one = denies.find((deny) => isAllowed(statements.filter((other) => other !== deny)));
  return one ? [one] : denies;
}
