import { allow, arnOf, association, deny, findingsIn, findingsOf, policy, role, stackOf, US } from './app';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { runRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';

const DATA = 'arn:aws:s3:::data/*';
const READ = allow('s3:GetObject', DATA);
const READ_WRITE = allow(['s3:GetObject', 's3:PutObject'], DATA);
const EVERYTHING = allow('*', '*');
const TLS = { Bool: { 'aws:SecureTransport': 'true' } };

const at = (session: unknown[], permissions: unknown[], properties = {}, more = {}) =>
  stackOf({ Pods: association(session), Role: role(permissions, properties), ...more }, US);
const bounded = (session: unknown[], permissions: unknown[], boundary: unknown[]) =>
  at(session, permissions, { PermissionsBoundary: { Ref: 'Boundary' } }, {
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(...boundary) } },
  });
const BUCKETS = { Mine: { Type: 'AWS::S3::Bucket' }, Other: { Type: 'AWS::S3::Bucket' } };
const objectsOf = (bucket: string) => ({ 'Fn::Join': ['', [arnOf(bucket), '/*']] });

/** An association whose session policy allows this, with intrinsics, next to `READ`. */
function atIntrinsic(action: string, resource: unknown, permissions: unknown[]) {
  const [before, after] = JSON.stringify(policy(READ, allow(action, '@'))).split('@');
  const flat = (resource as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  return stackOf({
    ...BUCKETS,
    Pods: association(undefined, { Policy: { 'Fn::Join': ['', [before, ...flat, after]] }, DisableSessionTags: true }),
    Role: role([READ, ...permissions]),
  }, US);
}

test.each<[string, ReturnType<typeof at>, string[]]>([
  // what it shows, the stack, what the message has
  ['an action that the role does not have', at([READ_WRITE], [READ]),
    ['s3:PutObject on arn:aws:s3:::data/', 'because no identity-based policy allows the s3:PutObject action']],
  ['resources that it does not have',
    at([allow('s3:GetObject', 'arn:aws:s3:::*')], [allow('s3:GetObject', 'arn:aws:s3:::data/a/*')]),
    ['s3:GetObject on arn:aws:s3:::', 'because no identity-based policy allows the s3:GetObject action']],
  ['all but one action', at([READ, { Effect: 'Allow', NotAction: 's3:GetObject', Resource: DATA }], [READ]),
    ['no identity-based policy allows']],
  ['what the role denies', at([READ_WRITE], [allow('s3:*', '*'), { ...deny('s3:PutObject', '*'), Sid: 'NoWrites' }]),
    ['s3:PutObject on arn:aws:s3:::data/', 'NoWrites', 'with an explicit deny in an identity-based policy']],
  ['what the boundary does not allow', bounded([READ_WRITE], [EVERYTHING], [READ]),
    ['s3:PutObject', 'because no permissions boundary allows the s3:PutObject action']],
  ['what the boundary denies', bounded([READ_WRITE], [EVERYTHING], [EVERYTHING, deny('s3:Put*', '*')]),
    ['s3:PutObject', 'with an explicit deny in a permissions boundary']],
  ['another bucket of the app',
    atIntrinsic('s3:PutObject', objectsOf('Mine'), [allow('s3:PutObject', objectsOf('Other'))]),
    ['s3:PutObject on arn:aws:s3:::', '${Stack/Mine} = ']],
])('%s', (_name, stack, values) => {
  const findings = findingsOf('SessionPolicyExceedsRole', stack);
  expect(findings.map((f) => [f.severity, f.association.path, f.property]))
    .toEqual([['error', 'Stack/Pods', 'Policy']]);
  const [{ message, fix }] = findings;
  for (const said of ['Stack/Pods', 'Stack/Role', "'sa'", "'ns'", 'AccessDenied', ...values]) {
    expect(message)
      .toContain(said);
  }
  expect(message + fix).not.toMatch(/escalat|\[object|undefined/i);
});

test.each<[string, ReturnType<typeof at>]>([
  ['the same', at([READ], [READ])],
  ['less', at([allow('s3:GetObject', 'arn:aws:s3:::data/a/*')], [allow('s3:Get*', DATA)])],
  ['in another case: IAM compares actions without', at([allow('S3:GETOBJECT', DATA)], [READ])],
  ['by two statements of the role', at([READ_WRITE], [READ, allow('s3:PutObject', DATA)])],
  ['by two policies of the role', at([READ_WRITE], [READ], {}, {
    More: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'more', PolicyDocument: policy(READ_WRITE), Roles: [{ Ref: 'Role' }] },
    },
  })],
  ['under the condition of the role', at([allow('s3:GetObject', DATA, TLS)], [allow('s3:GetObject', DATA, TLS)])],
  ['what the session policy denies again',
    at([READ_WRITE, deny('s3:PutObject', '*')], [allow('s3:*', '*'), deny('s3:PutObject', '*')])],
  ['nothing of the session policy is left: NoEffectivePermissions says it', at([allow('sqs:*', '*')], [READ])],
  ['a role that is not known',
    stackOf({ Pods: association([READ_WRITE], { RoleArn: 'arn:aws:iam::111122223333:role/platform' }) })],
  ['a policy of the role that is not known',
    at([READ_WRITE], [READ], { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/theirs'] })],
  ['the same bucket of the app',
    atIntrinsic('s3:PutObject', objectsOf('Mine'), [allow('s3:PutObject', objectsOf('Mine'))])],
  ['any bucket', atIntrinsic('s3:PutObject', objectsOf('Mine'), [allow('s3:PutObject', 'arn:aws:s3:::*')])],
  ['a name that may be the one that the role has',
    atIntrinsic('s3:PutObject', { 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'Name' }, '/*']] },
      [allow('s3:PutObject', DATA)])],
  ['no session policy', stackOf({ Pods: association(undefined), Role: role([]) })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('SessionPolicyExceedsRole', stack)).toEqual([]);
});

test.each<[string, ReturnType<typeof at>, object[] | 'remove']>([
  // the fix has what is left of the statement
  ['without the action', at([READ_WRITE], [READ]), [READ]],
  ['without the resource', at([allow('s3:GetObject', [DATA, 'arn:aws:s3:::other/*'])], [READ]), [READ]],
  ['with what the role has of it', at([allow('s3:*', DATA)], [READ]), [READ]],
  ['nothing', at([READ, allow('sqs:SendMessage', '*')], [READ]), 'remove'],
])('the fix: %s', (_name, stack, expected) => {
  const [{ fix }] = findingsOf('SessionPolicyExceedsRole', stack);
  if (expected === 'remove') {
    expect(fix).toMatch(/^Remove statement 1 .*: the role allows none of it\./);
  } else {
    for (const statement of expected) { expect(fix.split('replace it with')[1]).toContain(JSON.stringify(statement)); }
  }
});

test('the fix names the statement, and the boundary where that is in the way', () => {
  const named = { ...READ_WRITE, Sid: 'Objects' };
  expect(findingsOf('SessionPolicyExceedsRole', at([READ, named], [READ])).map((f) => f.fix))
    .toEqual([expect.stringMatching(/statement 1 \(Sid 'Objects'\)/)]);
  expect(findingsOf('SessionPolicyExceedsRole', bounded([named], [EVERYTHING], [READ])).map((f) => f.fix))
    .toEqual([expect.stringContaining("in the role's permissions boundary")]);
});

test('each statement that exceeds, of each association', () => {
  const stack = stackOf({
    Role: role([READ]),
    A: association([READ, allow('sqs:SendMessage', '*'), allow('sns:Publish', '*')], { ServiceAccount: 'a' }),
    B: association([READ], { ServiceAccount: 'b' }),
    C: association([READ_WRITE], { ServiceAccount: 'c' }),
  });
  expect(findingsOf('SessionPolicyExceedsRole',
    stack).map((f) => [f.association.path, /sqs:|sns:|s3:/.exec(f.message)![0]])).toEqual([
    ['Stack/A', 'sqs:'], ['Stack/A', 'sns:'], ['Stack/C', 's3:'],
  ]);
});

test('with a target role, that is the one that counts', () => {
  const stack = stackOf({
    Role: role([allow(['sts:AssumeRole', 'sts:TagSession'], arnOf('Target'))]),
    Target: role([READ]),
    Fits: association([READ], { ServiceAccount: 'a', TargetRoleArn: arnOf('Target') }),
    Exceeds: association([READ_WRITE], { ServiceAccount: 'b', TargetRoleArn: arnOf('Target') }),
  });
  expect(findingsOf('SessionPolicyExceedsRole', stack).map((f) => f.message))
    .toEqual([expect.stringMatching(/^Stack\/Exceeds: .*Stack\/Target does not/)]);
});

test('a statement of which only a part exceeds is one finding, and the other rules about narrowing are silent', () => {
  const stack = at([allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], DATA)], [READ]);
  expect(findingsIn(stack).map((f) => f.rule)).toEqual(['SessionPolicyExceedsRole']);
});

describe('that different resources of the app have different names', () => {
  const stack = atIntrinsic('s3:PutObject', objectsOf('Mine'), [allow('s3:PutObject', objectsOf('Other'))]);
  test.each([[true, ['SessionPolicyExceedsRole']], [false, ['NarrowingUndetermined']]])('is assumed: %s',
    (distinctResources, rules) => {
      const findings = runRules(new TemplateSet([stack]), { settings: { ...DEFAULT_SETTINGS, distinctResources } });
      expect(findings.map((f) => f.rule)).toEqual(rules);
    });
});
