import { AccessChange, LevelAccess, RoleAccess } from '../../../cli/access/access';
import { Permissions } from '../../../cli/access/permissions';
import { columnsFor, countOthers, stateOf } from '../../../cli/html/columns';
import { numbersOf, wordsOf } from '../../../cli/html/words';
import { Json, Layer, parsePolicy, SymbolicString } from '../../../lib/engine';
import { allow, deny } from '../../make';

type Statements = readonly object[];

const OBJECTS = 'arn:aws:s3:::data/*';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const VPC = { StringEquals: { 'aws:SourceVpc': 'vpc-1' } };

function layer(name: Layer['name'], statements: Statements, isComplete = true): Layer {
  const { policy, problems } = parsePolicy({ Version: '2012-10-17', Statement: statements as Json }, name);
  expect(problems).toEqual([]);
  return {
    name,
    policies: [policy],
    gaps: isComplete ? [] : [{ code: 'IncompleteRole', message: 'a policy is not known', resolution: 'give it' }],
  };
}

const roleOf = (statements: Statements, boundary?: Statements, isComplete = true) => new RoleAccess(new Permissions([
  layer('identity policies', statements, isComplete), ...boundary ? [layer('permissions boundary', boundary)] : [],
]));
const session = (statements: Statements) => layer('session policy', statements);

/** Returns the changes of an action in the access to its service; `absent` if its service does not list it. */
function changeOf(action: string, role: RoleAccess, under: Layer | undefined): AccessChange | 'absent' {
  const [service, name] = action.split(':');
  const levels = role.under(under).services.find((one) => one.service === service)?.levels ?? [];
  const told = levels.flatMap(({ changes }) => Object.entries(changes) as Array<[AccessChange, readonly string[]]>);
  const found = told.filter(([, names]) => names.includes(name));
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.[0] ?? 'absent';
}

describe('policies of the organization', () => {
  const READ = allow('s3:GetObject', OBJECTS);
  const under = (organization: Statements, limits?: Statements) => {
    const role = new Permissions([layer('identity policies', [READ, allow('s3:DeleteObject', OBJECTS)])]);
    return [new RoleAccess(role, [layer('service control policies', [allow('*'), ...organization])]),
      limits && session(limits)] as const;
  };

  test.each<[string, string, AccessChange | 'absent', Statements, Statements | undefined]>([
    ['nothing is denied', 's3:GetObject', 'kept', [], undefined],
    ['another action is denied', 's3:GetObject', 'kept', [deny('s3:DeleteObject')], undefined],
    ['the action is denied', 's3:DeleteObject', 'taken', [deny('s3:DeleteObject')], undefined],
    ['the action is denied, and the session policy allows it', 's3:DeleteObject', 'taken', [deny('s3:DeleteObject')],
      [allow('s3:*')]],
    ['a part is denied', 's3:DeleteObject', 'narrowed', [deny('s3:DeleteObject', 'arn:aws:s3:::data/a/*')],
      undefined],
    ['a part is denied, and the session policy allows all', 's3:DeleteObject', 'narrowed',
      [deny('s3:DeleteObject', 'arn:aws:s3:::data/a/*')], [allow('s3:*')]],
    ['it is limited by a condition', 's3:GetObject', 'narrowed', [deny('s3:*', '*', VPC)], undefined],
    ['the session policy narrows', 's3:GetObject', 'narrowed', [],
      [allow('s3:GetObject', 'arn:aws:s3:::data/a/*')]],
    ['the organization allows what the role does not', 's3:PutObject', 'absent', [], undefined],
    ['the session policy names what only the organization allows', 's3:PutObject', 'beyond', [], [allow('s3:Put*')]],
  ])('%s: %s is %s', (_what, action, change, organization, limits) => {
    expect(changeOf(action, ...under(organization, limits))).toBe(change);
  });
});

test.each<[string, Statements, Statements | undefined, string, AccessChange | 'absent']>([
  ['the same', [allow('s3:GetObject', OBJECTS)], [allow('s3:GetObject', OBJECTS)], 's3:GetObject', 'kept'],
  ['a session policy that allows more resources', [allow('s3:GetObject', OBJECTS)], [allow('s3:*')],
    's3:GetObject', 'kept'],
  ['no session policy', [allow('s3:GetObject', OBJECTS)], undefined, 's3:GetObject', 'kept'],
  ['no session policy, and another action', [allow('s3:GetObject', OBJECTS)], undefined, 's3:PutObject', 'absent'],
  ['fewer resources', [allow('s3:GetObject', OBJECTS)], [allow('s3:GetObject', 'arn:aws:s3:::data/a/*')],
    's3:GetObject', 'narrowed'],
  ['a condition', [allow('s3:GetObject', OBJECTS)], [allow('s3:GetObject', '*', VPC)], 's3:GetObject', 'narrowed'],
  ['the same condition', [allow('s3:GetObject', OBJECTS, VPC)], [allow('s3:GetObject', '*', VPC)],
    's3:GetObject', 'kept'],
  ['a denial of some resources', [allow('s3:GetObject', OBJECTS)],
    [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::data/a/*')], 's3:GetObject', 'narrowed'],
  ['a denial of all resources', [allow('s3:GetObject', OBJECTS)], [allow('s3:*'), deny('s3:*', OBJECTS)],
    's3:GetObject', 'taken'],
  ['a denial of other actions', [allow('s3:GetObject', OBJECTS)], [allow('s3:*'), deny('s3:Put*')],
    's3:GetObject', 'kept'],
  ['another action', [allow('s3:GetObject', OBJECTS)], [allow('s3:PutObject', OBJECTS)], 's3:GetObject', 'taken'],
  ['another action, beyond', [allow('s3:GetObject', OBJECTS)], [allow('s3:PutObject', OBJECTS)],
    's3:PutObject', 'beyond'],
  ['other resources', [allow('s3:GetObject', OBJECTS)], [allow('s3:GetObject', 'arn:aws:s3:::other/*')],
    's3:GetObject', 'taken'],
  ['another service', [allow('sqs:SendMessage', QUEUE)], [allow('s3:GetObject', OBJECTS)], 'sqs:SendMessage', 'taken'],
  ['what the role denies', [allow('s3:*'), deny('s3:PutObject')], [allow('s3:PutObject')], 's3:PutObject', 'beyond'],
  ['actions that AWS never asks on the resource', [allow('s3:*', OBJECTS)], undefined, 's3:ListBucket', 'absent'],
  ['actions that it never asks on the resource of the session policy', [allow('s3:*', '*')], [allow('s3:*', OBJECTS)],
    's3:ListBucket', 'taken'],
  ['NotAction', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], [allow('sqs:SendMessage', QUEUE)],
    'sqs:SendMessage', 'narrowed'],
  ['NotAction that leaves it out', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], [allow('iam:PassRole')],
    'iam:PassRole', 'beyond'],
  ['all of AWS', [allow('*')], [allow('s3:GetObject', OBJECTS)], 'ec2:RunInstances', 'taken'],
  ['all of AWS twice', [allow('*')], [allow('*')], 'ec2:RunInstances', 'kept'],
  ['an action of several that the role has in one statement', [allow(['s3:DeleteObject', 's3:GetObject'], OBJECTS)],
    [allow('s3:GetObject')], 's3:GetObject', 'kept'],
  ['ARNs of two names', [allow('dynamodb:*')], [allow('dynamodb:*', 'arn:aws:dynamodb:*:*:table/a-*')],
    'dynamodb:DescribeBackup', 'narrowed'],
])('%s', (_, role, under, action, change) => {
  expect(changeOf(action, roleOf(role), under && session(under))).toBe(change);
});

test('a filter: what the role has, and nothing that it has not', () => {
  const filter = session([allow('*'), deny('s3:PutObject'), allow('sns:Publish')]);
  const { services } = roleOf([allow(['s3:PutObject', 's3:GetObject', 'sqs:SendMessage'])]).under(filter);
  const changes = services.map(({ service, levels }) => [service, ...levels.flatMap((level) => (
    Object.entries(level.changes).flatMap(([change, names]) => names.map((name) => `${name} ${change}`))))]);
  expect(changes).toEqual([
    ['s3', 'GetObject kept', 'PutObject taken'], ['sns', 'Publish beyond'], ['sqs', 'SendMessage kept'],
  ]);
});

test('a boundary belongs to the role', () => {
  const role = roleOf([allow('s3:*'), allow('sqs:*')], [allow('s3:Get*', OBJECTS)]);
  expect(changeOf('s3:GetObject', role, undefined)).toBe('kept');
  expect(changeOf('sqs:SendMessage', role, undefined)).toBe('absent');
  expect(changeOf('sqs:SendMessage', role, session([allow('sqs:*')]))).toBe('beyond');
});

test('what is not known of a role is not made up', () => {
  const role = roleOf([allow('s3:GetObject', OBJECTS)], undefined, false);
  expect(changeOf('s3:GetObject', role, undefined)).toBe('unclear');
  expect(changeOf('s3:PutObject', role, session([allow('s3:PutObject', OBJECTS)]))).toBe('unclear');
  expect(changeOf('s3:GetObject', role, session([allow('s3:PutObject', OBJECTS)]))).toBe('absent'); // whatever the role has
  const limited = roleOf([allow('s3:*')], [allow('s3:Get*')], false);
  expect(changeOf('s3:PutObject', limited, session([allow('s3:PutObject', OBJECTS)]))).toBe('beyond'); // the boundary is known
});

test('what is not known of a session policy is not made up', () => {
  const unreadable: Layer = {
    name: 'session policy',
    policies: [],
    gaps: [{ code: 'UnclearPolicy', message: 'it could not be read', resolution: '' }],
  };
  const role = roleOf([allow('s3:GetObject', OBJECTS)]);
  expect(changeOf('s3:GetObject', role, unreadable)).toBe('unclear');
  expect(changeOf('s3:PutObject', role, unreadable)).toBe('absent');
});

test('an action that is a deploy-time value makes undetermined what it may be', () => {
  const kind = { name: 'a parameter', minLength: 0, generated: false, example: 'x' };
  const action = SymbolicString.of('s3:Get', { id: 'P', label: '${P}', kind }) as SymbolicString;
  const { policy } = parsePolicy(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: OBJECTS }] } as unknown as Json,
    'role',
  );
  const role = new RoleAccess(new Permissions([{ name: 'identity policies', policies: [policy], gaps: [] }]));
  expect(changeOf('s3:PutObject', role, undefined)).toBe('absent');
  expect(['absent', 'kept']).not.toContain(changeOf('s3:GetObject', role, undefined));
});

test('services that the reference does not have are named', () => {
  expect(roleOf([allow('s3:*'), allow('nonesuch:Do')]).under(session([allow('others:*')])).unlisted).toEqual([
    'nonesuch', 'others',
  ]);
});

describe('cells', () => {
  const cellOf = (role: Statements, under: Statements, service: string, level: string): LevelAccess => (
    roleOf(role)
      .under(session(under)).services
      .find((one) => one.service === service)!.levels
      .find((one) => one.level === level)!);

  test.each<[string, Statements, Statements, string, string, string]>([
    ['kept', [allow('sqs:Send*', QUEUE)], [allow('sqs:Send*')], 'kept', '1',
      'kept, pods have 1 of 1 action of the role'],
    ['narrowed', [allow(['sqs:SendMessage', 'sqs:DeleteMessage'], QUEUE)], [allow('sqs:SendMessage')], 'narrowed',
      '1/\u200b2', 'narrowed, pods have 1 of 2 actions of the role'],
    ['narrowed by a condition', [allow('sqs:SendMessage', QUEUE)], [allow('sqs:SendMessage', '*', VPC)], 'narrowed',
      '1', 'narrowed, pods have 1 of 1 action of the role, 1 in part, 1 under conditions'],
    ['conditional in the role', [allow('sqs:SendMessage', QUEUE, VPC)], [allow('sqs:SendMessage')], 'kept', '1',
      'kept, pods have 1 of 1 action of the role, 1 under conditions'],
    ['taken', [allow('sqs:SendMessage', QUEUE)], [allow('sqs:Get*')], 'taken', '0/\u200b1',
      'taken away, pods have 0 of 1 action of the role'],
    ['beyond', [allow('sqs:Get*', QUEUE)], [allow('sqs:SendMessage')], 'beyond', '+1', 'beyond the role: 1 action'],
    ['kept and beyond', [allow('sqs:SendMessage', QUEUE)], [allow(['sqs:SendMessage', 'sqs:DeleteMessage'])], 'kept',
      '1\u200b+1', 'kept, pods have 1 of 1 action of the role, 1 beyond the role'],
  ])('%s', (_, role, under, state, numbers, words) => {
    const cell = cellOf(role, under, 'sqs', 'Write');
    expect([stateOf(cell), numbersOf(cell), wordsOf(cell)]).toEqual([state, numbers, words]);
  });

  test('one action that is not known makes the cell undetermined', () => {
    const changes = { kept: ['A'], narrowed: ['B'], taken: ['C'], beyond: ['D'], unclear: ['E'] };
    const cell: LevelAccess = { level: 'Read', actions: 9, changes, conditional: 0, unlimited: 0 };
    expect([stateOf(cell), numbersOf(cell)]).toEqual(['unclear', '1']);
  });

  test('say what is allowed on every resource', () => {
    expect(cellOf([allow('sqs:*')], [allow('sqs:SendMessage'), allow('sqs:DeleteMessage', QUEUE)], 'sqs', 'Write'))
      .toMatchObject({ unlimited: 1, conditional: 0 });
  });
});

describe('columns', () => {
  test('are all services, in alphabetical order, with the levels that somebody has', () => {
    const rows = [roleOf([allow(['sqs:SendMessage', 's3:ListBucket', 's3:GetObject'])]).under(undefined)];
    expect(columnsFor(rows)).toEqual([
      { service: 's3', levels: ['List', 'Read'] }, { service: 'sqs', levels: ['Write'] },
    ]);
  });

  test('of very many services are those that somebody keeps; the others are counted', () => {
    const access = roleOf([allow('*')]).under(session([allow('sqs:SendMessage'), allow('sns:*')]));
    expect(columnsFor([access]).map(({ service }) => service)).toEqual(['sns', 'sqs']);
    const { left, taken, unclear } = countOthers(access, new Set(['sns', 'sqs']));
    expect({ left, unclear }).toEqual({ left: 0, unclear: 0 });
    expect(taken).toBe(access.services.length - 2);
    expect(taken).toBeGreaterThan(300);
    expect(columnsFor([roleOf([allow('*')]).under(undefined)])).toHaveLength(16);
  });
});
