import { allow, arnOf, association, deny, findingsOf, role, stackOf } from './app';
import { managedProblems } from './managed-problems';
import { ACTION_RESOURCE_MISMATCH } from '../../lib/rules/action-resource-mismatch';

const at = (...session: unknown[]) => stackOf({ Pods: association(session), Role: role([allow('*', '*')]) });
const BUCKET = 'arn:aws:s3:::data';
const OBJECTS = 'arn:aws:s3:::data/*';
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/t';
const INSTANCE = 'arn:aws:ec2:us-east-1:111122223333:instance/i-1';
const DENIED = 'the pods get AccessDenied, unless another statement allows it.';

const NO_DENIAL = 'The statement does not deny s3:DeleteObject.';
const OBJECT = 'arn:${Partition}:s3:::${BucketName}/${ObjectName} or arn:${Partition}:s3::${Account}:accesspoint/${Alias}/object/* or arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}/object/${ObjectName}';
const REMOVE = 'Or remove what the pods do not need.';
const on = (actions: string, resource: string, places: string) => (
  `lists no resource that AWS authorizes ${actions} on, only ${resource}. According to the service authorization reference of 2026-09-26, AWS authorizes ${places}. The statement does not allow ${actions}: `);

test.each<[string, unknown, string, string]>([
  ['objects on a bucket', { ...allow('s3:GetObject', BUCKET), Sid: 'Read' },
    `statement 0 (Sid 'Read') of the session policy ${on('s3:GetObject', "'arn:aws:s3:::data'", `s3:GetObject on ${OBJECT}`)}${DENIED}`,
    `Add 'arn:aws:s3:::data/*' to the resources. ${REMOVE}`],
])('%s', (_name, statement, message, fix) => {
  expect(findingsOf('ActionResourceMismatch', at(statement)).map((f) => [f.severity, f.message, f.fix])).toEqual([
    ['warning', `Stack/Pods: ${message}`, fix],
  ]);
});

test.each<[string, unknown, string, string]>([
  ['a bucket on objects',
    allow(['s3:GetObject', 's3:ListBucket'], OBJECTS), 's3:ListBucket', `Add '${BUCKET}' to the resources.`],
  ['a pattern', allow('s3:GetObject*', BUCKET), 's3:GetObject*', `Add '${OBJECTS}' to the resources.`],
  ['another service',
    allow(['dynamodb:Query', 'dynamodb:Scan', 's3:GetObject'], OBJECTS), 'dynamodb:Query, dynamodb:Scan',
    'List a resource that dynamodb:Query, dynamodb:Scan are authorized on.'],
  ['all actions of another service', allow('sqs:*', TABLE), 'sqs:*', 'List a resource that sqs:* is authorized on.'],
  ['what has no resource', allow(['ec2:DescribeInstances', 'ec2:StopInstances'], INSTANCE), 'ec2:DescribeInstances',
    'Give ec2:DescribeInstances a statement with "Resource":"*".'],
  ['the token of ECR',
    allow(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], 'arn:aws:ecr:us-east-1:111122223333:repository/r'),
    'ecr:GetAuthorizationToken',
    'Give ecr:GetAuthorizationToken a statement with "Resource":"*".'],
  ['what is listed, on one of it',
    allow(['dynamodb:ListTables', 'dynamodb:Query'], TABLE), 'dynamodb:ListTables',
    'Give dynamodb:ListTables a statement with'],
  ['no resource, on another service',
    allow('eks:CreateCluster', TABLE), 'eks:CreateCluster', 'Give eks:CreateCluster a statement with'],
  ['what a grant gives along, alone',
    allow('ssm:DescribeParameters', 'arn:aws:ssm:us-east-1:111122223333:parameter/p'), 'ssm:DescribeParameters',
    'Give ssm:DescribeParameters a statement with'],
  ['a log group without its streams',
    allow('logs:GetLogEvents', 'arn:aws:logs:us-east-1:111122223333:log-group:g'), 'logs:GetLogEvents',
    "Add 'arn:aws:logs:us-east-1:111122223333:log-group:g:*' to the resources."],
  ['a log group with slashes in its name',
    allow('logs:FilterLogEvents', 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/eks/prod'),
    'logs:FilterLogEvents',
    "Add 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/eks/prod:*' to the resources."],
  ['an index of a table', allow('dynamodb:GetRecords', TABLE), 'dynamodb:GetRecords',
    `Add '${TABLE}/*' to the resources.`],
  ['no name: all of a kind are more than was meant', allow('dynamodb:Query', TABLE.replace('/t', '')), 'dynamodb:Query',
    'List a resource that dynamodb:Query is authorized on.'],
  ['an object with its bucket in the place of the region',
    allow('s3:GetObject', 'arn:aws:s3:data/*'), 's3:GetObject', 'List a resource that s3:GetObject is authorized on.'],
  ['a table without its region and account',
    allow('dynamodb:GetItem', 'arn:aws:dynamodb:table/t*'), 'dynamodb:GetItem', 'List a resource that'],
  ['a queue without its account',
    allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:q*'), 'sqs:SendMessage', 'List a resource that'],
  ['an account that is none',
    allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:account-id:q'), 'sqs:SendMessage', 'List a resource that'],
  ['secrets of a batch', allow(['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:app/*'), 'secretsmanager:BatchGetSecretValue',
  'Give secretsmanager:BatchGetSecretValue a statement with "Resource":"*".'],
  ['several of them',
    allow(['s3:GetObject', 'ec2:DescribeInstances', 'sqs:SendMessage', 's3:ListBucket'], BUCKET),
    's3:GetObject, ec2:DescribeInstances, sqs:SendMessage',
    `Add '${OBJECTS}' to the resources. Give ec2:DescribeInstances a statement with "Resource":"*". List a resource that sqs:SendMessage is authorized on. ${REMOVE}`],
])('%s', (_name, statement, actions, fix) => {
  const findings = findingsOf('ActionResourceMismatch', at(statement));
  expect(findings.map((f) => /resource that AWS authorizes (.*?) on, only/.exec(f.message)![1])).toEqual([actions]);
  expect(findings[0].message).toContain(actions.includes(', ') ? DENIED.replace('it.', 'them.') : DENIED);
  expect(findings[0].fix).toContain(fix);
});

test('a Deny statement', () => {
  const [finding, ...others] = findingsOf(
    'ActionResourceMismatch', at(allow('s3:*', '*'), deny('s3:DeleteObject', BUCKET)),
  );
  expect(others).toEqual([]);
  expect(finding.message).toContain('statement 1 of the session policy lists');
  expect(finding.message).toContain(NO_DENIAL);
});

test('a bucket of the app', () => {
  const Policy = {
    'Fn::Sub': [
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"${Arn}"}}',
      { Arn: arnOf('Bucket') },
    ],
  };
  const stack = stackOf({
    Pods: association(undefined, { Policy, DisableSessionTags: true }),
    Role: role([allow('*', '*')]),
    Bucket: { Type: 'AWS::S3::Bucket' },
  });
  expect(findingsOf('ActionResourceMismatch', stack).map((f) => f.fix)).toEqual([
    `Add 'arn:\${AWS::Partition}:s3:::\${Bucket}/*' to the resources. ${REMOVE}`,
  ]);
});

test.each<[string, unknown]>([
  ['bucket.grantRead', allow(['s3:GetObject*', 's3:GetBucket*', 's3:List*'], [BUCKET, OBJECTS])],
  ['a bucket whose name goes on', allow('s3:GetObject', 'arn:aws:s3:::data*')],
  ['a pattern of which one action applies', allow('s3:*', BUCKET)],
  ['all actions', allow('*', BUCKET)],
  ['all resources', allow(['ec2:DescribeInstances', 's3:GetObject'], '*')],
  ['table.grantReadData', allow(['dynamodb:Query', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [TABLE])],
  ['parameter.grantRead',
    allow(['ssm:DescribeParameters', 'ssm:GetParameters'], 'arn:aws:ssm:us-east-1:111122223333:parameter/p')],
  ['all tables, listed', allow('dynamodb:ListTables', 'arn:aws:dynamodb:us-east-1:111122223333:table/*')],
  ['all parameters, listed', allow('ssm:DescribeParameters', 'arn:aws:ssm:us-east-1:111122223333:*')],
  ['all buckets, listed', allow('s3:ListAllMyBuckets', 'arn:aws:s3:::*')],
  ['what is made, though the reference says *',
    allow('eks:CreateCluster', 'arn:aws:eks:us-east-1:111122223333:cluster/c')],
  ['any service', allow('dynamodb:Query', 'arn:aws:*:us-east-1:111122223333:table/t')],
  ['a variable', allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*')],
  ['an action that does not exist: UnknownAction says it', allow('s3:GetObjct', BUCKET)],
  ['a service that may be newer', allow('new:Act', BUCKET)],
  ['NotAction', { Effect: 'Allow', NotAction: 's3:GetObject', Resource: OBJECTS }],
  ['NotResource', { Effect: 'Allow', Action: 's3:GetObject', NotResource: OBJECTS }],
  ['a resource that only others use', allow('s3:GetObject', [OBJECTS, TABLE])],
])('%s: nothing to say', (_name, statement) => {
  expect(findingsOf('ActionResourceMismatch', at(statement))).toEqual([]);
});

test('of unknown text', () => {
  const Policy = {
    'Fn::Sub': '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"${Any}"}}',
  };
  const stack = stackOf({
    Pods: association(undefined, { Policy, DisableSessionTags: true }), Role: role([allow('*', '*')]),
  });
  expect(findingsOf('ActionResourceMismatch', stack)).toEqual([]);
});

/**
 * By the service of the first action, the policies in which something is found; four are too long for a session policy,
   and not read. They were looked at. Statements that list actions of several kinds and
 * the ARNs of one (`sagemaker`, `cloudformation`, `iot`, `kafka-cluster`, `ec2:CreateLaunchTemplate`, `ecs`),
   or of another service
 * (`connect`, `ssm`, `tag`); actions that are asked about on `*` alone (`kms:ListKeys`, `lambda:ListFunctions`,
   `s3:GetAccessPoint`); log
 * groups without `:*`; lists on one of what is listed (`resource-explorer-2`); ARNs without a part that AWS has (`kms` without an account, `organizations`), with one too many
 * (`s3:ListBucketMultipartUploads` on `bucket/*`),
   or in another spelling (`appflow`, `quicksight`); and kinds of resources that the
 * reference does not list for the action,
   of which nobody can tell here who is right (`aws-marketplace`, `sagemaker-mlflow`,
 * `securityagent`, `waf-regional`, `config`, `drs`, `bedrock-agentcore`).
 */
test('what is found in the policies that AWS maintains', () => {
  const found = managedProblems(ACTION_RESOURCE_MISMATCH);
  const services = found.flatMap(({ problems }) => [...new Set(problems.flatMap(({ message }) => (
    / that AWS authorizes ([^:]*):/.exec(message)!.slice(1))))]);
  expect(found.length).toBe(64);
  expect(found.flatMap(({ problems }) => problems)).toHaveLength(74);
  expect(countsOf(services)).toEqual({
    'appflow': 1,
    'aws-marketplace': 4,
    'bedrock-agentcore': 1,
    'cloudformation': 2,
    'config': 3,
    'connect': 1,
    'drs': 1,
    'ec2': 6,
    'ecs': 1,
    'eks': 1,
    'grafana': 1,
    'iot': 1,
    'kafka-cluster': 1,
    'kms': 5,
    'lambda': 4,
    'logs': 1,
    'organizations': 1,
    'quicksight': 2,
    'rds': 1,
    'resource-explorer-2': 4,
    's3': 3,
    'sagemaker': 7,
    'sagemaker-mlflow': 2,
    'securityagent': 2,
    'ssm': 3,
    'tag': 4,
    'waf-regional': 5,
  });
});

function countsOf(names: readonly string[]): { readonly [name: string]: number } {
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, names.filter((n) => n === name).length]));
}

describe('an ARN that no resource has', () => {
  const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}`;
  const parameter = (name: string) => `arn:aws:ssm:us-east-1:111122223333:parameter/${name}`;
  const read = (...resources: string[]) => allow(['secretsmanager:GetSecretValue', 'ssm:GetParameter'], resources);
  const found = (stack: ReturnType<typeof at>) => (
    findingsOf('ActionResourceMismatch', stack).filter(({ message }) => message.includes('of any resource: ')));
  const RANDOM = 'ARNs of secrets end with a hyphen and six random characters';

  test.each<[string, string, string]>([
    ['a secret without its suffix', secret('app/db'), secret('app/db-??????')],
    ['a pattern of them', secret('app/*/db'), secret('app/*/db-??????')],
    ['a suffix that is too short', secret('db-?????'), secret('db-?????-??????')],
    ['a suffix with a hyphen in it', secret('db-abc-ef'), secret('db-abc-ef-??????')],
  ])('%s', (_name, wrong, meant) => {
    const findings = found(at(read(wrong, secret('other-??????'))));
    expect(findings.map(({ message, fix }) => [message, fix])).toEqual([[
      `Stack/Pods: statement 0 of the session policy lists '${wrong}', which is not the ARN of any resource: ${RANDOM}. `
      + 'The statement allows nothing on it: the pods get AccessDenied.', `Write '${meant}' instead of '${wrong}'.`,
    ]]);
    expect(found(at(read(meant)))).toEqual([]);
  });

  test('a parameter with two slashes, beside a secret', () => {
    const [{ message, fix }] = found(
      at({ ...read(parameter('/app/x'), secret('db')), Effect: 'Deny' }));
    expect(message).toContain(`with one slash; ${RANDOM}. The statement denies nothing on them, so it does not deny what it is meant`);
    expect(fix).toBe(`Write '${parameter('app/x')}' instead of '${parameter('/app/x')}', '${secret('db-??????')}' instead of '${secret('db')}'.`);
  });

  test.each([
    secret('db-a1b2c3'), secret('app-secret'), secret('db-*'), secret('db*'), secret('*'), secret('db-*c3'),
    secret('????????????'),
    secret('${aws:PrincipalTag/team}'), parameter('app/x'), parameter('app//x'), parameter('*'), `${parameter('')}*`,
    'arn:aws:secretsmanager:*:*:secret:*', 'arn:aws:ssm:*:*:*',
  ])('not %s', (resource) => {
    expect(found(at(read(resource)))).toEqual([]);
  });

  test('not a secret of the app', () => {
    const stack = stackOf({
      Secret: { Type: 'AWS::SecretsManager::Secret' },
      Name: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } },
      Role: role([allow('*', '*')]),
      Pods: association([], {
        DisableSessionTags: true,
        Policy: {
          'Fn::Sub': JSON.stringify({
            Version: '2012-10-17',
            Statement: [read('${Secret}', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:${Name}')],
          }),
        },
      }),
    });
    expect(found(stack)).toEqual([]);
  });
});
