import { compact } from '../../../lib/session-policy/compaction/compact';
import { LIST_VALUED, minimize, ResolvedStatement } from '../../../lib/session-policy/minimize';

/** What the lossless mode does beyond `minimize`, and what it leaves alone. */

const allow = (Action: unknown, Resource: unknown, rest = {}): ResolvedStatement => ({
  Effect: 'Allow', Action, Resource, ...rest,
});
const deny = (Action: unknown, Resource: unknown) => allow(Action, Resource, { Effect: 'Deny' });
const [B, C, D] = ['b', 'c', 'd'].map((name) => `arn:aws:s3:::${name}/*`);
const LONG = ['DeleteObject', 'GetObject', 'GetObjectAttributes', 'GetObjectLegalHold'].map((name) => `s3:${name}`);
const VPC = { Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } };
const LIST = { Ref: 'ListParameter' };

test.each<[string, ResolvedStatement[], ResolvedStatement[]]>([
  ['a Sid permits nothing', [allow('s3:GetObject', B, { Sid: 'A' }), allow('s3:PutObject', B, { Sid: 'B' })],
    [allow(['s3:GetObject', 's3:PutObject'], B)]],
  ['what two statements have in common becomes a statement of its own',
    [allow([...LONG, 's3:PutObject'], B), allow([...LONG, 's3:PutObjectAcl'], C)],
    [allow(LONG, [B, C]), allow('s3:PutObject', B), allow('s3:PutObjectAcl', C)]],
  ['what another statement allows on more resources',
    [allow('s3:GetObject', [B, C]), allow(['s3:Get*', 's3:PutObject'], B)],
    [allow('s3:GetObject', C), allow(['s3:Get*', 's3:PutObject'], B)]],
  ['what another statement allows on a wider resource',
    [allow('s3:GetObject', '*'), allow(['s3:GetObject', 's3:PutObject'], B)],
    [allow('s3:GetObject', '*'), allow('s3:PutObject', B)]],
  ['what a statement without a condition allows',
    [allow('s3:Get*', B), allow(['s3:GetObject', 's3:PutObject'], B, VPC)],
    [allow('s3:Get*', B), allow('s3:PutObject', B, VPC)]],
  ['the same of what is denied',
    [allow('s3:*', D), deny('s3:GetObject', '*'), deny(['s3:GetObject', 's3:PutObject'], B)],
    [allow('s3:*', D), deny('s3:GetObject', '*'), deny('s3:PutObject', B)]],
])('%s', (_name, written, expected) => {
  expect(compact(written, 'lossless')).toEqual({ statements: minimize(expected), mode: 'lossless', assumptions: [] });
});

test.each<[string, ResolvedStatement[]]>([
  ['what only a condition allows', [allow('s3:GetObject', B), allow('s3:Get*', B, VPC)]],
  ['what is denied does not permit', [allow('s3:GetObject', B), deny('s3:Get*', B)]],
  ['no wildcard is made', [allow(LONG, B)]],
  ['services stay apart', [allow('s3:GetObject', B), allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:q')]],
  ['NotAction and NotResource', [
    { Effect: 'Allow', NotAction: ['iam:*', 's3:GetObject'], Resource: '*' },
    { Effect: 'Deny', Action: 's3:GetObject', NotResource: [B, C] },
  ]],
  ['an unknown list', [allow('s3:GetObject', B), { ...allow('s3:GetObject', LIST), [LIST_VALUED]: true }]],
])('it stays as it is: %s', (_name, written) => {
  expect(compact(written, 'lossless').statements).toEqual(minimize(written));
});

test.each(['catalog', 'role'] as const)('%s: what is denied has no new wildcards', (mode) => {
  const denied = deny(['s3:DeleteObject', 's3:DeleteObjectVersion'], '*');
  const layers = [{ name: 'identity policies', policies: [], gaps: [] }] as const;
  expect(compact([allow('s3:*', B), denied], mode, { layers }).statements).toContainEqual(denied);
});

test('catalog: actions that the reference does not have stay as they are written', () => {
  const unknown = ['s3:GetObjectNewer', 'newservice:DoThis', 'newservice:DoThat'];
  const written = [allow(['s3:GetObject', 's3:GetObjectAcl', ...unknown], B)];
  const { statements: [{ Action }] } = compact(written, 'catalog');
  expect(Action).toEqual(expect.arrayContaining(unknown));
});

test.each(['lossless', 'catalog', 'role'] as const)('%s: a policy that is far too long is minimized only', (mode) => {
  const long = Array.from({ length: 300 }, (_, i) => allow('s3:GetObject', `arn:aws:s3:::${'long-name-'.repeat(7)}${i}x/*`));
  expect(compact(long, mode)).toEqual({
    statements: minimize(long),
    mode: 'none',
    assumptions: [],
    reason: 'The session policy has more than 20,480 characters, and is not compacted.',
  });
});
