import { execFileSync } from 'child_process';
import { DOMParser, Element } from '@xmldom/xmldom';
import { dangersIn, HOSTILE, HOSTILE_NAME } from './hostile-text';
import { Cli } from './run';
import { sarifErrors } from './sarif-schema';
import { association, role } from './templates';

/** All that the command prints is safe for terminals and pipelines, and its formats stay parsable, whatever the input contains. */

/** What policies may contain of it. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const LEGAL = HOSTILE.replace(/[^\t\n\r\u0020-\u00ff]/g, '');
const STATEMENT = { Sid: 'S', Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::data/${LEGAL}` };
const SESSION = { Version: '2012-10-17', Statement: [STATEMENT, { ...STATEMENT, Sid: 'T', Action: 's3:Get*' }] };
const ROLE = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'S', Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::data/${LEGAL}` },
    { Effect: 'Deny', Action: 's3:PutObject', Resource: '*', Condition: { StringNotEquals: { [`aws:${LEGAL}`]: LEGAL } } },
  ],
};
const TEMPLATE = {
  Resources: {
    Role: role('s3:GetObject', { Policies: [{ PolicyName: HOSTILE, PolicyDocument: { ...ROLE, Id: HOSTILE } }] }),
    Pods: association('s3:*', {
      Namespace: HOSTILE, ServiceAccount: HOSTILE, ClusterName: HOSTILE, Policy: JSON.stringify(SESSION),
    }, { Metadata: { 'aws:cdk:path': `Stack/${HOSTILE}/Resource` } }),
    [HOSTILE]: association('s3:*', { ServiceAccount: `b ${HOSTILE}` }),
    Nested: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: './x.json' },
      Metadata: { 'aws:asset:path': '\ud800\u202e' },
    },
  },
};

const REQUEST = ['s3:PutObject', `arn:aws:s3:::data/${HOSTILE}`];
const FILES = ['--session', HOSTILE_NAME, '--role', `role ${HOSTILE_NAME}`];
const CHECKED = [`template ${HOSTILE_NAME}`, `broken ${HOSTILE_NAME}`, `missing ${HOSTILE_NAME}`];

/** What each command does with it, and its exit code. */
const RUNS: ReadonlyArray<[string, string[], number]> = [
  ...['text', 'json', 'sarif', 'junit', 'html'].map((format): [string, string[], number] => (
    [`check as ${format}`, ['check', ...CHECKED, '--format', format], 2])),
  ['check without anything broken', ['check', `alone ${HOSTILE_NAME}`], 1],
  ['check of a broken file alone', ['check', `broken ${HOSTILE_NAME}`], 2],
  ['report', ['report', ...CHECKED], 2],
  ['report to a file', ['report', CHECKED[0], '-o', `out ${HOSTILE_NAME}`], 2],
  ['compare', ['compare', ...FILES], 1],
  ['compare as JSON', ['compare', ...FILES, '--effective', '--format', 'json'], 1],
  ['compare with --effective', ['compare', ...FILES, '--effective'], 1],
  ['compare with a missing file', ['compare', '--session', `missing ${HOSTILE_NAME}`, '--role', 'r'], 2],
  ['compare with a policy that AWS rejects', ['compare', '--session', 'rejected', '--role', 'rejected'], 2],
  ['compare --pairs', ['compare', '--pairs', 'pairs'], 2],
  ['explain', ['explain', ...REQUEST, ...FILES, '--context', `aws:${HOSTILE}=${HOSTILE}`], 1],
  ['explain as JSON', ['explain', ...REQUEST, ...FILES, '--format', 'json'], 1],
  ['explain with templates', ['explain', ...REQUEST, '--association', HOSTILE, ...CHECKED.slice(0, 2)], 2],
  ['explain for an unknown association', ['explain', ...REQUEST, '--association', 'no', CHECKED[0]], 2],
  ['audit of a cluster that cannot be', ['audit', '--cluster', HOSTILE], 2],
  ['audit against a missing file', ['audit', '--cluster', 'prod', '--against', `missing ${HOSTILE_NAME}`], 2],
  ['snapshot of a role that cannot be', ['snapshot', '--role', HOSTILE], 2],
  ['an unknown command', [HOSTILE], 2],
  ['an unknown option', ['check', `--${HOSTILE}`], 2],
  ['an argument that a choice does not have', ['check', '--format', HOSTILE], 2],
  ['an odd account', ['check', '--account', HOSTILE], 2],
  ['an odd severity', ['check', '--severity', HOSTILE], 2],
];

jest.setTimeout(30_000); // each runs the command, on machines that may be busy

let cli: Cli;
beforeAll(() => {
  const alone: { Resources: object } = { Resources: { ...TEMPLATE.Resources, Nested: undefined } };
  cli = new Cli({
    [HOSTILE_NAME]: SESSION,
    [`role ${HOSTILE_NAME}`]: ROLE,
    [`template ${HOSTILE_NAME}`]: TEMPLATE,
    [`alone ${HOSTILE_NAME}`]: alone,
    [`broken ${HOSTILE_NAME}`]: `{ "Resources": { "${HOSTILE.replace(/"/g, '')}": [ }`,
    rejected: { Version: HOSTILE, Statement: [{ Effect: HOSTILE, Action: HOSTILE, [HOSTILE]: 1, Resource: '*' }] },
    pairs: [
      { id: HOSTILE, session: SESSION, role: ROLE }, { id: HOSTILE, session: SESSION, role: HOSTILE }, { [HOSTILE]: 1 },
    ].map((pair) => `${JSON.stringify(pair)}\n`).join(''),
  });
});
afterAll(() => cli.remove());

test.each(RUNS)('%s', (_, args, status) => {
  const ran = cli.run(args);
  expect([ran.status, dangersIn(ran.stdout), dangersIn(ran.stderr)]).toEqual([status, [], []]);
  expect(ran.stderr).not.toContain('which is a bug');
  expect(`${ran.stdout}${ran.stderr}`).toMatch(/\\u|cannot be|is no|is written/); // it is shown
});

test.each(RUNS.filter(([, args]) => args.includes('json') || args.includes('sarif') || args.includes('--pairs')))(
  '%s is JSON with the values of the input', (_, args) => {
    const { stdout } = cli.run(args);
    const texts = args.includes('--pairs') ? stdout.trimEnd().split('\n') : [stdout];
    const strings: string[] = [];
    texts.forEach((text) => JSON.parse(text, (key, value: unknown) => {
      strings.push(key, String(value));
      return value;
    }));
    expect(strings.some((text) => text.includes(LEGAL))).toBe(true);
  });

test('SARIF is valid by the schema of OASIS', () => {
  expect(sarifErrors(JSON.parse(cli.run(['check', ...CHECKED, '--format', 'sarif']).stdout))).toEqual([]);
});

test('JUnit is XML with the same tests, whatever their names', () => {
  const errors: string[] = [];
  const { stdout } = cli.run(['check', ...CHECKED, '--format', 'junit']);
  const parser = new DOMParser({ onError: (level, message) => errors.push(`${level}: ${message}`) });
  const document = parser.parseFromString(stdout, 'text/xml');
  expect(errors).toEqual([]);
  const elements = [...document.getElementsByTagName('*')] as Element[];
  expect([...new Set(elements.map(({ tagName }) => tagName))].sort()).toEqual(
    ['error', 'failure', 'system-out', 'testcase', 'testsuite', 'testsuites'],
  );
  const suites = document.getElementsByTagName('testsuite');
  const names = [...suites].map((suite) => suite.getAttribute('name'));
  expect(names[0]).toBe(names[0]!.replace(/[^\u0020-\u007e]/g, ''));
  expect(names[0]).toContain(']]>\\u0023#vso[x]');
  for (const suite of suites) {
    const tests = suite.getElementsByTagName('testcase');
    expect(suite.getAttribute('tests')).toBe(String(tests.length));
    expect(suite.getAttribute('failures')).toBe(String(suite.getElementsByTagName('failure').length));
    expect(suite.getAttribute('errors')).toBe(String(suite.getElementsByTagName('error').length));
  }
});

test('what is copied from text is the policy that was read', () => {
  const { stdout } = cli.run(['compare', ...FILES]);
  const [line] = stdout.split('\n').filter((one) => one.startsWith('    {'));
  expect(JSON.parse(line)).toEqual(STATEMENT);
});

test.each(RUNS.filter(([name]) => /^(check without|compare$|explain$|an unknown option)/.test(name)))(
  'on a terminal, %s writes no control but colors', (name, args) => {
    const quoted = [process.execPath, cli.binary, ...args].map((arg) => `'${arg.replace(/'/g, '\'\\\'\'')}'`).join(' ');
    cli.write({ 'run.sh': `stty cols 80\n${quoted}\ntrue\n` });
    const written = execFileSync('script', ['-qec', 'bash run.sh', '/dev/null'], {
      cwd: cli.folder, encoding: 'utf-8', env: { PATH: process.env.PATH, TERM: 'xterm' },
    });
    expect(dangersIn(written, true)).toEqual([]);
    expect(/\u001b\[3[123]m/.test(written)).toBe(name !== 'an unknown option');
  });
