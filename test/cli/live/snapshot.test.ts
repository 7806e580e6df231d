import { ACCOUNT, AccountState, allow, answersOf, policyArn, roleArn, TRUST } from './account';
import { AwsError, Input } from './aws-server';
import { besideAws } from './beside-aws';
import { managedPolicy } from '../../../lib/reference/managed-policy';
import { readSnapshot } from '../../../lib/role-permissions/snapshot';
import { association } from '../templates';

const { cli, server, env } = besideAws();

const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess';
const STATE: AccountState = {
  cluster: 'none',
  page: 1,
  associations: [],
  roles: {
    pods: {
      path: '/teams/',
      inline: { b: allow('s3:PutObject'), a: allow('s3:GetObject') },
      attached: ['team', READ_ONLY],
      boundary: 'limit',
    },
    bare: {},
  },
  policies: { team: allow('sqs:SendMessage', '*'), limit: allow('*', '*'), [READ_ONLY]: managedPolicy(READ_ONLY)! },
};

const snapshot = (...args: string[]) => cli.start(
  ['snapshot', ...args], { ...env, AWS_REGION: undefined, AWS_EC2_METADATA_DISABLED: 'true' },
);

test('writes all that roles have, sorted, without dates', async () => {
  server.account = answersOf(STATE);
  const result = await snapshot('--role', 'pods', '--role', roleArn('bare'));
  expect(result).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(result.stdout)).toEqual({
    version: 1,
    roles: {
      [roleArn('bare')]: { trustPolicy: TRUST },
      [roleArn('pods', '/teams/')]: {
        trustPolicy: TRUST,
        inlinePolicies: { a: allow('s3:GetObject'), b: allow('s3:PutObject') },
        managedPolicies: [policyArn('team'), READ_ONLY],
        permissionsBoundary: policyArn('limit'),
      },
    },
    managedPolicies: { [policyArn('limit')]: allow('*', '*'), [policyArn('team')]: allow('sqs:SendMessage', '*') },
  });
  expect(Object.keys(JSON.parse(result.stdout).roles)).toEqual([roleArn('bare'), roleArn('pods', '/teams/')]);
  expect(result.stdout).toMatch(/"a": \{[^]*"b": \{[^]*\n$/);
  expect(result.stdout).not.toMatch(/2023|Date/);
  expect(readSnapshot(result.stdout, 'roles.json').length).toBe(4);
});

test('writes the same whatever the order', async () => {
  server.account = answersOf(STATE);
  const first = await snapshot('--role', 'pods', '--role', 'bare');
  server.account = answersOf({
    ...STATE,
    page: 50,
    roles: {
      bare: {},
      pods: {
        ...STATE.roles.pods,
        attached: [READ_ONLY, 'team'],
        inline: { a: allow('s3:GetObject'), b: allow('s3:PutObject') },
      },
    },
  });
  expect(await snapshot('--role', 'bare', '--role', 'pods', '--role', 'bare')).toEqual(first);
});

test("has the documents of AWS's own policies that this library does not have", async () => {
  const changed = allow('sqs:*', '*');
  server.account = answersOf({ ...STATE, policies: { ...STATE.policies, [READ_ONLY]: changed } });
  expect(JSON.parse((await snapshot('--role', 'pods')).stdout).managedPolicies[READ_ONLY]).toEqual(changed);
});

test('is what check reads', async () => {
  server.account = answersOf(STATE);
  expect(await snapshot('--role', 'pods', '-o', 'roles.json')).toEqual({
    status: 0, stdout: '1 role (roles.json)\n', stderr: '',
  });
  const on = (action: string) => ({
    Resources: { Pods: association(action, { RoleArn: roleArn('pods', '/teams/') }) },
  });
  cli.write({ 'inside.json': on('s3:GetObject'), 'outside.json': on('s3:DeleteObject') });
  const check = (file: string) => cli.run(['check', file, '--roles', 'roles.json', '--account', ACCOUNT]);
  expect(check('inside.json')).toMatchObject({ status: 0, stdout: '1 association in 1 template: no findings\n' });
  expect(check('outside.json')).toMatchObject({ status: 1, stdout: expect.stringContaining('NoEffectivePermissions') });
});

test.each<[string, string[], object, string]>([
  ['nothing to read', [], {}, '--role and --resource are missing. Give at least one of them, such as --role team-pods.\n'],
  ['a name that is none', ['--role', 'a b'], {}, '--role a b: not the name or the ARN of a role, such as team-pods'],
  ['an ARN of something else',
    ['--role', 'arn:aws:iam::111122223333:user/x'], {}, 'not the name or the ARN of a role, such as team-pods'],
  ['a role that is not there',
    ['--role', 'pods', '--role', 'nobody'], {},
    'There is no role nobody: iam:GetRole answers NoSuchEntityException: The role with name nobody cannot be found.\n'],
  ['a role of another account',
    ['--role', 'arn:aws:iam::444455556666:role/pods'], {},
    `There is no role arn:aws:iam::444455556666:role/pods: the role with its name is ${roleArn('pods', '/teams/')}`],
  ['a role that may not be read',
    ['--role', 'pods'],
    { ListAttachedRolePolicies: () => new AwsError('AccessDenied', 'User: x is not authorized', 403) },
    'The credentials are not authorized to perform iam:ListAttachedRolePolicies on role pods. AWS says: AccessDenied: User: x is not authorized.'],
  ['a policy that may not be read',
    ['--role', 'pods'], { GetPolicy: () => new AwsError('AccessDenied', 'no', 403) },
    `The credentials are not authorized to perform iam:GetPolicy on managed policy ${policyArn('team')}.`],
  ['a policy that IAM would not take', ['--role', 'pods'], {
    GetRolePolicy: ({ RoleName, PolicyName }: Input) => ({
      RoleName, PolicyName, PolicyDocument: '%7B%22Statement%22%3A%20%5B%7B%7D%5D%7D',
    }),
  }, "The snapshot: roles['arn:aws:iam::111122223333:role/teams/pods'].inlinePolicies['a']: not a policy that IAM would accept"],
])('writes nothing if there is %s', async (_, args, others, message) => {
  server.account = answersOf(STATE, others as never);
  cli.write({ 'kept.json': 'as it was' });
  const result = await snapshot(...args, '-o', 'kept.json');
  expect(result).toMatchObject({ status: 2, stdout: '' });
  expect(result.stderr).toContain(message);
  expect(cli.read('kept.json')).toBe('as it was');
});

test('says where it cannot write', async () => {
  server.account = answersOf(STATE);
  expect(await snapshot('--role', 'bare', '-o', 'no/such/file.json')).toEqual({
    status: 2, stdout: '', stderr: '--output no/such/file.json: it cannot be written: there is no such folder (ENOENT)\n',
  });
});
