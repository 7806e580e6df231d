/**
 * Computes what the filters and the search of the page match. The script of the page only compares words, so everything that a filter
 * means is decided here.
 */
import { stateOf } from './columns';
import { placeOf, Row } from './rows';
import { groupBy } from '../../lib/util/group-by';
import { byNaturalOrder } from '../natural-order';

/** The states of rows that the page filters by. */
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

/** A filter by a name that rows have, with all names to choose from. */
export interface NameFilter {
  readonly title: string;
  readonly options: readonly NameOption[];
}

export interface NameOption {
  readonly name: string;
  readonly rows: number;
  /** A word that stands for the name in the page: names of other people may contain blanks. */
  readonly word: string;
}

const NAMES: ReadonlyArray<{ readonly title: string; readonly namesIn: (row: Row) => Iterable<string> }> = [
  { title: 'Finding', namesIn: ({ association: { findings } }) => findings.map(({ rule }) => rule) },
  { title: 'Cluster', namesIn: ({ association: { cluster } }) => [cluster] },
  { title: 'Namespace', namesIn: ({ association: { namespace } }) => [namespace] },
  { title: 'Role', namesIn: ({ details }) => (details ? [details.role.name] : []) },
  { title: 'Service', namesIn: usableServices },
];

export interface NameFilters {
  readonly filters: readonly NameFilter[];
  readonly wordsOf: ReadonlyMap<Row, readonly string[]>;
}

/** Returns the filters by name, without those that all rows match, and the words of each row. */
export function nameFiltersOf(rows: readonly Row[]): NameFilters {
  const wordsOf = new Map(rows.map((row): [Row, string[]] => [row, []]));
  const filters = NAMES.map(({ title, namesIn }, i): NameFilter => {
    const named = rows.flatMap((row) => [...new Set(namesIn(row))].map((name) => ({ name, row })));
    const groups = [...groupBy(named, ({ name }) => name)].sort(([a], [b]) => byNaturalOrder(a, b));
    return {
      title,
      options: groups.map(([name, group], j) => {
        const word = `${i}-${j}`;
        group.forEach(({ row }) => wordsOf.get(row)!.push(word));
        return { name, rows: group.length, word };
      }),
    };
  });
  return { filters: filters.filter(({ options }) => options.some((option) => option.rows < rows.length)), wordsOf };
}

/** The services that the pods can use, or may be able to use. */
function usableServices({ details }: Row): string[] {
  const services = details?.access.services.filter(({ levels }) => levels.some((level) => stateOf(level) !== 'taken')) ?? [];
  return services.map(({ service }) => service);
}

/** Returns the text that the search of the page matches. */
export function searchedTextOf(row: Row): string {
  const { association, details } = row;
  const { path, cluster, namespace, serviceAccount, findings } = association;
  return [
    `${cluster}/${namespace}/${serviceAccount}`, path, ...placeOf(association), details?.role.name ?? '', ...details?.where ?? [],
    ...new Set(findings.map(({ rule }) => rule)), ...usableServices(row),
  ].join('\n').toLowerCase();
}
