import { ACCOUNT, AccountState, answersOf, roleArn, TRUST } from './account';
import { AwsError } from './aws-server';
import { besideAws } from './beside-aws';
import { BUCKET, KEY, policyOf, QUEUE, resourceAnswers, RESOURCES, SECRET, TOPIC } from './resources';
import { readSnapshot } from '../../../lib/role-permissions/snapshot';
import { DOCS } from '../../../lib/util/docs';

const { cli, server, env } = besideAws();

const STATE: AccountState = { cluster: 'none', associations: [], roles: { pods: {} } };
const POLICIES = { [BUCKET]: policyOf(`${BUCKET}/*`), [KEY]: policyOf('*'), [QUEUE]: null, [TOPIC]: policyOf(TOPIC), [SECRET]: null };
const account = (others = {}) => answersOf(STATE, { ...resourceAnswers({ policies: POLICIES }), ...others });

const snapshot = (...args: string[]) => cli.start(
  ['snapshot', ...args], { ...env, AWS_REGION: undefined, AWS_EC2_METADATA_DISABLED: 'true' });
const resources = (...arns: string[]) => arns.flatMap((arn) => ['--resource', arn]);

test('writes the policies of resources, and which have none', async () => {
  server.account = account();
  const result = await snapshot(...resources(...RESOURCES));
  expect(result).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(result.stdout)).toEqual({
    version: 1,
    resources: {
      [KEY]: { policy: policyOf('*') },
      [BUCKET]: { account: ACCOUNT, policy: policyOf(`${BUCKET}/*`) },
      [SECRET]: {},
      [TOPIC]: { policy: policyOf(TOPIC) },
      [QUEUE]: {},
    },
  });
  expect(Object.keys(JSON.parse(result.stdout).resources)).toEqual([...RESOURCES].sort());
  expect(readSnapshot(result.stdout, 'a.json').map((one) => one().resource!.type).sort()).toEqual([
    'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret',
  ]);
});

test('writes the same whatever the order, with roles', async () => {
  server.account = account();
  const first = await snapshot('--role', 'pods', ...resources(BUCKET, QUEUE));
  expect(await snapshot(...resources(QUEUE, BUCKET, QUEUE), '--role', 'pods')).toEqual(first);
  expect(JSON.parse(first.stdout)).toMatchObject({
    roles: { [roleArn('pods')]: { trustPolicy: TRUST } }, resources: { [BUCKET]: {}, [QUEUE]: {} },
  });
});

test('is what check reads', async () => {
  server.account = account();
  expect(await snapshot(...resources(BUCKET), '-o', 'a.json')).toEqual({
    status: 0,
    stdout: '1 resource (a.json)\n',
    stderr: '',
  });
  expect(await snapshot(...resources(BUCKET, TOPIC), '--role', 'pods', '-o', 'b.json')).toEqual({
    status: 0, stdout: '1 role, 2 resources (b.json)\n', stderr: '',
  });
  cli.write({ 'template.json': { Resources: {} }, 'c.json': { version: 1, resources: { [BUCKET]: {} } } });
  const check = (...files: string[]) => cli.run(['check', 'template.json', ...files.flatMap((file) => ['--roles',
    file])]);
  expect(check('a.json', 'b.json')).toMatchObject({ status: 0, stderr: '' });
  expect(check('a.json', 'c.json')).toMatchObject({
    status: 2,
    stderr: `--roles: snapshot a.json and snapshot c.json declare ${BUCKET} differently. A resource has one policy and one owner, so the `
      + 'checks cannot use both. Remove the one that is wrong or out of date.\n',
  });
});

test.each<[string, string[], object, string]>([
  ['a name', resources('reports'), {}, '--resource reports: it is not the ARN of a resource whose policy can be declared. The forms are arn:aws:s3:::'],
  ['objects', resources(`${BUCKET}/a`), {},
    '--resource arn:aws:s3:::reports/a: it is the ARN of objects, which have the policy of their bucket. Give arn:aws:s3:::reports.'],
  ['a wildcard', resources('arn:aws:s3:::*'), {}, 'it has a wildcard, and a policy belongs to one resource.'],
  ['an alias', resources(`arn:aws:kms:eu-west-1:${ACCOUNT}:alias/a`), {},
    `aws kms describe-key --key-id arn:aws:kms:eu-west-1:${ACCOUNT}:alias/a --query KeyMetadata.Arn`],
  ['a resource of another service', resources(`arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/a`), {},
    'snapshot reads the policies of S3 buckets, KMS keys, SQS queues, SNS topics and Secrets Manager secrets only. Write'],
  ['a resource that is not there', resources('arn:aws:s3:::other', BUCKET), {},
    'There is no bucket arn:aws:s3:::other: s3:GetBucketPolicy answers NoSuchBucket: The specified bucket does not exist.'],
  ['a policy that may not be read', resources(BUCKET, KEY),
    { GetKeyPolicy: () => new AwsError('AccessDeniedException', 'User: x') },
    `The credentials are not authorized to perform kms:GetKeyPolicy on key ${KEY}. AWS says: AccessDeniedException: User: x. `
    + `See ${DOCS}/cli-snapshot.md#permissions for the IAM policy`],
  ['a role that is not there', ['--role', 'nobody', ...resources(BUCKET)], {}, 'There is no role nobody: '],
  ['a policy that AWS would not take', resources(KEY), {
    GetKeyPolicy: () => ({
      Policy: '{"Statement":[{}]}',
      PolicyName: 'default',
    }),
  },
  `The snapshot: resources['${KEY}'].policy: not a policy of a resource: Statement[0] has neither Principal nor NotPrincipal.`],
])('writes nothing if there is %s', async (_, args, others, message) => {
  server.account = account(others);
  cli.write({ 'kept.json': 'as it was' });
  const result = await snapshot(...args, '-o', 'kept.json');
  expect(result).toMatchObject({ status: 2, stdout: '' });
  expect(result.stderr).toContain(message);
  expect(cli.read('kept.json')).toBe('as it was');
});

test('resources that are wrong are said before anything is read', async () => {
  server.account = account();
  server.seen.length = 0;
  await snapshot('--role', 'pods', ...resources('reports'));
  expect(server.seen).toEqual([]);
});
