import { account, details, finding, level } from './rows';
import { addLevels } from '../../../cli/html/columns';
import { nameFiltersOf } from '../../../cli/html/filters';
import { ORDERS, positionsOf, Row, rowsOf } from '../../../cli/html/rows';
import { byNaturalOrder } from '../../../cli/natural-order';
import type { CheckedAssociation } from '../../../cli/report/report';

const rowsFor = (...associations: CheckedAssociation[]) => rowsOf({ templates: 1, associations });
const nameOf = ({ association: { cluster, namespace, serviceAccount } }: Row) => (
  `${cluster}/${namespace}/${serviceAccount}`);
const namesOf = (rows: readonly Row[]) => rows.map(nameOf);

describe('the natural order of names', () => {
  test.each([
    [['api-10', 'api-2', 'api-1'], ['api-1', 'api-2', 'api-10']],
    [['v1.10', 'v1.9', 'v1'], ['v1', 'v1.9', 'v1.10']],
    [['b', 'B', 'a', 'A'], ['a', 'A', 'b', 'B']],
    [['a-2b', 'a-02', 'a-2'], ['a-02', 'a-2', 'a-2b']],
    [['é', 'f', 'e', ''], ['', 'e', 'é', 'f']],
  ])('of %j is %j', (names, ordered) => {
    expect([...names].sort(byNaturalOrder)).toEqual(ordered);
    expect([...names].reverse().sort(byNaturalOrder)).toEqual(ordered);
  });
});

describe('the order of the rows', () => {
  test('is errors first, then warnings, then names', () => {
    const rows = rowsFor(
      account('prod/web/api-10'),
      account('prod/web/api-2'),
      account('prod/web/acknowledged', undefined, [finding('error', { acknowledged: 'known' })]),
      account('prod/zoo/warned', undefined, [finding('warning'), finding('warning')]),
      account('test/zoo/failing-10', undefined, [finding('error')]),
      account('prod/zoo/failing-9', undefined, [finding('warning'), finding('error')]),
    );
    expect(namesOf(rows)).toEqual([
      'prod/zoo/failing-9', 'test/zoo/failing-10', 'prod/zoo/warned',
      'prod/web/acknowledged', 'prod/web/api-2', 'prod/web/api-10',
    ]);
    expect(rows.map(({ id }) => id)).toEqual(['row-1', 'row-2', 'row-3', 'row-4', 'row-5', 'row-6']);
  });

  test('does not depend on the order of the input, except of the cases of an association', () => {
    const cases = [details({}, { where: ['b'] }), details({}, { where: ['a'] })];
    const given = [1, 10, 2, 20, 3].map((n) => account(`web/api-${n}`, cases));
    const rows = rowsFor(...given);
    expect(rowsFor(...[...given].reverse())).toEqual(rows);
    expect(rows.map((row) => row.details!.where[0]).join('')).toBe('bababababa');
  });

  test('can be chosen', () => {
    const ofRole = (name: string) => ({ role: { id: name, name, layers: [] } });
    const rows = rowsFor(
      account('b/n1/half', [details({ kept: ['a'], taken: ['b'] }, { ...ofRole('Role10'), session: undefined })]),
      account('a/n2/none', [details({ taken: ['a', 'b'] }, {
        ...ofRole('Role9'), session: { statements: [], size: { minimum: 90 } },
      })]),
      account('b/n2/all', [details({ narrowed: ['a', 'b'] }, {
        ...ofRole('Role9'), session: { statements: [], size: { minimum: 10, expected: 100, maximum: 200 } },
      })]),
      account('c/n3/more', [details({ kept: ['a', 'b', 'c', 'd'], taken: ['e', 'f', 'g', 'h'] }, ofRole('A'))]),
      account('c/n4/unknown', [details({ unclear: ['a'] }, ofRole('B'))]),
      account('c/n5/never', [], [finding('error')]),
    );
    const positions = positionsOf(rows);
    const inOrder = (i: number) => [...rows].sort((a, b) => positions.get(a)![i] - positions.get(b)![i]);
    const ordered = Object.fromEntries(ORDERS.map(({ title }, i) => [
      title, inOrder(i).map((row) => row.association.serviceAccount).join(' '),
    ]));
    expect(ordered).toEqual({
      'errors first': 'never half all none more unknown',
      'namespace and name': 'half all none more unknown never',
      'cluster': 'none half all more unknown never',
      'role': 'never more unknown all none half',
      'largest share of role': 'all more half none never unknown',
      'smallest share of role': 'none half more all never unknown',
      'longest session policy': 'all none never half more unknown',
    });
  });
});

test('the filters by name have all names in natural order, and each row has the words of its names', () => {
  const rows = rowsFor(
    account('team-10/api', [details({ kept: ['GetObject'] })], [finding('error'), finding('error')]),
    account('team-2/api', [details({ taken: ['GetObject'] })]),
    account('team-2/b c', []),
  );
  const { filters, wordsOf } = nameFiltersOf(rows);
  const wordOf = (title: string, name: string) => (
    filters.find((one) => one.title === title)!.options.find((option) => option.name === name)!.word);
  expect(filters.map(({ title, options }) => [title, ...options.map(({ name, rows: count }) => `${name} (${count})`)])).toEqual([
    ['Finding', 'SessionPolicyExceedsRole (1)'],
    ['Namespace', 'team-2 (2)', 'team-10 (1)'],
    ['Role', 'Role (2)'],
    ['Service', 's3 (1)'],
  ]); // no cluster: all rows have the same
  const matching = (title: string, name: string) => (
    namesOf(rows.filter((row) => wordsOf.get(row)!.includes(wordOf(title, name)))));
  expect(matching('Finding', 'SessionPolicyExceedsRole')).toEqual(['prod/team-10/api']);
  expect(matching('Namespace', 'team-2')).toEqual(['prod/team-2/api', 'prod/team-2/b c']);
  expect(matching('Role', 'Role')).toEqual(['prod/team-10/api', 'prod/team-2/api']);
  expect(matching('Service', 's3')).toEqual(['prod/team-10/api']);
  expect([...wordsOf.values()].flat().filter((word) => /[^\d-]/.test(word))).toEqual([]);
});

test('levels add up to the cell of a service', () => {
  const levels = [level({ kept: ['a'], beyond: ['b'] }), { ...level({ taken: ['c'] }, 'Write'), conditional: 2 }];
  expect(addLevels(levels)).toEqual({
    changes: { kept: ['a'], narrowed: [], taken: ['c'], beyond: ['b'], unclear: [] }, conditional: 2,
  });
});
