import { Budget } from '../engine/budget';
import { actionCovers, resourceCovers } from '../engine/covers';
import { actionPattern, resourcePattern } from '../engine/pattern';

/** Whether everything that `narrow` matches is matched by `wide`. Only for strings without intrinsics. */
export function covers(wide: unknown, narrow: unknown, element: 'Action' | 'Resource'): boolean {
  if (typeof wide !== 'string' || typeof narrow !== 'string') { return false; }
  const budget = new Budget(Infinity); // two strings of a session policy, compared once
  return element === 'Action'
    ? actionCovers(actionPattern(wide), actionPattern(narrow), budget)
    : resourceCovers(resourcePattern(wide, true), resourcePattern(narrow, true), budget);
}
