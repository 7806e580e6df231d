import { expressionOfForm, patternOfForm, piecesOfForm, splitArn } from '../../../lib/engine';

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
