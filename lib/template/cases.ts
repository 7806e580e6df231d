/**
 * The only place that catches an `OpenQuestion`. The evaluation of a template throws a question from deep inside. The caller
 * decides here how to handle it: `inEveryCase` answers it both ways, `unlessOpen` leaves it open, and `orOnFailure` passes it on,
 * because a question is not a failure.
 *
 * Invariant: the cases of `inEveryCase` exclude each other, and together they are complete. Past the maximum number, the remaining
 * questions are left open.
 */
import { Assumptions, OpenQuestion } from './assumptions';

/** Maximum number of combinations of conditions that are examined one by one; the rest leave their questions open. */
const MAX_CASES = 64;

export interface Case<T> {
  readonly assumptions: Assumptions;
  readonly value: T;
}

/** What `read` returns in each case that it tells apart: one, unless it meets an `OpenQuestion`. */
export function inEveryCase<T>(read: (assumptions: Assumptions) => T): Array<Case<T>> {
  const open = [Assumptions.NONE];
  const cases: Array<Case<T>> = [];
  for (let assumptions = open.pop(); assumptions; assumptions = open.pop()) {
    try {
      cases.push({ assumptions, value: read(assumptions) });
    } catch (e) {
      if (!(e instanceof OpenQuestion)) { throw e; }
      const { left, right } = e;
      open.push(...(cases.length + open.length + 2 > MAX_CASES
        ? [assumptions.leavingOpen()]
        : [assumptions.and(left, right, false), assumptions.and(left, right, true)]));
    }
  }
  return cases;
}

/** What `read` returns, or `undefined` if that depends on a question that is open in this case. */
export function unlessOpen<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (e) {
    if (!(e instanceof OpenQuestion)) { throw e; }
    return undefined;
  }
}

/** What `read` returns, or `recover` if it fails. An open question goes on to `inEveryCase`. */
export function orOnFailure<T>(read: () => T, recover: (failure: Error) => T): T {
  try {
    return read();
  } catch (e) {
    if (e instanceof OpenQuestion) { throw e; }
    return recover(e as Error);
  }
}
