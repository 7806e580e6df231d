import { AccountState, ACCOUNT, allow, answersOf } from './account';
import { Account, AwsError } from './aws-server';
import { AWS_ENV, besideAws } from './beside-aws';
import { association, role } from '../templates';

/** `diff` between what a cluster has and templates. */

jest.setTimeout(60_000);

const { cli, server, env: beside } = besideAws();

const STATE: AccountState = {
  cluster: 'prod',
  associations: [{
    id: 'a-1', serviceAccount: 'app', role: 'pods', policy: allow('s3:GetObject'), disableSessionTags: true,
  }],
  roles: { pods: { inline: { access: allow(['s3:GetObject', 's3:PutObject']) } } },
};

const ARN = `arn:aws:iam::${ACCOUNT}:role/pods`;
const imported = (action: string) => ({ Resources: { Pods: association(action, { RoleArn: ARN }) } });
const defining = (action: string) => ({
  Resources: {
    Role: role(action, { RoleName: 'pods' }),
    Pods: association(action, { Policy: undefined }),
  },
});

async function diff(template: object, account: Account, args = ['deployed', 'a.json']) {
  cli.write({ 'a.json': template });
  server.account = account;
  const { status, stdout, stderr } = await cli.start(
    ['diff', ...args, '--cluster', 'prod', '--account', ACCOUNT, '--format', 'json'],
    { ...AWS_ENV, AWS_ENDPOINT_URL: beside.AWS_ENDPOINT_URL! },
  );
  return { status, stderr, json: status === 2 && stdout === '' ? undefined : JSON.parse(stdout) };
}

test.each([
  ['the same', imported('s3:GetObject'), 0, 'unchanged', []],
  ['a session policy that is wider', imported('s3:*'), 1, 'broadened', ['session policy']],
  ['a session policy that allows another action', imported('s3:DeleteObject'), 0, 'narrowed', []],
  ['a role that the template defines with more', defining('s3:*'), 1, 'broadened', [expect.any(String)]],
] as const)('%s', async (_, template, status, verdict, causes) => {
  const { json, ...ran } = await diff(template, answersOf(STATE));
  expect(json.verdict).toBe(verdict);
  expect(ran.status).toBe(status);
  const [{ gained, base }] = json.serviceAccounts;
  expect(gained.map(({ cause }: { cause: string }) => cause)).toEqual(causes);
  expect(base).toMatchObject({ path: 'default/app', file: '' });
});

test('in the other direction', async () => {
  const { status, json } = await diff(imported('s3:*'), answersOf(STATE), ['a.json', 'deployed']);
  expect([status, json.verdict]).toEqual([0, 'narrowed']);
});

test('an association that cannot be read is an error, and not a gain or a loss', async () => {
  const denied = () => new AwsError('AccessDeniedException', 'no', 403);
  const { status, json, stderr } = await diff(
    imported('s3:GetObject'), answersOf(STATE, { DescribePodIdentityAssociation: denied }),
  );
  expect([status, json]).toEqual([2, undefined]);
  expect(stderr).toContain('eks:DescribePodIdentityAssociation');
});

test('a role that cannot be read is undetermined, and exits with 2', async () => {
  const { status, json, stderr } = await diff(
    imported('s3:*'), answersOf(STATE, { GetRole: () => new AwsError('AccessDenied', 'no', 403) }),
  );
  expect([status, json.verdict]).toEqual([2, 'undetermined']);
  expect(json.notRead).toEqual([expect.stringContaining('iam:GetRole')]);
  expect(stderr).toMatch(/^not read: /m);
});
