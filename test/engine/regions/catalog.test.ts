import { RequestCatalog, KnownAction, SymbolicString } from '../../../lib/engine';
import { PARTITION, REGION } from '../../../lib/template/value-kinds';
import { allow, BUCKET, decide, deny, show, StatementJson, Target, variable } from '../make';

const BUCKETS = 'arn:${Partition}:s3:::${BucketName}';
const OBJECTS = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';
const QUEUES = 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}';
const GROUPS = 'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}';
const STREAMS = 'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:${LogStreamName}';

const CATALOG: RequestCatalog = {
  asOf: '2026-11-01',
  services: new Map([
    ['s3', [
      { name: 'GetObject', resources: [OBJECTS] },
      { name: 'GetObjectTagging', resources: [OBJECTS] },
      { name: 'PutObject', resources: [OBJECTS] },
      { name: 'GetBucketPolicy', resources: [BUCKETS] },
      { name: 'ListBucket', resources: [BUCKETS] },
      { name: 'ListAllMyBuckets', resources: [] },
    ]],
    ['sqs', [{ name: 'SendMessage', resources: [QUEUES] }, { name: 'ListQueues', resources: [] }]],
    ['iam', [{ name: 'PassRole', resources: ['arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}'] }]],
    ['logs', [
      { name: 'CreateLogStream', resources: [GROUPS] },
      { name: 'PutLogEvents', resources: [STREAMS] },
      { name: 'DescribeLogGroups', resources: [GROUPS], alsoWithoutResource: true },
    ]],
    ['route53', [
      { name: 'GetHostedZone', resources: ['arn:${Partition}:route53:::hostedzone/${Id}'] },
      { name: 'ListTagsForResource', resources: ['arn:${Partition}:route53:::*/${Id}'] },
    ]],
    ['support', [{ name: 'DescribeCases', resources: [] }, { name: 'Anything', resources: ['*'] }]],
  ]),
};

const in_ = (
  catalog: RequestCatalog | undefined, session: StatementJson[], role: StatementJson[],
  knownActions: KnownAction[] = [],
) =>
  show(decide(session, role, undefined, { catalog, knownActions }));
const AS_OF = 'narrows as of 2026-11-01';

const B = SymbolicString.of('arn:', variable('P', PARTITION), ':s3:::', variable('B', BUCKET));
const IN_B = SymbolicString.of(B, '/*');
const GRANT_READ: [Target, Target] = [['s3:GetObject*', 's3:GetBucket*', 's3:List*'], [B, IN_B]];

describe('requests that AWS does not make do not count', () => {
  test.each<[string, StatementJson[], StatementJson[], string]>([
    ['nothing is left to rule out', [allow('s3:GetObject', IN_B)], [allow('s3:GetObject', IN_B)], 'narrows'],
    ['bucket.grantRead: objects are read in buckets only, buckets are listed', [allow(...GRANT_READ)],
      [allow('s3:GetObject*', IN_B), allow(['s3:GetBucket*', 's3:List*'], B)], AS_OF],
    ['but an action that is written out may be newer than the reference',
      [allow(['s3:GetObject', 's3:GetObjects'], 'arn:aws:s3:::b/*')], [allow('s3:GetObject', 'arn:aws:s3:::b/*')],
      'undetermined: UndocumentedRequest'],
    ['a pattern of actions that the reference does not have', [allow('s3:GetObjects*', 'arn:aws:s3:::b/*')],
      [allow('sqs:*')], AS_OF],
    ['a service that it does not have may be newer', [allow('new:*', 'arn:aws:new:*:*:thing/*')], [allow('s3:*')],
      'exceeds: new:Example arn:aws:new:us-east-1:111122223333:thing/example'],
    ['a pattern of actions, of which there is one', [allow('s3:Put*', 'arn:aws:s3:::b/*')],
      [allow('s3:PutObject', 'arn:aws:s3:::b/*')], AS_OF],
    ['names are compared without case', [allow('S3:PUT*', 'arn:aws:s3:::b/*')],
      [allow('s3:PutObject', 'arn:aws:s3:::b/*')], AS_OF],
    ['an object action on a bucket', [allow('s3:GetObject', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])],
      [allow('s3:*', 'arn:aws:s3:::b/*')], AS_OF],
    ['a bucket action on objects', [allow('s3:ListBucket', 'arn:aws:s3:::b*')],
      [allow('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b?*'])], 'narrows'],
    ['a bucket has no slash in its name', [allow('s3:ListBucket', 'arn:aws:s3:::b/*')], [allow('sqs:*')], AS_OF],
    ['a bucket has no region', [allow('s3:GetObject', 'arn:aws:s3:us-east-1:*:b/*')], [allow('sqs:*')], AS_OF],
    ['buckets are listed on no bucket', [allow('s3:ListAllMyBuckets', 'arn:aws:s3:::*')], [allow('sqs:*')], AS_OF],
    ['a bucket is listed on a bucket', [allow('s3:ListBucket')], [allow('s3:ListBucket', 'arn:*:s3:::*')], AS_OF],
    ['roles are passed, not users', [allow('iam:PassRole', 'arn:aws:iam::111122223333:*')],
      [allow('iam:PassRole', 'arn:aws:iam::111122223333:role/*')], AS_OF],
    ['NotAction: all that is left of the services',
      [{ Effect: 'Allow', NotAction: ['iam:*', 'logs:*', 'route53:*', 'support:*'], Resource: '*' }],
      [allow(['s3:*', 'sqs:*'])], AS_OF],
    ['a deny of what does not exist', [allow('s3:*')], [allow('s3:*'), deny('s3:Exterminate*')], AS_OF],
    ['a deny of an object action on a bucket', [allow('s3:GetObject', 'arn:aws:s3:::*')],
      [allow('s3:*'), deny('s3:GetObject', 'arn:aws:s3:::b')], AS_OF],
    ['a deny of what does not exist, and one that does not apply', [allow('s3:*', '*', { Bool: { k: 'true' } })],
      [allow('s3:*'), deny('s3:*', '*', { Bool: { k: 'false' } }), deny('s3:Exterminate*')], AS_OF],
    ['a queue without an account, and a wildcard that may run across colons',
      [allow('sqs:SendMessage', 'arn:aws:sqs:*::x')], [allow('s3:*')], AS_OF],
    ['under a condition', [allow('s3:GetObject', 'arn:aws:s3:::b', { Bool: { k: 'true' } })],
      [allow('s3:*', 'arn:aws:s3:::c')], AS_OF],
  ])('%s', (_name, session, role, expected) => {
    expect(in_(CATALOG, session, role)).toBe(expected);
    expect(in_(undefined, session, role) === 'narrows').toBe(expected === 'narrows'); // without a reference, all requests count
  });
});

describe('requests that AWS makes do', () => {
  test.each<[string, StatementJson[], StatementJson[], string]>([
    ['a request of the reference, by its own name', [allow('s3:getobject*', 'arn:aws:s3:::b/*')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/*')], 'exceeds: s3:GetObjectTagging arn:aws:s3:::b/example'],
    ['of a grant', [allow(...GRANT_READ)], [allow('s3:GetObject*', IN_B), allow('s3:List*', B)],
      'exceeds: s3:GetBucketPolicy arn:aws:s3:::example-1'],
    ['an action without a resource', [allow('s3:List*')], [allow('s3:List*', 'arn:*:s3:::*')],
      'undetermined: PartialOverlap'], // documented both ways
    ['an action without a resource that no statement allows', [allow('s3:ListAllMyBuckets')], [allow('sqs:*')],
      'exceeds: s3:ListAllMyBuckets *'],
    ['an action with and without one', [allow('logs:DescribeLogGroups')], [allow('sqs:*')],
      'exceeds: logs:DescribeLogGroups *'],
    ['a queue of any region', [allow('sqs:SendMessage', 'arn:aws:sqs:*:*:q')],
      [allow('sqs:*', 'arn:aws:sqs:us-east-1:*:*')], 'exceeds: sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:q'],
    ['a log stream below its group', [allow('logs:*', 'arn:aws:logs:us-east-1:111122223333:log-group:g*')],
      [allow('logs:*', 'arn:aws:logs:us-east-1:111122223333:log-group:g')],
      'exceeds: logs:CreateLogStream arn:aws:logs:us-east-1:111122223333:log-group:gexample'],
    ['a log stream of a group with a generated name',
      [allow(
        'logs:PutLogEvents',
        SymbolicString.of('arn:aws:logs:us-east-1:111122223333:log-group:', variable('G', BUCKET), ':*'),
      )],
      [allow('logs:PutLogEvents', 'arn:aws:logs:us-east-1:111122223333:log-group:other:*')],
      'exceeds: logs:PutLogEvents arn:aws:logs:us-east-1:111122223333:log-group:example-1:log-stream:example'],
    ['what the role denies', [allow('s3:*', 'arn:aws:s3:::b/*')], [allow('s3:*'), deny('s3:Put*')],
      'exceeds: s3:PutObject arn:aws:s3:::b/example'],
    ['an object in a folder', [allow('s3:GetObject', 'arn:aws:s3:::b/a/c')], [allow('sqs:*')],
      'exceeds: s3:GetObject arn:aws:s3:::b/a/c'],
    ['a role with a path', [allow('iam:PassRole', 'arn:aws:iam::111122223333:role/a/b')], [allow('sqs:*')],
      'exceeds: iam:PassRole arn:aws:iam::111122223333:role/a/b'],
    ['any kind of resource', [allow('route53:List*', 'arn:aws:route53:::change/x')], [allow('sqs:*')],
      'exceeds: route53:ListTagsForResource arn:aws:route53:::change/x'],
    ['what is a log stream only if a wildcard runs across colons',
      [allow('logs:PutLogEvents', 'arn:aws:logs:*:log-stream:s')], [allow('sqs:*')], 'undetermined: PartialOverlap'],
    ['what is not a queue even then', [allow('sqs:SendMessage', 'arn:aws:sqs:*:x:y:z')], [allow('s3:*')], AS_OF],
    ['a form of any resource', [allow('support:Any*', 'arn:aws:support:us-east-1:111122223333:x')], [allow('sqs:*')],
      'undetermined: UndocumentedRequest'],
    ['fields that cannot be told apart', [allow('sqs:SendMessage', 'arn:aws:sqs:*')], [allow('s3:*')],
      'undetermined: PartialOverlap'],
    ['fields that cannot be told apart, of no queue', [allow('sqs:SendMessage', 'arn:aws:sns:*')],
      [allow('s3:*')], AS_OF],
  ])('%s', (_name, session, role, expected) => {
    expect(in_(CATALOG, session, role)).toBe(expected);
  });

  // The name that is made up is not empty.
  test.each<[string, StatementJson[], StatementJson[], string]>([
    ['a role', [allow('iam:*')], [allow('sqs:*')], 'exceeds: iam:PassRole arn:aws:iam::111122223333:role/example'],
    ['a zone', [allow('route53:*')], [allow('sqs:*')],
      'exceeds: route53:GetHostedZone arn:aws:route53:::hostedzone/example'],
  ])('%s', (_name, session, role, expected) => {
    expect(in_(CATALOG, session, role)).toBe(expected);
  });

  test('what is known of an action names its usual resource', () => {
    const known = [
      { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:444455556666:orders' },
      { action: 'sqs:Other', resource: '*' },
    ];
    expect(in_(CATALOG, [allow('sqs:Send*')], [allow('s3:*')], known))
      .toBe('exceeds: sqs:SendMessage arn:aws:sqs:eu-west-1:444455556666:orders');
  });

  test.each<[string, KnownAction[], string]>([
    ['the first of the reference, where none is known', [], 's3:GetObject arn:aws:s3:::b/example'],
    ['one that people know', [{ action: 's3:PutObject', resource: '*' }], 's3:PutObject arn:aws:s3:::b/example'],
    ['in whatever case, as they write it', [{ action: 'S3:PUTOBJECT', resource: 'arn:aws:s3:::example/key' }],
      'S3:PUTOBJECT arn:aws:s3:::b/example'],
    ['none that is known of another service', [{ action: 'sqs:PutObject', resource: '*' }],
      's3:GetObject arn:aws:s3:::b/example'],
  ])('of several actions: %s', (_name, known, expected) => {
    expect(in_(CATALOG, [allow('s3:*', 'arn:aws:s3:::b/*')], [allow('sqs:*')], known)).toBe(`exceeds: ${expected}`);
  });

  test('a region that is a deploy-time value', () => {
    const queue = SymbolicString.of('arn:aws:sqs:', variable('R', REGION), ':111122223333:q');
    expect(in_(CATALOG, [allow('sqs:*', queue)], [allow('s3:*')]))
      .toBe('exceeds: sqs:SendMessage arn:aws:sqs:us-east-1:111122223333:q');
  });

  test.each([
    ['what is ruled out', 's3:Exterminate*'],
    ['what is in doubt', 's3:Exterminate'],
  ])('an excess counts more than %s', (_name, other) => {
    expect(in_(CATALOG, [allow(other), allow('s3:PutObject', 'arn:aws:s3:::b/x')], [allow('sqs:*')]))
      .toBe('exceeds: s3:PutObject arn:aws:s3:::b/x');
  });

  test.each([
    ['what is ruled out has no reason', 's3:Exterminate*', 'PartialOverlap'],
    ['an action that may be newer has its own', 's3:Exterminate', 'UndocumentedRequest, PartialOverlap'],
  ])('what is in doubt counts more than what is ruled out: %s', (_name, other, reasons) => {
    expect(in_(CATALOG, [allow([other, 's3:ListAllMyBuckets'])], [allow('s3:*', 'arn:aws:s3:::*')]))
      .toBe(`undetermined: ${reasons}`);
  });
});
