import { execFile } from 'child_process';
import { AccountState, allow, answersOf } from './account';
import { AwsError } from './aws-server';
import { besideAws } from './beside-aws';
import { dangersIn, HOSTILE } from '../hostile-text';

/** What an account contains and answers is safe to show, and the exit code tells the truth about disks and pipes. */

const LEGAL = HOSTILE.replace(/[^\t\n\r\u0020-\u00ff]/g, '');
const STATE: AccountState = {
  cluster: 'prod',
  associations: [
    { id: 'a-1', serviceAccount: LEGAL, namespace: LEGAL, role: 'pods', policy: allow('s3:*', `arn:aws:s3:::data/${LEGAL}`) },
  ],
  roles: { pods: { inline: { access: allow('s3:GetObject', `arn:aws:s3:::data/${LEGAL}`) } } },
};
const { cli, server, env } = besideAws(answersOf(STATE));

/** Runs a line of the shell, in which `$CLI` is the command, while the server answers. */
async function shell(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: cli.folder, env: { PATH: process.env.PATH, CLI: `${process.execPath} ${cli.binary}`, ...env } };
    execFile('bash', ['--norc', '-c', line], options, (e, stdout) => (e ? reject(e) : resolve(stdout)));
  });
}

const RUNS: ReadonlyArray<[string, number]> = [
  ...['text', 'json', 'sarif', 'junit'].map((format): [string, number] => [`audit --cluster prod --format ${format}`, 1]),
  ['snapshot --role pods', 0],
];

test.each(RUNS)('%s shows nothing raw', async (args, status) => {
  const ran = await cli.start(args.split(' '), env);
  expect([ran.status, dangersIn(ran.stdout), dangersIn(ran.stderr)]).toEqual([status, [], []]);
  if (/snapshot|json|sarif/.test(args)) { expect(JSON.stringify(JSON.parse(ran.stdout))).toContain('\u009b'); }
});

test.each(RUNS)('%s to a full disk', async (args) => {
  expect(await shell(`$CLI ${args} 2>&1 >/dev/full; echo "exit $?"`)).toBe(
    'Standard output could not be written: no space is left (ENOSPC)\nexit 2\n',
  );
});

test.each(RUNS)('%s to a reader that closed the pipe', async (args, status) => {
  expect(await shell(`{ $CLI ${args} 2>err; echo "exit $?" >code; } | true; cat code err`)).toBe(`exit ${status}\n`);
});

test.each(['audit --cluster prod', 'snapshot --role pods'])('%s shows an error of AWS as one line', async (args) => {
  const said = new AwsError('AccessDenied', HOSTILE.replace(/[<&]|[^\n\r\t\u0020-\uffff]/gu, ''), 403);
  server.account = answersOf(STATE, { GetRole: () => said });
  const { status, stdout, stderr } = await cli.start(args.split(' '), env);
  server.account = answersOf(STATE);
  expect([status, dangersIn(stdout), dangersIn(stderr)]).toEqual([2, [], []]);
  expect(`${stdout}${stderr}`.replace(/\s+/g, ' ')).toContain('\\u202egnp.exe');
});

test('audit does not replace what it reads', async () => {
  const template = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
  cli.write({ 'in/a.json': template });
  const { status, stderr } = await cli.start('audit --cluster prod --against in -o in/a.json'.split(' '), env);
  expect([status, stderr]).toEqual([2, '--output in/a.json: it cannot be written: the command reads that file\n']);
  expect(JSON.parse(cli.read('in/a.json'))).toEqual(template);
});

test.each(['audit --cluster prod', 'snapshot --role pods'])('%s asks nothing if it could not write', async (args) => {
  const before = server.seen.length;
  const { status, stderr } = await cli.start([...args.split(' '), '-o', 'no/out.json'], env);
  expect([status, stderr, server.seen.length]).toEqual([
    2, '--output no/out.json: it cannot be written: there is no such folder (ENOENT)\n', before,
  ]);
});
