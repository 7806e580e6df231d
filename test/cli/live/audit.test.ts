import { ACCOUNT, AccountState, allow, answersOf, firstThen, roleArn } from './account';
import { Account, AwsError, AwsServer } from './aws-server';
import { AWS_ENV, besideAws } from './beside-aws';

const { cli, server, env: beside } = besideAws();
const url = () => beside.AWS_ENDPOINT_URL!;


function audit(account: Account, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  server.account = account;
  server.seen.length = 0;
  return cli.start(['audit', '--cluster', 'prod', ...args], { ...AWS_ENV, AWS_ENDPOINT_URL: url(), ...env });
}

/** A role that may read objects, and an association that is inside of it. */
const CLEAN: AccountState = {
  cluster: 'prod',
  associations: [{ id: 'a-1', serviceAccount: 'app', role: 'pods', policy: allow('s3:GetObject') }],
  roles: { pods: { inline: { access: allow(['s3:GetObject', 's3:PutObject']) } } },
};

const OTHER = 'arn:aws:iam::444455556666:role/far';
const ASSUMING = allow(['sts:AssumeRole', 'sts:TagSession'], OTHER);

test.each<[string, Partial<AccountState>, number, string[]]>([
  ['a clean cluster', {}, 0, ['1 association in cluster prod: no findings\n']],
  ['a cluster without associations', { associations: [] }, 0, ['0 associations in cluster prod: no findings\n']],
  ['a session policy that exceeds an inline policy', {
    associations: [
      { id: 'a-1', serviceAccount: 'app', role: 'pods', policy: allow(['s3:GetObject', 's3:DeleteObject']) },
    ],
  }, 1, [
    'cluster prod\n  default/app  a-1\n    error  SessionPolicyExceedsRole  Policy\n',
    '{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*"}.\n',
  ]],
  ['a session policy inside an attached customer managed policy',
    { roles: { pods: { attached: ['team'] } }, policies: { team: allow('s3:*') } }, 0, ['no findings']],
  ['a session policy inside an AWS managed policy', {
    roles: { pods: { attached: ['arn:aws:iam::aws:policy/New'] } },
    policies: { 'arn:aws:iam::aws:policy/New': allow('s3:*') },
  }, 0, ['no findings']],
  ['an AWS managed policy as it is in the account, not as it was', {
    roles: { pods: { attached: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] } },
    policies: { 'arn:aws:iam::aws:policy/AmazonS3FullAccess': allow('sqs:*', '*') },
  }, 1, ['NoEffectivePermissions']],
  ['a permissions boundary', {
    roles: { pods: { inline: { access: allow('s3:*') }, boundary: 'limit' } },
    policies: { limit: allow('s3:PutObject') },
  }, 1, ['NoEffectivePermissions']],
  ['a trust policy without sts:TagSession', {
    roles: {
      pods: {
        inline: { access: allow(['s3:GetObject', 's3:PutObject']) },
        trust: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
  }, 1, ['RoleTrustPolicy']],
  ['a role under a path',
    { roles: { pods: { path: '/teams/a/', inline: { access: allow(['s3:GetObject', 's3:PutObject']) } } } }, 0,
    ['no findings']],
  ['a role that was deleted before',
    { roles: {} }, 1, ['RoleNotFound', 'does not', '1 association in cluster prod: 1 error\n']],
  ['a role that was made again under another path', {
    associations: [{ id: 'a-1', role: roleArn('pods', '/old/'), policy: allow('s3:GetObject') }],
  }, 1, ['RoleNotFound']],
  ['a target role of another account', {
    associations: [
      { id: 'a-1', serviceAccount: 'app', role: 'pods', targetRole: OTHER, policy: allow('s3:GetObject') },
    ],
    roles: { pods: { inline: { assume: ASSUMING } } },
  }, 0, ['NarrowingUndetermined', 'account 444455556666', '1 association in cluster prod: 1 warning\n']],
  ['a target role of the same account', {
    associations: [{ id: 'a-1', role: 'pods', targetRole: 'target', policy: allow('s3:GetObject') }],
    roles: {
      pods: { inline: { assume: allow(['sts:AssumeRole', 'sts:TagSession'], roleArn('target')) } },
      target: { inline: { access: allow('s3:PutObject') } },
    },
  }, 1, ['NoEffectivePermissions', 'TargetRoleTrustPolicy']],
  ['an association without a session policy beside one that has one', {
    associations: [...CLEAN.associations, { id: 'a-2', serviceAccount: 'other', role: 'pods' }],
  }, 0, ['UnscopedAssociation']],
])('%s', async (_, state, status, texts) => {
  const result = await audit(answersOf({ ...CLEAN, ...state }));
  expect(result).toMatchObject({ status, stderr: '' });
  texts.forEach((text) => expect(result.stdout).toContain(text));
});

test('a target role of another account with a snapshot', async () => {
  const snapshot = (action: string) => ({
    version: 1,
    roles: { [OTHER]: { inlinePolicies: { access: allow(action) } }, [roleArn('pods')]: { inlinePolicies: {} } },
  });
  const state = {
    ...CLEAN,
    associations: [{ id: 'a-1', role: 'pods', targetRole: OTHER, policy: allow('s3:GetObject') }],
    roles: { pods: { inline: { assume: ASSUMING } } },
  };
  cli.write({ 'inside.json': snapshot('s3:Get*'), 'outside.json': snapshot('s3:PutObject') });
  expect(await audit(answersOf(state), ['--roles', 'inside.json'])).toMatchObject({
    status: 0, stdout: expect.stringMatching(/: no findings\n$/),
  });
  expect(await audit(answersOf(state), ['--roles', 'outside.json'])).toMatchObject({
    status: 1, stdout: expect.stringContaining('NoEffectivePermissions'),
  });
});

test('all pages are read, of all lists', async () => {
  const names = [...'abcdefg'];
  const state: AccountState = {
    cluster: 'prod',
    page: 2,
    associations: names.map((name) => ({
      id: `a-${name}`, serviceAccount: name, role: 'pods', policy: allow(['s3:GetObject'], `arn:aws:s3:::${name}/*`),
    })),
    roles: {
      pods: {
        inline: Object.fromEntries(names.slice(0, 3).map((name) => [name, allow('s3:*', `arn:aws:s3:::${name}/*`)])),
        attached: names.slice(3),
      },
    },
    policies: Object.fromEntries(names.slice(3).map((name) => [name, allow('s3:*', `arn:aws:s3:::${name}/*`)])),
  };
  expect(await audit(answersOf(state))).toMatchObject({
    status: 0, stdout: '7 associations in cluster prod: no findings\n', stderr: '',
  });
  const count = (operation: string) => server.seen.filter((seen) => seen.operation === operation).length;
  expect([
    count('ListPodIdentityAssociations'),
    count('ListRolePolicies'),
    count('ListAttachedRolePolicies'),
    count('GetRole'),
  ]).toEqual([4, 2, 2, 1]);
});

test('pages that do not end are an error', async () => {
  const result = await audit(answersOf(CLEAN, {
    ListPodIdentityAssociations: () => ({ associations: [], nextToken: 'again' }),
  }));
  expect(result).toEqual({
    status: 2,
    stdout: '',
    stderr: 'eks:ListPodIdentityAssociations on cluster prod failed: its pages do not end; the token of one came twice.\n',
  });
});

test('a few calls are made at a time', async () => {
  const slow = new AwsServer(answersOf({
    ...CLEAN,
    associations: Array.from({ length: 40 }, (_, i) => ({ id: `a-${i}`, role: `pods-${i}` })),
    roles: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`pods-${i}`, {}])),
  }), 10);
  const result = await cli.start(['audit', '--cluster', 'prod', '--endpoint-url', await slow.start()], AWS_ENV);
  await slow.stop();
  expect(result).toMatchObject({ status: 0, stdout: '40 associations in cluster prod: no findings\n' });
  expect(slow.mostAtATime).toBeGreaterThan(2);
  expect(slow.mostAtATime).toBeLessThanOrEqual(8);
});

const usual = answersOf(CLEAN);
const throttled = new AwsError('ThrottlingException', 'Rate exceeded', 429);
const throttledByIam = new AwsError('Throttling', 'Rate exceeded', 400);
const denied = (action: string) => new AwsError(
  'AccessDenied', `User: arn:aws:iam::${ACCOUNT}:user/ci is not authorized to perform: ${action}`, 403,
);
const noEntity = new AwsError('NoSuchEntity', 'It cannot be found.', 404);

test.each<[string, Account]>([
  ['of a list', { ListPodIdentityAssociations: firstThen([throttled, throttled], usual.ListPodIdentityAssociations) }],
  ['of an association',
    { DescribePodIdentityAssociation: firstThen([throttled, throttled], usual.DescribePodIdentityAssociation) }],
  ['of a role', { GetRole: firstThen([throttledByIam, throttledByIam], usual.GetRole) }],
])('throttling that ends, %s', async (_, others) => {
  expect(await audit({ ...usual, ...others })).toEqual({
    status: 0, stdout: '1 association in cluster prod: no findings\n', stderr: '',
  });
});

test.each<[string, Account, NodeJS.ProcessEnv, RegExp]>([
  ['throttling of EKS that does not end', { ListPodIdentityAssociations: () => throttled }, { AWS_MAX_ATTEMPTS: '2' },
    /^AWS throttled eks:ListPodIdentityAssociations on cluster prod 2 times: ThrottlingException: Rate exceeded\. .*AWS_MAX_ATTEMPTS to a larger number\.\n$/],
  ['no permission to list',
    { ListPodIdentityAssociations: () => new AwsError('AccessDeniedException', 'User: x is not authorized', 403) }, {},
    /^The credentials are not authorized to perform eks:ListPodIdentityAssociations on cluster prod\.\s[^]*: User: x is not authorized\. See https:\S+cli-audit\.md#permissions for the/],
  ['no permission to describe',
    { DescribePodIdentityAssociation: () => new AwsError('AccessDeniedException', 'no', 403) }, {},
    /^The credentials are not authorized to perform eks:DescribePodIdentityAssociation on association a-1 of cluster prod\./],
  ['credentials that have expired, of EKS',
    {
      ListPodIdentityAssociations: () => new AwsError(
        'ExpiredTokenException', 'The security token included in the request is expired', 403,
      ),
    },
    {},
    /^The credentials have expired\. AWS says: ExpiredTokenException: /],
  ['credentials that AWS does not know',
    {
      ListPodIdentityAssociations: () => new AwsError(
        'UnrecognizedClientException', 'The security token included in the request is invalid.', 403,
      ),
    },
    {},
    /^AWS rejects the credentials: UnrecognizedClientException: The security token included in the request is invalid\.\n$/],
  ['no credentials',
    {}, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    /^There are no credentials \(.*\)\. Give --profile, set AWS_PROFILE, or/],
  ['no region', {}, { AWS_REGION: '' }, /^There is no region\. Give --region, set AWS_REGION,/],
  ['an endpoint that nobody listens at',
    {}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' },
    /^AWS could not be reached for eks:ListPodIdentityAssociations: connect ECONNREFUSED/],
  ['an unknown cluster', answersOf({ ...CLEAN, cluster: 'other' }), {},
    /^There is no cluster prod: eks:ListPodIdentityAssociations answers ResourceNotFoundException: No cluster found for name: prod\.\n$/],
  ['an error of AWS',
    { ListPodIdentityAssociations: () => new AwsError('ServerException', 'Sorry', 500) }, { AWS_MAX_ATTEMPTS: '1' },
    /^eks:ListPodIdentityAssociations on cluster prod failed: ServerException: Sorry\.\n$/],
  ['an association that lacks what it must have',
    { DescribePodIdentityAssociation: () => ({ association: { associationId: 'a-1' } }) }, {},
    /^eks:DescribePodIdentityAssociation on association a-1 of cluster prod: AWS's answer cannot be used, because it has no clusterName\.\n$/],
  ['a clock that is wrong',
    {
      ListPodIdentityAssociations: () => new AwsError(
        'InvalidSignatureException',
        'Signature expired: 20200101T000000Z is now earlier than 20260101T000000Z (20260101T000500Z - 5 min.)', 403,
      ),
    },
    { AWS_MAX_ATTEMPTS: '1' },
    /^AWS rejects the time of the request: InvalidSignatureException: Signature expired: 2020.* Set the clock of this computer\.\n$/],
])('%s: one sentence, and nothing is reported', async (_, others, env, sentence) => {
  const result = await audit({ ...usual, ...others }, [], env);
  expect(result).toMatchObject({ status: 2, stdout: '' });
  expect(result.stderr).toMatch(sentence);
  expect(result.stderr.split('\n')).toHaveLength(2);
});

/** Two roles; something happens to one of them. */
const TWO: AccountState = {
  cluster: 'prod',
  associations: [
    ...CLEAN.associations, { id: 'a-2', serviceAccount: 'second', role: 'second', policy: allow('s3:DeleteObject') },
  ],
  roles: { ...CLEAN.roles, second: { inline: { access: allow('s3:DeleteObject') }, attached: ['team'] } },
  policies: { team: allow('s3:*') },
};
const two = answersOf(TWO);

test.each<[string, Account, number, string[]]>([
  ['a role that is deleted midway is a finding', {
    GetRole: (() => {
      let asked = 0;
      return (input) => (input.RoleName === 'second' && ++asked > 1 ? noEntity : two.GetRole(input));
    })(),
    ListRolePolicies: (input) => (input.RoleName === 'second' ? noEntity : two.ListRolePolicies(input)),
  }, 1, ['default/second  a-2\n    error  RoleNotFound  RoleArn\n', '2 associations in cluster prod: 1 error\n']],
  ['an inline policy that is deleted midway is read around',
    { GetRolePolicy: firstThen([noEntity], two.GetRolePolicy) }, 0, ['2 associations in cluster prod: no findings\n']],
  ['a role that changes all the time is said',
    { GetRolePolicy: (input) => (input.RoleName === 'second' ? noEntity : two.GetRolePolicy(input)) }, 2,
    [`The role ${roleArn('second')} changed each time while it was read`, 'NarrowingUndetermined']],
  ['a managed policy that is deleted midway is said',
    { GetPolicy: () => noEntity }, 2, ['not read  There is no managed policy arn:aws:iam::111122223333:policy/team:']],
  ['a role that may not be read is said, with the action',
    { GetRole: (input) => (input.RoleName === 'second' ? denied('iam:GetRole') : two.GetRole(input)) }, 2,
    [
      `not read  The credentials are not authorized to perform iam:GetRole on role ${roleArn('second')}.`,
      'default/second  a-2\n    warning  NarrowingUndetermined  Policy\n',
    ]],
  ['policies that may not be read are said',
    { GetPolicyVersion: () => denied('iam:GetPolicyVersion') }, 2,
    ['The credentials are not authorized to perform iam:GetPolicyVersion on managed policy']],
  ['a document that is none is said',
    { GetRolePolicy: (input) => ({ ...two.GetRolePolicy(input), PolicyDocument: '%7Bnot json' }) }, 2,
    ["iam:GetRolePolicy on inline policy 'access' of role", 'because its PolicyDocument is not a policy document: ']],
  ['throttling of IAM that does not end is said',
    { GetRole: (input) => (input.RoleName === 'second' ? throttledByIam : two.GetRole(input)) }, 2,
    ['not read  AWS throttled iam:GetRole on role arn:aws:iam::111122223333:role/second 2 times: Throttling: Rate exceeded.']],
  ['credentials that expire midway are said', {
    ListRolePolicies: (input) => (input.RoleName === 'second'
      ? new AwsError('ExpiredToken', 'The security token included in the request is expired', 403)
      : two.ListRolePolicies(input)),
  }, 2, ['not read  The credentials have expired. AWS says: ExpiredToken: ']],
  ['an association that may not be read is said', {
    DescribePodIdentityAssociation: (input) => (input.associationId === 'a-2'
      ? denied('eks:DescribePodIdentityAssociation')
      : two.DescribePodIdentityAssociation(input)),
  }, 2, [
    'not read  The credentials are not authorized to perform eks:DescribePodIdentityAssociation on association a-2 of cluster prod.',
    '1 association in cluster prod: no findings\n',
  ]],
  ['an association that is deleted midway is said', {
    DescribePodIdentityAssociation: (input) => (input.associationId === 'a-2'
      ? new AwsError('ResourceNotFoundException', 'gone', 404)
      : two.DescribePodIdentityAssociation(input)),
  }, 0, [
    'not read  Association a-2 was deleted while the cluster was read.\n\n1 association in cluster prod: no findings\n',
  ]],
])('%s, and the others go on', async (_, others, status, texts) => {
  const result = await audit({ ...two, ...others }, [], { AWS_MAX_ATTEMPTS: '2' });
  const flat = result.stdout.replace(/\n {2,6}(?=\S)/g, '\n').replace(/(?<=\w|\.|,|:|')\n(?=\S)/g, ' ');
  expect(result).toMatchObject({ status, stderr: '' });
  texts.forEach((text) => expect(result.stdout.includes(text) ? text : flat).toContain(text));
});

describe('hostile input', () => {
  test('a policy that looks like a dynamic reference is literal', async () => {
    const policy = allow('s3:GetObject', 'arn:aws:s3:::data/{{resolve:ssm:x}}');
    const result = await audit(answersOf({ ...CLEAN, associations: [{ id: 'a-1', role: 'pods', policy }] }));
    expect(result).toMatchObject({ status: 0, stdout: '1 association in cluster prod: no findings\n' });
  });

  test.each([
    ['no JSON', '{"Version":'],
    ['a number', '7'],
    ['nested deeply', '['.repeat(100_000)],
    ['a __proto__', '{"__proto__":{"Statement":[]},"Version":"2012-10-17","Statement":[]}'],
  ])('a session policy that is %s', async (_, policy) => {
    const result = await audit(answersOf({ ...CLEAN, associations: [{ id: 'a-1', role: 'pods', policy }] }));
    expect(result).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('InvalidSessionPolicy') });
  });

  test('names cannot move the cursor', async () => {
    const associations = [{
      id: 'a-\u001b[2J',
      namespace: 'x\u001b]0;title\u0007',
      serviceAccount: '\u009b31m\nerror',
      role: 'pods',
      policy: allow('s3:*'),
    }];
    const answers = answersOf({ ...CLEAN, associations });
    const result = await audit({
      ...answers,
      DescribePodIdentityAssociation: () => answers.DescribePodIdentityAssociation({
        clusterName: 'prod', associationId: associations[0].id,
      }),
    });
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(result.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test('errors cannot either', async () => {
    const result = await audit({
      ...usual,
      ListPodIdentityAssociations: () => new AwsError('AccessDeniedException', 'no\u001b[2J\nfake: all is well', 403),
    });
    expect(result.status).toBe(2);
    expect(result.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(result.stderr.split('\n')).toHaveLength(2);
  });
});

describe('credentials, region and endpoint are found as the AWS CLI finds them', () => {
  const files = () => cli.write({
    config: `[profile there]\nregion = eu-north-1\nendpoint_url = ${url()}\n[default]\nregion = eu-south-1\n`,
    credentials: '[there]\naws_access_key_id = AKIATHERE\naws_secret_access_key = s\n[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n',
  });
  const FILES = () => ({
    AWS_CONFIG_FILE: `${cli.folder}/config`, AWS_SHARED_CREDENTIALS_FILE: `${cli.folder}/credentials`,
  });

  test.each<[string, string[], () => NodeJS.ProcessEnv, string]>([
    ['keys in the environment', [], () => ({}), 'AKIAEXAMPLE/eu-west-1'],
    ['--region', ['--region', 'ap-southeast-2'], () => ({}), 'AKIAEXAMPLE/ap-southeast-2'],
    ['AWS_DEFAULT_REGION', [], () => ({ AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-2' }), 'AKIAEXAMPLE/us-west-2'],
    ['--profile before keys in the environment', ['--profile', 'there'], FILES, 'AKIATHERE/eu-west-1'],
    ['the region of the profile',
      ['--profile', 'there'], () => ({ ...FILES(), AWS_REGION: '' }), 'AKIATHERE/eu-north-1'],
    ['the endpoint of the profile',
      ['--profile', 'there'], () => ({ ...FILES(), AWS_ENDPOINT_URL: '' }), 'AKIATHERE/eu-west-1'],
    ['AWS_PROFILE after keys in the environment',
      [], () => ({ ...FILES(), AWS_PROFILE: 'there' }), 'AKIAEXAMPLE/eu-west-1'],
    ['AWS_PROFILE',
      [], () => ({ ...FILES(), AWS_PROFILE: 'there', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }),
      'AKIATHERE/eu-west-1'],
    ['the default profile',
      [], () => ({ ...FILES(), AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_REGION: '' }),
      'AKIADEFAULT/eu-south-1'],
    ['an endpoint of each service',
      [], () => ({ AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_EKS: url(), AWS_ENDPOINT_URL_IAM: url() }),
      'AKIAEXAMPLE/eu-west-1'],
    ['--endpoint-url',
      ['--endpoint-url', 'URL'], () => ({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }), 'AKIAEXAMPLE/eu-west-1'],
  ])('%s', async (_, args, env, credential) => {
    files();
    const result = await audit(usual, args.map((arg) => (arg === 'URL' ? url() : arg)), env());
    expect(result).toEqual({ status: 0, stdout: '1 association in cluster prod: no findings\n', stderr: '' });
    const [key, region] = credential.split('/');
    const signed = server.seen.map(
      ({ authorization }) => /Credential=(\w+)\/\d+\/([\w-]+)\/(\w+)\//.exec(authorization)!.slice(1),
    );
    expect(signed.filter(([, , service]) => service === 'eks').map(([own, at]) => [own, at])).toEqual([
      [key, region], [key, region],
    ]);
    expect(new Set(signed.map(([own]) => own))).toEqual(new Set([key]));
    expect(signed.some(([, , service]) => service === 'iam')).toBe(true);
  });
});

test.each<[string, string[], string]>([
  ['no cluster', ['audit'], "required option '--cluster <name>' not specified"],
  ['a cluster that is not a name', ['audit', '--cluster', '../x'], '--cluster ../x: not the name of a cluster'],
  ['an endpoint that is not a URL',
    ['audit', '--cluster', 'prod', '--endpoint-url', 'localhost:1'], '--endpoint-url localhost:1: not a URL'],
  ['a region that is none',
    ['audit', '--cluster', 'prod', '--region', 'a/b'], '--region a/b: not the name of a region, such as eu-west-1'],
  ['an unknown rule',
    ['audit', '--cluster', 'prod', '--severity', 'Nope=off'], '--severity Nope=off: there is no rule Nope'],
  ['templates that are not there',
    ['audit', '--cluster', 'prod', '--against', 'nowhere.json'], 'nowhere.json: there is no such file or folder'],
  ['a snapshot that is not there',
    ['audit', '--cluster', 'prod', '--roles', 'nowhere.json'], '--roles nowhere.json: there is no such file or folder'],
  ['an unknown flag', ['audit', '--cluster', 'prod', '--delete'], "unknown option '--delete'"],
])('wrong use: %s', async (_, args, message) => {
  server.seen.length = 0;
  const result = await cli.start(args, { ...AWS_ENV, AWS_ENDPOINT_URL: url() });
  expect(result).toMatchObject({ status: 2, stdout: '' });
  expect(result.stderr).toContain(message);
  expect(server.seen).toEqual([]);
});
