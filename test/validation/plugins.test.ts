/** Apps with several plugins, or with options for a part of the app. */
import * as fs from 'fs';
import * as path from 'path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  FindingSeverity, PodIdentityAssertions, PodIdentityAssociation, PodIdentityRole, PodIdentityValidation,
  PodIdentityValidationProps, RolePermissions, SessionPolicy,
} from '../../lib';
import { synthesize } from '../synthesize';

/** An association whose session policy reaches past its role. */
function associate(scope: Construct, id = 'Pods', role?: iam.IRole) {
  const own = role ?? new PodIdentityRole(scope, `${id}Role`, {
    inlinePolicies: {
      Access: new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'] })],
      }),
    },
  });
  return new PodIdentityAssociation(scope, id, {
    cluster: eks.Cluster.fromClusterAttributes(scope, `${id}Cluster`, { clusterName: 'shop' }),
    namespace: scope.node.path.toLowerCase().replace(/\W/g, '-'),
    serviceAccount: id.toLowerCase(),
    role: own,
    sessionPolicy: SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::data/a/*'],
    })),
  });
}

const OFF: PodIdentityValidationProps = { severities: { SessionPolicyExceedsRole: FindingSeverity.OFF } };
const WARNING: PodIdentityValidationProps = { severities: { SessionPolicyExceedsRole: FindingSeverity.WARNING } };
const add = (to: Construct, props?: PodIdentityValidationProps) => (
  Validations.of(to).addPlugins(new PodIdentityValidation(props)));

let app: App;
let here: Stack;
let there: Stack;
beforeEach(() => {
  app = new App();
  here = new Stack(app, 'Here');
  there = new Stack(app, 'There');
  associate(here);
  associate(there);
});

/** Each finding, with its severity. */
const found = () => synthesize(app).findings
  .map(({ severity, violatingConstructs: [{ constructPath }] }) => `${severity} ${constructPath}`);

const [HERE, THERE] = ['Here/Pods/Resource', 'There/Pods/Resource'];

describe('options for a part of the app', () => {
  test.each<[string, () => void, string[]]>([
    ['a stack', () => add(here, { ...OFF, scope: here }), [`error ${THERE}`]],
    ['a stack, added to the app', () => add(app, { ...OFF, scope: here }), [`error ${THERE}`]],
    ['a stack, beside those of the app', () => {
      add(app, WARNING);
      add(here, { ...OFF, scope: here });
    }, [`warning ${THERE}`]],
    ['two stacks', () => {
      add(here, { ...OFF, scope: here });
      add(there, { ...WARNING, scope: there });
    }, [`warning ${THERE}`]],
    ['an association', () => add(here, { ...WARNING, scope: here.node.findChild('Pods') }),
      [`error ${THERE}`, `warning ${HERE}`]],
    ['the app', () => add(app, { ...OFF, scope: app }), []],
    ['a stack with a nested stack', () => {
      associate(new NestedStack(here, 'Nested'));
      add(here, { ...OFF, scope: here });
    }, [`error ${THERE}`]],
  ])('%s', (_name, make, expected) => {
    make();
    expect(found().sort()).toEqual(expected);
  });
});

describe('a plugin of a stage', () => {
  let prod: Stage;
  let inner: Stack;
  beforeEach(() => {
    prod = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'us-east-1' } });
    inner = new Stack(prod, 'Inner');
    associate(inner);
    associate(new Stack(prod, 'Eu', { env: { account: '111122223333', region: 'eu-west-1' } }));
    associate(new Stack(new Stage(app, 'Dev'), 'Inner'));
  });

  test.each<[string, () => void, string[]]>([
    ['speaks for the stage, and the others keep theirs', () => add(prod, WARNING), [
      'error Dev/Inner/Pods/Resource', `error ${HERE}`, `error ${THERE}`,
      'warning Prod/Eu/Pods/Resource', 'warning Prod/Inner/Pods/Resource',
    ]],
    ['speaks for the stage, if it is added to a stack of it', () => add(inner, WARNING), [
      'error Dev/Inner/Pods/Resource', `error ${HERE}`, `error ${THERE}`,
      'warning Prod/Eu/Pods/Resource', 'warning Prod/Inner/Pods/Resource',
    ]],
    ['goes before that of the app', () => {
      add(app, OFF);
      add(prod, WARNING);
    }, ['warning Prod/Eu/Pods/Resource', 'warning Prod/Inner/Pods/Resource']],
    ['speaks for a stack of it', () => add(inner, { ...OFF, scope: inner }), [
      'error Dev/Inner/Pods/Resource', `error ${HERE}`, 'error Prod/Eu/Pods/Resource', `error ${THERE}`,
    ]],
    ['is one, although it is added to two stages', () => {
      const plugin = new PodIdentityValidation(WARNING);
      [prod, app.node.findChild('Dev')].forEach((stage) => Validations.of(stage).addPlugins(plugin));
    }, [
      `error ${HERE}`, `error ${THERE}`, 'warning Dev/Inner/Pods/Resource',
      'warning Prod/Eu/Pods/Resource', 'warning Prod/Inner/Pods/Resource',
    ]],
  ])('%s', (_name, make, expected) => {
    make();
    expect(found().sort()).toEqual(expected);
  });
});

describe('two plugins', () => {
  test('with the same options report once', () => {
    add(here, WARNING);
    add(there, { ...WARNING, strict: false });
    expect(found()).toEqual([`warning ${HERE}`, `warning ${THERE}`]);
  });

  test('with the same options in another order report once', () => {
    const severities = { UnknownAction: FindingSeverity.OFF, SessionPolicyExceedsRole: FindingSeverity.WARNING };
    add(app, { severities });
    add(app, { severities: Object.fromEntries(Object.entries(severities).reverse()) });
    expect(found()).toEqual([`warning ${HERE}`, `warning ${THERE}`]);
  });

  test.each<[string, () => void, string]>([
    ['at the app', () => [OFF, {}].forEach((props) => add(app, props)), 'are registered for the app'],
    ['at two stacks', () => {
      add(here, OFF);
      add(there, WARNING);
    }, 'Give each plugin the scope that its options are for, such as { scope: stack }, or register one.'],
    ['at a stage that does not contain the scope', () => add(new Stage(app, 'Prod'), { scope: here }),
      'the scope Here is registered with Prod, which does not contain that scope'],
  ])('with different options are refused %s', (_name, make, message) => {
    make();
    expect(() => synthesize(app)).toThrow(message);
    const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf-8'));
    const ours = report.pluginReports.flatMap(({ pluginName, violations }: any) => (
      pluginName === 'PodIdentity' ? violations : []));
    expect(ours).toEqual([expect.objectContaining({ ruleName: 'CheckFailed', severity: 'error' })]);
  });

  test('know together, for assertions, too, what roles have', () => {
    const role = (name: string) => iam.Role.fromRoleArn(there, name, `arn:aws:iam::111122223333:role/${name}`);
    const permissions = (of: iam.IRole) => ({
      rolePermissions: [RolePermissions.ofRole(of, {
        identityPolicies: [new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })],
        })],
      })],
    });
    const [a, b] = [role('A'), role('B')];
    associate(there, 'PodsA', a);
    associate(there, 'PodsB', b);
    add(app, OFF);
    add(here, { ...permissions(a), ...OFF });
    add(there, { ...permissions(b), ...OFF });
    expect(found()).toEqual([]);
    const pods = ['podsa', 'podsb'].map((name) => PodIdentityAssertions.fromStack(there).serviceAccount('there', name));
    expect(pods.map((one) => one.sessionPolicy()?.verdict)).toEqual(['narrows', 'narrows']);
  });
});

test('a scope that is not a construct throws', () => {
  expect(() => new PodIdentityValidation({ scope: 'Stack' as any }))
    .toThrow('PodIdentityValidation: scope is not a construct.');
});
