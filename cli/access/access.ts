import { actionsOf, LEVELS, ListedAction, servicesIn } from './actions';
import { Permissions } from './permissions';
import { Layer, splitAction } from '../../lib/engine';
import { AccessLevel } from '../../lib/reference/services';
import { lazy, memoizeBy, memoizePair } from '../../lib/util/memo';

/** What becomes of an action that the role has, in the hands of the pods. */
export type AccessChange =
  /** Proven: the pods have all that the role has of it. */
  | 'kept'
  /** The pods have some of it, and the role has more. */
  | 'narrowed'
  /** The role has it, and the pods have nothing of it. */
  | 'taken'
  /** The session policy names it, and the role does not have it. */
  | 'beyond'
  /** It could not be told. */
  | 'unclear';

/** The actions of one access level of a service. */
export interface LevelAccess {
  readonly level: AccessLevel;
  /** How many the service has. */
  readonly actions: number;
  /** Without the service's prefix. */
  readonly changes: { readonly [change in AccessChange]: readonly string[] };
  /** How many of those that the pods keep, whole or in part, they have only under conditions. */
  readonly conditional: number;
  /** How many of them the pods may make on every resource, always. */
  readonly unlimited: number;
}

export interface ServiceAccess {
  readonly service: string;
  /** Those of which there is something to say. */
  readonly levels: readonly LevelAccess[];
}

/** What the pods of an association may do, by service and access level. */
export interface Access {
  readonly services: readonly ServiceAccess[];
  /** Services that policies name and the reference data does not have. */
  readonly unlisted: readonly string[];
}

/** A role, and what comes of its permissions where nothing or everything is left of them: the same for all its associations. */
export class RoleAccess {
  private readonly services = lazy(() => servicesIn(allowing(this.role.layers)));
  private readonly wholly = memoizePair((change: 'kept' | 'taken', service: string): readonly LevelAccess[] => levelsOf(service, (action) => {
    const grade = this.role.of(action);
    return grade === 'part' || grade === 'all' ? change : grade === 'unclear' && change === 'kept' ? 'unclear' : undefined;
  }, this.role));

  public constructor(private readonly role: Permissions) {}

  /** What the role has, and what a session policy leaves of it. */
  public under(session: Layer | undefined): Access {
    const reached = servicesIn(allowing(session ? [session] : []));
    const pods = session && new PodPermissions(this.role, session);
    const services = [...new Set([...this.services(), ...reached])].sort();
    return {
      services: services.flatMap((service) => {
        const levels = pods && (reached.has(service) || session.gaps.length > 0)
          ? levelsOf(service, (action) => pods.changeOf(action), pods.both)
          : this.wholly(session ? 'taken' : 'kept', service);
        return levels.length > 0 ? [{ service, levels }] : [];
      }),
      unlisted: services.filter((service) => actionsOf(service).length === 0),
    };
  }
}

function levelsOf(service: string, changeOf: (action: ListedAction) => AccessChange | undefined, pods: Permissions): LevelAccess[] {
  return LEVELS.flatMap((level) => {
    const actions = actionsOf(service).filter((action) => action.level === level);
    const changes = new Map(actions.flatMap((action) => {
      const change = changeOf(action);
      return change === undefined ? [] : [[action, change] as const];
    }));
    if (changes.size === 0) { return []; }
    const named = (change: AccessChange) => [...changes].filter((one) => one[1] === change).map(([{ name }]) => splitAction(name)[1]!);
    const left = [...changes].filter(([, change]) => change === 'kept' || change === 'narrowed').map(([action]) => action);
    return [{
      level,
      actions: actions.length,
      changes: { kept: named('kept'), narrowed: named('narrowed'), taken: named('taken'), beyond: named('beyond'), unclear: named('unclear') },
      conditional: left.filter((action) => pods.isConditional(action)).length,
      unlimited: left.filter((action) => pods.of(action) === 'all').length,
    }];
  });
}

class PodPermissions {
  public readonly both: Permissions;
  private readonly alone: Permissions;
  private readonly decide = memoizeBy((action: ListedAction) => this.both.keyOf(action), (action): AccessChange | undefined => {
    const had = this.role.of(action);
    const left = this.both.of(action);
    if (had === 'none') { return this.session.gaps.length === 0 ? 'beyond' : undefined; }
    if (had === 'unclear' || left === 'unclear') { return left === 'none' ? undefined : 'unclear'; }
    if (left === 'none') { return 'taken'; }
    if (left === 'all') { return 'kept'; }
    return ({ narrows: 'kept', exceeds: 'narrowed', undetermined: 'unclear' } as const)[this.role.areInside(this.session, action)];
  });

  public constructor(private readonly role: Permissions, private readonly session: Layer) {
    this.both = new Permissions([session, ...role.layers]);
    this.alone = new Permissions([session]);
  }

  /** `undefined`: neither is the role known to have it, nor do the pods. */
  public changeOf(action: ListedAction): AccessChange | undefined {
    if (this.session.gaps.length === 0 && this.alone.of(action) === 'none') { return TAKEN[this.role.of(action)]; }
    return this.decide(action);
  }
}

/** Where the session policy allows nothing of an action. */
const TAKEN = { none: undefined, part: 'taken', all: 'taken', unclear: undefined } as const;

function allowing(layers: readonly Layer[]) {
  return layers.flatMap(({ policies }) => policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === 'Allow')));
}
