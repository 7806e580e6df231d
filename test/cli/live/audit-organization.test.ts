/** `audit` counts the policies of the organization that are given as files. */
import { AccountState, allow, answersOf } from './account';
import { AWS_ENV, besideAws } from './beside-aws';
import { deny, document } from '../../make';

const { cli, server, env: beside } = besideAws();

const STATE: AccountState = {
  cluster: 'prod',
  associations: [{ id: 'a-1', serviceAccount: 'app', role: 'pods', policy: allow(['s3:GetObject', 's3:PutObject']) }],
  roles: { pods: { inline: { access: allow('s3:*') } } },
};

function audit(args: readonly string[]) {
  server.account = answersOf(STATE);
  server.seen.length = 0;
  cli.write({
    'scp.json': document({ ...deny('s3:PutObject'), Sid: 'ReadOnly' }),
    'others.json': document(
      deny('s3:PutObject', '*', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/pods' } }),
    ),
    'wrong.json': '{',
  });
  return cli.start(['audit', '--cluster', 'prod', ...args], { ...AWS_ENV, AWS_ENDPOINT_URL: beside.AWS_ENDPOINT_URL! });
}

test('what the organization denies is found, with the statement', async () => {
  const { status, stdout } = await audit(['--scp', 'scp.json']);
  expect([status, stdout]).toEqual([1, expect.stringContaining('DeniedByOrganizationPolicy')]);
  expect(stdout.replace(/\s+/g, ' ')).toContain("statement 0 (Sid 'ReadOnly') of SCP scp.json denies it");
});

test('a role that is exempt, and no organization', async () => {
  expect((await audit(['--scp', 'others.json'])).status).toBe(0);
  expect((await audit([])).status).toBe(0);
});

test('a mistake ends it before the first call to AWS', async () => {
  const { status, stderr } = await audit(['--scp', 'wrong.json']);
  expect([status, stderr, server.seen]).toEqual([2, expect.stringContaining('--scp wrong.json:1:2: not JSON'), []]);
});
