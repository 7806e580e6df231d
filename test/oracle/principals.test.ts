import { Caller, isOutsideNotPrincipal, NamedAs, namedAs, NotPrincipalReading, PrincipalElement } from './principals';

const ROLE = 'arn:aws:iam::111122223333:role/team/pods';
const ROOT = 'arn:aws:iam::111122223333:root';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/pods/app';
const OTHER_ROLE = 'arn:aws:iam::111122223333:role/other';

const CALLER: Caller = { roleArn: ROLE, account: '111122223333', sessionName: 'app' };

test.each<[string, PrincipalElement, NamedAs[]]>([
  ['the asterisk', '*', ['everybody']],
  ['every AWS principal', { AWS: '*' }, ['everybody']],
  ['the role', { AWS: ROLE }, ['role']],
  ['the role without its path', { AWS: 'arn:aws:iam::111122223333:role/pods' }, ['other']],
  ['the role in another case', { AWS: 'arn:aws:iam::111122223333:role/team/Pods' }, ['other']],
  ['a pattern of the role', { AWS: 'arn:aws:iam::111122223333:role/*' }, ['other']],
  ['the root', { AWS: ROOT }, ['account']],
  ['the account id', { AWS: '111122223333' }, ['account']],
  ['another account', { AWS: '444455556666' }, ['other']],
  ['the root of another partition', { AWS: 'arn:aws-cn:iam::111122223333:root' }, ['other']],
  ['a role of that name in another account', { AWS: 'arn:aws:iam::444455556666:role/team/pods' }, ['other']],
  ['the session', { AWS: SESSION }, ['session']],
  ['the session, with the path of the role',
    { AWS: 'arn:aws:sts::111122223333:assumed-role/team/pods/app' }, ['other']],
  ['another session', { AWS: 'arn:aws:sts::111122223333:assumed-role/pods/other' }, ['other']],
  ['all sessions', { AWS: 'arn:aws:sts::111122223333:assumed-role/pods/*' }, ['other']],
  ['a service', { Service: 'pods.eks.amazonaws.com' }, ['other']],
  ['an asterisk of another type', { Service: '*' }, ['other']],
  ['a federated principal with the ARN of the role', { Federated: ROLE }, ['other']],
  ['several', { AWS: [OTHER_ROLE, ROLE, ROOT], Service: 'ec2.amazonaws.com' }, ['other', 'role', 'account', 'other']],
])('namedAs: %s', (_name, element, expected) => {
  expect(namedAs(element, CALLER)).toEqual(expected);
});

test('a session without a known name is named by no session ARN', () => {
  const caller = { ...CALLER, sessionName: undefined };
  expect(namedAs({ AWS: [SESSION, 'arn:aws:sts::111122223333:assumed-role/pods/undefined'] }, caller))
    .toEqual(['other', 'other']);
});

describe('NotPrincipal with Deny', () => {
  const isDenied = (element: PrincipalElement, reading: NotPrincipalReading, hasBoundary = false) => (
    isOutsideNotPrincipal(element, CALLER, hasBoundary, reading)
  );

  test.each<[string, PrincipalElement, boolean]>([
    ['another role', { AWS: OTHER_ROLE }, true],
    ['another role and the root', { AWS: [OTHER_ROLE, ROOT] }, true],
    ['the root only', { AWS: ROOT }, true],
    ['a service', { Service: 'ec2.amazonaws.com' }, true],
    ['the root, the role and the session', { AWS: [ROOT, ROLE, SESSION] }, false],
    ['everybody', '*', false],
  ])('%s', (_name, element, expected) => {
    expect(isDenied(element, 'exempts')).toBe(expected);
    expect(isDenied(element, 'denies')).toBe(expected);
  });

  test.each<[string, PrincipalElement]>([
    ['the role', { AWS: ROLE }],
    ['the role and the root', { AWS: [ROLE, ROOT] }],
    ['the session', { AWS: SESSION }],
    ['the session and the root', { AWS: [SESSION, ROOT] }],
  ])('%s: AWS leaves it open', (_name, element) => {
    expect(isDenied(element, 'exempts')).toBe(false);
    expect(isDenied(element, 'denies')).toBe(true);
  });

  test('denies every role that has a boundary', () => {
    expect(isDenied({ AWS: [ROOT, ROLE, SESSION] }, 'exempts', true)).toBe(true);
    expect(isDenied('*', 'exempts', true)).toBe(true);
  });
});
