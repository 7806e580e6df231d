import { allow, arnOf, association, deny, findingsOf, policy, role, stackOf, US } from './app';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { runRules } from '../../lib/rules/run-rules';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { TemplateSet } from '../../lib/template/template-set';

const DATA = 'arn:aws:s3:::data/*';
const READ = allow('s3:GetObject', DATA);
const PLATFORM = 'arn:aws:iam::111122223333:role/platform';
const THEIRS = 'arn:aws:iam::111122223333:policy/theirs';
const EVERYTHING = allow('*', '*');
const NAMED = { 'Fn::Sub': 'arn:aws:s3:::${Name}/*' };

const at = (session: unknown[], permissions: unknown[], properties = {}, more = {}) =>
  stackOf({ Pods: association(session), Role: role(permissions, properties), ...more }, US);
const imported = (RoleArn: unknown = PLATFORM) => stackOf({ Pods: association([READ], { RoleArn }) }, US);

/** With a session policy that allows reading a resource with a deploy-time value. */
const open = (permissions: unknown[]) => stackOf({
  Pods: association(undefined,
    {
      Policy: { 'Fn::Sub': JSON.stringify(policy(allow('s3:GetObject', NAMED['Fn::Sub']))) },
      DisableSessionTags: true,
    }),
  Role: role(permissions),
}, US);

test.each<[string, ReturnType<typeof at>, RegExp, RegExp]>([
  // what it shows, the stack, what the message names, what the fix says
  ['a role that is not part of the app', imported(), /the role arn:aws:iam::111122223333:role\/platform/,
    /RolePermissions/],
  ['a role from a parameter', imported({ Ref: 'RoleArn' }), /\$\{RoleArn\}/, /./],
  ['a customer managed policy that is not part of the app', at([READ], [], { ManagedPolicyArns: [THEIRS] }),
    /policy\/theirs/, /RolePermissions/],
  ['the same next to a policy that allows everything: it may deny',
    at([READ], [EVERYTHING], { ManagedPolicyArns: [THEIRS] }), /policy\/theirs/, /./],
  ['a boundary that is not part of the app', at([READ], [EVERYTHING], { PermissionsBoundary: THEIRS }),
    /policy\/theirs/, /./],
  ['a policy of the role that is unresolved at synth', at([READ], [], { Policies: { Ref: 'Policies' } }), /./, /./],
  ['a deny of the role that may apply', at([READ], [EVERYTHING, deny('s3:GetObject', NAMED)]),
    /statement 1 of inline policy 'Access'/, /[Ll]eave .*out|deny/],
  ['a resource that may be the one of the role', open([READ]), /./, /./],
  ['a key with several values, and no operator for that', at(
    [allow('s3:GetObject', DATA, { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': 'a' } })],
    [allow('s3:GetObject', DATA, { StringEquals: { 'aws:PrincipalOrgPaths': 'a' } })]), /conditions/,
  /[Rr]epeat the conditions/],
  ['a session policy that is unresolved at synth', stackOf({
    Role: role([READ]),
    Pods: association(undefined, {
      Policy: { Ref: 'SessionPolicy' }, DisableSessionTags: true,
    }),
  }), /session policy could not be read/, /[Ww]rite/],
])('%s', (_name, stack, message, fix) => {
  const findings = findingsOf('NarrowingUndetermined', stack);
  expect(findings.map((f) => [f.severity, f.association.path, f.property]))
    .toEqual([['warning', 'Stack/Pods', 'Policy']]);
  expect(findings[0].message).toContain('Stack/Pods');
  expect(findings[0].message).toMatch(message);
  expect(findings[0].fix).toMatch(fix);
  expect(findings[0].message + findings[0].fix).not.toMatch(/\[object|undefined:/);
});

test.each<[string, ReturnType<typeof at>]>([
  ['inside the role', at([READ], [allow('s3:Get*', '*')])],
  ['outside it: SessionPolicyExceedsRole says it', at([READ, allow('sqs:*', '*')], [READ])],
  ['a policy that AWS maintains',
    at([READ], [], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] })],
  ['a policy of the app', at([READ], [], { ManagedPolicyArns: [{ Ref: 'Managed' }] }, {
    Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(allow('s3:*', '*')) } },
  })],
  ['a deny that cannot apply', at([READ], [EVERYTHING, deny('s3:PutObject', NAMED)])],
  ['a deny that the session policy repeats', at([READ, deny('s3:GetObject', 'arn:aws:s3:::data/secret/*')],
    [EVERYTHING, deny('s3:GetObject', 'arn:aws:s3:::data/secret/*')])],
  ['the same deploy-time value on both sides', open([allow('s3:GetObject', NAMED)])],
  ['a deploy-time value inside a wildcard', open([allow('s3:GetObject', 'arn:aws:s3:::*')])],
  ['no session policy, on a role that is not known', stackOf({ Pods: association(undefined, { RoleArn: PLATFORM }) })],
  ['a session policy that is not valid', stackOf({
    Pods: association(undefined, {
      RoleArn: PLATFORM, Policy: '{}', DisableSessionTags: true,
    }),
  })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('NarrowingUndetermined', stack)).toEqual([]);
});

describe('what a role has can be declared', () => {
  const declared = (arn: string, ...statements: unknown[]): PermissionsDeclaration => (
    {
      source: 'the test',
      arn,
      role: { identityPolicies: [{ name: 'Access', document: policy(...statements) }], managedPolicyArns: [] },
    });
  const rulesWith = (...declarations: PermissionsDeclaration[]) =>
    runRules(new TemplateSet([imported()]), { declarations }).map((f) => f.rule);

  test.each<[string, PermissionsDeclaration[], string[]]>([
    ['nothing', [], ['NarrowingUndetermined']],
    ['enough', [declared(PLATFORM, allow('s3:*', '*'))], []],
    ['too little', [declared(PLATFORM, allow('s3:GetObject', 'arn:aws:s3:::data/a/*'))], ['SessionPolicyExceedsRole']],
    ['nothing of it', [declared(PLATFORM, allow('sqs:*', '*'))], ['NoEffectivePermissions']],
    ['of another role', [declared(`${PLATFORM}-2`, allow('s3:*', '*'))], ['NarrowingUndetermined']],
    ['enough and too little: which of them holds is not known', [
      declared(PLATFORM, allow('s3:*', '*')), declared(PLATFORM, allow('sqs:*', '*')),
    ], ['NarrowingUndetermined']],
  ])('%s', (_name, declarations, rules) => {
    expect(rulesWith(...declarations)).toEqual(rules);
  });
});

test.each([
  ['strict', { strict: true }, ['error']],
  ['off', { severities: new Map([['NarrowingUndetermined' as const, 'off' as const]]) }, []],
  ['off, even if strict', { strict: true, severities: new Map([['NarrowingUndetermined' as const, 'off' as const]]) },
    []],
  ['a warning, even if strict',
    { strict: true, severities: new Map([['NarrowingUndetermined' as const, 'warning' as const]]) }, ['warning']],
])('%s', (_name, settings, severities) => {
  const findings = runRules(new TemplateSet([imported()]), { settings: { ...DEFAULT_SETTINGS, ...settings } });
  expect(findings.map((f) => f.severity)).toEqual(severities);
});

test('each association, on the role that its session policy narrows', () => {
  const stack = stackOf({
    Role: role([allow(['sts:AssumeRole', 'sts:TagSession'], PLATFORM), allow('s3:*', '*')]),
    A: association([READ], { ServiceAccount: 'a' }),
    B: association([READ], { ServiceAccount: 'b', RoleArn: PLATFORM }),
    C: association([READ], { ServiceAccount: 'c', TargetRoleArn: PLATFORM }),
    D: association([READ], { ServiceAccount: 'd', TargetRoleArn: arnOf('Role') }),
  });
  expect(findingsOf('NarrowingUndetermined', stack).map((f) => [f.association.path, f.message.includes(PLATFORM)]))
    .toEqual([
      ['Stack/B', true], ['Stack/C', true],
    ]);
});

test('several reasons are all named, each with what resolves it', () => {
  const stack = at([READ], [], { ManagedPolicyArns: [THEIRS, `${THEIRS}-2`], PermissionsBoundary: `${THEIRS}-3` });
  const [{ message, fix }] = findingsOf('NarrowingUndetermined', stack);
  for (const arn of [THEIRS, `${THEIRS}-2`, `${THEIRS}-3`]) { expect(message).toContain(arn); }
  expect(new Set(fix.split('. ')).size).toBe(fix.split('. ').length); // what resolves two is said once
});

describe('an ARN without the path of the role', () => {
  const inPath = (properties: { readonly [name: string]: unknown } = {}) => (
    role([allow('s3:*', '*')], { RoleName: 'app', Path: '/teams/shop/', ...properties }));
  const on = (roleArn: unknown, ofRole = inPath()) => findingsOf('NarrowingUndetermined', stackOf({
    Role: ofRole, Pods: association([allow('s3:GetObject', 'arn:aws:s3:::data/*')], { RoleArn: roleArn }),
  }, US));
  const OWN = 'arn:aws:iam::111122223333:role/';

  test.each<[string, unknown, string]>([
    ['none', `${OWN}app`, `${OWN}app`],
    ['another', `${OWN}teams/app`, `${OWN}teams/app`],
    ['in the account of the stack', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/app' },
      ':role/app'],
  ])('%s: no role has the ARN', (_name, arn, shown) => {
    const [{ message, fix }, ...others] = on(arn);
    expect(others).toEqual([]);
    expect(message).toContain('the role of that name in the same account is Stack/Role, and its ARN has another path,');
    expect(message).toMatch(/no role has the ARN \S+: .* \S+:role\/teams\/shop\/app;/);
    expect(message).toContain(shown);
    expect(fix).toContain('Write the ARN with the path of the role');
  });

  test.each<[string, unknown, ReturnType<typeof inPath>]>([
    ['a role of another name', `${OWN}other`, inPath()],
    ['a role of another account', 'arn:aws:iam::444455556666:role/app', inPath()],
    ['a role whose name the deployment knows', `${OWN}app`, inPath({ RoleName: { Ref: 'NotGiven' } })],
  ])('not %s', (_name, arn, ofRole) => {
    expect(on(arn, ofRole)[0].message).toContain('no template defines ');
  });

  test('the right one is the role', () => {
    expect(on(`${OWN}teams/shop/app`)).toEqual([]);
  });
});
