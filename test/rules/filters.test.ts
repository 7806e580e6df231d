/** Session policies that only deny, and filters: everything is allowed, and a part is denied. */
import { allow, association, deny, findingsIn, findingsOf, role, stackOf } from './app';

const EVERYTHING = allow('*', '*');
const S3 = allow('s3:*', '*');
const DELETE = deny('s3:DeleteObject*', 'arn:aws:s3:::data/*');
const at = (session: unknown[], permissions: unknown[] = [S3], properties = {}) =>
  stackOf({ Pods: association(session), Role: role(permissions, properties) });
const rulesIn = (stack: ReturnType<typeof at>) => findingsIn(stack).map(({ rule, severity }) => [rule, severity]);

describe('Deny statements only', () => {
  test.each<[string, unknown[]]>([
    ['one', [DELETE]],
    ['several', [DELETE, deny('iam:*', '*')]],
    ['everything, under a condition', [deny('*', '*', { Bool: { 'aws:SecureTransport': 'false' } })]],
    ['everything but some actions', [{ Effect: 'Deny', NotAction: 's3:Get*', Resource: '*' }]],
    ['every action on some resources', [deny('*', 'arn:aws:s3:::data/*')]],
  ])('%s: the pods can do nothing, and the finding says what is meant', (_, session) => {
    const stack = at(session);
    expect(rulesIn(stack)).toEqual([['NoEffectivePermissions', 'error']]);
    const [{ message, fix }] = findingsIn(stack);
    expect(message).toContain("the pods of service account 'sa' in namespace 'ns' can do nothing");
    expect(message).toContain('what both the role Stack/Role and the session policy allow. ');
    const [added] = /\{"Effect":"Allow"[^}]*\}/.exec(fix)!;
    expect(rulesIn(at([JSON.parse(added), DELETE]))).toEqual([]);
    const [nothing] = /\{"Effect":"Deny"[^}]*\}/.exec(fix)!;
    expect(rulesIn(at([JSON.parse(nothing)]))).toEqual([]);
  });

  test.each<[string, unknown[]]>([
    ['everything', [deny('*', '*')]],
    ['everything, said otherwise', [deny(['s3:*', '*'], ['arn:aws:s3:::data', '*'])]],
    ['everything, and something', [deny('*', '*'), DELETE]],
  ])('%s: it is meant', (_, session) => {
    expect(rulesIn(at(session))).toEqual([]);
  });

  test('also on a role that the app does not show', () => {
    const stack = stackOf({ Pods: association([DELETE], { RoleArn: 'arn:aws:iam::111122223333:role/platform' }) });
    expect(rulesIn(stack)).toEqual([['NoEffectivePermissions', 'error']]);
  });
});

describe('a filter', () => {
  test.each<[string, ReturnType<typeof at>]>([
    ['less than the role has', at([EVERYTHING, DELETE])],
    ['said otherwise', at([allow(['s3:*', '*'], '*'), DELETE])],
    ['several denials', at([EVERYTHING, DELETE, deny('s3:PutBucketPolicy', '*')])],
    ['under a condition', at([EVERYTHING, deny('s3:*', '*', { Bool: { 'aws:SecureTransport': 'false' } })])],
    ['everything but some actions', at([EVERYTHING, { Effect: 'Deny', NotAction: 's3:Get*', Resource: '*' }])],
    ['a role with its own Deny statements', at([EVERYTHING, DELETE], [S3, deny('s3:DeleteBucket', '*')])],
    ['a role that the app does not show',
      stackOf({ Pods: association([EVERYTHING, DELETE], { RoleArn: 'arn:aws:iam::111122223333:role/platform' }) })],
    ['a role with unknown policies',
      at([EVERYTHING, DELETE], [], { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/own'] })],
  ])('%s: nothing to say', (_, stack) => {
    expect(rulesIn(stack)).toEqual([]);
  });

  test('what it allows beside is still compared with the role', () => {
    const stack = at([EVERYTHING, DELETE, allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q')]);
    expect(findingsOf('SessionPolicyExceedsRole', stack).map(({ message }) => message))
      .toEqual([expect.stringContaining('allows sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:q')]);
  });

  test('without a Deny statement, it claims that the role allows everything', () => {
    expect(rulesIn(at([EVERYTHING]))).toEqual([['SessionPolicyExceedsRole', 'error']]);
  });

  test('under a condition, it claims so, too', () => {
    const conditional = allow('*', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } });
    expect(rulesIn(at([conditional, DELETE]))).toEqual([['SessionPolicyExceedsRole', 'error']]);
  });

  test('that denies all that the role allows', () => {
    expect(rulesIn(at([EVERYTHING, deny('s3:*', '*')]))).toEqual([['NoEffectivePermissions', 'error']]);
  });

  test('that denies nothing of the role: it does not narrow', () => {
    const stack = at([EVERYTHING, deny('sqs:*', '*')]);
    expect(findingsIn(stack).map(({ rule, message }) => [rule, message])).toEqual([['SessionPolicyDoesNotNarrow',
      'The session policy of Stack/Pods takes nothing away: the role Stack/Role allows none of what its Deny statements '
      + "deny. The pods of service account 'sa' in namespace 'ns' can do the same without it, and could then have "
      + 'session tags.']]);
  });

  test.each<[string, unknown, string]>([
    ['what the role does not allow', deny('sqs:*', '*'), 'the role Stack/Role allows none of what it denies'],
    ['what the role does not allow under that condition', deny('s3:GetObject', '*', {
      StringEquals: { 'aws:PrincipalAccount': '999988887777' },
    }), 'the pods make no request that meets its conditions. The pods keep what the role Stack/Role allows of its actions'],
    ['with a user name, which pods do not have', deny('s3:PutObject', '*', { StringLike: { 'aws:username': '*' } }),
      'the pods make no request that meets its conditions'],
    ['on the bucket instead of its objects', deny('s3:GetObject', 'arn:aws:s3:::data'),
      'AWS makes no request for its actions on its resources'],
  ])('a statement that takes nothing away: %s', (_, statement, why) => {
    const found = findingsOf('StatementHasNoEffect', stackOf({
      Pods: association([EVERYTHING, DELETE, statement]),
      Role: role([S3]),
    }, { account: '111122223333', region: 'eu-west-1' }));
    expect(found.map(({ message }) => message))
      .toEqual([expect.stringContaining(`statement 2 of the session policy takes nothing away: ${why}`)]);
  });

  test('lets the pods leave it only by what the role is known to allow', () => {
    const escapes = (permissions: unknown[]) => (
      findingsOf('SessionPolicyEscape', at([EVERYTHING, DELETE], permissions)).length);
    expect([[S3], [S3, allow('sts:AssumeRole', '*')]].map(escapes)).toEqual([0, 1]);
  });
});
