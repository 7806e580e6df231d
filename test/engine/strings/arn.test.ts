import { expressionOfForm, globMatches, patternOfForm, piecesOfForm, splitArn } from '../../../lib/engine';
import { completeArn, isIncompleteArn } from '../../../lib/engine/strings/arn';

test.each([
  ['arn:aws:s3:::bucket/key', ['arn', 'aws', 's3', '', '', 'bucket/key']],
  ['arn:aws:logs:r:a:log-group:x:*', ['arn', 'aws', 'logs', 'r', 'a', 'log-group:x:*']],
  ['arn:aws:s3::', ['arn', 'aws', 's3', '', '']],
  ['arn:aws:s3:::', ['arn', 'aws', 's3', '', '', '']],
  ['*', ['*']],
  ['', ['']],
])('the fields of %j', (arn, fields) => {
  expect(splitArn(arn)).toEqual(fields);
  expect(fields.join(':')).toBe(arn);
});

test.each([
  ['${BucketName}/${ObjectName}', [{ placeholder: 'BucketName' }, '/', { placeholder: 'ObjectName' }], '*/*'],
  ['log-group:${Name}:*', ['log-group:', { placeholder: 'Name' }, ':*'], 'log-group:*:*'],
  ['${Kind}${*}', [{ placeholder: 'Kind' }, { placeholder: '*' }], '**'],
  ['${', ['${'], '${'],
  ['plain', ['plain'], 'plain'],
  ['', [], ''],
])('the pieces of %j', (form, pieces, pattern) => {
  expect(piecesOfForm(form)).toEqual(pieces);
  expect(patternOfForm(form)).toBe(pattern);
});

test('an expression takes literal text as it is', () => {
  const expression = expressionOfForm('a.b/${Name}', (i, { length }) => `x{${i}}y{${length}}`, 'i');
  expect(expression.test('A.B/XYY')).toBe(true);
  expect(expression.test('axb/xyy')).toBe(false);
});

describe('an ARN with fewer than six fields', () => {
  test.each([
    ['arn:aws:s3', 'arn:aws:s3:*:*:*'],
    ['arn:aws:s3:', 'arn:aws:s3::*:*'],
    ['arn:aws:s3::', 'arn:aws:s3:::*'],
    ['arn:aws:s3:*', 'arn:aws:s3:*:*:*'],
    ['arn:aws:sqs:eu-west-1', 'arn:aws:sqs:eu-west-1:*:*'],
    ['arn:aws:sqs:eu-*', 'arn:aws:sqs:eu-*:*:*'],
    ['arn:aws:sqs:eu-west-1:111122223333', 'arn:aws:sqs:eu-west-1:111122223333:*'],
    ['arn:aws:iam::1111*', 'arn:aws:iam::1111*:*'],
  ])('%s is completed to %s', (arn, completed) => {
    expect([isIncompleteArn(arn), completeArn(arn)]).toEqual([true, completed]);
    expect(splitArn(completed)).toHaveLength(6);
  });

  test.each([
    ['a complete one', 'arn:aws:s3:::'],
    ['a complete one with colons in its resource part', 'arn:aws:logs:r:1:log-group:g:*'],
    ['no service', 'arn:aws'],
    ['an empty service', 'arn:aws:'],
    ['an empty partition', 'arn::s3'],
    ['a wildcard in the partition', 'arn:*:s3'],
    ['a wildcard in the service, which may stand for more fields', 'arn:aws:s3*'],
    ['a wildcard before the end, which may stand for more fields', 'arn:aws:sqs:*:111122223333'],
    ['two wildcards at the end', 'arn:aws:s3:**'],
    ['a question mark', 'arn:aws:sqs:eu-west-?'],
    ['another scheme', 'urn:aws:s3'],
    ['no ARN', '*'],
  ])('%s is not completed: %s', (_name, text) => {
    expect(isIncompleteArn(text)).toBe(false);
  });
});

test.each([
  ['arn:${Partition}:s3:::${BucketName}/${ObjectName}', 'arn:aws:s3:::b/k'],
  ['arn:${Partition}:s3:::${BucketName}/${ObjectName}', 'arn:aws:s3:::b/a/b:c'],
  ['arn:${Partition}:dynamodb:${Region}:${Account}:table/${*}', 'arn:aws:dynamodb:eu-west-1:111122223333:table/*'],
  ['arn:${Partition}:cloudwatch:${Region}:${Account}:alarm:*', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a:b'],
])('the pattern of %s matches its ARN %s, and more', (form, arn) => {
  expect(globMatches(patternOfForm(form), arn)).toBe(true);
  expect(globMatches(patternOfForm(form), arn.replace('aws', 'no-partition'))).toBe(true);
});
