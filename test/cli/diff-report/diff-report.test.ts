import {
  BOTH, change, GAINS, LOSES, MAY_LOSE, MAY_LOSE_MORE, PARTLY_CLEAR, pod, RENAMED, report, SAME, side, UNCLEAR,
} from './differences';
import { changeOf, counts, countsOf, groupsIn, worstOf } from '../../../cli/diff-report/diff-report';
import { jsonDiff } from '../../../cli/diff-report/json';
import { markdownDiff, MAX_COMMENT } from '../../../cli/diff-report/markdown';
import { sarifDiff } from '../../../cli/diff-report/sarif';
import { textDiff } from '../../../cli/diff-report/text';
import { permissionsIn, requestIn, roleOf, summaryOf, textOf, verdictOf } from '../../../cli/diff-report/words';
import { Unreadable } from '../../../cli/files/unreadable';
import { sarifErrors } from '../sarif-schema';

const text = (given: ReturnType<typeof report>) => textDiff(given, { colors: false, width: 80 });

test.each([
  ['gains', GAINS, 'broadened', [true, true, false]],
  ['gains and loses', BOTH, 'broadened', [true, true, false]],
  ['loses', LOSES, 'narrowed', [false, true, false]],
  ['is undetermined', UNCLEAR, 'undetermined', [true, true, false]],
  ['loses and is undetermined, so it may gain', PARTLY_CLEAR, 'undetermined', [true, true, false]],
  ['may lose, and gains nothing', MAY_LOSE, 'undetermined', [false, true, false]],
  ['loses, may lose more, and gains nothing', MAY_LOSE_MORE, 'narrowed', [false, true, false]],
  ['is renamed', RENAMED, 'unchanged', [false, false, false]],
  ['is the same', SAME, 'unchanged', [false, false, false]],
])('a service account that %s', (_, one, expected, fails) => {
  expect(changeOf(one)).toBe(expected);
  expect((['broadening', 'change', 'never'] as const).map((failOn) => counts(one, failOn))).toEqual(fails);
});

test.each([
  [[GAINS, LOSES, SAME], 'Pods gain permissions.', '3 service accounts: 1 gains permissions, 1 loses permissions, 1 unchanged'],
  [[LOSES, UNCLEAR], 'It could not be determined whether the pods of 1 service account gain permissions.',
    '2 service accounts: 1 loses permissions, 1 undetermined'],
  [[LOSES, MAY_LOSE], 'It could not be determined whether the pods of 1 service account lose permissions; none gain any.',
    '2 service accounts: 1 loses permissions, 1 undetermined'],
  [[LOSES], 'Pods lose permissions, and none gain any.', '1 service account: 1 loses permissions'],
  [[BOTH, GAINS], 'Pods gain permissions.', '2 service accounts: 2 gain permissions, 1 loses permissions'],
  [[SAME, RENAMED], 'No pods gain or lose permissions.', '2 service accounts: 2 unchanged'],
  [[], 'No pods gain or lose permissions.', '0 service accounts'],
])('says in words %#', (pods, verdict, summary) => {
  expect([verdictOf(report(pods)), summaryOf(report(pods))]).toEqual([verdict, summary]);
});

test('the verdict speaks only of what was examined', () => {
  const unexamined = [{ side: 'head' as const, what: 'the transform AWS::Serverless-2016-10-31 of App' }];
  expect(verdictOf(report([SAME], { unexamined }))).toBe('No pods that were examined gain or lose permissions.');
  expect(verdictOf(report([LOSES], { unexamined })))
    .toBe('Pods lose permissions, and none that were examined gain any.');
  for (const written of [text, markdownDiff].map((write) => write(report([SAME], { unexamined })))) {
    expect(written).toContain('AWS::Serverless-2016-10-31');
  }
});

test('every format says what could not be read of a cluster', () => {
  const given = report([SAME], { notRead: ['Role Elsewhere could not be read.'] });
  for (const write of [text, markdownDiff, jsonDiff, sarifDiff]) {
    expect(write(given)).toContain('Elsewhere');
  }
  expect(sarifErrors(JSON.parse(sarifDiff(given)))).toEqual([]);
});

test('service accounts to which the same happens are one group, from the worst change on', () => {
  const others = ['b', 'c'].map((name) => ({
    ...GAINS,
    serviceAccount: name,
    gained: [change('s3:DeleteObject', { example: { action: 'x', resource: name, context: [] } })],
  }));
  const given = report([SAME, LOSES, GAINS, ...others, UNCLEAR, RENAMED]);
  expect(groupsIn(given).map(({ change: of, pods }) => [of, pods.length])).toEqual([
    ['broadened', 3], ['undetermined', 1], ['narrowed', 1], ['unchanged', 1],
  ]);
  expect(worstOf(given)).toBe('broadened');
  expect(countsOf(given)).toEqual({ all: 7, gain: 3, lose: 1, undetermined: 1, unchanged: 2 });
  expect(text(given)).toContain('The same for default/b, default/c.');
  expect(markdownDiff(given)).toContain('| `default/gains` and 2 more |');
});

test.each([
  ['a list', change(['s3:A', 's3:B', 's3:C', 's3:D', 's3:E']),
    's3:A, s3:B, s3:C and 2 more actions on arn:aws:s3:::data/* (session policy)'],
  ['exceptions', change('x', {
    statements: [
      { Effect: 'Allow', NotAction: 'iam:*', NotResource: ['a', 'b'] },
      { Effect: 'Deny', Action: 's3:*', Resource: '*' },
    ],
  }), 'all actions except iam:* on all resources except a, b, with exceptions (session policy)'],
  ['conditions and more statements', change('x', {
    statements: [1, 2, 3, 4].map((n) => (
      { Effect: 'Allow', Action: `s3:${n}`, Resource: '*', Condition: { Bool: { k: 'true' } } })),
  }),
  's3:1 on *, with conditions; s3:2 on *, with conditions; and 2 more statements (session policy)'],
  ['a part', change('s3:*', { isExact: false }),
    'a part of s3:* on arn:aws:s3:::data/* (session policy)'],
  ['no statements', change('s3:Get', { statements: [], cause: 'role' }),
    'requests such as s3:Get on arn:aws:s3:::data/k (role)'],
  ['deploy-time values', change('x', {
    statements: [
      { Effect: 'Allow', Action: 's3:*', Resource: [{ Ref: 'A' }, { toJSON: () => '${B}' }] },
    ],
  }), 's3:* on {"Ref":"A"}, ${B} (session policy)'],
])('one line says %s', (_, given, expected) => {
  expect(textOf(permissionsIn(given))).toBe(expected);
});

test('a request has its context, what is missing, and what is assumed', () => {
  expect(textOf(requestIn({
    action: 'a', resource: 'r', context: [['k', 'v'], ['l', 'w']], missing: ['m', 'n'], assumed: [['Bucket', 'b']],
  }))).toBe('a on r with k = v, l = w without m, n, if Bucket = b');
});

test.each([
  [MAY_LOSE, 'broadening', 'warning'],
  [MAY_LOSE, 'change', 'error'],
  [UNCLEAR, 'broadening', 'error'],
  [UNCLEAR, 'never', 'warning'],
] as const)('SARIF is an error if the command fails on what is undetermined %#', (one, failOn, level) => {
  const { runs: [{ results }] } = JSON.parse(sarifDiff(report([one], { failOn })));
  expect(results.map((result: { level: string }) => result.level)).toEqual([level]);
});

test.each([
  ['the same on both sides', {}, 'App/Role'],
  ['another one', { head: side({ role: 'App/New' }) }, 'App/Role → App/New'],
  ['a target role', { base: undefined, head: side({ targetRole: 'Target' }) }, 'App/Role, then Target'],
  ['of a removed association', { head: undefined }, 'App/Role'],
])('the role: %s', (_, properties, expected) => expect(textOf(roleOf(pod('p', properties)))).toBe(expected));

describe('Markdown', () => {
  test('reports for each direction whether it is determined', () => {
    const rows = markdownDiff(report([MAY_LOSE, UNCLEAR])).split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => row.split(' | ').slice(2).join(' '))).toEqual([
      'nothing undetermined |', 'undetermined undetermined |',
    ]);
  });

  test('says all in its first line', () => {
    expect(markdownDiff(report([GAINS, LOSES])).split('\n')[0])
      .toBe('**EKS Pod Identity: Pods gain permissions.** 2 service accounts: 1 gains permissions, 1 loses permissions.');
  });

  test('is short if nothing changes', () => {
    expect(markdownDiff(report([SAME]))).toBe(
      '**EKS Pod Identity: No pods gain or lose permissions.** 1 service account: 1 unchanged.\n\n'
      + 'Compared: `main:cdk.out` → `cdk.out`\n');
  });

  const many = Array.from({ length: 300 }, (_, i) => (
    { ...LOSES, serviceAccount: `sa-${i}`, lost: [change(`s3:Action${i}`)] }));
  const big = { ...GAINS, gained: [change(Array.from({ length: 100 }, (_, i) => `s3:Action${i}`))] };

  test('has at most 20 rows, the broadened first, and counts the rest', () => {
    const rows = markdownDiff(report([...many, GAINS])).split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatch(/^\| `default\/gains` \|/);
    expect(markdownDiff(report([...many, GAINS]))).toContain('And 281 more with other changes.');
  });

  const fleet = Array.from({ length: 3000 }, (_, i) => ({ ...big, serviceAccount: `sa-${i}`, notes: [`${i}`] }));
  test.each([[many], [[...many, big]], [fleet]])(
    'fits in a comment, and counts what does not (%#)', (pods) => {
      const written = markdownDiff(report(pods));
      expect(written.length).toBeLessThanOrEqual(MAX_COMMENT);
      expect(written).toMatch(/\nThe details of \d+ more are left out here\. `--format text` shows all\.\n$/);
      expect(written.match(/<details>/g)).toHaveLength(written.match(/<\/details>/g)!.length);
    });
});

test('JSON has the shape that the documentation describes', () => {
  const head = { templates: 2, files: [], unreadable: [new Unreadable('cdk.out/b.json', 'it is broken', 3, 4)] };
  expect(JSON.parse(jsonDiff(report([LOSES, GAINS], {
    head,
    positionOf: (_, property) => ({
      line: property.length, column: 1, endLine: 2, endColumn: 3,
    }),
  })))).toEqual({
    version: 1,
    base: { given: 'main:cdk.out', templates: 1 },
    head: { given: 'cdk.out', templates: 2 },
    verdict: 'broadened',
    failOn: 'broadening',
    fails: true,
    summary: { serviceAccounts: 2, gain: 1, lose: 1, undetermined: 0, unchanged: 0 },
    serviceAccounts: [
      { ...LOSES, fails: false, head: { ...side(), line: 'Policy'.length, column: 1, endLine: 2, endColumn: 3 } },
      { ...GAINS, fails: true, head: { ...side(), line: 'Policy'.length, column: 1, endLine: 2, endColumn: 3 } },
    ],
    unexamined: [],
    unreadable: [{ side: 'head', file: 'cdk.out/b.json', reason: 'it is broken', line: 3, column: 4 }],
  });
});

test.each([
  ['broadening', ['error', 'note', 'error']],
  ['change', ['error', 'error', 'error']],
  ['never', ['warning', 'note', 'warning']],
] as const)('SARIF with --fail-on %s', (failOn, levels) => {
  const at = { line: 7, column: 1, endLine: 9, endColumn: 2 };
  const given = report([BOTH, UNCLEAR], { failOn, positionOf: () => at });
  const log = JSON.parse(sarifDiff(given));
  expect(sarifErrors(log)).toEqual([]);
  const [{ results, tool: { driver: { rules } } }] = log.runs;
  expect(results.map(({ level }: { level: string }) => level)).toEqual(levels);
  expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual([
    'PodIdentity::PermissionsBroadened', 'PodIdentity::PermissionsNarrowed', 'PodIdentity::PermissionsUndetermined',
  ]);
  expect(results.map(({ ruleIndex }: { ruleIndex: number }) => rules[ruleIndex].id)).toEqual(
    results.map(({ ruleId }: { ruleId: string }) => ruleId),
  );
  expect(results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'cdk.out/App.template.json' },
    region: { startLine: 7, startColumn: 1, endLine: 9, endColumn: 2 },
  });
});

test('SARIF: paths of a revision are those of the repository, and an association of a cluster has none', () => {
  const was = side({ file: 'main:cdk.out/App.template.json' });
  const removed = pod('removed', { head: undefined, base: was, lost: [change('s3:*')] });
  const live = pod('live', { head: undefined, base: side({ file: '' }), lost: [change('sqs:*')] });
  const base = { templates: 1, files: [], unreadable: [new Unreadable('main:b.json', 'it is broken')] };
  const log = JSON.parse(sarifDiff(report([removed, live], { base })));
  expect(sarifErrors(log)).toEqual([]);
  const [{ results, invocations }] = log.runs;
  const placed = results as Array<{ locations: Array<{ physicalLocation?: unknown }> }>;
  expect(placed.map(({ locations: [{ physicalLocation }] }) => physicalLocation)).toEqual([
    { artifactLocation: { uri: 'cdk.out/App.template.json' } }, undefined,
  ]);
  expect(invocations[0].executionSuccessful).toBe(false);
  const [{ locations: [{ physicalLocation: { artifactLocation } }] }] = invocations[0].toolExecutionNotifications;
  expect(artifactLocation.uri).toBe('b.json');
});

test('text', () => {
  expect(text(report([BOTH, UNCLEAR, RENAMED, SAME]))).toMatchSnapshot();
});
