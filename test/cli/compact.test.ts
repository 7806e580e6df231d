import { execSync } from 'child_process';
import { Cli } from './run';
import { serviceNamed } from '../../lib/reference/services';
import { evaluate, PolicyDocument, StatementDocument } from '../oracle/evaluate';

const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const BATCH = ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'];

const policy = (...Statement: StatementDocument[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[] = '*', more = {}) => ({
  Effect: 'Allow', Action, Resource, ...more,
});
const names = (count: number) => Array.from({ length: count }, (_, i) => `arn:aws:s3:::${'long-name-'.repeat(4)}${i}x${i * 7}/*`);

const LONG_ACTIONS = serviceNamed('dynamodb')!.actions.filter(({ types }) => types.some(({ name }) => name === 'table'))
  .map(({ name }) => `dynamodb:${name}`);

const WRITTEN = policy(allow(BATCH, TABLE, { Sid: 'Items' }), allow(['dynamodb:GetItem', 'dynamodb:PutItem'], TABLE));

let cli: Cli;
beforeAll(() => {
  cli = new Cli({
    's.json': WRITTEN,
    'pretty.json': { association: { policy: JSON.stringify(WRITTEN, undefined, 2) } },
    'one.json': { Version: '2012-10-17', Statement: allow('s3:GetObject') },
    'old.json': { Statement: [allow('s3:GetObject')] },
    'old-variable.json': { Statement: [allow('s3:GetObject', 'arn:aws:s3:::data/${aws:username}')] },
    'long.json': policy(allow('s3:GetObject', names(60))),
    'far-too-long.json': policy(allow('s3:GetObject', names(600))),
    'rejected.json': policy(allow('s3:GetObject', 'no-arn')),
    'role.json': policy(allow('dynamodb:*Item', TABLE)),
    'other-role.json': policy(allow('sqs:*')),
    'boundary.json': policy(allow('dynamodb:Get*'), allow('dynamodb:Batch*'), allow('dynamodb:PutItem')),
    'hostile.json': policy(allow('s3:GetObject', 'arn:aws:s3:::data/\u009b2J\n::error::x')),
  });
});
afterAll(() => cli.remove());

function compact(args: string) {
  const { status, stdout, stderr } = cli.run(`compact ${args}`);
  return { status, stdout, stderr, policy: status === 2 ? undefined : JSON.parse(stdout) };
}

test.each([
  ['without a mode', '--session s.json', 'lossless'],
  ['a mode', '--session s.json --mode catalog', 'catalog'],
  ['a role', '--session s.json --role role.json', 'role'],
  ['two policies of a role and a boundary', '--session s.json --role role.json --role other-role.json --boundary boundary.json', 'role'],
  ['a role that AWS maintains', '--session s.json --role-managed AmazonDynamoDBReadOnlyAccess', 'role'],
  ['a mode beside a role', '--session s.json --role role.json --mode lossless', 'lossless'],
  ['what describe-pod-identity-association answers', '--session pretty.json', 'lossless'],
])('%s: the policy goes to standard output, on one line, and the report to standard error', (_what, args, mode) => {
  const { status, stdout, stderr, policy: shorter } = compact(args);
  expect(status).toBe(0);
  expect(stdout).toBe(`${JSON.stringify(shorter)}\n`);
  const [{ length }, before] = [JSON.stringify(shorter), JSON.stringify(WRITTEN).length];
  expect(stderr.split('\n')[0]).toBe(`${mode}: ${length} of 2,048 characters; ${before} as given, minified`);
  expect(length).toBeLessThan(before);
  for (const action of [...BATCH, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Scan', 'dynamodb:DeleteItem']) {
    const answer = (document: PolicyDocument) => evaluate([document], { action, resource: TABLE, context: new Map() });
    // The role may not allow the others: then a wildcard may match them.
    if (mode !== 'role' || !/Scan|Delete/.test(action)) {
      expect([action, answer(shorter)]).toEqual([action, answer(WRITTEN)]);
    }
  }
});

test('each mode is measured, and the role only if it is given', () => {
  const modesOf = (args: string) => /^ {2}modes {4}(.*)$/m.exec(compact(args).stderr)![1].replace(/\d+/g, '#');
  expect(modesOf('--session s.json')).toBe('none #, lossless #, catalog #; role needs --role');
  expect(modesOf('--session s.json --role role.json')).toBe('none #, lossless #, catalog #, role #');
});

test('on a terminal of 80 columns, the report breaks lines at blanks, and the policy stays whole', () => {
  const run = `stty cols 80; ${process.execPath} ${cli.binary} compact --session s.json --mode catalog`;
  const written = execSync(`script -qec "${run}" /dev/null`, {
    cwd: cli.folder, encoding: 'utf-8', env: { PATH: process.env.PATH, TERM: 'xterm' },
  });
  const [shorter, ...report] = written.split(/\r?\n/);
  expect(JSON.parse(shorter)).toEqual(compact('--session s.json --mode catalog').policy);
  expect(report.length).toBeGreaterThan(4);
  expect(report.filter((line) => line.length > 80)).toEqual([]);
});

test('JSON has the policy and the report in one object', () => {
  const { stdout, stderr, status } = cli.run('compact --session s.json --role role.json --format json');
  const { policy: shorter, ...report } = JSON.parse(stdout);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(report).toEqual({
    mode: 'role',
    size: { given: JSON.stringify(WRITTEN).length, compacted: JSON.stringify(shorter).length, limit: 2048 },
    modes: {
      none: expect.any(Number),
      lossless: expect.any(Number),
      catalog: expect.any(Number),
      role: JSON.stringify(shorter).length,
    },
    asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    assumptions: expect.arrayContaining([expect.stringContaining('No resource policy')]),
  });
  expect(report.modes.none).toBeGreaterThanOrEqual(report.modes.lossless);
  expect(report.modes.lossless).toBeGreaterThan(report.modes.catalog);
});

test('only modes that rely on the reference data have its date, and only the role is assumed to stay', () => {
  expect(compact('--session s.json').stderr).not.toMatch(/reference|assumed/);
  expect(compact('--session s.json --mode catalog').stderr)
    .toMatch(/according to the service authorization reference of \d{4}/);
  expect(compact('--session s.json --mode catalog').stderr).not.toMatch(/resource policy/);
});

test('the result is a session policy again, and does not get shorter', () => {
  const once = compact('--session s.json --mode catalog').stdout;
  expect(cli.run('compact --session - --mode catalog', {}, once)).toMatchObject({ status: 0, stdout: once });
});

test('a policy that is still too long exits with 1, and says by how much', () => {
  const { status, stderr, policy: shorter } = compact('--session long.json');
  expect(status).toBe(1);
  expect(stderr).toContain(`too long by ${(JSON.stringify(shorter).length - 2048).toLocaleString('en-US')}: `);
});

test('says how it may get shorter', () => {
  cli.write({
    'words.json': policy(
      allow(LONG_ACTIONS, TABLE),
      allow(LONG_ACTIONS, '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
    ),
  });
  expect(compact('--session words.json').stderr).toMatch(/ too long by [\d,]+: --mode catalog fits$/m);
  expect(compact('--session long.json').stderr).toContain(': the policy may fit with the policies of the role (--role or --role-managed)');
  expect(compact('--session long.json --role role.json --mode lossless').stderr)
    .toMatch(/: (--mode role fits|split the service account)$/m);
});

test.each([
  ['a single statement', 'one.json'],
  ['an old Version without variables', 'old.json'],
])('%s is taken, and written with Version 2012-10-17', (_what, file) => {
  expect(compact(`--session ${file}`).policy).toEqual(policy(allow('s3:GetObject')));
});

test.each([
  ['no session policy', '', '--session is missing'],
  ['a missing file', '--session missing.json', 'missing.json: '],
  ['a policy that AWS rejects', '--session rejected.json', 'rejected.json: '],
  ['variables in an old Version', '--session old-variable.json', "old-variable.json: its Version is missing, so '${…}' in it is literal text."],
  ['the mode of a role without one', '--session s.json --mode role', '--mode role needs the policies of the role'],
  ['a boundary without a role', '--session s.json --boundary boundary.json', '--boundary needs the policies'],
  ['another mode', '--session s.json --mode none', 'Allowed choices are lossless, catalog, role'],
  ['a role that cannot be read', '--session s.json --role missing.json', 'missing.json: '],
])('%s exits with 2', (_what, args, message) => {
  const { status, stdout, stderr } = cli.run(`compact ${args}`.trim());
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('control characters of a policy are printed as escapes, and JSON keeps its value', () => {
  const { stdout, policy: shorter } = compact('--session hostile.json');
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(shorter.Statement[0].Resource).toBe('arn:aws:s3:::data/\u009b2J\n::error::x');
});

test('a policy that is far too long is minimized only, and no role makes it fit', () => {
  const { status, stderr } = compact('--session far-too-long.json');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^none: /);
  expect(stderr).toContain('reason   lossless was not used: The session policy has more than 20,480 characters, and is not compacted.');
  expect(stderr).toMatch(/too long by [\d,]+: split the service account\n/);
});
