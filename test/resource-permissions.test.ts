import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Aws, Stack, Stage, Token, Validations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  KnownResourcePermissions, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityValidation,
  ResourcePermissions, RolePermissions, SessionPolicy,
} from '../lib';
import { synthesize } from './synthesize';
import { declaredResourcePolicies } from '../lib/template/declared-resource-policies';
import { Evaluator } from '../lib/template/evaluator';
import { readTemplates } from '../lib/validation/read-templates';

const ACCOUNT = '111122223333';
const BUCKET = 'arn:aws:s3:::reports';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const policy = (principal: iam.IPrincipal, action = 's3:GetObject', resource = `${BUCKET}/*`) => new iam.PolicyDocument({
  statements: [new iam.PolicyStatement({ principals: [principal], actions: [action], resources: [resource] })],
});
const written = (principal: object, action = 's3:GetObject', resource = `${BUCKET}/*`) => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: resource }],
});
const PODS = `arn:aws:iam::${ACCOUNT}:role/pods`;
const TO_PODS = () => policy(new iam.ArnPrincipal(PODS));

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: 'eu-west-1' } });
});

function associate(props: Partial<PodIdentityAssociationProps> = {}): PodIdentityAssociation {
  return new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'web',
    serviceAccount: 'app',
    ...props,
  });
}

/** What the checks know of resources that the app does not define. */
function declared() {
  app.synth();
  const { declarations } = PodIdentityValidation._of(app)._inputFor(app);
  return declaredResourcePolicies(declarations!, new Evaluator(readTemplates(app)));
}

const ofBucket = (known: KnownResourcePermissions = { policy: TO_PODS(), account: ACCOUNT }) => (
  ResourcePermissions.ofResource(stack, BUCKET, known));

describe('what the checks are told', () => {
  const OF_BUCKET = {
    arn: BUCKET,
    type: 'AWS::S3::Bucket',
    account: ACCOUNT,
    document: written({ AWS: PODS }),
    origin: 'ResourcePermissions.ofResource (Stack)',
  };

  test('nothing without a declaration', () => {
    associate();
    expect(declared()).toEqual([]);
  });

  test('by an association', () => {
    associate({ resourcePermissions: [ofBucket()] });
    expect(declared()).toEqual([OF_BUCKET]);
  });

  test('by the plugin', () => {
    Validations.of(app).addPlugins(new PodIdentityValidation({ resourcePermissions: [ofBucket()] }));
    associate();
    expect(declared()).toEqual([OF_BUCKET]);
  });

  test('the same twice is said once', () => {
    Validations.of(app).addPlugins(new PodIdentityValidation({ resourcePermissions: [ofBucket()] }));
    associate({ resourcePermissions: [ofBucket()] });
    expect(declared()).toEqual([OF_BUCKET]);
  });

  test('a resource without a policy', () => {
    associate({ resourcePermissions: [ResourcePermissions.ofResource(stack, QUEUE, {})] });
    expect(declared()).toEqual([{
      ...OF_BUCKET, arn: QUEUE, type: 'AWS::SQS::Queue', document: undefined,
    }]);
  });

  test('the account of a bucket is known only if it is given, and may be that of the stack', () => {
    associate({
      resourcePermissions: [
        ResourcePermissions.ofResource(stack, BUCKET, { policy: TO_PODS() }),
        ResourcePermissions.ofResource(stack, 'arn:aws:s3:::other', { account: Aws.ACCOUNT_ID }),
      ],
    });
    expect(declared().map(({ account }) => account)).toEqual([undefined, ACCOUNT]);
  });

  test('values of the stack and of others', () => {
    const there = new Stack(app, 'There', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    const role = new iam.Role(there, 'Role', { assumedBy: new iam.AccountRootPrincipal(), roleName: 'theirs' });
    associate({
      resourcePermissions: [
        ofBucket({ policy: policy(new iam.ArnPrincipal(`arn:aws:iam::${Aws.ACCOUNT_ID}:role/mine`)), account: ACCOUNT }),
        ResourcePermissions.ofResource(stack, QUEUE, { policy: policy(role, 'sqs:SendMessage', QUEUE) }),
      ],
    });
    expect(declared().map(({ document }) => document)).toEqual([
      written({ AWS: `arn:aws:iam::${ACCOUNT}:role/mine` }),
      written({ AWS: `arn:aws:iam::${ACCOUNT}:role/theirs` }, 'sqs:SendMessage', QUEUE),
    ]);
  });

  test('statements that are added after the declaration count', () => {
    const document = TO_PODS();
    associate({ resourcePermissions: [ofBucket({ policy: document })] });
    document.addStatements(new iam.PolicyStatement({
      effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['s3:*'], resources: ['*'],
    }));
    expect(declared()).toMatchObject([{ document: { Statement: [{ Effect: 'Allow' }, { Effect: 'Deny' }] } }]);
  });

  test.each<[string, () => App | Stage]>([['the app', () => app], ['Stage', () => new Stage(app, 'Stage')]])(
    'literal values in %s', (name, scope) => {
      associate({ resourcePermissions: [ResourcePermissions.ofResource(scope(), QUEUE, { policy: TO_PODS() })] });
      expect(declared()).toMatchObject([
        { origin: `ResourcePermissions.ofResource (${name})`, document: written({ AWS: PODS }) },
      ]);
    });

  test('nothing of it is in the templates', () => {
    associate();
    const without = app.synth().getStackByName('Stack').template;
    app = new App();
    stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    associate({ resourcePermissions: [ofBucket()] });
    expect(app.synth().getStackByName('Stack').template).toEqual(without);
  });
});

describe('what the checks find with it', () => {
  const session = SessionPolicy.fromStatements;
  const read = () => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`${BUCKET}/*`] });
  const list = () => new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [BUCKET] });
  const more = () => new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [QUEUE] }); // so that it narrows
  const deny = () => new iam.PolicyDocument({
    statements: [new iam.PolicyStatement({
      effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['s3:GetObject'], resources: [`${BUCKET}/*`],
    })],
  });
  const findingsWith = (statements: iam.PolicyStatement[], known?: KnownResourcePermissions) => {
    const role = iam.Role.fromRoleArn(stack, 'Role', PODS);
    associate({
      role,
      rolePermissions: [RolePermissions.ofRole(role, {
        identityPolicies: [
          new iam.PolicyDocument({ statements: [...statements, more()] }),
        ],
      })],
      sessionPolicy: session(read(), list()),
      ...known && { resourcePermissions: [ofBucket(known)] },
    });
    return synthesize(app).findings.map(({ ruleName }) => ruleName);
  };

  test.each<[string, () => [iam.PolicyStatement[], KnownResourcePermissions?], string[]]>([
    ['a permission that the role lacks, and nothing is known', () => [[list()]], ['SessionPolicyExceedsRole']],
    ['its bucket allows it', () => [[list()], { policy: TO_PODS(), account: ACCOUNT }], []],
    ['the bucket of another account allows it',
      () => [[list()], { policy: TO_PODS(), account: '444455556666' }],
      ['DeniedByResourcePolicy', 'SessionPolicyExceedsRole']], // it does not let them list it
    ['its bucket has no policy', () => [[list()], { account: ACCOUNT }], ['SessionPolicyExceedsRole']],
    ['a permission that the role has', () => [[list(), read()]], []],
    ['its bucket denies it',
      () => [[list(), read()], { policy: deny(), account: ACCOUNT }], ['DeniedByResourcePolicy']],
    ['a bucket of any account denies it',
      () => [[list(), read()], { policy: deny() }], ['DeniedByResourcePolicy']],
  ])('%s', (_, make, expected) => {
    expect(findingsWith(...make())).toEqual(expected);
  });
});

describe('what is not a declaration of a resource', () => {
  const of = (arn: unknown, known: unknown = {}, scope: unknown = stack) => () => (
    ResourcePermissions.ofResource(scope as Stack, arn as string, known as object));
  test.each<[string, () => () => unknown, string]>([
    ['no scope', () => of(BUCKET, {}, null),
      'ResourcePermissions.ofResource: scope is not a construct. Give the stack'],
    ['no ARN', () => of(undefined),
      'ResourcePermissions.ofResource (Stack): resourceArn undefined is not text. Give the ARN'],
    ['a name', () => of('reports'),
      '(Stack): resourceArn "reports" is not the ARN of a resource whose policy can be declared. The'],
    ['a token', () => of(Token.asString({ Ref: 'Bucket' })),
      '(Stack): resourceArn is a deploy-time value. Write the ARN as text'],
    ['a token inside', () => of(`arn:${Aws.PARTITION}:s3:::reports`),
      'resourceArn is a deploy-time value. Write the ARN as text'],
    ['a wildcard', () => of('arn:aws:s3:::*'),
      'resourceArn "arn:aws:s3:::*" has a wildcard, and a policy belongs to one resource. Declare each resource with its whole ARN.'],
    ['objects', () => of(`${BUCKET}/a`),
      'is the ARN of objects, which have the policy of their bucket. Give arn:aws:s3:::reports.'],
    ['a plain object as policy', () => of(BUCKET, { policy: written({ AWS: PODS }) }),
      'policy is not a policy document. Give an iam.PolicyDocument, such as iam.PolicyDocument.fromJson(…).'],
    ['a key without a policy', () => of(KEY), `there is no policy of ${KEY}. Every KMS key has a key policy.`],
    ['an account that is none', () => of(BUCKET, { account: 'prod' }),
      'account "prod" is not an account. Give the 12 digits'],
    ['another account than the ARN has', () => of(QUEUE, { account: '444455556666' }),
      `account is not ${ACCOUNT}, the account in ${QUEUE}. Leave account out.`],
  ])('%s', (_, act, message) => {
    expect(act()).toThrow(message);
  });

  test.each<[string, () => unknown, string]>([
    ['one for an association, without a list', () => associate({ resourcePermissions: ofBucket() as any }),
      'Stack/Pods: resourcePermissions is one ResourcePermissions and not a list. Give a list of '],
    ['something else for an association', () => associate({ resourcePermissions: [{} as any] }),
      'Stack/Pods: resourcePermissions has something else than ResourcePermissions'],
    ['permissions of a role', () => new PodIdentityValidation({
      resourcePermissions: [
        RolePermissions.ofManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('A'), TO_PODS()) as any,
      ],
    }), 'PodIdentityValidation: resourcePermissions has something else than ResourcePermissions'],
    ['text', () => new PodIdentityValidation({ resourcePermissions: 'resources.json' as any }),
      'PodIdentityValidation: resourcePermissions is not a list'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('what is found after synthesis', () => {
  test('two that differ', () => {
    const other = new Stack(app, 'Other');
    associate({
      resourcePermissions: [ofBucket(), ResourcePermissions.ofResource(other, BUCKET, { account: ACCOUNT })],
    });
    expect(() => synthesize(app)).toThrow(
      'ResourcePermissions.ofResource (Stack) and ResourcePermissions.ofResource (Other) declare '
      + `${BUCKET} differently. A resource has one policy and one owner, so the checks cannot use both. Remove the one`);
  });

  test('two accounts of one bucket', () => {
    associate({ resourcePermissions: [ofBucket(), ofBucket({ policy: TO_PODS(), account: '444455556666' })] });
    expect(() => synthesize(app)).toThrow(`declare ${BUCKET} differently.`);
  });

  test.each<[string, string, number]>([['the same values', ACCOUNT, 0], ['other values', '444455556666', 1]])(
    'of two stacks, whose values are compared as they are deployed: %s', (_, account, conflicts) => {
      const other = new Stack(app, 'Other', { env: { account, region: 'eu-west-1' } });
      const document = () => policy(new iam.ArnPrincipal(`arn:aws:iam::${Aws.ACCOUNT_ID}:role/pods`));
      associate({
        resourcePermissions: [stack, other].map((scope) => (
          ResourcePermissions.ofResource(scope, BUCKET, { policy: document(), account: ACCOUNT }))),
      });
      synthesize(app);
      expect(declared().flatMap(({ conflict }) => conflict ?? [])).toEqual(
        Array(conflicts).fill('ResourcePermissions.ofResource (Other)'));
    });

  test('a document without principals', () => {
    const document = new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })],
    });
    associate({ resourcePermissions: [ofBucket({ policy: document })] });
    expect(() => synthesize(app)).toThrow(
      /ResourcePermissions\.ofResource \(Stack\): the policy of arn:aws:s3:::reports is not a resource policy: .*principal/);
  });

  test('values of a stack, and no stack', () => {
    const document = policy(new iam.ArnPrincipal(`arn:aws:iam::${Aws.ACCOUNT_ID}:role/pods`));
    associate({ resourcePermissions: [ResourcePermissions.ofResource(app, BUCKET, { policy: document })] });
    expect(() => synthesize(app)).toThrow(
      `ResourcePermissions.ofResource (the app): the declaration of ${BUCKET} contains deploy-time values, but its `
      + 'scope is not in a stack. Give as scope the stack that the values belong to.');
  });
});

describe('a snapshot', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'resources-'));
  const file = path.join(folder, 'snapshot.json');
  const write = (resources: unknown, more: object = {}) => (
    fs.writeFileSync(file, JSON.stringify({ version: 1, ...more, resources })));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test.each<[string, () => Partial<PodIdentityAssociationProps>]>([
    ['ResourcePermissions', () => ({ resourcePermissions: [ResourcePermissions.fromSnapshot(file)] })],
    ['RolePermissions', () => ({ rolePermissions: [RolePermissions.fromSnapshot(file)] })],
    ['both', () => ({
      rolePermissions: [RolePermissions.fromSnapshot(file)],
      resourcePermissions: [ResourcePermissions.fromSnapshot(file)],
    })],
  ])('is read by %s', (_, props) => {
    write({ [BUCKET]: { account: ACCOUNT, policy: written({ AWS: PODS }) }, [QUEUE]: {} });
    const common = { account: ACCOUNT, origin: `snapshot ${file}` };
    associate(props());
    expect(declared()).toEqual([
      { arn: BUCKET, type: 'AWS::S3::Bucket', document: written({ AWS: PODS }), ...common },
      { arn: QUEUE, type: 'AWS::SQS::Queue', document: undefined, ...common },
    ]);
  });

  test('the page about the format has an example of it', () => {
    const page = fs.readFileSync(path.join(__dirname, '..', 'docs', 'snapshot-format.md'), 'utf-8');
    fs.writeFileSync(file, /```json\n([^]*?)```/.exec(page)![1]);
    const own = ResourcePermissions.fromSnapshot(file)._declared();
    expect(own.map((one) => one().resource!.type)).toEqual(['AWS::S3::Bucket', 'AWS::SQS::Queue']);
    expect(RolePermissions.fromSnapshot(file)._declared()).toHaveLength(5);
  });

  test('ResourcePermissions has nothing but the resources of it', () => {
    write({ [QUEUE]: {} }, { roles: { [PODS]: {} } });
    expect(ResourcePermissions.fromSnapshot(file)._declared().map((one) => one().arn)).toEqual([QUEUE]);
    expect(RolePermissions.fromSnapshot(file)._declared().map((one) => one().arn)).toEqual([PODS, QUEUE]);
  });

  test('no order and no list of one makes a difference to a declaration in the app', () => {
    write({
      [BUCKET]: {
        policy: {
          Statement: { Resource: [`${BUCKET}/*`], Action: ['s3:GetObject'], Effect: 'Allow', Principal: { AWS: [PODS] } },
          Version: '2012-10-17',
        },
      },
    });
    associate({ resourcePermissions: [ResourcePermissions.fromSnapshot(file), ofBucket({ policy: TO_PODS() })] });
    expect(declared()).toHaveLength(1);
  });

  test('that differs from a declaration in the app', () => {
    write({ [BUCKET]: {} });
    associate({ resourcePermissions: [ResourcePermissions.fromSnapshot(file), ofBucket({ policy: TO_PODS() })] });
    expect(() => synthesize(app)).toThrow(
      `snapshot ${file} and ResourcePermissions.ofResource (Stack) declare ${BUCKET} differently.`);
  });

  test.each<[string, object]>([
    ['of a key, as KMS writes it', {
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        { Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
      ],
    }],
    ['of a topic, as SNS writes it', {
      Version: '2008-10-17',
      Id: '__default_policy_ID',
      Statement: [{
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['SNS:GetTopicAttributes', 'SNS:Publish'],
        Resource: `arn:aws:sns:eu-west-1:${ACCOUNT}:events`,
        Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } },
      }],
    }],
    ['without a resource', {
      Version: '2008-10-17',
      Statement: [{ Sid: 'AllowPull', Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage'] }],
    }],
    ['with a principal that S3 alone has',
      written({ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' })],
    ['with NotPrincipal',
      { Statement: [{ Effect: 'Deny', NotPrincipal: { AWS: PODS }, Action: 's3:*', Resource: '*' }] }],
  ])('has a policy %s', (_, document) => {
    write({ [BUCKET]: { policy: document } });
    associate({ resourcePermissions: [ResourcePermissions.fromSnapshot(file)] });
    expect(declared()).toMatchObject([{ document }]);
  });

  test.each<[string, unknown, string]>([
    ['resources that are a list', [], 'resources: not an object'],
    ['a resource that is a policy', { [BUCKET]: written({ AWS: PODS }) },
      `resources['${BUCKET}']: 'Version' is not one of account, policy`],
    ['a resource that is null', { [BUCKET]: null }, `resources['${BUCKET}']: not an object`],
    ['a name', { reports: {} },
      "resources['reports']: it is not the ARN of a resource whose policy can be declared. The forms are"],
    ['an alias', { [`arn:aws:kms:eu-west-1:${ACCOUNT}:alias/a`]: {} },
      'it is the ARN of an alias, and the key that it names has the policy'],
    ['a key without a policy', { [KEY]: {} }, `resources['${KEY}']: it has no policy, and every KMS key has one`],
    ['an account that is a number', { [BUCKET]: { account: 111122223333 } },
      `resources['${BUCKET}'].account: 111122223333 is not the id of an account`],
    ['another account than the ARN has', { [QUEUE]: { account: '444455556666' } },
      `resources['${QUEUE}'].account: "444455556666" is not the account in the ARN`],
    ['a policy that is text', { [BUCKET]: { policy: '{}' } }, `resources['${BUCKET}'].policy: not a policy document`],
    ['a policy of a role',
      { [BUCKET]: { policy: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } } },
      `resources['${BUCKET}'].policy: not a policy of a resource: Statement[0] has neither Principal nor NotPrincipal`],
    ['a policy without statements', { [BUCKET]: { policy: { Version: '2012-10-17' } } },
      'not a policy that AWS would accept: has no Statement'],
    ['a policy with a wrong effect',
      { [BUCKET]: { policy: { Statement: { Effect: 'Maybe', Principal: '*', Action: 's3:*' } } } },
      `resources['${BUCKET}'].policy: not a policy that AWS would accept: Statement[0].Effect`],
  ])('%s is said, with the place', (_, resources, message) => {
    write(resources);
    expect(() => ResourcePermissions.fromSnapshot(file)).toThrow(message);
  });

  test('no file', () => {
    expect(() => ResourcePermissions.fromSnapshot('/no/such.json'))
      .toThrow("ResourcePermissions.fromSnapshot: cannot read '/no/such.json' (ENOENT). Give the path of a snapshot file.");
  });

  test('a version that nobody knows', () => {
    write({ [QUEUE]: {} }, { version: 2 });
    expect(() => ResourcePermissions.fromSnapshot(file))
      .toThrow('snapshot.json: version: 2 is not a version that this release reads. It reads 1.');
  });
});
