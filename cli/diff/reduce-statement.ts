/**
 * Drops the parts of a statement that the other side is proven to allow, so that a reader sees what changes. compare-permissions.ts calls it
 * for each gain.
 * Invariant: what it drops is proven not to be a gain. What is left may still contain permissions of the other side, unless `isExact`.
 */
import { decideNarrowing, isUnsatisfiable, Layer, NarrowingOptions, Policy, Statement, Targets } from '../../lib/engine';

/** Maximum number of actions, and of resources, of a statement that are examined one by one; a longer list is shown as it is. */
const EXAMINED = 50;

export interface ReducedStatement {
  /** The statement, and the Deny statements of its policy that may limit it. */
  readonly statements: readonly Statement[];
  readonly isExact: boolean;
}

export function reduceStatement(statement: Statement, policy: Policy, layers: readonly Layer[], options: NarrowingOptions): ReducedStatement {
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  const sessionOf = (one: Statement): Policy => ({ ...policy, statements: [one, ...denies] });
  const isInside = (one: Statement) => (
    decideNarrowing({ session: sessionOf(one), layers }, { ...options, firstExcessOnly: true }).kind === 'narrows');
  const withActions = dropped(statement.actions, (actions) => isInside({ ...statement, actions }));
  const one = { ...statement, actions: withActions };
  const reduced = { ...one, resources: dropped(statement.resources, (resources) => isInside({ ...one, resources })) };
  return {
    statements: [reduced, ...denies.filter((deny) => !isDisjoint(reduced, deny, policy, options))],
    isExact: layers.every(({ gaps }) => gaps.length === 0) && isUnsatisfiable({ session: sessionOf(reduced), layers }, options),
  };
}

/** Whether it is proven that no request matches both. */
function isDisjoint(statement: Statement, deny: Statement, { name }: Policy, options: NarrowingOptions): boolean {
  const denied: Layer = { name: 'identity policies', policies: [{ name, statements: [{ ...deny, effect: 'Allow' }] }], gaps: [] };
  return isUnsatisfiable({ session: { name, statements: [statement] }, layers: [denied] }, options);
}

/** The targets without the patterns that are inside. At least one is left. */
function dropped(targets: Targets, isInside: (targets: Targets) => boolean): Targets {
  const { negated, patterns } = targets;
  if (negated || patterns.length < 2 || patterns.length > EXAMINED) { return targets; }
  const left = patterns.filter((pattern) => !isInside({ negated, patterns: [pattern] }));
  return left.length === 0 || left.length === patterns.length ? targets : { negated, patterns: left };
}
