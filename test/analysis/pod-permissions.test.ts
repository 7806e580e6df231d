import { AskedRequests, whyNeverMade } from '../../lib/analysis/asked-requests';
import { CheckContext } from '../../lib/analysis/check-context';
import { mayMake, mayMakeNone } from '../../lib/analysis/pod-permissions';
import { Json, Verdict } from '../../lib/engine';
import { Evaluator } from '../../lib/template/evaluator';
import { TemplateSet } from '../../lib/template/template-set';
import { allow, association, deny, role, stackOf, US } from '../rules/app';

type Statement = ReturnType<typeof allow>;

/** Whether pods of a role with these statements may make the requests. */
function ask(
  action: string, resource: Json, conditions: Json | undefined, statements: readonly Statement[],
  session?: readonly Statement[],
): Verdict['kind'] {
  const stack = stackOf({ Role: role(statements), Pods: association(session) }, US);
  const context = new CheckContext(new Evaluator(new TemplateSet([stack])));
  const requests: AskedRequests = { action, resource, ...(conditions !== undefined && { conditions }) };
  const [pods] = context.associations;
  const { kind } = mayMake(requests, pods, context);
  const isMade = whyNeverMade(requests, context.optionsFor(pods)) === undefined;
  if (kind === 'narrows' && isMade) { expect(mayMakeNone(requests, pods, context)).toBe(false); }
  return kind;
}

const DATA = 'arn:aws:s3:::data';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:q';
const OTHER = 'arn:aws:s3:::other/x';
const S3 = [allow('s3:*', `${DATA}/*`)];
const inRegion = (...regions: string[]) => [allow('sqs:*', '*', { StringEquals: { 'aws:RequestedRegion': regions } })];

describe('what the pods may do', () => {
  test.each<[string, string, Json, Json | undefined, readonly Statement[], Verdict['kind']]>([
    ['what the role allows', 's3:GetObject', `${DATA}/x`, undefined, S3, 'narrows'],
    ['what it does not', 's3:GetObject', OTHER, undefined, S3, 'exceeds'],
    ['what it allows of what AWS asks', 's3:GetObject', [DATA, `${DATA}/*`], undefined, S3, 'narrows'],
    ['a region guard that the ARN meets', 'sqs:SendMessage', QUEUE, undefined,
      inRegion('us-east-1', 'us-west-2'), 'narrows'],
    ['a region guard that it does not', 'sqs:SendMessage', QUEUE, undefined, inRegion('eu-west-1'), 'exceeds'],
    ['a region guard that some ARNs meet', 'sqs:SendMessage', 'arn:aws:sqs:*:111122223333:q', undefined,
      inRegion('us-east-1'), 'exceeds'],
    ['a region guard of requests without a region', 's3:GetObject', `${DATA}/x`, undefined,
      [allow('s3:*', '*', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })], 'exceeds'],
    ['a denial of other regions', 'sqs:SendMessage', QUEUE, undefined,
      [allow('sqs:*'), { ...deny('*'), Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } }],
      'narrows'],
    ['a guard for the account of the role', 'sqs:SendMessage', QUEUE, undefined,
      [allow('sqs:*', '*', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } })], 'narrows'],
    ['a guard for another account', 'sqs:SendMessage', QUEUE, undefined,
      [allow('sqs:*', '*', { StringEquals: { 'aws:PrincipalAccount': '444455556666' } })], 'exceeds'],
  ])('%s', (_name, action, resource, conditions, statements, expected) => {
    expect(ask(action, resource, conditions, statements)).toBe(expected);
  });

  test('with a session policy, both have to allow it', () => {
    const asked = ['s3:GetObject', `${DATA}/a/x`, undefined, S3] as const;
    expect(ask(...asked, [allow('s3:GetObject', `${DATA}/a/*`)])).toBe('narrows');
    expect(ask(...asked, [allow('s3:GetObject', `${DATA}/b/*`)])).toBe('exceeds');
  });
});

describe('a request that AWS never makes is not a permission', () => {
  test.each<[string, string, Json, Json | undefined]>([
    ['of actions that do not exist', 's3:NoSuch*', '*', undefined],
    ['with a key that its requests never have', 's3:GetObject', OTHER, { StringEquals: { 's3:prefix': 'a' } }],
    ['with a key of users', 's3:GetObject', OTHER, { StringEquals: { 'aws:username': 'jane' } }],
    ['with the account of another role', 's3:GetObject', OTHER,
      { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }],
    ['in a region that the ARN does not have', 'sqs:SendMessage', QUEUE,
      { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
    ['in another partition', 's3:GetObject', 'arn:aws-cn:s3:::other/x', undefined],
  ])('%s', (_name, action, resource, conditions) => {
    expect(ask(action, resource, conditions, S3)).toBe('exceeds');
  });

  test('on an ARN that the action is not asked about', () => {
    expect(ask('s3:GetObject', DATA, undefined, S3)).toBe('undetermined'); // no request shows it
  });

  test('unless the policies allow it anyway', () => {
    expect(ask('s3:GetObject', DATA, undefined, [allow('s3:*')])).toBe('narrows');
  });

  test('an action that is written out may be newer than the reference', () => {
    expect(ask('s3:NoSuchAction', '*', undefined, S3)).toBe('undetermined');
  });
});

test('requests that cannot be read are an error', () => {
  expect(() => ask('GetObject', '*', undefined, S3)).toThrow('Action');
});

/** Whether pods of a role with these statements, in the namespace `ns`, are proven to make none of the requests. */
function areDenied(
  action: string, resource: string, conditions: Json | undefined, statements: readonly Statement[],
  session?: readonly Statement[], ofRole: { readonly [property: string]: unknown } = {},
  ofAssociation: { readonly [property: string]: unknown } = {},
): boolean {
  const stack = stackOf({ Role: role(statements, ofRole), Pods: association(session, ofAssociation) }, US);
  const context = new CheckContext(new Evaluator(new TemplateSet([stack])));
  return mayMakeNone({ action, resource, ...(conditions !== undefined && { conditions }) }, context.associations[0],
    context);
}

describe('what the pods may not do', () => {
  const allowIf = (operator: string, key: string, value: string) => [allow('*', '*', { [operator]: { [key]: value } })];
  test.each<[string, boolean, Parameters<typeof areDenied>]>([
    ['what the role does not allow', true, ['s3:GetObject', OTHER, undefined, S3]],
    ['what it allows', false, ['s3:GetObject', `${DATA}/x`, undefined, S3]],
    ['what it allows on a resource that AWS never asks about', true,
      ['s3:GetObject', '*', undefined, [allow('s3:*', DATA)]]],
    ['what AWS asks about, too', false, ['s3:*', '*', undefined, [allow('s3:*', DATA)]]],
    ['for sessions with MFA', true, ['s3:*', '*', undefined, allowIf('Bool', 'aws:MultiFactorAuthPresent', 'true')]],
    ['for sessions without', false,
      ['s3:*', '*', undefined, allowIf('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false')]],
    ['for users', true, ['s3:GetObject', '*', undefined, [allow('s3:*', `${DATA}/\${aws:username}/*`)]]],
    ['in the region of the ARN', false,
      ['sqs:SendMessage', QUEUE, undefined, allowIf('StringEquals', 'aws:RequestedRegion', 'us-east-1')]],
    ['in another region', true,
      ['sqs:SendMessage', QUEUE, undefined, allowIf('StringEquals', 'aws:RequestedRegion', 'eu-west-1')]],
    ['under two values of one key', true, [
      's3:GetObject', '*', undefined, allowIf('StringEquals', 'aws:SourceVpc', 'vpc-1'),
      allowIf('StringEquals', 'aws:SourceVpc', 'vpc-2'),
    ]],
    ['under a value and a pattern of one key that it meets', false, [
      's3:GetObject', '*', undefined, allowIf('StringEquals', 'aws:SourceVpc', 'vpc-1'),
      allowIf('StringLike', 'aws:SourceVpc', 'vpc-*'),
    ]],
    ['under a value that a condition leaves out', true, [
      's3:GetObject', '*', undefined, allowIf('StringEquals', 'aws:SourceVpc', 'vpc-1'),
      allowIf('StringNotEquals', 'aws:SourceVpc', 'vpc-1'),
    ]],
    ['an action that may be newer than the reference', false, ['s3:*', '*', undefined, [allow('s3:NoSuchAction')]]],
  ])('%s: %p', (_name, expected, asked) => {
    expect(areDenied(...asked)).toBe(expected);
  });

  const ofNamespace = (name: string) => allowIf('StringEquals', 'aws:PrincipalTag/kubernetes-namespace', name);
  const GET = ['s3:GetObject', '*', undefined] as const;
  test.each<[string, boolean, Parameters<typeof areDenied>]>([
    ['the namespace of the association', false, [...GET, ofNamespace('ns')]],
    ['another namespace', true, [...GET, ofNamespace('other')]],
    ['the name of the cluster', false, [...GET, allowIf('StringEquals', 'aws:PrincipalTag/eks-cluster-name', 'prod')]],
    ['the name of another cluster', true,
      [...GET, allowIf('StringEquals', 'aws:PrincipalTag/eks-cluster-name', 'test')]],
    ['some pod', false, [...GET, allowIf('StringLike', 'aws:PrincipalTag/kubernetes-pod-name', 'web-*')]],
    ['no pod', true, [...GET, allowIf('Null', 'aws:PrincipalTag/kubernetes-pod-name', 'true')]],
    ['a tag that EKS does not set', false, [...GET, allowIf('StringEquals', 'aws:PrincipalTag/team', 'web')]],
    ['a folder of the namespace', false,
      ['s3:GetObject', `${DATA}/ns/x`, undefined,
        [allow('s3:*', `${DATA}/\${aws:PrincipalTag/kubernetes-namespace}/*`)]]],
    ['a folder of another one', true,
      ['s3:GetObject', `${DATA}/b/x`, undefined,
        [allow('s3:*', `${DATA}/\${aws:PrincipalTag/kubernetes-namespace}/*`)]]],
    ['with a session policy', true, [...GET, ofNamespace('ns'), [allow('s3:*')]]],
    ['with a session policy, on a role that has the tag itself', false,
      [...GET, ofNamespace('ns'), [allow('s3:*')], { Tags: [{ Key: 'kubernetes-namespace', Value: 'ns' }] }]],
    ['without session tags', true, [...GET, ofNamespace('ns'), undefined, {}, { DisableSessionTags: true }]],
    ['with session tags or not, as the deployment knows', false,
      [...GET, ofNamespace('ns'), undefined, {}, { DisableSessionTags: { Ref: 'NotGiven' } }]],
  ])('session tags, %s: %p', (_name, expected, asked) => {
    expect(areDenied(...asked)).toBe(expected);
  });

  test('what the tags of the session allow', () => {
    expect(ask('s3:GetObject', OTHER, undefined, ofNamespace('ns'))).toBe('narrows');
    expect(ask('s3:GetObject', OTHER, undefined, ofNamespace('other'))).toBe('exceeds');
    expect(ask('s3:GetObject', OTHER, undefined, ofNamespace('ns'), [allow('s3:*')])).toBe('exceeds');
  });
});

describe('resource policies', () => {
  const ROLE = 'arn:aws:iam::111122223333:role/pods';
  const to = (AWS: unknown, statement: object) => ({ ...statement, Principal: { AWS } });
  const UNKNOWN = { Ref: 'Parameter' };
  type Written = Parameters<typeof stackOf>[0][string];
  const answer = (session: Statement, asked: [string, string], statements: readonly object[], of = bucketPolicy) => {
    const stack = stackOf({
      Role: role([session], { RoleName: 'pods' }), Pods: association(undefined), Policy: of(statements),
    }, US);
    const context = new CheckContext(new Evaluator(new TemplateSet([stack])));
    const [pods] = context.associations;
    const requests: AskedRequests = { action: asked[0], resource: asked[1] };
    const verdict = mayMake(requests, pods, context);
    return {
      kind: verdict.kind,
      none: mayMakeNone(requests, pods, context),
      why: verdict.kind === 'undetermined' ? verdict.reasons.map(({ message }) => message) : [],
    };
  };
  const bucketPolicy = (statements: readonly object[]): Written => ({
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: 'data', PolicyDocument: { Version: '2012-10-17', Statement: statements } },
  });
  const ELSEWHERE = 'arn:aws:sqs:us-east-1:444455556666:jobs';
  const queuePolicy = (statements: readonly object[]): Written => ({
    Type: 'AWS::SQS::QueueInlinePolicy',
    Properties: { Queue: ELSEWHERE, PolicyDocument: { Version: '2012-10-17', Statement: statements } },
  });
  const READ: [string, string] = ['s3:GetObject', `${DATA}/a/x`];
  const reading = allow('s3:GetObject', `${DATA}/*`);

  test('a grant that is certain', () => {
    expect(answer(allow('sqs:*'), READ, [to(ROLE, reading)])).toMatchObject({ kind: 'narrows', none: false });
  });

  test('a grant that is doubtful is neither allowed nor denied', () => {
    expect(answer(allow('sqs:*'), READ, [to(UNKNOWN, reading)])).toEqual({
      kind: 'undetermined',
      none: false,
      why: ['the policy of the bucket data may allow it to the role, and whether it does is not certain'],
    });
    expect(answer(allow('sqs:*'), ['s3:PutObject', `${DATA}/a/x`], [to(UNKNOWN, reading)]))
      .toMatchObject({ kind: 'exceeds', none: true });
  });

  test('a denial that is certain', () => {
    expect(answer(allow('s3:*'), READ, [to('*', deny('s3:*', `${DATA}/*`))]))
      .toMatchObject({ kind: 'exceeds', none: true });
  });

  test('a denial that is doubtful is neither allowed nor denied', () => {
    expect(answer(allow('s3:*'), READ, [to(UNKNOWN, deny('s3:*', `${DATA}/*`))])).toEqual({
      kind: 'undetermined',
      none: false,
      why: ['statement 0 of the policy of the bucket data may deny it, and whether it does is not certain'],
    });
  });

  test('a denial on a part of several buckets', () => {
    expect(answer(allow('s3:*'), READ, [to('*', deny('s3:*', 'arn:aws:s3:::*/a/*'))]))
      .toMatchObject({ kind: 'undetermined', none: false });
  });

  test('in another account, what is needed and doubtful', () => {
    const asked: [string, string] = ['sqs:SendMessage', ELSEWHERE];
    const sending = (AWS: unknown, resource = ELSEWHERE) => [to(AWS, allow('sqs:SendMessage', resource))];
    const of = (statements: readonly object[]) => answer(allow('sqs:*'), asked, statements, queuePolicy);
    expect(of(sending(ROLE))).toMatchObject({ kind: 'narrows', none: false });
    expect(of(sending('arn:aws:iam::111122223333:role/other'))).toMatchObject({ kind: 'exceeds', none: true });
    expect(of(sending(UNKNOWN))).toMatchObject({
      kind: 'undetermined',
      none: false,
      why: ['a resource policy has to allow it, and whether it does is not certain'],
    });
  });
});
