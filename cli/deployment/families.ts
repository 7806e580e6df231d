/**
 * Groups the stacks that must be evaluated together: a stack with those that it refers to, those that attach policies to their
 * roles, and those with the same service accounts, transitively. Stands between dependencies.ts and the checks.
 * Invariant: over-approximates. A family may contain a stack that changes nothing; it never lacks one that may change a finding.
 */
import { ANY, Dependencies } from './dependencies';

export class Families {
  private readonly definers = new Map<string, number[]>();
  private readonly attachers = new Map<string, number[]>();
  private readonly serviceAccounts = new Map<string, number[]>();

  public constructor(private readonly stacks: readonly Dependencies[]) {
    stacks.forEach((names, i) => {
      names.defines.forEach((key) => add(this.definers, key, i));
      names.attachesTo.forEach((key) => add(this.attachers, key, i));
      names.serviceAccounts.forEach(([key, cluster]) => [`${key} ${cluster}`, key].forEach((one) => add(this.serviceAccounts, one, i)));
    });
  }

  /** The stacks that may change what is found in one stack, itself included. */
  public of(stack: number): ReadonlySet<number> {
    const family = new Set([stack]);
    for (const member of family) { // iteration over a set includes what is added meanwhile
      this.near(this.stacks[member]).forEach((other) => family.add(other));
    }
    return family;
  }

  /**
   * The stacks with associations, in batches that are checked together: at most `limit` characters of templates in a batch, but
   * at least one family.
   */
  public batches(limit: number): Batch[] {
    const batches: Batch[] = [];
    let batch: Batch = { asked: [], members: new Set() };
    for (const [i, { hasAssociations }] of this.stacks.entries()) {
      if (!hasAssociations) { continue; }
      const members = new Set([...batch.members, ...this.of(i)]);
      if (batch.asked.length > 0 && this.sizeOf(members) > limit) {
        batches.push(batch);
        batch = { asked: [i], members: new Set(this.of(i)) };
      } else {
        batch = { asked: [...batch.asked, i], members };
      }
    }
    return batch.asked.length > 0 ? [...batches, batch] : batches;
  }

  private near({ defines, mentions, serviceAccounts }: Dependencies): number[] {
    const keys = [...defines, ...mentions];
    const openRole = keys.includes(`role ${ANY}`);
    return [
      ...[...mentions].flatMap((key) => (key.endsWith(` ${ANY}`) ? startingWith(this.definers, key.slice(0, -ANY.length)) : this.definers.get(key) ?? [])),
      ...[...mentions].flatMap((key) => this.definers.get(`${key.split(' ')[0]} ${ANY}`) ?? []),
      ...keys.flatMap((key) => this.attachers.get(key) ?? []),
      ...this.attachers.get(ANY) ?? [],
      ...openRole ? startingWith(this.attachers, 'role ') : [],
      ...serviceAccounts.flatMap(([key, cluster]) => this.serviceAccounts.get(cluster === ANY ? key : `${key} ${cluster}`) ?? []),
      ...serviceAccounts.flatMap(([key]) => this.serviceAccounts.get(`${key} ${ANY}`) ?? []),
    ];
  }

  private sizeOf(members: ReadonlySet<number>): number {
    return [...members].reduce((sum, member) => sum + this.stacks[member].size, 0);
  }
}

export interface Batch {
  /** The stacks whose associations are checked. */
  readonly asked: readonly number[];
  /** Those stacks and their families. */
  readonly members: ReadonlySet<number>;
}

function startingWith(map: ReadonlyMap<string, readonly number[]>, start: string): number[] {
  return [...map].flatMap(([key, stacks]) => (key.startsWith(start) ? stacks : []));
}

function add(map: Map<string, number[]>, key: string, stack: number): void {
  const known = map.get(key);
  if (!known) { map.set(key, [stack]); } else if (known[known.length - 1] !== stack) { known.push(stack); }
}
