/**
 * The summary of the page, above the matrix: the tightest and the loosest service accounts, and what only some of a role can do.
 * Shows the data of comparison.ts. Each part names what it counts and what it leaves out.
 */
import { compareWithinRoles, countIn, Ranked, rankingOf, RoleDifference } from './comparison';
import { Name } from './parts';
import { ActionCounts, Row, UsedRole } from './rows';
import { percentage, pluralize } from './words';

export function Summary({ rows, roles }: { readonly rows: readonly Row[]; readonly roles: readonly UsedRole[] }) {
  const { tightest, loosest, unranked } = rankingOf(rows);
  const { differences, more, unknown } = compareWithinRoles(roles);
  const isRanked = tightest.length > 0;
  if (!isRanked && differences.length === 0) { return null; }
  return (
    <section class="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">Summary</h2>
      <div class="boards">
        {isRanked && (
          <div>
            <Board title="Tightest service accounts: smallest share of the role" ranked={tightest} />
            <Board title="Loosest service accounts: largest share of the role" ranked={loosest} />
            <p class="counted">
              The share is the number of actions that the pods have at least in part, of those that the role has. It counts the actions of the AWS
              service authorization reference, and ignores resources, conditions and undetermined actions.
              {unranked > 0 && ` ${pluralize(unranked, 'service account')} ${unranked === 1 ? 'has' : 'have'} no share, because the permissions are not completely known or the role has none.`}
            </p>
          </div>
        )}
        {differences.length + unknown > 0 && (
          <div>
            <h3>What only some service accounts of a role can do</h3>
            {differences.length > 0 && <ul>{differences.map((difference) => <Difference {...difference} />)}</ul>}
            <p class="counted">
              {differences.length > 0 && 'At most half of the service accounts of the role have at least a part of these actions. The others provably have no part of them. '}
              {more > 0 && `${pluralize(more, 'more difference')} ${more === 1 ? 'is' : 'are'} not listed. `}
              {unknown > 0 && `${pluralize(unknown, 'role')} with several service accounts ${unknown === 1 ? 'is' : 'are'} not compared, because the permissions are not completely known.`}
            </p>
          </div>
        )}
      </div>
    </section>
  );
}

function Board({ title, ranked }: { readonly title: string; readonly ranked: readonly Ranked[] }) {
  return (
    <>
      <h3>{title}</h3>
      <ol>{ranked.map(({ rows, actions }) => <li><Accounts rows={rows} />: <Share {...actions} /></li>)}</ol>
    </>
  );
}

/** The first one in the order of the page, and the number of the others. */
function Accounts({ rows: [first, ...others] }: { readonly rows: readonly Row[] }) {
  return <><Account row={first} />{others.length > 0 && ` and ${others.length.toLocaleString('en-US')} more`}</>;
}

/** A link to the row. */
function Account({ row: { id, association: { cluster, namespace, serviceAccount }, details } }: { readonly row: Row }) {
  return (
    <>
      <a href={`#${id}`}><Name text={namespace} /> / <Name text={serviceAccount} /></a> <small>in <Name text={cluster} /></small>
      {details && details.where.length > 0 && <small> if <Name text={details.where.join(' and ')} /></small>}
    </>
  );
}

function Share({ pods, role, undetermined }: ActionCounts) {
  return (
    <>
      <b>{percentage(pods, role)}</b> ({pods.toLocaleString('en-US')} of {role.toLocaleString('en-US')}
      {undetermined > 0 && `, ${undetermined.toLocaleString('en-US')} undetermined`})
    </>
  );
}

/** Maximum number of actions that are named. */
const ACTIONS_NAMED = 5;

function Difference({ role: { id, role }, holders, of, actions }: RoleDifference) {
  const named = [...actions].flatMap(([service, names]) => names.map((name) => `${service}:${name}`)).slice(0, ACTIONS_NAMED);
  const unnamed = countIn(actions) - named.length;
  return (
    <li>
      <Accounts rows={holders} />, {holders.length.toLocaleString('en-US')} of {of.toLocaleString('en-US')} with the role{' '}
      <a href={`#${id}`}><Name text={role.name} /></a>: {named.join(', ')}{unnamed > 0 && ` and ${pluralize(unnamed, 'more action')}`}
    </li>
  );
}
