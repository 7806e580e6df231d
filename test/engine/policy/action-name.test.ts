import { servicePrefixOf, splitAction, SymbolicString } from '../../../lib/engine';
import { BUCKET, variable } from '../make';

const NAME = variable('Name', BUCKET);

test.each([
  ['s3:GetObject', ['s3', 'GetObject']],
  ['S3:Get*', ['S3', 'Get*']],
  ['s3:', ['s3', '']],
  ['a:b:c', ['a', 'b:c']],
  ['*', ['*', undefined]],
  ['', ['', undefined]],
])('the parts of %j', (action, parts) => {
  expect(splitAction(action)).toEqual(parts);
});

test.each<[string | SymbolicString, string | undefined]>([
  ['s3:GetObject', 's3'],
  ['S3:Get*', 's3'],
  ['execute-api:*', 'execute-api'],
  ['*', undefined],
  ['s*:GetObject', undefined],
  ['?3:GetObject', undefined],
  [':GetObject', undefined],
  ['s3', undefined],
  [SymbolicString.of('S3:Get', NAME), 's3'],
  [SymbolicString.of('s3', NAME, ':GetObject'), undefined],
  [SymbolicString.of(NAME, ':GetObject'), undefined],
])('the service prefix of %s', (action, prefix) => {
  expect(servicePrefixOf(action)).toBe(prefix);
});
