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
    /no such policy as of .*; did you mean arn:aws:iam::aws:policy\/service-role\/AWSLambdaBasicExecutionRole\?/],
  [arn('readonlyaccess'), /did you mean arn:aws:iam::aws:policy\/ReadOnlyAccess\?/],
  [arn('AmazonS3FullAcess'), /did you mean arn:aws:iam::aws:policy\/AmazonS3FullAccess\?/],
  [arn('xyz'), /^AWS maintained no such policy as of 20\d\d-\d\d-\d\d$/],
  [arn('ReadOnlyAccess', 'aws-cn'), /documents of their own in the partition aws-cn/],
  ['arn:aws:iam::111122223333:policy/ReadOnlyAccess', /not a policy that AWS maintains/],
  ['ReadOnlyAccess', /not a policy that AWS maintains/],
])('%s', (text, why) => {
  expect(managedPolicy(text) !== undefined).toBe(why === undefined);
  if (why) { expect(whyNotKnown(text)).toMatch(why); } else { expect(whyNotKnown(text)).toBeUndefined(); }
});
