import { ConditionEntry } from './policy';

/**
 * Whether every request that meets the conditions `stronger` also meets the conditions `weaker`. Conditions are joined by AND,
 * so this is certain if `stronger` contains every predicate of `weaker`. `false` means "not proven": the function does not compare the
 * meaning of predicates.
 */
export function implies(stronger: readonly ConditionEntry[], weaker: readonly ConditionEntry[]): boolean {
  return weaker.every((w) => stronger.some((s) => s.id === w.id));
}
