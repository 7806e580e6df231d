import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Aws, CfnResource, PermissionsBoundary, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import {
  PodIdentityAssociation, PodIdentityRole, PodIdentityValidation, SessionPolicy, SessionPolicyMixin,
} from '../../lib';
import { synthesize } from '../synthesize';
import { associationsIn } from '../templates';

const statement = (actions: string[], resources: string[]) => new iam.PolicyStatement({ actions, resources });
const DATA = () => statement(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::data/*']);
const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/a/*' };
const DELETE = { Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::data/a/*' };
const policyOf = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });

/** Writes an association for the role, with this session policy. */
type Write = (stack: Stack, role: iam.Role, session: object) => void;

const WAYS: ReadonlyArray<[string, Write]> = [
  ['the L2', (stack, role, session) => new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'sa',
    role,
    sessionPolicy: SessionPolicy.fromJson(session),
  })],
  ['the L1', (stack, role, session) => new eksV1.CfnPodIdentityAssociation(stack, 'Pods', {
    clusterName: 'prod',
    namespace: 'ns',
    serviceAccount: 'sa',
    roleArn: role.roleArn,
    policy: JSON.stringify(session),
    disableSessionTags: true,
  })],
  ['a mixin of an L1', (stack, role, session) => {
    new eksV1.CfnPodIdentityAssociation(stack, 'Pods', {
      clusterName: 'prod', namespace: 'ns', serviceAccount: 'sa', roleArn: role.roleArn,
    }).with(new SessionPolicyMixin(SessionPolicy.fromJson(session)));
  }],
  ['a resource of its type', (stack, role, session) => new CfnResource(stack, 'Pods', {
    type: 'AWS::EKS::PodIdentityAssociation',
    properties: {
      ClusterName: 'prod',
      Namespace: 'ns',
      ServiceAccount: 'sa',
      RoleArn: role.roleArn,
      Policy: stack.toJsonString(session),
      DisableSessionTags: true,
    },
  })],
  ['a template that is included, as JSON',
    (stack, role, session) => include(stack, role, 'json', JSON.stringify(template(JSON.stringify(session))))],
  ['a template that is included, as YAML', (stack, role, session) => include(stack, role, 'yaml', `
Parameters:
  RoleArn: { Type: String }
Resources:
  Pods:
    Type: AWS::EKS::PodIdentityAssociation
    Properties:
      ClusterName: prod
      Namespace: ns
      ServiceAccount: sa
      RoleArn: !Ref RoleArn
      Policy: !Sub '${JSON.stringify(session)}'
      DisableSessionTags: true
`)],
];

function template(policy: string) {
  return {
    Parameters: { RoleArn: { Type: 'String' } },
    Resources: {
      Pods: {
        Type: 'AWS::EKS::PodIdentityAssociation',
        Properties: {
          ClusterName: 'prod',
          Namespace: 'ns',
          ServiceAccount: 'sa',
          RoleArn: { Ref: 'RoleArn' },
          Policy: policy,
          DisableSessionTags: true,
        },
      },
    },
  };
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true })));

function include(stack: Stack, role: iam.Role, extension: string, text: string): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'include-'));
  folders.push(folder);
  const templateFile = path.join(folder, `template.${extension}`);
  fs.writeFileSync(templateFile, text);
  new CfnInclude(stack, 'Include', { templateFile, parameters: { RoleArn: role.roleArn } });
}

function appWith(
  write: Write, session: object, context: Record<string, unknown> = {}, give?: (role: iam.Role) => void,
): App {
  const app = new App({ context });
  Validations.of(app).addPlugins(new PodIdentityValidation());
  const stack = new Stack(app, 'Stack');
  const role = new PodIdentityRole(stack, 'Role', {
    inlinePolicies: { Access: new iam.PolicyDocument({ statements: [DATA()] }) },
  });
  give?.(role);
  write(stack, role, session);
  return app;
}

const rulesOf = (app: App) => synthesize(app).findings.map((finding) => finding.ruleName);

describe.each(WAYS)('an association by %s', (_name, write) => {
  test.each<[string, object, string[]]>([
    ['inside', policyOf(READ), []],
    ['outside in part', policyOf(READ, DELETE), ['SessionPolicyExceedsRole']],
    ['outside', policyOf(DELETE), ['NoEffectivePermissions']],
  ])('%s', (_which, session, expected) => {
    expect(rulesOf(appWith(write, session))).toEqual(expected);
  });
});

describe('service accounts of the CDK', () => {
  const layer = (stack: Stack) => lambda.LayerVersion.fromLayerVersionArn(
    stack, 'Layer', 'arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1',
  );
  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['aws-eks', (stack) => new eksV1.ServiceAccount(stack, 'ServiceAccount', {
      cluster: eksV1.Cluster.fromClusterAttributes(stack, 'Cluster', {
        clusterName: 'prod', kubectlRoleArn: 'arn:aws:iam::111122223333:role/k', kubectlLayer: layer(stack),
      }),
      identityType: eksV1.IdentityType.POD_IDENTITY,
    }).role],
    ['aws-eks-v2', (stack) => new eks.ServiceAccount(stack, 'ServiceAccount', {
      cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
        clusterName: 'prod',
        kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'Provider', {
          serviceToken: 'arn:aws:lambda:us-east-1:111122223333:function:k',
        }),
      }),
      identityType: eks.IdentityType.POD_IDENTITY,
    }).role],
  ])('%s writes an association that EKS takes, without a session policy', (_name, make) => {
    const app = new App();
    Validations.of(app).addPlugins(new PodIdentityValidation());
    const stack = new Stack(app, 'Stack');
    make(stack);
    expect(rulesOf(app)).toEqual([]);
    const [written] = associationsIn(Template.fromStack(stack).toJSON());
    expect(Object.keys(written).sort()).toEqual(['ClusterName', 'Namespace', 'RoleArn', 'ServiceAccount']);
  });
});

describe('permissions boundaries', () => {
  const L2 = WAYS[0][1];
  const boundary = (stack: Stack, name?: string) => new iam.ManagedPolicy(stack, 'Boundary', {
    managedPolicyName: name, statements: [statement(['s3:PutObject'], ['*'])],
  });

  test.each<[string, (role: iam.Role) => void]>([
    ['an aspect', (role) => iam.PermissionsBoundary.of(Stack.of(role)).apply(boundary(Stack.of(role)))],
    ['an override',
      (role) => (role.node.defaultChild as CfnResource).addPropertyOverride(
        'PermissionsBoundary', Stack.of(role).resolve(boundary(Stack.of(role)).managedPolicyArn),
      )],
    ['its ARN', (role) => {
      boundary(Stack.of(role), 'corporate');
      iam.PermissionsBoundary.of(role).apply(iam.ManagedPolicy.fromManagedPolicyName(role, 'Imported', 'corporate'));
    }],
  ])('by %s', (_name, give) => {
    expect(rulesOf(appWith(L2, policyOf(READ), {}, give))).toEqual(['NoEffectivePermissions']);
  });

  test('by the context, of a policy of the app', () => {
    expect(rulesOf(appWith(
      L2,
      policyOf(READ),
      { '@aws-cdk/core:permissionsBoundary': { name: 'corporate' } },
      (role) => boundary(Stack.of(role), 'corporate'),
    )))
      .toEqual(['NoEffectivePermissions']);
  });

  test('by a stage', () => {
    const app = new App();
    const inner = new Stack(
      new Stage(app, 'Prod', { permissionsBoundary: PermissionsBoundary.fromName(`corporate-${Aws.REGION}`) }), 'Inner',
      { env: { account: '111122223333', region: 'us-east-1' } },
    );
    boundary(inner, 'corporate-us-east-1');
    L2(inner, new PodIdentityRole(inner, 'Role', {
      inlinePolicies: { Access: new iam.PolicyDocument({ statements: [DATA()] }) },
    }), policyOf(READ));
    expect(rulesOf(app)).toEqual(['NoEffectivePermissions']);
  });
});

describe('feature flags', () => {
  const recommended = Object.fromEntries(Object.entries(CURRENTLY_RECOMMENDED_FLAGS));
  test.each<[string, Record<string, unknown>]>([
    ['none', {}],
    ['minimal policies', { '@aws-cdk/aws-iam:minimizePolicies': true }],
    ['policies as they are written', { '@aws-cdk/aws-iam:minimizePolicies': false }],
    ['all that are recommended', recommended],
    ['none that is recommended', Object.fromEntries(Object.keys(recommended).map((name) => [name, false]))],
  ])('%s', (_name, context) => {
    const give = (role: iam.Role) => ['b', 'c'].forEach(
      (name) => role.addToPrincipalPolicy(statement(['s3:GetObject'], [`arn:aws:s3:::${name}/*`])),
    );
    const other = { ...READ, Resource: ['arn:aws:s3:::b/x/*', 'arn:aws:s3:::c/x/*'] };
    expect(rulesOf(appWith(WAYS[0][1], policyOf(READ, other), context, give))).toEqual([]);
    expect(rulesOf(appWith(WAYS[0][1], policyOf(READ, other, DELETE), context, give)))
      .toEqual(['SessionPolicyExceedsRole']);
  });
});

test('in stages of stages', () => {
  const app = new App();
  const inner = new Stack(new Stage(new Stage(app, 'Prod'), 'Us'), 'Inner');
  WAYS[0][1](inner, new PodIdentityRole(inner, 'Role', {
    inlinePolicies: { Access: new iam.PolicyDocument({ statements: [DATA()] }) },
  }), policyOf(READ, DELETE));
  expect(synthesize(app).findings.map((finding) => [finding.ruleName, finding.violatingConstructs[0].constructPath]))
    .toEqual([['SessionPolicyExceedsRole', 'Prod/Us/Inner/Pods/Resource']]);
});

test('an app of another copy of aws-cdk-lib', () => {
  jest.isolateModules(() => {
    const copy = jest.requireActual<typeof import('aws-cdk-lib')>('aws-cdk-lib');
    const { CfnPodIdentityAssociation } = jest.requireActual<typeof eksV1>('aws-cdk-lib/aws-eks');
    const { Role, ServicePrincipal } = jest.requireActual<typeof iam>('aws-cdk-lib/aws-iam');
    expect(copy.Stack).not.toBe(Stack);
    const app = new copy.App();
    copy.Validations.of(app).addPlugins(new PodIdentityValidation());
    const stack = new copy.Stack(app, 'Stack');
    const role = new Role(stack, 'Role', {
      assumedBy: new ServicePrincipal('pods.eks.amazonaws.com').withSessionTags(),
    });
    role.addToPolicy(new (jest.requireActual<typeof iam>('aws-cdk-lib/aws-iam').PolicyStatement)({
      actions: ['s3:Get*'], resources: ['*'],
    }));
    new CfnPodIdentityAssociation(new copy.NestedStack(stack, 'Nested'), 'Pods', {
      clusterName: 'prod',
      namespace: 'ns',
      serviceAccount: 'sa',
      roleArn: role.roleArn,
      policy: JSON.stringify(policyOf(READ, DELETE)),
      disableSessionTags: true,
    });
    expect(synthesize(app as App).findings.map(
      (finding) => [finding.ruleName, finding.violatingConstructs[0].constructPath],
    ))
      .toEqual([['SessionPolicyExceedsRole', 'Stack/Nested/Pods']]);
  });
});

test('Template.fromStack in a unit test gives what is deployed', () => {
  const app = appWith(WAYS[0][1], policyOf(READ));
  const [written] = associationsIn(Template.fromStack(app.node.findChild('Stack') as Stack).toJSON());
  expect(written).toMatchObject({ DisableSessionTags: true, Policy: JSON.stringify(policyOf(READ)) });
});
