import { Budget, BudgetExceeded, withinBudget } from '../../../lib/engine/strings/budget';

/** Whether a budget suffices for these expenses. */
function suffices(steps: number, expenses: readonly number[]): boolean {
  const budget = new Budget(steps);
  return withinBudget(() => {
    expenses.forEach((expense) => budget.spend(expense));
    return true;
  }, () => false);
}

test.each<[number, number[], boolean]>([
  [0, [], true],
  [0, [0], true],
  [0, [1], false],
  [10, [10], true],
  [10, [11], false],
  [10, [5, 5], true],
  [10, [5, 5, 1], false],
  [Infinity, [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER], true],
])('a budget of %d suffices for %j: %s', (steps, expenses, expected) => {
  expect(suffices(steps, expenses)).toBe(expected);
});

test('what is overspent stays overspent', () => {
  const budget = new Budget(1);
  expect(() => budget.spend(2)).toThrow(BudgetExceeded);
  expect(() => budget.spend(0)).toThrow(BudgetExceeded);
});

test('other errors are not taken for a budget that does not suffice', () => {
  expect(() => withinBudget(() => { throw new Error('a bug'); }, () => 'otherwise')).toThrow('a bug');
});

test('of two budgets, one inside the other, the one that ends first counts', () => {
  const inner = () => withinBudget(() => { new Budget(0).spend(1); }, () => 'inner');
  expect(withinBudget(inner, () => 'outer')).toBe('inner');
});
