import { App, CfnParameter, Fn, NestedStack, RemovalPolicy, Stack, Stage, Tags, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  GrantsTo, NarrowingVerdict, PodIdentityAssertions, PodIdentityAssociation, PodIdentityAssociationProps,
  PodIdentityRole, SessionPolicy,
} from '../lib';
import { associationsIn, sessionPolicyOf } from './templates';

const ASSOCIATION = 'AWS::EKS::PodIdentityAssociation';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/shared';
const READ_A = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/a/*'] });

let app: App;
let stack: Stack;
let cluster: eks.ICluster;
let role: iam.IRole;

beforeEach(() => {
  app = new App();
  // What the constructs write is looked at here; what the check reports, in pod-identity-validation.test.ts.
  Validations.of(app).acknowledge(
    { id: 'PodIdentity::NarrowingUndetermined', reason: 'looked at elsewhere' },
    { id: 'PodIdentity::NoEffectivePermissions', reason: 'looked at elsewhere' },
    { id: 'PodIdentity::SessionPolicyDoesNotNarrow', reason: 'looked at elsewhere' },
    { id: 'PodIdentity::SessionPolicyExceedsRole', reason: 'looked at elsewhere' },
  );
  stack = new Stack(app, 'Stack');
  cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
  role = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
});

function associate(props: Partial<PodIdentityAssociationProps> = {}, id = 'Pods'): PodIdentityAssociation {
  return new PodIdentityAssociation(stack, id, { cluster, namespace: 'ns', serviceAccount: 'sa', ...props });
}

function theAssociation(from = stack): any {
  const found = associationsIn(Template.fromStack(from).toJSON());
  expect(found).toHaveLength(1);
  return found[0];
}

describe('without a session policy', () => {
  test('makes a role of its own that EKS can assume, and grants go to it', () => {
    const pods = associate();
    new s3.Bucket(stack, 'Bucket').grantRead(pods);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Principal: { Service: 'pods.eks.amazonaws.com' },
        }],
      },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: stack.getLogicalId(pods.node.findChild('Role').node.defaultChild as any) }],
    });
    template.hasResourceProperties(ASSOCIATION, { Policy: Match.absent(), DisableSessionTags: Match.absent() });
  });

  test('leaves Policy and DisableSessionTags out for a given role', () => {
    associate({ role });
    expect(theAssociation()).toEqual({ ClusterName: 'prod', Namespace: 'ns', ServiceAccount: 'sa', RoleArn: ROLE_ARN });
  });

  test('passes disableSessionTags on', () => {
    associate({ role, disableSessionTags: true });
    expect(theAssociation().DisableSessionTags).toBe(true);
  });

  test('an empty session policy is none', () => {
    associate({ role, sessionPolicy: SessionPolicy.fromStatements(), disableSessionTags: false });
    expect(theAssociation()).toEqual({
      ClusterName: 'prod', Namespace: 'ns', ServiceAccount: 'sa', RoleArn: ROLE_ARN, DisableSessionTags: false,
    });
  });
});

describe('grants to the session policy, explicitly', () => {
  const grantsTo = GrantsTo.SESSION_POLICY;
  const warnings = () => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('nothing was granted'));

  test('if nothing is granted, the pods get the whole role, and synth says so', () => {
    associate({ role, grantsTo });
    expect(theAssociation().Policy).toBeUndefined();
    expect(warnings().map(({ id, entry }) => `${id}: ${entry.data}`)).toEqual([
      expect.stringMatching(/^\/Stack\/Pods\/Resource: .*so its pods can do all that Stack\/Role can\. .*nothingGranted/),
    ]);
  });

  test('a session policy without statements is none', () => {
    associate({ role, grantsTo, sessionPolicy: SessionPolicy.fromStatements() });
    expect(warnings()).toHaveLength(1);
  });

  test('it can be acknowledged', () => {
    Validations.of(associate({ role, grantsTo })).acknowledge({
      id: 'cdk-eks-pod-identity:nothingGranted', reason: 'the whole role is meant',
    });
    expect(warnings()).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    ['something granted', () => new s3.Bucket(stack, 'Bucket').grantRead(associate({ role, grantsTo }))],
    ['statements added', () => associate({ role, grantsTo }).sessionPolicy.addStatements(READ_A)],
    ['statements that a given session policy gets later', () => {
      const sessionPolicy = SessionPolicy.fromStatements();
      associate({ role, grantsTo, sessionPolicy });
      sessionPolicy.addStatements(READ_A);
    }],
    ['the default', () => associate({ role })],
    ['grants to the role', () => associate({ role, grantsTo: GrantsTo.ROLE })],
  ])('%s: nothing to say', (_name, make) => {
    make();
    expect(warnings()).toEqual([]);
  });
});

describe('where grants go', () => {
  const own = (props: Partial<PodIdentityAssociationProps>) => {
    const shared = new PodIdentityRole(stack, 'Shared');
    const pods = associate({ ...(props.role === undefined && 'role' in props ? {} : { role: shared }), ...props });
    new s3.Bucket(stack, 'Bucket').grantRead(pods);
    const template = Template.fromStack(stack).toJSON();
    return {
      session: associationsIn(template)[0].Policy !== undefined,
      role: Object.values(template.Resources as Record<string, any>).some((r) => r.Type === 'AWS::IAM::Policy'),
    };
  };

  test.each([
    ['a given role', {}, { session: true, role: false }],
    ['a given role, explicitly', { grantsTo: GrantsTo.SESSION_POLICY }, { session: true, role: false }],
    ['a given role, both', { grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE }, { session: true, role: true }],
    ['a given role, role only', { grantsTo: GrantsTo.ROLE }, { session: false, role: true }],
    ['an own role', { role: undefined }, { session: false, role: true }],
    ['an own role, session only',
      { role: undefined, grantsTo: GrantsTo.SESSION_POLICY }, { session: true, role: false }],
    ['an own role with a session policy',
      { role: undefined, sessionPolicy: SessionPolicy.fromStatements() }, { session: true, role: true }],
  ])('%s', (_name, props, expected) => {
    expect(own(props)).toEqual(expected);
  });

  test('an own role with all of it except some actions: to the role, which the pods have without these actions', () => {
    const pods = associate({ sessionPolicy: SessionPolicy.allExcept({ actions: ['s3:DeleteObject*'] }) });
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.grantReadWrite(pods);
    expect(sessionPolicyOf(theAssociation()).Statement).toEqual([
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 's3:DeleteObject*', Resource: '*' },
    ]);
    const left = PodIdentityAssertions.fromStack(stack).serviceAccount('ns', 'sa');
    left.denies('s3:DeleteObject*');
    left.allows('s3:PutObject', bucket.arnForObjects('*'));
    expect(left.sessionPolicy()!.verdict).toBe(NarrowingVerdict.NARROWS);
  });

  test('with a target role, to that role', () => {
    const target = new iam.Role(stack, 'Target', { assumedBy: new iam.ArnPrincipal(ROLE_ARN).withSessionTags() });
    const pods = associate({ role, targetRole: target, grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE });
    new s3.Bucket(stack, 'Bucket').grantRead(pods);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: stack.getLogicalId(target.node.defaultChild as any) }],
    });
  });

  test('to resource policies, an association is its role', () => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      principals: [associate({ role }).grantPrincipal],
    }));
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [{ Principal: { AWS: ROLE_ARN } }] },
    });
  });

  test('a bucket of another account gets the role in its policy, too', () => {
    const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'us-east-1' } });
    const there = new Stack(app, 'There', { env: { account: '444455556666', region: 'us-east-1' } });
    const bucket = new s3.Bucket(there, 'Bucket', { bucketName: 'their-bucket' });
    const pods = new PodIdentityAssociation(here, 'Pods', {
      cluster: eks.Cluster.fromClusterAttributes(here, 'Cluster', { clusterName: 'prod' }),
      namespace: 'ns',
      serviceAccount: 'sa',
      role: iam.Role.fromRoleArn(here, 'Role', ROLE_ARN),
    });
    bucket.grantRead(pods);
    Template.fromStack(there).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [{ Principal: { AWS: ROLE_ARN } }] },
    });
    expect(sessionPolicyOf(theAssociation(here)).Statement[0].Resource)
      .toContain('arn:${AWS::Partition}:s3:::their-bucket/*');
  });

  test('what is granted to one association does not reach another that began with the same session policy', () => {
    const base = SessionPolicy.fromStatements(READ_A);
    const first = associate({ role, sessionPolicy: base }, 'First');
    associate({ role, sessionPolicy: base, namespace: 'other' }, 'Second');
    new s3.Bucket(stack, 'Bucket').grantRead(first);
    const [one, two] = associationsIn(Template.fromStack(stack).toJSON());
    expect(sessionPolicyOf(one).Statement).toHaveLength(2);
    expect(sessionPolicyOf(two).Statement).toHaveLength(1);
  });
});

describe('clusters', () => {
  test.each<[string, () => eksV1.IClusterRef, unknown]>([
    ['aws-eks, imported', () => eksV1.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'one' }), 'one'],
    ['aws-eks-v2, imported', () => eks.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'two' }), 'two'],
    ['an L1',
      () => new eksV1.CfnCluster(stack, 'C', { roleArn: ROLE_ARN, resourcesVpcConfig: { subnetIds: ['s'] } }),
      { Ref: 'C' }],
  ])('%s', (_name, make, expected) => {
    associate({ cluster: make(), role });
    expect(theAssociation().ClusterName).toEqual(expected);
  });
});

describe('roles', () => {
  test('an L1 role', () => {
    associate({
      role: new iam.CfnRole(stack, 'L1', {
        assumeRolePolicyDocument: new PodIdentityRole(stack, 'Trust').assumeRolePolicy,
      }),
    });
    expect(theAssociation().RoleArn).toEqual({ 'Fn::GetAtt': ['L1', 'Arn'] });
  });

  test('a role of another stack is imported', () => {
    const other = new Stack(app, 'Other');
    associate({ role: new PodIdentityRole(other, 'Shared') });
    expect(theAssociation().RoleArn).toEqual({
      'Fn::ImportValue': expect.stringContaining('Other:ExportsOutputFnGetAttShared'),
    });
  });

  test('an own role may assume the target role', () => {
    associate({ targetRole: iam.Role.fromRoleArn(stack, 'Target', 'arn:aws:iam::444455556666:role/target') });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Resource: 'arn:aws:iam::444455556666:role/target',
        }],
      },
    });
    expect(theAssociation().TargetRoleArn).toBe('arn:aws:iam::444455556666:role/target');
  });
});

describe('as a construct', () => {
  test('has its attributes', () => {
    const pods = associate({ role });
    const id = stack.getLogicalId(pods.node.defaultChild as any);
    expect(stack.resolve([
      pods.associationArn, pods.associationId, pods.externalId, pods.podIdentityAssociationRef.associationArn,
    ])).toEqual([
      { 'Fn::GetAtt': [id, 'AssociationArn'] },
      { 'Fn::GetAtt': [id, 'AssociationId'] },
      { 'Fn::GetAtt': [id, 'ExternalId'] },
      { 'Fn::GetAtt': [id, 'AssociationArn'] },
    ]);
    expect(pods.node.defaultChild).toBe(pods.node.findChild('Resource'));
    expect(PodIdentityAssociation.isPodIdentityAssociation(pods)).toBe(true);
    expect(PodIdentityAssociation.isPodIdentityAssociation(role)).toBe(false);
  });

  test('keeps to the props that it was given, whatever becomes of them', () => {
    const props = {
      role, disableSessionTags: false as boolean | undefined, grantsTo: undefined as GrantsTo | undefined,
    };
    const pods = new PodIdentityAssociation(
      stack, 'Pods', Object.assign(props, { cluster, namespace: 'ns', serviceAccount: 'sa' }),
    );
    Object.assign(props, { disableSessionTags: undefined, grantsTo: GrantsTo.ROLE, namespace: 'other' });
    expect(() => pods.grantPrincipal.addToPrincipalPolicy!(READ_A)).toThrow('disableSessionTags is false');
    expect(theAssociation()).toMatchObject({ Namespace: 'ns', DisableSessionTags: false });
  });

  test('can be extended by a class with members of usual names', () => {
    class Tenant extends PodIdentityAssociation {
      public constructor(private readonly props: { readonly grantsTo?: string }, private readonly principal: string) {
        super(stack, 'Tenant', { cluster, namespace: 'ns', serviceAccount: 'sa', role });
      }

      public describe() { return `${this.props.grantsTo} ${this.principal}`; }
    }
    const tenant = new Tenant({ grantsTo: 'nobody' }, 'me');
    tenant.grantPrincipal.addToPrincipalPolicy!(READ_A);
    expect(tenant.describe()).toBe('nobody me');
    expect(sessionPolicyOf(theAssociation()).Statement).toHaveLength(1);
  });

  test('takes at most 50 tags, from all sources together', () => {
    const tags = (from: number, count: number) => (
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${from + i}`, 'x'])));
    expect(() => associate({ role, tags: tags(0, 51) }, 'Many')).toThrow(
      'Stack/Many: there are 51 tags, and EKS takes at most 50. The deployment fails. Remove 1 of them',
    );
    const pods = associate({ role, tags: tags(0, 48) });
    Tags.of(pods).add('key-47', 'the same again');
    Tags.of(stack).add('team', 'a');
    Tags.of(app).add('owner', 'b');
    expect(theAssociation().Tags).toHaveLength(50);
  });

  test('takes no tag of which AWS reserves the key', () => {
    expect(() => associate({ role, tags: { 'AWS:team': 'a' } }, 'Reserved')).toThrow(
      "Stack/Reserved: the tag key 'AWS:team' begins with 'aws:', which is reserved for AWS. EKS rejects it at deployment.",
    );
    associate({ role, tags: { 'team:aws:': 'aws:' } });
    expect(theAssociation().Tags).toEqual([{ Key: 'team:aws:', Value: 'aws:' }]);
  });

  test.each<[string, string, number]>([
    ['a reserved key', 'aws:team', 1], ['one too many', 'key', 51],
  ])('%s that Tags.of adds is an error at synth, with the path', (_, key, count) => {
    associate({ role });
    for (let i = 0; i < count; i++) { Tags.of(stack).add(`${key}${i || ''}`, 'x'); }
    expect(() => app.synth()).toThrow(/\[Stack\/Pods\] (the tag key 'aws:team' begins|there are 51 tags)/);
  });

  test('takes tags from its props and from Tags.of', () => {
    const pods = associate({ role, tags: { team: 'a' } });
    Tags.of(pods).add('stage', 'prod');
    Tags.of(app).add('team', 'ignored', { priority: 50 });
    expect(theAssociation().Tags).toEqual([{ Key: 'stage', Value: 'prod' }, { Key: 'team', Value: 'a' }]);
  });

  test('is deleted by default', () => {
    associate({ role });
    const [resource] = Object.values(Template.fromStack(stack).findResources(ASSOCIATION));
    expect(Object.keys(resource)).toEqual(['Type', 'Properties']);
  });

  test('keeps the association with RETAIN', () => {
    associate({ role, removalPolicy: RemovalPolicy.RETAIN });
    Template.fromStack(stack).hasResource(ASSOCIATION, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('takes tokens in every property', () => {
    const parameter = (name: string) => new CfnParameter(stack, name).valueAsString;
    associate({
      cluster: eks.Cluster.fromClusterAttributes(stack, 'TokenCluster', { clusterName: parameter('ClusterName') }),
      namespace: parameter('Namespace'),
      serviceAccount: Fn.join('-', ['sa', parameter('ServiceAccount')]),
      role: iam.Role.fromRoleArn(stack, 'TokenRole', parameter('RoleArn')),
      targetRole: iam.Role.fromRoleArn(stack, 'TokenTarget', parameter('TargetRoleArn')),
      tags: { [parameter('TagKey')]: parameter('TagValue') },
      sessionPolicy: SessionPolicy.fromStatements(new iam.PolicyStatement({
        actions: [parameter('Action')],
        resources: [parameter('Resource'), `${parameter('Resource2')}/*`],
        conditions: { StringEquals: { 'aws:SourceVpc': parameter('Vpc') } },
      })),
    });
    expect(theAssociation()).toMatchSnapshot();
  });

  test.each<[string, () => Stack]>([
    ['an imported cluster and an imported role', () => {
      associate({ role, sessionPolicy: SessionPolicy.fromStatements(READ_A), tags: { team: 'a' } });
      return stack;
    }],
    ['a role, a bucket and grants of another stack', () => {
      const platform = new Stack(app, 'Platform');
      const pods = associate({ role: new PodIdentityRole(platform, 'Shared') });
      new s3.Bucket(platform, 'Bucket').grantRead(pods, 'a/*');
      return stack;
    }],
    ['a nested stage', () => {
      const inner = new Stack(
        new Stage(app, 'Prod'), 'Inner', { env: { account: '111122223333', region: 'eu-west-1' } },
      );
      new PodIdentityAssociation(inner, 'Pods', {
        cluster: eks.Cluster.fromClusterAttributes(inner, 'Cluster', { clusterName: 'prod' }),
        namespace: 'ns',
        serviceAccount: 'sa',
        sessionPolicy: SessionPolicy.fromStatements(READ_A),
      });
      return inner;
    }],
  ])('with %s', (_name, build) => {
    expect(theAssociation(build())).toMatchSnapshot();
  });

  test('is found in a nested stage and in a nested stack', () => {
    const stage = new Stage(app, 'Stage');
    const inner = new Stack(stage, 'Inner');
    const nested = new NestedStack(inner, 'Nested');
    for (const scope of [inner, nested]) {
      new PodIdentityAssociation(scope, 'Pods', {
        cluster: eks.Cluster.fromClusterAttributes(scope, 'Cluster', { clusterName: 'prod' }),
        namespace: scope === inner ? 'inner' : 'nested',
        serviceAccount: 'sa',
      });
    }
    expect(theAssociation(inner).Namespace).toBe('inner');
    expect(theAssociation(nested).Namespace).toBe('nested');
  });
});

describe('imports', () => {
  const ARN = 'arn:aws:eks:us-west-2:111122223333:podidentityassociation/prod/a-abcdefghijklmnop1';

  test('by ARN', () => {
    const pods = PodIdentityAssociation.fromPodIdentityAssociationArn(stack, 'Imported', ARN);
    expect(pods).toMatchObject({
      associationArn: ARN, associationId: 'a-abcdefghijklmnop1', podIdentityAssociationRef: { associationArn: ARN },
    });
    expect(pods.env).toMatchObject({ account: '111122223333', region: 'us-west-2' });
  });

  test('by attributes', () => {
    const pods = PodIdentityAssociation.fromPodIdentityAssociationAttributes(stack, 'Imported', {
      associationArn: ARN, associationId: 'a-1',
    });
    expect(pods.associationId).toBe('a-1');
  });

  test('by an ARN that is a deploy-time value', () => {
    const arn = new CfnParameter(stack, 'Arn').valueAsString;
    const pods = PodIdentityAssociation.fromPodIdentityAssociationArn(stack, 'Imported', arn);
    expect(stack.resolve(pods.associationId)).toEqual({ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Arn' }] }] });
  });

  test.each(['', 'a-1', 'arn:aws:eks:us-west-2:111122223333:cluster/prod', `${ARN}/more`])('rejects %j', (arn) => {
    expect(() => PodIdentityAssociation.fromPodIdentityAssociationArn(stack, 'Imported', arn))
      .toThrow(`Stack/Imported: '${arn}' is not the ARN of a Pod Identity association.`);
  });
});

describe('bad input throws, with path, value and fix', () => {
  const l1Role = () => new iam.CfnRole(stack, 'L1', { assumeRolePolicyDocument: {} });
  test.each<[string, () => any, RegExp]>([
    ['a namespace with capitals',
      () => ({ namespace: 'Prod' }),
      /^Stack\/Pods: namespace 'Prod' is not a valid Kubernetes name\. Kubernetes accepts .*\. Give namespace/],
    ['an empty namespace', () => ({ namespace: '' }), /^Stack\/Pods: namespace '' is not/],
    ['a wildcard namespace', () => ({ namespace: '*' }), /^Stack\/Pods: namespace '\*' is not/],
    ['a namespace with a dot', () => ({ namespace: 'a.b' }), /^Stack\/Pods: namespace 'a\.b' is not/],
    ['a long namespace', () => ({ namespace: 'a'.repeat(64) }), /^Stack\/Pods: namespace 'a+' is not .* at most 63/],
    ['a service account with an underscore',
      () => ({ serviceAccount: 'my_app' }), /^Stack\/Pods: serviceAccount 'my_app' is not/],
    ['a long service account',
      () => ({ serviceAccount: 'a'.repeat(254) }), /^Stack\/Pods: serviceAccount 'a+' is not .* at most 253/],
    ['no namespace', () => ({ namespace: undefined }), /^Stack\/Pods: namespace is undefined\. Kubernetes accepts/],
    ['a number as service account', () => ({ serviceAccount: 7 }),
      /^Stack\/Pods: serviceAccount is 7\. Kubernetes accepts/],
    ['no cluster', () => ({ cluster: undefined }), /^Stack\/Pods: cluster is undefined\. Give an EKS cluster/],
    ['a cluster name', () => ({ cluster: 'prod' }), /^Stack\/Pods: cluster is "prod"\. Give an EKS cluster/],
    ['a role ARN', () => ({ role: ROLE_ARN }), /^Stack\/Pods: role is "arn:.*"\. Give an IAM role/],
    ['a user',
      () => ({ role: new iam.User(stack, 'User') }),
      /^Stack\/Pods: role is the construct Stack\/User\. Give an IAM role/],
    ['null for a role', () => ({ role: null }), /^Stack\/Pods: role is null\. Give an IAM role/],
    ['a target role ARN',
      () => ({ role, targetRole: ROLE_ARN }), /^Stack\/Pods: targetRole is "arn:.*"\. Give an IAM role/],
    ['a policy document',
      () => ({ sessionPolicy: new iam.PolicyDocument() }),
      /^Stack\/Pods: sessionPolicy is a PolicyDocument\. Give SessionPolicy\.fromDocument/],
    ['tags on with a policy',
      () => ({ disableSessionTags: false, sessionPolicy: SessionPolicy.fromStatements(READ_A) }),
      /^Stack\/Pods: disableSessionTags is false, and there is a session policy\. .* Remove disableSessionTags/],
    ['grants to an L1 role',
      () => ({ role: l1Role(), grantsTo: GrantsTo.ROLE }),
      /^Stack\/Pods: grantsTo is ROLE, and Stack\/L1 is a role that cannot be granted/],
    ['grants to both and an L1 role',
      () => ({ role: l1Role(), grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE }),
      /^Stack\/Pods: grantsTo is SESSION_POLICY_AND_ROLE/],
    ['an unknown grantsTo',
      () => ({ role, grantsTo: 'BOTH' }), /^Stack\/Pods: grantsTo is "BOTH"\. Give one of SESSION_POLICY, /],
  ])('%s', (_name, props, message) => {
    expect(() => associate(props())).toThrow(message);
  });

  test.each(['a', '0', 'a-b', 'a'.repeat(63)])('%j is a namespace and a service account', (name) => {
    associate({ namespace: name, serviceAccount: name });
    expect(theAssociation()).toMatchObject({ Namespace: name, ServiceAccount: name });
  });

  test('a grant while session tags are wanted', () => {
    const pods = associate({ role, disableSessionTags: false });
    expect(() => new s3.Bucket(stack, 'Bucket').grantRead(pods)).toThrow(
      /^Stack\/Pods: disableSessionTags is false, and there is a session policy/,
    );
  });

  test('statements that come later while session tags are wanted', () => {
    const policy = SessionPolicy.fromStatements();
    associate({ role, sessionPolicy: policy, disableSessionTags: false });
    policy.addStatements(READ_A);
    expect(() => app.synth()).toThrow(/Stack\/Pods\] disableSessionTags is false, and there is a session policy/);
  });

  test('a statement with a principal', () => {
    const pods = associate({ role });
    const statement = new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: ['*'], principals: [new iam.AnyPrincipal()],
    });
    expect(() => pods.sessionPolicy.addStatements(statement)).toThrow(
      /^Stack\/Pods: EKS would reject a session policy with this statement: Statement\[0\]\.Principal .* is not allowed: the principal is the role itself\. Remove the element/);
  });

  test('a document with a principal, when it is attached', () => {
    const document = new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], principals: [new iam.AnyPrincipal()] }),
      ],
    });
    expect(() => associate({ role, sessionPolicy: SessionPolicy.fromDocument(document) })).toThrow(
      /^Stack\/Pods: sessionPolicy: Statement\[0\]\.Principal .* is not allowed/);
  });
});
