import { managedPolicy, managedPolicyNames, whyNotKnown } from '../../lib/reference/managed-policy';
import { managedPolicies } from '../managed-policies';

const arn = (name: string, partition = 'aws') => `arn:${partition}:iam::aws:policy/${name}`;

test('all of them, with the latest document, and no other', () => {
  const base = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  const known = managedPolicyNames().map((name) => ({ name: base(name), document: managedPolicy(arn(name)) }));
  const byName = new Map(known.map(({ name, document }) => [name, document]));
  expect(known).toHaveLength(managedPolicies().length);
  for (const { name, document } of managedPolicies()) { expect(byName.get(name)).toEqual(document); }
});

test.each([
  [arn('ReadOnlyAccess'), undefined],
  [arn('service-role/AWSLambdaBasicExecutionRole'), undefined],
  [arn('AWSLambdaBasicExecutionRole'),
    /no managed policy of this name on .*; did you mean arn:aws:iam::aws:policy\/service-role\/AWSLambdaBasicExecutionRole\?/],
  [arn('readonlyaccess'), /did you mean arn:aws:iam::aws:policy\/ReadOnlyAccess\?/],
  [arn('AmazonS3FullAcess'), /did you mean arn:aws:iam::aws:policy\/AmazonS3FullAccess\?/],
  [arn('xyz'), /^AWS had no managed policy of this name on 20\d\d-\d\d-\d\d$/],
  [arn('ReadOnlyAccess', 'aws-cn'), /managed policies of the partition aws-cn are not in the reference data/],
  ['arn:aws:iam::111122223333:policy/ReadOnlyAccess', /not an AWS managed policy/],
  ['ReadOnlyAccess', /not an AWS managed policy/],
])('%s', (text, why) => {
  expect(managedPolicy(text) !== undefined).toBe(why === undefined);
  if (why) { expect(whyNotKnown(text)).toMatch(why); } else { expect(whyNotKnown(text)).toBeUndefined(); }
});
