import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import {
  App, Aspects, CfnParameter, CfnResource, ConstructSelector, Fn, Lazy, Mixins, Shims, Stack, Stage, Token, Validations,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct, IConstruct } from 'constructs';
import {
  GrantsTo, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole, PodIdentityValidation, SessionPolicy,
  SessionPolicyMixin,
} from '../lib';
import { synthesize } from './synthesize';
import { associationsIn, sessionPolicyOf } from './templates';

const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/a/*' };
const WRITE = { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::data/a/*' };
const BOTH = { ...READ, Action: ['s3:GetObject', 's3:PutObject'] };
const TYPE = 'AWS::EKS::PodIdentityAssociation';
const DOCUMENT = { Version: '2012-10-17', Statement: [READ] };

const statements = (...of: object[]) => SessionPolicy.fromStatements(
  ...of.map((json) => iam.PolicyStatement.fromJson(json)),
);
const mixin = (...of: object[]) => new SessionPolicyMixin(statements(...of));

let app: App;
let stack: Stack;
let role: iam.IRole;

beforeEach(newApp);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true })));

function newApp(): void {
  app = new App();
  stack = new Stack(app, 'Stack');
  const QUEUES = { ...READ, Action: 'sqs:*', Resource: '*' };
  role = new PodIdentityRole(stack, 'Role', { inlinePolicies: { All: documentOf(READ, WRITE, QUEUES) } });
}

function documentOf(...Statement: object[]): iam.PolicyDocument {
  return iam.PolicyDocument.fromJson({ Version: '2012-10-17', Statement });
}

function l1(props: Partial<eksV1.CfnPodIdentityAssociationProps> = {}, scope: Construct = stack, id = 'Pods') {
  return new eksV1.CfnPodIdentityAssociation(scope, id, {
    clusterName: 'prod', namespace: 'ns', serviceAccount: 'app', roleArn: role.roleArn, ...props,
  });
}

function l2(props: Partial<PodIdentityAssociationProps> = {}): PodIdentityAssociation {
  return new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'app',
    role,
    ...props,
  });
}

function deployed(of = stack): any {
  const found = associationsIn(Template.fromStack(of).toJSON());
  expect(found).toHaveLength(1);
  return found[0];
}

const deployedStatements = () => sessionPolicyOf(deployed()).Statement;

describe('an association gets a session policy', () => {
  const layer = () => lambda.LayerVersion.fromLayerVersionArn(
    stack, 'Layer', 'arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1',
  );
  /** Each makes one association and returns what the mixin is applied to. */
  const WAYS: { readonly [name: string]: () => IConstruct } = {
    'an L1': () => l1(),
    'a construct of others': () => {
      const addOn = new Construct(stack, 'AddOn');
      l1({}, new Construct(addOn, 'Inner'), 'Association');
      return addOn;
    },
    'a service account of aws-eks': () => new eksV1.ServiceAccount(stack, 'ServiceAccount', {
      cluster: eksV1.Cluster.fromClusterAttributes(stack, 'Cluster', {
        clusterName: 'prod', kubectlRoleArn: 'arn:aws:iam::111122223333:role/k', kubectlLayer: layer(),
      }),
      identityType: eksV1.IdentityType.POD_IDENTITY,
    }),
    'a service account of aws-eks-v2': () => new eks.ServiceAccount(stack, 'ServiceAccount', {
      cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
        clusterName: 'prod',
        kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'Provider', {
          serviceToken: 'arn:aws:lambda:us-east-1:111122223333:function:k',
        }),
      }),
      identityType: eks.IdentityType.POD_IDENTITY,
    }),
    'an included template': () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mixin-'));
      folders.push(folder);
      const templateFile = path.join(folder, 'template.json');
      fs.writeFileSync(templateFile, JSON.stringify({
        Resources: {
          Pods: {
            Type: 'AWS::EKS::PodIdentityAssociation',
            Properties: {
              ClusterName: 'prod', Namespace: 'ns', ServiceAccount: 'app', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            },
          },
          Role: Object.values(stack.resolve((role.node.defaultChild as CfnResource)._toCloudFormation()).Resources)[0],
        },
      }));
      return new CfnInclude(stack, 'Included', { templateFile });
    },
    'an L2 of this library': () => l2(),
    'the stack': () => {
      l1();
      return stack;
    },
  };

  /** The ways of the CDK to apply a mixin. */
  const APPLY: { readonly [name: string]: (to: IConstruct) => void } = {
    'construct.with': (to) => to.with(mixin(WRITE, READ)),
    'construct.node.with': (to) => to.node.with(mixin(WRITE, READ)),
    'Mixins.of': (to) => Mixins.of(to).requireAny().apply(mixin(WRITE, READ)),
    'Mixins.of with a selector': (to) => Mixins.of(to, ConstructSelector.resourcesOfType(TYPE))
      .requireAll().apply(mixin(WRITE, READ)),
    'applyTo': (to) => to.node.findAll().forEach((node) => mixin(WRITE, READ).applyTo(node)),
    'an aspect': (to) => Aspects.of(to).add(Shims.asAspect(mixin(WRITE, READ))),
  };
  const rows = [
    ...Object.keys(WAYS).map((what) => [what, 'construct.with']),
    ...Object.keys(APPLY).map((how) => ['a construct of others', how]),
  ];

  test.each(rows)('%s, by %s', (what, how) => {
    APPLY[how](WAYS[what]());
    Validations.of(app).acknowledge({ id: 'PodIdentity::NoEffectivePermissions', reason: 'the role has nothing here' });
    const { Policy, DisableSessionTags } = deployed();
    expect({ Policy, DisableSessionTags }).toEqual({
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [BOTH] }), DisableSessionTags: true,
    });
  });

  test.each(rows)('%s, by %s: its findings end the synthesis', (what, how) => {
    const to = WAYS[what]();
    APPLY[how](to);
    to.with(mixin({ ...READ, Resource: 'arn:aws:s3:::elsewhere/*' }));
    const { findings, failed } = synthesize(app);
    expect(failed).toBe(true);
    expect(findings.map(({ ruleName }) => ruleName)).toEqual(
      [expect.stringMatching(/^(SessionPolicyExceedsRole|NoEffectivePermissions)$/)],
    );
  });
});

test.each<[string, () => SessionPolicy]>([
  ['statements with tokens', () => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    return SessionPolicy.fromStatements(
      new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [bucket.arnForObjects('a/*')] }),
      new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('a/*')], sid: 'Again' }),
      new iam.PolicyStatement({
        actions: ['s3:List*'], resources: [bucket.bucketArn], conditions: { StringLike: { 's3:prefix': 'a/*' } },
      }),
    );
  }],
  ['a list that is a token', () => SessionPolicy.fromStatements(new iam.PolicyStatement({
    actions: ['s3:GetObject'],
    resources: Token.asList(Lazy.any({ produce: () => Fn.split(',', 'arn:aws:s3:::a/*,arn:aws:s3:::b/*') })),
  }))],
  ['a document', () => SessionPolicy.fromDocument(documentOf(READ, WRITE))],
  ['JSON', () => SessionPolicy.fromJson(DOCUMENT)],
  ['everything but', () => SessionPolicy.allExcept({ actions: ['s3:DeleteObject*'] })],
  ['nothing', () => SessionPolicy.fromStatements()],
])('%s: as the L2 has it', (_what, policy) => {
  const propertiesWith = (make: (sessionPolicy: SessionPolicy) => void) => {
    app = new App();
    Validations.of(app).acknowledge(...['NoEffectivePermissions', 'SessionPolicyExceedsRole'].map(
      (id) => ({ id: `PodIdentity::${id}`, reason: 'looked at elsewhere' }),
    ));
    stack = new Stack(app, 'Stack');
    role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/r');
    make(policy());
    return deployed();
  };
  expect(propertiesWith((sessionPolicy) => l1().with(new SessionPolicyMixin(sessionPolicy))))
    .toEqual(propertiesWith((sessionPolicy) => l2({ sessionPolicy })));
});

describe('what a construct has already', () => {
  test.each<[string, () => void, object[]]>([
    ['the same mixin twice', () => {
      const one = mixin(READ);
      l1().with(one).with(one);
    }, [READ]],
    ['the same statements twice', () => l1().with(mixin(READ), mixin(READ)), [READ]],
    ['two mixins', () => l1().with(mixin(READ), mixin(WRITE)), [BOTH]],
    ['a mixin of the stack, and one of the association', () => {
      l1().with(mixin(READ));
      stack.with(mixin(WRITE));
    }, [BOTH]],
    ['the session policy of an L2', () => l2({ sessionPolicy: statements(READ) }).with(mixin(WRITE)), [BOTH]],
    ['later grants to an L2', () => {
      const pods = l2();
      pods.with(mixin(READ));
      pods.sessionPolicy.addStatements(iam.PolicyStatement.fromJson(WRITE));
    }, [BOTH]],
    ['the session policy of the L2 itself', () => {
      const pods = l2({ sessionPolicy: statements(READ) });
      pods.with(new SessionPolicyMixin(pods.sessionPolicy));
    }, [READ]],
    ['the text of the author of an L1', () => l1({ policy: JSON.stringify(DOCUMENT) }).with(mixin(WRITE)), [BOTH]],
    ['no text', () => l1({ policy: '' }).with(mixin(WRITE)), [WRITE]],
    ['a text that the author wrote after another mixin', () => {
      const pods = l1();
      pods.with(mixin({ ...READ, Action: 'sqs:SendMessage', Resource: '*' }));
      pods.policy = JSON.stringify(DOCUMENT);
      pods.with(mixin(WRITE));
    }, [BOTH]],
    ['statements that the session policy of the mixin gets later', () => {
      const policy = statements(READ);
      l1().with(new SessionPolicyMixin(policy));
      policy.addStatements(iam.PolicyStatement.fromJson(WRITE));
    }, [BOTH]],
    ['session tags that are disabled', () => l1({ disableSessionTags: true }).with(mixin(READ)), [READ]],
    ['session tags of a parameter', () => {
      const parameter = new CfnParameter(stack, 'Tags', { allowedValues: ['true', 'false'] });
      l1({ disableSessionTags: Lazy.any({ produce: () => parameter.value }) }).with(mixin(READ));
    }, [READ]],
  ])('%s', (_what, make, expected) => {
    make();
    expect(deployedStatements()).toEqual(expected);
    expect(deployed().DisableSessionTags).toBe(true);
  });

  test.each<[string, boolean | undefined]>([['nothing', undefined], ['true', true], ['false', false]])(
    'an empty session policy changes no association with disableSessionTags %s', (_what, disableSessionTags) => {
      l1({ disableSessionTags });
      const before = deployed();
      newApp();
      l1({ disableSessionTags }).with(new SessionPolicyMixin(SessionPolicy.fromStatements()));
      expect(deployed()).toEqual(before);
    },
  );

  test('it does not change an association that it is not applied to', () => {
    l1().with(mixin(READ));
    l1({ serviceAccount: 'other' }, stack, 'Other');
    const policies = associationsIn(Template.fromStack(stack).toJSON()).map(({ Policy }) => Policy);
    expect(policies).toEqual([JSON.stringify(DOCUMENT), undefined]);
  });

  test('one session policy for many associations', () => {
    const one = mixin(READ);
    for (const serviceAccount of ['a', 'b']) { l1({ serviceAccount }, stack, serviceAccount).with(one); }
    const policies = associationsIn(Template.fromStack(stack).toJSON()).map(({ Policy }) => Policy);
    expect(policies).toEqual(Array(2).fill(JSON.stringify(DOCUMENT)));
  });
});

describe('other constructs', () => {
  const OTHERS: { readonly [name: string]: () => IConstruct } = {
    'a stack': () => stack,
    'a role': () => role,
    'the L1 of a role': () => role.node.defaultChild!,
    'a construct around an association': () => {
      const around = new Construct(stack, 'Around');
      l1({}, around);
      return around;
    },
    'an L2, whose L1 it supports': () => l2(),
    'an add-on with associations, which have no session policy': () => new eksV1.CfnAddon(stack, 'AddOn', {
      addonName: 'vpc-cni',
      clusterName: 'prod',
      podIdentityAssociations: [{ roleArn: role.roleArn, serviceAccount: 'aws-node' }],
    }),
    'an imported association': () => PodIdentityAssociation.fromPodIdentityAssociationArn(
      stack, 'Imported', 'arn:aws:eks:us-east-1:111122223333:podidentityassociation/prod/a-1',
    ),
  };

  test.each(Object.entries(OTHERS))('%s is not supported, and applyTo leaves it as it is', (_name, make) => {
    const other = make();
    expect(mixin(READ).supports(other)).toBe(false);
    mixin(READ).applyTo(other);
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('2012-10-17\\"');
  });

  test('an account with IRSA has no association: requireAny says so', () => {
    const irsa = new Construct(stack, 'Irsa');
    new iam.Role(irsa, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    expect(() => irsa.with(mixin(READ))).not.toThrow();
    expect(() => Mixins.of(irsa).requireAny().apply(mixin(READ))).toThrow(/least one mixin application was required/);
  });
});

describe('errors', () => {
  test.each<[string, any, RegExp]>([
    ['a document', documentOf(READ), /^SessionPolicyMixin: sessionPolicy is a PolicyDocument\. Give SessionPolicy\./],
    ['statements', [iam.PolicyStatement.fromJson(READ)], /^SessionPolicyMixin: sessionPolicy is a Array\. /],
    ['nothing', undefined, /^SessionPolicyMixin: sessionPolicy is undefined\. /],
  ])('%s in place of a session policy', (_what, given, expected) => {
    expect(() => new SessionPolicyMixin(given)).toThrow(expected);
  });

  const PRINCIPAL = { ...READ, Principal: '*' };
  test.each<[string, () => void, RegExp]>([
    ['a policy with tokens', () => l1({ policy: stack.toJsonString(DOCUMENT) }).with(mixin(READ)),
      /^Stack\/Pods: its policy contains tokens.* Remove policy, and give its statements to the SessionPolicyMixin\.$/],
    ['a policy that is not JSON', () => l1({ policy: '{' }).with(mixin(READ)),
      /^Stack\/Pods: policy: could not be read as JSON: /],
    ['a policy that EKS rejects', () => l1({ policy: '{"Statement":{}}' }).with(mixin(READ)),
      /^Stack\/Pods: policy: EKS would reject this session policy: /],
    ['session tags', () => l1({ disableSessionTags: false }).with(mixin(READ)),
      /^Stack\/Pods: disableSessionTags is false, and there is a session policy\. .*or do not apply the SessionPolicyMixin\.$/],
    ['a document with a principal',
      () => l1().with(new SessionPolicyMixin(SessionPolicy.fromDocument(documentOf(PRINCIPAL)))),
      /^Stack\/Pods: sessionPolicy: .*[Pp]rincipal.* EKS would reject the association\.$/],
    ['a resource without typed properties', () => new CfnResource(stack, 'Plain', {
      type: TYPE, properties: { ClusterName: 'prod' },
    }).with(mixin(READ)), /^Stack\/Plain: it is a plain CfnResource.* Create it as eks\.CfnPodIdentityAssociation\.$/],
    ['session policies that would contain each other', () => {
      const pods = l2();
      const other = new PodIdentityAssociation(stack, 'Other', {
        cluster: pods.cluster, namespace: 'ns', serviceAccount: 'other', role, sessionPolicy: pods.sessionPolicy,
      });
      pods.with(new SessionPolicyMixin(other.sessionPolicy));
    }, /^Stack\/Pods\/Resource: the session policy of the mixin already contains the one of this association\. /],
  ])('%s', (_what, make, expected) => {
    expect(make).toThrow(expected);
  });

  test.each<[string, (policy: SessionPolicy) => void]>([
    ['an L1', (policy) => l1({ disableSessionTags: false }).with(new SessionPolicyMixin(policy))],
    ['an L2', (policy) => l2({ disableSessionTags: false }).with(new SessionPolicyMixin(policy))],
  ])('session tags of %s, with statements that come later', (_what, make) => {
    const policy = SessionPolicy.fromStatements();
    make(policy);
    policy.addStatements(iam.PolicyStatement.fromJson(READ));
    expect(() => app.synth()).toThrow(/disableSessionTags is false, and there is a session policy/);
  });

  test('a policy that a lookup has not found yet is none', () => {
    const inEnv = new Stack(app, 'Env', { env: { account: '111122223333', region: 'eu-west-1' } });
    const pods = l1({
      policy: ssm.StringParameter.valueFromLookup(inEnv, '/policy'), roleArn: 'arn:aws:iam::111122223333:role/r',
    }, inEnv);
    expect(() => pods.with(mixin(READ))).not.toThrow();
  });
});

describe('the validation', () => {
  test('is registered once, also if the app registers it itself', () => {
    Validations.of(app).addPlugins(new PodIdentityValidation());
    l1({ serviceAccount: 'a' }, stack, 'A').with(mixin(READ, { ...READ, Action: 's3:DeleteObject' }));
    l1({ serviceAccount: 'b' }, stack, 'B').with(mixin({ ...READ, Action: 's3:DeleteObject' }));
    const { findings } = synthesize(app);
    expect(findings.map(({ ruleName, violatingConstructs: [{ constructPath }] }) => `${ruleName} ${constructPath}`)).toEqual([
      'SessionPolicyExceedsRole Stack/A', 'NoEffectivePermissions Stack/B',
    ]);
  });

  test('is not registered by an app whose constructs the mixin does not support', () => {
    l1({ policy: JSON.stringify({ ...DOCUMENT, Statement: [{ ...READ, Action: 's3:DeleteObject' }] }) });
    role.with(mixin(READ));
    expect(synthesize(app)).toMatchObject({ failed: false, findings: [] });
  });

  test('a finding can be acknowledged at the association', () => {
    const pods = l1();
    pods.with(mixin({ ...READ, Action: 's3:DeleteObject' }));
    Validations.of(pods).acknowledge({ id: 'PodIdentity::NoEffectivePermissions', reason: 'a bucket policy' });
    expect(synthesize(app)).toMatchObject({ failed: false, findings: [], suppressed: [{}] });
  });

  test('sees associations of a stage', () => {
    const inner = new Stack(new Stage(app, 'Stage'), 'Inner');
    const innerRole = new PodIdentityRole(inner, 'Role', { inlinePolicies: { All: documentOf(READ) } });
    l1({ roleArn: innerRole.roleArn }, inner);
    app.with(mixin(READ, WRITE));
    expect(synthesize(app).findings.map(({ ruleName }) => ruleName)).toEqual(['SessionPolicyExceedsRole']);
  });

  test('an association narrowed by a mixin is one that grants keep as it is', () => {
    const pods = l2({ role: undefined, grantsTo: GrantsTo.ROLE });
    new s3.Bucket(stack, 'Bucket').grantReadWrite(pods);
    pods.with(new SessionPolicyMixin(SessionPolicy.allExcept({ actions: ['s3:DeleteObject*'] })));
    expect(synthesize(app)).toMatchObject({ failed: false, findings: [] });
  });
});
