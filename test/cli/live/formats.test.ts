import type { Log } from 'sarif';
import { ACCOUNT, AccountState, allow, answersOf, roleArn } from './account';
import { AwsError } from './aws-server';
import { besideAws } from './beside-aws';
import { AUDIT_RULES } from '../../../cli/report/audit-rules';
import { textReport } from '../../../cli/report/text';
import { ALL_RULES } from '../../../lib/rules/run-rules';
import { sarifErrors } from '../sarif-schema';
import { association } from '../templates';

const STATE: AccountState = {
  cluster: 'prod',
  associations: [
    { id: 'a-1', serviceAccount: 'app', role: 'pods', policy: allow(['s3:GetObject', 's3:PutObject']) },
    { id: 'a-2', serviceAccount: 'gone', role: 'gone' },
    { id: 'a-3', serviceAccount: 'clean', role: 'pods', policy: allow('s3:GetObject') },
  ],
  roles: { pods: { inline: { access: allow(['s3:GetObject', 's3:List*'], '*') } } },
};
const { cli, server, env } = besideAws(answersOf(STATE));
beforeAll(() => cli.write({
  'in/a.json': {
    Resources: { Pods: association('s3:GetObject', { RoleArn: roleArn('pods'), ServiceAccount: 'later' }) },
  },
}));

async function run(format: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await cli.start(['audit', '--cluster', 'prod', '--format', format, ...args], env);
  expect(stderr).toBe('');
  return stdout;
}

const ARN = `arn:aws:eks:eu-west-1:${ACCOUNT}:podidentityassociation/prod/a-1`;

test('JSON has associations with their ids, and templates with their files', async () => {
  const report = JSON.parse(await run('json', '--against', 'in'));
  expect(report).toMatchObject({
    version: 1, audit: { cluster: 'prod', account: ACCOUNT, region: 'eu-west-1', notRead: [] },
  });
  expect(Object.keys(report.audit)).toEqual(['cluster', 'account', 'region', 'notRead']);
  expect(report.associations.map(
    ({ findings, ...rest }: { findings: unknown[] }) => ({ ...rest, findings: findings.length }),
  )).toEqual([
    {
      path: 'default/app',
      cluster: 'prod',
      namespace: 'default',
      serviceAccount: 'app',
      associationId: 'a-1',
      associationArn: ARN,
      roleArn: roleArn('pods'),
      findings: 2,
    },
    expect.objectContaining({ path: 'default/clean', associationId: 'a-3' }),
    expect.objectContaining({ path: 'default/gone', associationId: 'a-2', roleArn: roleArn('gone') }),
    {
      path: 'Pods',
      stack: 'in/a.json',
      logicalId: 'Pods',
      file: 'in/a.json',
      cluster: 'prod',
      namespace: 'default',
      serviceAccount: 'later',
      findings: 1,
    },
  ]);
});

describe('SARIF', () => {
  const log = async (...args: string[]): Promise<Log> => JSON.parse(await run('sarif', ...args));

  test('is valid by the schema of OASIS', async () => {
    expect(sarifErrors(await log('--against', 'in'))).toEqual([]);
  });

  test('names the association if there is no file', async () => {
    const { rules } = (await log('--against', 'in')).runs[0].tool.driver;
    expect(rules!.map(({ name }) => name)).toEqual([...ALL_RULES, ...AUDIT_RULES].map(({ id }) => id));
    const results = (await log('--against', 'in')).runs[0].results!;
    const [exceeds] = results.filter(({ ruleId }) => ruleId === 'PodIdentity::SessionPolicyExceedsRole');
    expect(exceeds.locations).toEqual([
      { logicalLocations: [{ name: 'default/app', fullyQualifiedName: ARN, kind: 'resource' }] },
    ]);
    const [missing] = results.filter(({ ruleId }) => ruleId === 'PodIdentity::MissingAssociation');
    expect(missing.locations![0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'in/a.json' }, region: { startLine: 3 },
    });
    results.forEach(({ ruleId, ruleIndex }) => expect(`PodIdentity::${rules![ruleIndex!].name}`).toBe(ruleId));
  });

  test('has the rules of drift with --against only', async () => {
    const names = (await log()).runs[0].tool.driver.rules!.map(({ name }) => name);
    expect(names).toEqual([...ALL_RULES.map(({ id }) => id), 'RoleNotFound']);
  });

  test('has fingerprints that outlive an association', async () => {
    const prints = async () => (await log()).runs[0].results!.map(
      ({ partialFingerprints }) => partialFingerprints!['podIdentityFinding/v1'],
    );
    const before = await prints();
    server.account = answersOf({
      ...STATE, associations: STATE.associations.map((one) => ({ ...one, id: `${one.id}9` })),
    });
    expect(await prints()).toEqual(before);
    server.account = answersOf(STATE);
    expect(new Set(before).size).toBe(before.length);
  });
});

test('JUnit has a suite for the cluster, and one for each file with what is missing', async () => {
  const xml = await run('junit', '--against', 'in');
  expect([...xml.matchAll(/<testsuite name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
    'cluster prod', 'in/a.json',
  ]);
  expect(xml).toContain('<testcase classname="cluster prod" name="default/app: narrowing">');
  expect(xml).toContain('<failure message="MissingAssociation" type="PodIdentity::MissingAssociation">');
  expect(await run('junit')).not.toContain(': drift"');
});

test('text keeps to 80 columns, but for what has no blank', async () => {
  const lines = (await run('text', '--against', 'in')).split('\n');
  expect(lines.filter((line) => line.length > 80 && line.trim().includes(' '))).toEqual([]);
  expect(lines).toEqual(expect.arrayContaining([
    'cluster prod', '  default/app  a-1', 'in/a.json', '  Pods', '    error  MissingAssociation  in/a.json:3',
  ]));
  expect(lines.slice(-2)).toEqual(['3 associations in cluster prod, against 1 template: 6 errors', '']);
});

test('what could not be read is in every format, or on standard error', async () => {
  server.account = answersOf(STATE, { GetRole: () => new AwsError('AccessDenied', 'User: x is not authorized', 403) });
  const sentence = `The credentials are not authorized to perform iam:GetRole on role ${roleArn('pods')}. AWS says: AccessDenied: User: x is not authorized.`;
  for (const format of ['json', 'sarif', 'junit']) {
    const { status, stderr, stdout } = await cli.start(['audit', '--cluster', 'prod', '--format', format], env);
    expect([status, stderr.split('\n')[1]]).toEqual([2, expect.stringContaining(`not read: ${sentence}`)]);
    if (format === 'json') { expect(JSON.parse(stdout).audit.notRead[1]).toContain(sentence); }
    if (format === 'sarif') {
      expect(JSON.parse(stdout).runs[0].invocations).toEqual([{
        executionSuccessful: false,
        toolExecutionNotifications: Array(2).fill({
          level: 'warning', message: { text: expect.stringContaining('iam:GetRole') },
        }),
      }]);
    }
  }
  server.account = answersOf(STATE);
});

test('colors do not get in the way of what could not be read', () => {
  const audit = { cluster: 'prod', region: 'eu-west-1', rules: [], notRead: ['One\u001b[2J sentence.'] };
  const text = textReport({ templates: 0, associations: [], audit }, { colors: true, width: 80 });
  expect(text)
    .toBe('\u001b[33mnot read\u001b[39m  One\\u001b[2J sentence.\n\n0 associations in cluster prod: no findings\n');
});

test('--output writes a file and says so', async () => {
  expect(await run('json', '-o', 'audit.json')).toBe('3 associations in cluster prod: 2 errors (audit.json)\n');
  expect(JSON.parse(cli.read('audit.json')).summary).toEqual({
    templates: 0, associations: 3, errors: 2, warnings: 0, acknowledged: 0,
  });
});
