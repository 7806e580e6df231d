import { account, details, ROLE } from './rows';
import { compareWithinRoles, rankingOf } from '../../../cli/html/comparison';
import { rolesOf, Row, rowsOf } from '../../../cli/html/rows';
import { percentage } from '../../../cli/html/words';
import type { CheckedAssociation } from '../../../cli/report/report';

const rowsFor = (...associations: CheckedAssociation[]) => rowsOf({ templates: 1, associations });
const namesOf = (rows: readonly Row[]) => rows.map((row) => row.association.serviceAccount).join(' ');
const ACTIONS = Array.from({ length: 20 }, (_, i) => `a${i}`);
/** The details of pods that have some of the 20 actions of their role. */
const having = (count: number) => details({ kept: ACTIONS.slice(0, count), taken: ACTIONS.slice(count) });

describe('the tightest and the loosest', () => {
  const named = (rows: readonly Row[]) => {
    const { tightest, loosest, unranked } = rankingOf(rows);
    const all = (ranked: typeof tightest) => ranked.map((one) => namesOf(one.rows));
    return { tightest: all(tightest), loosest: all(loosest), unranked };
  };

  test('are five each, by the share of the role', () => {
    const rows = rowsFor(...ACTIONS.slice(0, 14).map((_, i) => account(`web/api-${i}`, [having(i)])));
    expect(named(rows)).toEqual({
      tightest: ['api-0', 'api-1', 'api-2', 'api-3', 'api-4'],
      loosest: ['api-13', 'api-12', 'api-11', 'api-10', 'api-9'],
      unranked: 0,
    });
  });

  test('are not the same ones if they are few', () => {
    const rows = rowsFor(...[1, 2, 3].map((count) => account(`web/api-${count}`, [having(count)])));
    expect(named(rows)).toEqual({ tightest: ['api-1'], loosest: ['api-3'], unranked: 0 });
    expect(named(rows.slice(1, 2))).toEqual({ tightest: [], loosest: [], unranked: 0 });
  });

  test('are one entry if their numbers and their roles are the same', () => {
    const other = { ...having(3), role: { ...ROLE, id: 'Other', name: 'Other' } };
    const rows = rowsFor(
      account('web/a', [having(3)]), account('web/b', [other]), account('web/c', [having(3)]), account('web/d', [having(5)]),
      account('web/e', [having(7)]),
    );
    expect(named(rows)).toEqual({ tightest: ['a c', 'b'], loosest: ['e', 'd'], unranked: 0 });
  });

  test('are never the same entry, also if the roles are as tight as each other', () => {
    const on = (id: string, count: number) => ({ ...having(count), role: { ...ROLE, id } });
    const rows = rowsFor(
      account('web/x', [on('1', 1)]), account('web/y', [on('1', 5)]), account('web/z', [on('2', 5)]),
      account('web/w', [on('1', 9)]),
    );
    expect(named(rows)).toEqual({ tightest: ['x', 'y'], loosest: ['w', 'z'], unranked: 0 });
  });

  test('with equal shares, more actions are looser', () => {
    const rows = rowsFor(
      account('web/few', [details({ kept: ['a'], taken: ['b'] })]), account('web/many', [having(10)]), account('web/x', [having(2)]),
      account('web/y', [having(15)]),
    );
    expect(named(rows)).toEqual({ tightest: ['x', 'few'], loosest: ['y', 'many'], unranked: 0 });
  });

  test('are not those of which something is unknown, and those that are left out are counted', () => {
    const rows = rowsFor(
      account('web/a', [{ ...having(1), unknown: ['The role is not known.'] }]),
      account('web/b', [details({ unclear: ['a'] })]),
      account('web/c', [having(2)]),
      account('web/d', [having(3)]),
      account('web/never', []),
    );
    expect(named(rows)).toEqual({ tightest: ['c'], loosest: ['d'], unranked: 2 });
  });

  test('do not count what is undetermined', () => {
    const changes = { kept: ['a'], narrowed: ['b'], taken: ['c'], beyond: ['d'], unclear: ['e', 'f'] };
    const [row] = rowsFor(account('web/a', [details(changes)]));
    expect(row.actions).toEqual({ pods: 2, role: 3, undetermined: 2 });
  });

  test.each([[0, 7, '0%'], [1, 691, 'under 1%'], [5, 13, '38%'], [999, 1000, 'over 99%'], [7, 7, '100%']])(
    '%i of %i are %s', (part, whole, text) => expect(percentage(part, whole)).toBe(text));
});

describe('what only some service accounts of a role can do', () => {
  const compare = (...associations: CheckedAssociation[]) => {
    const { differences, more, unknown } = compareWithinRoles(rolesOf(rowsFor(...associations)));
    const textOf = (actions: ReadonlyMap<string, readonly string[]>) => (
      [...actions].map(([service, names]) => `${service}:${names.join(',')}`).join(' '));
    return {
      differences: differences.map(({ role, holders, of, actions }) => (
        `${namesOf(holders)} of ${of} with ${role.role.name}: ${textOf(actions)}`)),
      more,
      unknown,
    };
  };

  test('is what at most half of them have, from the fewest on', () => {
    expect(compare(
      account('web/a', [details({ kept: ['x1', 'x10', 'x2'], narrowed: ['y'], taken: ['z'] })]),
      account('web/b', [details({ narrowed: ['y'], taken: ['x1', 'x10', 'x2', 'z'] })]),
      account('web/c', [details({ kept: ['z'], taken: ['x1', 'x10', 'x2', 'y'] })]),
      account('web/d', [details({ kept: ['z'], taken: ['x1', 'x10', 'x2', 'y'] })]),
      account('web/e', [details({ kept: ['z'], taken: ['x1', 'x10', 'x2', 'y'] })]),
    )).toEqual({ differences: ['a of 5 with Role: s3:x1,x2,x10', 'a b of 5 with Role: s3:y'], more: 0, unknown: 0 });
  });

  test('is nothing if the others may have it', () => {
    expect(compare(
      account('web/a', [details({ kept: ['x'] })]), account('web/b', [details({ unclear: ['x'] })]), account('web/c'),
    )).toEqual({ differences: [], more: 0, unknown: 0 });
    expect(compare(
      account('web/a', [details({ kept: ['x'] })]),
      account('web/b', [details({ taken: ['x'] }, { unknown: ['The session policy is not known.'] })]),
    )).toEqual({ differences: [], more: 0, unknown: 1 });
  });

  test('compares service accounts, not their cases, and only those of one role', () => {
    const other = { role: { ...ROLE, id: 'Other', name: 'Other' } };
    expect(compare(
      account('web/a', [details({ kept: ['x'] }, { where: ['1'] }), details({ taken: ['x'] }, { where: ['2'] })]),
      account('web/b', [details({ taken: ['x'] })]),
      account('web/c', [details({ kept: ['x'] }, other)]),
      account('web/d', [details({ kept: ['x'] }, { role: { ...ROLE, id: 'that of another stack' } })]),
    )).toEqual({ differences: ['a of 2 with Role: s3:x'], more: 0, unknown: 0 });
  });

  test('is five differences, and the number of the others', () => {
    const accounts = ACTIONS.slice(0, 8).map((action, i) => account(`web/api-${i}`, [details({
      kept: [action], taken: ACTIONS.slice(0, 8).filter((one) => one !== action),
    })]));
    const { differences, more } = compare(...accounts);
    expect([differences.length, differences[0], more]).toEqual([5, 'api-0 of 8 with Role: s3:a0', 3]);
  });
});
