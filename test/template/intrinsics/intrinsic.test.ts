import { getAttParts, labelOf } from '../../../lib/template/intrinsics/intrinsic';

test.each<[unknown, string]>([
  [{ Ref: 'Bucket' }, '${Bucket}'],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '${Bucket.Arn}'],
  [{ 'Fn::GetAtt': 'Bucket.Arn' }, '${Bucket.Arn}'],
  [{ 'Fn::ImportValue': 'a' }, '${Fn::ImportValue "a"}'],
  [{ Ref: { a: 1 } }, '${{"a":1}}'],
  [{ Ref: null }, '${null}'],
  [{ 'Fn::GetAtt': [{ a: 1 }, 'Arn'] }, '${{"a":1}.Arn}'],
])('the label of %j', (intrinsic, label) => {
  expect(labelOf(intrinsic)).toBe(label);
});

test('an attribute that is not text is not an attribute', () => {
  expect(getAttParts(['Bucket', ['Arn']])).toEqual(['Bucket', undefined]);
});
