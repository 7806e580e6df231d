/** What pods gain and lose between two versions of CDK apps, from their cloud assemblies. */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PodDifference } from '../../../cli/diff/difference';
import { differenceOf } from '../../../cli/diff/difference-of';
import { findStacks } from '../../../cli/templates/sources';
import { PodIdentityAssociation, PodIdentityRole } from '../../../lib';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diff-apps-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let count = 0;

function synthesized(build: (app: App) => void): string {
  const outdir = path.join(folder, `${count++}`, 'cdk.out');
  const app = new App({ outdir, analyticsReporting: false });
  build(app);
  app.synth();
  return outdir;
}

function difference(base: (app: App) => void, head: (app: App) => void): readonly PodDifference[] {
  const [before, after] = [base, head].map((build) => ({ sources: findStacks([synthesized(build)], {}) }));
  return differenceOf(before, after).pods;
}

interface Version {
  readonly id?: string;
  readonly stack?: string;
  readonly isWriting?: boolean;
  readonly isRoleOnly?: boolean;
  readonly isStage?: boolean;
}

const CLUSTER = { clusterRef: { clusterName: 'prod', clusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod' } };

/** A bucket, a role that may do everything with it, and pods. */
function version(
  { id = 'Pods', stack = 'App', isWriting = false, isRoleOnly = false, isStage = false }: Version = {},
): (app: App) => void {
  return (app) => {
    const scope = isStage ? new Stage(app, 'Prod') : app;
    const shared = new Stack(scope, 'Shared');
    const bucket = new s3.Bucket(shared, 'Bucket');
    const role = new PodIdentityRole(shared, 'Role');
    const resources = [bucket.bucketArn, bucket.arnForObjects('*')];
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources }));
    const at = new Stack(scope, stack);
    const pods = new PodIdentityAssociation(at, id, {
      cluster: CLUSTER as never,
      namespace: 'default',
      serviceAccount: 'app',
      role,
    });
    if (isRoleOnly) { return; }
    if (isWriting) { bucket.grantReadWrite(pods); } else { bucket.grantRead(pods); }
  };
}

const summaryOf = ({ effect, gained, lost, kept, undetermined }: PodDifference) => ({
  effect,
  gained: gained.map(({ cause }) => cause),
  lost: lost.map(({ cause }) => cause),
  kept,
  undetermined: undetermined.map(({ code }) => code),
});

const UNCHANGED = { effect: 'unchanged', gained: [], lost: [], kept: 'all', undetermined: [] };

test.each<[string, Version, Version, Partial<ReturnType<typeof summaryOf>>]>([
  ['the same app', {}, {}, {}],
  ['the same app in a stage', { isStage: true }, { isStage: true }, {}],
  ['a grant to write', {}, { isWriting: true }, { effect: 'broadened', gained: ['session policy'] }],
  ['a grant to read only', { isWriting: true }, {}, { effect: 'narrowed', lost: ['session policy'], kept: 'some' }],
  ['a session policy less', {}, { isRoleOnly: true }, { effect: 'broadened', gained: ['session policy'] }],
  ['a renamed construct', {}, { id: 'Workload' }, {}],
  ['another stack', {}, { stack: 'Workloads' }, {}],
  [
    'another stack, and a grant to write',
    {},
    { stack: 'Workloads', isWriting: true },
    { effect: 'broadened', gained: ['session policy'] },
  ],
])('%s', (_, base, head, expected) => {
  expect(difference(version(base), version(head)).map(summaryOf)).toEqual([{ ...UNCHANGED, ...expected }]);
});

test('names constructs by their paths, and the request', () => {
  const [{ base, head, gained, notes }] = difference(version(), version({ id: 'Workload', isWriting: true }));
  const [{ example, causes }] = gained;
  expect([base?.path, head?.path, base?.role]).toEqual(['App/Pods', 'App/Workload', 'Shared/Role']);
  expect(example.action).toMatch(/^s3:(Abort|Delete|Put)/);
  expect(causes).toContain('The session policy now allows it');
  expect(notes[0]).toBe('The association App/Pods is now App/Workload.');
});
