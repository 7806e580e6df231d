/**
 * Limits the work of a decision. Work is counted in comparison steps and never in time, so the answer is the same on every
 * machine. Comparing patterns and subtracting statements spend the budget. A decision that runs out is `undetermined`.
 *
 * Measured: with the default budget, the steepest questions of `npm run bench:decide` end after at most 30 ms
 * (docs/verification.md).
 */

/** The remaining steps of a decision. */
export class Budget {
  public constructor(private left: number) {}

  /** Spends `steps` of the budget. @throws BudgetExceeded */
  public spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) { throw new BudgetExceeded(); }
  }
}

/** `spend` throws it; only `withinBudget` catches it. */
export class BudgetExceeded extends Error {}

/** Returns the result of `run`, or that of `otherwise` if the budget of `run` does not suffice. */
export function withinBudget<T>(run: () => T, otherwise: () => T): T {
  try {
    return run();
  } catch (e) {
    if (!(e instanceof BudgetExceeded)) { throw e; }
    return otherwise();
  }
}

/** The steps that one decision may take by default. */
export const DEFAULT_BUDGET = 1_000_000;
