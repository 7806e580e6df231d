import { suggestFix, SymbolicString } from '../../../lib/engine';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { allow, BUCKET, deny, policy, StatementJson, variable } from '../make';

const A = 'arn:aws:s3:::a/*';
const B = 'arn:aws:s3:::b/*';
const GENERATED = SymbolicString.of('arn:aws:s3:::', variable('Bucket', BUCKET), '/*');
const OTHER = SymbolicString.of('arn:aws:s3:::', variable('Other', BUCKET), '/*');
const VPC = { StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
const sid = (Sid: string, statement: StatementJson): StatementJson => ({ Sid, ...statement });

function narrowed(session: StatementJson, role: StatementJson[], boundary?: StatementJson[], Version?: string) {
  const read = policy([session], 'the session policy', Version);
  const layers = [{ name: 'identity policies' as const, policies: [policy(role)], gaps: [] }];
  return suggestFix(read.statements[0], {
    session: read,
    layers: boundary
      ? [...layers, { name: 'permissions boundary' as const, policies: [policy(boundary)], gaps: [] }]
      : layers,
  });
}

test.each<[string, StatementJson, StatementJson[], StatementJson[]]>([
  ['all of it is inside', allow('s3:GetObject', A), [allow('s3:*')], [allow('s3:GetObject', A)]],
  ['nothing is', allow('s3:GetObject', A), [allow('sqs:*')], []],
  ['an action of two', allow(['s3:GetObject', 's3:PutObject'], A), [allow('s3:Get*')], [allow('s3:GetObject', A)]],
  ['a resource of two', allow('s3:GetObject', [A, B]), [allow('s3:*', B)], [allow('s3:GetObject', B)]],
  ['each action with the resources that are left to it', allow(['s3:GetObject', 's3:PutObject'], [A, B]),
    [allow('s3:GetObject'), allow('s3:PutObject', A)], [allow('s3:GetObject', [A, B]), allow('s3:PutObject', A)]],
  ['actions with the same resources stay together', allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [A, B]),
    [allow(['s3:GetObject', 's3:PutObject'], A)], [allow(['s3:GetObject', 's3:PutObject'], A)]],
  ['generated names are told apart', allow(['s3:GetObject', 's3:PutObject'], [GENERATED, OTHER]),
    [allow('s3:GetObject', GENERATED), allow('s3:PutObject', OTHER)],
    [allow('s3:GetObject', GENERATED), allow('s3:PutObject', OTHER)]],
  ['its Sid stays where it stays one statement', sid('Read', allow(['s3:GetObject', 's3:PutObject'], A)),
    [allow('s3:Get*')], [sid('Read', allow('s3:GetObject', A))]],
  ['two statements cannot both have it', sid('Read', allow(['s3:GetObject', 's3:PutObject'], [A, B])),
    [allow('s3:GetObject'), allow('s3:PutObject', A)], [allow('s3:GetObject', [A, B]), allow('s3:PutObject', A)]],
  ['its conditions stay', allow(['s3:GetObject', 's3:PutObject'], A, VPC), [allow('s3:Get*')],
    [allow('s3:GetObject', A, VPC)]],
  ['what the role allows of a part', allow('s3:*', A), [allow('s3:Get*')], [allow('s3:Get*', A)]],
  ['of several statements, with their actions together', allow('s3:*', A), [allow('s3:Get*'), allow('s3:Put*')],
    [allow(['s3:Get*', 's3:Put*'], A)]],
  ['of several resources, each on its own', allow('s3:GetObject', '*'), [allow('s3:GetObject', A), allow('s3:*', B)],
    [allow('s3:GetObject', A), allow('s3:GetObject', B)]],
  ['a part that is inside, and what the role allows of another', allow(['s3:GetObject', 'sqs:*'], '*'),
    [allow('s3:*'), allow('sqs:SendMessage')], [allow('s3:GetObject', '*'), allow('sqs:SendMessage', '*')]],
  ['one resource inside, another in part', allow('s3:GetObject', [A, 'arn:aws:s3:::b*']),
    [allow('s3:*', A), allow('s3:GetObject', B)], [allow('s3:GetObject', A), allow('s3:GetObject', B)]],
  ['what is denied is left out', allow(['s3:GetObject', 's3:PutObject'], A), [allow('s3:*'), deny('s3:Put*')],
    [allow('s3:GetObject', A)]],
  ['a denial allows nothing', allow('s3:*', A), [deny('s3:Get*'), allow('s3:Put*')], [allow('s3:Put*', A)]],
])('%s', (_name, session, role, expected) => {
  expect(narrowed(session, role)).toEqual(expected);
});

test('the boundary narrows, too', () => {
  expect(narrowed(allow(['s3:GetObject', 's3:PutObject'], A), [allow('s3:*')], [allow('s3:Get*')])).toEqual([
    allow('s3:GetObject', A),
  ]);
  expect(narrowed(allow('s3:*', A), [allow(['s3:Get*', 's3:Put*'])], [allow('s3:GetObject*')])).toEqual([
    allow('s3:GetObject*', A),
  ]);
});

test('a document without variables takes no parts of the role, which may have them', () => {
  expect(narrowed(allow('s3:*', A), [allow('s3:Get*')], undefined, '2008-10-17')).toEqual([]);
  expect(narrowed(allow(['s3:GetObject', 's3:PutObject'], A), [allow('s3:Get*')], undefined, '2008-10-17')).toEqual([
    allow('s3:GetObject', A),
  ]);
});

test.each<[string, StatementJson, StatementJson[], StatementJson[]]>([
  ['a resource that its action is not used on goes', allow(['s3:GetObject', 's3:ListAllMyBuckets'], [A, '*']),
    [allow('s3:*')], [allow('s3:GetObject', [A, '*']), allow('s3:ListAllMyBuckets', '*')]],
  ['what rests on the reference stays', allow('s3:Get*', A), [allow('s3:GetObject', A)], [allow('s3:Get*', A)]],
])('with a reference: %s', (_name, session, role, expected) => {
  const read = policy([session], 'the session policy');
  const reference = {
    asOf: '2026-11-01',
    services: new Map([['s3', [
      { name: 'GetObject', resources: ['arn:${Partition}:s3:::${BucketName}/${ObjectName}'] },
      { name: 'ListAllMyBuckets', resources: [] },
    ]]]),
  };
  const layers = [{ name: 'identity policies' as const, policies: [policy(role)], gaps: [] }];
  expect(suggestFix(read.statements[0], { session: read, layers }, { catalog: reference })).toEqual(expected);
});

test('what AWS makes no request of goes, too', () => {
  const read = policy(
    [allow(['s3:GetObject', 's3:ListBucket', 's3:PutObject'], ['arn:aws:s3:::a', A])], 'the session policy',
  );
  const layers = [
    { name: 'identity policies' as const, policies: [policy([allow(['s3:Get*', 's3:List*'])])], gaps: [] },
  ];
  expect(suggestFix(read.statements[0], { session: read, layers }, { catalog: requestCatalog() })).toEqual([
    allow('s3:GetObject', A), allow('s3:ListBucket', 'arn:aws:s3:::a'),
  ]);
});
