import * as fs from 'fs';
import * as path from 'path';
import {
  App, Aspects, Aws, CfnCondition, CfnDynamicReference, CfnDynamicReferenceService, CfnParameter, CfnResource, CfnStack,
  Fn, LegacyStackSynthesizer,
  NestedStack, Stack, Stage, Validations,
} from 'aws-cdk-lib';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole, PodIdentityValidation, SessionPolicy } from '../lib';
import { synthesize } from './synthesize';

const NOTHING = 'PodIdentity::NoEffectivePermissions';
const US = { env: { account: '111122223333', region: 'us-east-1' } };
const EU = { env: { account: '111122223333', region: 'eu-west-1' } };

const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
  new iam.PolicyStatement({ actions, resources, conditions });
const deny = (actions: string[], resources: string[]) => new iam.PolicyStatement({
  effect: iam.Effect.DENY, actions, resources,
});
const document = (...statements: iam.PolicyStatement[]) => new iam.PolicyDocument({ statements });

/** An association whose pods read objects of `data`, on a role with these inline permissions. */
function associate(
  scope: Construct, id: string, role: iam.IRoleRef, ...session: iam.PolicyStatement[]
): PodIdentityAssociation {
  return new PodIdentityAssociation(scope, id, {
    cluster: eks.Cluster.fromClusterAttributes(scope, `${id}Cluster`, { clusterName: 'prod' }),
    namespace: id.toLowerCase(),
    serviceAccount: 'app',
    role,
    sessionPolicy: SessionPolicy.fromStatements(...(session.length > 0 ? session : [READ_LESS])),
  });
}

const READ = allow(['s3:GetObject'], ['arn:aws:s3:::data/a/*']);
const READ_LESS = allow(['s3:GetObject'], ['arn:aws:s3:::data/a/b/*']);

function roleWith(scope: Construct, ...statements: iam.PolicyStatement[]): PodIdentityRole {
  return new PodIdentityRole(
    scope, 'Role', statements.length === 0 ? {} : { inlinePolicies: { Access: document(...statements) } },
  );
}

const rulesOf = (app: App) => synthesize(app).findings.map((f) => f.ruleName);

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

describe('verdicts on inline policies', () => {
  test.each<[string, iam.PolicyStatement[], iam.PolicyStatement[], string[]]>([
    ['inside', [READ], [allow(['s3:Get*'], ['arn:aws:s3:::data/*'])], []],
    ['the same', [READ], [READ], ['SessionPolicyDoesNotNarrow']],
    ['under a condition of its own',
      [allow(['s3:GetObject'], ['*'], { Bool: { 'aws:SecureTransport': 'true' } })], [allow(['s3:*'], ['*'])], []],
    ['under the same condition', [allow(['s3:GetObject'], ['*'], { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow(['s3:*'], ['*'], { Bool: { 'aws:SecureTransport': true } })], []],
    ['under a condition of the role',
      [READ], [allow(['s3:*'], ['*'], { Bool: { 'aws:SecureTransport': 'true' } })], ['SessionPolicyOmitsCondition']],
    ['another action', [allow(['s3:PutObject'], ['arn:aws:s3:::data/a/*'])], [READ], ['NoEffectivePermissions']],
    ['another resource', [allow(['s3:GetObject'], ['arn:aws:s3:::other/*'])], [READ], ['NoEffectivePermissions']],
    ['denied by the role',
      [READ], [allow(['s3:*'], ['*']), deny(['s3:GetObject'], ['arn:aws:s3:::data/*'])], ['NoEffectivePermissions']],
    ['denied in part by the role',
      [allow(['s3:*'], ['*'])], [allow(['s3:*'], ['*']), deny(['s3:DeleteBucket'], ['*'])],
      ['SessionPolicyExceedsRole']],
    ['denied by the role and by itself', [allow(['s3:*'], ['*']), deny(['s3:DeleteBucket'], ['*'])],
      [allow(['s3:*'], ['*']), deny(['s3:DeleteBucket'], ['*'])], ['SessionPolicyDoesNotNarrow']],
    ['nothing that is not denied again', [READ, deny(['s3:*'], ['*'])], [], ['NoEffectivePermissions']],
    ['two statements that exceed',
      [READ, allow(['sqs:*'], ['arn:aws:sqs:*:*:a']), allow(['sns:*'], ['arn:aws:sns:*:*:b'])], [READ],
      ['SessionPolicyExceedsRole', 'SessionPolicyExceedsRole']],
  ])('%s', (_name, session, role, expected) => {
    associate(stack, 'Pods', roleWith(stack, ...role), ...session);
    expect(rulesOf(app)).toEqual(expected);
  });
});

describe('where a role has its permissions', () => {
  test.each<[string, (role: PodIdentityRole) => void]>([
    ['a default policy, granted late', (role) => role.addToPrincipalPolicy(READ)],
    ['a policy', (role) => new iam.Policy(stack, 'Policy', { statements: [READ], roles: [role] })],
    ['an L1 policy that names it',
      (role) => new iam.CfnPolicy(stack, 'Policy', {
        policyName: 'p', policyDocument: document(READ), roles: [role.roleName],
      })],
    ['a role policy',
      (role) => new iam.CfnRolePolicy(stack, 'Policy', {
        policyName: 'p', policyDocument: document(READ), roleName: role.roleName,
      })],
    ['a customer managed policy that it attaches',
      (role) => role.addManagedPolicy(new iam.ManagedPolicy(stack, 'Managed', { statements: [READ] }))],
    ['a customer managed policy that attaches itself',
      (role) => new iam.ManagedPolicy(stack, 'Managed', { statements: [READ], roles: [role] })],
    ['an override', (role) => (role.node.defaultChild as CfnResource).addPropertyOverride('Policies', [
      {
        PolicyName: 'p',
        PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
      },
    ])],
    ['a customer managed policy of another stack', (role) => {
      const other = new Stack(app, 'Other');
      role.addManagedPolicy(new iam.ManagedPolicy(other, 'Managed', { statements: [READ] }));
    }],
  ])('%s', (_name, give) => {
    const role = new PodIdentityRole(stack, 'Role');
    give(role);
    associate(stack, 'Pods', role);
    expect(rulesOf(app)).toEqual([]);
  });

  test.each<[string, (role: PodIdentityRole) => void, RegExp]>([
    ['an AWS managed policy that does not exist',
      (role) => role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAcces')),
      /policy\/AmazonS3FullAcces of Stack\/Role \(AWS had no managed policy of this name on .*; did you mean .*AmazonS3FullAccess\?\)/],
    ['a customer managed policy of somebody else', (role) => role.addManagedPolicy(
      iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Theirs', 'arn:aws:iam::111122223333:policy/theirs')),
    /no template defines the managed policy arn:aws:iam::111122223333:policy\/theirs of Stack\/Role\. /],
    ['a policy under a condition', (role) => {
      const policy = new iam.CfnPolicy(stack, 'Policy', {
        policyName: 'p', policyDocument: document(READ), roles: [role.roleName],
      });
      policy.addOverride('Condition', 'Sometimes');
    }, /whether AWS::IAM::Policy Stack\/Policy is deployed depends on the condition 'Sometimes', which could not be told/],
    ['a document with Fn::If', (role) => (role.node.defaultChild as CfnResource).addPropertyOverride('Policies', [
      { PolicyName: 'p', PolicyDocument: { 'Fn::If': ['Sometimes', { Statement: [] }, { Ref: 'AWS::NoValue' }] } },
    ]), /inline policy 'p' of Stack\/Role could not be understood: Fn::If, whose value depends on the deployment/],
    ['policies that are Fn::If',
      (role) => (role.node.defaultChild as CfnResource).addPropertyOverride('Policies', {
        'Fn::If': ['Sometimes', [], []],
      }),
      /could not be understood: Fn::If/],
  ])('%s is said not to be seen', (_name, give, message) => {
    const role = new PodIdentityRole(stack, 'Role');
    give(role);
    associate(stack, 'Pods', role);
    const { findings, failed } = synthesize(app);
    expect(findings.map((f) => f.ruleName)).toEqual(['NarrowingUndetermined']);
    expect(findings[0].description).toMatch(message);
    expect(failed).toBe(false);
  });

  test('an imported role is said not to be known, once', () => {
    associate(
      stack, 'Pods', iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/shared'), READ,
      allow(['sqs:*'], ['*']),
    );
    const { findings } = synthesize(app);
    expect(findings.map((f) => f.description)).toEqual([
      'The check could not determine whether the session policy of Stack/Pods only narrows the role arn:aws:iam::111122223333:role/shared: no template '
      + 'defines the role arn:aws:iam::111122223333:role/shared, so its policies are not known. At run time, AWS denies each request that '
      + 'the session policy allows but the role does not.',
    ]);
  });

  test('a role of the app that is imported by its fixed ARN is found', () => {
    const other = new Stack(app, 'Other', US);
    const here = new Stack(app, 'Here', US);
    new PodIdentityRole(other, 'Role', {
      roleName: 'shared', path: '/pods/', inlinePolicies: { Access: document(READ) },
    });
    associate(here, 'Pods', iam.Role.fromRoleArn(here, 'Imported', 'arn:aws:iam::111122223333:role/pods/shared'));
    expect(rulesOf(app)).toEqual([]);
  });

  test('a policy for a role of the same name in another account does not apply to this one', () => {
    const here = new Stack(app, 'Here', US);
    const elsewhere = new Stack(app, 'Elsewhere', { env: { account: '444455556666', region: 'us-east-1' } });
    const role = new PodIdentityRole(here, 'Role', { roleName: 'shared' });
    new iam.CfnPolicy(elsewhere, 'Policy', { policyName: 'p', policyDocument: document(READ), roles: ['shared'] });
    associate(here, 'Pods', role);
    expect(rulesOf(app)).toEqual(['NoEffectivePermissions']);
  });

  test('a policy for a role that only the deployment knows leaves a doubt', () => {
    const role = roleWith(stack, READ);
    new iam.CfnPolicy(stack, 'Policy', {
      policyName: 'p',
      policyDocument: document(deny(['s3:*'], ['*'])),
      roles: [new CfnParameter(stack, 'RoleName').valueAsString],
    });
    associate(stack, 'Pods', role);
    expect(synthesize(app).findings[0].description).toContain(
      'Stack/Policy is attached to a role whose name is a deploy-time value (${RoleName}), and may be this one',
    );
  });
});

describe('policies that are attached by name', () => {
  const everything = () => roleWith(stack, allow(['*'], ['*']));
  const no = deny(['s3:*'], ['*']);
  const named = (scope: Construct, roleName: string, ...statements: iam.PolicyStatement[]) =>
    new PodIdentityRole(scope, 'Role', {
      roleName, ...(statements.length > 0 ? { inlinePolicies: { Access: document(...statements) } } : {}),
    });
  const policyFor = (scope: Construct, roleName: string, statement: iam.PolicyStatement) =>
    new iam.CfnPolicy(scope, 'ByName', { policyName: 'p', policyDocument: document(statement), roles: [roleName] });

  test.each<[string, () => iam.IRoleRef, string[]]>([
    ['an import of a role by its own ARN', () => {
      const imported = iam.Role.fromRoleArn(stack, 'Imported', new PodIdentityRole(stack, 'Role').roleArn);
      new iam.Policy(stack, 'Policy', { statements: [READ], roles: [imported] });
      return imported;
    }, []],
    ['a role policy with the name out of the ARN', () => {
      const role = new PodIdentityRole(stack, 'Role');
      const roleName = Fn.select(1, Fn.split('/', role.roleArn));
      new iam.CfnRolePolicy(stack, 'Policy', { policyName: 'p', policyDocument: document(READ), roleName });
      return role;
    }, []],
    ['the same name with a region in it, allowing', () => {
      policyFor(stack, `pods-${Aws.REGION}`, READ);
      return named(stack, `pods-${Aws.REGION}`);
    }, []],
    ['the same name with a region in it, denying', () => {
      policyFor(stack, `pods-${Aws.REGION}`, no);
      return named(stack, `pods-${Aws.REGION}`, READ);
    }, ['NoEffectivePermissions']],
    ['a name that may be the same', () => {
      policyFor(stack, `pods-${Aws.REGION}`, no);
      return named(stack, 'pods-us-east-1', READ);
    }, ['NarrowingUndetermined']],
    ['a name that is another', () => {
      policyFor(stack, `nodes-${Aws.REGION}`, no);
      return named(stack, 'pods', READ);
    }, []],
    ['a name that somebody wrote, and a generated one', () => {
      policyFor(stack, 'somebody-elses', no);
      return roleWith(stack, READ);
    }, []],
    ['a name from SSM', () => {
      policyFor(stack, '{{resolve:ssm:/role}}', no);
      return everything();
    }, ['NarrowingUndetermined']],
    ['a role under Fn::If', () => {
      const role = roleWith(stack);
      new iam.CfnPolicy(stack, 'Policy', { policyName: 'p', policyDocument: document(READ) })
        .addPropertyOverride('Roles', [{ 'Fn::If': ['C', stack.resolve(role.roleName), { Ref: 'AWS::NoValue' }] }]);
      return role;
    }, ['NarrowingUndetermined']],
    ['an attribute of a custom resource', () => {
      policyFor(stack, new CfnResource(stack, 'Reader', { type: 'Custom::Reader' }).getAtt('Role').toString(), no);
      return everything();
    }, ['NarrowingUndetermined']],
    ['a stack of unknown account, for a role of a known one', () => {
      policyFor(stack, 'pods', no);
      return named(new Stack(app, 'Known', US), 'pods', READ);
    }, ['NarrowingUndetermined']],
  ])('%s', (_name, make, expected) => {
    associate(stack, 'Pods', make());
    const { findings } = synthesize(app);
    expect(findings.map((f) => f.ruleName)).toEqual(expected);
  });

  test('a policy by name in one stage is not one in another', () => {
    for (const [name, statement] of [['Dev', undefined], ['Prod', READ]] as const) {
      const inner = new Stack(new Stage(app, name), 'Inner');
      if (statement) { policyFor(inner, 'pods', statement); }
      associate(inner, 'Pods', named(inner, 'pods'));
    }
    expect(synthesize(app).findings.map((f) => f.violatingConstructs[0].constructPath))
      .toEqual(['Dev/Inner/Pods/Resource']);
  });
});

describe('conditions of the template', () => {
  const condition = (id: string, parameter = 'Stage', value = 'prod') =>
    new CfnCondition(stack, id, {
      expression: Fn.conditionEquals(stack.node.tryFindChild(parameter) ? Fn.ref(parameter)
        : new CfnParameter(stack, parameter).valueAsString, value),
    });
  const choose = (role: PodIdentityRole, value: unknown) =>
    (role.node.defaultChild as CfnResource).addPropertyOverride('Policies', value);
  const inline = (statement: iam.PolicyStatement) => [{ PolicyName: 'p', PolicyDocument: document(statement) }];

  test.each<[string, () => PodIdentityRole, string[]]>([
    ['either branch allows it', () => {
      condition('IsProd');
      const role = new PodIdentityRole(stack, 'Role');
      choose(role, { 'Fn::If': ['IsProd', inline(READ), inline(allow(['s3:*'], ['*']))] });
      return role;
    }, []],
    ['one branch does not', () => {
      condition('IsProd');
      const role = new PodIdentityRole(stack, 'Role');
      choose(role, { 'Fn::If': ['IsProd', inline(READ), { Ref: 'AWS::NoValue' }] });
      return role;
    }, ["NoEffectivePermissions if ${Stage} is not 'prod'"]],
    ['a policy that is there in one case only', () => {
      condition('IsProd');
      const role = new PodIdentityRole(stack, 'Role');
      const policy = new iam.CfnPolicy(stack, 'Policy', {
        policyName: 'p', policyDocument: document(READ), roles: [role.roleName],
      });
      policy.addOverride('Condition', 'IsProd');
      return role;
    }, ["NoEffectivePermissions if ${Stage} is not 'prod'"]],
    ['a policy for each case', () => {
      condition('IsProd');
      new CfnCondition(stack, 'IsNotProd', {
        expression: Fn.conditionNot(Fn.conditionEquals(Fn.ref('Stage'), 'prod')),
      });
      const role = new PodIdentityRole(stack, 'Role');
      for (const name of ['IsProd', 'IsNotProd']) {
        new iam.CfnPolicy(stack, `${name}Policy`, {
          policyName: name, policyDocument: document(READ), roles: [role.roleName],
        }).addOverride('Condition', name);
      }
      return role;
    }, []],
    ['a policy whose roles depend on it', () => {
      condition('IsProd');
      const role = new PodIdentityRole(stack, 'Role', {
        inlinePolicies: { p: new iam.PolicyDocument({ statements: [READ] }) },
      });
      new iam.CfnPolicy(stack, 'Policy', { policyName: 'p', policyDocument: document(deny(['s3:*'], ['*'])) })
        .addPropertyOverride('Roles', [
          { 'Fn::If': ['IsProd', stack.resolve(role.roleName), { Ref: 'AWS::NoValue' }] },
        ]);
      return role;
    }, ["NoEffectivePermissions if ${Stage} is 'prod'"]],
  ])('%s', (_name, make, expected) => {
    associate(stack, 'Pods', make());
    const { findings } = synthesize(app);
    expect(findings.map((f) => [f.ruleName, ...f.description.match(/if \$.*(?=\.$)/) ?? []].join(' ')))
      .toEqual(expected);
  });

  test('an association that is not deployed is not checked', () => {
    condition('IsProd');
    const role = new PodIdentityRole(stack, 'Role');
    choose(role, { 'Fn::If': ['IsProd', inline(READ), { Ref: 'AWS::NoValue' }] });
    (associate(stack, 'Pods', role).node.defaultChild as CfnResource).addOverride('Condition', 'IsProd');
    expect(rulesOf(app)).toEqual([]);
  });

  test('an association that an escape hatch makes of something else is called by its construct', () => {
    const role = new PodIdentityRole(stack, 'Role');
    const properties = { ClusterName: 'cluster', Namespace: 'NO NAME', ServiceAccount: 'app', RoleArn: role.roleArn };
    new CfnResource(stack, 'Odd', { type: 'Custom::Odd', properties }).addOverride(
      'Type', 'AWS::EKS::PodIdentityAssociation',
    );
    Validations.of(app).addPlugins(new PodIdentityValidation());
    expect(synthesize(app).findings.map((f) => f.description)).toEqual([
      expect.stringMatching(`^${stack.node.path}/Odd: `),
    ]);
  });

  test.each<[string, string, string, string[]]>([
    ['under one condition', 'IsProd', 'IsProd', ['DuplicateAssociation']],
    ['under different conditions', 'IsProd', 'IsDev', []],
  ])('two associations of a service account %s', (_name, first, second, expected) => {
    condition('IsProd');
    condition('IsDev', 'Stage', 'dev');
    const role = roleWith(stack, READ);
    for (const [id, name] of [['A', first], ['B', second]]) {
      const resource = associate(stack, id, role).node.defaultChild as CfnResource;
      resource.addOverride('Condition', name);
      resource.addPropertyOverride('Namespace', 'same');
      resource.addPropertyOverride('ClusterName', 'prod');
    }
    expect(rulesOf(app)).toEqual(expected);
  });
});

describe('values that only the deployment knows', () => {
  test.each<[string, () => [iam.PolicyStatement[], iam.PolicyStatement], string[]]>([
    ['a dynamic reference in a deny',
      () => [[allow(['s3:*'], ['*']), deny(['s3:*'], ['arn:aws:s3:::{{resolve:ssm:/secret}}/*'])], READ],
      ['NarrowingUndetermined']],
    ['a dynamic reference on both sides',
      () => [
        [allow(['s3:*'], ['arn:aws:s3:::{{resolve:ssm:/b}}/*'])],
        allow(['s3:GetObject'], ['arn:aws:s3:::{{resolve:ssm:/b}}/a']),
      ],
      []],
    ['a dynamic reference on one side',
      () => [
        [allow(['s3:*'], ['arn:aws:s3:::data/*'])], allow(['s3:GetObject'], ['arn:aws:s3:::{{resolve:ssm:/b}}/a']),
      ],
      ['NarrowingUndetermined']],
    ['a list parameter in a deny',
      () => [[allow(['s3:*'], ['*']),
        deny(['s3:*'], new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList)], READ],
      ['NarrowingUndetermined']],
  ])('%s', (_name, make, expected) => {
    const [role, session] = make();
    associate(stack, 'Pods', roleWith(stack, ...role), session);
    expect(rulesOf(app)).toEqual(expected);
  });

  test('a list parameter of a nested stack', () => {
    const nested = new NestedStack(stack, 'Nested', {
      parameters: { Arns: 'arn:aws:s3:::data/*,arn:aws:s3:::other/*' },
    });
    const list = new CfnParameter(nested, 'Arns', { type: 'CommaDelimitedList' }).valueAsList;
    associate(nested, 'Pods', roleWith(nested, allow(['s3:*'], ['*']), deny(['s3:*'], list)));
    expect(rulesOf(app)).toEqual(['NoEffectivePermissions']);
  });

  test('a namespace behind a dynamic reference is not a bad name', () => {
    new PodIdentityAssociation(stack, 'Pods', {
      cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
      namespace: new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/ns').toString(),
      serviceAccount: 'sa',
    });
    expect(rulesOf(app)).toEqual([]);
  });

  test('a macro may rewrite a role', () => {
    stack.templateOptions.transforms = ['AddPolicies'];
    associate(stack, 'Pods', roleWith(stack, READ));
    expect(synthesize(app).findings.map((f) => f.description)).toEqual([
      expect.stringContaining('the macro AddPolicies may change what Stack/Role may do'),
      expect.stringContaining('Stack: Not examined: the output of the macro AddPolicies'),
    ]);
  });

  test('what may hide associations is a warning of its stack', () => {
    const other = new Stack(app, 'Other');
    new CfnStack(other, 'Child', { templateUrl: 'https://s3.amazonaws.com/bucket/child.json' });
    associate(stack, 'Pods', roleWith(stack, READ));
    const [{ ruleName, severity, violatingConstructs, suggestedFix }, ...rest] = synthesize(app).findings;
    expect({ ruleName, severity, rest }).toEqual({ ruleName: 'TemplateNotExamined', severity: 'warning', rest: [] });
    expect(violatingConstructs).toEqual([expect.objectContaining({ constructPath: 'Other' })]);
    expect(suggestedFix).toContain('acknowledge this rule');
  });

  test('what may hide associations is acknowledged at its stack', () => {
    const other = new Stack(app, 'Other');
    new CfnStack(other, 'Child', { templateUrl: 'https://s3.amazonaws.com/bucket/child.json' });
    associate(stack, 'Pods', roleWith(stack, READ));
    Validations.of(other).acknowledge({ id: 'PodIdentity::TemplateNotExamined', reason: 'It has dashboards only' });
    expect(rulesOf(app)).toEqual([]);
  });

  test('what may hide associations ends a strict synthesis', () => {
    Validations.of(app).addPlugins(new PodIdentityValidation({ strict: true }));
    stack.templateOptions.transforms = ['AddPolicies'];
    new CfnStack(stack, 'Child', { templateUrl: 'https://s3.amazonaws.com/bucket/child.json' });
    associate(stack, 'Pods', roleWith(stack, READ));
    const { findings, failed } = synthesize(app);
    expect(failed).toBe(true);
    const ours = findings.filter((one) => one.ruleName === 'TemplateNotExamined');
    expect(ours.map((one) => one.severity)).toEqual(['error', 'error']);
  });

  test('a transform of AWS leaves roles alone', () => {
    stack.templateOptions.transforms = ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'];
    associate(stack, 'Pods', roleWith(stack, READ));
    expect(rulesOf(app)).toEqual([]);
  });

  test('a stack without a template', () => {
    const silent = new Stack(app, 'Silent', { synthesizer: new WithoutTemplate() });
    new s3.Bucket(silent, 'Bucket');
    associate(stack, 'Pods', roleWith(stack, READ));
    expect(synthesize(app).findings.map((f) => f.description)).toEqual([
      expect.stringContaining('the template of Silent could not be read (ENOENT)'),
      expect.stringContaining('Silent: Not examined: the template of Silent (ENOENT)'),
    ]);
  });
});

class WithoutTemplate extends LegacyStackSynthesizer {
  public synthesize(): void {}
}

describe('permissions boundary', () => {
  test('the session policy has to be inside it, too', () => {
    const boundary = new iam.ManagedPolicy(stack, 'Boundary', { statements: [allow(['sqs:*'], ['*'])] });
    const role = roleWith(stack, READ);
    iam.PermissionsBoundary.of(role).apply(boundary);
    associate(stack, 'Pods', role);
    const { findings } = synthesize(app);
    expect(findings.map((f) => f.ruleName)).toEqual(['NoEffectivePermissions']);
    expect(findings[0].description).toContain('no statement of its permissions boundary allows it');
    expect(findings[0].description).toContain('because no permissions boundary allows the s3:GetObject action');
  });

  test('one that an aspect applies and the app does not know leaves a doubt', () => {
    associate(stack, 'Pods', roleWith(stack, READ));
    iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'corporate'));
    const { findings } = synthesize(app);
    expect(findings[0].description).toMatch(
      /no template defines the managed policy arn:.*:policy\/corporate of Stack\/Role/,
    );
  });

  test('one from the context leaves a doubt', () => {
    const bounded = new Stack(
      new App({ context: { '@aws-cdk/core:permissionsBoundary': { name: 'corporate' } } }), 'Bounded',
    );
    associate(bounded, 'Pods', roleWith(bounded, READ));
    expect(rulesOf(bounded.node.root as App)).toEqual(['NarrowingUndetermined']);
  });
});

describe('stacks and stages', () => {
  test('a role, a bucket and grants in another stack', () => {
    const platform = new Stack(app, 'Platform');
    const role = new PodIdentityRole(platform, 'Role');
    const bucket = new s3.Bucket(platform, 'Data');
    bucket.grantReadWrite(role);
    const pods = associate(stack, 'Pods', role);
    bucket.grantRead(pods, 'a/*');
    expect(synthesize(app).findings.map((f) => f.description)).toEqual([
      expect.stringContaining('allows s3:GetObject on arn:aws:s3:::data/a/b/example'),
    ]);
  });

  test('grants of a team stack to a role of the platform stack make no cycle, and narrow', () => {
    const platform = new Stack(app, 'Platform');
    const role = roleWith(platform, READ);
    const pods = new PodIdentityAssociation(stack, 'Pods', {
      cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
      namespace: 'ns',
      serviceAccount: 'sa',
      role,
      grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE,
    });
    new s3.Bucket(stack, 'Bucket').grantReadWrite(pods);
    expect(synthesize(app)).toMatchObject({ findings: [], failed: false });
  });

  test('in a stage', () => {
    const inner = new Stack(new Stage(app, 'Prod'), 'Inner');
    const role = roleWith(inner, READ);
    associate(inner, 'Good', role);
    associate(inner, 'Bad', role, allow(['sqs:*'], ['*']));
    const { findings } = synthesize(app);
    expect(findings.map((f) => f.violatingConstructs[0].constructPath)).toEqual(['Prod/Inner/Bad/Resource']);
  });

  test('in two stages, exports of the same name do not mix', () => {
    for (const [name, actions] of [['Beta', ['s3:*']], ['Prod', ['sqs:*']]] as const) {
      const stage = new Stage(app, name);
      const role = roleWith(new Stack(stage, 'Roles', { stackName: 'roles' }), allow([...actions], ['*']));
      associate(new Stack(stage, 'Pods', { stackName: 'pods' }), 'Pods', role);
    }
    const { findings } = synthesize(app);
    expect(findings.map((f) => [f.ruleName, f.violatingConstructs[0].constructPath])).toEqual([
      ['NoEffectivePermissions', 'Prod/Pods/Pods/Resource'],
    ]);
  });

  test('the same service account in two stages is one of two clusters, unless both are one environment', () => {
    for (const name of ['Beta', 'Prod']) {
      const stage = new Stage(app, name);
      for (const [id, env] of [['Anywhere', {}], ['Us', US]] as const) {
        const inner = new Stack(stage, id, env);
        associate(inner, 'Pods', roleWith(inner, READ));
      }
    }
    const { findings } = synthesize(app);
    expect(findings.map((f) => [f.ruleName, f.violatingConstructs[0].constructPath])).toEqual([
      ['DuplicateAssociation', 'Prod/Us/Pods/Resource'],
    ]);
  });

  test('in a nested stack, with a role of its parent', () => {
    const nested = new NestedStack(stack, 'Nested');
    const role = roleWith(stack, READ);
    associate(nested, 'Good', role);
    associate(nested, 'Bad', role, allow(['sqs:*'], ['*']));
    const { findings } = synthesize(app);
    expect(findings.map((f) => [f.ruleName, f.violatingConstructs[0].constructPath])).toEqual([
      ['NoEffectivePermissions', 'Stack/Nested/Bad/Resource'],
    ]);
  });

  test('in a nested stack whose resource has a logical id of its own', () => {
    const nested = new NestedStack(stack, 'Nested');
    (nested.nestedStackResource as CfnResource).overrideLogicalId('Renamed');
    associate(nested, 'Bad', roleWith(stack, READ), allow(['sqs:*'], ['*']));
    expect(rulesOf(app)).toEqual(['NoEffectivePermissions']);
  });

  test('with a role of a nested stack', () => {
    associate(stack, 'Pods', roleWith(new NestedStack(stack, 'Nested'), READ));
    expect(rulesOf(app)).toEqual([]);
  });

  test('in stacks of several environments, each finding is reported once', () => {
    for (const [name, env] of [['Us', US], ['Eu', EU]] as const) {
      const regional = new Stack(app, name, env);
      associate(regional, 'Pods', new PodIdentityRole(regional, 'Role'));
    }
    const { findings } = synthesize(app);
    expect(findings.map((f) => f.violatingConstructs[0].constructPath).sort()).toEqual([
      'Eu/Pods/Resource', 'Us/Pods/Resource',
    ]);
  });

  test('a stack without an app', () => {
    const alone = new Stack(undefined, 'Alone');
    associate(alone, 'Pods', new PodIdentityRole(alone, 'Role'));
    expect(rulesOf(alone.node.root as App)).toEqual(['NoEffectivePermissions']);
  });
});

describe('acknowledgement', () => {
  test('suppresses the finding, and the reason is in the report', () => {
    const pods = associate(stack, 'Pods', roleWith(stack));
    Validations.of(pods).acknowledge({ id: NOTHING, reason: 'The bucket policy allows it' });
    const { findings, suppressed, failed } = synthesize(app);
    expect({ findings, failed }).toEqual({ findings: [], failed: false });
    expect(suppressed).toEqual([expect.objectContaining({
      ruleName: 'NoEffectivePermissions', reason: 'The bucket policy allows it', acknowledgedAt: 'Stack/Pods',
    })]);
  });

  test('of one association leaves the other', () => {
    const role = roleWith(stack);
    Validations.of(associate(stack, 'A', role)).acknowledge({ id: NOTHING, reason: 'known' });
    associate(stack, 'B', role);
    const { findings, suppressed, failed } = synthesize(app);
    expect(failed).toBe(true);
    expect(findings.map((f) => f.ruleName)).toEqual(['NoEffectivePermissions[Stack/B]']);
    expect(suppressed.map((f) => f.violatingConstructs[0].constructPath)).toEqual(['Stack/A/Resource']);
  });

  test('by the name beside another still counts when the other is gone', () => {
    Validations.of(associate(stack, 'B', roleWith(stack))).acknowledge({ id: `${NOTHING}[Stack/B]`, reason: 'known' });
    expect(synthesize(app)).toMatchObject({ findings: [], failed: false });
  });

  test.each<[string, (scopes: { app: App; stack: Stack; pods: PodIdentityAssociation }) => [IConstruct, string]]>([
    ['of the app', (scopes) => [scopes.app, NOTHING]],
    ['of the stack', (scopes) => [scopes.stack, NOTHING]],
    ['of the L1', (scopes) => [scopes.pods.node.defaultChild!, NOTHING]],
    ['by the name that is reported beside another', (scopes) => [scopes.pods, `${NOTHING}[Stack/B]`]],
  ])('%s', (_name, where) => {
    const role = roleWith(stack);
    Validations.of(associate(stack, 'A', role)).acknowledge({ id: NOTHING, reason: 'known' });
    const pods = associate(stack, 'B', role);
    const [scope, id] = where({ app, stack, pods });
    Validations.of(scope).acknowledge({ id, reason: 'also known' });
    expect(synthesize(app)).toMatchObject({ findings: [], failed: false });
  });
});

describe('findings on associations that were written in other ways', () => {
  const l1 = (props: Partial<eksV1.CfnPodIdentityAssociationProps>, id = 'L1') => {
    if (!stack.node.tryFindChild('Trusted')) {
      new PodIdentityRole(stack, 'Trusted', { inlinePolicies: { All: document(allow(['*'], ['*'])) } });
    }
    const { roleArn } = stack.node.findChild('Trusted') as PodIdentityRole;
    return new eksV1.CfnPodIdentityAssociation(stack, id, {
      clusterName: 'prod', namespace: 'ns', serviceAccount: 'sa', roleArn, ...props,
    });
  };
  const policy = (...statements: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const GOOD = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

  beforeEach(() => Validations.of(app).addPlugins(new PodIdentityValidation()));

  test.each<[string, () => unknown, string[], RegExp?]>([
    ['nothing to say', () => l1({ policy: policy(GOOD), disableSessionTags: true }), []],
    ['no policy', () => l1({}), []],
    ['session tags on', () => l1({ policy: policy(GOOD), disableSessionTags: false }), ['SessionTagsMustBeDisabled']],
    ['session tags not mentioned',
      () => l1({ policy: policy(GOOD) }), ['SessionTagsMustBeDisabled'],
      /^Stack\/L1 has a session policy, but its session tags are not disabled/],
    ['session tags behind a parameter',
      () => l1({ policy: policy(GOOD), disableSessionTags: new CfnParameter(stack, 'P').value as any }), []],
    ['not JSON',
      () => l1({ policy: 'Version: 2012', disableSessionTags: true }), ['InvalidSessionPolicy'],
      /it is not JSON: it stops being JSON near "Version: 2012"/],
    ['empty',
      () => l1({ policy: ' ', disableSessionTags: true }), ['InvalidSessionPolicy'], /it is not JSON: it is empty/],
    ['not an object',
      () => l1({ policy: '[]', disableSessionTags: true }), ['InvalidSessionPolicy'],
      /\[\] is not a policy document, which is a JSON object/],
    ['a principal',
      () => l1({ policy: policy({ ...GOOD, Principal: '*' }), disableSessionTags: true }), ['InvalidSessionPolicy'],
      /Statement\[0\]\.Principal/],
    ['illegal characters',
      () => l1({ policy: policy({ ...GOOD, Sid: 'a', Resource: 'arn:aws:s3:::b/→' }), disableSessionTags: true }),
      ['InvalidSessionPolicy'], /it has the character U\+2192/],
    ['an object instead of text',
      () => l1({ disableSessionTags: true }).addPropertyOverride('Policy', {
        Statement: [GOOD], Version: '2012-10-17',
      }),
      ['InvalidSessionPolicy', 'NarrowingUndetermined'], /it is a JSON object, and CloudFormation expects a string/],
    ['too long',
      () => l1({
        policy: policy({
          ...GOOD, Sid: 'Long', Resource: Array.from({ length: 90 }, (_, i) => `arn:aws:s3:::bucket-${i}/*`),
        }),
        disableSessionTags: true,
      }),
      ['SessionPolicyTooLarge'],
      /has 2,\d\d\d characters; EKS accepts at most 2,048.* Its largest statement: statement 0 \(Sid 'Long'\) \(2,\d\d\d characters\)/],
    ['a bad namespace',
      () => l1({ namespace: 'Bad_Name' }), ['InvalidKubernetesName'],
      /^Stack\/L1: namespace 'Bad_Name' is not a valid Kubernetes name/],
    ['a bad service account', () => l1({ serviceAccount: '-x' }), ['InvalidKubernetesName'], /serviceAccount '-x'/],
    ['the same account twice',
      () => [l1({}), l1({}, 'Twice')], ['DuplicateAssociation'],
      /^Stack\/Twice and Stack\/L1 are both for service account 'sa' in namespace 'ns' of cluster 'prod'/],
    ['the same account in two clusters', () => [l1({}), l1({ clusterName: 'other' }, 'Twice')], []],
    ['a role without trust',
      () => l1({
        roleArn: new iam.Role(stack, 'Plain', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }).roleArn,
      }),
      ['RoleTrustPolicy'],
      /The trust policy of the role Stack\/Plain does not let pods\.eks\.amazonaws\.com do sts:AssumeRole and sts:TagSession/],
    ['a role without TagSession',
      () => l1({
        roleArn: new iam.Role(stack, 'Plain', {
          assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com'),
        }).roleArn,
      }),
      ['RoleTrustPolicy'], /does not let pods\.eks\.amazonaws\.com do sts:TagSession\./],
    ['a role that trusts with a wildcard', () => {
      const role = new iam.CfnRole(stack, 'Plain', {
        assumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow', Principal: { Service: ['ec2.amazonaws.com', 'pods.eks.amazonaws.com'] }, Action: 'sts:*',
          },
        },
      });
      return l1({ roleArn: role.attrArn });
    }, []],
    ['a policy with Fn::If',
      () => l1({ disableSessionTags: true }).addPropertyOverride('Policy', { 'Fn::If': ['C', 'a', 'b'] }),
      ['NarrowingUndetermined'], /the session policy could not be read: Fn::If/],
    ['a policy with values from elsewhere',
      () => l1({
        policy: Fn.sub(
          policy({ ...GOOD, Resource: 'arn:aws:s3:::${Name}/*' }),
          { Name: new CfnParameter(stack, 'Name').valueAsString },
        ),
        disableSessionTags: true,
      }),
      []],
  ])('%s', (_name, write, expected, message = /(?:)/) => {
    write();
    const { findings } = synthesize(app);
    expect(findings.map((f) => f.ruleName)).toEqual(expected);
    expect(findings[0]?.description ?? '').toMatch(message);
    expect(findings.filter((f) => f.suggestedFix.length < 10)).toEqual([]);
  });

  test('registered explicitly and by a construct, the plugin reports once', () => {
    associate(stack, 'Pods', new PodIdentityRole(stack, 'Role'));
    expect(rulesOf(app)).toEqual(['NoEffectivePermissions']);
  });
});

test('what an aspect changes is what is checked', () => {
  associate(stack, 'Pods', roleWith(stack, READ));
  Aspects.of(stack).add({
    visit: (node) => {
      if (eksV1.CfnPodIdentityAssociation.isCfnPodIdentityAssociation(node)) { node.disableSessionTags = false; }
    },
  });
  expect(rulesOf(app)).toEqual(['SessionTagsMustBeDisabled']);
});

test('two synths of one app give the same report and the same templates', () => {
  const build = () => {
    const fresh = new App();
    const freshStack = new Stack(fresh, 'Stack');
    associate(freshStack, 'Pods', new PodIdentityRole(freshStack, 'Role'));
    const { findings, outdir } = synthesize(fresh);
    return {
      findings: findings.map((f) => f.description),
      template: fs.readFileSync(path.join(outdir, 'Stack.template.json'), 'utf-8'),
    };
  };
  expect(build()).toEqual(build());
});
