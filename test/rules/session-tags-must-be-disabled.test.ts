import { allow, association, findingsIn, findingsOf, role, stackOf } from './app';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const ROLE = role([allow('s3:*', '*')]);
const Conditions = { Blue: { 'Fn::Equals': [{ Ref: 'Color' }, 'blue'] } };

/** With `DisableSessionTags`, and with a session policy unless there is another. */
function at(DisableSessionTags: unknown, more: { readonly [name: string]: unknown } = {}) {
  const stack = stackOf({ Role: ROLE, Pods: association([READ], { DisableSessionTags, ...more }) });
  return { ...stack, template: { ...stack.template, Conditions } };
}

test.each<[string, ReturnType<typeof at>]>([
  ['not given: the default is false', at(undefined)],
  ['false', at(false)],
  ['false as a string, which CloudFormation takes', at('false')],
  ['AWS::NoValue', at({ Ref: 'AWS::NoValue' })],
  ['a policy that is unresolved at synth', at(false, { Policy: { Ref: 'SessionPolicy' } })],
  ['a policy that is not JSON', at(false, { Policy: 'no JSON' })],
  ['a target role', at(false, { TargetRoleArn: 'arn:aws:iam::444455556666:role/data' })],
])('%s', (_name, stack) => {
  const findings = findingsOf('SessionTagsMustBeDisabled', stack);
  expect(findings.map((f) => [f.severity, f.association.path, f.property]))
    .toEqual([['error', 'Stack/Pods', 'DisableSessionTags']]);
  expect(findings[0].message).toContain('Stack/Pods');
  expect(findings[0].message).toContain('"When policy is specified, disableSessionTags must be set to true"');
  expect(findings[0].fix).toMatch(/disableSessionTags.*true/);
});

test.each<[string, ReturnType<typeof at>]>([
  ['true', at(true)],
  ['true as a string, which CloudFormation takes', at('true')],
  ['a parameter', at({ Ref: 'TagsOff' })],
  ['no policy, tags on', at(false, { Policy: undefined })],
  ['no policy, and nothing about tags', at(undefined, { Policy: undefined })],
  ['no policy: AWS::NoValue', at(false, { Policy: { Ref: 'AWS::NoValue' } })],
  ['a policy and disabled tags under one condition', at({ 'Fn::If': ['Blue', true, false] }, {
    Policy: {
      'Fn::If': ['Blue', JSON.stringify({ Version: '2012-10-17', Statement: [READ] }),
        { Ref: 'AWS::NoValue' }],
    },
  })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('SessionTagsMustBeDisabled', stack)).toEqual([]);
});

test('tags that a condition leaves on: the message says where', () => {
  const findings = findingsOf('SessionTagsMustBeDisabled', at({ 'Fn::If': ['Blue', true, false] }));
  expect(findings.map((f) => f.message)).toEqual([expect.stringMatching(/This applies if .*Color.* is not 'blue'/)]);
});

test('each association with a policy and tags, and no other', () => {
  const stack = stackOf({
    Role: ROLE,
    A: association([READ], { ServiceAccount: 'a', DisableSessionTags: false }),
    B: association([READ], { ServiceAccount: 'b' }),
    C: association([READ], { ServiceAccount: 'c', DisableSessionTags: undefined }),
  });
  expect(findingsIn(stack).map((f) => [f.rule, f.association.path])).toEqual([
    ['SessionTagsMustBeDisabled', 'Stack/A'], ['SessionTagsMustBeDisabled', 'Stack/C'],
  ]);
});
