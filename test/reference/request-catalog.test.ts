import { actionOf } from './requests';
import { isEverAsked, parsePolicy, Presence, SymbolicString } from '../../lib/engine';
import { requestCatalog, likelyRequests } from '../../lib/reference/request-catalog';
import { allow, BUCKET, decide, variable } from '../engine/make';

const actionsOf = (prefix: string) => requestCatalog().services.get(prefix)!;

test('is dated, and has every service', () => {
  const { asOf, services } = requestCatalog();
  expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  expect([...services.keys()].length).toBeGreaterThan(400);
  expect([...services.keys()]).toEqual(expect.arrayContaining(['dynamodb', 'eks-auth', 's3', 'sts']));
  expect(services.get('s3')).toBeDefined();
  expect(services.get('S3')).toBeUndefined();
  expect(services.get('no-such-service')).toBeUndefined();
});

test('each service has its actions, and they are read once', () => {
  const { services } = requestCatalog();
  const visited = [...services.keys()].map((prefix) => services.get(prefix)!);
  [...services.keys()].forEach((prefix, i) => expect(services.get(prefix)).toBe(visited[i]));
  expect(visited.flat().length).toBeGreaterThan(20_000);
});

test.each([
  ['s3', 'GetObject', ['arn:${Partition}:s3:::${BucketName}/${ObjectName}'], false],
  ['sqs', 'SendMessage', ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName^/}'], false],
  ['sts', 'GetCallerIdentity', [], true],
  ['cloudwatch', 'PutMetricData', ['arn:${Partition}:cloudwatch:${Region}:${Account}:dataset/${DatasetId}'], true],
])('%s:%s', (prefix, name, resources, alsoWithoutResource) => {
  const action = actionsOf(prefix).find((a) => a.name === name)!;
  expect(action.resources).toEqual(expect.arrayContaining(resources));
  expect(action.alsoWithoutResource).toBe(alsoWithoutResource);
});

test('an action without forms is authorized on *, and all forms are ARNs of six fields', () => {
  const all = [...requestCatalog().services.keys()].flatMap(actionsOf);
  const untyped = all.filter(({ resources }) => resources.length === 0);
  expect(untyped.filter(({ alsoWithoutResource }) => !alsoWithoutResource)).toEqual([]);
  const forms = new Set(all.flatMap(({ resources }) => resources));
  expect([...forms].filter((form) => !/^arn:[^:,]*:[^:,]+:[^:,]*:[^:,]*:[^,\s]*$/.test(form))).toEqual([]);
});

test.each([
  // `s3:GetObject` of a bucket is not asked for, nor is `s3:ListBucket` of an object.
  ['s3:GetObject', 'arn:aws:s3:::bucket', 's3:GetObject', 'arn:aws:s3:::bucket/*', 'narrows'],
  ['s3:GetObject', 'arn:aws:s3:::bucket/*', 's3:ListBucket', 'arn:aws:s3:::bucket', 'exceeds'],
  ['s3:GetObject', '*', 's3:GetObject', 'arn:aws:s3:::*', 'exceeds'], // by an access point
  ['s3:GetBucketLocation', 'arn:aws:s3:::bucket', 's3:GetBucketLocation', '*', 'narrows'],
  ['sts:GetCallerIdentity', 'arn:aws:iam::111122223333:role/x', 's3:GetObject', '*', 'narrows'],
  ['logs:DescribeLogGroups', 'arn:aws:logs:*:*:log-group:*', 's3:GetObject', '*', 'exceeds'],
  ['logs:DescribeLogGroups', 'arn:aws:logs:*:*:log-group:/aws/*', 's3:GetObject', '*', 'narrows'],
  // If the `*` runs across colons, these are of an alias and of a log group.
  ['lambda:InvokeFunction', 'arn:aws:lambda:*:function:x:live', 's3:GetObject', '*', 'undetermined'],
  ['states:StartExecution', 'arn:aws:states:*:stateMachine:x:live', 's3:GetObject', '*', 'undetermined'],
  ['logs:FilterLogEvents', 'arn:aws:logs:*:log-group:x:*', 's3:GetObject', '*', 'undetermined'],
  ['s3:NoSuchAction', '*', 's3:GetObject', '*', 'undetermined'], // misspelled, or newer than the data
  ['s3:NoSuch*', '*', 's3:GetObject', '*', 'narrows'],
])('session policy %s on %s, role %s on %s: %s', (action, resource, roleAction, roleResource, verdict) => {
  expect(
    decide([allow(action, resource)], [allow(roleAction, roleResource)], undefined, { catalog: requestCatalog() }).kind,
  ).toBe(verdict);
});

describe('requests without a resource type', () => {
  const ANY_OF_RDS = ['arn:${Partition}:rds:${AnyRegion}:${AnyAccount}:*'];
  const TABLES = ['arn:${Partition}:dynamodb:${Region}:${Account}:table/${*}'];
  test.each<[string, string, readonly string[], boolean | undefined, readonly string[]]>([
    // what it shows, an action, its forms, whether AWS compares `*` itself, and doubtful forms
    ['recorded on `*`', 'kms:ListKeys', [], true, []],
    ['recorded for all actions of the service', 'ec2:DescribeVpcs', [], true, []],
    ['recorded on ARNs', 'sqs:ListQueues', ['arn:${Partition}:sqs:${Region}:${Account}:'], false, []],
    ['recorded on both', 'dynamodb:ListTables', TABLES, false, []],
    ['not recorded: any ARN of the service', 'rds:DescribeAccountAttributes', [], undefined, ANY_OF_RDS],
    ['with a resource type that is required', 'sqs:SendMessage',
      ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName^/}'], undefined, []],
  ])('%s: %s', (_name, action, forms, isAskedOnStar, doubtful) => {
    const found = actionOf(action);
    expect([found.resources, found.isAskedOnStar, found.doubtfulResources]).toEqual([forms, isAskedOnStar, doubtful]);
  });

  test.each<[string, string, boolean | undefined, boolean]>([
    ['recorded on `*`, to a phone number', 'sns:Publish', true, true],
    ['a record of all actions of the service is not of those with a type', 'ec2:CreateTags', undefined, false],
    ['not recorded: lists of the service', 'cloudwatch:PutMetricData', undefined, true],
  ])('with a resource type that is not required: %s: %s', (_name, action, isAskedOnStar, hasDoubtful) => {
    const found = actionOf(action);
    expect(found).toMatchObject({ alsoWithoutResource: true });
    expect([found.isAskedOnStar, found.doubtfulResources!.length > 0]).toEqual([isAskedOnStar, hasDoubtful]);
  });

  test('an action that AWS is known to ask about on ARNs is not known to compare `*`', () => {
    for (const prefix of requestCatalog().services.keys()) {
      for (const { name, resources, alsoWithoutResource, isAskedOnStar } of actionsOf(prefix)) {
        if (isAskedOnStar && name !== 'Publish') {
          expect([prefix, name, resources, alsoWithoutResource]).toEqual([prefix, name, [], true]);
        }
      }
    }
  });

  test.each([
    ['sts:GetCallerIdentity', true], ['sts:GetSessionToken', true], ['sts:AssumeRole', false], ['s3:GetObject', false],
  ])('%s needs no permission: %s', (action, expected) => {
    expect(actionOf(action).needsNoPermission).toBe(expected);
  });
});

describe('condition keys of an action', () => {
  const QUEUE = 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName^/}';
  const INSTANCE = 'arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}';
  const VOLUME = 'arn:${Partition}:ec2:${Region}:${Account}:volume/${VolumeId}';
  test.each<[string, string, string | undefined, Presence | undefined]>([
    // an action, a key, the form of the resource, whether its requests have the key
    ['s3:ListBucket', 's3:prefix', undefined, 'sometimes'],
    ['s3:GetObject', 's3:prefix', undefined, 'never'],
    ['sqs:SendMessage', 's3:prefix', QUEUE, 'never'],
    ['sqs:SendMessage', 'aws:resourcetag/team', QUEUE, 'sometimes'],
    ['sqs:ListQueues', 'aws:resourcetag/team', undefined, 'never'],
    ['sqs:SendMessage', 'aws:requesttag/team', QUEUE, 'never'],
    ['sqs:CreateQueue', 'aws:requesttag/team', QUEUE, 'sometimes'],
    ['ec2:RunInstances', 'ec2:instancetype', INSTANCE, 'sometimes'],
    ['ec2:RunInstances', 'ec2:instancetype', VOLUME, 'never'], // listed for another resource type
    ['ec2:RunInstances', 'ec2:instancetype', undefined, 'sometimes'],
    ['iam:PassRole', 'iam:passedtoservice', undefined, 'always'],
    // The reference does not list global keys, and does not know these.
    ['s3:GetObject', 'aws:sourcevpc', undefined, undefined],
    ['s3:GetObject', 'aws:principaltag/team', undefined, undefined],
    ['s3:GetObject', 's3:no-such-key', undefined, undefined],
    ['s3:GetObject', 'no-such-service:key', undefined, undefined],
    ['s3:GetObject', 'k', undefined, undefined],
  ])('%s, %s on %s: %s', (action, key, form, expected) => {
    expect(actionOf(action).presenceOf!(key, form)).toBe(expected);
  });

  test.each<[string, string, string | undefined, string]>([
    ['ec2:StopInstances', 'ec2:resourcetag/team', INSTANCE, 'aws:resourcetag/team'],
    ['ec2:DescribeVpcs', 'ec2:resourcetag/team', undefined, 'ec2:resourcetag/team'], // the action does not have it
    ['s3:GetObject', 's3:resourceaccount', undefined, 'aws:resourceaccount'],
    ['s3:GetObject', 's3:existingobjecttag/team', undefined, 's3:existingobjecttag/team'],
    ['ec2:StopInstances', 'aws:resourcetag/team', INSTANCE, 'aws:resourcetag/team'],
  ])('%s: the shared name of %s on %s is %s', (action, key, form, expected) => {
    expect(actionOf(action).sharedKey!(key, form)).toBe(expected);
  });
});

describe('what AWS may ask beyond the reference', () => {
  test.each([
    ['dynamodb:ListTables', 'arn:aws:dynamodb:us-east-1:111122223333:table/*', true],
    ['dynamodb:ListTables', 'arn:aws:dynamodb:us-east-1:111122223333:table/t', false],
    ['ssm:DescribeParameters', 'arn:aws:ssm:us-east-1:111122223333:*', true],
    ['iam:ListRoles', 'arn:aws:iam::111122223333:role/', true],
    ['iam:ListRoles', 'arn:aws:iam::111122223333:role/r', false],
    ['cloudformation:ListStacks', 'arn:aws:cloudformation:us-east-1:111122223333:stack/*/*', true],
    ['rds:DescribeAccountAttributes', 'arn:aws:rds:us-east-1:111122223333:db:*', true],
    ['eks:CreateCluster', 'arn:aws:eks:us-east-1:111122223333:cluster/c', true],
    ['eks:CreateCluster', 'arn:aws:ec2:us-east-1:111122223333:instance/i', false],
    ['ec2:DescribeInstances', 'arn:aws:ec2:us-east-1:111122223333:instance/*', false],
    ['ecr:GetAuthorizationToken', 'arn:aws:ecr:us-east-1:111122223333:repository/*', false],
    ['s3:GetObject', 'arn:aws:s3:::b/k', true],
    ['s3:GetObject', 'arn:aws:s3:::b', false],
  ])('%s on %s: %s', (action, resource, expected) => {
    const { policy } = parsePolicy(
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: resource } }, 'P',
    );
    expect(isEverAsked(policy.statements[0], action, likelyRequests())).toBe(expected);
  });
});

describe('what the reference leaves open is not ruled out', () => {
  const presenceOf = (action: string, key: string) => actionOf(action).presenceOf!(key, actionOf(action).resources[0]);

  test.each([ // AWS's guides document these keys, and the reference lists them for no action
    ['dynamodb:GetItem', 'dynamodb:firstpartitionkeyvalues'],
    ['kms:CreateKey', 'kms:customermasterkeyspec'],
    ['sagemaker:CreateTrainingJob', 'sagemaker:volumekmskey'],
    ['states:InvokeHTTPEndpoint', 'states:httpendpoint'],
  ])('%s with %s', (action, key) => {
    expect(presenceOf(action, key)).toBeUndefined();
  });

  test('a key that the reference lists for another action', () => {
    expect(presenceOf('states:InvokeHTTPEndpoint', 'states:statemachinequalifier')).toBe('never');
  });

  test('no key is lost under the name that it shares with other services', () => {
    const lost: string[] = [];
    for (const prefix of requestCatalog().services.keys()) {
      for (const key of ['resourcetag/team', ...prefix === 'rds' ? ['db-tag/team', 'cluster-tag/team'] : []]) {
        for (const { name, resources, presenceOf: has, sharedKey } of actionsOf(prefix)) {
          const forms = [...resources, undefined].filter((form) => has!(`${prefix}:${key}`, form) === 'sometimes');
          if (forms.some((form) => has!(sharedKey!(`${prefix}:${key}`, form), form) === 'never')) { lost.push(`${prefix}:${name}`); }
        }
      }
    }
    expect(lost).toEqual([]);
  });

  test.each([
    ['iotanalytics:BatchPutMessage', 'iotanalytics:resourcetag/team', 'iotanalytics:resourcetag/team'],
    ['ec2:DeleteSnapshot', 'ec2:resourcetag/team', 'aws:resourcetag/team'],
    ['rds:StartDBInstance', 'rds:db-tag/team', 'aws:resourcetag/team'],
    ['rds:CreateBlueGreenDeployment', 'rds:db-tag/team', 'rds:db-tag/team'], // of a cluster
  ])('%s: %s is %s', (action, key, name) => {
    expect(actionOf(action).sharedKey!(key, actionOf(action).resources[0])).toBe(name);
  });
});

const B = SymbolicString.of('arn:aws:s3:::', variable('B', BUCKET));
const IN_B = SymbolicString.of(B, '/*');

test.each<[string, Parameters<typeof allow>, ReturnType<typeof allow>[], string]>([
  // Nor is it where the bucket may be named `accesspoint`.
  ['the grant of a bucket with a generated name', [['s3:GetObject*', 's3:GetBucket*', 's3:ListBucket'], [B, IN_B]],
    [allow('s3:GetObject*', IN_B), allow(['s3:GetBucket*', 's3:ListBucket'], B)], 'narrows'],
  ['objects by a Multi-Region Access Point',
    ['s3:GetObject', 'arn:aws:s3::111122223333:accesspoint/x.mrap/object/*'], [allow('s3:GetObject', 'arn:aws:s3:::*')],
    'exceeds'],
  ['a Multi-Region Access Point',
    ['s3:ListBucket', 'arn:aws:s3::111122223333:accesspoint/x.mrap'], [allow('s3:ListBucket', 'arn:aws:s3:::*')],
    'exceeds'],
  ['responses to tasks of a state machine',
    ['states:SendTaskSuccess', 'arn:aws:states:*:*:stateMachine:x'],
    [allow('states:SendTaskSuccess', 'arn:aws:states:*:*:stateMachine:y')], 'exceeds'],
  ['a public document of Systems Manager has no account',
    ['ssm:GetDocument', 'arn:aws:ssm:us-east-1::document/AWS-RunShellScript'], [allow('s3:*')], 'exceeds'],
])('%s', (_name, session, role, verdict) => {
  expect(decide([allow(...session)], role, undefined, { catalog: requestCatalog() }).kind).toBe(verdict);
});
