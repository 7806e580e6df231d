import { declarationsIn } from '../../../cli/deployment/declarations';
import { UsageError } from '../../../cli/exit-codes';
import { Cli } from '../run';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:jobs';
const policy = (action: string) => ({
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: QUEUE }] },
});

const cli = new Cli();
const before = process.cwd();
beforeAll(() => process.chdir(cli.folder));
afterAll(() => {
  process.chdir(before);
  cli.remove();
});

test('resources of several files', () => {
  cli.write({
    'a.json': { version: 1, resources: { [QUEUE]: policy('sqs:SendMessage') } },
    'b.json': { version: 1, resources: { 'arn:aws:s3:::reports': { account: '111122223333' } } },
  });
  expect(declarationsIn(['a.json', 'b.json', 'a.json'])).toMatchObject([
    { arn: QUEUE, source: 'snapshot a.json', resource: { type: 'AWS::SQS::Queue', ...policy('sqs:SendMessage') } },
    { arn: 'arn:aws:s3:::reports', resource: { type: 'AWS::S3::Bucket', account: '111122223333' } },
    { arn: QUEUE },
  ]);
});

test('two files that declare a resource differently', () => {
  cli.write({
    'a.json': { version: 1, resources: { [QUEUE]: policy('sqs:SendMessage') } },
    'b.json': { version: 1, resources: { [QUEUE]: policy('sqs:*') } },
  });
  expect(() => declarationsIn(['a.json', 'b.json'])).toThrow(new UsageError(
    `--roles: snapshot a.json and snapshot b.json declare ${QUEUE} differently. A resource has one policy and one owner, so `
    + 'the checks cannot use both. Remove the one that is wrong or out of date.'));
});

test('a resource that is none', () => {
  cli.write({ 'a.json': { version: 1, resources: { jobs: {} } } });
  expect(() => declarationsIn(['a.json'])).toThrow(
    /^--roles a\.json: resources\['jobs'\]: it is not the ARN of a resource whose policy can be declared\. /);
});
