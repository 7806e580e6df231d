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

/** Thrown inside the engine, and caught there: it becomes `undetermined`. */
export class BudgetExceeded extends Error {}
