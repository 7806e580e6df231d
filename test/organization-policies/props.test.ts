/* eslint-disable @stylistic/max-len -- a row is easier to read on one line */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Aws, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { FindingSeverity, OrganizationPolicies, PodIdentityAssertions, PodIdentityAssociation, PodIdentityRole, PodIdentityValidation, RolePermissions } from '../../lib';
import { allow, deny, document } from '../make';
import { synthesize } from '../synthesize';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'organization-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function fileOf(content: unknown, name = 'scp.json'): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  return file;
}

const OBJECTS = 'arn:aws:s3:::data/*';
const NO_DELETES = document({ ...deny('s3:DeleteObject'), Sid: 'KeepData' });
const ofStatements = (...statements: iam.PolicyStatement[]) => new iam.PolicyDocument({ statements });
const noDeletes = (...principals: iam.IPrincipal[]) => new iam.PolicyStatement({
  sid: 'KeepData',
  effect: iam.Effect.DENY,
  actions: ['s3:DeleteObject'],
  resources: ['*'],
  principals: principals as iam.PrincipalBase[],
});

/** Pods that may read and delete. */
function podsIn(scope: Stage | App, id = 'Stack', props: { readonly targetRole?: iam.IRole } = {}): PodIdentityAssociation {
  const stack = new Stack(scope, id, { env: { account: '111122223333', region: 'eu-west-1' } });
  const role = new PodIdentityRole(stack, 'Role', { roleName: `${id}-pods` });
  const statement = () => new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:DeleteObject'], resources: [OBJECTS] });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*', 'sts:*'], resources: ['*'] }));
  const pods = new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }), namespace: 'ns', serviceAccount: id.toLowerCase(), role, ...props,
  });
  pods.sessionPolicy.addStatements(statement());
  return pods;
}

const rulesIn = (app: App) => synthesize(app).findings.map(({ ruleName }) => ruleName);

describe('serviceControlPolicies and resourceControlPolicies', () => {
  test.each<[string, () => ConstructorParameters<typeof PodIdentityValidation>[0], string]>([
    ['a file', () => ({ serviceControlPolicies: [OrganizationPolicies.fromFile(fileOf(NO_DELETES))] }), 'statement 0 (Sid \'KeepData\') of SCP '],
    ['a list in a file', () => ({ serviceControlPolicies: [OrganizationPolicies.fromFile(fileOf([document(allow('*')), NO_DELETES]))] }), 'scp.json[1] denies it'],
    ['a file with a byte order mark', () => ({ serviceControlPolicies: [OrganizationPolicies.fromFile(fileOf(`\uFEFF${JSON.stringify(NO_DELETES)}`))] }), 'SCP '],
    ['documents', () => ({ serviceControlPolicies: [OrganizationPolicies.fromDocuments(ofStatements(noDeletes()))] }),
      'statement 0 (Sid \'KeepData\') of SCP documents[0] of serviceControlPolicies[0] denies it'],
    ['documents of resources', () => ({ resourceControlPolicies: [OrganizationPolicies.fromDocuments(ofStatements(noDeletes(new iam.StarPrincipal())))] }),
      'of RCP documents[0] of resourceControlPolicies[0] denies it'],
    ['documents with AnyPrincipal', () => ({ resourceControlPolicies: [OrganizationPolicies.fromDocuments(ofStatements(noDeletes(new iam.AnyPrincipal())))] }),
      'of RCP documents[0]'],
  ])('%s', (_what, props, message) => {
    const app = new App();
    podsIn(app);
    Validations.of(app).addPlugins(new PodIdentityValidation(props()));
    const { findings } = synthesize(app);
    expect(findings.map(({ ruleName }) => ruleName)).toEqual(['DeniedByOrganizationPolicy']);
    expect(findings[0].description).toContain(message);
  });

  test('nothing is deployed: the templates are the same', () => {
    const templates = [false, true].map((isGiven) => {
      const app = new App();
      const pods = podsIn(app);
      Validations.of(pods).acknowledge({ id: 'PodIdentity::DeniedByOrganizationPolicy', reason: 'Known' });
      if (isGiven) {
        Validations.of(app).addPlugins(new PodIdentityValidation({ serviceControlPolicies: [OrganizationPolicies.fromFile(fileOf(NO_DELETES))] }));
      }
      return app.synth().getStackByName('Stack').template;
    });
    expect(templates[1]).toEqual(templates[0]);
  });

  test('they are for the scope of their plugin', () => {
    const app = new App();
    const prod = new Stage(app, 'Prod');
    podsIn(prod);
    podsIn(new Stage(app, 'Dev'), 'Other');
    Validations.of(prod).addPlugins(new PodIdentityValidation({ scope: prod, serviceControlPolicies: [OrganizationPolicies.fromFile(fileOf(NO_DELETES))] }));
    const { findings } = synthesize(app);
    expect(findings.map(({ ruleName, description }) => [ruleName, /Prod|Dev/.exec(description)![0]])).toEqual([['DeniedByOrganizationPolicy', 'Prod']]);
  });

  test('two plugins with different policies for one scope end the synthesis', () => {
    const app = new App();
    podsIn(app);
    for (const file of [fileOf(NO_DELETES), fileOf(document(allow('*')), 'other.json')]) {
      Validations.of(app).addPlugins(new PodIdentityValidation({ serviceControlPolicies: [OrganizationPolicies.fromFile(file)] }));
    }
    expect(() => synthesize(app)).toThrow('several PodIdentityValidation with different options');
  });

  test('a target role of another account is not limited by them, and one of the same account is', () => {
    const found = ['444455556666', '111122223333'].map((account) => {
      const app = new App();
      const targetRole = iam.Role.fromRoleArn(new Stack(app, 'Roles'), 'Target', `arn:aws:iam::${account}:role/target`);
      podsIn(app, 'Stack', { targetRole });
      Validations.of(app).addPlugins(new PodIdentityValidation({
        rolePermissions: [RolePermissions.ofRole(targetRole, { identityPolicies: [ofStatements(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }))] })],
        serviceControlPolicies: [OrganizationPolicies.fromFile(fileOf(NO_DELETES))],
        severities: { TargetRoleTrustPolicy: FindingSeverity.OFF },
      }));
      return rulesIn(app);
    });
    expect(found).toEqual([[], ['DeniedByOrganizationPolicy']]);
  });

  test('assertions see what the organization leaves', () => {
    const app = new App();
    const pods = podsIn(app);
    Validations.of(pods).acknowledge({ id: 'PodIdentity::DeniedByOrganizationPolicy', reason: 'Known' });
    Validations.of(app).addPlugins(new PodIdentityValidation({ serviceControlPolicies: [OrganizationPolicies.fromFile(fileOf(NO_DELETES))] }));
    const permissions = PodIdentityAssertions.fromApp(app).serviceAccount('ns', 'stack');
    permissions.allows('s3:GetObject', OBJECTS);
    permissions.denies('s3:DeleteObject');
    expect(() => permissions.allows('s3:DeleteObject', OBJECTS)).toThrow(/statement 0 \(Sid 'KeepData'\) of SCP .*scp.json denies it/);
    expect(permissions.effectivePermissions().document.Statement).toContainEqual(expect.objectContaining({ Effect: 'Deny', Action: 's3:DeleteObject' }));
    expect(permissions.sessionPolicy()!.verdict).toBe('narrows');
  });

  test('an assertion that requests are denied does not rely on a resource control policy that may not apply', () => {
    const app = new App();
    const pods = podsIn(app);
    Validations.of(pods).acknowledge({ id: 'PodIdentity::DeniedByOrganizationPolicy', reason: 'Known' });
    Validations.of(app).addPlugins(new PodIdentityValidation({
      resourceControlPolicies: [OrganizationPolicies.fromDocuments(ofStatements(noDeletes(new iam.StarPrincipal())))],
    }));
    const permissions = PodIdentityAssertions.fromApp(app).serviceAccount('ns', 'stack');
    expect(() => permissions.denies('s3:DeleteObject')).toThrow();
    expect(() => permissions.allows('s3:DeleteObject', OBJECTS)).toThrow(/of RCP documents\[0\]/);
  });
});

describe('mistakes', () => {
  const validation = (serviceControlPolicies: any, resourceControlPolicies?: any) => () => (
    new PodIdentityValidation({ serviceControlPolicies, resourceControlPolicies }));
  test.each<[string, () => unknown, RegExp]>([
    ['a file that does not exist', () => OrganizationPolicies.fromFile('nowhere.json'), /^OrganizationPolicies.fromFile: cannot read 'nowhere.json' \(ENOENT\)/],
    ['text that is not JSON', () => OrganizationPolicies.fromFile(fileOf('{\n  oops', 'bad.json')), /^OrganizationPolicies.fromFile: .*bad.json:2:3: not JSON: /],
    ['an empty list', () => OrganizationPolicies.fromFile(fileOf([], 'bad.json')), /bad.json:1:1: the list has no policies/],
    ['a name twice', () => OrganizationPolicies.fromFile(fileOf('{"Version": 1, "Version": 2}', 'bad.json')), /"Version" is repeated.*line 1, column 16/],
    ['a very large file', () => OrganizationPolicies.fromFile(fileOf(' '.repeat(1_000_001), 'bad.json')), /1,000,001 characters, and files of up to 1,000,000 are read/],
    ['too many policies', () => OrganizationPolicies.fromFile(fileOf(Array(101).fill(NO_DELETES), 'bad.json')), /the list has 101 policies, and 100 are read/],
    ['a Principal', validation([OrganizationPolicies.fromFile(fileOf(document({ ...deny('s3:*'), Principal: '*' }), 'bad.json'))]),
      /^PodIdentityValidation: serviceControlPolicies: .*bad.json:8:20: Statement\[0\].Principal "\*" is not allowed in a service control policy/],
    ['no Principal', validation(undefined, [OrganizationPolicies.fromFile(fileOf(NO_DELETES, 'bad.json'))]),
      /^PodIdentityValidation: resourceControlPolicies: .*bad.json:4:5: Statement\[0\] has no Principal/],
    ['a principal in a document', validation([OrganizationPolicies.fromDocuments(ofStatements(noDeletes(new iam.StarPrincipal())))]),
      /documents\[0\] of serviceControlPolicies\[0\]: Statement\[0\].Principal/],
    ['no document', () => OrganizationPolicies.fromDocuments(), /the list of documents is empty/],
    ['an empty document', () => OrganizationPolicies.fromDocuments(new iam.PolicyDocument()), /documents\[0\] has no statements/],
    ['a token', () => OrganizationPolicies.fromDocuments(ofStatements(new iam.PolicyStatement({ actions: ['s3:*'], resources: [`arn:aws:s3:::${Aws.ACCOUNT_ID}`] }))),
      /documents\[0\] contains a token/],
    ['one and not a list', validation(OrganizationPolicies.fromDocuments(ofStatements(noDeletes()))), /serviceControlPolicies is one OrganizationPolicies and not a list/],
    ['a path', validation(['scp.json']), /serviceControlPolicies has something else than OrganizationPolicies/],
    ['no list', validation('scp.json'), /serviceControlPolicies is not a list/],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(message);
  });

  test('isOrganizationPolicies', () => {
    const policies = OrganizationPolicies.fromDocuments(ofStatements(noDeletes()));
    expect([policies, {}, undefined, null, 'x'].map((one) => OrganizationPolicies.isOrganizationPolicies(one))).toEqual([true, false, false, false, false]);
  });
});
