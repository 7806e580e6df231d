import { allow, arnOf, association, deny, findingsIn, policy, role, stackOf, US } from './app';
import { CheckContexts } from '../../lib/analysis/check-contexts';
import { runRules } from '../../lib/rules/run-rules';
import { Assumptions } from '../../lib/template/assumptions';
import { TemplateSet } from '../../lib/template/template-set';

const OTHER = { account: '444455556666', region: 'us-east-1' };
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const ROLE_ARN = 'arn:aws:iam::111122223333:role/pods';
const pods = (session: readonly unknown[], statements = [...session, allow('sqs:*')], more = {}) => stackOf({
  Role: role(statements, { RoleName: 'pods' }), Pods: association(session), ...more,
}, US);
const bucketIn = (account: typeof US, ...statements: object[]) => stackOf({
  Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
  ...(statements.length === 0 ? {} : {
    DataPolicy: {
      Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Data' }, PolicyDocument: policy(...statements) },
    },
  }),
}, { ...account, id: 'Other', file: 'Other.json', pathOf: (id) => `Other/${id}` });
const to = (AWS: unknown, statement: object = READ) => ({ ...statement, Principal: { AWS } });
const said = (...stacks: ReturnType<typeof stackOf>[]) => findingsIn(...stacks).map(
  ({ severity, rule, code }) => `${severity} ${rule} ${code}`);

test('the message and the fix of a Deny statement', () => {
  const [{ message, fix }] = findingsIn(pods([READ]), bucketIn(US, to('*', deny('s3:Get*'))));
  expect(message).toBe(
    'Stack/Pods: the session policy allows s3:GetObject on arn:aws:s3:::data/a/*, but statement 0 of the policy of Other/Data denies it to '
    + "the role Stack/Role. AWS does not check this at deployment. At run time, the pods of service account 'sa' in namespace 'ns' get "
    + 'AccessDenied, "with an explicit deny in a resource-based policy".');
  expect(fix).toBe(
    'If the pods need it, exempt the role Stack/Role in that statement. Otherwise remove these actions from the session policy.');
});

const DELEGATED = (Action: string, Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  ...(Condition && { Condition }),
});
const withKey = (...statements: object[]) => pods(
  [], [allow('kms:*')], {
    Pods: association(undefined, {
      DisableSessionTags: true,
      Policy: {
        'Fn::Sub': JSON.stringify(policy(allow('kms:Decrypt', '${Key.Arn}'))),
      },
    }),
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(...statements) } },
  });

test('the message and the fix of a key policy', () => {
  const [{ message, fix }] = findingsIn(withKey(DELEGATED('kms:Encrypt')));
  expect(message).toContain('the policy of Stack/Key neither allows it to the role Stack/Role nor lets IAM policies allow it. ');
  expect(message).toContain('AccessDenied, "because no resource-based policy allows the kms:Decrypt action".');
  expect(fix).toBe('If the pods need it, add to the policy of Stack/Key {"Effect":"Allow","Principal":{"AWS":"111122223333"},'
    + '"Action":["kms:Decrypt"],"Resource":"*"}: IAM policies then decide. Otherwise remove these actions from the session policy.');
});

test('the fix of another account', () => {
  const [{ message, fix }] = findingsIn(pods([READ]), bucketIn(OTHER));
  expect(message).toContain('Other/Data is in another account and has no policy that allows it to the role Stack/Role.');
  expect(fix).toContain(`add to the policy of Other/Data {"Effect":"Allow","Principal":{"AWS":"${ROLE_ARN}"},`
    + '"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::data/a/*"}.');
});

const DENIED = 'error DeniedByResourcePolicy';

test.each<[string, string[], ReturnType<typeof stackOf>[]]>([
  // ---- Another account: both sides have to allow it ----
  ['another account, no policy', [`${DENIED} OtherAccountDoesNotAllow`], [pods([READ]), bucketIn(OTHER)]],
  ['another account, a policy for another role', [`${DENIED} OtherAccountDoesNotAllow`],
    [pods([READ]), bucketIn(OTHER, to('arn:aws:iam::111122223333:role/other'))]],
  ['another account, a policy for its own root', [`${DENIED} OtherAccountDoesNotAllow`],
    [pods([READ]), bucketIn(OTHER, to('arn:aws:iam::444455556666:root'))]],
  ['another account, a policy for the role', [], [pods([READ]), bucketIn(OTHER, to(ROLE_ARN))]],
  ['another account, a policy for the account of the role', [], [pods([READ]), bucketIn(OTHER, to('111122223333'))]],
  ['another account, a policy for everyone', [], [pods([READ]), bucketIn(OTHER, to('*'))]],
  ['another account, a policy for the role, and no identity policy', ['error NoEffectivePermissions NotAllowedByRole'],
    [pods([READ], [allow('sqs:*')]), bucketIn(OTHER, to(ROLE_ARN))]],
  ['another account, a policy for another action', [`${DENIED} OtherAccountDoesNotAllow`],
    [pods([READ]), bucketIn(OTHER, to(ROLE_ARN, allow('s3:PutObject', 'arn:aws:s3:::data/*')))]],
  ['the same account, no policy', [], [pods([READ]), bucketIn(US)]],
  ['another account, with an access control list', [], [pods([READ]), stackOf({
    Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data', AccessControl: 'PublicRead' } },
  }, { ...OTHER, id: 'Other' })]],
  // ---- What is not the resource alone, or not all of it ----
  ['everything', [], [pods([allow('s3:GetObject')]), bucketIn(US, to('*', deny('s3:*')))]],
  ['a part of the actions', [],
    [pods([allow('s3:Get*', 'arn:aws:s3:::data/*')]), bucketIn(US, to('*', deny('s3:GetObjectTagging')))]],
  ['a part of the objects', [], [pods([READ]), bucketIn(US, to('*', deny('s3:*', 'arn:aws:s3:::data/a/b/*')))]],
  ['how it is asked for', [],
    [pods([READ]), bucketIn(US, to('*', deny('s3:*', '*', { Bool: { 'aws:SecureTransport': 'false' } })))]],
  ['what the session policy denies, too', ['error NoEffectivePermissions NothingInCommon'],
    [pods([READ, deny('s3:*')], [READ]), bucketIn(US, to('*', deny('s3:*')))]],
  // ---- Keys ----
  ['a key that leaves everything to IAM policies', [], [withKey(DELEGATED('kms:*'))]],
  ['a key that leaves it to IAM policies', [], [withKey(DELEGATED('kms:Decrypt'))]],
  ['a key that leaves it to IAM policies in a way', [], [withKey(
    DELEGATED('kms:*', { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }))]],
  ['a key for services', [`${DENIED} KeyPolicyDoesNotAllow`],
    [withKey({ ...DELEGATED('kms:*'), Principal: { Service: 'logs.amazonaws.com' } })]],
  // ---- What the template does not tell ----
  ['a principal that is a parameter', ['warning DeniedByResourcePolicy PerhapsExplicitDeny'],
    [pods([READ]), bucketIn(US, to({ Ref: 'Parameter' }, deny('s3:*')))]],
  ['a policy that may not be deployed', ['warning DeniedByResourcePolicy PerhapsExplicitDeny'], [pods([READ]), stackOf({
    Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
    DataPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Condition: 'Unknown',
      Properties: { Bucket: { Ref: 'Data' }, PolicyDocument: policy(to('*', deny('s3:*'))) },
    },
  } as never, { ...US, id: 'Other' })]],
])('%s', (_name, expected, stacks) => {
  expect(said(...stacks)).toEqual(expected);
});

test('one problem for each statement that denies', () => {
  const session = [allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::data/a/*', 'arn:aws:s3:::data/b/*'])];
  const found = findingsIn(pods(session), bucketIn(US, to('*', deny('s3:*'))));
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining('allows s3:GetObject and s3:PutObject on arn:aws:s3:::data/a/* and arn:aws:s3:::data/b/*, but statement 0'),
  ]);
});

describe('what has a policy of its own', () => {
  const below = (rest: string, action: string, resource: object) => said(pods([], [allow('*')], {
    Pods: association(undefined, {
      DisableSessionTags: true, Policy: { 'Fn::Sub': JSON.stringify(policy(allow(action, `\${Own.Arn}${rest}`))) },
    }),
    ...resource,
  }));
  const table = {
    Own: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { ResourcePolicy: { PolicyDocument: policy(to('*', deny('dynamodb:*'))) } },
    },
  };
  const stream = {
    Own: { Type: 'AWS::Kinesis::Stream', Properties: {} },
    Policy: {
      Type: 'AWS::Kinesis::ResourcePolicy',
      Properties: { ResourceArn: { 'Fn::GetAtt': ['Own', 'Arn'] }, ResourcePolicy: policy(to('*', deny('kinesis:*'))) },
    },
  };
  const DENIES = [`${DENIED} ExplicitDeny`];

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-attach-resource-policy-streams.html
  // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutResourcePolicy.html
  test.each([
    ['a table', DENIES, '', 'dynamodb:GetItem', table],
    ['an index', DENIES, '/index/*', 'dynamodb:Query', table],
    ['a stream of a table', [], '/stream/*', 'dynamodb:GetRecords', table],
    ['a stream', DENIES, '', 'kinesis:GetRecords', stream],
    ['a consumer of a stream', [], '/consumer/a:1', 'kinesis:SubscribeToShard', stream],
  ])('%s', (_name, expected, rest, action, resources) => {
    expect(below(rest, action, resources)).toEqual(expected);
  });
});

test('equal names in two stages are different resources', () => {
  const stage = (assembly: string, effect: typeof allow) => stackOf({
    Role: role([allow('sqs:*')]),
    Pods: association(undefined, {
      DisableSessionTags: true, Policy: { 'Fn::Sub': JSON.stringify(policy(allow('sqs:SendMessage', '${Jobs.Arn}'))) },
    }),
    Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
    JobsPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Jobs' }], PolicyDocument: policy(to('*', effect('sqs:*'))) },
    },
  }, { assembly, id: `${assembly}/Stack`, pathOf: (id) => `${assembly}/${id}` });
  const denied = (...stages: ReturnType<typeof stackOf>[]) => findingsIn(...stages).map(
    ({ association: { path }, message }) => [path, /policy of (\S+)/.exec(message)?.[1]]);
  expect(denied(stage('Beta', deny), stage('Prod', allow))).toEqual([['Beta/Pods', 'Beta/Jobs']]);
  expect(denied(stage('Beta', allow), stage('Prod', deny))).toEqual([['Prod/Pods', 'Prod/Jobs']]);
});

describe('a resource that is declared', () => {
  const declared = (statements: readonly object[] | undefined, account = US.account) => runRules(
    new TemplateSet([pods([READ])]), {
      declarations: [{
        source: 'snapshot',
        arn: 'arn:aws:s3:::data',
        resource: { type: 'AWS::S3::Bucket', account, policy: statements && policy(...statements) },
      }],
    }).map(({ rule, code }) => `${rule} ${code}`);

  test('denies', () => expect(declared([to('*', deny('s3:*'))])).toEqual(['DeniedByResourcePolicy ExplicitDeny']));
  test('is in another account, and has no policy', () => (
    expect(declared(undefined, OTHER.account)).toEqual(['DeniedByResourcePolicy OtherAccountDoesNotAllow'])));
  test('has no policy', () => expect(declared(undefined)).toEqual([]));
});

describe('the stream of a table', () => {
  const at = (stream: object, ofTable: object[] = []) => pods([], [allow('sqs:*')], {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        StreamSpecification: { StreamViewType: 'KEYS_ONLY', ResourcePolicy: { PolicyDocument: policy(stream) } },
        ...(ofTable.length > 0 && { ResourcePolicy: { PolicyDocument: policy(...ofTable) } }),
      },
    },
    Pods: association(undefined, {
      DisableSessionTags: true,
      Policy: {
        'Fn::Sub': JSON.stringify(policy(allow('dynamodb:GetRecords', '${Table.StreamArn}'))),
      },
    }),
  });
  const toRole = to(arnOf('Role'), allow('dynamodb:GetRecords'));

  test('has a policy of its own, which allows', () => expect(said(at(toRole))).toEqual([]));
  test('is not denied by the policy of the table', () => (
    expect(said(at(toRole, [to('*', deny('dynamodb:*'))]))).toEqual([])));
  test('has a policy for another role', () => (
    expect(said(at(to('arn:aws:iam::111122223333:role/x', allow('dynamodb:GetRecords')))))
      .toEqual(['error NoEffectivePermissions NotAllowedByRole'])));
});

describe('a grant by a resource policy', () => {
  const templates = new TemplateSet([pods([READ], [allow('sqs:*')]), bucketIn(US, to(ROLE_ARN))]);

  test('is an assumption of the proof', () => {
    const context = new CheckContexts(templates).in(Assumptions.NONE);
    const [one] = context.associations;
    expect(context.verdict(one)).toMatchObject({
      kind: 'narrows',
      assumptions: [{
        code: 'ResourcePolicy', message: 'what the identity policies of the role do not allow, the policy of Other/Data allows',
      }],
    });
  });

  test('is in doubt if its principal is', () => {
    const [finding] = findingsIn(pods([READ], [allow('sqs:*')]), bucketIn(US, to({ Ref: 'Parameter' })));
    expect(finding).toMatchObject({ rule: 'NarrowingUndetermined', code: 'ResourcePolicy' });
    expect(finding.message).toContain('the policy of Other/Data may allow it to the role, and whether it does is not certain');
  });
});

test('arnOf is the role of the app', () => {
  const stack = pods([READ], [allow('sqs:*')], {
    Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
    DataPolicy: {
      Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Data' }, PolicyDocument: policy(to(arnOf('Role'))) },
    },
  });
  expect(findingsIn(stack)).toEqual([]);
});
