import { allow, arnOf, association, findingsOf, policy, role, stackOf, trust, US } from './app';

const EKS = { Service: 'pods.eks.amazonaws.com' };
const bucket = (length: number) => policy(allow('s3:GetObject', `arn:aws:s3:::${'x'.repeat(length)}`));
const sizeOf = (document: unknown) => JSON.stringify(document).length;
const at = (properties: { readonly [name: string]: unknown }, more = {}) => stackOf(
  { Role: role([], properties), Pods: association(undefined), ...more }, US,
);

/** A trust policy of so many characters, without blanks. */
function trustOf(length: number): unknown {
  const withSid = (sid: string) => policy({ Sid: sid, ...trust(EKS) });
  return withSid('x'.repeat(length - sizeOf(withSid(''))));
}

const long = (length: number) => bucket(length - sizeOf(bucket(0)));
const inline = (length: number) => ({ PolicyName: 'p', PolicyDocument: long(length) });
const attached = (PolicyDocument: unknown, to = 'Role', Type = 'AWS::IAM::Policy') => (
  { Type, Properties: { PolicyName: 'q', Roles: [{ Ref: to }], PolicyDocument } });

test.each<[string, ReturnType<typeof at>, RegExp]>([
  ['a trust policy', at({ AssumeRolePolicyDocument: trustOf(2049) }),
    /^The trust policy of the role Stack\/Role has at least 2,049 characters; IAM accepts at most 2,048/],
  ['one inline policy', at({ Policies: [inline(10_241)] }),
    /^The inline policies of the role Stack\/Role together have at least 10,241 characters/],
  ['inline policies together', at({ Policies: [inline(5000), inline(200)] }, { P: attached(long(5041)) }),
    /at least 10,241 characters/],
  ['a role policy', at({}, {
    P: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: { Ref: 'Role' }, ...inline(10_241) } },
  }), /at least 10,241 characters/],
])('%s that is one character too long', (_, stack, message) => {
  expect(findingsOf('RoleTooLarge', stack).map((f) => [f.severity, f.property, f.message]))
    .toEqual([['warning', 'RoleArn', expect.stringMatching(message)]]);
});

test('a target role', () => {
  const stack = stackOf({
    Role: role([allow(['sts:AssumeRole', 'sts:TagSession'], '*')]),
    Target: role([], { AssumeRolePolicyDocument: trustOf(3000) }),
    Pods: association(undefined, { TargetRoleArn: arnOf('Target') }),
  });
  expect(findingsOf('RoleTooLarge', stack).map((f) => f.property)).toEqual(['TargetRoleArn']);
});

test.each<[string, ReturnType<typeof at>]>([
  ['the largest that IAM accepts', at({ AssumeRolePolicyDocument: trustOf(2048), Policies: [inline(10_240)] })],
  ['a managed policy beside', at({ Policies: [inline(10_000)] },
    { P: attached(long(5000), 'Role', 'AWS::IAM::ManagedPolicy') })],
  ['a policy of another role', at({ Policies: [inline(10_000)] },
    { Other: role([]), P: attached(long(5000), 'Other') })],
  ['blanks', at({ AssumeRolePolicyDocument: policy({ Sid: ' '.repeat(3000), ...trust(EKS) }) })],
  ['a value that may be short', at({ Policies: [inline(10_000)] },
    { P: attached(policy(allow('s3:*', { Ref: 'Long' }))) })],
  ['a role that the app does not define', stackOf({
    Pods: association(undefined, { RoleArn: 'arn:aws:iam::111122223333:role/platform' }),
  })],
])('%s: nothing to say', (_, stack) => {
  expect(findingsOf('RoleTooLarge', stack)).toEqual([]);
});

describe('the fix of a trust policy', () => {
  const big = trustOf(3000);
  const fixIn = (...pods: Array<[name: string, role: string]>) => findingsOf('RoleTooLarge', stackOf({
    Role: role([]),
    Other: role([]),
    Target: role([], { AssumeRolePolicyDocument: big }),
    ...Object.fromEntries(pods.map(([name, of]) => (
      [name, association(undefined, { RoleArn: arnOf(of), TargetRoleArn: arnOf('Target'), ServiceAccount: name })]))),
  }))[0].fix;

  test('is one role for all, if several roles assume the target role', () => {
    expect(fixIn(['a', 'Role'], ['b', 'Other'])).toMatch(/^Let associations with this target role share one role/);
  });

  test('is another one, if one role assumes it', () => {
    expect(fixIn(['a', 'Role'], ['b', 'Role'])).toMatch(/^Remove statements that the role does not need/);
  });

  test('is another one for a role that is not a target', () => {
    expect(findingsOf('RoleTooLarge', at({ AssumeRolePolicyDocument: big }))[0].fix)
      .toMatch(/^Remove statements that the role does not need/);
  });
});
