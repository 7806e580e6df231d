/**
 * Groups the stacks that must be evaluated together: a stack with those that it refers to, those that attach policies to their
 * roles, and those with the same service accounts, transitively. Stands between dependencies.ts and the checks.
 * Invariant: over-approximates. A family may contain a stack that changes nothing; it never lacks one that may change a finding.
 * For speed, a batch follows each name once, whichever of its stacks have it, so a name that all stacks share costs no more than
 * names of their own. bench/check-growth.ts measures it.
 */
import { ANY, Dependencies } from './dependencies';

/**
 * Maximum number of stacks with associations in a batch, unless they are one family. Each case of the conditions reads all associations of
 * its batch, so a batch of n stacks with conditions of their own takes n times n readings.
 */
const MAX_ASKED = 50;

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
    return new Set(this.familyOf(stack).members);
  }

  /**
   * The stacks with associations, in batches that are checked together: at most `limit` characters of templates in a batch, but
   * at least one family, and as much again of others, so that templates that many stacks need are not read again for each of them.
   */
  public batches(limit: number): Batch[] {
    const batches: Batch[] = [];
    let asked: number[] = [];
    let most = limit;
    let union = new Union();
    for (const [i, { hasAssociations }] of this.stacks.entries()) {
      if (!hasAssociations) { continue; }
      const { length } = union.members;
      this.addFamily(i, union);
      if (asked.length > 0 && union.members.length > length && (union.size > most || asked.length >= MAX_ASKED)) {
        batches.push({ asked, members: new Set(union.members.slice(0, length)) });
        asked = [];
        union = this.familyOf(i);
      }
      if (asked.length === 0) { most = Math.max(limit, 2 * union.size); }
      asked.push(i);
    }
    return asked.length > 0 ? [...batches, { asked, members: new Set(union.members) }] : batches;
  }

  private familyOf(stack: number): Union {
    const union = new Union();
    this.addFamily(stack, union);
    return union;
  }

  /** Adds a stack and its family. The stacks in `union` are there with their families. */
  private addFamily(stack: number, union: Union): void {
    let next = union.members.length;
    union.add(stack, this.stacks[stack]);
    for (; next < union.members.length; next++) { // what is added meanwhile is followed, too
      for (const [key, find] of this.namesOf(this.stacks[union.members[next]])) {
        if (union.isNew(key)) { find().forEach((other) => union.add(other, this.stacks[other])); }
      }
    }
  }

  /** The names by which a stack depends on others, each with a key and with the stacks that have it. */
  private namesOf({ defines, mentions, serviceAccounts }: Dependencies): Array<readonly [key: string, find: () => readonly number[]]> {
    const keys = [...defines, ...mentions];
    const named = (what: string, map: ReadonlyMap<string, readonly number[]>, key: string) => [`${what} ${key}`, () => map.get(key) ?? []] as const;
    const starting = (what: string, map: ReadonlyMap<string, readonly number[]>, start: string) => (
      [`${what} ${start}...`, () => startingWith(map, start)] as const);
    return [
      ...[...mentions].map((key) => (
        key.endsWith(` ${ANY}`) ? starting('definers', this.definers, key.slice(0, -ANY.length)) : named('definers', this.definers, key))),
      ...[...mentions].map((key) => named('definers', this.definers, `${key.split(' ')[0]} ${ANY}`)),
      ...[...keys, ANY].map((key) => named('attachers', this.attachers, key)),
      ...keys.includes(`role ${ANY}`) ? [starting('attachers', this.attachers, 'role ')] : [],
      ...serviceAccounts.map(([key, cluster]) => named('service accounts', this.serviceAccounts, cluster === ANY ? key : `${key} ${cluster}`)),
      ...serviceAccounts.map(([key]) => named('service accounts', this.serviceAccounts, `${key} ${ANY}`)),
    ];
  }
}

/** Stacks in the order in which they were added, and the names that were followed. */
class Union {
  public readonly members: number[] = [];
  /** The number of characters of the templates. */
  public size = 0;
  private readonly has = new Set<number>();
  private readonly followed = new Set<string>();

  public add(stack: number, { size }: Dependencies): void {
    if (this.has.has(stack)) { return; }
    this.has.add(stack);
    this.members.push(stack);
    this.size += size;
  }

  /** Whether a name was not followed before. */
  public isNew(key: string): boolean {
    const { size } = this.followed;
    return this.followed.add(key).size > size;
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
