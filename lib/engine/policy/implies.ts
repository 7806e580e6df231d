import { ConditionEntry } from './policy';

/**
 * Whether a statement with conditions `stronger` applies only where one with conditions `weaker` does. Conditions are
 * joined by AND, so it is enough that every predicate of `weaker` stands in `stronger` too; what the predicates mean is
 * not looked at.
 */
export function implies(stronger: readonly ConditionEntry[], weaker: readonly ConditionEntry[]): boolean {
  return weaker.every((w) => stronger.some((s) => s.id === w.id));
}
