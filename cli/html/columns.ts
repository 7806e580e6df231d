/**
 * Chooses the columns of the matrix, services and access levels, and summarizes the actions of a cell or of a service. Between cli/access and the
 * components of the page.
 * Invariant: one unclear action makes the whole cell unclear.
 */
import { AccessLevel } from '../../lib/reference/services';
import { Access, AccessChange, LevelAccess } from '../access/access';
import { LEVELS } from '../access/actions';

/** Maximum number of services with columns of their own; the others share one column. */
const SERVICES_SHOWN = 16;

/** A service with columns of its own: one for each access level for which an association has something to show. */
export interface ServiceColumns {
  readonly service: string;
  readonly levels: readonly AccessLevel[];
}

/** Returns all services, if they are few; otherwise those that most pods can use, if they can use any. In alphabetical order. */
export function columnsFor(rows: readonly Access[]): readonly ServiceColumns[] {
  const found = new Map<string, { levels: Set<AccessLevel>; left: number; had: number }>();
  for (const { services } of rows) {
    for (const { service, levels } of services) {
      const entry = found.get(service) ?? { levels: new Set(), left: 0, had: 0 };
      levels.forEach(({ level }) => entry.levels.add(level));
      if (levels.some((level) => stateOf(level) !== 'taken')) { entry.left++; }
      entry.had++;
      found.set(service, entry);
    }
  }
  const order = (a: string, b: string) => (a < b ? -1 : 1);
  const ranked = [...found].sort(([a, x], [b, y]) => y.left - x.left || y.had - x.had || order(a, b));
  const used = ranked.filter(([, { left }]) => left > 0);
  return (ranked.length > SERVICES_SHOWN && used.length > 0 ? used : ranked).slice(0, SERVICES_SHOWN)
    .map(([service, { levels }]) => ({ service, levels: LEVELS.filter((level) => levels.has(level)) }))
    .sort((a, b) => order(a.service, b.service));
}

/** Summarizes the actions of a level. If one action is unclear, the level is. */
export function stateOf({ changes }: Pick<LevelAccess, 'changes'>): AccessChange {
  if (changes.unclear.length > 0) { return 'unclear'; }
  if (changes.narrowed.length > 0 || (changes.kept.length > 0 && changes.taken.length > 0)) { return 'narrowed'; }
  if (changes.kept.length > 0) { return 'kept'; }
  return changes.taken.length > 0 ? 'taken' : 'beyond';
}

/** Adds up the levels of a service, for the column that stands for all of them if they are collapsed. */
export function addLevels(levels: readonly LevelAccess[]): Pick<LevelAccess, 'changes' | 'conditional'> {
  const all = (change: AccessChange) => levels.flatMap(({ changes }) => changes[change]);
  return {
    changes: { kept: all('kept'), narrowed: all('narrowed'), taken: all('taken'), beyond: all('beyond'), unclear: all('unclear') },
    conditional: levels.reduce((sum, { conditional }) => sum + conditional, 0),
  };
}

export interface OtherServices {
  readonly left: number;
  readonly taken: number;
  readonly unclear: number;
}

/** Counts what happens to the services without columns of their own. */
export function countOthers({ services }: Access, shown: ReadonlySet<string>): OtherServices {
  const states = services.filter(({ service }) => !shown.has(service)).map(({ levels }) => levels.map(stateOf));
  const unclear = states.filter((levels) => levels.includes('unclear')).length;
  const left = states.filter((levels) => !levels.includes('unclear') && levels.some((state) => state === 'kept' || state === 'narrowed')).length;
  const taken = states.filter((levels) => levels.includes('taken') && levels.every((state) => state === 'taken' || state === 'beyond')).length;
  return { left, taken, unclear };
}
