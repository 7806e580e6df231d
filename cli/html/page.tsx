/**
 * Main file of this folder: writes a report as one HTML page. rows.ts, columns.ts, filters.ts and comparison.ts arrange the
 * data, summary.tsx, matrix.tsx, row-details.tsx and roles.tsx show it, and browser/ holds the script and the style that the page contains.
 * Invariant: the page needs no network and no other file. All text of other people is escaped, and the Content-Security-Policy
 * allows only the script and the style of the page.
 */
import { renderToString } from 'preact-render-to-string';
import { columnsFor } from './columns';
import { countAccounts } from './comparison';
import { Document } from './document';
import { FILTERS, NameFilter, nameFiltersOf } from './filters';
import { Matrix, ROWS_SHOWN } from './matrix';
import { Name } from './parts';
import { Roles } from './roles';
import { ORDERS, rolesOf, rowsOf } from './rows';
import { Summary } from './summary';
import { pluralize, SIGNS } from './words';
import { servicesAsOf } from '../../lib/reference/services';
import { version } from '../../package.json';
import { describeOtherTemplates, Report, summaryOf, templateGroupsIn } from '../report/report';
import { pageOf } from '../report/rule-pages';
import { everyString, visible } from '../visible';

/** The script of the page, minified. projenrc/bundle-cli.ts inserts it. */
declare const PAGE_SCRIPT: string;

export function htmlReport(report: Report): string {
  const page = renderToString(<Page report={everyString(report, visible)} />);
  return `<!DOCTYPE html>\n${page.replace(/\u200b/g, '&#8203;')}\n`; // words.ts: where numbers may break
}

function Page({ report }: { readonly report: Report }) {
  const rows = rowsOf(report);
  const access = rows.flatMap(({ details }) => (details ? [details.access] : []));
  const columns = columnsFor(access);
  const shown = new Set(columns.map(({ service }) => service));
  const hasOthers = access.some(({ services }) => services.some(({ service }) => !shown.has(service)));
  const roles = rolesOf(rows);
  const { filters, wordsOf } = nameFiltersOf(rows);
  const idOfRole = new Map(roles.flatMap(({ id, users }) => users.map((row) => [row, id] as const)));
  return (
    <Document title="EKS Pod Identity: what pods can do" script={PAGE_SCRIPT}>
      <header>
        <h1>EKS Pod Identity: what pods can do</h1>
        <p>{summaryOf(report)}.</p>
        {report.unreadable?.length ? <ul class="findings">{report.unreadable.map(({ message }) => <li class="error"><Name text={message} /></li>)}</ul> : null}
        <TemplateFindings report={report} />
      </header>
      <main>
        <Summary rows={rows} roles={roles} />
        <section>
          <h2 id="matrix-title">Service accounts</h2>
          <Legend />
          <Controls count={rows.length} filters={filters} />
          {rows.length > 0
            ? <Matrix rows={rows} columns={columns} hasOthers={hasOthers} idOfRole={(row) => idOfRole.get(row)} wordsOf={wordsOf} />
            : <p>{report.templateFindings?.length ? 'The parts of the templates that were examined have no associations.' : 'The templates have no associations.'}</p>}
          <p id="nothing" hidden>No service account matches the search and the filters.</p>
          <p id="rest" data-limit={ROWS_SHOWN} hidden={rows.length <= ROWS_SHOWN}>
            <span>{ROWS_SHOWN} of {rows.length} are shown.</span> <button type="button" id="more">Show {ROWS_SHOWN} more</button>
            {' '}The search above finds all of them, and all of them are printed.
          </p>
        </section>
        <Roles roles={roles.map(({ id, role, users }) => ({ id, role, users: countAccounts(users) }))} />
      </main>
      <footer>
        <p>
          Made by cdk-pod-identity {version}. Actions and their access levels are those of the AWS service authorization reference
          of {servicesAsOf()}. Only the resource policies and organization policies that were given are examined.
        </p>
      </footer>
    </Document>
  );
}

/** What was not examined may hide associations, so it stands before them. */
function TemplateFindings({ report }: { readonly report: Report }) {
  const groups = templateGroupsIn(report);
  return groups.length === 0 ? null : (
    <ul class="findings">
      {groups.map((group) => {
        const [{ template: { file }, finding: { severity, rule, message, fix, acknowledged } }] = group;
        return (
          <li class={acknowledged === undefined ? severity : undefined}>
            <a href={pageOf(rule)}>{rule}</a> <Name text={`${file}: ${message}${describeOtherTemplates(group)} Fix: ${fix}`} />
            {acknowledged === undefined ? null : <> Acknowledged: <Name text={acknowledged} /></>}
          </li>
        );
      })}
    </ul>
  );
}

function Legend() {
  return (
    <div class="legend">
      <p class="key">
        {Object.entries(SIGNS).map(([change, { sign, name }]) => <span><span class={`cell ${change}`}><span class="sign">{sign}</span></span> {name}</span>)}
      </p>
      <details>
        <summary>What the signs mean</summary>
        <ul>{Object.values(SIGNS).map(({ name, meaning }) => <li><b>{name}:</b> {meaning}</li>)}</ul>
        <p>
          <b>3/12</b>: the pods have 3 of the 12 actions of that level that the role has. <b>+2</b>: the session policy names 2 more.
          {' '}<b>if</b>: the pods have some of them under conditions only. An empty cell: the pods have none, and the role is not known to have any.
        </p>
      </details>
    </div>
  );
}

/** browser/page.js makes them work. */
function Controls({ count, filters }: { readonly count: number; readonly filters: readonly NameFilter[] }) {
  return (
    <div class="controls" role="search">
      <label>Search <input type="search" id="search" autocomplete="off" spellcheck={false} /></label>
      <label>Show <select class="filter" id="filter" autocomplete="off">
        <option value="">all</option>
        {Object.entries(FILTERS).map(([value, name]) => <option value={value}>{name}</option>)}
      </select></label>
      {filters.map(({ title, options }) => (
        <label>{title} <select class="filter" id={`filter-${title.toLowerCase()}`} autocomplete="off">
          <option value="">all</option>
          {options.map(({ name, rows, word }) => <option value={word}>{name} ({rows.toLocaleString('en-US')})</option>)}
        </select></label>
      ))}
      <label>Sort by <select id="order" autocomplete="off">
        {ORDERS.map(({ title }, i) => <option value={i}>{title}</option>)}
      </select></label>
      <div class="buttons">
        <button type="button" id="clear">Clear filters</button>
        <button type="button" id="collapse">Collapse services</button>
        <button type="button" id="unfold">Unfold all</button>
        <button type="button" id="fold">Fold all</button>
      </div>
      <p role="status" id="count">{pluralize(count, 'service account')}</p>
    </div>
  );
}
