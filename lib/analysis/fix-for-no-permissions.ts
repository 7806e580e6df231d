/**
 * Words the ways to fix a session policy and a role that have no allowed request in common. `NoEffectivePermissions` prints them.
 *
 * Invariant: a Deny statement is named only if without it something is allowed. Allowing more is advised only if no Deny statement
 * is the cause.
 */
import { hasBoundaryOfAws } from './boundary-of-aws';
import { CheckContext } from './check-context';
import { describeLayers } from './fix-for-excess';
import { acknowledging, Reader } from './reader';
import { describeStatement, isUnsatisfiable, Layer, Statement, statementAsJson } from '../engine';
import { Association, narrowedRole } from '../template/associations';

/** Whether the statements of a session policy and the layers are proven to allow nothing together. */
type IsNothing = (session: readonly Statement[], layers: readonly Layer[]) => boolean;

/** Names the places where to allow something. */
type Places = (names: ReadonlyArray<Layer['name']>) => string;

export function fixForNoPermissions(association: Association, context: CheckContext): string {
  const policy = context.readableSession(association)!;
  const role = narrowedRole(association);
  const layers = context.layersOf(role);
  const places: Places = (names) => describeLayers(names, context.reader, hasBoundaryOfAws(role, context.evaluator));
  const options = context.optionsFor(association);
  const isNothing: IsNothing = (statements, of) => isUnsatisfiable({ session: { ...policy, statements }, layers: of }, options);
  const own = blockingDenies(policy.statements, (left) => !isNothing(left, []));
  if (own.length === 0) { return `Give ${association.path} ${inRole(policy.statements, layers, isNothing, places, context.reader)}`; }
  const left = policy.statements.filter((one) => !own.includes(one));
  const removed = own.map((one) => `${describeStatement(one)}, ${JSON.stringify(statementAsJson(one))}`).join(' and ');
  const remove = (verb: string) => `${verb} from the session policy ${removed}: ${own.length > 1 ? 'they deny' : 'it denies'} all that the policy allows.`;
  return isNothing(left, layers) ? `${remove('First remove')} Then give ${association.path} ${inRole(left, layers, isNothing, places, context.reader)}` : remove('Remove');
}

/** What to change in the role, after `Give the association`. */
function inRole(session: readonly Statement[], layers: readonly Layer[], isNothing: IsNothing, describe: Places, reader: Reader): string {
  const whole = 'Do not remove the session policy instead: the pods could then do everything that the role allows.';
  const statements = layers.flatMap(({ policies }) => policies).flatMap((policy) => policy.statements);
  const denies = blockingDenies(statements, (left) => !isNothing(session, layers.map((layer) => keepOnly(layer, left))));
  if (denies.length > 0) {
    const named = denies.map(describeStatement).join(' and ');
    return `the role that was meant, or change ${named}: ${denies.length > 1 ? 'they deny' : 'it denies'} all that the session policy allows. ${whole}`;
  }
  const lacking = layers.filter((layer) => isNothing(session, [layer]));
  const places = (lacking.length > 0 ? lacking : layers).map(({ name }) => name);
  const allow = `the role that was meant, or allow what the pods need in ${describe(places)}. ${whole}`;
  // What a resource policy allows a role is limited by its boundary.
  return places.includes('permissions boundary') ? allow
    : `${allow} If resource policies that name the role allow it, ${acknowledging('NoEffectivePermissions', reader)}.`;
}

function keepOnly(layer: Layer, kept: readonly Statement[]): Layer {
  return { ...layer, policies: layer.policies.map((policy) => ({ ...policy, statements: policy.statements.filter((one) => kept.includes(one)) })) };
}

/** The Deny statements without which something is allowed: one that suffices, or all. None, if they are not the cause. */
function blockingDenies(statements: readonly Statement[], isAllowed: (left: readonly Statement[]) => boolean): readonly Statement[] {
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  if (denies.length === 0 || isAllowed(statements) || !isAllowed(statements.filter(({ effect }) => effect === 'Allow'))) { return []; }
  const one = denies.find((deny) => isAllowed(statements.filter((other) => other !== deny)));
  return one ? [one] : denies;
}
