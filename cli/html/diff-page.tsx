/**
 * Writes a difference as one HTML page: the verdict, a table from the worst change on, and the details of each row below it.
 * Invariant: as of the report (page.tsx): no network, no other file, and all text of other people is escaped. It has no script.
 */
import { renderToString } from 'preact-render-to-string';
import { Document } from './document';
import { Name, Reasons, Statements } from './parts';
import { version } from '../../package.json';
import type { PermissionChange, PodDifference } from '../diff/difference';
import { Change, changeOf, CHANGES, DiffReport, Group, groupsIn, isOpen } from '../diff-report/diff-report';
import { keptOf, Part, permissionsIn, placeOf, requestIn, roleOf, summaryOf, verdictOf } from '../diff-report/words';
import { byNaturalOrder } from '../natural-order';
import { everyString, oneLine } from '../visible';

export function htmlDiff(report: DiffReport): string {
  const { positionOf: _, ...data } = report;
  return `<!DOCTYPE html>\n${renderToString(<Page report={everyString(data, oneLine)} />)}\n`;
}

/** A sign, a name and a color of the page for each change, so that nothing is shown by color alone. */
const SIGNS: { readonly [change in Change]: { readonly sign: string; readonly color: string } } = {
  broadened: { sign: '+', color: 'beyond' },
  undetermined: { sign: '?', color: 'unclear' },
  narrowed: { sign: '−', color: 'kept' },
  unchanged: { sign: '=', color: 'taken' },
};

function Page({ report }: { readonly report: DiffReport }) {
  const groups = groupsIn({ pods: [...report.pods].sort(byName) });
  const { given, base, head, unexamined, notRead } = report;
  return (
    <Document title="EKS Pod Identity: what pods gain and lose">
      <header>
        <h1>EKS Pod Identity: {verdictOf(report)}</h1>
        <p>{summaryOf(report)}.</p>
        <p>Compared: <Name text={given.base.name} /> → <Name text={given.head.name} /></p>
        {[...base.unreadable, ...head.unreadable].length > 0 && (
          <ul class="findings">{[...base.unreadable, ...head.unreadable].map(({ message }) => <li class="error"><Name text={message} /></li>)}</ul>
        )}
        <Reasons title="Not read:" reasons={notRead} />
        <Reasons title="Not examined, so there may be more service accounts:" reasons={unexamined.map(({ side, what }) => `${what} (${side})`)} />
      </header>
      <main>
        <section>
          <h2>Service accounts</h2>
          {groups.length === 0 ? <p>No service account that was compared has changes.</p> : <><Key pods={report.pods} /><Table groups={groups} /></>}
        </section>
        {groups.length > 0 && (
          <section>
            <h2>Details</h2>
            {groups.map((group, i) => <Details group={group} id={idOf(i)} />)}
          </section>
        )}
      </main>
      <footer><p>Made by cdk-pod-identity {version}. Service accounts whose templates and permissions are the same are not listed.</p></footer>
    </Document>
  );
}

/** As in the report: by namespace and name, then by cluster. */
function byName(a: PodDifference, b: PodDifference): number {
  return byNaturalOrder(a.namespace, b.namespace) || byNaturalOrder(a.serviceAccount, b.serviceAccount) || byNaturalOrder(a.cluster, b.cluster);
}

/** The signs of the table, with the number of service accounts of each. Together they are all that were compared. */
function Key({ pods }: { readonly pods: readonly PodDifference[] }) {
  const counts = CHANGES.map((change) => [change, pods.filter((pod) => changeOf(pod) === change).length] as const);
  return (
    <p class="key legend">
      {counts.filter(([, count]) => count > 0).map(([change, count]) => (
        <span><span class={`cell ${SIGNS[change].color}`}><Sign change={change} /></span> {change}: {count.toLocaleString('en-US')}</span>
      ))}
    </p>
  );
}

function Sign({ change }: { readonly change: Change }) {
  return <span class="sign" aria-hidden="true">{SIGNS[change].sign}</span>;
}

function idOf(index: number): string {
  return `change-${index + 1}`;
}

function Table({ groups }: { readonly groups: readonly Group[] }) {
  return (
    <div class="matrix" role="group" aria-label="Changes by service account" tabIndex={0}>
      <table id="matrix" class="changes">
        <thead>
          <tr>{['Service account', 'Change', 'Role', 'Gains', 'Loses'].map((title, i) => <th scope="col" class={i === 0 ? 'who' : undefined}>{title}</th>)}</tr>
        </thead>
        <tbody>
          {groups.map(({ change, pods: [pod, ...others] }, i) => (
            <tr class="account">
              <th scope="row" class="who">
                <a href={`#${idOf(i)}`}><Name text={pod.namespace} /> / <Name text={pod.serviceAccount} /></a>
                {others.length > 0 && ` and ${others.length.toLocaleString('en-US')} more`}
                <small>Cluster <Name text={pod.cluster} /></small>
              </th>
              <td class={`change ${SIGNS[change].color}`}><Sign change={change} /> {change}</td>
              <td><Parts parts={roleOf(pod)} /></td>
              <td><Changes pod={pod} direction="gained" /></td>
              <td><Changes pod={pod} direction="lost" /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Account({ pod: { cluster, namespace, serviceAccount } }: { readonly pod: PodDifference }) {
  return <><Name text={cluster} /> / <Name text={namespace} /> / <Name text={serviceAccount} /></>;
}

function Changes({ pod, direction }: { readonly pod: PodDifference; readonly direction: 'gained' | 'lost' }) {
  const changes = pod[direction];
  if (changes.length === 0) { return <>{isOpen(pod, direction) ? 'undetermined' : 'nothing'}</>; }
  return <>{changes.map((change) => <p><Parts parts={permissionsIn(change)} /></p>)}</>;
}

function Parts({ parts }: { readonly parts: readonly Part[] }) {
  return <>{parts.map((part) => (typeof part === 'string' ? part : <code><Name text={part.name} /></code>))}</>;
}

function Details({ group: { pods }, id }: { readonly group: Group; readonly id: string }) {
  const [pod, ...others] = pods;
  const kept = keptOf(pod);
  return (
    <section id={id} class="role" tabIndex={-1}>
      <h3><Account pod={pod} /></h3>
      <p>Association <Parts parts={placeOf(pod)} />, role <Parts parts={roleOf(pod)} /></p>
      {pod.gained.map((change) => <ChangeDetails verb="Gains" change={change} />)}
      {pod.lost.map((change) => <ChangeDetails verb="Loses" change={change} />)}
      {kept === undefined ? null : <p>{kept}</p>}
      <Reasons title="Undetermined:" reasons={pod.undetermined.map(({ code, message, resolution }) => `${code}: ${message} ${resolution}`)} />
      {pod.notes.map((note) => <p><Name text={note} /></p>)}
      {others.length > 0 && (
        <details>
          <summary>The same for {others.length} more</summary>
          <ul>{others.map((other) => <li><Account pod={other} /></li>)}</ul>
        </details>
      )}
    </section>
  );
}

function ChangeDetails({ verb, change }: { readonly verb: string; readonly change: PermissionChange }) {
  return (
    <>
      <h4>{verb} <Parts parts={permissionsIn(change)} /></h4>
      <p><Name text={change.causes} /></p>
      <p>Example: <Parts parts={requestIn(change.example)} /></p>
      {change.statements.length > 0 && <Statements statements={change.statements.map((one) => JSON.stringify(one, undefined, 2))} />}
    </>
  );
}
