/** What pods gain and lose between two deployments: the table of pairs.ts, and what holds for every pair. */
import { Pair, PAIRS } from './pairs';
import { allow, app, deny, GET, Json, sourcesOf } from './templates';
import { ComparedDeployment, Difference, PermissionChange, PodDifference } from '../../../cli/diff/difference';
import { differenceOf } from '../../../cli/diff/difference-of';
import { organizationLayers } from '../../../lib/organization-policies/organization-layers';
import { readLevel } from '../../../lib/organization-policies/read-level';
import { readSnapshot } from '../../../lib/role-permissions/snapshot';

function sides({ base, head, scp, roles, account }: Pair): [ComparedDeployment, ComparedDeployment] {
  return [base, head].map((written, i): ComparedDeployment => {
    const templates = isTemplate(written) ? { app: written } : written as Record<string, Json | string>;
    const level = scp?.[i];
    return {
      sources: sourcesOf(templates, i === 0 ? 'base' : 'head', { account: account?.[i] }),
      ...roles && { declarations: declarationsOf(roles[i]) },
      settings: {
        strict: false,
        severities: new Map(),
        distinctResources: true,
        reader: 'templates',
        ...level && { organization: organizationLayers([readLevel(JSON.stringify(level), 'scp.json')], []) },
      },
    };
  }) as [ComparedDeployment, ComparedDeployment];
}

function declarationsOf(roles: Json): ComparedDeployment['declarations'] {
  return readSnapshot(JSON.stringify({ version: 1, roles }), 'roles.json').map((declared) => declared());
}

function isTemplate(written: Json): boolean {
  return 'Resources' in written;
}

function summaryOf({ effect, kept, gained, lost, undetermined, notes }: PodDifference): string[] {
  return [
    `${effect}, keeps ${kept}`,
    ...gained.map((change) => `+ ${changeOf(change)}`),
    ...lost.map((change) => `- ${changeOf(change)}`),
    ...undetermined.map(({ code }) => `? ${code}`),
    ...notes.map((note) => `note ${note}`),
  ];
}

function changeOf({ cause, causes, statements, isExact }: PermissionChange): string {
  const number = causes.split(/\. (?=[A-Z])/).length;
  const list = (value: unknown) => [value].flat().join(',');
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow').map((one) => (
    `${list(one.Action ?? `not ${list(one.NotAction)}`)} on ${list(one.Resource ?? `not ${list(one.NotResource)}`)}`));
  return `${cause}${number > 1 ? ` (${number})` : ''}: ${isExact ? 'exactly ' : ''}${allowed.join('; ')}`;
}

function shownNotes(lines: readonly string[], expected: readonly string[]): string[] {
  const beginnings = expected.filter((one) => one.startsWith('note '));
  return lines.map((line) => (
    line === 'note The text of the session policy differs, and the pods have the same permissions.' ? 'note text' : beginnings.find((one) => line.startsWith(one)) ?? line));
}

function linesOf({ pods }: Difference, { expected }: Pair): Record<string, string[]> | string[] {
  if (Array.isArray(expected)) {
    expect(pods).toHaveLength(1);
    return shownNotes(summaryOf(pods[0]), expected as readonly string[]);
  }
  const names = Object.keys(expected);
  return Object.fromEntries(pods.map((one) => {
    const name = `${one.namespace}/${one.serviceAccount}`;
    const key = names.includes(name) ? name : `${one.cluster} ${name}`;
    return [key, shownNotes(summaryOf(one), (expected as Record<string, string[]>)[key] ?? [])];
  }));
}

describe('pairs of deployments', () => {
  test.each(PAIRS.map((pair) => [pair.name, pair] as const))('%s', (_, pair) => {
    expect(linesOf(differenceOf(...sides(pair)), pair)).toEqual(pair.expected);
  });

  test('are at least 60, each with a name of its own', () => {
    expect(new Set(PAIRS.map(({ name }) => name)).size).toBe(PAIRS.length);
    expect(PAIRS.length).toBeGreaterThanOrEqual(60);
  });
});

describe('the other way round', () => {
  const MIRRORED: Record<string, string> = { broadened: 'narrowed', narrowed: 'broadened' };

  test.each(PAIRS.map((pair) => [pair.name, pair] as const))('%s', (_, pair) => {
    const [base, head] = sides(pair);
    const [there, back] = [differenceOf(base, head), differenceOf(head, base)];
    const isSettled = (of: Difference, i: number) => of.pods[i].undetermined.length === 0;
    const settled = there.pods.map((__, i) => isSettled(there, i) && isSettled(back, i));
    const examples = (changes: readonly PermissionChange[]) => changes.map(({ example }) => example);
    const of = ({ pods }: Difference) => pods.filter((__, i) => settled[i]);
    expect(of(back).map(({ effect }) => effect)).toEqual(of(there).map(({ effect }) => MIRRORED[effect] ?? effect));
    expect(of(back).map(({ lost }) => examples(lost))).toEqual(of(there).map(({ gained }) => examples(gained)));
  });
});

describe('sentences on causes', () => {
  const NO_CREDENTIALS = 'the pods get no credentials from EKS Pod Identity, and use other credentials that they find, such as those of IAM roles '
    + 'for service accounts or of the node';

  test.each([
    ['an action more in the session policy', 'The session policy now allows it: statement 1 of the session policy.'],
    ['the session policy removed', 'The association no longer has a session policy: its pods can do all that the role allows.'],
    ['a Deny more in the role', "The policies of the role Role now deny it: statement 1 of inline policy 'access' of Role."],
    ['a boundary added', 'The role now has a permissions boundary.'],
    ['the association removed', `The association is removed; without it, ${NO_CREDENTIALS}.`],
    [
      'a role that no longer trusts EKS',
      'In the head, the trust policy of the role Role does not let pods.eks.amazonaws.com assume it (EksNotTrusted), '
        + 'so the pods get no credentials from EKS Pod Identity.',
    ],
    [
      'role and session policy in one change',
      'The session policy now allows it: statement 1 of the session policy. '
        + "The policies of the role Role now allow it: statement 1 of inline policy 'access' of Role.",
    ],
    [
      'session tags off',
      "Session tags are on in the base and off in the head, and statement 0 of inline policy 'access' of Role depends on them.",
    ],
    ['a broader role', 'The pods have the role Other instead of the role Role.'],
  ])('%s', (name, expected) => {
    const [{ gained, lost }] = differenceOf(...sides(PAIRS.find((pair) => pair.name === name)!)).pods;
    expect([...gained, ...lost].map(({ causes }) => causes)).toEqual([expected]);
  });
});

describe('what is undetermined', () => {
  const only = (name: string) => differenceOf(...sides(PAIRS.find((pair) => pair.name === name)!));

  test('is in sentences, with the options of the command', () => {
    const [{ undetermined }] = only('a session policy on a role that nobody knows').pods;
    expect(undetermined).toEqual([expect.objectContaining({
      message: expect.stringMatching(/^Whether the pods lose permissions is not certain: .*\.$/),
      resolution: 'Give the template that defines the role, or a snapshot of the role (--roles).',
      direction: 'lost',
    })]);
  });

  test('names the file of its side', () => {
    expect(only('a macro on another template').unexamined).toEqual([
      { side: 'base', what: 'the macro Team::Macro in base/app.json' },
      { side: 'head', what: 'the macro Team::Macro in head/app.json' },
    ]);
  });
});

test('only the exceptions are shown that may limit what is gained', () => {
  const others = [deny('s3:*', 'arn:aws:s3:::other/*'), deny('sqs:*', '*')];
  const pair: Pair = {
    name: '',
    base: app([GET, ...others]),
    head: app([GET, allow('s3:*'), ...others, deny('s3:PutObject', 'arn:aws:s3:::data/x')]),
    expected: [],
  };
  const [{ gained: [{ statements }] }] = differenceOf(...sides(pair)).pods;
  expect(statements.map(({ Effect, Action, Resource }) => [Effect, Action, Resource])).toEqual([
    ['Allow', 's3:*', 'arn:aws:s3:::data/*'], ['Deny', 's3:PutObject', 'arn:aws:s3:::data/x'],
  ]);
});

test('an example has no tags of the role that only one side has', () => {
  const pair = PAIRS.find(({ name }) => name === 'a tag of the role added')!;
  const [{ gained: [{ example }] }] = differenceOf(...sides(pair)).pods;
  expect(example).toEqual({ action: 's3:GetObject', resource: 'arn:aws:s3:::data/example', context: [] });
});
