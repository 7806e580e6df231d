import { targetRoles, trustPolicies } from './table';

const AWS_PAGE = /^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/;
const GITHUB_THREAD = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(issues|pull)\/\d+$/;

const settled = (page: string) => AWS_PAGE.test(page) || GITHUB_THREAD.test(page);
const duplicates = (all: readonly string[]) => all.filter((one, index) => all.indexOf(one) !== index);
const key = (association: object) => JSON.stringify({ ...association, expected: undefined, why: undefined });

describe.each([
  ['trust policies', trustPolicies, 100], ['target roles', targetRoles, 20],
] as const)('the table of %s', (_name, rows, least) => {
  test('is long enough', () => {
    expect(rows.length).toBeGreaterThanOrEqual(least);
  });

  test('has unique ids', () => {
    expect(duplicates(rows.map((row) => row.id))).toEqual([]);
  });

  test('has no trust policy twice', () => {
    expect(duplicates(rows.map((row) => JSON.stringify(row.trust)))).toEqual([]);
  });

  test('cites a page of AWS or an issue in which somebody tried it', () => {
    expect(rows.filter((row) => !settled(row.page)).map((row) => row.id)).toEqual([]);
  });

  test('says where each row comes from and why', () => {
    expect(rows.filter((row) => !row.source || !/[a-z].*\.$/.test(row.why)).map((row) => row.id)).toEqual([]);
  });

  test('has three different associations in each row', () => {
    expect(rows.filter((row) => duplicates(row.associations.map(key)).length > 0).map((row) => row.id)).toEqual([]);
  });

  test('turns session tags off wherever there is a session policy', () => {
    const wrong = rows.filter((row) => row.associations.some((one) => one.policy && !one.disableSessionTags));
    expect(wrong.map((row) => row.id)).toEqual([]);
  });

  test('has every verdict in at least four rows', () => {
    const verdicts = rows.flatMap((row) => [...new Set<string>(row.associations.map((one) => one.expected))]);
    const counts = Object.fromEntries([...new Set(verdicts)].map((verdict) =>
      [verdict, verdicts.filter((one) => one === verdict).length]));
    expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(4);
  });
});

test('each trust policy is an object, or JSON text that reads as one', () => {
  const texts = trustPolicies.map((row) => row.trust).filter((trust): trust is string => typeof trust === 'string');
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) {
    expect(JSON.parse(text)).toMatchObject({ Version: '2012-10-17' });
  }
});
