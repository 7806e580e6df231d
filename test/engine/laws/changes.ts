/** How the verdict may change when a question does. */
import { kindOf, Question } from './question';
import { Verdict } from '../../../lib/engine';

/** The question decided again after a change; nothing to say where one of them is not valid. */
export function expectChange(
  before: Question, after: Question, allowed: (before: Verdict['kind'], after: Verdict['kind']) => boolean,
): void {
  const kinds = [kindOf(before), kindOf(after)] as const;
  if (kinds[0] && kinds[1]) {
    expect({ kinds, allowed: allowed(kinds[0], kinds[1]) }).toEqual({ kinds, allowed: true });
  }
}

export const keepsProof = (before: Verdict['kind'], after: Verdict['kind']) => before !== 'narrows'
  || after === 'narrows';
export const provesNothing = (before: Verdict['kind'], after: Verdict['kind']) => before !== 'exceeds'
  || after !== 'narrows';
export const same = (before: Verdict['kind'], after: Verdict['kind']) => before === after;
export const noContradiction = (before: Verdict['kind'], after: Verdict['kind']) => [before, after].sort().join()
  !== 'exceeds,narrows';
