/**
 * The details of a row of the matrix: findings, permissions by service and access level, session policy and effective
 * permissions.
 * Shows the data of access/details.ts; it computes nothing about IAM.
 */
import { stateOf } from './columns';
import { Hidden, Name, Reasons, Sign, Size, Statements } from './parts';
import { placeOf, Row } from './rows';
import { pluralize, SIGNS } from './words';
import type { AccessChange, LevelAccess, ServiceAccess } from '../access/access';
import type { CaseDetails } from '../access/details';
import { ReportedFinding } from '../report/report';
import { pageOf } from '../report/rule-pages';

export function RowDetails({ row: { id, association, details }, roleId }: { readonly row: Row; readonly roleId?: string }) {
  const { path, cluster, namespace, serviceAccount, findings } = association;
  const [stack, file] = placeOf(association);
  return (
    <div role="group" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}><Name text={cluster} /> / <Name text={namespace} /> / <Name text={serviceAccount} /></h3>
      <dl>
        <div><dt>Association</dt><dd><Name text={path} /></dd></div>
        <div><dt>Stack</dt><dd><Name text={stack} />{file === stack ? '' : <> (<Name text={file} />)</>}</dd></div>
        {details?.where.length ? <div><dt>Case</dt><dd><Name text={details.where.join(' and ')} /></dd></div> : null}
        {details?.sourceRole !== undefined && <div><dt>Role that EKS assumes first</dt><dd><Name text={details.sourceRole} /></dd></div>}
        {details && <div><dt>{details.sourceRole === undefined ? 'Role' : 'Target role'}</dt><dd><a href={`#${roleId}`}><Name text={details.role.name} /></a></dd></div>}
        {details?.session && <div><dt>Session policy, characters</dt><dd><Size session={details.session} /></dd></div>}
      </dl>
      <h4>Findings</h4>
      {findings.length === 0 ? <p>None.</p> : <ul class="findings">{findings.map((finding) => <Finding finding={finding} />)}</ul>}
      {details ? <Permissions details={details} roleId={roleId} /> : <p>No case of the template's conditions deploys the association.</p>}
    </div>
  );
}

function Finding({ finding: { severity, rule, message, fix, region, acknowledged } }: { readonly finding: ReportedFinding }) {
  return (
    <li class={acknowledged === undefined ? severity : 'acknowledged'}>
      <p><strong>{acknowledged === undefined ? severity : `acknowledged ${severity}`}</strong> <a href={pageOf(rule)} rel="noreferrer">{rule}</a>{region && ` (line ${region.line})`}</p>
      {acknowledged !== undefined && <p><b>Reason:</b> <Name text={acknowledged} /></p>}
      <p><Name text={message} /></p>
      <p><b>Fix:</b> <Name text={fix} /></p>
    </li>
  );
}

function Permissions({ details, roleId }: { readonly details: CaseDetails; readonly roleId?: string }) {
  const { session, role, organization, isLimitedByResources, effective, guardrails, assumptions, unknown, access } = details;
  const isWhole = ({ levels }: ServiceAccess) => levels.every((level) => level.changes.taken.length > 0 && stateOf(level) === 'taken');
  const taken = access.services.filter(isWhole);
  const others = access.services.filter((service) => !isWhole(service));
  const hasBoundary = role.layers.length > 1;
  return (
    <>
      <h4>Permissions</h4>
      <Reasons title="The permissions are not completely known, so some of them are undetermined:" reasons={unknown} />
      {others.length > 0 && <AccessTable services={others} />}
      {taken.length > 0 && (
        <details>
          <summary>Taken away completely: {pluralize(taken.length, 'service')}</summary>
          <p>{taken.map(({ service }) => service).join(', ')}</p>
        </details>
      )}
      {access.unlisted.length > 0 && <p>Policies also name services that the reference data does not contain: <Name text={access.unlisted.join(', ')} />.</p>}
      <h4>Policies</h4>
      {session ? (
        <details>
          <summary>Session policy{session.deployed && ', as it is written'}: {pluralize(session.statements.length, 'statement')}</summary>
          <Statements statements={session.statements} />
          {session.deployed && <p>A compacted policy is deployed instead. It gives the pods the same permissions:</p>}
          {session.deployed && <Statements statements={session.deployed} />}
        </details>
      ) : <p>No session policy: the pods have all that the role has.</p>}
      <Reasons title={`Guardrails ${organization.length > 0 ? '' : 'of the role '}deny requests that the session policy allows, such as:`} reasons={guardrails} />
      <Reasons title="The session policy only narrows the role. This assumes:" reasons={assumptions} />
      <p><a href={`#${roleId}`}>Identity policies{hasBoundary ? ' and permissions boundary' : ''} of <Name text={role.name} /></a></p>
      {organization.length > 0 && <p>The policies of the organization also limit the pods: <Name text={organization.join(', ')} />.</p>}
      {(session || hasBoundary || isLimitedByResources || organization.length > 0) && (
        <details>
          <summary>Effective permissions: {pluralize(effective.statements.length, 'statement')}{unknown.length > 0 ? ', as far as they are known' : ''}</summary>
          <p>What {[...session ? ['the session policy'] : [], 'the identity policies', ...hasBoundary ? ['the permissions boundary'] : [], ...isLimitedByResources ? ['the policies of resources'] : [], ...organization.length > 0 ? ['the policies of the organization'] : []].join(' and ')} allow together.</p>
          <Reasons title="Left out, because no policy document can express it:" reasons={effective.omitted} />
          <Statements statements={effective.statements} />
        </details>
      )}
    </>
  );
}

const ACCESS_CHANGES: readonly AccessChange[] = ['kept', 'narrowed', 'taken', 'beyond', 'unclear'];

function AccessTable({ services }: { readonly services: readonly ServiceAccess[] }) {
  return (
    <div class="scroll" role="group" aria-label="Actions by service and access level" tabIndex={0}>
      <table class="access">
        <thead><tr><th scope="col">Service</th><th scope="col">Access level</th><th scope="col">Actions</th></tr></thead>
        {services.map(({ service, levels }) => (
          <tbody>
            {levels.map((level, i) => (
              <tr>
                {i === 0 && <th scope="rowgroup" rowSpan={levels.length}><Name text={service} /></th>}
                <th scope="row">{level.level}</th>
                <td>
                  {ACCESS_CHANGES.filter((change) => level.changes[change].length > 0).map((change) => (
                    <Actions change={change} names={level.changes[change]} />
                  ))}
                  <Extent level={level} />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Maximum number of actions shown unfolded. */
const NAMES_SHOWN = 8;

function Actions({ change, names }: { readonly change: AccessChange; readonly names: readonly string[] }) {
  const title = <><Sign change={change} /> {SIGNS[change].name}</>;
  return names.length <= NAMES_SHOWN
    ? <p class={change}>{title}: {names.join(', ')}</p>
    : <details class={change}><summary>{title}: {names.length}<Hidden> actions</Hidden></summary><p>{names.join(', ')}</p></details>;
}

/** How many of the pods' actions have conditions, and how many apply to every resource. */
function Extent({ level: { conditional, unlimited } }: { readonly level: LevelAccess }) {
  const parts = [...conditional > 0 ? [`${conditional} under conditions`] : [], ...unlimited > 0 ? [`${unlimited} on every resource`] : []];
  return parts.length > 0 ? <p class="extent">The pods have {parts.join(', ')}.</p> : null;
}
