import { App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole } from '../../lib';
import { synthesize } from '../synthesize';

const pk = { name: 'pk', type: dynamodb.AttributeType.STRING };

/** Grants whose statements nobody can change. */
test.each<[string, (stack: Stack, pods: PodIdentityAssociation) => void]>([
  ['a bucket', (s, g) => {
    const bucket = new s3.Bucket(s, 'B');
    bucket.grantReadWrite(g);
    bucket.grantPut(g, 'a/*');
    bucket.grantPutAcl(g);
    bucket.grantDelete(g);
  }],
  ['a table', (s, g) => new dynamodb.Table(s, 'T', { partitionKey: pk }).grantReadWriteData(g)],
  ['all of a table', (s, g) => new dynamodb.Table(s, 'T', { partitionKey: pk }).grantFullAccess(g)],
  ['the stream of a table',
    (s, g) =>
      new dynamodb.Table(s, 'T', { partitionKey: pk, stream: dynamodb.StreamViewType.NEW_IMAGE }).grantStreamRead(g)],
  ['a stream', (s, g) => new kinesis.Stream(s, 'K').grantReadWrite(g)],
  ['a parameter', (s, g) => new ssm.StringParameter(s, 'P', { stringValue: 'x' }).grantRead(g)],
  ['a secret', (s, g) => {
    const secret = new secretsmanager.Secret(s, 'S');
    secret.grantRead(g);
    secret.grantWrite(g);
  }],
  ['a key', (s, g) => {
    const key = new kms.Key(s, 'K');
    key.grantEncryptDecrypt(g);
    key.grantAdmin(g);
  }],
  ['a queue', (s, g) => {
    const queue = new sqs.Queue(s, 'Q');
    queue.grantConsumeMessages(g);
    queue.grantSendMessages(g);
    queue.grantPurge(g);
  }],
  ['a topic', (s, g) => {
    const topic = new sns.Topic(s, 'T');
    topic.grantPublish(g);
    topic.grantSubscribe(g);
  }],
  ['a repository', (s, g) => new ecr.Repository(s, 'R').grantPullPush(g)],
  ['a log group', (s, g) => {
    const group = new logs.LogGroup(s, 'G');
    group.grantWrite(g);
    group.grantRead(g);
  }],
  ['an event bus', (s, g) => new events.EventBus(s, 'E').grantPutEventsTo(g)],
  ['a state machine', (s, g) => {
    const machine = new sfn.StateMachine(s, 'M', {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(s, 'P')),
    });
    machine.grantRead(g);
    machine.grantStartExecution(g);
    machine.grantTaskResponse(g);
  }],
  ['a file system', (s, g) => new efs.FileSystem(s, 'F', { vpc: new ec2.Vpc(s, 'V') }).grantReadWrite(g)],
  ['a domain of OpenSearch', (s, g) => {
    const domain = new opensearch.Domain(s, 'O', { version: opensearch.EngineVersion.OPENSEARCH_2_11 });
    domain.grantReadWrite(g);
    domain.grantIndexRead('index', g);
  }],
  ['a task', (s, g) => {
    const task = new ecs.FargateTaskDefinition(s, 'T');
    task.addContainer('C', { image: ecs.ContainerImage.fromRegistry('x') });
    task.grantRun(g);
  }],
  ['a zone', (s, g) => new route53.PublicHostedZone(s, 'Z', { zoneName: 'example.com' }).grantDelegation(g)],
  ['schedules', (s, g) => {
    const group = new scheduler.ScheduleGroup(s, 'S');
    group.grantReadSchedules(g);
    group.grantWriteSchedules(g);
  }],
  ['a role',
    (s, g) => new iam.Role(s, 'R', { assumedBy: new iam.AccountRootPrincipal() }).grantPassRole(g.grantPrincipal)],
])('%s: nothing to say', (_name, grant) => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const pods = new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'sa',
    role: new PodIdentityRole(stack, 'Role'),
    grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE,
  });
  grant(stack, pods);
  const rules = ['UnknownAction', 'ActionResourceMismatch', 'UnknownConditionKey'];
  expect(synthesize(app).findings.filter((f) => rules.includes(f.ruleName))).toEqual([]);
});
