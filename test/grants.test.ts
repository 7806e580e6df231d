import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole } from '../lib';
import { synthesize } from './synthesize';
import { associationsIn, sessionPolicyOf } from './templates';

const pk = { name: 'pk', type: dynamodb.AttributeType.STRING };
const code = {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
};

/** Each grants something of one service; what it grants is what the snapshot has. */
const GRANTS: { [name: string]: (scope: Stack, grantee: iam.IGrantable) => void } = {
  's3 read': (s, g) => new s3.Bucket(s, 'B').grantRead(g),
  's3 read and write below a prefix': (s, g) => new s3.Bucket(s, 'B').grantReadWrite(g, 'tenant-a/*'),
  's3 read and write, encrypted with a key': (s, g) =>
    new s3.Bucket(s, 'B', { encryptionKey: new kms.Key(s, 'K') }).grantReadWrite(g),
  'kms decrypt': (s, g) => new kms.Key(s, 'K').grantDecrypt(g),
  'dynamodb read and write': (s, g) => new dynamodb.Table(s, 'T', { partitionKey: pk }).grantReadWriteData(g),
  'dynamodb read with an index': (s, g) => {
    const table = new dynamodb.Table(s, 'T', { partitionKey: pk });
    table.addGlobalSecondaryIndex({
      indexName: 'gsi', partitionKey: { name: 'other', type: dynamodb.AttributeType.STRING },
    });
    table.grantReadData(g);
  },
  'dynamodb stream': (s, g) =>
    new dynamodb.Table(s, 'T', { partitionKey: pk, stream: dynamodb.StreamViewType.NEW_IMAGE }).grantStreamRead(g),
  'sqs consume': (s, g) => new sqs.Queue(s, 'Q').grantConsumeMessages(g),
  'sqs send, encrypted with a key': (s, g) =>
    new sqs.Queue(s, 'Q', { encryptionMasterKey: new kms.Key(s, 'K') }).grantSendMessages(g),
  'sns publish': (s, g) => new sns.Topic(s, 'T').grantPublish(g),
  'secretsmanager read': (s, g) => new secretsmanager.Secret(s, 'S').grantRead(g),
  'lambda invoke': (s, g) => new lambda.Function(s, 'F', code).grantInvoke(g),
  'step functions start': (s, g) => new sfn.StateMachine(s, 'M', {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(s, 'P')),
  }).grantStartExecution(g),
  'iam assume role': (s, g) =>
    new iam.Role(s, 'R', { assumedBy: new iam.AccountRootPrincipal() }).grantAssumeRole(g.grantPrincipal),
};

function build(grant: (scope: Stack, grantee: iam.IGrantable) => void, grantsTo?: GrantsTo) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const role = new PodIdentityRole(stack, 'Role');
  const pods = new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'sa',
    role,
    grantsTo,
  });
  grant(stack, pods);
  return { app, stack, role };
}

describe.each(Object.entries(GRANTS))('%s', (_name, grant) => {
  test('lands in the session policy', () => {
    const { app, stack } = build(grant);
    Validations.of(app).acknowledge({ id: 'PodIdentity::NoEffectivePermissions', reason: 'the role has nothing here' });
    expect(sessionPolicyOf(associationsIn(Template.fromStack(stack).toJSON())[0]).Statement).toMatchSnapshot();
  });

  test('to both session policy and role, it narrows', () => {
    const { app, role } = build(grant, GrantsTo.SESSION_POLICY_AND_ROLE);
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] }));
    expect(synthesize(app)).toMatchObject({ failed: false, findings: [] });
  });

  test('to the session policy only, nothing is left with a role that has nothing', () => {
    const { app } = build(grant);
    expect(new Set(synthesize(app).findings.map((f) => f.ruleName))).toEqual(
      // Nobody knows what the default policy of a topic is to a role of its account.
      new Set([_name.startsWith('sns') ? 'NarrowingUndetermined' : 'NoEffectivePermissions']));
  });
});
