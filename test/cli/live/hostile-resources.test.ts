/**
 * As hostile.test.ts, for the policies of resources: "no policy" is only what AWS says with these words, and no answer
 * decides where a signed request goes. hostile-resources.deep.test.ts has all operations.
 */
import { ACCOUNT } from './account';
import { AwsError, AwsServer, Raw } from './aws-server';
import { bytesOf, SLOW, with_ } from './hostile';
import {
  asked, besideHostileServer, expectHonest, readOfResources, testInPlaceOfAnswers, withPolicies,
} from './hostile-reading';
import { BUCKET, KEY, policyOf, QUEUE, resourceAnswers, RESOURCES, SECRET, TOPIC } from './resources';
import { DOCS } from '../../../lib/util/docs';

besideHostileServer();

test('the usual answers are read whole, in the region of each ARN', async () => {
  asked();
  const { said, resources } = await readOfResources(withPolicies);
  expect(said).toEqual([]);
  expect(resources).toEqual(new Map(RESOURCES.map((arn) => [arn, {
    ...arn === BUCKET && { account: ACCOUNT }, policy: policyOf(arn === BUCKET ? `${BUCKET}/*` : arn),
  }])));
  const regions = asked().map(({ operation, authorization }) => (
    [operation, /Credential=[^/]+\/\d+\/([\w-]+)\/([\w-]+)\//.exec(authorization)!.slice(1, 3).join(' ')]));
  expect(Object.fromEntries(regions)).toEqual({
    GetCallerIdentity: 'eu-west-1 sts',
    GetBucketPolicy: 'eu-west-1 s3',
    GetKeyPolicy: 'eu-west-1 kms',
    GetQueueUrl: 'eu-central-1 sqs',
    GetQueueAttributes: 'eu-central-1 sqs',
    GetTopicAttributes: 'us-west-2 sns',
    GetResourcePolicy: 'eu-west-1 secretsmanager',
  });
});

test('no policy, where AWS says so', async () => {
  const { said, resources } = await readOfResources(
    resourceAnswers({ policies: { [BUCKET]: null, [QUEUE]: null, [SECRET]: null } }), {}, [BUCKET, QUEUE, SECRET]);
  expect(said).toEqual([]);
  expect([...resources]).toEqual([[BUCKET, { account: ACCOUNT }], [QUEUE, {}], [SECRET, {}]]);
});

test('the account is asked for once, and only for buckets', async () => {
  asked();
  await readOfResources(resourceAnswers({ policies: { [BUCKET]: null, 'arn:aws:s3:::other': null } }), {}, [BUCKET,
    'arn:aws:s3:::other']);
  expect(asked().map(({ operation }) => operation).sort()).toEqual(['GetBucketPolicy', 'GetBucketPolicy',
    'GetCallerIdentity']);
  await readOfResources(withPolicies, {}, [TOPIC]);
  expect(asked().map(({ operation }) => operation)).toEqual(['GetTopicAttributes']);
});

/** An operation of each protocol. */
testInPlaceOfAnswers(['GetBucketPolicy', 'GetQueueAttributes', 'GetTopicAttributes'], withPolicies, readOfResources);

describe('what is not "no policy"', () => {
  const s3Error = (code: string, status: number) => new AwsError(code, 'said', status);
  test.each<[string, string, string, (usual: string) => AwsError | Raw]>([
    [BUCKET, 'GetBucketPolicy', 'The credentials are not authorized to perform s3:GetBucketPolicy on bucket arn:aws:s3:::reports. AWS says: AccessDenied',
      () => s3Error('AccessDenied', 403)],
    [BUCKET, 'GetBucketPolicy', 's3:GetBucketPolicy on bucket arn:aws:s3:::reports failed: MethodNotAllowed: said.',
      () => s3Error('MethodNotAllowed', 405)],
    [BUCKET, 'GetBucketPolicy', 'failed: NoSuchBucketPolicy: said.', () => s3Error('NoSuchBucketPolicy', 403)],
    [BUCKET, 'GetBucketPolicy', 'There is no bucket arn:aws:s3:::reports: ', () => s3Error('NoSuchBucket', 404)],
    [BUCKET, 'GetBucketPolicy', 'it is empty', () => new Raw((response) => response.end(''))],
    [BUCKET, 'GetBucketPolicy', 'its Policy is not a policy document: it has no Statement',
      () => new Raw((response) => response.end('{}'))],
    [BUCKET, 'GetBucketPolicy', 'it is not an error in the format of AWS', () => new Raw((response) => {
      response.writeHead(404);
      response.end('<ErrorResponse><Error><Code>NoSuchBucketPolicy</Code></Error></ErrorResponse>');
    })],
    [BUCKET, 'GetBucketPolicy', 'it is a redirect (HTTP 301), which does not name the region of the bucket (see --region).', () => new Raw((response) => {
      response.writeHead(301, { 'x-amz-bucket-region': 'evil.example/' });
      response.end();
    })],
    [KEY, 'GetKeyPolicy', 'The credentials are not authorized to perform kms:GetKeyPolicy on key ',
      () => s3Error('AccessDeniedException', 400)],
    [KEY, 'GetKeyPolicy', 'There is no key ', () => s3Error('NotFoundException', 400)],
    [KEY, 'GetKeyPolicy', 'it has no Policy', () => new Raw((response) => response.end('{"PolicyName":"default"}'))],
    [QUEUE, 'GetQueueUrl', 'There is no queue ', () => s3Error('com.amazonaws.sqs#QueueDoesNotExist', 400)],
    [QUEUE, 'GetQueueUrl', 'The credentials are not authorized to perform sqs:GetQueueUrl on queue ',
      () => s3Error('com.amazonaws.sqs#AccessDenied', 403)],
    [QUEUE, 'GetQueueAttributes', 'The credentials are not authorized to perform sqs:GetQueueAttributes on queue ',
      () => s3Error('AccessDeniedException', 403)],
    [QUEUE, 'GetQueueAttributes', 'it has no QueueArn', () => new Raw((response) => response.end('{}'))],
    [QUEUE, 'GetQueueAttributes', `its QueueArn is ${QUEUE}2, not ${QUEUE}`, () => new Raw((response) => (
      response.end(JSON.stringify({ Attributes: { QueueArn: `${QUEUE}2` } }))))],
    [TOPIC, 'GetTopicAttributes', 'The credentials are not authorized to perform sns:GetTopicAttributes on topic ',
      () => s3Error('AuthorizationError', 403)],
    [TOPIC, 'GetTopicAttributes', 'There is no topic ', () => s3Error('NotFound', 404)],
    [TOPIC, 'GetTopicAttributes', 'it has no Policy', () => new Raw((response) => (
      response.end(bytesOf('GetTopicAttributes', { Attributes: { TopicArn: TOPIC } }))))],
    [TOPIC, 'GetTopicAttributes', 'it has no TopicArn', (text) => new Raw((response) => (
      response.end(text.replace(/<entry><key>TopicArn<\/key>[^]*?<\/entry>/, ''))))],
    [TOPIC, 'GetTopicAttributes', 'Attributes has more than one Policy', (text) => new Raw((response) => (
      response.end(text.replace('<entry>', '<entry><key>Policy</key><value>{}</value></entry><entry>'))))],
    [TOPIC, 'GetTopicAttributes', 'Attributes has a key that is not plain', (text) => new Raw((response) => (
      response.end(text.replace('<entry>', '<entry><key>P&#111;licy</key><value>{}</value></entry><entry>'))))],
    [TOPIC, 'GetTopicAttributes', 'Attributes has something other than entries', (text) => new Raw((response) => (
      response.end(text.replace('<entry>', '<member/><entry>'))))],
    [SECRET, 'GetResourcePolicy', 'There is no secret ', () => s3Error('ResourceNotFoundException', 400)],
    [SECRET, 'GetResourcePolicy', 'The credentials are not authorized to perform secretsmanager:GetResourcePolicy',
      () => s3Error('AccessDeniedException', 400)],
    [SECRET, 'GetResourcePolicy', 'it has no ARN', () => new Raw((response) => response.end('{}'))],
    [SECRET, 'GetResourcePolicy', 'its ARN is arn:aws:secretsmanager:x, not ', () => new Raw((response) => (
      response.end('{"ARN":"arn:aws:secretsmanager:x"}')))],
    [BUCKET, 'GetCallerIdentity', 'its Account is prod, which is not the id of an account',
      () => new Raw((response) => (
        response.end(bytesOf('GetCallerIdentity', { Account: 'prod' }))))],
  ])('%s: %s: %s', async (arn, operation, clause, answer) => {
    const usual = bytesOf(operation, withPolicies[operation]({
      TopicArn: TOPIC,
      KeyId: KEY,
      SecretId: SECRET,
      Bucket: 'reports',
    }));
    const { said, resources } = await readOfResources({ ...withPolicies, [operation]: () => answer(usual) }, {}, [arn]);
    expectHonest(said);
    expect(said.join('\n')).toContain(clause);
    expect(resources.size).toBe(0);
  });

  test.each<[string, unknown, string]>([
    ['deep', `{"Statement":${'['.repeat(60_000)}${']'.repeat(60_000)}}`, 'more than 100 levels'],
    ['long', 'a'.repeat(140_000), 'more than 131072 characters'],
    ['text', '"Statement"', 'it is not a JSON object'],
    ['URL-encoded', '%7B%22Statement%22%3A%5B%5D%7D', 'is not a policy document'],
  ])('a document that is %s', async (_, text, clause) => {
    const { said } = await readOfResources({
      ...withPolicies,
      GetKeyPolicy: () => ({
        Policy: text,
        PolicyName: 'default',
      }),
    }, {}, [KEY]);
    expectHonest(said);
    expect(said.join('\n')).toContain(clause);
  });

  test('a bucket of another account', async () => {
    const { said } = await readOfResources(resourceAnswers({ id: '444455556666', policies: { [BUCKET]: null } }),
      {}, [BUCKET]);
    expect(said).toEqual(['The credentials are not authorized to perform s3:GetBucketPolicy on bucket arn:aws:s3:::reports. AWS says: AccessDenied: Access Denied. '
      + `See ${DOCS}/cli-snapshot.md#permissions for the IAM policy that is needed.`]);
  });
});

describe('where requests go', () => {
  const elsewhere = (status: number, region: string) => new Raw((response) => {
    response.writeHead(status, { 'x-amz-bucket-region': region, 'location': 'http://127.0.0.1:9/' });
    response.end('<Error><Code>PermanentRedirect</Code></Error>');
  });

  test.each([301, 307, 400])('a bucket of another region: HTTP %d', async (status) => {
    asked();
    const first = [elsewhere(status, 'us-west-2')];
    const { said, resources } = await readOfResources(
      { ...withPolicies, GetBucketPolicy: (input) => first.shift() ?? withPolicies.GetBucketPolicy(input) }, {},
      [BUCKET]);
    expect(said).toEqual([]);
    expect(resources.size).toBe(1);
    const requests = asked().filter(({ operation }) => operation === 'GetBucketPolicy');
    expect(requests.map(({ authorization }) => /\/([\w-]+)\/s3\//.exec(authorization)![1])).toEqual(['eu-west-1',
      'us-west-2']);
  });

  test.each([['us-west-2', 2], ['eusc-de-east-1', 2], ['eu-west-1', 1], ['evil.example/', 1]])(
    'a signature for another region than %s', async (region, requests) => {
      asked();
      const first = [new Raw((response) => {
        response.writeHead(400);
        response.end('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AuthorizationHeaderMalformed</Code><Message>The region is '
          + `wrong</Message><Region>${region}</Region></Error>`);
      })];
      const { said } = await readOfResources(
        { ...withPolicies, GetBucketPolicy: (input) => first.shift() ?? withPolicies.GetBucketPolicy(input) },
        {}, [BUCKET]);
      expect(said).toEqual(requests === 2 ? [] : [
        's3:GetBucketPolicy on bucket arn:aws:s3:::reports failed: AuthorizationHeaderMalformed: The region is wrong.',
      ]);
      expect(asked().filter(({ operation }) => operation === 'GetBucketPolicy')).toHaveLength(requests);
    });

  test('a bucket that is always elsewhere', async () => {
    asked();
    const regions = ['us-west-2', 'us-east-1', 'us-west-1'];
    const { said } = await readOfResources(
      { ...withPolicies, GetBucketPolicy: () => elsewhere(301, regions.shift() ?? 'eu-west-3') }, {}, [BUCKET]);
    expect(said).toEqual(["s3:GetBucketPolicy on bucket arn:aws:s3:::reports: AWS's answer cannot be used, because it says that the bucket is "
      + 'in region us-east-1 each time.']);
    expect(asked().filter(({ operation }) => operation === 'GetBucketPolicy')).toHaveLength(2);
  });

  test('an error of the region that was asked is that error', async () => {
    const { said } = await readOfResources({
      ...withPolicies,
      GetBucketPolicy: () => new Raw((response) => {
        response.writeHead(400, { 'x-amz-bucket-region': 'eu-west-1' });
        response.end('<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>');
      }),
    }, {}, [BUCKET]);
    expect(said.join('\n')).toContain('The credentials have expired. AWS says: ExpiredToken: The provided token has expired.');
  });

  test('the URL of a queue is sent, and nothing is sent to it', async () => {
    const other = new AwsServer({});
    const url = `${await other.start()}/${ACCOUNT}/jobs.fifo`;
    const { said } = await readOfResources({ ...withPolicies, GetQueueUrl: () => ({ QueueUrl: url }) }, {}, [QUEUE]);
    await other.stop();
    expect(said).toEqual([]);
    expect(asked().find(({ operation }) => operation === 'GetQueueAttributes')!.input.QueueUrl).toBe(url);
    expect(other.seen).toEqual([]);
    expect(other.violations).toEqual([]);
  });

  test.each(['https://sqs/111122223333/other', 'x', `https://sqs/${'a'.repeat(600)}/${ACCOUNT}/jobs.fifo`])(
    'the URL of another queue: %s', async (url) => {
      const { said } = await readOfResources({ ...withPolicies, GetQueueUrl: () => ({ QueueUrl: url }) }, {}, [QUEUE]);
      expectHonest(said);
      expect(said.join('\n')).toMatch(/its QueueUrl is \S+, which is not the URL of arn:aws:sqs:/);
    });
});

test.each(Object.entries(SLOW))('without an end: %s', async (_, behaviour) => {
  const { said, ms } = await readOfResources(with_(withPolicies, 'GetBucketPolicy', behaviour), {
    request: 500,
    call: 2000,
  }, [BUCKET]);
  expectHonest(said);
  expect(said[0]).toMatch(/s3:GetBucketPolicy/);
  expect(ms).toBeLessThan(10_000);
});

test('what cannot be read does not lose the others', async () => {
  const { said, resources } = await readOfResources({
    ...withPolicies,
    GetKeyPolicy: () => new AwsError('AccessDeniedException', 'no'),
  });
  expect(said).toHaveLength(1);
  expect([...resources.keys()]).toEqual(RESOURCES.filter((arn) => arn !== KEY));
});
