import { allow, arnOf, association, findingsOf, role, stackOf } from './app';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const ROLE = role([allow('s3:*', '*')]);
const PLATFORM = 'arn:aws:iam::111122223333:role/platform';
const named = (ServiceAccount: string, session?: unknown[], more = {}) => association(session, {
  ServiceAccount, ...more,
});
const said = (...stacks: ReturnType<typeof stackOf>[]) => findingsOf('UnscopedAssociation', ...stacks).map(
  (f) => [f.severity, f.message],
);

const FINDING = (path: string, shared: string, serviceAccount: string, others: string) => ['warning',
  `${path} has no session policy, but shares ${shared} with ${others}, which ${others.includes(' more') ? 'have' : 'has'} one. The pods of service account '${serviceAccount}' in namespace 'ns' can `
  + 'do all that the role allows.'];

test.each<[string, ReturnType<typeof stackOf>[], string[]]>([
  ['a role of the app',
    [stackOf({ Role: ROLE, A: named('a', [READ]), B: named('b') })],
    FINDING('Stack/B', 'the role Stack/Role', 'b', 'Stack/A')],
  ['many others',
    [stackOf({ Role: ROLE, B: named('b'), ...Object.fromEntries([...'ACDEF'].map((id) => [id, named(id, [READ])])) })],
    FINDING('Stack/B', 'the role Stack/Role', 'b', 'Stack/A, Stack/C, Stack/D and 2 more')],
  ['a role by its ARN, in two stacks', [
    stackOf({ B: named('b', undefined, { RoleArn: PLATFORM }) }),
    stackOf({ A: named('a', [READ], { RoleArn: PLATFORM }) }, { id: 'Other', pathOf: (id) => `Other/${id}` }),
  ], FINDING('Stack/B', `the role ${PLATFORM}`, 'b', 'Other/A')],
  ['the target role is what counts', [stackOf({
    Role: ROLE,
    Own: ROLE,
    A: named('a', [READ], { TargetRoleArn: PLATFORM }),
    B: named('b', undefined, { RoleArn: arnOf('Own'), TargetRoleArn: PLATFORM }),
  })], FINDING('Stack/B', `the role ${PLATFORM}`, 'b', 'Stack/A')],
  ['a session policy that is a deploy-time value', [stackOf({
    Role: ROLE, A: named('a', undefined, { Policy: { 'Fn::If': ['C', 'a', 'b'] } }), B: named('b'),
  })], FINDING('Stack/B', 'the role Stack/Role', 'b', 'Stack/A')],
])('%s', (_name, stacks, finding) => {
  expect(said(...stacks)).toEqual([finding]);
});

test.each<[string, ReturnType<typeof stackOf>[]]>([
  ['all with a session policy', [stackOf({ Role: ROLE, A: named('a', [READ]), B: named('b', [READ]) })]],
  ['none with a session policy', [stackOf({ Role: ROLE, A: named('a'), B: named('b') })]],
  ['roles of their own',
    [stackOf({ Role: ROLE, Own: ROLE, A: named('a', [READ]), B: named('b', undefined, { RoleArn: arnOf('Own') }) })]],
  ['roles that only the deployment knows', [stackOf({
    A: named('a', [READ], { RoleArn: { 'Fn::If': ['C', 'a', 'b'] } }),
    B: named('b', undefined, { RoleArn: { 'Fn::If': ['C', 'a', 'b'] } }),
  })]],
  ['the same name in the accounts of two stages', ['Beta', 'Prod'].map((assembly, i) => stackOf({
    Pods: named(
      'a', i === 0 ? [READ] : undefined, { RoleArn: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/platform' } },
    ),
  }, { id: assembly, assembly }))],
  ['another target role', [stackOf({ Role: ROLE, A: named('a', [READ], { TargetRoleArn: PLATFORM }), B: named('b') })]],
])('%s: nothing to say', (_name, stacks) => {
  expect(said(...stacks)).toEqual([]);
});
