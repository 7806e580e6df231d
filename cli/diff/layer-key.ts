/**
 * A key of what a layer says: equal keys mean the same permissions, whatever the order, the names and the spelling of statements. A shortcut
 * of compare-permissions.ts: most layers of two deployments are equal.
 * Invariant: equal keys are a proof, unequal ones prove nothing. A layer with gaps has no key of its own: it is equal only if what is missing
 * is the same on both sides.
 */
import { Layer, Reason, Statement, SymbolicString, Targets, textKey } from '../../lib/engine';
import { memoize } from '../../lib/util/memo';

/** Many associations share the layers of a role: computed once. */
export const keyOfLayer = memoize(({ name, policies }: Layer): string => JSON.stringify([
  name, unique(policies.flatMap(({ statements }) => statements.map(keyOfStatement))),
]));

/** Whether two layers allow the same for certain. @param isSameUnknown whether what is missing of them is the same */
export function areEqual(a: Layer, b: Layer, isSameUnknown: (gap: Reason) => boolean): boolean {
  if (a === b && a.gaps.length === 0) { return true; }
  if (a.gaps.length !== b.gaps.length || keyOfLayer(a) !== keyOfLayer(b)) { return false; }
  return a.gaps.every((gap, i) => gap.message === b.gaps[i].message && isSameUnknown(gap));
}

function keyOfStatement({ effect, actions, resources, conditions, policyVariables }: Statement): string {
  const lower = (source: string | SymbolicString) => (typeof source === 'string' ? source.toLowerCase() : source);
  return JSON.stringify([
    effect, targetsOf(actions, lower), targetsOf(resources, (source) => source), unique(conditions.map(({ id }) => id)), policyVariables,
  ]);
}

function targetsOf({ negated, patterns }: Targets, read: (source: string | SymbolicString) => string | SymbolicString): unknown {
  return [negated, unique(patterns.map(({ source }) => textKey(read(source))))];
}

function unique(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort();
}
