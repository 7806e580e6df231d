/** The grants classes of `aws-cdk-lib`, each with a resource to grant something of, and each method that grants something to somebody. */
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as appmesh from 'aws-cdk-lib/aws-appmesh';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as codeguru from 'aws-cdk-lib/aws-codeguruprofiler';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elasticsearch from 'aws-cdk-lib/aws-elasticsearch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** A grant that a method of a grants class makes. */
export interface GrantOfClass {
  /** The class and the method, such as `aws-s3.BucketGrants.read`. */
  readonly name: string;
  /** With the method of an L2's grants. */
  readonly ofL2: Grant;
  /** With the older method of the resource that grants the same, if it has one. */
  readonly older?: Grant;
  /** With the grants of an L1, if it differs from the L2 in nothing that concerns grants. */
  readonly ofL1?: Grant;
}

/** Makes the resource below a construct and grants something of it. */
type Grant = (scope: Construct, grantee: iam.IGrantable) => void;

type Methods<Grants, Resource> = {
  readonly [method: string]: readonly [
    grant: (grants: Grants, grantee: iam.IGrantable) => unknown,
    older?: (resource: Resource, grantee: iam.IGrantable) => unknown,
  ];
};

interface Sources<Grants, Resource> {
  /** An L2, and its grants. */
  readonly make: (scope: Construct) => Resource;
  readonly grants: (resource: Resource) => Grants;
  /** The grants of an L1 that has the same logical id as that of the L2. */
  readonly l1?: (scope: Construct) => Grants;
}

function of<Grants, Resource>(
  name: string, { make, grants, l1 }: Sources<Grants, Resource>, methods: Methods<Grants, Resource>,
): GrantOfClass[] {
  return Object.entries(methods).map(([method, [grant, older]]) => ({
    name: `${name}.${method}`,
    ofL2: (scope, grantee) => { grant(grants(make(scope)), grantee); },
    older: older && ((scope, grantee) => { older(make(scope), grantee); }),
    ofL1: l1 && ((scope, grantee) => { grant(l1(new Construct(scope, ID)), grantee); }),
  }));
}

/** The id of the L2; its L1 is the child `Resource`. */
const ID = 'Granted';
const L1 = 'Resource';

const pk = { name: 'pk', type: dynamodb.AttributeType.STRING };
const stream = dynamodb.StreamViewType.NEW_IMAGE;
const keyOf = (scope: Construct) => new kms.Key(scope, 'Key');
const domain = { domainName: 'logs' };

export const GRANTS_OF_CLASSES: readonly GrantOfClass[] = [
  ...of('aws-apigateway.ApiKeyGrants', {
    make: (s) => new apigateway.ApiKey(s, ID),
    grants: (r) => r.grants,
    l1: (s) => apigateway.ApiKeyGrants.fromApiKey(new apigateway.CfnApiKey(s, L1)),
  }, {
    actions: [(g, p) => g.actions(p, ['apigateway:GET'])],
    read: [(g, p) => g.read(p), (r, p) => r.grantRead(p)],
    write: [(g, p) => g.write(p), (r, p) => r.grantWrite(p)],
    readWrite: [(g, p) => g.readWrite(p), (r, p) => r.grantReadWrite(p)],
  }),
  ...of('aws-appmesh.VirtualGatewayGrants', {
    make: (s) => new appmesh.VirtualGateway(s, ID, { mesh: new appmesh.Mesh(s, 'Mesh') }),
    grants: (r) => r.grants,
  }, {
    actions: [(g, p) => g.actions(p, ['appmesh:StreamAggregatedResources'])],
    streamAggregatedResources: [
      (g, p) => g.streamAggregatedResources(p), (r, p) => r.grantStreamAggregatedResources(p),
    ],
  }),
  ...of('aws-appmesh.VirtualNodeGrants', {
    make: (s) => new appmesh.VirtualNode(s, ID, { mesh: new appmesh.Mesh(s, 'Mesh') }),
    grants: (r) => r.grants,
  }, {
    actions: [(g, p) => g.actions(p, ['appmesh:StreamAggregatedResources'])],
    streamAggregatedResources: [
      (g, p) => g.streamAggregatedResources(p), (r, p) => r.grantStreamAggregatedResources(p),
    ],
  }),
  ...of('aws-cloudfront.DistributionGrants', {
    make: (s) => new cloudfront.Distribution(s, ID, { defaultBehavior: { origin: new HttpOrigin('example.com') } }),
    grants: (r) => r.grants,
  }, {
    actions: [
      (g, p) => g.actions(p, ['cloudfront:GetInvalidation']), (r, p) => r.grant(p, 'cloudfront:GetInvalidation'),
    ],
    createInvalidation: [(g, p) => g.createInvalidation(p), (r, p) => r.grantCreateInvalidation(p)],
  }),
  ...of('aws-codecommit.RepositoryGrants', {
    make: (s) => new codecommit.Repository(s, ID, { repositoryName: 'code' }),
    grants: (r) => r.grants,
    l1: (s) => {
      const repository = new codecommit.CfnRepository(s, L1, { repositoryName: 'code' });
      return codecommit.RepositoryGrants.fromRepository(repository);
    },
  }, {
    actions: [(g, p) => g.actions(p, ['codecommit:GitPush']), (r, p) => r.grant(p, 'codecommit:GitPush')],
    pull: [(g, p) => g.pull(p), (r, p) => r.grantPull(p)],
    pullPush: [(g, p) => g.pullPush(p), (r, p) => r.grantPullPush(p)],
    read: [(g, p) => g.read(p), (r, p) => r.grantRead(p)],
  }),
  ...of('aws-codeguruprofiler.ProfilingGroupGrants', {
    make: (s) => new codeguru.ProfilingGroup(s, ID),
    grants: (r) => r.grants,
  }, {
    actions: [(g, p) => g.actions(p, ['codeguru-profiler:GetProfile'])],
    publish: [(g, p) => g.publish(p), (r, p) => r.grantPublish(p)],
    read: [(g, p) => g.read(p), (r, p) => r.grantRead(p)],
  }),
  ...of('aws-dynamodb.StreamGrants', {
    make: (s) => new dynamodb.Table(s, ID, { partitionKey: pk, stream, encryptionKey: keyOf(s) }),
    grants: (r) => r.streamGrants,
  }, {
    actions: [(g, p) => g.actions(p, 'dynamodb:DescribeStream'), (r, p) => r.grantStream(p, 'dynamodb:DescribeStream')],
    list: [(g, p) => g.list(p), (r, p) => r.grantTableListStreams(p)],
    read: [(g, p) => g.read(p), (r, p) => r.grantStreamRead(p)],
  }),
  ...of('aws-dynamodb.TableGrants', {
    make: (s) => new dynamodb.Table(s, ID, { partitionKey: pk, encryptionKey: keyOf(s) }),
    grants: (r) => r.grants,
  }, {
    actions: [(g, p) => g.actions(p, 'dynamodb:Query'), (r, p) => r.grant(p, 'dynamodb:Query')],
    readData: [(g, p) => g.readData(p), (r, p) => r.grantReadData(p)],
    writeData: [(g, p) => g.writeData(p), (r, p) => r.grantWriteData(p)],
    readWriteData: [(g, p) => g.readWriteData(p), (r, p) => r.grantReadWriteData(p)],
    fullAccess: [(g, p) => g.fullAccess(p), (r, p) => r.grantFullAccess(p)],
  }),
  ...of('aws-ecs.ClusterGrants', {
    make: (s) => new ecs.Cluster(s, ID, { vpc: new ec2.Vpc(s, 'Vpc', { natGateways: 0 }) }),
    grants: (r) => r.grants,
  }, {
    taskProtection: [(g, p) => g.taskProtection(p), (r, p) => r.grantTaskProtection(p)],
  }),
  ...of('aws-elasticsearch.DomainGrants', {
    make: (s) => new elasticsearch.Domain(s, ID, { ...domain, version: elasticsearch.ElasticsearchVersion.V7_10 }),
    grants: (r) => r.grants,
  }, {
    actions: [(g, p) => g.actions(p, ['es:DescribeElasticsearchDomain'])],
    read: [(g, p) => g.read(p), (r, p) => r.grantRead(p)],
    write: [(g, p) => g.write(p), (r, p) => r.grantWrite(p)],
    readWrite: [(g, p) => g.readWrite(p), (r, p) => r.grantReadWrite(p)],
  }),
  ...of('aws-events.EventBusGrants', {
    make: (s) => new events.EventBus(s, ID, { eventBusName: 'orders' }),
    grants: (r) => r.grants,
    l1: (s) => events.EventBusGrants.fromEventBus(new events.CfnEventBus(s, L1, { name: 'orders' })),
  }, {
    actions: [(g, p) => g.actions(p, ['events:DescribeEventBus'])],
    allPutEvents: [(g, p) => g.allPutEvents(p), (_, p) => events.EventBus.grantAllPutEvents(p)],
  }),
  ...of('aws-iam.RoleGrants', {
    make: (s) => new iam.Role(s, ID, { assumedBy: new iam.AccountRootPrincipal() }),
    grants: (r) => r.grants,
  }, {
    assumeRole: [(g, p) => g.assumeRole(p.grantPrincipal), (r, p) => r.grantAssumeRole(p.grantPrincipal)],
    passRole: [(g, p) => g.passRole(p.grantPrincipal), (r, p) => r.grantPassRole(p.grantPrincipal)],
  }),
  ...of('aws-kinesisfirehose.DeliveryStreamGrants', {
    make: (s) => new firehose.DeliveryStream(s, ID, { destination: new firehose.S3Bucket(new s3.Bucket(s, 'Bucket')) }),
    grants: (r) => r.grants,
  }, {
    actions: [(g, p) => g.actions(p, ['firehose:PutRecord']), (r, p) => r.grant(p, 'firehose:PutRecord')],
    putRecords: [(g, p) => g.putRecords(p), (r, p) => r.grantPutRecords(p)],
  }),
  ...of('aws-kms.KeyGrants', {
    make: (s) => new kms.Key(s, ID),
    grants: (r) => r.grants,
    l1: (s) => kms.KeyGrants.fromKey(new kms.CfnKey(s, L1), true),
  }, {
    actions: [(g, p) => g.actions(p, 'kms:DescribeKey'), (r, p) => r.grant(p, 'kms:DescribeKey')],
    admin: [(g, p) => g.admin(p), (r, p) => r.grantAdmin(p)],
    decrypt: [(g, p) => g.decrypt(p), (r, p) => r.grantDecrypt(p)],
    encrypt: [(g, p) => g.encrypt(p), (r, p) => r.grantEncrypt(p)],
    encryptDecrypt: [(g, p) => g.encryptDecrypt(p), (r, p) => r.grantEncryptDecrypt(p)],
    sign: [(g, p) => g.sign(p), (r, p) => r.grantSign(p)],
    verify: [(g, p) => g.verify(p), (r, p) => r.grantVerify(p)],
    signVerify: [(g, p) => g.signVerify(p), (r, p) => r.grantSignVerify(p)],
    generateMac: [(g, p) => g.generateMac(p), (r, p) => r.grantGenerateMac(p)],
    verifyMac: [(g, p) => g.verifyMac(p), (r, p) => r.grantVerifyMac(p)],
  }),
  ...of('aws-logs.LogGroupGrants', {
    make: (s) => new logs.LogGroup(s, ID),
    grants: (r) => r.grants,
    l1: (s) => logs.LogGroupGrants.fromLogGroup(new logs.CfnLogGroup(s, L1)),
  }, {
    actions: [(g, p) => g.actions(p, ['logs:StartQuery']), (r, p) => r.grant(p, 'logs:StartQuery')],
    write: [(g, p) => g.write(p), (r, p) => r.grantWrite(p)],
    read: [(g, p) => g.read(p), (r, p) => r.grantRead(p)],
  }),
  ...of('aws-opensearchservice.DomainGrants', {
    make: (s) => new opensearch.Domain(s, ID, { ...domain, version: opensearch.EngineVersion.OPENSEARCH_2_19 }),
    grants: (r) => r.grants,
  }, {
    actions: [(g, p) => g.actions(p, ['es:DescribeDomain'])],
    read: [(g, p) => g.read(p), (r, p) => r.grantRead(p)],
    write: [(g, p) => g.write(p), (r, p) => r.grantWrite(p)],
    readWrite: [(g, p) => g.readWrite(p), (r, p) => r.grantReadWrite(p)],
  }),
  ...of('aws-route53.HostedZoneGrants', {
    make: (s) => new route53.PublicHostedZone(s, ID, { zoneName: 'example.com' }),
    grants: (r) => r.grants,
  }, {
    delegation: [(g, p) => g.delegation(p), (r, p) => r.grantDelegation(p)],
  }),
  ...of('aws-s3.BucketGrants', {
    make: (s) => new s3.Bucket(s, ID),
    grants: (r) => r.grants,
    l1: (s) => s3.BucketGrants.fromBucket(new s3.CfnBucket(s, L1)),
  }, {
    read: [(g, p) => g.read(p, 'a/*'), (r, p) => r.grantRead(p, 'a/*')],
    write: [(g, p) => g.write(p, 'a/*'), (r, p) => r.grantWrite(p, 'a/*')],
    delete: [(g, p) => g.delete(p, 'a/*'), (r, p) => r.grantDelete(p, 'a/*')],
    put: [(g, p) => g.put(p, 'a/*'), (r, p) => r.grantPut(p, 'a/*')],
    putAcl: [(g, p) => g.putAcl(p, 'a/*'), (r, p) => r.grantPutAcl(p, 'a/*')],
    readWrite: [(g, p) => g.readWrite(p, 'a/*'), (r, p) => r.grantReadWrite(p, 'a/*')],
    actionsOnObjectKeys: [(g, p) => g.actionsOnObjectKeys(p, 'a/*', 's3:GetObjectAcl')],
    actionsOnBucketAndObjectKeys: [(g, p) => g.actionsOnBucketAndObjectKeys(p, 'a/*', 's3:GetObject*', 's3:List*')],
    replicationPermission: [
      (g, p) => g.replicationPermission(p, { destinations: [{ bucket: destination(p) }] }),
      (r, p) => r.grantReplicationPermission(p, { destinations: [{ bucket: destination(p) }] }),
    ],
  }),
  ...of('aws-s3.BucketGrants with a customer key', {
    make: (s) => new s3.Bucket(s, ID, { encryptionKey: keyOf(s) }),
    grants: (r) => r.grants,
  }, {
    read: [(g, p) => g.read(p), (r, p) => r.grantRead(p)],
    readWrite: [(g, p) => g.readWrite(p), (r, p) => r.grantReadWrite(p)],
  }),
  ...of('aws-scheduler.ScheduleGroupGrants', {
    make: (s) => new scheduler.ScheduleGroup(s, ID, { scheduleGroupName: 'nightly' }),
    grants: (r) => r.grants,
  }, {
    readSchedules: [(g, p) => g.readSchedules(p), (r, p) => r.grantReadSchedules(p)],
    writeSchedules: [(g, p) => g.writeSchedules(p), (r, p) => r.grantWriteSchedules(p)],
    deleteSchedules: [(g, p) => g.deleteSchedules(p), (r, p) => r.grantDeleteSchedules(p)],
  }),
  ...of('aws-sns.TopicGrants', {
    make: (s) => new sns.Topic(s, ID),
    grants: (r) => r.grants,
    l1: (s) => sns.TopicGrants.fromTopic(new sns.CfnTopic(s, L1)),
  }, {
    actions: [(g, p) => g.actions(p, ['sns:GetTopicAttributes'])],
    publish: [(g, p) => g.publish(p), (r, p) => r.grantPublish(p)],
    subscribe: [(g, p) => g.subscribe(p), (r, p) => r.grantSubscribe(p)],
  }),
  ...of('aws-sqs.QueueGrants', {
    make: (s) => new sqs.Queue(s, ID),
    grants: (r) => r.grants,
    l1: (s) => sqs.QueueGrants.fromQueue(new sqs.CfnQueue(s, L1)),
  }, {
    actions: [(g, p) => g.actions(p, ['sqs:GetQueueUrl']), (r, p) => r.grant(p, 'sqs:GetQueueUrl')],
    consumeMessages: [(g, p) => g.consumeMessages(p), (r, p) => r.grantConsumeMessages(p)],
    sendMessages: [(g, p) => g.sendMessages(p), (r, p) => r.grantSendMessages(p)],
    purge: [(g, p) => g.purge(p), (r, p) => r.grantPurge(p)],
  }),
  ...of('aws-stepfunctions.StateMachineGrants', {
    make: (s) => new sfn.StateMachine(s, ID, {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(s, 'Pass')),
    }),
    grants: (r) => r.grants,
  }, {
    actions: [(g, p) => g.actions(p, 'states:ListExecutions'), (r, p) => r.grant(p, 'states:ListExecutions')],
    taskResponse: [(g, p) => g.taskResponse(p), (r, p) => r.grantTaskResponse(p)],
    redriveExecution: [(g, p) => g.redriveExecution(p)],
    read: [(g, p) => g.read(p), (r, p) => r.grantRead(p)],
    startExecution: [(g, p) => g.startExecution(p), (r, p) => r.grantStartExecution(p)],
    startSyncExecution: [(g, p) => g.startSyncExecution(p), (r, p) => r.grantStartSyncExecution(p)],
    execution: [
      (g, p) => g.execution(p, 'states:StopExecution'), (r, p) => r.grantExecution(p, 'states:StopExecution'),
    ],
  }),
];

/** Another bucket, which is not the one that grants. */
function destination(grantee: iam.IGrantable): s3.IBucket {
  const scope = grantee as unknown as Construct;
  return s3.Bucket.fromBucketName(scope, 'Destination', 'copies');
}

/** Methods that grant nothing to anybody whom the app names. */
export const GRANTS_TO_NOBODY: readonly string[] = [
  'aws-dynamodb.TableGrants.multiAccountReplicationFrom', // to the replication service
  'aws-dynamodb.TableGrants.multiAccountReplicationTo', // to the replication service
  'aws-s3.BucketGrants.publicAccess', // to everybody
];

/**
 * Grants of the CDK 2.262.0 that let nobody do anything: AWS authorizes states:RedriveExecution on executions, and the method names the
 * state machine. The older method `grantRedriveExecution` names executions.
 * See https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
 */
export const GRANTS_OF_NOTHING: readonly string[] = ['aws-stepfunctions.StateMachineGrants.redriveExecution'];
