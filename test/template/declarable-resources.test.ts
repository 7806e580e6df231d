import { expressionOfForm } from '../../lib/engine';
import { serviceNamed } from '../../lib/reference/services';
import { accountInArn, DECLARABLE_FORMS, declarableResource } from '../../lib/template/declarable-resources';

const UUID = '1234abcd-12ab-34cd-56ef-1234567890ab';

describe('the type of a resource', () => {
  test.each<[string, string]>([
    ['arn:aws:s3:::reports', 'AWS::S3::Bucket'],
    ['arn:aws-cn:s3:::Old_Bucket.2014', 'AWS::S3::Bucket'],
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/reports', 'AWS::S3::AccessPoint'],
    [`arn:aws:kms:eu-west-1:111122223333:key/${UUID}`, 'AWS::KMS::Key'],
    ['arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab', 'AWS::KMS::Key'],
    ['arn:aws:sqs:eu-west-1:111122223333:jobs.fifo', 'AWS::SQS::Queue'],
    ['arn:aws-us-gov:sns:us-gov-west-1:111122223333:events', 'AWS::SNS::Topic'],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-a1B2c3', 'AWS::SecretsManager::Secret'],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-6c4d-a1B2c3', 'AWS::SecretsManager::Secret'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:resize', 'AWS::Lambda::Function'],
    ['arn:aws:ecr:eu-west-1:111122223333:repository/team/app', 'AWS::ECR::Repository'],
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders', 'AWS::DynamoDB::Table'],
    ['arn:aws:events:eu-west-1:111122223333:event-bus/aws.partner/example.com/1', 'AWS::Events::EventBus'],
    ['arn:aws:kinesis:eu-west-1:111122223333:stream/clicks', 'AWS::Kinesis::Stream'],
    ['arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0', 'AWS::EFS::FileSystem'],
    ['arn:aws:es:eu-west-1:111122223333:domain/logs', 'AWS::OpenSearchService::Domain'],
    ['arn:aws:backup:eu-west-1:111122223333:backup-vault:nightly', 'AWS::Backup::BackupVault'],
  ])('%s', (arn, type) => {
    expect(declarableResource(arn)).toEqual({ type });
  });

  test('each has a row above, and an example in the message that is accepted', () => {
    const { fix } = declarableResource('arn:aws:iam::111122223333:role/pods') as { readonly fix: string };
    const examples = [...fix.matchAll(/arn:[^\s,]+[^\s,.]/g)].map(([arn]) => declarableResource(arn));
    expect(examples).toEqual(DECLARABLE_FORMS.map(({ type }) => ({ type })));
  });
});

describe('what is not an ARN of one', () => {
  test.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'is not text', 'Give the ARN of the resource, such as arn:aws:s3:::reports.'],
    ['a name', 'reports', 'is not the ARN of a resource whose policy', 'The forms are arn:aws:s3:::reports, '],
    ['a role', 'arn:aws:iam::111122223333:role/pods', 'is not the ARN of a resource whose policy', 'arn:aws:sqs:'],
    ['a wildcard', 'arn:aws:s3:::reports-*', 'has a wildcard', 'Declare each resource with its whole ARN.'],
    ['all', '*', 'has a wildcard', 'Declare each resource with its whole ARN.'],
    ['a single-character wildcard', 'arn:aws:sqs:eu-west-1:111122223333:job?', 'has a wildcard', 'Declare each'],
    ['an object', 'arn:aws:s3:::reports/2026/a.csv', 'is the ARN of objects', 'Give arn:aws:s3:::reports.'],
    ['all objects', 'arn:aws:s3:::reports/*', 'has a wildcard', 'Declare each'],
    ['an alias of a key', 'arn:aws:kms:eu-west-1:111122223333:alias/app', 'is the ARN of an alias',
      'aws kms describe-key --key-id arn:aws:kms:eu-west-1:111122223333:alias/app --query KeyMetadata.Arn'],
    ['a secret by a part of its ARN', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db',
      'is not the whole ARN of a secret', 'aws secretsmanager describe-secret --secret-id arn:aws:'],
    ['a version of a function', 'arn:aws:lambda:eu-west-1:111122223333:function:resize:live',
      'is the ARN of a version or an alias', 'Declare functions only'],
    ['a subscription', `arn:aws:sns:eu-west-1:111122223333:events:${UUID}`,
      'is not the ARN of a resource', 'The forms'],
    ['an index', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/a', 'is not the ARN of a resource', 'The'],
    ['a bucket with a region', 'arn:aws:s3:eu-west-1:111122223333:reports', 'is not the ARN of a resource', 'The'],
    ['another line', 'arn:aws:s3:::reports\narn:aws:s3:::other', 'is not the ARN of a resource', 'The forms'],
    ['a variable', 'arn:aws:s3:::${aws:PrincipalAccount}', 'is not the ARN of a resource', 'The forms'],
  ])('%s', (_, arn, problem, fix) => {
    expect(declarableResource(arn)).toEqual({
      problem: expect.stringContaining(problem), fix: expect.stringContaining(fix),
    });
  });
});

test.each(DECLARABLE_FORMS.map(({ type, service, isRegional, before, example }) => [type, service,
  `arn:aws:${service}:${isRegional ? 'eu-west-1:111122223333' : ':'}:${before}${example}`]))(
  '%s has the form that AWS documents', (_, service, arn) => {
    const forms = serviceNamed(service)!.types.flatMap((one) => one.forms);
    expect(forms.filter((form) => expressionOfForm(form, () => '[^:]+').test(arn))).not.toEqual([]);
  });

test('the account is that of the ARN', () => {
  expect(accountInArn('arn:aws:sqs:eu-west-1:111122223333:jobs')).toBe('111122223333');
  expect(accountInArn('arn:aws:s3:::reports')).toBeUndefined();
});
