import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Aws, Stack, Validations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { FindingSeverity, PodIdentityAssociation, PodIdentityValidation, RolePermissions, SessionPolicy } from '../lib';
import { synthesize } from './synthesize';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/teams/pods';
const BOUNDARY_ARN = 'arn:aws:iam::111122223333:policy/boundary';
const statement = (effect: iam.Effect, action: string, ...resources: string[]) => new iam.PolicyStatement({
  effect, actions: [action], resources,
});
const allow = (action: string, ...resources: string[]) => statement(iam.Effect.ALLOW, action, ...resources);
const deny = (action: string, ...resources: string[]) => statement(iam.Effect.DENY, action, ...resources);
const document = (...statements: iam.PolicyStatement[]) => new iam.PolicyDocument({ statements });
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const ALL = allow('s3:*', '*');

let app: App;
let stack: Stack;
let role: iam.IRole;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
  role = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
});

function findingsWith(rolePermissions?: RolePermissions[], session = READ, on: iam.IRoleRef = role) {
  new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'web',
    serviceAccount: 'app',
    role: on,
    rolePermissions,
    sessionPolicy: SessionPolicy.fromStatements(session),
  });
  return synthesize(app).findings;
}

describe('RolePermissions.ofRole', () => {
  test.each<[string, () => RolePermissions[] | undefined, string[]]>([
    ['nothing is known', () => undefined, ['NarrowingUndetermined']],
    ['inside', () => [RolePermissions.ofRole(role, { identityPolicies: [document(ALL)] })], []],
    ['beyond',
      () => [
        RolePermissions.ofRole(role, { identityPolicies: [document(allow('s3:GetObject', 'arn:aws:s3:::other/*'))] }),
      ],
      ['NoEffectivePermissions']],
    ['a role without permissions', () => [RolePermissions.ofRole(role, {})], ['NoEffectivePermissions']],
    ['a boundary',
      () => [RolePermissions.ofRole(role, {
        identityPolicies: [document(ALL)], permissionsBoundary: document(allow('sqs:*', '*')),
      })],
      ['NoEffectivePermissions']],
    ['a managed policy that nobody knows',
      () => [RolePermissions.ofRole(role, { managedPolicies: [theirs()] })], ['NarrowingUndetermined']],
    ['a managed policy that is given, too', () => [RolePermissions.ofRole(role, { managedPolicies: [theirs()] }),
      RolePermissions.ofManagedPolicy(theirs(), document(ALL))], []],
    ['a managed policy of the app', () => [RolePermissions.ofRole(role, {
      managedPolicies: [new iam.ManagedPolicy(stack, 'Own', { statements: [ALL] })],
    })], []],
    ['what the app attaches counts, too', () => {
      role.addToPrincipalPolicy(deny('s3:GetObject', '*'));
      return [RolePermissions.ofRole(role, { identityPolicies: [document(ALL)] })];
    }, ['NoEffectivePermissions']],
    ['twice the same', () => [1, 2].map(() => RolePermissions.ofRole(role, { identityPolicies: [document(ALL)] })), []],
    ['two that differ',
      () => [ALL, READ].map((s) => RolePermissions.ofRole(role, { identityPolicies: [document(s)] })),
      ['NarrowingUndetermined']],
    ['two documents of one managed policy', () => [RolePermissions.ofRole(role, { managedPolicies: [theirs()] }),
      ...[ALL, READ].map((s) => RolePermissions.ofManagedPolicy(theirs(), document(s)))], ['NarrowingUndetermined']],
    ['another role',
      () => [RolePermissions.ofRole(
        iam.Role.fromRoleArn(stack, 'Other', `${ROLE_ARN}-2`), { identityPolicies: [document(ALL)] },
      )],
      ['NarrowingUndetermined']],
  ])('%s', (_name, make, expected) => {
    expect(findingsWith(make()).map((f) => f.ruleName)).toEqual(expected);
  });

  const theirs = () => stack.node.tryFindChild('Theirs') as iam.ManagedPolicy | undefined
    ?? iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Theirs', BOUNDARY_ARN);

  test('a role by name, in the account of the stack', () => {
    const named = iam.Role.fromRoleName(stack, 'Named', 'pods');
    expect(findingsWith([RolePermissions.ofRole(named, { identityPolicies: [document(ALL)] })], READ, named))
      .toEqual([]);
  });

  test('documents with values of this and of other stacks', () => {
    const there = new Stack(app, 'There');
    const bucket = new s3.Bucket(there, 'Bucket');
    const own = new s3.Bucket(stack, 'Bucket');
    const known = RolePermissions.ofRole(role, {
      identityPolicies: [
        document(allow('s3:GetObject', bucket.arnForObjects('*'), `arn:${Aws.PARTITION}:s3:::x-${Aws.ACCOUNT_ID}/*`)),
      ],
    });
    expect(findingsWith(
      [known], allow('s3:GetObject', bucket.arnForObjects('a/*'), `arn:${Aws.PARTITION}:s3:::x-${Aws.ACCOUNT_ID}/y`),
    )).toEqual([]);
    expect(own.node.path).not.toBe(bucket.node.path);
  });

  test('the same logical id in another stack is another bucket', () => {
    const there = new Stack(app, 'There');
    const bucket = new s3.Bucket(there, 'Bucket');
    const own = new s3.Bucket(stack, 'Bucket');
    const known = RolePermissions.ofRole(role, {
      identityPolicies: [document(allow('s3:GetObject', bucket.arnForObjects('*')))],
    });
    expect(findingsWith([known], allow('s3:GetObject', own.arnForObjects('*'))).map((f) => f.ruleName))
      .toEqual(['SessionPolicyExceedsRole']);
  });

  test('the boundary of a role of the app', () => {
    const boundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', BOUNDARY_ARN);
    const own = new iam.Role(stack, 'Own', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
      inlinePolicies: { all: document(ALL) },
      permissionsBoundary: boundary,
    });
    expect(findingsWith([RolePermissions.ofManagedPolicy(boundary, document(allow('s3:Get*', '*')))], READ, own))
      .toEqual([]);
  });
});

describe('RolePermissions.fromSnapshot', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'snapshot-'));
  const file = path.join(directory, 'roles.json');
  const write = (content: unknown) => fs.writeFileSync(
    file, typeof content === 'string' ? content : JSON.stringify(content),
  );
  const json = (effect: string, action: string) => ({
    Version: '2012-10-17', Statement: [{ Effect: effect, Action: action, Resource: '*' }],
  });
  const withRole = (value: unknown) => ({ version: 1, roles: { [ROLE_ARN]: value } });

  afterAll(() => fs.rmSync(directory, { recursive: true }));

  test.each<[string, unknown, string[]]>([
    ['a role', withRole({ inlinePolicies: { all: json('Allow', 's3:*') } }), []],
    ['a role with less', withRole({ inlinePolicies: { some: json('Allow', 's3:List*') } }), ['NoEffectivePermissions']],
    ['a role with managed policies',
      { ...withRole({ managedPolicies: [BOUNDARY_ARN] }), managedPolicies: { [BOUNDARY_ARN]: json('Allow', 's3:*') } },
      []],
    ['a role with a boundary', {
      ...withRole({ inlinePolicies: { all: json('Allow', 's3:*') }, permissionsBoundary: BOUNDARY_ARN }),
      managedPolicies: { [BOUNDARY_ARN]: json('Allow', 'sqs:*') },
    }, ['NoEffectivePermissions']],
    ['a boundary that is not in it',
      withRole({ inlinePolicies: { all: json('Allow', 's3:*') }, permissionsBoundary: BOUNDARY_ARN }),
      ['NarrowingUndetermined']],
    ['nothing', { version: 1 }, ['NarrowingUndetermined']],
    ['with a byte order mark',
      `\uFEFF${JSON.stringify(withRole({ inlinePolicies: { all: json('Allow', 's3:*') } }))}`, []],
  ])('%s', (_name, content, expected) => {
    write(content);
    expect(findingsWith([RolePermissions.fromSnapshot(file)]).map((f) => f.ruleName)).toEqual(expected);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'roles.json: not a snapshot: '],
    ['no object', '[]', 'roles.json: not an object'],
    ['no version', {}, 'roles.json: version: missing. Write "version": 1'],
    ['a later version', { version: 2 }, 'version: 2 is not a version'],
    ['a member that is written wrong',
      { version: 1, role: {} }, "'role' is not one of version, roles, managedPolicies, resources"],
    ['roles that are a list', { version: 1, roles: [] }, 'roles: not an object'],
    ['no ARN', { version: 1, roles: { pods: {} } }, "roles['pods']: not the ARN of a role"],
    ['a role that is not an object', withRole(null), `roles['${ROLE_ARN}']: not an object`],
    ['a role with a member that is written wrong', withRole({ policies: {} }), "'policies' is not one of trustPolicy"],
    ['a trust policy that is text', withRole({ trustPolicy: '{}' }), 'trustPolicy: not a policy document'],
    ['a policy that is none',
      withRole({ inlinePolicies: { a: { Statement: [{ Effect: 'Maybe', Action: 's3:*', Resource: '*' }] } } }),
      `roles['${ROLE_ARN}'].inlinePolicies['a']: not a policy that IAM would accept: Statement[0].Effect`],
    ['managed policies that are not a list', withRole({ managedPolicies: {} }), 'managedPolicies: not a list'],
    ['a managed policy that is not an ARN',
      withRole({ managedPolicies: ['ReadOnlyAccess'] }),
      'managedPolicies[0]: "ReadOnlyAccess" is not the ARN of a managed policy'],
    ['a boundary that is not an ARN',
      withRole({ permissionsBoundary: {} }), 'permissionsBoundary: not the ARN of a managed policy'],
    ['a document without an ARN',
      { version: 1, managedPolicies: { x: {} } }, "managedPolicies['x']: not the ARN of a managed policy"],
  ])('%s is said, with the place', (_name, content, message) => {
    write(content);
    expect(() => RolePermissions.fromSnapshot(file)).toThrow(message);
  });

  test('no file', () => {
    expect(() => RolePermissions.fromSnapshot('/no/such.json'))
      .toThrow("RolePermissions.fromSnapshot: cannot read '/no/such.json' (ENOENT)");
  });
});

describe('what is not a RolePermissions', () => {
  const ONE = RolePermissions.ofManagedPolicy({ managedPolicyRef: { policyArn: 'arn' } } as any, document());
  test.each<[string, () => unknown, string]>([
    ['for an association',
      () => findingsWith([{} as any]), 'Stack/Pods: rolePermissions has something else than RolePermissions'],
    ['for the plugin',
      () => new PodIdentityValidation({ rolePermissions: ['x' as any] }),
      'PodIdentityValidation: rolePermissions has something else than RolePermissions'],
    ['one for an association, without a list', () => findingsWith(ONE as any),
      'Stack/Pods: rolePermissions is one RolePermissions and not a list. Give a list of RolePermissions.ofRole(…)'],
    ['one for the plugin, without a list', () => new PodIdentityValidation({ rolePermissions: ONE as any }),
      'PodIdentityValidation: rolePermissions is one RolePermissions and not a list. Give a list of'],
    ['no list at all', () => new PodIdentityValidation({ rolePermissions: 'roles.json' as any }),
      'PodIdentityValidation: rolePermissions is not a list'],
    ['no role', () => RolePermissions.ofRole(undefined as any, {}), 'role is not an IAM role'],
    ['no managed policy',
      () => RolePermissions.ofManagedPolicy(undefined as any, document()), 'policy is not a managed policy'],
  ])('%s', (_name, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('options of the plugin', () => {
  test.each<[string, () => PodIdentityValidation, string[], boolean]>([
    ['none', () => new PodIdentityValidation(), ['NarrowingUndetermined'], false],
    ['strict', () => new PodIdentityValidation({ strict: true }), ['NarrowingUndetermined'], true],
    ['a rule as an error',
      () => new PodIdentityValidation({ severities: { NarrowingUndetermined: FindingSeverity.ERROR } }),
      ['NarrowingUndetermined'], true],
    ['a rule, with the name of the plugin',
      () => new PodIdentityValidation({ severities: { 'PodIdentity::NarrowingUndetermined': FindingSeverity.OFF } }),
      [], false],
    ['a rule goes before strict',
      () => new PodIdentityValidation({ strict: true, severities: { NarrowingUndetermined: FindingSeverity.WARNING } }),
      ['NarrowingUndetermined'], false],
    ['permissions for all',
      () => new PodIdentityValidation({
        rolePermissions: [RolePermissions.ofRole(role, { identityPolicies: [document(ALL)] })],
      }),
      [], false],
  ])('%s', (_name, plugin, expected, failed) => {
    Validations.of(app).addPlugins(plugin());
    expect(findingsWith().map((f) => f.ruleName)).toEqual(expected);
    expect(synthesize(app).failed).toBe(failed);
  });

  test('a rule that does not exist', () => {
    expect(() => new PodIdentityValidation({ severities: { Narrowing: FindingSeverity.OFF } })).toThrow(
      /severities has 'Narrowing', which is not a rule\. The rules: .*NarrowingUndetermined/,
    );
  });
});
