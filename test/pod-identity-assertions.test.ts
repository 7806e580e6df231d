import { App, Aws, CfnCondition, CfnParameter, CfnResource, Fn, Stack, Validations } from 'aws-cdk-lib';
import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  FindingSeverity, NarrowingVerdict, PodIdentityAssertions, PodIdentityAssociation, PodIdentityAssociationProps,
  PodIdentityRole,
  PodIdentityValidation, RolePermissions, SessionPolicy,
} from '../lib';

const allow = (action: string, ...resources: string[]) => new iam.PolicyStatement({ actions: [action], resources });
const document = (...statements: iam.PolicyStatement[]) => new iam.PolicyDocument({ statements });

let app: App;
let stack: Stack;
let bucket: s3.Bucket;
let role: PodIdentityRole;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
  bucket = new s3.Bucket(stack, 'Bucket');
  role = new PodIdentityRole(stack, 'Role', {
    inlinePolicies: {
      access: document(allow('s3:*', '*'), allow('sqs:*', '*'),
        new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:DeleteBucket'], resources: ['*'] })),
    },
  });
});

function associate(
  id: string, props: Partial<PodIdentityAssociationProps> = {}, ...session: iam.PolicyStatement[]
): PodIdentityAssociation {
  return new PodIdentityAssociation(stack, id, {
    cluster: eks.Cluster.fromClusterAttributes(stack, `${id}Cluster`, { clusterName: 'prod' }),
    namespace: id.toLowerCase(),
    serviceAccount: 'app',
    role,
    sessionPolicy: session.length === 0 ? undefined : SessionPolicy.fromStatements(...session),
    ...props,
  });
}

const podsOf = (namespace: string) => PodIdentityAssertions.fromStack(stack).serviceAccount(namespace, 'app');

describe('a tenant with a session policy', () => {
  beforeEach(() => {
    associate(
      'TenantA', {}, allow('s3:Get*', bucket.arnForObjects('tenant-a/*')),
      allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:q'),
      new iam.PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': 'tenant-a/*' } },
      }),
    );
  });

  test('what they may do', () => {
    const pods = podsOf('tenanta');
    pods.allows('s3:GetObject', bucket.arnForObjects('tenant-a/*'));
    pods.allows('s3:GetObject', bucket.arnForObjects('tenant-a/key'));
    pods.allows('s3:GetObject*', bucket.arnForObjects('tenant-a/*'));
    pods.allows('s3:ListBucket', bucket.bucketArn, { conditions: { StringEquals: { 's3:prefix': 'tenant-a/x' } } });
  });

  test('what they may not do', () => {
    const pods = podsOf('tenanta');
    pods.denies('s3:Put*');
    pods.denies('s3:GetObject', bucket.arnForObjects('tenant-b/*'));
    pods.denies('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:other');
    pods.denies('dynamodb:*');
    pods.denies('s3:ListBucket', '*', { conditions: { StringEquals: { 's3:prefix': 'tenant-b/x' } } });
  });

  test.each<[string, () => void, string]>([
    ['an action too many', () => podsOf('tenanta').allows('s3:PutObject', bucket.arnForObjects('tenant-a/*')),
      "the pods of service account 'app' in namespace 'tenanta' (Stack/TenantA) are not allowed s3:PutObject on arn:${AWS::Partition}:s3:::${Bucket83908E77}/tenant-a/*: "],
    ['and why',
      () => podsOf('tenanta').allows('s3:PutObject', bucket.arnForObjects('tenant-a/*')),
      'is denied, no statement of the session policy allows it.'],
    ['more than the tenant',
      () => podsOf('tenanta').allows('s3:GetObject', bucket.arnForObjects('*')),
      'is denied, no statement of the session policy allows it.'],
    ['without the condition',
      () => podsOf('tenanta').allows('s3:ListBucket', bucket.bucketArn), 'without s3:prefix) is denied'],
    ['something that is allowed', () => podsOf('tenanta').denies('sqs:*'),
      'are not denied all of sqs:* on *: sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:q is allowed. '
      + 'They are allowed: {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:111122223333:q"}.'],
    ['a name that the generated one may be', () => podsOf('tenanta').denies('s3:GetObject', 'arn:aws:s3:::data/*'),
      'could not be proven: it may depend on deploy-time values (${AWS::Partition}, ${Bucket83908E77}).'],
    ['an action that is none', () => podsOf('tenanta').allows('GetObject', '*'), 'Action'],
  ])('%s is said', (_name, act, message) => {
    expect(act).toThrow(message);
  });

  test('all of it as one policy', () => {
    const { document: effective, omitted } = podsOf('tenanta').effectivePermissions();
    expect(omitted).toEqual([]);
    expect(effective.Statement).toEqual([
      { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:${AWS::Partition}:s3:::${Bucket83908E77}/tenant-a/*' },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'arn:${AWS::Partition}:s3:::${Bucket83908E77}',
        Condition: { StringLike: { 's3:prefix': 'tenant-a/*' } },
      },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:111122223333:q' },
    ]);
  });
});

describe('an assertion on requests that the pods never make says nothing, and fails', () => {
  beforeEach(() => { associate('All'); });

  type Ask = (pods: ReturnType<typeof podsOf>) => void;
  test.each<[string, Ask, string | RegExp]>([
    ['a misspelled action', (pods) => pods.denies('s3:PutObjct'),
      /s3:PutObjct matches no action .* Write s3:PutObject, if that is what is meant\./],
    ['the operation of another action', (pods) => pods.denies('s3:ListObjectsV2'),
      'Write s3:ListBucket, if that is what is meant.'],
    ['an action in the plural', (pods) => pods.denies('dynamodb:GetItems'),
      'Write dynamodb:GetItem, if that is what is meant.'],
    ['a pattern that matches no action', (pods) => pods.denies('s3:Reed*'), 's3:Reed* matches no action'],
    ['a service that does not exist', (pods) => pods.denies('bucket:*'), 'bucket:* matches no action'],
    ['a resource that is not an ARN', (pods) => pods.denies('s3:PutObject', 'no-arn'),
      'Resource "no-arn" is neither an ARN'],
    ['an object action on a bucket', (pods) => pods.allows('s3:GetObject', bucket.bucketArn),
      'AWS never asks for s3:GetObject on arn:${AWS::Partition}:s3:::${Bucket83908E77}: '
      + 'it authorizes s3:GetObject on arn:${Partition}:s3:::${BucketName}/${ObjectName} or '],
    ['a bucket action on objects', (pods) => pods.denies('s3:ListBucket', bucket.arnForObjects('*')),
      /it authorizes s3:ListBucket on arn:\$\{Partition\}:s3:::\$\{BucketName\}/],
    ['a resource of another service',
      (pods) => pods.denies('sqs:SendMessage', 'arn:aws:sns:us-east-1:111122223333:topic'),
      'AWS never asks for sqs:SendMessage on arn:aws:sns:us-east-1:111122223333:topic'],
    ['a resource for an action that takes none',
      (pods) => pods.denies('ec2:DescribeInstances', 'arn:aws:ec2:us-east-1:111122223333:instance/*'),
      'it authorizes ec2:DescribeInstances on *'],
    ['conditions on one key that exclude each other',
      (pods) => pods.denies('s3:GetObject', '*',
        { conditions: { StringEquals: { 'aws:SourceVpc': 'vpc-1' }, StringLike: { 'aws:SourceVpc': 'b*' } } }),
      'its conditions exclude each other'],
    ['a key that pods never have',
      (pods) => pods.denies('s3:GetObject', '*', { conditions: { StringEquals: { 'aws:username': 'jane' } } }),
      'no request of these pods has such a resource together with such condition keys'],
    ['another region than the ARN has',
      (pods) => pods.denies('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:q', {
        conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      }), 'no request of these pods has such a resource together with such condition keys'],
    ['an action that needs no permission', (pods) => pods.denies('sts:GetCallerIdentity'),
      'AWS requires no permission for sts:GetCallerIdentity, and allows it even against a Deny statement'],
  ])('%s', (_name, act, message) => {
    expect(() => act(podsOf('all'))).toThrow(message);
  });

  test('not wildcards of which some are made', () => {
    const pods = podsOf('all');
    pods.allows('s3:Get*', bucket.bucketArn);
    pods.denies('s3:DeleteBucke?');
    pods.denies('dynamodb:*', 'arn:aws:dynamodb:*:*:table/*');
    pods.allows('sts:GetCallerIdentity', '*');
  });
});

describe('the session tags of the association', () => {
  beforeEach(() => {
    role = new PodIdentityRole(stack, 'Abac', {
      inlinePolicies: {
        access: document(allow('s3:GetObject',
          'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*')),
      },
    });
  });

  test('are those that EKS sets', () => {
    associate('Web');
    podsOf('web').allows('s3:GetObject', 'arn:aws:s3:::data/web/*');
    podsOf('web').denies('s3:GetObject', 'arn:aws:s3:::data/other/*');
  });

  test('are none with a session policy', () => {
    associate('Web', {}, allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*'));
    podsOf('web').denies('s3:GetObject');
  });
});

test('what stands in the way of a proof is named', () => {
  role = new PodIdentityRole(stack, 'Teams', {
    inlinePolicies: { access: document(allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*')) },
  });
  associate('Web');
  expect(() => podsOf('web').allows('s3:GetObject',
    'arn:aws:s3:::data/web/*')).toThrow(/are not allowed|could not be told/);
  expect(() => podsOf('web').denies('s3:GetObject', 'arn:aws:s3:::data/web/*')).toThrow(
    'could not be proven: it may depend on the values of ${aws:PrincipalTag/team} in the request.',
  );
});

test('without a session policy, the role decides', () => {
  associate('All');
  podsOf('all').allows('s3:PutObject', '*');
  podsOf('all').denies('s3:DeleteBucket');
  expect(() => podsOf('all').allows('s3:*', '*')).toThrow(
    /s3:DeleteBucket on .* is denied, statement 2 of inline policy 'access' of Stack\/Role denies it/,
  );
});

test('a role that is not all known: what the session policy does not allow is denied anyway', () => {
  const imported = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/pods');
  associate('Theirs', { role: imported }, allow('s3:Get*', '*'));
  const pods = podsOf('theirs');
  pods.denies('s3:Put*');
  expect(() => pods.allows('s3:GetObject', 'arn:aws:s3:::data/x')).toThrow(
    /^Whether the pods .* could not be told: no template defines the role /,
  );
  expect(() => pods.denies('s3:Get*')).toThrow(/could not be proven: no template defines the role /);
  expect(() => pods.effectivePermissions()).toThrow(/are not known: no template defines the role /);
});

test('a role that is told', () => {
  const imported = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/pods');
  associate('Theirs', {
    role: imported,
    rolePermissions: [RolePermissions.ofRole(imported, { identityPolicies: [document(allow('s3:*', '*'))] })],
  }, allow('s3:Get*', '*'));
  podsOf('theirs').allows('s3:GetObject', 'arn:aws:s3:::data/x');
});

describe('conditions of the template', () => {
  beforeEach(() => {
    new CfnCondition(stack, 'IsProd', {
      expression: Fn.conditionEquals(new CfnParameter(stack, 'Stage').valueAsString, 'prod'),
    });
    const policy = new iam.CfnPolicy(stack, 'More', {
      policyName: 'more', policyDocument: document(allow('ssm:GetParameter', '*')), roles: [role.roleName],
    });
    policy.addOverride('Condition', 'IsProd');
    associate('Some');
  });

  test('an assertion has to hold in all cases', () => {
    podsOf('some').allows('s3:GetObject', '*');
    expect(() => podsOf('some').allows('ssm:GetParameter', '*')).toThrow('are not allowed ssm:GetParameter');
    expect(() => podsOf('some').denies('ssm:GetParameter', '*')).toThrow('are not denied all of ssm:GetParameter');
    expect(() => podsOf('some').effectivePermissions()).toThrow('depend on the conditions of the templates');
  });

  test('an association that is deployed in one case only', () => {
    (stack.node.findChild('Some').node.defaultChild as CfnResource).addOverride('Condition', 'IsProd');
    podsOf('some').allows('ssm:GetParameter', '*');
  });
});

describe('which service account', () => {
  test('that the app does not have', () => {
    associate('Web');
    expect(() => podsOf('other')).toThrow(
      "The app has no association for service account 'app' in namespace 'other'. It has: web/app of prod (Stack/Web).",
    );
  });

  test('that several clusters have', () => {
    associate('Web');
    associate('Web2', {
      namespace: 'web', cluster: eks.Cluster.fromClusterAttributes(stack, 'Other', { clusterName: 'test' }),
    });
    expect(() => podsOf('web')).toThrow('Give the name of the cluster.');
    PodIdentityAssertions.fromApp(app).serviceAccount('web', 'app', 'test').allows('s3:GetObject', '*');
  });
});

describe('all associations', () => {
  const associations = () => PodIdentityAssertions.fromApp(app).associations();

  beforeEach(() => { jest.spyOn(console, 'error').mockImplementation(() => {}); });
  afterEach(() => { jest.restoreAllMocks(); });

  test('an app without associations has none', () => {
    expect(associations()).toEqual([]);
  });

  test('they come in the order of the templates, from all stacks', () => {
    associate('Web');
    associate('Api');
    stack = new Stack(app, 'Earlier');
    associate('Jobs');
    expect(associations().map(({ path }) => path)).toEqual(['Stack/Web', 'Stack/Api', 'Earlier/Jobs']);
  });

  test('each has its names and its role', () => {
    associate('Web');
    const [web] = associations();
    expect(web).toMatchObject({
      path: 'Stack/Web', clusterName: 'prod', namespace: 'web', serviceAccount: 'app', narrowedRole: 'Stack/Role',
    });
  });

  test('each answers as the pods of its service account', () => {
    associate('Web');
    const [web] = associations();
    web.allows('s3:GetObject', '*');
    web.denies('dynamodb:*');
  });

  test('a target role is the role that is narrowed', () => {
    associate(
      'Web',
      { role: undefined, targetRole: iam.Role.fromRoleArn(stack, 'Target', 'arn:aws:iam::444455556666:role/reports') },
      allow('s3:Get*', '*'),
    );
    expect(associations()[0].narrowedRole).toBe('arn:aws:iam::444455556666:role/reports');
  });

  test('names that the deployment knows', () => {
    const cluster = new CfnParameter(stack, 'ClusterName').valueAsString;
    associate('Web', { cluster: eks.Cluster.fromClusterAttributes(stack, 'Other', { clusterName: cluster }) });
    const cfn = stack.node.findChild('Web').node.defaultChild as CfnResource;
    cfn.addPropertyOverride('Namespace', `${Aws.REGION}-web`);
    expect(associations()[0]).toMatchObject({ clusterName: '${ClusterName}', namespace: '${AWS::Region}-web' });
  });
});

describe('the session policy of an association', () => {
  const sessionPolicy = () => PodIdentityAssertions.fromApp(app).associations()[0].sessionPolicy();
  const severity = (rule: string) => Validations.of(app).addPlugins(new PodIdentityValidation({
    severities: { [rule]: FindingSeverity.WARNING },
  }));
  const override = (policy: unknown) =>
    (stack.node.findChild('Web').node.defaultChild as CfnResource).addPropertyOverride('Policy', policy);

  beforeEach(() => { jest.spyOn(console, 'error').mockImplementation(() => {}); });
  afterEach(() => { jest.restoreAllMocks(); });

  test('there may be none', () => {
    associate('Web');
    expect(sessionPolicy()).toBeUndefined();
  });

  test('one that narrows: its statements, its size and the verdict', () => {
    associate('Web', {}, allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:q'));
    const statements = [
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:111122223333:q' },
    ];
    const { length } = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    expect(sessionPolicy()).toEqual({
      statements,
      size: { minimum: length, maximum: length, expected: length },
      verdict: NarrowingVerdict.NARROWS,
      assumptions: [],
    });
  });

  test('one that narrows because of a resource policy: it says so', () => {
    const poor = new PodIdentityRole(stack, 'Poor');
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')], principals: [poor],
    }));
    associate('Web', { role: poor }, allow('s3:GetObject', bucket.arnForObjects('a/*')));
    expect(sessionPolicy()).toMatchObject({
      verdict: NarrowingVerdict.NARROWS,
      assumptions: ['what the identity policies of the role do not allow, the policy of Stack/Bucket allows'],
    });
  });

  test('the verdict is the word that the documentation uses', () => {
    associate('Web', {}, allow('sqs:SendMessage', '*'));
    expect(`${sessionPolicy()?.verdict}`).toBe('narrows');
  });

  test('deploy-time values read as in Fn::Sub, and count with their limits', () => {
    associate('Web', {}, allow('s3:GetObject', bucket.arnForObjects('a/*')));
    const resource = 'arn:${AWS::Partition}:s3:::${Bucket83908E77}/a/*';
    const { statements, size } = sessionPolicy()!;
    expect(statements).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: resource }]);
    const rest = JSON.stringify({ Version: '2012-10-17', Statement: statements }).length
      - '${AWS::Partition}${Bucket83908E77}'.length;
    expect(size).toEqual({
      minimum: rest + 'aws'.length + 3,
      maximum: rest + 'aws-iso-XX'.length + 63,
      expected: rest + 'aws'.length + 'stack-bucket83908e77-abcdefghijk1'.length,
    });
    expect(size.maximum).toBeLessThanOrEqual(SessionPolicy.MAX_CHARACTERS);
  });

  test('one that exceeds, where that does not end the synthesis', () => {
    associate('Web', {}, allow('dynamodb:GetItem', '*'), allow('s3:GetObject', '*'));
    expect(sessionPolicy).toThrow('ERROR Stack/Web: the session policy allows dynamodb:GetItem on ');
    severity('SessionPolicyExceedsRole');
    expect(sessionPolicy()?.verdict).toBe(NarrowingVerdict.EXCEEDS);
  });

  test('one that is undetermined', () => {
    associate(
      'Web', { role: iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/pods') },
      allow('s3:Get*', '*'),
    );
    expect(sessionPolicy()).toMatchObject({
      statements: [{ Action: 's3:Get*' }], verdict: NarrowingVerdict.UNDETERMINED,
    });
  });

  test('one that the template does not show', () => {
    associate('Web', {}, allow('s3:Get*', '*'));
    override({ Ref: new CfnParameter(stack, 'Policy').logicalId });
    expect(sessionPolicy()).toEqual({
      statements: undefined,
      size: { minimum: 0, maximum: undefined },
      verdict: NarrowingVerdict.UNDETERMINED,
      assumptions: [],
    });
  });

  test('one that the template shows in part', () => {
    associate('Web', {}, allow('s3:Get*', '*'));
    override({
      'Fn::Sub': '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"},${Statement}]}',
    });
    new CfnParameter(stack, 'Statement');
    expect(sessionPolicy()).toMatchObject({ statements: undefined, verdict: NarrowingVerdict.UNDETERMINED });
  });

  test('one that EKS would reject', () => {
    associate('Web', {}, allow('s3:Get*', '*'));
    override('{');
    severity('InvalidSessionPolicy');
    expect(sessionPolicy).toThrow(
      'EKS would reject the session policy of Stack/Web. Fix what InvalidSessionPolicy or SessionPolicyTooLarge reports about it.',
    );
  });

  test.each([[300, true], [3000, false]])('one with %i resources is too large; it is read: %p', (times, accepted) => {
    associate('Web', {}, allow('s3:Get*', '*'));
    const resources = Array.from({ length: times }, (_, i) => `arn:aws:s3:::${i}`);
    override(JSON.stringify({
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: resources }],
    }));
    severity('SessionPolicyTooLarge');
    if (accepted) {
      expect(sessionPolicy()!.size.minimum).toBeGreaterThan(SessionPolicy.MAX_CHARACTERS);
    } else {
      expect(sessionPolicy).toThrow('EKS would reject the session policy of Stack/Web.');
    }
  });

  describe('with conditions of the template', () => {
    const isProd = () => new CfnCondition(stack, 'IsProd', {
      expression: Fn.conditionEquals(new CfnParameter(stack, 'Stage').valueAsString, 'prod'),
    });

    test('the worst verdict counts', () => {
      const policy = new iam.CfnPolicy(stack, 'More', {
        policyName: 'more', policyDocument: document(allow('ssm:GetParameter', '*')), roles: [role.roleName],
      });
      policy.cfnOptions.condition = isProd();
      associate('Web', {}, allow('ssm:GetParameter', '*'), allow('s3:GetObject', '*'));
      severity('SessionPolicyExceedsRole');
      expect(sessionPolicy()).toMatchObject({
        statements: [{ Action: ['s3:GetObject', 'ssm:GetParameter'] }], verdict: NarrowingVerdict.EXCEEDS,
      });
    });

    test.each<[string, () => unknown]>([
      ['other statements',
        () => '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}'],
      ['none', () => ({ Ref: 'AWS::NoValue' })],
    ])('that make it differ: %s', (_name, otherwise) => {
      associate('Web', {}, allow('s3:Get*', '*'));
      const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
      override({ 'Fn::If': [isProd().logicalId, policy, otherwise()] });
      expect(sessionPolicy).toThrow('The session policy of Stack/Web depends on the conditions of the templates.');
    });

    test('that are never true', () => {
      associate('Web', {}, allow('s3:Get*', '*'));
      const never = new CfnCondition(stack, 'Never', { expression: Fn.conditionEquals('a', 'b') });
      (stack.node.findChild('Web').node.defaultChild as CfnResource).cfnOptions.condition = never;
      expect(sessionPolicy).toThrow('Stack/Web is never deployed.');
      const pods = podsOf('web');
      expect(() => pods.allows('s3:GetObject', 'arn:aws:s3:::data/x')).toThrow('Stack/Web is never deployed.');
      expect(() => pods.denies('s3:PutObject')).toThrow('Stack/Web is never deployed.');
      expect(() => pods.effectivePermissions()).toThrow('Stack/Web is never deployed.');
    });
  });
});

describe('what may hide associations', () => {
  const hide = () => stack.addTransform('AddAssociations');
  const message = /TemplateNotExamined in Stack: Not examined: the output of the macro AddAssociations/;

  test('nothing is asserted of all associations', () => {
    associate('A');
    hide();
    expect(() => PodIdentityAssertions.fromStack(stack).associations()).toThrow(message);
  });

  test('the error of a service account that is not found names it', () => {
    associate('A');
    hide();
    expect(() => podsOf('other')).toThrow(message);
    expect(podsOf('a').path).toBe('Stack/A');
  });

  test('findings on templates that hide nothing do not matter', () => {
    associate('A');
    const severities = { DuplicateAgent: FindingSeverity.WARNING };
    Validations.of(app).addPlugins(new PodIdentityValidation({ severities }));
    for (const id of ['First', 'Second']) {
      new CfnAddon(stack, id, { addonName: 'eks-pod-identity-agent', clusterName: 'prod' });
    }
    expect(PodIdentityAssertions.fromStack(stack).associations().map(({ path }) => path)).toEqual(['Stack/A']);
  });

  test('an app that knows better acknowledges it', () => {
    associate('A');
    hide();
    Validations.of(stack).acknowledge({ id: 'PodIdentity::TemplateNotExamined', reason: 'The macro adds tags' });
    expect(PodIdentityAssertions.fromStack(stack).associations().map(({ path }) => path)).toEqual(['Stack/A']);
  });
});
