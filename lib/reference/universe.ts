import { AwsAction, Universe } from '../engine';
import { Service, serviceNamed, servicePrefixes, servicesAsOf } from './services';

let read: Universe | undefined;

/** The requests that AWS makes, by the service authorization reference. A service is parsed when it is first looked up. */
export function universe(): Universe {
  return read ??= { asOf: servicesAsOf(), services: new ServiceActions(servicePrefixes()) };
}

class ServiceActions implements ReadonlyMap<string, readonly AwsAction[]> {
  private readonly parsed = new Map<string, readonly AwsAction[]>();
  private readonly prefixes: ReadonlySet<string>;

  public constructor(prefixes: readonly string[]) {
    this.prefixes = new Set(prefixes);
  }

  public get size(): number {
    return this.prefixes.size;
  }

  public has(prefix: string): boolean {
    return this.prefixes.has(prefix);
  }

  public get(prefix: string): readonly AwsAction[] | undefined {
    const known = this.parsed.get(prefix);
    if (known || !this.has(prefix)) { return known; }
    const actions = actionsOf(serviceNamed(prefix)!);
    this.parsed.set(prefix, actions);
    return actions;
  }

  public keys() { return this.prefixes.keys(); }
  public values() { return this.all().values(); }
  public entries() { return this.all().entries(); }
  public [Symbol.iterator]() { return this.entries(); }

  public forEach(visit: (actions: readonly AwsAction[], prefix: string, map: ReadonlyMap<string, readonly AwsAction[]>) => void): void {
    this.all().forEach((actions, prefix) => visit(actions, prefix, this));
  }

  private all(): ReadonlyMap<string, readonly AwsAction[]> {
    return new Map([...this.prefixes].map((prefix) => [prefix, this.get(prefix)!]));
  }
}

function actionsOf({ actions }: Service): readonly AwsAction[] {
  return actions.map(({ name, types, withoutResource }) => ({
    name, resources: types.flatMap((type) => type.forms), alsoWithoutResource: withoutResource,
  }));
}
