/** The option `compaction` of constructs: what is deployed, what the template says was written,
  and what the checks report. */
import { App, CfnOutput, Fn, Lazy, Stack, Stage, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { grantMuch } from './much-granted';
import { synthesize } from './synthesize';
import { associationsIn, sessionPolicyOf } from './templates';
import {
  Compaction, PodIdentityAssertions, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole,
  RolePermissions, SessionPolicy, SessionPolicyMixin,
} from '../lib';

const WRITTEN = 'cdk-eks-pod-identity:written-session-policy';
const ENV = { account: '111122223333', region: 'us-east-1' };
const ROLE_ARN = 'arn:aws:iam::111122223333:role/Elsewhere';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack', { env: ENV });
});

const allow = (actions: string[], ...resources: string[]) => new iam.PolicyStatement({ actions, resources });
const READ = ['s3:GetObject', 's3:GetObjectVersion'];
const BATCH = ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'];
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const DATA = 'arn:aws:s3:::data/*';

function roleWith(statements: iam.PolicyStatement[], scope: Stack = stack, id = 'Role') {
  const role = new PodIdentityRole(scope, id);
  statements.forEach((statement) => role.addToPolicy(statement));
  return role;
}

function associate(props: Partial<PodIdentityAssociationProps>, scope: Stack = stack, id = 'Pods') {
  return new PodIdentityAssociation(scope, id, {
    cluster: eks.Cluster.fromClusterAttributes(scope, `${id}Cluster`, { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'sa',
    ...props,
  });
}

const policyOf = (of: Stack = stack) => sessionPolicyOf(associationsIn(Template.fromStack(of).toJSON())[0]);
const metadataOf = (of: Stack = stack) => (
  Object.values<any>(Template.fromStack(of).findResources('AWS::EKS::PodIdentityAssociation'))[0].Metadata?.[WRITTEN]);
const actionsOf = (document: any) => [document.Statement].flat().flatMap(({ Action }) => Action);
const namesOf = (all: readonly { readonly ruleName: string }[]) => all.map(({ ruleName }) => ruleName);

describe('NONE, the default', () => {
  test.each([undefined, Compaction.NONE])('deploys what is written, without metadata: %s', (compaction) => {
    associate({
      role: roleWith([allow(['s3:*'], '*')]),
      sessionPolicy: SessionPolicy.fromStatements(allow(READ, DATA)),
      compaction,
    });
    expect(actionsOf(policyOf())).toEqual(READ);
    expect(Object.values<any>(Template.fromStack(stack).findResources('AWS::EKS::PodIdentityAssociation'))[0])
      .not.toHaveProperty('Metadata');
  });
});

test('what is not a Compaction is an error', () => {
  expect(() => associate({ compaction: 'SMALL' as Compaction }))
    .toThrow('Stack/Pods: compaction is "SMALL". Give one of Compaction.NONE, Compaction.LOSSLESS, '
    + 'Compaction.CATALOG, Compaction.ROLE, Compaction.WHEN_NEEDED.');
  expect(() => new SessionPolicyMixin(SessionPolicy.fromStatements(allow(READ, DATA)),
    { compaction: 'SMALL' as Compaction }))
    .toThrow('SessionPolicyMixin: compaction is "SMALL". Give one of');
});

describe('CATALOG', () => {
  const add = () => associate({
    role: roleWith([allow(['dynamodb:*'], '*')]),
    compaction: Compaction.CATALOG,
    sessionPolicy: SessionPolicy.fromStatements(allow(BATCH, TABLE)),
  });

  test('deploys a wildcard, and shows what was written', () => {
    const pods = add();
    const [action] = actionsOf(policyOf());
    expect(action).toMatch(/^dynamodb:B.*\*/);
    expect(metadataOf()).toEqual({
      Compaction: 'CATALOG',
      Document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: BATCH, Resource: TABLE }],
      },
    });
    expect(pods.sessionPolicy.toJSON()).toEqual(policyOf());
    expect(pods.sessionPolicy.size).toEqual(expect.objectContaining({
      minimum: JSON.stringify(policyOf()).length,
      maximum: JSON.stringify(policyOf()).length,
    }));
  });

  test('has the same size before synthesis', () => {
    const pods = add();
    const { size } = pods.sessionPolicy;
    expect(size.minimum).toBe(JSON.stringify(policyOf()).length);
  });

  test('has no findings', () => {
    add();
    expect(namesOf(synthesize(app).findings)).toEqual([]);
  });

  test('is the same for statements in another order', () => {
    associate({
      role: roleWith([allow(['*'], '*')]),
      compaction: Compaction.CATALOG,
      sessionPolicy: SessionPolicy.fromStatements(allow(BATCH, TABLE), allow(READ, DATA)),
    });
    const other = new Stack(app, 'Other', { env: ENV });
    associate({
      serviceAccount: 'other',
      role: roleWith([allow(['*'], '*')], other),
      compaction: Compaction.CATALOG,
      sessionPolicy: SessionPolicy.fromStatements(allow(READ, DATA), allow([...BATCH].reverse(), TABLE)),
    }, other);
    expect(policyOf(other)).toEqual(policyOf());
  });

  test('of references to this and another stack', () => {
    const other = new Stack(app, 'Other', { env: ENV });
    const there = new s3.Bucket(other, 'There');
    const table = new dynamodb.Table(stack, 'Table', {
      partitionKey: {
        name: 'id',
        type: dynamodb.AttributeType.STRING,
      },
    });
    const pods = associate({ role: roleWith([allow(['s3:*', 'dynamodb:*'], '*')]), compaction: Compaction.CATALOG });
    there.grantReadWrite(pods);
    table.grantReadWriteData(pods);
    const before = pods.sessionPolicy.size;
    expect(namesOf(synthesize(app).findings)).toEqual([]);
    const { Document: document } = metadataOf();
    expect(JSON.stringify(document)).toContain('Fn::ImportValue');
    expect(JSON.stringify(policyOf()).length).toBeLessThan(JSON.stringify(document).length);
    expect(pods.sessionPolicy.size).toEqual(before);
  });
});

describe('ROLE', () => {
  test('deploys a wildcard that matches nothing else that the role allows', () => {
    const pods = associate({
      role: roleWith([allow([...READ, 'sqs:*'], '*')]),
      compaction: Compaction.ROLE,
      sessionPolicy: SessionPolicy.fromStatements(allow(READ, DATA)),
    });
    const before = pods.sessionPolicy.size;
    expect(namesOf(synthesize(app).findings)).toEqual([]);
    expect(actionsOf(policyOf())).toEqual(['s3:*']);
    expect(metadataOf()).toMatchObject({ Compaction: 'ROLE', Document: { Statement: [{ Action: READ }] } });
    const length = JSON.stringify(policyOf()).length;
    expect(pods.sessionPolicy.size).toMatchObject({ minimum: length, maximum: length });
    expect(before.minimum).toBeLessThanOrEqual(length);
    expect(before.maximum).toBeGreaterThanOrEqual(length);
  });

  test.each<[string, (role: iam.Role) => void]>([
    ['a grant that comes later', (role) => new s3.Bucket(stack, 'Bucket', { bucketName: 'data' }).grantPut(role)],
    ['a managed policy', (role) => role.addManagedPolicy(new iam.ManagedPolicy(stack, 'Managed',
      { statements: [allow(['s3:PutObject'], DATA)] }))],
    ['an override of its L1', (role) => (role.node.defaultChild as iam.CfnRole)
      .addPropertyOverride('ManagedPolicyArns', ['arn:aws:iam::aws:policy/AmazonS3FullAccess'])],
    ['a resource policy', (role) => new s3.Bucket(stack, 'Bucket', { bucketName: 'data' })
      .addToResourcePolicy(new iam.PolicyStatement({
        principals: [new iam.ArnPrincipal(role.roleArn)], actions: ['s3:PutObject'], resources: [DATA],
      }))],
    ['a policy in another stack', (role) => new iam.Policy(new Stack(app, 'Other', { env: ENV }), 'P', {
      roles: [role],
      statements: [allow(['s3:PutObject'], DATA)],
    })],
    ['what is added while the app is synthesized', (role) => app.node.addValidation({
      validate: () => { role.addToPolicy(allow(['s3:PutObject'], DATA)); return []; },
    })],
  ])('does not match what the role gets by %s', (_, add) => {
    const role = new iam.Role(stack, 'Role', {
      roleName: 'pods',
      assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com').withSessionTags(),
      inlinePolicies: {
        own: new iam.PolicyDocument({ statements: [allow(READ, DATA)] }),
      },
    });
    associate({ role, compaction: Compaction.ROLE, sessionPolicy: SessionPolicy.fromStatements(allow(READ, DATA)) });
    add(role);
    expect(namesOf(synthesize(app).findings)).not.toContain('CompactedPolicyDiffers');
    expect(actionsOf(policyOf())).not.toContain('s3:*');
  });

  test('uses the target role', () => {
    associate({
      role: roleWith([allow(['sts:*', 's3:*'], '*')], stack, 'Own'),
      targetRole: roleWith([allow(READ, '*')]),
      compaction: Compaction.ROLE,
      sessionPolicy: SessionPolicy.fromStatements(allow(READ, DATA)),
    });
    expect(actionsOf(policyOf())).toEqual(['s3:*']);
  });

  test('uses what is declared of an imported role', () => {
    const role = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    associate({
      role,
      compaction: Compaction.ROLE,
      sessionPolicy: SessionPolicy.fromStatements(allow(READ, DATA)),
      rolePermissions: [RolePermissions.ofRole(role,
        { identityPolicies: [new iam.PolicyDocument({ statements: [allow(READ, '*')] })] })],
    });
    expect(namesOf(synthesize(app).findings)).toEqual([]);
    expect(actionsOf(policyOf())).toEqual(['s3:*']);
  });

  test('is CATALOG with a warning if the role is not known', () => {
    associate({
      role: iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN),
      compaction: Compaction.ROLE,
      sessionPolicy: SessionPolicy.fromStatements(allow(BATCH, TABLE)),
    });
    Annotations.fromStack(stack).hasWarning('/Stack/Pods/Resource', Match.stringLikeRegexp(
      'compaction is Compaction.ROLE, and the session policy of Stack/Pods is deployed with Compaction.CATALOG. '
      + 'The role is not completely known: no template defines '));
    expect(metadataOf()).toMatchObject({ Compaction: 'CATALOG' });
  });

  test('reads the role before synthesis in no way that freezes it', () => {
    const role = roleWith([allow(READ, DATA)]);
    const pods = associate({
      role,
      compaction: Compaction.ROLE,
      sessionPolicy: SessionPolicy.fromStatements(allow(READ,
        DATA)),
    });
    expect(pods.sessionPolicy.size.maximum).toBeGreaterThan(0);
    expect(pods.sessionPolicy.toJSON()).toBeDefined();
    stack.resolve((pods.node.defaultChild as CfnPodIdentityAssociation).policy);
    role.addToPolicy(allow(['s3:PutObject'], DATA));
    role.addManagedPolicy(new iam.ManagedPolicy(stack, 'Managed', { statements: [allow(['s3:DeleteObject'], DATA)] }));
    expect(namesOf(synthesize(app).findings)).not.toContain('CompactedPolicyDiffers');
    expect(actionsOf(policyOf())).not.toContain('s3:*');
  });

  test('in a stage', () => {
    const stage = new Stage(app, 'Prod', { env: ENV });
    const inStage = new Stack(stage, 'Stack');
    associate({
      role: roleWith([allow(READ, '*')], inStage),
      compaction: Compaction.ROLE,
      sessionPolicy: SessionPolicy.fromStatements(allow(READ, DATA)),
    }, inStage);
    expect(namesOf(synthesize(app).findings)).toEqual([]);
    expect(actionsOf(policyOf(inStage))).toEqual(['s3:*']);
  });
});

describe('WHEN_NEEDED', () => {
  const list = (count: number) => Array.from({ length: count }, (_, i) => `arn:aws:s3:::data/some/long/prefix/${i}/*`);
  const grants = (count: number) => SessionPolicy.fromStatements(allow(READ, ...list(count)));

  test('leaves a policy that is short enough as it is', () => {
    associate({ role: roleWith([allow(READ, '*')]), compaction: Compaction.WHEN_NEEDED, sessionPolicy: grants(3) });
    expect(metadataOf()).toBeUndefined();
    expect(actionsOf(policyOf())).toEqual(READ);
  });

  test('compacts a policy that is too long, and says how', () => {
    const pods = associate({ role: roleWith([allow(['*'], '*')]), compaction: Compaction.WHEN_NEEDED });
    grantMuch(stack, pods);
    expect(namesOf(synthesize(app).findings)).toEqual([]);
    expect(JSON.stringify(metadataOf().Document).length).toBeGreaterThan(2048);
    expect(metadataOf().Compaction).toBe('CATALOG');
    expect(pods.sessionPolicy.size.maximum).toBeLessThanOrEqual(2048);
  });
});

describe('SessionPolicyMixin', () => {
  const l1 = (policy?: string) => new CfnPodIdentityAssociation(stack, 'Pods', {
    clusterName: 'prod',
    namespace: 'ns',
    serviceAccount: 'sa',
    roleArn: roleWith([allow(['dynamodb:*'], '*')])
      .roleArn,
    policy,
  });

  test('compacts the policy of an L1', () => {
    l1().with(new SessionPolicyMixin(SessionPolicy.fromStatements(allow(BATCH, TABLE)),
      { compaction: Compaction.CATALOG }));
    expect(namesOf(synthesize(app).findings)).toEqual([]);
    expect(actionsOf(policyOf())[0]).toContain('*');
    expect(metadataOf()).toMatchObject({ Compaction: 'CATALOG' });
  });

  test('keeps the compaction of an association, unless it has one of its own', () => {
    const pods = associate({ role: roleWith([allow(['dynamodb:*'], '*')]), compaction: Compaction.CATALOG });
    pods.with(new SessionPolicyMixin(SessionPolicy.fromStatements(allow(BATCH, TABLE))));
    expect(metadataOf()).toMatchObject({ Compaction: 'CATALOG' });
  });
});

test('an escape hatch that changes the deployed policy is found', () => {
  const pods = associate({
    role: roleWith([allow(['dynamodb:*'], '*')]),
    compaction: Compaction.CATALOG,
    sessionPolicy: SessionPolicy.fromStatements(allow(BATCH, TABLE)),
  });
  (pods.node.defaultChild as CfnPodIdentityAssociation).addPropertyOverride('Policy', JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: TABLE }] }));
  const { failed, findings } = synthesize(app);
  expect(failed).toBe(true);
  expect(namesOf(findings)).toContain('CompactedPolicyDiffers');
});

test('a deploy-time list is deployed as it is written, with a warning', () => {
  new CfnOutput(stack, 'Out', { value: 'x' });
  associate({
    role: roleWith([allow(['dynamodb:*'], '*')]),
    compaction: Compaction.CATALOG,
    sessionPolicy: SessionPolicy.fromStatements(allow(BATCH, TABLE), allow(READ, ...Fn.split(',',
      Lazy.string({ produce: () => Token.asString({ Ref: 'AWS::StackName' }) })))),
  });
  Annotations.fromStack(stack).hasWarning('/Stack/Pods/Resource',
    Match.stringLikeRegexp('is deployed with Compaction.NONE. A list of the session policy is a deploy-time value'));
});

test('assertions show what is deployed and what was written', () => {
  associate({
    role: roleWith([allow(['dynamodb:*'], '*')]),
    compaction: Compaction.CATALOG,
    sessionPolicy: SessionPolicy.fromStatements(allow(BATCH, TABLE)),
  });
  const pods = PodIdentityAssertions.fromApp(app).serviceAccount('ns', 'sa');
  pods.allows('dynamodb:BatchGetItem', TABLE);
  pods.denies('dynamodb:PutItem', TABLE);
  const { statements, writtenStatements, verdict } = pods.sessionPolicy()!;
  expect(actionsOf({ Statement: statements })[0]).toContain('*');
  expect(actionsOf({ Statement: writtenStatements })).toEqual(BATCH);
  expect(verdict).toBe('narrows');
});
