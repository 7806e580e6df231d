/**
 * Cuts templates off that are nested more deeply than recursion can follow, before anybody reads them. What is cut off is
 * `Unresolved`, so that no check takes it for absent.
 */
import { Unresolved } from '../engine';
import { memoizePair } from '../util/memo';

/** Maximum depth at which templates are read; those with policies have about 15 levels. */
const MAX_LEVELS = 200;

/** The template, but for what is nested too deeply. */
export function withoutDepths<T extends object>(template: T): T {
  return isDeep(template) ? new Cut().at(template, MAX_LEVELS) as T : template;
}

/** What stands in several places (a YAML alias) is looked at once on each level. */
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
