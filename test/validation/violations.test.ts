/** What the CDK is told of findings that have one cause. */
import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole, SessionPolicy } from '../../lib';
import { ReportedFinding, synthesize } from '../synthesize';

const PAGES = 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/rules/';
const IMPORTED = 'arn:aws:iam::111122223333:role/platform';

let app: App;
beforeEach(() => { app = new App(); });

function associations(
  stack: Stack, count: number, role: iam.IRoleRef, actions = ['s3:GetObject'],
): PodIdentityAssociation[] {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
  return Array.from({ length: count }, (_, i) => new PodIdentityAssociation(stack, `Team${i}`, {
    cluster,
    namespace: `${stack.node.id.toLowerCase()}-${i}`,
    serviceAccount: 'app',
    role,
    sessionPolicy: SessionPolicy.fromStatements(
      new iam.PolicyStatement({ actions, resources: [`arn:aws:s3:::team-${i}/*`] }),
    ),
  }));
}

const imported = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Role', IMPORTED);
const readingRole = (stack: Stack) => new PodIdentityRole(stack, 'Role', {
  inlinePolicies: {
    Read: new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::team-*'] })],
    }),
  },
});
const placesOf = (findings: readonly ReportedFinding[]) => findings.map(({ ruleName, violatingConstructs }) => (
  `${ruleName} ${violatingConstructs.map(({ constructPath }) => constructPath).join()}`));
const metadataOf = (finding: ReportedFinding) => (finding as any).ruleMetadata as Record<string, string>;

test('60 associations on one imported role are one warning, and the report has all of them', () => {
  const stack = new Stack(app, 'Teams');
  associations(stack, 60, imported(stack));
  const { findings, failed } = synthesize(app);
  expect(failed).toBe(false);
  expect(placesOf(findings)).toEqual(['NarrowingUndetermined Teams/Team0/Resource']);
  expect(findings[0].description).toContain(
    ' The same applies to 59 other associations: Teams/Team1, Teams/Team2, Teams/Team3 and 56 more; validation-report.json lists all.');
  expect(metadataOf(findings[0]).associations.split(', ')).toEqual(Array.from({ length: 60 }, (_, i) => `Teams/Team${i}`));
});

test.each([[1, undefined], [2, 'Teams/Team1.'], [4, '3 other associations: Teams/Team1, Teams/Team2, Teams/Team3.']])(
  '%d associations: the same applies to %s', (count, said) => {
    const stack = new Stack(app, 'Teams');
    associations(stack, count, imported(stack));
    const { findings: [{ description }] } = synthesize(app);
    expect(description.split(' The same applies to ')[1]).toBe(said);
  });

test('a finding has the page of its rule on the last line of the fix, and a reason code', () => {
  const stack = new Stack(app, 'Teams');
  associations(stack, 1, imported(stack));
  const { findings: [finding] } = synthesize(app);
  const page = `${PAGES}NarrowingUndetermined.md`;
  expect(finding.suggestedFix.split('\n').slice(1)).toEqual([page]);
  expect(metadataOf(finding)).toEqual({ code: 'IncompleteRole', page });
  expect(fs.existsSync(path.join(__dirname, '..', '..', 'docs', 'rules', 'NarrowingUndetermined.md'))).toBe(true);
});

test('a group never spans stacks, because the CLI shows findings of the selected stacks only', () => {
  for (const id of ['A', 'B']) {
    const stack = new Stack(app, id, { env: { account: '111122223333', region: 'us-east-1' } });
    associations(stack, 3, imported(stack));
  }
  expect(placesOf(synthesize(app).findings)).toEqual(
    ['NarrowingUndetermined A/Team0/Resource', 'NarrowingUndetermined B/Team0/Resource'],
  );
});

describe('an acknowledged association', () => {
  test.each([
    [0, 'Teams/Team1', '2 other associations: Teams/Team2, Teams/Team3'],
    [2, 'Teams/Team0', '2 other associations: Teams/Team1, Teams/Team3'],
  ])(
    '%d leaves the group, and the others remain', (acknowledged, first, others) => {
      const stack = new Stack(app, 'Teams');
      const pods = associations(stack, 4, imported(stack));
      Validations.of(pods[acknowledged]).acknowledge({ id: 'PodIdentity::NarrowingUndetermined', reason: 'tried out' });
      const { findings, suppressed } = synthesize(app);
      expect(placesOf(findings)).toEqual([`NarrowingUndetermined[${first}] ${first}/Resource`]);
      expect(findings[0].description).toContain(`The same applies to ${others}.`);
      expect(placesOf(suppressed)).toEqual([`NarrowingUndetermined Teams/Team${acknowledged}/Resource`]);
      expect(suppressed[0].description).not.toContain('The same applies');
      expect(suppressed[0].reason).toBe('tried out');
    });

  test('by the name that was printed leaves it, too', () => {
    const stack = new Stack(app, 'Teams');
    const pods = associations(stack, 3, imported(stack));
    Validations.of(pods[0]).acknowledge({ id: 'PodIdentity::NarrowingUndetermined', reason: 'tried out' });
    const printed = 'PodIdentity::NarrowingUndetermined[Teams/Team1]';
    Validations.of(pods[1]).acknowledge({ id: printed, reason: 'tried out, too' });
    const { findings, suppressed } = synthesize(app);
    expect(placesOf(findings)).toEqual(['NarrowingUndetermined[Teams/Team2] Teams/Team2/Resource']);
    expect(suppressed.map(({ reason }) => reason)).toEqual(['tried out', 'tried out, too']);
  });

  test('all of them, at the stack', () => {
    const stack = new Stack(app, 'Teams');
    associations(stack, 3, imported(stack));
    Validations.of(stack).acknowledge({ id: 'PodIdentity::NarrowingUndetermined', reason: 'tried out' });
    const { findings, suppressed } = synthesize(app);
    expect([findings.length, suppressed.length]).toEqual([0, 3]);
  });
});

test('on one role, a rule is printed for two associations in full, and names the others', () => {
  const stack = new Stack(app, 'Teams');
  associations(stack, 10, readingRole(stack), ['s3:GetObject', 's3:PutObject']);
  const { findings, failed } = synthesize(app);
  expect(failed).toBe(true);
  expect(placesOf(findings)).toEqual([0, 1].map((i) => `SessionPolicyExceedsRole Teams/Team${i}/Resource`));
  expect(findings[0].description).not.toContain('also reports');
  expect(findings[1].description).toContain(
    ' The rule also reports 8 other associations: Teams/Team2, Teams/Team3, Teams/Team4 and 5 more; their texts are in validation-report.json.');
  expect(metadataOf(findings[1])['Teams/Team9']).toMatch(/s3:PutObject on arn:aws:s3:::team-9\/.* Fix: In statement 0 /);
});

test('mistakes of the session policies themselves are all printed', () => {
  const stack = new Stack(app, 'Teams');
  associations(stack, 5, imported(stack)).forEach((pods, i) => pods.sessionPolicy.addStatements(
    new iam.PolicyStatement({ actions: [`s3:Foo${i}`], resources: ['*'] })));
  expect(synthesize(app).findings.filter(({ ruleName }) => ruleName === 'UnknownAction')).toHaveLength(5);
});

test('a long fix is shortened, and the report has the whole text', () => {
  const stack = new Stack(app, 'Teams');
  const names = Array.from({ length: 30 }, (_, i) => `arn:aws:s3:::team-${i}-data/*`);
  associations(stack, 1, readingRole(stack))[0].sessionPolicy.addStatements(
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: names }));
  const [finding] = synthesize(app).findings;
  const { fix, message } = metadataOf(finding);
  names.forEach((name) => expect(fix).toContain(`"${name}"`));
  expect(message).toBe(finding.description);
  expect(finding.suggestedFix).toMatch(/\(JSON of [\d,]+ characters\), leave out what the role does not allow: .* The whole text is in validation-report\.json\.\n/);
  expect(finding.suggestedFix.length).toBeLessThan(800);
});

describe('generated names', () => {
  /** A queue of each stage, with one logical id, and pods that may send to it. */
  function stages(): { readonly [stage: string]: ReportedFinding } {
    for (const [i, id] of ['Dev', 'Prod'].entries()) {
      const env = { account: `11112222333${i}`, region: 'us-east-1' };
      const stack = new Stack(new Stage(app, id, { env }), 'Base');
      const queue = new sqs.Queue(stack, 'Q');
      const pods = new PodIdentityAssociation(stack, 'Pods', {
        cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
        namespace: 'shop',
        serviceAccount: 'app',
        role: readingRole(stack),
        grantsTo: GrantsTo.SESSION_POLICY,
      });
      queue.grantSendMessages(pods);
      pods.sessionPolicy.addStatements(new iam.PolicyStatement({
        actions: ['s3:GetObject'], resources: ['arn:aws:s3:::team-a/*'],
      }));
    }
    const { findings } = synthesize(app);
    return Object.fromEntries(findings.map((one) => [one.violatingConstructs[0].constructPath.split('/')[0], one]));
  }

  test('are shown as the construct of the stage in prose, and as the logical id in JSON', () => {
    const findings = stages();
    expect(Object.keys(findings)).toEqual(['Dev', 'Prod']);
    for (const [stage, { description, suggestedFix }] of Object.entries(findings)) {
      expect(description).toContain(`(with \${${stage}/Base/Q} = 'example-queue-1')`);
      expect(description).not.toMatch(/Q[0-9A-F]{8}/);
      expect(suggestedFix).toMatch(/"Resource":"arn:aws:sqs:us-east-1:\d{12}:\$\{Q[0-9A-F]{8}\}"/);
    }
  });
});
