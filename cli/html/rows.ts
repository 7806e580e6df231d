/**
 * Arranges the associations of a report as rows of the matrix, by cluster, and computes what the filter and the search of the
 * page match. Between the report and the components.
 * Invariant: the order depends only on the report, so the page is the same on every machine.
 */
import { stateOf } from './columns';
import type { CaseDetails } from '../access/details';
import { byCode } from '../by-code';
import { CheckedAssociation, Report } from '../report/report';

/** A row of the matrix: an association, or one of its cases. */
export interface Row {
  readonly id: string;
  readonly association: CheckedAssociation;
  /** None if the association is never deployed. */
  readonly details?: CaseDetails;
}

/** The rows of a cluster, in the order of namespaces and service accounts. */
export interface ClusterRows {
  readonly cluster: string;
  readonly rows: readonly Row[];
}

export function rowsByCluster({ associations }: Report): readonly ClusterRows[] {
  const sorted = [...associations].sort((a, b) => (
    byCode(a.cluster, b.cluster) || byCode(a.namespace, b.namespace) || byCode(a.serviceAccount, b.serviceAccount)));
  const rows = sorted.flatMap((association) => {
    const cases = association.details?.cases ?? [];
    return cases.length === 0 ? [{ association }] : cases.map((details) => ({ association, details }));
  }).map((row, i): Row => ({ id: `row-${i + 1}`, ...row }));
  return [...new Set(rows.map(({ association }) => association.cluster))]
    .map((cluster) => ({ cluster, rows: rows.filter(({ association }) => association.cluster === cluster) }));
}

/** The filters of the page. */
export const FILTERS = {
  error: 'with errors',
  finding: 'with findings',
  unclear: 'with something undetermined',
  taken: 'with something taken away',
  unscoped: 'without a session policy',
} as const;

export function filtersOf({ association: { findings }, details }: Row): ReadonlyArray<keyof typeof FILTERS> {
  const levels = details?.access.services.flatMap((service) => service.levels) ?? [];
  return [
    ...findings.some(({ severity, acknowledged }) => severity === 'error' && acknowledged === undefined) ? ['error' as const] : [],
    ...findings.length > 0 ? ['finding' as const] : [],
    ...details && (details.unknown.length > 0 || levels.some((level) => stateOf(level) === 'unclear')) ? ['unclear' as const] : [],
    ...levels.some(({ changes }) => changes.taken.length > 0 || changes.narrowed.length > 0) ? ['taken' as const] : [],
    ...details && !details.session ? ['unscoped' as const] : [],
  ];
}

/** Returns the stack and the file, or the cluster and the id of the association. */
export function placeOf(association: CheckedAssociation): [string, string] {
  return 'file' in association ? [association.stack, association.file] : [association.cluster, association.associationId];
}

/** Returns the text that the search of the page matches. */
export function searchedTextOf({ association, details }: Row): string {
  const { path, cluster, namespace, serviceAccount, findings } = association;
  const services = details?.access.services.filter(({ levels }) => levels.some((level) => stateOf(level) !== 'taken')) ?? [];
  return [
    `${cluster}/${namespace}/${serviceAccount}`, path, ...placeOf(association), details?.role.name ?? '', ...details?.where ?? [],
    ...new Set(findings.map(({ rule }) => rule)), ...services.map(({ service }) => service),
  ].join('\n').toLowerCase();
}
