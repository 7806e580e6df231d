/**
 * Cuts off the parts of a template that are nested more deeply than recursion can follow, before any other code reads it.
 * Invariant: a part that is cut off is `Unresolved`, so no check treats it as absent.
 * For speed, a value that has several places (a YAML alias) is read once on each level.
 */
import { Unresolved } from '../engine';
import { memoizePair } from '../util/memo';

/** Maximum depth at which templates are read; those with policies have about 15 levels. */
const MAX_LEVELS = 200;

/** The template without the parts that are nested too deeply. */
export function withoutDepths<T extends object>(template: T): T {
  return isDeep(template) ? new Cut().at(template, MAX_LEVELS) as T : template;
}

/** Whether the template has more than `MAX_LEVELS` levels. */
function isDeep(template: object): boolean {
  let level = new Set<object>([template]);
  for (let depth = 0; level.size > 0; depth++) {
    if (depth > MAX_LEVELS) { return true; }
    const next = new Set<object>();
    for (const value of level) {
      for (const member of Object.values(value)) {
        if (typeof member === 'object' && member !== null) { next.add(member); }
      }
    }
    level = next;
  }
  return false;
}

class Cut {
  private readonly cut = memoizePair((levels: number, value: object) => this.compute(value, levels));

  public at(value: unknown, levels: number): unknown {
    return typeof value === 'object' && value !== null ? this.cut(levels, value) : value;
  }

  private compute(value: object, levels: number): unknown {
    if (levels === 0) { return new Unresolved('a value that is nested too deeply'); }
    if (Array.isArray(value)) { return value.map((item) => this.at(item, levels - 1)); }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.at(member, levels - 1)]));
  }
}
