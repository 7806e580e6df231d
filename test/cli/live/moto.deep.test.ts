import {
  AttachRolePolicyCommand, CreatePolicyCommand, CreatePolicyVersionCommand, CreateRoleCommand, DeleteRoleCommand,
  IAMClient, PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { allow, answersOf, TRUST } from './account';
import { AwsServer } from './aws-server';
import { Moto, MOTO_ACCOUNT as ACCOUNT, MOTO_KEYS, motoPath, WITHOUT_MOTO } from './moto';
import { Cli } from '../run';

const KEYS = { ...MOTO_KEYS, AWS_REGION: 'eu-west-1' };
const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:${name}`;

if (motoPath() === undefined) { process.stderr.write(`${WITHOUT_MOTO}\n`); }

(motoPath() === undefined ? describe.skip : describe)("IAM of moto's server", () => {
  let cli: Cli;
  const moto = new Moto();
  let env: NodeJS.ProcessEnv;
  let iam: IAMClient;

  beforeAll(async () => {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // of the client of this test
    cli = new Cli();
    const endpoint = await moto.start();
    env = { ...KEYS, AWS_ENDPOINT_URL_IAM: endpoint };
    iam = new IAMClient({ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
    const policy = (name: string, document: object) => (
      iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: JSON.stringify(document) })));
    await policy('limit', allow('*', '*'));
    await policy('team', allow('sqs:*', '*'));
    const newer = JSON.stringify(allow('sqs:SendMessage', '*'));
    await iam.send(new CreatePolicyVersionCommand({
      PolicyArn: arn('policy/team'), PolicyDocument: newer, SetAsDefault: true,
    }));
    await iam.send(new CreateRoleCommand({
      RoleName: 'pods',
      Path: '/teams/',
      AssumeRolePolicyDocument: JSON.stringify(TRUST),
      PermissionsBoundary: arn('policy/limit'),
    }));
    await iam.send(new PutRolePolicyCommand({
      RoleName: 'pods', PolicyName: 'b', PolicyDocument: JSON.stringify(allow('s3:PutObject')),
    }));
    await iam.send(new PutRolePolicyCommand({
      RoleName: 'pods', PolicyName: 'a', PolicyDocument: JSON.stringify(allow('dynamodb:GetItem', '*')),
    }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'pods', PolicyArn: arn('policy/team') }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'pods', PolicyArn: READ_ONLY }));
    await iam.send(new CreateRoleCommand({ RoleName: 'bare', AssumeRolePolicyDocument: JSON.stringify(TRUST) }));
  }, 60_000);
  afterAll(async () => {
    iam?.destroy();
    await moto.stop();
    cli.remove();
  });

  test('snapshot reads all of a role, of the default versions', async () => {
    const result = await cli.start(['snapshot', '--role', 'pods', '--role', arn('role/bare')], env);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    const { roles, managedPolicies } = JSON.parse(result.stdout);
    expect(roles).toEqual({
      [arn('role/bare')]: { trustPolicy: TRUST },
      [arn('role/teams/pods')]: {
        trustPolicy: TRUST,
        inlinePolicies: { a: allow('dynamodb:GetItem', '*'), b: allow('s3:PutObject') },
        managedPolicies: [arn('policy/team'), READ_ONLY],
        permissionsBoundary: arn('policy/limit'),
      },
    });
    expect(managedPolicies).toMatchObject({
      [arn('policy/limit')]: allow('*', '*'), [arn('policy/team')]: allow('sqs:SendMessage', '*'),
    });
  });

  test('a role that is not there', async () => {
    const result = await cli.start(['snapshot', '--role', 'nobody'], env);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toMatch(/^There is no role nobody: iam:GetRole answers NoSuchEntityException: .+\n$/);
  });

  test('audit checks 25 roles and their associations', async () => {
    const names = Array.from({ length: 25 }, (_, i) => `role-${String(i).padStart(2, '0')}`);
    for (const name of names) {
      await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(TRUST) }));
      const document = JSON.stringify(allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::${name}/*`));
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'access', PolicyDocument: document }));
    }
    await iam.send(new CreateRoleCommand({ RoleName: 'gone', AssumeRolePolicyDocument: JSON.stringify(TRUST) }));
    await iam.send(new DeleteRoleCommand({ RoleName: 'gone' }));
    const eks = new AwsServer(answersOf({
      id: ACCOUNT,
      cluster: 'prod',
      page: 10,
      associations: [...names, 'gone'].map((name) => ({
        id: `a-${name}`,
        serviceAccount: name,
        role: arn(`role/${name}`),
        policy: allow(
          name === 'role-07' ? ['s3:GetObject', 's3:DeleteObject'] : 's3:GetObject', `arn:aws:s3:::${name}/*`,
        ),
      })),
      roles: {},
    }));
    const result = await cli.start(
      ['audit', '--cluster', 'prod', '--format', 'json'], { ...env, AWS_ENDPOINT_URL_EKS: await eks.start() },
    );
    await eks.stop();
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(eks.violations).toEqual([]);
    const { associations, audit } = JSON.parse(result.stdout) as {
      associations: Array<{ path: string; findings: Array<{ rule: string }> }>; audit: object;
    };
    expect(audit).toEqual({ cluster: 'prod', account: ACCOUNT, region: 'eu-west-1', notRead: [] });
    expect(associations).toHaveLength(26);
    expect(associations.flatMap(({ path, findings }) => findings.map(({ rule }) => `${path} ${rule}`))).toEqual([
      'default/gone RoleNotFound', 'default/role-07 SessionPolicyExceedsRole',
    ]);
  }, 60_000);
});
