/* eslint-disable @stylistic/max-len -- a row is easier to read on one line */
/** What is found of role and organization together: nothing twice, and nothing that only one of them says in the name of the other. */
import { EVERYTHING, EUROPE, findingsUnder, podsOf } from './organization';
import { allow, association, deny, policy, role, stackOf } from '../rules/app';

const BUCKET = 'arn:aws:s3:::data/*';
const READ = allow('s3:GetObject', BUCKET);
const DELETE = allow('s3:DeleteObject', BUCKET);
const NO_DELETES = { scp: [policy(deny('s3:DeleteObject'))] };
const ADMINS_ONLY = { scp: [policy(deny('s3:DeleteObject', '*', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admins-*' } }))] };

const rulesOf = (...args: Parameters<typeof findingsUnder>) => findingsUnder(...args).map(({ rule, severity }) => `${severity} ${rule}`);

test.each<[string, readonly unknown[], readonly unknown[], readonly string[]]>([
  ['the role lacks it, too', [READ, DELETE], [READ], ['error SessionPolicyExceedsRole']],
  ['the role denies it, too', [READ, DELETE], [EVERYTHING, deny('s3:DeleteObject')], ['error SessionPolicyExceedsRole']],
  ['the role lacks something else', [READ, DELETE, allow('sqs:SendMessage')], [allow('s3:*')],
    ['error DeniedByOrganizationPolicy', 'error SessionPolicyExceedsRole']],
  ['the role lacks all of it', [DELETE], [READ], ['error NoEffectivePermissions']],
  ['the role allows a part of it', [READ, DELETE], [READ, allow('s3:DeleteObject', 'arn:aws:s3:::data/a/*')],
    ['error DeniedByOrganizationPolicy', 'error SessionPolicyExceedsRole']],
  ['the session policy denies it itself', [allow('s3:*', BUCKET), deny('s3:DeleteObject')], [EVERYTHING], []],
  ['a filter', [allow('*', '*'), deny('s3:Delete*')], [allow(['s3:*', 'sqs:*'])], []],
  ['a filter that does not deny it', [allow('*', '*'), deny('sqs:*')], [allow(['s3:*', 'sqs:*'])], []],
  ['a statement that repeats another', [READ, DELETE, DELETE], [EVERYTHING],
    ['error DeniedByOrganizationPolicy', 'error DeniedByOrganizationPolicy', 'warning StatementHasNoEffect']],
])('%s', (_what, session, permissions, expected) => {
  expect(rulesOf(NO_DELETES, podsOf(session, permissions))).toEqual(expected);
});

test('a role that is not known may allow it', () => {
  const stack = (...session: unknown[]) => stackOf({
    Pods: association(session, { RoleArn: 'arn:aws:iam::111122223333:role/imported' }),
  }, EUROPE);
  expect(rulesOf(NO_DELETES, stack(READ, DELETE))).toEqual(['error DeniedByOrganizationPolicy', 'warning NarrowingUndetermined']);
  expect(rulesOf(NO_DELETES, stack(DELETE))).toEqual(['error NoEffectivePermissions']);
});

test('an exemption by the name of the role: none is known of a role without a name', () => {
  const stack = (properties: object) => stackOf({ Pods: association([READ, DELETE]), Role: role([EVERYTHING], { ...properties }) }, EUROPE);
  expect(rulesOf(ADMINS_ONLY, stack({ RoleName: 'admins-1' }))).toEqual([]);
  expect(rulesOf(ADMINS_ONLY, stack({ RoleName: 'app' }))).toEqual(['error DeniedByOrganizationPolicy']);
  expect(rulesOf(ADMINS_ONLY, stack({ RoleName: { Ref: 'Name' } }))).toEqual([]);
  expect(rulesOf(ADMINS_ONLY, stack({}))).toEqual([]);
});

test('an escape that the organization denies is none', () => {
  const stack = podsOf([READ, allow('iam:PutRolePolicy')]);
  expect(rulesOf({}, stack)).toEqual(['warning SessionPolicyEscape']);
  expect(rulesOf({ scp: [policy(deny('iam:*'))] }, stack)).toEqual(['error DeniedByOrganizationPolicy']);
});

test('severities go before what is uncertain', () => {
  const rcp = [policy({ ...deny('s3:DeleteObject'), Principal: '*' })];
  expect(rulesOf({ rcp }, podsOf([READ, DELETE]))).toEqual(['warning DeniedByOrganizationPolicy']);
  for (const severity of ['error', 'off'] as const) {
    const severities = new Map([['DeniedByOrganizationPolicy', severity] as const]);
    expect(rulesOf({ rcp }, podsOf([READ, DELETE]), { severities })).toEqual(severity === 'off' ? [] : ['error DeniedByOrganizationPolicy']);
  }
});

test('certain and uncertain denials of one statement are two findings', () => {
  const rcp = [policy({ ...deny(['s3:DeleteObject', 'sqs:DeleteQueue']), Principal: '*' })];
  const found = findingsUnder({ rcp }, podsOf([
    READ, allow(['s3:DeleteObject', 'sqs:DeleteQueue'], [BUCKET, 'arn:aws:sqs:eu-west-1:111122223333:jobs']),
  ])).filter(({ rule }) => rule === 'DeniedByOrganizationPolicy');
  expect(found.map(({ severity, fix }) => `${severity} ${/leave out (\S+)/.exec(fix)?.[1]}`)).toEqual(['error sqs:DeleteQueue', 'warning s3:DeleteObject']);
});
