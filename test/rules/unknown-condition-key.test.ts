import { allow, association, deny, findingsOf, role, stackOf } from './app';
import { managedProblems } from './managed-problems';
import { UNKNOWN_CONDITION_KEY } from '../../lib/rules/unknown-condition-key';
import { managedPolicies } from '../managed-policies';

const at = (...session: unknown[]) => stackOf({ Pods: association(session), Role: role([allow('*', '*')]) });
const OBJECTS = 'arn:aws:s3:::data/*';
const PREFIX = { 's3:prefix': 'tenant-a/' };
const REFERENCE = 'the service authorization reference of 2026-09-26';
const NEVER = 'The condition is then never met, so the statement allows nothing: the pods get AccessDenied, unless another statement allows it.';
const NEVER_DENIES =
  'The condition is then never met, so the statement denies nothing.';
const ALWAYS = 'The condition is then always met, so it limits nothing: the statement allows the same without it.';
const ALWAYS_DENIES = 'The condition is then always met, so it exempts nothing: the statement denies the same without it.';

test('a key of other actions of the service', () => {
  const findings = findingsOf(
    'UnknownConditionKey',
    at({ ...allow(['s3:GetObject', 's3:PutObject'], OBJECTS, { StringLike: PREFIX }), Sid: 'Read' }),
  );
  expect(findings.map((f) => [f.severity, f.message, f.fix])).toEqual([['warning',
    `Stack/Pods: statement 0 (Sid 'Read') of the session policy tests s3:prefix (StringLike), which no request of s3:GetObject, s3:PutObject contains. According to ${REFERENCE}, `
    + `requests of s3:ListBucket, s3:ListBucketVersions contain it. ${NEVER}`,
    'Remove the condition here. If you need it for s3:ListBucket, s3:ListBucketVersions, move it to a separate statement.']]);
});

test('a key of another service', () => {
  const [{ message }] = findingsOf('UnknownConditionKey', at(allow('dynamodb:Query', '*', { StringEquals: PREFIX })));
  expect(message).toContain('which no request of dynamodb:Query contains.');
  expect(message)
    .toContain('requests of s3:ListBucket, s3:ListBucketVersions contain it, and no request of dynamodb at all. ');
});

test('a key that does not exist', () => {
  const findings = findingsOf(
    'UnknownConditionKey', at(allow('s3:ListBucket', '*', { StringEquals: { 's3:prefx': 'a' } })),
  );
  expect(findings.map((f) => [f.message, f.fix])).toEqual([[
    `Stack/Pods: statement 0 of the session policy tests s3:prefx (StringEquals), which is not a condition key of ${REFERENCE}. Unless AWS has added it since then, no request `
    + `has it. ${NEVER}`,
    'Write s3:prefix, if that is what you mean. If AWS has added s3:prefx since then, acknowledge this rule with that reason.',
  ]]);
});

test.each<[string, unknown, string]>([
  ['aws:PrincipalTag',
    allow('s3:*', '*', { StringEquals: { 'aws:PrincipalTag': 'a' } }), 'Write aws:PrincipalTag/${TagKey}, if'],
  ['aws:SourceIP4',
    { Effect: 'Deny', NotAction: 's3:*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIP4': '10.0.0.0/8' } } },
    'Write aws:SourceIp, if'],
  ['nothing like it',
    deny('*', '*', { StringEquals: { 'acme:Department': 'a' } }), 'Look the key up at https://docs.aws.amazon.com/'],
])('%s', (_name, statement, fix) => {
  expect(findingsOf('UnknownConditionKey', at(statement)).map((f) => f.fix.slice(0, fix.length))).toEqual([fix]);
});

test.each<[string, unknown, string]>([
  ['StringEquals', 'a', NEVER],
  ['StringNotEquals', 'a', ALWAYS],
  ['StringEqualsIfExists', 'a', ALWAYS],
  ['ForAllValues:StringEquals', 'a', ALWAYS],
  ['ForAnyValue:StringEquals', 'a', NEVER],
  ['Null', 'true', ALWAYS],
  ['Null', 'false', NEVER],
  ['ForAnyValue:StringEqualsIfExists',
    'a', 'AWS does not document whether this operator is met if the key is missing.'],
])('%s %s', (operator, value, effect) => {
  const ofDeny = effect === NEVER ? NEVER_DENIES : effect === ALWAYS ? ALWAYS_DENIES : effect;
  const condition = { [operator]: { 's3:prefix': value } };
  const messages = findingsOf(
    'UnknownConditionKey', at(allow('s3:GetObject', '*', condition), deny('s3:GetObject', '*', condition)),
  ).map((f) => f.message);
  expect(messages).toEqual([expect.stringContaining(effect), expect.stringContaining(ofDeny)]);
});

test.each<[string, unknown]>([
  ['a key of the action', allow('s3:ListBucket', '*', { StringLike: PREFIX })],
  ['in another case', allow('S3:listbucket', '*', { StringLike: { 'S3:PREFIX': 'a' } })],
  ['a key of one of the actions', allow(['s3:GetObject', 's3:ListBucket'], '*', { StringLikeIfExists: PREFIX })],
  ['a pattern that matches one', allow('s3:List*', '*', { StringLike: PREFIX })],
  ['a key of the resource type', allow('ec2:StartInstances', '*', { StringEquals: { 'ec2:ResourceTag/team': 'a' } })],
  ['a tag', allow('s3:GetObject', '*', { StringEquals: { 's3:ExistingObjectTag/team': 'a' } })],
  ['global keys',
    allow('s3:GetObject', '*', {
      StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'a', 'aws:ResourceTag/b': 'c' },
      Bool: { 'aws:SecureTransport': 'true' },
    })],
  ['a key of the encryption context',
    allow('kms:Decrypt', '*', {
      StringEquals: { 'kms:EncryptionContext:app': 'a', 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
    })],
  ['the service that a role is passed to',
    allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } })],
  ['all actions', allow('*', '*', { StringEquals: PREFIX })],
  ['all but some actions',
    { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*', Condition: { StringEquals: PREFIX } }],
  ['a service that may be newer', allow(['new:Act', 's3:GetObject'], '*', { StringEquals: { 'new:Key': 'a' } })],
  ['an action that may be newer', allow(['s3:GetObjct', 's3:GetObject'], '*', { StringEquals: PREFIX })],
  ['a key of other credentials, if it exists',
    allow('s3:GetObject', '*', { ArnLikeIfExists: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:f' } })],
  ['a key of an identity provider',
    allow('s3:GetObject', '*', {
      StringEquals: { 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub': 'a', 'saml:sub': 'b' },
    })],
])('%s: nothing to say', (_name, statement) => {
  expect(findingsOf('UnknownConditionKey', at(statement))).toEqual([]);
});

test('in the policies that AWS maintains, only keys of users and of EC2 instances are found', () => {
  const found = managedProblems(UNKNOWN_CONDITION_KEY);
  expect(found.map(({ name }) => name)).toEqual([
    'AWSCodeCommitFullAccess', 'AWSCodeCommitPowerUser', 'AWSCodeCommitReadOnly', 'AWSEC2VssSnapshotPolicy',
    'AWSElasticDisasterRecoveryEc2InstancePolicy', 'AWSElasticDisasterRecoveryRecoveryInstancePolicy',
    'IAMSelfManageServiceSpecificCredentials', 'IAMUserChangePassword', 'IAMUserSSHKeys',
  ]);
  const messages = found.flatMap(({ problems }) => problems.map(({ message }) => message));
  expect(messages.filter((message) => !/aws:username|ec2:SourceInstanceARN/.test(message))).toEqual([]);
});

describe('a key that only other principals have', () => {
  const homes = (user: string) => `arn:aws:s3:::data/home/\${${user}}/*`;
  const NEEDS = 'needs a condition key that requests of the pods never have';
  const WHO = 'the pods are sessions of a role, not IAM users, EC2 instances or AWS services. The statement';
  test.each<[string, unknown, string]>([
    ['in the resource', allow('s3:GetObject', homes('aws:username')),
      `${NEEDS} (${homes('aws:username')}): ${WHO} allows nothing: the pods get AccessDenied`],
    ['in one of two resources', allow('s3:GetObject', [homes('aws:username'), OBJECTS]),
      `${WHO} allows nothing on '${homes('aws:username')}': the pods`],
    ['in a condition', allow('s3:GetObject', OBJECTS, { StringEquals: { 'aws:username': 'jane' } }),
      `${NEEDS} (aws:username): `],
    ['in another case', allow('s3:GetObject', OBJECTS, { StringLike: { 'AWS:Username': 'j*' } }),
      `${NEEDS} (AWS:Username)`],
    ['in the value of a condition', allow('s3:ListBucket', '*', { StringLike: { 's3:prefix': '${aws:username}/*' } }),
      `${NEEDS} (s3:prefix = \${aws:username}/*): `],
    ['of a service', allow('s3:GetObject', OBJECTS, { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' } }),
      `${NEEDS} (aws:SourceArn)`],
    ['of a function', allow('s3:GetObject', OBJECTS, {
      ArnLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:f' },
    }), `${NEEDS} (lambda:SourceFunctionArn)`],
    ['that is denied', deny('s3:GetObject', homes('aws:username')),
      `${WHO} denies nothing, so it does not deny what it is meant to deny.`],
  ])('%s', (_name, statement, expected) => {
    const [finding, ...others] = findingsOf('UnknownConditionKey', at(allow('s3:Put*', OBJECTS), statement));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', message: expect.stringContaining(expected) });
  });

  test.each<[string, unknown]>([
    ['that is missing as it has to be', allow('s3:GetObject', OBJECTS, { Null: { 'aws:username': 'true' } })],
    ['under a negated operator', deny('s3:*', '*', { StringNotEquals: { 'aws:username': 'jane' } })],
    ['if it exists', allow('s3:GetObject', OBJECTS, { StringEqualsIfExists: { 'aws:username': 'jane' } })],
    ['with a default value', allow('s3:GetObject', homes("aws:username, 'pods'"))],
    ['of the role', allow('s3:GetObject', homes('aws:userid'))],
    ['that the pods may have', allow('s3:GetObject', homes('aws:PrincipalTag/team'))],
  ])('not %s', (_name, statement) => {
    expect(findingsOf('UnknownConditionKey', at(statement))).toEqual([]);
  });
});

test('of policies that test keys of services', () => { // so that nothing found says something
  const tested = managedPolicies().flatMap(({ document }) => [document.Statement].flat())
    .flatMap(({ Condition }) => Object.values(Condition ?? {}).flatMap((keys) => Object.keys(keys)))
    .filter((key) => !key.toLowerCase().startsWith('aws:'));
  expect(new Set(tested).size).toBeGreaterThan(100);
});
