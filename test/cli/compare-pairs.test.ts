import { execFileSync, spawn } from 'child_process';
import { once } from 'events';
import { Readable } from 'stream';
import { Cli } from './run';
import { comparePairs } from '../../cli/compare/compare-pairs';
import { decide, narrowingOptions } from '../../cli/compare/comparison';
import { layerOf, policyOf } from '../../cli/policies/layers';
import { managedPolicies, managedPolicy } from '../managed-policies';
import { PROTOTYPE_NAMES } from '../prototype-names';

const policy = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const [GET, READ, ALL] = ['s3:GetObject', 's3:Get*', 's3:*'].map(policy);

const limited = (Condition: object) => ({ ...ALL, Statement: [{ ...ALL.Statement[0], Condition }] });
const OF_ROLE = limited({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/pods' } });
const OF_ORG = limited({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } });

async function results(text: string, parts = [text]): Promise<any[]> {
  const written: string[] = [];
  await comparePairs(
    Readable.from(parts.map((part) => Buffer.from(part))), 'pairs.jsonl', { reference: true },
    async (some) => { written.push(some); },
  );
  return written.join('').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

const line = (value: unknown) => JSON.stringify(value);

test.each<[string, string, object]>([
  ['a list', line({ session: GET, role: [READ] }), { verdict: 'narrows' }],
  ['one policy', line({ session: GET, role: READ }), { verdict: 'narrows' }],
  ['several policies', line({ session: ALL, role: [READ, ALL] }), { verdict: 'narrows' }],
  ['a boundary', line({ session: ALL, role: ALL, boundary: READ }), { verdict: 'exceeds' }],
  ['names of managed policies',
    line({ session: GET, role: 'AmazonS3ReadOnlyAccess', boundary: 'arn:aws:iam::aws:policy/PowerUserAccess' }),
    { verdict: 'narrows' }],
  ['policies as text', line({ session: line(GET), role: line(READ) }), { verdict: 'narrows' }],
  ['an id with braces and quotes', line({ id: '}"\\', session: GET, role: READ }), { id: '}"\\', verdict: 'narrows' }],
  ['a number as id', line({ id: 0, session: GET, role: READ }), { id: 0, verdict: 'narrows' }],
  ['another id',
    line({ id: [], session: GET, role: READ }), { error: 'pairs.jsonl:1: id is neither a string nor a number' }],
  ['a policy that is nested too deeply',
    `{"session":${'['.repeat(200_000)}${']'.repeat(200_000)},"role":${line(READ)}}`,
    { error: 'pairs.jsonl:1:1011: it is nested too deeply: more than 1,000 levels are not read' }],
  ['blanks', ` {\t"session" : ${line(GET)} , "role":[ ${line(READ)} ]\r } \r`, { verdict: 'narrows' }],
  ['quotes in strings', line({ session: { ...GET, Id: 'a\\"}{' }, role: READ }), { verdict: 'narrows' }],
  ['not JSON',
    '{"session": {,}, "role": {}}',
    { error: 'pairs.jsonl:1:14: not JSON: value expected, found ",}, \\"role\\": {}}"' }],
  ['cut off',
    '{"id": "x", "session": {"Version": "2012',
    { error: expect.stringMatching(/^pairs\.jsonl:1:36: not JSON: unexpected end of string, found/) }],
  ['two objects', '{} {}', { error: 'pairs.jsonl:1:4: not JSON: end of file expected, found "{}"' }],
  ['a list of pairs',
    '[]',
    { error: 'pairs.jsonl:1: a pair is a JSON object with session and role, each name once and without escapes' }],
  ['a name twice',
    `{"role": {}, ${line({ session: GET, role: READ }).slice(1)}`,
    { error: expect.stringContaining('"role" is repeated') }],
  ['no role', line({ id: 7, session: GET }), { id: 7, error: 'pairs.jsonl:1: role is missing' }],
  ['nothing', '{}', { error: 'pairs.jsonl:1: session is missing' }],
  ['an unknown member',
    line({ session: GET, role: READ, roles: [] }),
    { error: "pairs.jsonl:1: 'roles' is not a member of a pair: id, session, role, boundary, roleArn are" }],
  ['the ARN of the role',
    line({ session: GET, role: OF_ROLE, roleArn: 'arn:aws:iam::111122223333:role/pods' }), { verdict: 'narrows' }],
  ['the ARN of another role',
    line({ session: GET, role: OF_ROLE, roleArn: 'arn:aws:iam::111122223333:role/other' }), { verdict: 'exceeds' }],
  ['no ARN', line({ session: GET, role: OF_ROLE }), { verdict: 'undetermined' }],
  ['an ARN that is not one of a role',
    line({ id: 7, session: GET, role: READ, roleArn: 'pods' }),
    {
      id: 7,
      error: 'pairs.jsonl:1: roleArn "pods": not the ARN of a role, such as arn:aws:iam::111122223333:role/example',
    }],
  ['an ARN that is not text',
    line({ session: GET, role: READ, roleArn: null }),
    { error: expect.stringContaining('roleArn null: not the ARN') }],
  ['what the verdict takes for granted',
    line({ session: GET, role: OF_ORG }),
    { verdict: 'narrows', assumptions: [expect.objectContaining({ code: 'Principal' })] }],
  ['an empty role',
    line({ session: GET, role: [] }),
    { error: 'pairs.jsonl:1: role has no policies; a role without any allows nothing' }],
  ['a role that is not a policy',
    line({ session: GET, role: [7] }),
    { error: 'pairs.jsonl:1: role[0] is neither a policy nor the name of an AWS managed policy' }],
  ['a policy that AWS rejects',
    line({ session: GET, role: [READ, { Statement: 7 }] }),
    { error: 'pairs.jsonl:1: role[1]: Statement[0] 7 is not a JSON object. AWS rejects the policy' }],
])('%s', async (_, text, expected) => {
  expect(await results(text)).toEqual([expect.objectContaining({ line: 1, ...expected })]);
});

test.each(PROTOTYPE_NAMES)('a member with the name %s is unknown, and the other lines have their verdicts', async (name) => {
  const good = line({ session: GET, role: READ });
  const bad = `{${JSON.stringify(name)}: {"Statement": []}, ${good.slice(1)}`;
  expect(await results([good, bad, good].join('\n'))).toEqual([
    { line: 1, verdict: 'narrows' },
    {
      line: 2,
      error: `pairs.jsonl:2: '${name}' is not a member of a pair: id, session, role, boundary, roleArn are`,
    },
    { line: 3, verdict: 'narrows' },
  ]);
});

test('a line that is too long is an error, and the other lines have their verdicts', async () => {
  const good = line({ session: GET, role: READ });
  const long = line({ session: { ...GET, Id: 'x'.repeat(1_000_000) }, role: READ });
  expect(await results([good, long, good].join('\n'))).toEqual([
    { line: 1, verdict: 'narrows' },
    { line: 2, error: 'pairs.jsonl:2: the line is longer than 1,000,000 bytes' },
    { line: 3, verdict: 'narrows' },
  ]);
});

test('the ARN of one line says nothing about the next', async () => {
  const pair = { session: GET, role: OF_ROLE };
  const lines = [{ ...pair, roleArn: 'arn:aws:iam::111122223333:role/pods' }, pair].map(line);
  expect((await results(lines.join('\n'))).map(({ verdict }) => verdict)).toEqual(['narrows', 'undetermined']);
});

test('one result a line, in order, whatever the parts that the lines come in', async () => {
  const text = [line({ id: 'ä', session: GET, role: READ }), '', 'x', line({ id: '€', session: ALL, role: READ })].join(
    '\n',
  );
  const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]) as unknown as string);
  const expected = [
    { id: 'ä', line: 1, verdict: 'narrows' },
    { line: 3, error: expect.any(String) },
    { id: '€', line: 4, verdict: 'exceeds' },
  ];
  expect(await results(text)).toEqual(expected.map((e) => expect.objectContaining(e)));
  expect(await results(text, bytes)).toEqual(await results(text));
});

test('the verdict of each pair is that of the pair alone', async () => {
  const role = managedPolicy('ReadOnlyAccess');
  const some = managedPolicies().filter((_, i) => i % 40 === 0);
  const found = await results(some.map(({ document }) => line({ session: document, role: role.document })).join('\n'));
  const layers = [layerOf('identity policies', [role])];
  expect(found.map(({ verdict, excesses }) => [verdict, excesses?.[0].request])).toEqual(some.map((one) => {
    const { verdict, excesses } = decide(policyOf(one), layers, narrowingOptions(true));
    return [verdict, excesses?.[0].request];
  }));
});

describe('as a command', () => {
  let cli: Cli;
  beforeAll(() => {
    cli = new Cli({
      'pairs.jsonl': `${line({ session: GET, role: READ })}\n`,
      'many.jsonl': `${line({ session: ALL, role: READ })}\n`.repeat(5_000),
    });
  });
  afterAll(() => cli.remove());
  const inside = line({ session: GET, role: READ });
  const outside = line({ session: ALL, role: READ });
  const unclear = line({ session: GET, role: { ...READ, statement: [] } });

  test.each<[string, string[], number]>([
    ['nothing', [], 0],
    ['inside', [inside, inside], 0],
    ['one exceeds', [inside, outside, inside], 1],
    ['one is undetermined', [inside, unclear], 0],
    ['one is bad', [inside, 'x', outside], 2],
  ])('exit code: %s', (_, lines, status) => {
    const ran = cli.run('compare --pairs -', {}, lines.join('\n'));
    expect([ran.status, ran.stdout.split('\n').length - 1]).toEqual([status, lines.length]);
  });

  test('strictly', () => expect(cli.run('compare --pairs - --strict', {}, unclear).status).toBe(1));

  test(
    'from a file', () => expect(cli.run('compare --pairs pairs.jsonl').stdout).toBe('{"line":1,"verdict":"narrows"}\n'),
  );

  test('a reader that has seen enough', () => {
    const command = `"${process.execPath}" "${cli.binary}" compare --pairs many.jsonl | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const out = execFileSync('bash', ['-c', command], { cwd: cli.folder, encoding: 'utf-8' }).split('\n');
    expect(JSON.parse(out[0])).toMatchObject({ line: 1, verdict: 'exceeds' });
    expect(out.slice(1)).toEqual(['1', '']); // the verdicts of all lines
  });

  test('results come while lines still do', async () => {
    const child = spawn(process.execPath, [cli.binary, 'compare', '--pairs', '-']);
    child.stdin.write(`${inside}\n`);
    const [first] = await once(child.stdout, 'data');
    child.stdin.end();
    const [status] = await once(child, 'exit');
    expect([String(first), status]).toEqual(['{"line":1,"verdict":"narrows"}\n', 0]);
  });
});

test('many pairs, which threads compare, have the same results in the same order', () => {
  const cli = new Cli();
  const padding = 'x'.repeat(1000);
  const lines = Array.from({ length: 9000 }, (_, i) => (i % 1000 === 7 ? '{' : JSON.stringify({
    id: i,
    session: {
      Version: '2012-10-17',
      Statement: [{
        Sid: padding,
        Effect: 'Allow',
        Action: i % 3 === 0 ? 's3:GetObject' : 's3:PutObject',
        Resource: `arn:aws:s3:::b/${i}`,
      }],
    },
    role: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] },
  })));
  try {
    const ran = cli.run('compare --pairs -', {}, lines.join('\n'));
    expect([ran.status, ran.stderr]).toEqual([2, '']);
    const written = ran.stdout.trimEnd().split('\n').map((text) => JSON.parse(text));
    const expected = lines.map((text, i) => ({
      line: i + 1,
      ...(text === '{' ? {} : { id: i }),
      said: text === '{' ? 'error' : i % 3 === 0 ? 'narrows' : 'exceeds',
    }));
    expect(written.map(
      ({ line: at, id, verdict = 'error' }) => ({ line: at, ...(id === undefined ? {} : { id }), said: verdict }),
    )).toEqual(expected);
  } finally {
    cli.remove();
  }
});
