/**
 * Compares the rows of the page with each other, for its summary: whose session policy leaves the smallest and the largest share of the
 * role, and which actions only some service accounts of a role have.
 * Invariant: what is undetermined is never counted on either side, and what is left out of a comparison is counted.
 */
import { ActionCounts, byShare, Row, UsedRole } from './rows';
import { groupBy } from '../../lib/util/group-by';
import type { LevelAccess, ServiceAccess } from '../access/access';
import { byNaturalOrder } from '../natural-order';

/** Maximum number of entries of a ranking, and of differences within roles. */
const SHOWN = 5;

export interface Ranking {
  readonly tightest: readonly Ranked[];
  readonly loosest: readonly Ranked[];
  /** The number of deployed service accounts that are not ranked, because not all of their permissions are known or the role has no action. */
  readonly unranked: number;
}

/** Rows of one role whose pods have equally many actions. */
export interface Ranked {
  readonly rows: readonly Row[];
  readonly actions: ActionCounts;
}

/** Ranks rows by the share of the role's actions that the pods have. No row is both tight and loose. */
export function rankingOf(rows: readonly Row[]): Ranking {
  const deployed = rows.filter(({ details }) => details !== undefined);
  const known = deployed.filter(({ details, actions }) => details!.unknown.length === 0 && actions!.role > 0);
  const equal = groupBy(known, ({ details, actions }) => JSON.stringify([details!.role.id, actions]));
  const ranked = [...equal.values()].map((group): Ranked => ({ rows: group, actions: group[0].actions! }))
    .sort((a, b) => byShare(a.actions, b.actions));
  const count = Math.min(SHOWN, Math.floor(ranked.length / 2));
  const unranked = countAccounts(deployed) - countAccounts(known);
  return { tightest: ranked.slice(0, count), loosest: ranked.slice(ranked.length - count).reverse(), unranked };
}

/** Returns the number of associations; one has a row for each case of the conditions. */
export function countAccounts(rows: readonly Row[]): number {
  return new Set(rows.map(({ association }) => association)).size;
}

export interface RoleComparison {
  readonly differences: readonly RoleDifference[];
  /** The number of differences that are not in the list. */
  readonly more: number;
  /** The number of roles with several service accounts that are not compared, because not all of their permissions are known. */
  readonly unknown: number;
}

/** Actions that at most half of the service accounts of a role have, and the others provably do not have. */
export interface RoleDifference {
  readonly role: UsedRole;
  /** A row of each service account that has the actions. */
  readonly holders: readonly Row[];
  /** The number of service accounts of the role. */
  readonly of: number;
  /** The actions by service. */
  readonly actions: ReadonlyMap<string, readonly string[]>;
}

/** Returns the differences, from those with the fewest holders on; with equally many, from the one with the most actions on. */
export function compareWithinRoles(roles: readonly UsedRole[]): RoleComparison {
  const same = roles.flatMap((role) => (
    [...groupBy(role.users, ({ details }) => details!.role.id).values()].map((users): UsedRole => ({ ...role, users }))));
  const shared = same.map((role) => ({ role, rows: rowsByAssociation(role) })).filter(({ rows }) => rows.length > 1);
  const known = shared.filter(({ role }) => role.users.every(({ details }) => details!.unknown.length === 0));
  const differences = known.flatMap(({ role, rows }) => differencesIn(role, rows)).sort((a, b) => (
    a.holders.length - b.holders.length || countIn(b.actions) - countIn(a.actions) || byNaturalOrder(a.role.role.name, b.role.role.name)));
  return { differences: differences.slice(0, SHOWN), more: Math.max(0, differences.length - SHOWN), unknown: shared.length - known.length };
}

/** An association that has several cases is one service account, which has an action if it has it in one of them. */
function rowsByAssociation({ users }: UsedRole): Row[][] {
  return [...groupBy(users, ({ association }) => association).values()];
}

function differencesIn(role: UsedRole, accounts: readonly Row[][]): RoleDifference[] {
  const holders = new Map<string, number[]>();
  const undetermined = new Set<string>();
  accounts.forEach((rows, i) => {
    const services = rows.flatMap(({ details }) => details!.access.services);
    for (const { service, changes: { kept, narrowed, unclear } } of services.flatMap(levelsIn)) {
      unclear.forEach((name) => undetermined.add(`${service}:${name}`));
      for (const name of [...kept, ...narrowed].map((one) => `${service}:${one}`)) {
        const found = holders.get(name);
        if (!found) { holders.set(name, [i]); } else if (found.at(-1) !== i) { found.push(i); }
      }
    }
  });
  const few = [...holders].filter(([name, { length }]) => length <= accounts.length / 2 && !undetermined.has(name));
  return [...groupBy(few, ([, indexes]) => indexes.join(' ')).values()].map((group) => ({
    role,
    holders: group[0][1].map((i) => accounts[i][0]),
    of: accounts.length,
    actions: byService(group.map(([name]) => name)),
  }));
}

function levelsIn({ service, levels }: ServiceAccess): Array<LevelAccess & { readonly service: string }> {
  return levels.map((level) => ({ service, ...level }));
}

function byService(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const split = [...names].sort(byNaturalOrder).map((name) => name.split(':'));
  return new Map([...groupBy(split, ([service]) => service)].map(([service, group]) => [service, group.map(([, action]) => action)]));
}

/** Returns the number of actions. */
export function countIn(actions: ReadonlyMap<string, readonly string[]>): number {
  return [...actions.values()].reduce((sum, { length }) => sum + length, 0);
}
