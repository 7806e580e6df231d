import { allow, association, deny, findingsOf, role, stackOf, US } from './app';

const DATA = 'arn:aws:s3:::data/*';
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const VPC = { StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
const SECRET = { Sid: 'Secret', ...deny('s3:*', '*', { StringEquals: { 's3:ExistingObjectTag/class': 'secret' } }) };

const at = (session: unknown[], permissions: unknown[]) =>
  stackOf({ Pods: association(session), Role: role(permissions) }, US);

test.each([
  ['a condition of an Allow statement', at([READ], [allow('s3:*', DATA, VPC)]), [
    'statement 0 of the session policy does not repeat a condition of the role',
    'Stack/Role allows s3:GetObject only if {"StringEquals":{"aws:SourceVpc":"vpc-1"}}',
    'because no identity-based policy allows the s3:GetObject action',
  ], `with ${JSON.stringify({ ...READ, Condition: VPC })}.`],
  ['a condition of a Deny statement', at([READ], [allow('s3:*', '*'), SECRET]), [
    'denies s3:GetObject if {"StringEquals":{"s3:ExistingObjectTag/class":"secret"}}', "s3:ExistingObjectTag/class = 'secret'",
    'with an explicit deny in an identity-based policy',
  ], `To repeat the condition in the session policy, add ${JSON.stringify(SECRET)}.`],
  ['another value of the key', at(
    [{ ...READ, Condition: { StringLike: { 'aws:SourceVpc': 'vpc-*' } } }], [allow('s3:*', DATA, VPC)],
  ), [
    'Stack/Role allows s3:GetObject only if',
  ], '"Condition":{"StringLike":{"aws:SourceVpc":"vpc-*"},"StringEquals":{"aws:SourceVpc":"vpc-1"}}'],
])('%s', (_what, stack, said, fixed) => {
  const [{ severity, property, message, fix }, ...others] = findingsOf('SessionPolicyOmitsCondition', stack);
  expect([severity, property, others]).toEqual(['warning', 'Policy', []]);
  for (const part of ['Stack/Pods: ', 'AccessDenied', ...said]) { expect(message).toContain(part); }
  expect(fix).toContain(fixed);
  expect(findingsOf('SessionPolicyExceedsRole', stack)).toEqual([]);
});

test('two conditions become two statements', () => {
  const other = { StringEquals: { 'aws:SourceVpc': 'vpc-2' } };
  const stack = at([allow(['s3:GetObject', 's3:PutObject'], DATA)], [
    allow('s3:GetObject', DATA, VPC), allow('s3:PutObject', DATA, other),
  ]);
  const [{ fix }] = findingsOf('SessionPolicyOmitsCondition', stack);
  const two = [allow('s3:GetObject', DATA, VPC), allow('s3:PutObject', DATA, other)];
  expect(fix).toContain(`with ${two.map((one) => JSON.stringify(one)).join(', ')}.`);
});

test.each([
  ['a request that never works',
    at([READ], [allow('s3:PutObject', DATA, VPC), allow('s3:GetObject', 'arn:aws:s3:::data/b/*')])],
  ['the same condition', at([{ ...READ, Condition: VPC }], [allow('s3:*', DATA, VPC)])],
  ['a guardrail', at([READ], [allow('s3:*', DATA), deny('*', '*', { Bool: { 'aws:SecureTransport': 'false' } })])],
])('%s: nothing to say', (_what, stack) => {
  expect(findingsOf('SessionPolicyOmitsCondition', stack)).toEqual([]);
});
