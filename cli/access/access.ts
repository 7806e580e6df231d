/**
 * Main file of this folder, which computes for the HTML report which actions the pods of an association have, by service and
 * access level. permissions.ts grades one action for one set of layers; this file compares the role with what the session policy
 * leaves; details.ts adds what else the page shows.
 * Invariant: `kept` and `taken` are proofs, and `unclear` is the answer if there is none. The answer for a role is computed once
 * for all its associations.
 */
import { actionsOf, LEVELS, ListedAction, servicesIn } from './actions';
import { Permissions } from './permissions';
import { claimsOf as claimsOfPolicy, isFilter } from '../../lib/analysis/filter';
import { Layer, splitAction } from '../../lib/engine';
import { AccessLevel } from '../../lib/reference/services';
import { lazy, memoizeBy, memoizePair } from '../../lib/util/memo';

/** What happens to an action of the role if the session policy applies. */
export type AccessChange =
  /** Proven: the pods have everything that the role has of the action. */
  | 'kept'
  /** The pods have a part of it, and the role has more. */
  | 'narrowed'
  /** The role has some of it, and the session policy, resource policies or the organization leave none of it. */
  | 'taken'
  /** The session policy names it, and the role allows none of it. */
  | 'beyond'
  /** Neither could be proven. */
  | 'unclear';

/** The actions of one access level of a service. */
export interface LevelAccess {
  readonly level: AccessLevel;
  /** The number of actions of that level in the service. */
  readonly actions: number;
  /** The names of the actions, without the prefix of the service. */
  readonly changes: { readonly [change in AccessChange]: readonly string[] };
  /** The number of kept or narrowed actions that the pods have only under conditions. */
  readonly conditional: number;
  /** The number of kept or narrowed actions that the pods may use on every resource, without conditions. */
  readonly unlimited: number;
}

export interface ServiceAccess {
  readonly service: string;
  /** The access levels with at least one classified action. */
  readonly levels: readonly LevelAccess[];
}

/** The access of the pods of an association, by service and access level. */
export interface Access {
  readonly services: readonly ServiceAccess[];
  /** Services that policies name and that the reference data does not contain. */
  readonly unlisted: readonly string[];
}

/**
 * The access of a role. If a session policy keeps or takes away a whole service, all associations of the role share the answer.
 */
export class RoleAccess {
  private readonly services = lazy(() => servicesIn(allowing(this.role.layers)));
  private readonly wholly = memoizePair((change: 'kept' | 'taken', service: string): readonly LevelAccess[] => levelsOf(service, (action) => {
    const grade = this.role.of(action);
    return grade === 'part' || grade === 'all' ? change : grade === 'unclear' && change === 'kept' ? 'unclear' : undefined;
  }, this.role));

  /** @param limits the layers of resource policies and of the organization, which limit the pods as a session policy does */
  public constructor(private readonly role: Permissions, private readonly limits: readonly Layer[] = []) {}

  /** Returns the access of the role under a session policy. */
  public under(session: Layer | undefined): Access {
    const claims = session && claimsOf(session);
    const reached = new Set([...servicesIn(allowing(claims ? [claims] : [])), ...(claims === session ? [] : this.services())]);
    const isLimited = session !== undefined || this.limits.length > 0;
    const pods = isLimited ? new PodPermissions(this.role, this.limits, session) : undefined;
    const services = [...new Set([...this.services(), ...reached])].sort();
    return {
      services: services.flatMap((service) => {
        const levels = pods && (!session || reached.has(service) || session.gaps.length > 0)
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
  private readonly alone?: Permissions;
  private readonly claims?: Permissions;
  private readonly decide = memoizeBy((action: ListedAction) => this.both.keyOf(action), (action): AccessChange | undefined => {
    const had = this.role.of(action);
    const left = this.both.of(action);
    if (had === 'none') { return this.session?.gaps.length === 0 && this.claims!.of(action) !== 'none' ? 'beyond' : undefined; }
    if (had === 'unclear' || left === 'unclear') { return left === 'none' ? undefined : 'unclear'; }
    if (left === 'none') { return 'taken'; }
    if (left === 'all') { return 'kept'; }
    const inside = new Set(this.limits.map((layer) => this.role.areInside(layer, action)));
    return inside.has('exceeds') ? 'narrowed' : inside.has('undetermined') ? 'unclear' : 'kept';
  });

  /** What limits the role. */
  private readonly limits: readonly Layer[];

  public constructor(private readonly role: Permissions, beside: readonly Layer[], private readonly session?: Layer) {
    this.limits = [...session ? [session] : [], ...beside];
    this.both = new Permissions([...this.limits, ...role.layers], role.principal);
    if (!session) { return; }
    this.alone = new Permissions([session], role.principal);
    const claims = claimsOf(session);
    this.claims = claims === session ? this.alone : new Permissions([claims], role.principal);
  }

  /** `undefined`: the role is not known to have the action, and neither are the pods. */
  public changeOf(action: ListedAction): AccessChange | undefined {
    if (this.session?.gaps.length === 0 && this.alone!.of(action) === 'none') { return TAKEN[this.role.of(action)]; }
    return this.decide(action);
  }
}

/** The change of an action of which the session policy allows nothing, by the grade of the role. */
const TAKEN = { none: undefined, part: 'taken', all: 'taken', unclear: undefined } as const;

/** What the session policy says that the role allows. A filter lets through what the role has, and names none of it. */
function claimsOf(session: Layer): Layer {
  return session.policies.some(isFilter) ? { ...session, policies: session.policies.map(claimsOfPolicy) } : session;
}

function allowing(layers: readonly Layer[]) {
  return layers.flatMap(({ policies }) => policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === 'Allow')));
}
