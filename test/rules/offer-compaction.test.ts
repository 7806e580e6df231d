/** What the rules on the length say about compaction, followed in the app. */
import * as fs from 'fs';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allow, association, findingsOf, policy, role, stackOf, US } from './app';
import { Compaction, PodIdentityAssociation, PodIdentityRole, SessionPolicy } from '../../lib';
import { serviceNamed } from '../../lib/reference/services';
import { runRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';
import { grantMuch } from '../much-granted';
import { synthesize } from '../synthesize';

/** An app whose session policy is too long. */
function appWith(compaction: Compaction | undefined, bucketName?: string) {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });
  const ofPods = new PodIdentityRole(stack, 'Role');
  ofPods.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));
  const pods = new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'sa',
    role: ofPods,
    compaction,
  });
  grantMuch(stack, pods, bucketName);
  return { app, stack, pods };
}

const NAME = 'data-of-the-order-service-and-its-reports';
const OFFER = new RegExp('Set compaction: Compaction\\.(\\w+) \\(a prop of PodIdentityAssociation, an option of '
  + 'SessionPolicyMixin\\) to deploy a shorter session policy, which has ([\\d,]+)(?: to ([\\d,]+))? characters and '
  + 'gives the pods the same permissions\\. Or remove');
const numberIn = (text: string) => Number(text.replace(/,/g, ''));

test.each([['a literal name', NAME], ['a deploy-time name', undefined]])(
  'SessionPolicyTooLarge offers CATALOG with the number of the deployed policy: %s', (_, bucketName) => {
    const [finding] = synthesize(appWith(undefined, bucketName).app).findings.filter(({ ruleName }) =>
      ruleName.endsWith('TooLarge'));
    const [, compaction, least, most = least] = OFFER.exec(finding.suggestedFix)!;
    expect(compaction).toBe('CATALOG');
    const compacted = appWith(Compaction.CATALOG, bucketName);
    expect(synthesize(compacted.app).findings).toEqual([]);
    expect(compacted.pods.sessionPolicy.size).toMatchObject({ minimum: numberIn(least), maximum: numberIn(most) });
  });

test('ROLE is offered if only the role makes the difference, and it is known', () => {
  const topics = Array.from({ length: 32 }, (_, i) =>
    `arn:aws:sns:us-east-1:111122223333:${'x'.repeat(30)}-${(i * 7919) % 97}`);
  const statement = allow(['sns:Publish'], topics);
  const at = (allowed: unknown) => stackOf({ Role: role([allowed]), Pods: association([statement]) });
  expect(findingsOf('SessionPolicyTooLarge', at(statement))[0].fix).toMatch(/^Set compaction: Compaction\.ROLE /);
  expect(findingsOf('SessionPolicyTooLarge', at(allow('sns:*', '*')))[0].fix)
    .toMatch(/^Remove what the pods do not need/);
});

test('nothing is offered that does not fit', () => {
  const long = stackOf({
    Role: role([allow('s3:*', '*')]),
    Pods: association([allow('s3:GetObject',
      Array.from({ length: 60 }, (_, i) => `arn:aws:s3:::data-${'x'.repeat(30)}-${(i * 7919) % 97}/${i}`))]),
  });
  const [{ fix }] = findingsOf('SessionPolicyTooLarge', long);
  expect(fix).toMatch(/^Remove what the pods do not need/);
});

test('nothing is offered that is not shorter', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const buckets = Array.from({ length: 25 }, (_, i) => new CfnParameter(stack, `Bucket${i}`).valueAsString);
  const sessionPolicy = SessionPolicy.fromStatements(new iam.PolicyStatement({
    actions: ['s3:GetObject'], resources: buckets.map((name) => `arn:aws:s3:::${name}/*`),
  }));
  const ofPods = new PodIdentityRole(stack, 'Role');
  ofPods.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'sa',
    role: ofPods,
    sessionPolicy,
  });
  const [{ suggestedFix }] = synthesize(app).findings.filter(({ ruleName }) => ruleName.endsWith('MayBeTooLarge'));
  expect(suggestedFix).toMatch(/^Remove what the pods do not need/);
});

test('the reader of templates is told about the command', () => {
  const { app, stack } = appWith(undefined, NAME);
  synthesize(app);
  const { Resources: resources } = JSON.parse(fs.readFileSync(`${app.outdir}/${stack.templateFile}`, 'utf-8'));
  const long = stackOf(resources, US);
  const [{ fix }] = runRules(new TemplateSet([long]), {
    settings: {
      strict: false,
      severities: new Map(),
      distinctResources: true,
      reader: 'templates',
    },
  })
    .filter(({ rule }) => rule === 'SessionPolicyTooLarge');
  expect(fix).toMatch(new RegExp('^Deploy the shorter session policy that `cdk-pod-identity compact` prints \\(catalog\\), which has '
    + '[\\d,]+ characters and gives the pods the same permissions\\. Or remove'));
});

test('a policy that is not JSON gets no offer', () => {
  const long = stackOf({
    Role: role([allow('s3:*', '*')]),
    Pods: association(undefined, {
      Policy: 'x'.repeat(2049),
      DisableSessionTags: true,
    }),
  });
  expect(findingsOf('SessionPolicyTooLarge', long)[0].fix).toMatch(/^Remove/);
  expect(policy()).toBeDefined();
});

test('a policy that takes too many proofs gets no offer', () => {
  const services = ['ec2', 'sagemaker', 'ssm', 'rds', 'glue', 'iot', 'lambda', 'dynamodb', 'ecs', 'kms'];
  const statements = services.map((service) => {
    const { actions } = serviceNamed(service)!;
    const step = Math.floor(actions.length / 20);
    return allow(actions.filter((_, i) => i % step === 0).slice(0, 20).map(({ name }) => `${service}:${name}`),
      `arn:aws:${service}:us-east-1:111122223333:thing/x*`);
  });
  const long = stackOf({ Role: role([allow('*', '*')]), Pods: association(statements) });
  const [{ fix }] = findingsOf('SessionPolicyTooLarge', long);
  expect(fix).toMatch(/^Remove/);
});
