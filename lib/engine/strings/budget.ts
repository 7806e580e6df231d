/**
 * How much work a decision may take, counted in comparisons and never in time: the answer is the same on every machine.
 */
export class Budget {
  public constructor(private left: number) {}

  /** Takes `steps` from the budget. */
  public spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) { throw new BudgetExceeded(); }
  }
}

/** Thrown by `spend`, and caught by `withinBudget` only. */
export class BudgetExceeded extends Error {}

/** What `run` gives or, where its budget does not suffice, what `otherwise` does. */
export function withinBudget<T>(run: () => T, otherwise: () => T): T {
  try {
    return run();
  } catch (e) {
    if (!(e instanceof BudgetExceeded)) { throw e; }
    return otherwise();
  }
}

/** Steps that one decision may take, if nothing else is asked for. */
export const DEFAULT_BUDGET = 1_000_000;
