/**
 * Arranges the associations of a report as rows of the matrix, and computes their positions in each order that the page offers.
 * Between the report and the components.
 * Invariant: the order depends only on the report, so the page is the same on every machine.
 */
import type { CaseDetails, RoleDetails } from '../access/details';
import { byNaturalOrder } from '../natural-order';
import { CheckedAssociation, Report } from '../report/report';

/** A row of the matrix: an association, or one of its cases. */
export interface Row {
  readonly id: string;
  readonly association: CheckedAssociation;
  /** None if the association is never deployed. */
  readonly details?: CaseDetails;
  /** None if the association is never deployed. */
  readonly actions?: ActionCounts;
}

/** Numbers of actions, over all services and access levels. */
export interface ActionCounts {
  /** The actions that the role has. */
  readonly role: number;
  /** The actions of them of which the pods have at least a part. */
  readonly pods: number;
  /** The actions that count as neither. */
  readonly undetermined: number;
}

/** Returns the rows in the order of the page: errors first, then warnings, then by name. */
export function rowsOf({ associations }: Report): readonly Row[] {
  const unordered = associations.flatMap((association): Array<Omit<Row, 'id'>> => {
    const cases = association.details?.cases ?? [];
    return cases.length === 0 ? [{ association }] : cases.map((details) => ({ association, details, actions: countActions(details) }));
  });
  return unordered.sort((a, b) => severityOf(a) - severityOf(b) || byName(a, b)).map((row, i) => ({ id: `row-${i + 1}`, ...row }));
}

type Unplaced = Omit<Row, 'id'>;

/** 0 for errors, 1 for warnings, 2 for neither. Acknowledged findings do not count. */
function severityOf({ association: { findings } }: Unplaced): number {
  const severities = findings.filter(({ acknowledged }) => acknowledged === undefined).map(({ severity }) => severity);
  return severities.includes('error') ? 0 : severities.includes('warning') ? 1 : 2;
}

function byName({ association: a }: Unplaced, { association: b }: Unplaced): number {
  return byNaturalOrder(a.namespace, b.namespace) || byNaturalOrder(a.serviceAccount, b.serviceAccount) || byNaturalOrder(a.cluster, b.cluster);
}

function countActions({ access: { services } }: CaseDetails): ActionCounts {
  const counts = { role: 0, pods: 0, undetermined: 0 };
  for (const { changes } of services.flatMap(({ levels }) => levels)) {
    const pods = changes.kept.length + changes.narrowed.length;
    counts.pods += pods;
    counts.role += pods + changes.taken.length;
    counts.undetermined += changes.unclear.length;
  }
  return counts;
}

/** Compares the shares of the actions of the role that the pods have, from the smallest on; equal shares by the number of actions. */
export function byShare(a: ActionCounts, b: ActionCounts): number {
  return a.pods * b.role - b.pods * a.role || a.pods - b.pods;
}

interface Order {
  readonly title: string;
  readonly compare: (a: Row, b: Row) => number;
}

/** The orders that the page offers, from the one that it has at first. Rows that are equal in one of them keep their order. */
export const ORDERS: readonly Order[] = [
  { title: 'errors first', compare: () => 0 },
  { title: 'namespace and name', compare: byName },
  { title: 'cluster', compare: (a, b) => byNaturalOrder(a.association.cluster, b.association.cluster) || byName(a, b) },
  { title: 'role', compare: (a, b) => byNaturalOrder(a.details?.role.name ?? '', b.details?.role.name ?? '') },
  { title: 'largest share of role', compare: knownFirst(({ actions }) => countsToCompare(actions), (a, b) => byShare(b, a)) },
  { title: 'smallest share of role', compare: knownFirst(({ actions }) => countsToCompare(actions), byShare) },
  { title: 'longest session policy', compare: knownFirst(({ details }) => charactersOf(details), (a, b) => b - a) },
];

/** Without an action of the role, there is no share. */
function countsToCompare(actions: ActionCounts | undefined): ActionCounts | undefined {
  return actions && actions.role > 0 ? actions : undefined;
}

function charactersOf(details: CaseDetails | undefined): number | undefined {
  const size = details?.session?.size;
  return size && (size.expected ?? size.minimum);
}

/** Rows without a value follow those with one. */
function knownFirst<T>(valueOf: (row: Row) => T | undefined, compare: (a: T, b: T) => number): Order['compare'] {
  return (a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    return x !== undefined && y !== undefined ? compare(x, y) : Number(x === undefined) - Number(y === undefined);
  };
}

/** Returns the position of each row in each order. */
export function positionsOf(rows: readonly Row[]): ReadonlyMap<Row, readonly number[]> {
  const positions = ORDERS.map(({ compare }) => new Map([...rows].sort(compare).map((row, i) => [row, i])));
  return new Map(rows.map((row) => [row, positions.map((inOrder) => inOrder.get(row)!)]));
}

/** A role with the rows whose pods use it. */
export interface UsedRole {
  readonly id: string;
  readonly role: RoleDetails;
  readonly users: readonly Row[];
}

/** Returns the roles of the rows. Roles of the same name are shown as one if their policies are the same; their users have different `role.id`. */
export function rolesOf(rows: readonly Row[]): readonly UsedRole[] {
  const found = new Map<string, { readonly role: RoleDetails; readonly users: Row[] }>();
  const keys = new Map<RoleDetails, string>();
  for (const row of rows) {
    const role = row.details?.role;
    if (!role) { continue; }
    const key = keys.get(role) ?? JSON.stringify([role.name, role.layers]);
    keys.set(role, key);
    const known = found.get(key) ?? { role, users: [] };
    known.users.push(row);
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => byNaturalOrder(a.role.name, b.role.name)).map((one, i) => ({ id: `role-${i + 1}`, ...one }));
}

/** Returns the stack and the file, or the cluster and the id of the association. */
export function placeOf(association: CheckedAssociation): [string, string] {
  return 'file' in association ? [association.stack, association.file] : [association.cluster, association.associationId];
}
