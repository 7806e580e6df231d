// An app in the shape of CDK Pipelines, which run.js synthesizes outside of the repository: two stages in two environments, with a
// pipeline (PIPELINE) or without. CASE says what is wrong in the stage Prod.
const { App, Stack, Stage, Validations } = require('aws-cdk-lib');
const { Repository } = require('aws-cdk-lib/aws-codecommit');
const eks = require('aws-cdk-lib/aws-eks-v2');
const { PolicyStatement } = require('aws-cdk-lib/aws-iam');
const pipelines = require('aws-cdk-lib/pipelines');
const { PodIdentityAssociation, PodIdentityRole, SessionPolicy } = require('cdk-eks-pod-identity');

const ENVIRONMENTS = {
  Dev: { account: '111122223333', region: 'eu-west-1' },
  Prod: { account: '444455556666', region: 'us-east-1' },
};

const app = new App();
const stages = Object.entries(ENVIRONMENTS).map(([name, env]) => {
  const stage = new Stage(app, name, { env });
  const stack = new Stack(stage, 'Shop');
  const role = new PodIdentityRole(stack, 'Role');
  role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::archive/*'] }));
  const exceeds = name === 'Prod' && process.env.CASE !== 'stages-narrowed';
  const pods = new PodIdentityAssociation(stack, 'Orders', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shop' }),
    namespace: 'shop',
    serviceAccount: 'orders',
    role,
    sessionPolicy: SessionPolicy.fromStatements(new PolicyStatement({
      actions: ['s3:GetObject', ...(exceeds ? ['s3:PutObject'] : [])], resources: ['arn:aws:s3:::archive/orders/*'],
    })),
  });
  if (exceeds && process.env.CASE === 'stages-acknowledged') {
    Validations.of(pods).acknowledge({ id: 'PodIdentity::SessionPolicyExceedsRole', reason: 'The bucket policy allows it' });
  }
  return stage;
});

if (process.env.PIPELINE) {
  const stack = new Stack(app, 'Pipeline', { env: ENVIRONMENTS.Dev });
  const input = pipelines.CodePipelineSource.codeCommit(Repository.fromRepositoryName(stack, 'Repository', 'shop'), 'main');
  const delivery = new pipelines.CodePipeline(stack, 'Delivery', {
    synth: new pipelines.ShellStep('Synth', { input, commands: ['npx cdk synth'] }), crossAccountKeys: true,
  });
  stages.forEach((stage) => delivery.addStage(stage));
}

app.synth(); // the CDK's command line would do it
