/** Files as editors and shells on Windows write them, and files that are not text, through every option that reads one. */
import { Cli } from '../run';
import { CLEAN, policy } from '../templates';

let cli: Cli;
beforeAll(() => {
  const MARK = '\uFEFF';
  const POLICY = JSON.stringify(policy('s3:GetObject'));
  const SNAPSHOT = JSON.stringify({
    version: 1,
    roles: { 'arn:aws:iam::111122223333:role/pods': { inlinePolicies: { access: policy('s3:GetObject') } } },
  });
  const PAIR = `{"session": ${POLICY}, "role": ${POLICY}}\n`;
  const utf16 = (text: string) => Buffer.from(MARK + text, 'utf16le');
  const latin1 = (text: string) => Buffer.from(text.replace('data', 'caf\xe9'), 'latin1');
  const deep = `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  cli = new Cli();
  for (const [name, text] of Object.entries({
    'policy.json': POLICY, 'snapshot.json': SNAPSHOT, 'pairs.jsonl': PAIR, 'template.json': JSON.stringify(CLEAN),
  })) {
    cli.write({
      [name]: text,
      [`mark-${name}`]: MARK + text,
      [`utf16-${name}`]: utf16(text),
      [`latin1-${name}`]: latin1(text),
      [`deep-${name}`]: `${deep}\n`,
      [`nul-${name}`]: Buffer.alloc(1_000_000),
    });
  }
});
afterAll(() => cli.remove());

const NARROWS = /^narrows: /;
const RUNS: ReadonlyArray<[string, (kind: string) => string, RegExp]> = [
  ['a session policy', (kind) => `compare --session ${kind}policy.json --role policy.json`, NARROWS],
  ['a role', (kind) => `compare --session policy.json --role ${kind}policy.json`, NARROWS],
  ['a boundary', (kind) => `compare --session policy.json --role policy.json --boundary ${kind}policy.json`, NARROWS],
  ['pairs', (kind) => `compare --pairs ${kind}pairs.jsonl`, /^{"line":1,"verdict":"narrows"}\n$/],
  ['a policy of explain',
    (kind) => `explain s3:GetObject arn:aws:s3:::data/k --session ${kind}policy.json --role policy.json`, /^allowed/],
  ['a template', (kind) => `check ${kind}template.json`, /^1 association in 1 template: no findings\n$/],
  ['a snapshot', (kind) => `check template.json --roles ${kind}snapshot.json`, /^1 association in 1 template: no findings\n$/],
];

describe.each(RUNS)('%s', (_, args, expected) => {
  test.each(['', 'mark-', 'utf16-'])('in the encoding "%s" is read', (kind) => {
    expect(cli.run(args(kind))).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(expected) });
  });

  test.each([
    ['latin1-', / it is not UTF-8/], ['nul-', /U\+0000|\\u0000/],
    ['deep-', / it is nested too deeply: more than 1,000 levels are not read/],
  ])('%s is refused, with its place', (kind, message) => {
    const { status, stdout, stderr } = cli.run(args(kind));
    expect(status).toBe(2);
    expect(stderr + stdout).toMatch(message);
    expect(stderr + stdout).toMatch(new RegExp(`${kind}\\w+\\.jsonl?:\\d+:`));
    expect(stderr + stdout).not.toMatch(/which is a bug|\n\s+at /);
  });
});

test('a pair that is not UTF-8 does not hide the others', () => {
  const good = cli.read('pairs.jsonl');
  cli.write({
    'mixed.jsonl': Buffer.concat([Buffer.from(good), Buffer.from('{"id": "caf\xe9"}\n', 'latin1'), Buffer.from(`\n${good}`)]),
  });
  const { status, stdout } = cli.run('compare --pairs mixed.jsonl');
  expect([status, stdout.trim().split('\n').map((line) => JSON.parse(line))]).toEqual([2, [
    { line: 1, verdict: 'narrows' },
    { line: 2, error: 'mixed.jsonl:2: it is not UTF-8' },
    { line: 4, verdict: 'narrows' },
  ]]);
});
