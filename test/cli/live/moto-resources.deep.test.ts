/** What `snapshot --resource` reads of services that this project did not write: the formats of their answers are moto's. */
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Moto, MOTO_ACCOUNT as ACCOUNT, MOTO_KEYS, motoPath, WITHOUT_MOTO } from './moto';
import { policyOf } from './resources';
import { Cli } from '../run';

const KEYS = { ...MOTO_KEYS, AWS_REGION: 'us-east-1' };
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`;
const BARE_QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:bare`;
const BUCKET = 'arn:aws:s3:::reports.example.com';
const BARE_BUCKET = 'arn:aws:s3:::bare-reports';
const written = (arn: string) => policyOf(arn, `arn:aws:iam::${ACCOUNT}:root`);

if (motoPath() === undefined) { process.stderr.write(`${WITHOUT_MOTO}\n`); }

(motoPath() === undefined ? describe.skip : describe)("resources of moto's server", () => {
  let cli: Cli;
  const moto = new Moto();
  let env: NodeJS.ProcessEnv;
  const arns: { [name: string]: string } = {};

  beforeAll(async () => {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // of the clients of this test
    cli = new Cli();
    const endpoint = await moto.start();
    env = { ...KEYS, AWS_ENDPOINT_URL: endpoint };
    const to = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
    const s3 = new S3Client({ ...to, forcePathStyle: true });
    for (const arn of [BUCKET, BARE_BUCKET]) {
      await s3.send(new CreateBucketCommand({
        Bucket: arn.split(':')[5], CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }));
    }
    const policy = JSON.stringify(written(`${BUCKET}/*`));
    await s3.send(new PutBucketPolicyCommand({ Bucket: 'reports.example.com', Policy: policy }));
    const kms = new KMSClient(to);
    arns.key = (await kms.send(new CreateKeyCommand({ Policy: JSON.stringify(written('*')) }))).KeyMetadata!.Arn!;
    const sqs = new SQSClient(to);
    const Attributes = { Policy: JSON.stringify(written(QUEUE)) };
    await sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes }));
    await sqs.send(new CreateQueueCommand({ QueueName: 'bare' }));
    const sns = new SNSClient(to);
    arns.topic = (await sns.send(new CreateTopicCommand({ Name: 'events' }))).TopicArn!;
    arns.bareTopic = (await sns.send(new CreateTopicCommand({ Name: 'bare' }))).TopicArn!;
    await sns.send(new SetTopicAttributesCommand({
      TopicArn: arns.topic, AttributeName: 'Policy', AttributeValue: JSON.stringify(written(arns.topic)),
    }));
    const secrets = new SecretsManagerClient(to);
    arns.secret = (await secrets.send(new CreateSecretCommand({ Name: 'team/db', SecretString: 'a' }))).ARN!;
    arns.bareSecret = (await secrets.send(new CreateSecretCommand({ Name: 'bare', SecretString: 'a' }))).ARN!;
    await secrets.send(new PutResourcePolicyCommand({
      SecretId: arns.secret, ResourcePolicy: JSON.stringify(written(arns.secret)),
    }));
    [s3, kms, sqs, sns, secrets].forEach((client) => client.destroy());
  }, 60_000);
  afterAll(async () => {
    await moto.stop();
    cli.remove();
  });

  const snapshot = (...wanted: string[]) => (
    cli.start(['snapshot', ...wanted.flatMap((arn) => ['--resource', arn])], env));

  test('the policies, and which resources have none', async () => {
    const { key, topic, bareTopic, secret, bareSecret } = arns;
    const result = await snapshot(BUCKET, BARE_BUCKET, key, QUEUE, BARE_QUEUE, topic, bareTopic, secret, bareSecret);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    const { [bareTopic]: ofBareTopic, ...others } = JSON.parse(result.stdout).resources;
    expect(others).toEqual({
      [BUCKET]: { account: ACCOUNT, policy: written(`${BUCKET}/*`) },
      [BARE_BUCKET]: { account: ACCOUNT },
      [key]: { policy: written('*') },
      [QUEUE]: { policy: written(QUEUE) },
      [BARE_QUEUE]: {},
      [topic]: { policy: written(topic) },
      [secret]: { policy: written(secret) },
      [bareSecret]: {},
    });
    expect(ofBareTopic.policy.Statement[0].Condition).toEqual({ StringEquals: { 'AWS:SourceOwner': ACCOUNT } });
  }, 30_000);

  test.each([
    ['bucket arn:aws:s3:::nothing', 's3:GetBucketPolicy'],
    [`key arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, 'kms:GetKeyPolicy'],
    [`queue arn:aws:sqs:eu-west-1:${ACCOUNT}:nothing`, 'sqs:GetQueueUrl'],
    [`topic arn:aws:sns:eu-west-1:${ACCOUNT}:nothing`, 'sns:GetTopicAttributes'],
    [`secret arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:nothing-a1b2c3`, 'secretsmanager:GetResourcePolicy'],
  ])('there is no %s', async (what, action) => {
    const result = await snapshot(what.split(' ')[1]);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toMatch(new RegExp(`^There is no ${what}: ${action} answers .+\\n$`));
  }, 30_000);
});
