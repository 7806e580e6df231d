/** What the commands do, as they are published, when AWS or what gets the credentials does not answer as it should. */
import { AccountState, allow, answersOf, roleArn } from './account';
import { AwsError, AwsServer, Raw } from './aws-server';
import { besideAws } from './beside-aws';
import { CREDENTIALS, QUICK, SLOW, with_ } from './hostile';
import { association } from '../templates';

const { cli, server, env } = besideAws();

const STATE: AccountState = {
  cluster: 'prod',
  page: 2,
  associations: ['a', 'b', 'c', 'd'].map((name) => (
    { id: `a-${name}`, serviceAccount: name, role: `pods-${name}`, policy: allow('s3:DeleteObject') })),
  roles: Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`pods-${name}`, { inline: { access: allow('s3:GetObject') } }])),
};
const usual = answersOf(STATE);

async function timed(args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const start = performance.now();
  const result = await cli.start(args, {
    ...env, AWS_EC2_METADATA_DISABLED: 'true', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent', ...more,
  });
  return { ...result, seconds: (performance.now() - start) / 1000 };
}

test('a silent server', async () => {
  server.account = with_(usual, 'ListPodIdentityAssociations', SLOW.silence);
  const result = await timed(['audit', '--cluster', 'prod', '--request-timeout', '0.3'], { AWS_MAX_ATTEMPTS: '2' });
  expect(result).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'eks:ListPodIdentityAssociations on cluster prod was not answered in time (--request-timeout), after 2 attempts. '
      + 'Check --endpoint-url, --region, and the network.\n',
  });
  expect(result.seconds).toBeLessThan(10);
});

test('a proxy that is not used', async () => {
  server.account = with_(usual, 'ListPodIdentityAssociations', SLOW.silence);
  const result = await timed(
    ['audit', '--cluster', 'prod', '--request-timeout', '0.3'], { AWS_MAX_ATTEMPTS: '1', HTTPS_PROXY: 'http://user:pass@proxy' });
  expect(result.stderr).toMatch(/ HTTPS_PROXY is set, but this command uses no proxy\.\n$/);
});

test('the time for the whole run, and its delays between attempts', async () => {
  server.account = with_(usual, 'GetRole', QUICK['throttling that does not end']);
  const result = await timed(['audit', '--cluster', 'prod', '--timeout', '3']);
  expect(result.status).toBe(2);
  expect(result.stdout.replace(/\s+/g, ' ')).toMatch(
    /not read The time for the whole run, 3 s \(--timeout\), ended before iam:GetRole on role .* was answered\..* 4 associations in cluster prod: /);
  expect(result.seconds).toBeLessThan(10);
});

test('the same for a snapshot', async () => {
  server.account = with_(usual, 'ListRolePolicies', SLOW['a body that drips']);
  cli.write({ 'kept.json': 'as it was' });
  const result = await timed(['snapshot', '--role', 'pods-a', '--timeout', '2', '-o', 'kept.json']);
  expect(result).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'The time for the whole run, 2 s (--timeout), ended before iam:ListRolePolicies on role pods-a was answered.\n',
  });
  expect(cli.read('kept.json')).toBe('as it was');
  expect(result.seconds).toBeLessThan(10);
});

test('a process for credentials that hangs', async () => {
  server.account = usual;
  cli.write({ config: '[profile hangs]\ncredential_process = exec sleep 60\n' });
  const result = await timed(['audit', '--cluster', 'prod', '--profile', 'hangs', '--timeout', '1.5'], {
    AWS_CONFIG_FILE: `${cli.folder}/config`, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined,
  });
  expect(result).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^No credentials were found within 1\.5 s\. Their source does not answer: a process \(credential_process\), /),
  });
  expect(result.seconds).toBeLessThan(10);
});

test('an echo of the request shows no credentials, wherever they are from', async () => {
  cli.write({
    credentials: `[there]\naws_access_key_id = ${CREDENTIALS.accessKeyId}\naws_secret_access_key = ${CREDENTIALS.secretAccessKey}\n`
      + `aws_session_token = ${CREDENTIALS.sessionToken}\n`,
  });
  const inFile = ['--profile', 'there'];
  const ofFile = { AWS_SHARED_CREDENTIALS_FILE: `${cli.folder}/credentials`, AWS_ACCESS_KEY_ID: undefined };
  const ofEnv = {
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
  };
  const bare = new Raw((response, { request }) => {
    response.writeHead(400);
    response.end(JSON.stringify({ message: `What is ${String(request.headers['x-amz-security-token'])}?` }));
  });
  for (const account of [
    with_(usual, 'ListPodIdentityAssociations', QUICK['the request, as an error']),
    with_(usual, 'DescribePodIdentityAssociation', QUICK['the request, as an answer']),
    with_(usual, 'GetRole', QUICK['the request, as an error in XML']),
    { ...usual, ListPodIdentityAssociations: () => bare },
  ]) {
    server.account = account;
    for (const [args, variables] of [[inFile, ofFile], [[], ofEnv]] as const) {
      const { status, stdout, stderr } = await timed(
        ['audit', '--cluster', 'prod', '--format', 'json', ...args], variables);
      expect(status).toBe(2);
      const shown = JSON.stringify([stdout, stderr]);
      Object.values(CREDENTIALS).forEach((secret) => expect(shown).not.toContain(secret.slice(0, 20)));
      expect(shown).not.toMatch(/Signature=[0-9a-f]/);
    }
  }
});

describe('what was not read is not missing', () => {
  const template = {
    Resources: Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, association('s3:DeleteObject', {
      ServiceAccount: name, Namespace: 'default', RoleArn: roleArn(`pods-${name}`),
    })])),
  };
  const drift = async () => {
    cli.write({ 'a.json': template });
    const result = await timed(
      ['audit', '--cluster', 'prod', '--against', 'a.json', '--format', 'json'], { AWS_MAX_ATTEMPTS: '1' });
    const { associations, audit: { notRead } } = JSON.parse(result.stdout) as {
      associations: Array<{ path: string; findings: Array<{ rule: string }> }>; audit: { notRead: string[] };
    };
    const found = associations.flatMap(({ path, findings }) => findings.map(({ rule }) => `${path} ${rule}`));
    return { ...result, notRead, found: found.filter((one) => /Association|Drift/.test(one)) };
  };

  test('an association that could not be read', async () => {
    server.account = {
      ...usual,
      DescribePodIdentityAssociation: (input) => (input.associationId === 'a-c'
        ? new AwsError('ServerException', 'Sorry', 500) : usual.DescribePodIdentityAssociation(input)),
    };
    const { status, notRead, found } = await drift();
    expect(status).toBe(2);
    expect(notRead).toEqual([
      'eks:DescribePodIdentityAssociation on association a-c of cluster prod failed: ServerException: Sorry.',
    ]);
    expect(found).toEqual(['e MissingAssociation']);
  });

  test('a list that could not be read to its end', async () => {
    server.account = {
      ...usual,
      ListPodIdentityAssociations: (input) => (input.nextToken
        ? new AwsError('ServerException', 'Sorry', 500) : usual.ListPodIdentityAssociations(input)),
    };
    const { status, notRead, found } = await drift();
    expect(status).toBe(2);
    expect(notRead).toEqual(['The list of associations is not complete. '
      + 'eks:ListPodIdentityAssociations on cluster prod failed: ServerException: Sorry.']);
    expect(found).toEqual(['c DriftUndetermined', 'd DriftUndetermined', 'e DriftUndetermined']);
  });
});

test('after some failures in a row, the others are not tried', async () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ id: `a-${i}`, serviceAccount: `s-${i}`, role: `pods-${i}` }));
  const account = answersOf({
    ...STATE, page: 100, associations: many, roles: Object.fromEntries(many.map(({ role }) => [role, {}])),
  });
  let asked = 0;
  server.account = {
    ...account,
    GetRole: (input) => (++asked > 10 ? new AwsError('ServerException', 'Sorry', 500) : account.GetRole(input)),
  };
  const result = await timed(['audit', '--cluster', 'prod', '--format', 'json'], { AWS_MAX_ATTEMPTS: '1' });
  expect(result.status).toBe(2);
  const { audit: { notRead } } = JSON.parse(result.stdout) as { audit: { notRead: string[] } };
  expect(notRead[notRead.length - 1]).toMatch(
    /^iam:GetRole on role \S+ failed: ServerException: Sorry\. After that, \d\d roles were not tried: (arn:\S+, ){10}and \d\d others\.$/);
  expect(asked).toBeLessThan(30);
});

test.each<[NodeJS.ProcessEnv, string]>([
  [{ AWS_ENDPOINT_URL: 'localhost:4566' }, 'AWS_ENDPOINT_URL localhost:4566: not a URL, such as http://localhost:4566\n'],
  [{ AWS_ENDPOINT_URL_EKS: 'ftp://user:pass@x' },
    'AWS_ENDPOINT_URL_EKS ftp://[redacted]@x: not a URL, such as http://localhost:4566\n'],
  [{ AWS_ENDPOINT_URL_IAM: 'http://[::1' }, 'AWS_ENDPOINT_URL_IAM http://[::1: not a URL, such as http://localhost:4566\n'],
  [{ AWS_REGION: 'x@evil.example/' }, 'AWS_REGION x@evil.example/: not the name of a region, such as eu-west-1\n'],
  [{ AWS_DEFAULT_REGION: '../x' }, 'AWS_DEFAULT_REGION ../x: not the name of a region, such as eu-west-1\n'],
])('a setting of the environment that is none: %j', async (variables, stderr) => {
  server.seen.length = 0;
  expect(await timed(['audit', '--cluster', 'prod'], variables)).toMatchObject({ status: 2, stdout: '', stderr });
  expect(server.seen).toEqual([]);
});

test.each(['0', '-1', 'x', '1e3', '', '86401', 'Infinity'])('no number of seconds: %j', async (seconds) => {
  for (const option of ['--timeout', '--request-timeout']) {
    for (const command of [['audit', '--cluster', 'prod'], ['snapshot', '--role', 'pods']]) {
      const result = await timed([...command, `${option}=${seconds}`]);
      expect(result).toMatchObject({ status: 2, stdout: '' });
      expect(result.stderr).toBe(`${option} ${seconds}: not a number of seconds from 1 to 86400, such as 60\n`);
    }
  }
});

test('a redirect is not followed', async () => {
  const other = new AwsServer({});
  const url = await other.start();
  server.account = {
    ...usual,
    ListPodIdentityAssociations: () => new Raw((response) => {
      response.writeHead(301, { location: `${url}/clusters/prod/pod-identity-associations` });
      response.end();
    }),
  };
  const result = await timed(['audit', '--cluster', 'prod']);
  await other.stop();
  expect(result.status).toBe(2);
  expect(result.stderr).toBe('eks:ListPodIdentityAssociations on cluster prod: AWS\'s answer cannot be used, because '
    + `it is a redirect (HTTP 301) to ${url}/clusters/prod/pod-identity-associations, which AWS does not send.\n`);
  expect(other.seen).toEqual([]);
  expect(other.violations).toEqual([]);
});
