/**
 * The matrix of the page: service accounts against services and access levels. Each row unfolds to its details (row-details.tsx).
 * Invariant: a cell never relies on color or sign alone; a hidden text says the same for screen readers.
 */
import { addLevels, countOthers, ServiceColumns, stateOf } from './columns';
import { filtersOf, searchedTextOf } from './filters';
import { Hidden, Name, Sign, Size } from './parts';
import { RowDetails } from './row-details';
import { positionsOf, Row } from './rows';
import { numbersOf, pluralize, SIGNS, wordsOf } from './words';
import type { AccessLevel } from '../../lib/reference/services';
import { ServiceAccess } from '../access/access';

export interface MatrixProps {
  readonly rows: readonly Row[];
  readonly columns: readonly ServiceColumns[];
  /** Whether there are services without columns of their own. */
  readonly hasOthers: boolean;
  readonly idOfRole: (row: Row) => string | undefined;
  /** The words of the filters by name (filters.ts). */
  readonly wordsOf: ReadonlyMap<Row, readonly string[]>;
}

const SHORT: { readonly [level in AccessLevel]: string } = {
  'List': 'List', 'Read': 'Read', 'Write': 'Write', 'Permissions management': 'Perm.', 'Tagging': 'Tag.',
};

export function Matrix(props: MatrixProps) {
  const { rows, columns, hasOthers } = props;
  const width = 3 + columns.reduce((sum, { levels }) => sum + levels.length, 0) + (hasOthers ? 1 : 0);
  const positions = positionsOf(rows);
  return (
    <div class="matrix" role="region" aria-labelledby="matrix-title" tabIndex={0}>
      <table id="matrix" class={width > WIDE ? 'wide' : undefined}>
        <colgroup span={3} />
        {columns.map(({ levels }) => <colgroup span={levels.length} class="service" />)}
        {hasOthers && <colgroup span={1} class="service" />}
        <thead>
          <tr>
            <th scope="col" rowSpan={2} class="who">Service account</th>
            <th scope="col" rowSpan={2}>Findings</th>
            <th scope="col" rowSpan={2}>Session policy, characters of 2,048</th>
            {columns.map(({ service, levels }) => (
              <th scope="colgroup" colSpan={levels.length} class="service first">
                {levels.length === 1 ? <Name text={service} /> : <button type="button" aria-expanded="true"><Name text={service} /></button>}
              </th>
            ))}
            {hasOthers && <th scope="col" rowSpan={2} class="first">Other services</th>}
          </tr>
          <tr>
            {columns.flatMap(({ levels }) => levels.map((level, i) => (
              <th scope="col" class={i === 0 ? 'level first' : 'level'}>
                {SHORT[level] === level ? level : <><span aria-hidden="true">{SHORT[level]}</span><Hidden>{level}</Hidden></>}
              </th>
            )))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => <MatrixRow row={row} positions={positions.get(row)!} width={width} isLater={i >= ROWS_SHOWN} {...props} />)}
        </tbody>
      </table>
    </div>
  );
}

/** Number of columns from which on the numbers are smaller on paper. */
const WIDE = 55;

/** Number of rows that the page shows at first. browser/page.js shows as many more on request. */
export const ROWS_SHOWN = 300;

interface MatrixRowProps extends MatrixProps {
  readonly row: Row;
  /** The position of the row in each order of the page. */
  readonly positions: readonly number[];
  readonly width: number;
  /** Whether it is not shown at first. */
  readonly isLater: boolean;
}

/** The details are inside of `noscript`: as text where scripts run, which is fast to load; browser/page.js makes elements of it. */
function MatrixRow({ row, positions, width, isLater, columns, hasOthers, idOfRole, wordsOf: wordsOfRow }: MatrixRowProps) {
  const { id, association: { cluster, namespace, serviceAccount, findings }, details } = row;
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity && finding.acknowledged === undefined).length;
  const services = new Map(details?.access.services.map((one) => [one.service, one]));
  return (
    <>
      <tr class={isLater ? 'account later' : 'account'} id={id} data-find={searchedTextOf(row)} data-is={[...filtersOf(row), ...wordsOfRow.get(row)!].join(' ')}
        data-order={positions.join(' ')} data-services={columns.map(({ service }) => inOneCell(services.get(service))).join('|')}>
        <th scope="row" class="who">
          <button type="button" aria-expanded="false" aria-controls={`${id}-details`}>
            <span><Name text={namespace} /> / <Name text={serviceAccount} /></span>
            <small>Cluster <Name text={cluster} /></small>
            {details && details.where.length > 0 && <small>where <Name text={details.where.join(' and ')} /></small>}
          </button>
        </th>
        <td>
          {count('error') > 0 && <span class="error">{pluralize(count('error'), 'error')}</span>}{' '}
          {count('warning') > 0 && <span class="warning">{pluralize(count('warning'), 'warning')}</span>}
          {findings.every(({ acknowledged }) => acknowledged !== undefined) && (findings.length === 0 ? 'none' : `${findings.length} acknowledged`)}
        </td>
        <td class="session">{details ? details.session ? <Size session={details.session} /> : 'no session policy' : 'never deployed'}</td>
        {columns.flatMap(({ service, levels }) => levels.map((level, i) => <Cell access={services.get(service)} level={level} first={i === 0} />))}
        {hasOthers && <Others row={row} columns={columns} />}
      </tr>
      <tr class={isLater ? 'details later' : 'details'} id={`${id}-details`}>
        <td colSpan={width}><div class="panel"><noscript><RowDetails row={row} roleId={idOfRole(row)} /></noscript></div></td>
      </tr>
    </>
  );
}

/** What browser/page.js shows of a service if its columns are collapsed: the state and the numbers. */
function inOneCell(access?: ServiceAccess): string {
  if (!access) { return ''; }
  const all = addLevels(access.levels);
  return `${stateOf(all)} ${numbersOf(all)}${all.conditional > 0 ? ' if' : ''}`;
}

function Cell({ access, level, first }: { readonly access?: ServiceAccess; readonly level: AccessLevel; readonly first: boolean }) {
  const found = access?.levels.find((one) => one.level === level);
  if (!found) { return <td class={first ? 'first' : undefined} />; }
  const state = stateOf(found);
  return (
    <td class={`cell ${state}${first ? ' first' : ''}`}>
      <Sign change={state} /><span class="number" aria-hidden="true">{numbersOf(found)}{found.conditional > 0 && <i> if</i>}</span>
      <Hidden>{wordsOf(found)}</Hidden>
    </td>
  );
}

function Others({ row: { details }, columns }: { readonly row: Row; readonly columns: readonly ServiceColumns[] }) {
  const counts = details && countOthers(details.access, new Set(columns.map(({ service }) => service)));
  const list = counts ? ([['narrowed', counts.left, 'kept or narrowed'], ['taken', counts.taken, SIGNS.taken.name], ['unclear', counts.unclear, SIGNS.unclear.name]] as const) : [];
  return (
    <td class="others first">
      {list.filter(([, count]) => count > 0).map(([change, count, name]) => <span><Sign change={change} /> {count} <Hidden>{name}</Hidden></span>)}
    </td>
  );
}
