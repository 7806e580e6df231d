import { Aws, Size, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as appconfig from 'aws-cdk-lib/aws-appconfig';
import * as appmesh from 'aws-cdk-lib/aws-appmesh';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cassandra from 'aws-cdk-lib/aws-cassandra';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codeartifact from 'aws-cdk-lib/aws-codeartifact';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as codeguru from 'aws-cdk-lib/aws-codeguruprofiler';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dsql from 'aws-cdk-lib/aws-dsql';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as iot from 'aws-cdk-lib/aws-iot';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kinesisvideo from 'aws-cdk-lib/aws-kinesisvideo';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as location from 'aws-cdk-lib/aws-location';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as memorydb from 'aws-cdk-lib/aws-memorydb';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as neptunegraph from 'aws-cdk-lib/aws-neptunegraph';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3tables from 'aws-cdk-lib/aws-s3tables';
import * as s3vectors from 'aws-cdk-lib/aws-s3vectors';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as timestream from 'aws-cdk-lib/aws-timestream';
import * as verifiedpermissions from 'aws-cdk-lib/aws-verifiedpermissions';
import { Construct } from 'constructs';

/** A grant of one service, and a smaller one if there is one. */
export interface ServiceGrant {
  /** A resource to grant something of. */
  readonly make: (scope: Construct, id: string) => { readonly grant: Grant; readonly less?: Grant };
  readonly hasLess: boolean;
  /** The grant is the same for every resource. */
  readonly ofNoResource?: true;
}

type Grant = (grantee: iam.IGrantable) => unknown;

function of<R>(
  make: (scope: Construct, id: string) => R, grant: (resource: R, grantee: iam.IGrantable) => unknown,
  less?: typeof grant,
): ServiceGrant {
  return {
    hasLess: less !== undefined,
    make: (scope, id) => {
      const resource = make(scope, id);
      return { grant: (grantee) => grant(resource, grantee), less: less && ((grantee) => less(resource, grantee)) };
    },
  };
}

/** For services whose constructs have no grants. */
function ofArns<R>(
  make: (scope: Construct, id: string) => R, arns: (resource: R, stack: string) => string[], ...actions: string[]
): ServiceGrant {
  const grant = (granted: string[]) => (resource: R, grantee: iam.IGrantable) =>
    iam.Grant.addToPrincipal({
      grantee, actions: granted, resourceArns: arns(resource, `${Aws.REGION}:${Aws.ACCOUNT_ID}`),
    });
  return of(make, grant(actions), actions.length > 1 ? grant(actions.slice(1)) : undefined);
}

const pk = { name: 'pk', type: dynamodb.AttributeType.STRING };
const code = {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
};

const bucket = (s: Construct, id: string) => new s3.Bucket(s, id);
const bucketWithKey = (s: Construct, id: string) => new s3.Bucket(s, id, { encryptionKey: new kms.Key(s, `${id}Key`) });
const table = (s: Construct, id: string) => new dynamodb.Table(s, id, {
  partitionKey: pk, stream: dynamodb.StreamViewType.NEW_IMAGE,
});
const indexed = (s: Construct, id: string) => {
  const made = new dynamodb.Table(s, id, { partitionKey: pk });
  made.addGlobalSecondaryIndex({
    indexName: 'gsi', partitionKey: { name: 'other', type: dynamodb.AttributeType.STRING },
  });
  return made;
};
const tableV2 = (s: Construct, id: string) => new dynamodb.TableV2(s, id, { partitionKey: pk });
const key = (s: Construct, id: string) => new kms.Key(s, id);
const fn = (s: Construct, id: string) => new lambda.Function(s, id, code);
const machine = (s: Construct, id: string) => new sfn.StateMachine(s, id, {
  definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(s, `${id}Pass`)),
});
const parameter = (s: Construct, id: string) => new ssm.StringParameter(s, id, {
  stringValue: 'x', parameterName: `/prod/${id}`,
});
const vpc = (s: Construct): ec2.Vpc => (Stack.of(s).node.tryFindChild('Vpc') as ec2.Vpc | undefined)
  ?? new ec2.Vpc(Stack.of(s), 'Vpc', { natGateways: 0 });
const isolated = (s: Construct) => ({ vpc: vpc(s), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
const postgres = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const aurora = (s: Construct, id: string) => new rds.DatabaseCluster(s, id, {
  engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
  writer: rds.ClusterInstance.serverlessV2('writer'),
  enableDataApi: true,
  iamAuthentication: true,
  ...isolated(s),
});
const graphql = (s: Construct, id: string) => new appsync.GraphqlApi(s, id, {
  name: id,
  authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.IAM } },
  definition: appsync.Definition.fromSchema({
    bind: (api) => ({
      apiId: (api as appsync.GraphqlApi).apiId,
      definition: 'type Query { getOrder(id: ID!): String } type Mutation { addOrder(id: ID!): String }',
    }),
  }),
});
const eventApi = (s: Construct, id: string) => new appsync.EventApi(s, id, {
  apiName: id, authorizationConfig: { authProviders: [{ authorizationType: appsync.AppSyncAuthorizationType.IAM }] },
});
const task = (s: Construct, id: string) => {
  const made = new ecs.FargateTaskDefinition(s, id);
  made.addContainer('main', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox') });
  return made;
};
const jobDefinition = (s: Construct, id: string) => new batch.EcsJobDefinition(s, id, {
  container: new batch.EcsFargateContainerDefinition(s, `${id}Container`, {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox'),
    cpu: 0.25,
    memory: Size.mebibytes(512),
  }),
});

const jobQueue = (s: Construct, id: string) => {
  const computeEnvironment = new batch.FargateComputeEnvironment(s, `${id}Compute`, isolated(s));
  return new batch.JobQueue(s, id, { computeEnvironments: [{ computeEnvironment, order: 1 }] });
};

export const SERVICE_GRANTS: { readonly [name: string]: ServiceGrant } = {
  // ---- Storage ----
  's3 read': of(bucket, (b, g) => b.grantRead(g), (b, g) => b.grantRead(g, 'shared/*')),
  's3 read and write': of(bucket, (b, g) => b.grantReadWrite(g), (b, g) => b.grantRead(g)),
  's3 read and write below a prefix': of(bucket,
    (b, g) => b.grantReadWrite(g, 'tenant-a/*'),
    (b, g) => b.grantReadWrite(g, 'tenant-b/*')),
  's3 read and write, encrypted': of(bucketWithKey, (b, g) => b.grantReadWrite(g), (b, g) => b.grantRead(g)),
  's3 delete': of(bucket, (b, g) => b.grantDelete(g), (b, g) => b.grantPut(g)),
  's3tables read': ofArns(
    (s, id) => new s3tables.CfnTableBucket(s, id, { tableBucketName: `tables-${id.toLowerCase()}` }),
    (b) => [b.attrTableBucketArn, `${b.attrTableBucketArn}/table/*`], 's3tables:GetTableBucket',
    's3tables:GetTableData',
  ),
  's3vectors query': ofArns((s, id) => new s3vectors.CfnVectorBucket(s, id),
    (b) => [`${b.attrVectorBucketArn}/index/docs`], 's3vectors:QueryVectors', 's3vectors:GetVectors'),
  'efs mount and write': of((s, id) => new efs.FileSystem(s, id, isolated(s)),
    (f, g) => f.grantReadWrite(g),
    (f, g) => f.grantRead(g)),
  'efs root access': of((s, id) => new efs.FileSystem(s, id, isolated(s)), (f, g) => f.grantRootAccess(g)),
  'ec2 attach a volume': of(
    (s, id) => new ec2.Volume(s, id, { availabilityZone: 'us-east-1a', size: Size.gibibytes(1) }),
    (v, g) => v.grantAttachVolume(g),
  ),
  'backup': of((s, id) => new backup.BackupVault(s, id),
    (v, g) => v.grant(g, 'backup:StartBackupJob', 'backup:DescribeBackupVault'),
    (v, g) => v.grant(g, 'backup:DescribeBackupVault')),

  // ---- Databases ----
  'dynamodb read and write': of(table, (t, g) => t.grantReadWriteData(g), (t, g) => t.grantReadData(g)),
  'dynamodb read with an index': of(indexed, (t, g) => t.grantReadData(g), (t, g) => t.grant(g, 'dynamodb:GetItem')),
  'dynamodb full access': of(table, (t, g) => t.grantFullAccess(g), (t, g) => t.grantReadWriteData(g)),
  'dynamodb stream': of(table, (t, g) => t.grantStreamRead(g), (t, g) => t.grantTableListStreams(g)),
  'dynamodb v2': of(tableV2, (t, g) => t.grantReadWriteData(g), (t, g) => t.grantReadData(g)),
  'rds connect': of(
    (s, id) => new rds.DatabaseInstance(s, id, { engine: postgres, iamAuthentication: true, ...isolated(s) }),
    (d, g) => d.grantConnect(g, 'orders'),
    (d, g) => d.grantConnect(g, 'reports'),
  ),
  'rds proxy connect': of((s, id) => {
    const cluster = aurora(s, `${id}Cluster`);
    return cluster.addProxy(id, {
      secrets: [cluster.secret!], iamAuth: true, vpc: vpc(s), vpcSubnets: isolated(s).vpcSubnets,
    });
  }, (p, g) => p.grantConnect(g, 'orders'), (p, g) => p.grantConnect(g, 'reports')),
  'aurora connect': of(aurora, (c, g) => c.grantConnect(g, 'orders'), (c, g) => c.grantConnect(g, 'reports')),
  'aurora data API': of(aurora, (c, g) => c.grantDataApiAccess(g), (c, g) => c.secret!.grantRead(g)),
  'aurora dsql connect': ofArns((s, id) => new dsql.CfnCluster(s, id), (c) => [c.attrResourceArn],
    'dsql:DbConnectAdmin', 'dsql:DbConnect'),
  'neptune connect': ofArns((s, id) => new neptune.CfnDBCluster(s, id),
    (c, here) => [`arn:${Aws.PARTITION}:neptune-db:${here}:${c.attrClusterResourceId}/*`], 'neptune-db:connect',
    'neptune-db:ReadDataViaQuery'),
  'neptune analytics': ofArns((s, id) => new neptunegraph.CfnGraph(s, id, { provisionedMemory: 16 }),
    (c) => [c.attrGraphArn],
    'neptune-graph:WriteDataViaQuery', 'neptune-graph:ReadDataViaQuery'),
  'keyspaces': ofArns((s, id) => new cassandra.CfnKeyspace(s, id, { keyspaceName: `ks_${id.toLowerCase()}` }),
    (k, here) => [`arn:${Aws.PARTITION}:cassandra:${here}:/keyspace/${k.ref}/table/orders`], 'cassandra:Modify',
    'cassandra:Select'),
  'timestream': ofArns((s, id) => new timestream.CfnDatabase(s, id), (d) => [`${d.attrArn}/table/metrics`],
    'timestream:WriteRecords', 'timestream:Select'),
  'elasticache connect': ofArns(
    (s, id) => new elasticache.CfnServerlessCache(s, id, {
      engine: 'valkey', serverlessCacheName: `cache-${id.toLowerCase()}`,
    }),
    (c, here) => [c.attrArn, `arn:${Aws.PARTITION}:elasticache:${here}:user:pods`], 'elasticache:Connect',
  ),
  'memorydb connect': ofArns(
    (s, id) => new memorydb.CfnCluster(s, id, {
      aclName: 'open-access', clusterName: `db-${id.toLowerCase()}`, nodeType: 'db.t4g.small',
    }),
    (c, here) => [c.attrArn, `arn:${Aws.PARTITION}:memorydb:${here}:user/pods`], 'memorydb:Connect',
  ),
  'redshift serverless credentials': ofArns(
    (s, id) => new redshiftserverless.CfnWorkgroup(s, id, { workgroupName: `wg-${id.toLowerCase()}` }),
    (w) => [w.attrWorkgroupWorkgroupArn], 'redshift-serverless:GetCredentials', 'redshift-serverless:GetWorkgroup',
  ),
  'opensearch an index': of(
    (s, id) => new opensearch.Domain(s, id, { version: opensearch.EngineVersion.OPENSEARCH_2_19 }),
    (d, g) => d.grantIndexReadWrite('logs', g),
    (d, g) => d.grantIndexRead('logs', g),
  ),
  'opensearch all': of((s, id) => new opensearch.Domain(s, id, { version: opensearch.EngineVersion.OPENSEARCH_2_19 }),
    (d, g) => d.grantReadWrite(g), (d, g) => d.grantWrite(g)),

  // ---- Messages ----
  'sqs consume': of((s, id) => new sqs.Queue(s, id),
    (q, g) => q.grantConsumeMessages(g),
    (q, g) => q.grantSendMessages(g)),
  'sqs send, encrypted': of((s, id) => new sqs.Queue(s, id, { encryptionMasterKey: key(s, `${id}Key`) }),
    (q, g) => q.grantSendMessages(g),
    (q, g) => q.grantPurge(g)),
  'sns publish': of((s, id) => new sns.Topic(s, id), (t, g) => t.grantPublish(g), (t, g) => t.grantSubscribe(g)),
  'sns publish, first in, first out': of((s, id) => new sns.Topic(s, id, { fifo: true }), (t, g) => t.grantPublish(g)),
  'events put': of((s, id) => new events.EventBus(s, id), (b, g) => b.grantPutEventsTo(g)),
  'kinesis read': of((s, id) => new kinesis.Stream(s, id),
    (k, g) => k.grantRead(g),
    (k, g) => k.grant(g, 'kinesis:GetRecords')),
  'kinesis write': of((s, id) => new kinesis.Stream(s, id), (k, g) => k.grantWrite(g), (k, g) => k.grantRead(g)),
  'kinesis consumer': of(
    (s, id) => new kinesis.StreamConsumer(s, id, {
      streamConsumerName: `consumer-${id}`, stream: new kinesis.Stream(s, `${id}Stream`),
    }),
    (k, g) => k.grantRead(g),
  ),
  'firehose put': of(
    (s, id) => new firehose.DeliveryStream(s, id, { destination: new firehose.S3Bucket(bucket(s, `${id}Bucket`)) }),
    (d, g) => d.grantPutRecords(g),
  ),
  'kinesis video': ofArns((s, id) => new kinesisvideo.CfnStream(s, id), (k) => [k.attrArn], 'kinesisvideo:PutMedia',
    'kinesisvideo:GetMedia'),
  'msk connect and read': ofArns((s, id) => new msk.CfnServerlessCluster(s, id, {
    clusterName: id,
    clientAuthentication: { sasl: { iam: { enabled: true } } },
    vpcConfigs: [{ subnetIds: ['subnet-1', 'subnet-2'] }],
  }), (c) => [c.attrArn], 'kafka-cluster:Connect', 'kafka-cluster:DescribeCluster'),
  'ses send': of(
    (s, id) => new ses.EmailIdentity(s, id, { identity: ses.Identity.domain(`${id.toLowerCase()}.example.com`) }),
    (e, g) => e.grantSendEmail(g),
  ),
  'iot publish': ofArns((s, id) => new iot.CfnThing(s, id), (t) => [t.attrArn], 'iot:UpdateThingShadow',
    'iot:GetThingShadow'),

  // ---- Compute ----
  'lambda invoke': of(fn, (f, g) => f.grantInvoke(g), (f, g) => f.grantInvokeUrl(g)),
  'lambda invoke the latest version': of(fn, (f, g) => f.grantInvokeLatestVersion(g)),
  'lambda invoke an alias': of(
    (s, id) => new lambda.Alias(s, id, { aliasName: 'live', version: fn(s, `${id}Fn`).currentVersion }),
    (a, g) => a.grantInvoke(g),
  ),
  'lambda invoke a url': of((s, id) => fn(s, id).addFunctionUrl(), (u, g) => u.grantInvokeUrl(g)),
  'states start': of(machine, (m, g) => m.grantStartExecution(g), (m, g) => m.grantRead(g)),
  'states start in sync': of((s, id) => machine(s, id), (m, g) => m.grantStartSyncExecution(g)),
  'states read': of(machine, (m, g) => m.grantRead(g)),
  'states executions': of(machine,
    (m, g) => m.grantExecution(g, 'states:DescribeExecution', 'states:StopExecution'),
    (m, g) => m.grantExecution(g, 'states:DescribeExecution')),
  'states task response': of(machine, (m, g) => m.grantTaskResponse(g)),
  'states activity': of((s, id) => new sfn.Activity(s, id),
    (a, g) => a.grant(g, 'states:GetActivityTask', 'states:DescribeActivity'),
    (a, g) => a.grant(g, 'states:DescribeActivity')),
  'batch submit': of((s, id) => ({ job: jobDefinition(s, id), queue: jobQueue(s, `${id}Queue`) }),
    ({ job, queue }, g) => job.grantSubmitJob(g, queue)),
  'ecs run a task': of(task, (t, g) => t.grantRun(g)),
  'ecs task protection': of((s, id) => new ecs.Cluster(s, id, { vpc: vpc(s) }), (c, g) => c.grantTaskProtection(g)),
  'scheduler': of((s, id) => new scheduler.ScheduleGroup(s, id),
    (x, g) => x.grantWriteSchedules(g),
    (x, g) => x.grantDeleteSchedules(g)),
  'sagemaker invoke': ofArns((s, id) => new sagemaker.CfnEndpoint(s, id, { endpointConfigName: 'config' }),
    (e) => [e.ref], 'sagemaker:InvokeEndpoint', 'sagemaker:DescribeEndpoint'),
  'bedrock invoke a guardrail': ofArns(
    (s, id) => new bedrock.CfnGuardrail(s, id, {
      name: id, blockedInputMessaging: 'no', blockedOutputsMessaging: 'no',
    }),
    (b) => [b.attrGuardrailArn], 'bedrock:ApplyGuardrail', 'bedrock:GetGuardrail',
  ),
  'bedrock invoke an inference profile': ofArns(
    (s, id) => new bedrock.CfnApplicationInferenceProfile(s, id, { inferenceProfileName: id }),
    (p) => [p.attrInferenceProfileArn], 'bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream',
  ),
  'bedrock retrieve': ofArns(
    (s, id) => new bedrock.CfnKnowledgeBase(s, id, {
      name: id, roleArn: 'arn:aws:iam::111122223333:role/kb', knowledgeBaseConfiguration: { type: 'VECTOR' },
    }),
    (k) => [k.attrKnowledgeBaseArn], 'bedrock:GetKnowledgeBase', 'bedrock:Retrieve',
  ),
  'bedrock-agentcore memory': of((s, id) => new agentcore.Memory(s, id),
    (m, g) => m.grantFullAccess(g),
    (m, g) => m.grantRead(g)),
  'bedrock-agentcore browser': of((s, id) => new agentcore.BrowserCustom(s, id),
    (b, g) => b.grantUse(g),
    (b, g) => b.grantRead(g)),
  'bedrock-agentcore code interpreter': of((s, id) => new agentcore.CodeInterpreterCustom(s, id),
    (c, g) => c.grantUse(g),
    (c, g) => c.grantRead(g)),
  'bedrock-agentcore identity': of((s, id) => new agentcore.WorkloadIdentity(s, id),
    (w, g) => w.grantFullAccess(g),
    (w, g) => w.grantRead(g)),

  // ---- Secrets and identities ----
  'kms encrypt and decrypt': of(key, (k, g) => k.grantEncryptDecrypt(g), (k, g) => k.grantDecrypt(g)),
  'kms sign': of(key, (k, g) => k.grantSignVerify(g), (k, g) => k.grantVerify(g)),
  'kms by an alias': of((s, id) => new kms.Alias(s, id, { aliasName: `alias/${id}`, targetKey: key(s, `${id}Key`) }),
    (a, g) => a.grantDecrypt(g)),
  'secretsmanager read': of((s, id) => new secretsmanager.Secret(s, id),
    (x, g) => x.grantRead(g),
    (x, g) => x.grantRead(g, ['AWSPREVIOUS'])),
  'secretsmanager write, encrypted': of(
    (s, id) => new secretsmanager.Secret(s, id, { encryptionKey: key(s, `${id}Key`) }),
    (x, g) => x.grantWrite(g),
    (x, g) => x.grantRead(g),
  ),
  'secretsmanager read, from its name': of((s, id) => secretsmanager.Secret.fromSecretNameV2(s, id, `prod/${id}`),
    (x, g) => x.grantRead(g)),
  'ssm read a parameter': of(parameter, (p, g) => p.grantRead(g), (p, g) => p.grantWrite(g)),
  'ssm read a parameter of a generated name': of((s, id) => new ssm.StringParameter(s, id, { stringValue: 'x' }),
    (p, g) => p.grantRead(g),
    (p, g) => p.grantWrite(g)),
  'cognito-idp': of((s, id) => new cognito.UserPool(s, id),
    (p, g) => p.grant(g, 'cognito-idp:AdminCreateUser', 'cognito-idp:AdminGetUser'),
    (p, g) => p.grant(g, 'cognito-idp:AdminGetUser')),
  'verifiedpermissions': ofArns(
    (s, id) => new verifiedpermissions.CfnPolicyStore(s, id, { validationSettings: { mode: 'OFF' } }),
    (p) => [p.attrArn],
    'verifiedpermissions:IsAuthorizedWithToken', 'verifiedpermissions:IsAuthorized',
  ),
  'iam assume a role': of((s, id) => new iam.Role(s, id, { assumedBy: new iam.AccountRootPrincipal() }),
    (r, g) => r.grantAssumeRole(g.grantPrincipal)),
  'iam pass a role': of((s, id) => new iam.Role(s, id, { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') }),
    (r, g) => r.grantPassRole(g.grantPrincipal)),

  // ---- APIs ----
  'execute-api a method': of(
    (s, id) => new apigateway.RestApi(s, id).root.addMethod('GET', new apigateway.MockIntegration()),
    (m, g) => m.grantExecute(g),
  ),
  'execute-api a route': of((s, id) => new apigatewayv2.HttpRoute(s, id, {
    httpApi: new apigatewayv2.HttpApi(s, `${id}Api`),
    routeKey: apigatewayv2.HttpRouteKey.with('/orders', apigatewayv2.HttpMethod.GET),
    integration: new HttpUrlIntegration(`${id}Url`, 'https://example.com'),
    authorizer: { bind: () => ({ authorizationType: 'AWS_IAM' }) } as never,
  }), (r, g) => r.grantInvoke(g)),
  'execute-api connections': of((s, id) => new apigatewayv2.WebSocketApi(s, id), (a, g) => a.grantManageConnections(g)),
  'execute-api connections of a stage': of(
    (s, id) => new apigatewayv2.WebSocketStage(s, id, {
      webSocketApi: new apigatewayv2.WebSocketApi(s, `${id}Api`), stageName: 'prod',
    }),
    (a, g) => a.grantManagementApiAccess(g),
  ),
  'apigateway an API key': of((s, id) => new apigateway.ApiKey(s, id),
    (k, g) => k.grantReadWrite(g),
    (k, g) => k.grantRead(g)),
  'appsync query': of(graphql, (a, g) => a.grantQuery(g), (a, g) => a.grantQuery(g, 'getOrder')),
  'appsync mutate': of(graphql, (a, g) => a.grantMutation(g, 'addOrder'), (a, g) => a.grantQuery(g)),
  'appsync publish events': of((s, id) => eventApi(s, id),
    (a, g) => a.grantPublishAndSubscribe(g),
    (a, g) => a.grantSubscribe(g)),
  'appsync a channel namespace': of(
    (s, id) => new appsync.ChannelNamespace(s, id, { api: eventApi(s, `${id}Api`), channelNamespaceName: 'orders' }),
    (a, g) => a.grantPublishAndSubscribe(g),
    (a, g) => a.grantSubscribe(g),
  ),
  'appconfig read': of(
    (s, id) => new appconfig.Environment(s, id, { application: new appconfig.Application(s, `${id}App`) }),
    (e, g) => e.grantReadConfig(g),
  ),
  'appmesh stream': of((s, id) => new appmesh.VirtualNode(s, id, { mesh: new appmesh.Mesh(s, `${id}Mesh`) }),
    (n, g) => n.grantStreamAggregatedResources(g)),
  'geo': ofArns((s, id) => new location.CfnTracker(s, id, { trackerName: `tracker-${id}` }), (t) => [t.attrArn],
    'geo:BatchUpdateDevicePosition', 'geo:GetDevicePosition'),

  // ---- Operations, builds and data ----
  'cloudwatch put metrics': {
    ...of(() => undefined, (_, g) => cloudwatch.Metric.grantPutMetricData(g)), ofNoResource: true,
  },
  'logs write': of((s, id) => new logs.LogGroup(s, id), (l, g) => l.grantWrite(g), (l, g) => l.grantRead(g)),
  'logs write, of a written name': of((s, id) => new logs.LogGroup(s, id, { logGroupName: `/pods/${id}` }),
    (l, g) => l.grantWrite(g),
    (l, g) => l.grantRead(g)),
  'aps write': ofArns((s, id) => new aps.CfnWorkspace(s, id), (w) => [w.attrArn], 'aps:RemoteWrite',
    'aps:QueryMetrics'),
  'route53 delegation': of(
    (s, id) => new route53.PublicHostedZone(s, id, { zoneName: `${id.toLowerCase()}.example.com` }),
    (z, g) => z.grantDelegation(g),
  ),
  'cloudfront invalidate': of(
    (s, id) => new cloudfront.Distribution(s, id, { defaultBehavior: { origin: new HttpOrigin('example.com') } }),
    (d, g) => d.grantCreateInvalidation(g),
  ),
  'ecr pull': of((s, id) => new ecr.Repository(s, id), (r, g) => r.grantPull(g), (r, g) => r.grantRead(g)),
  'ecr pull and push': of((s, id) => new ecr.Repository(s, id), (r, g) => r.grantPullPush(g), (r, g) => r.grantPull(g)),
  'codebuild reports': of((s, id) => new codebuild.ReportGroup(s, id), (r, g) => r.grantWrite(g)),
  'codecommit pull and push': of((s, id) => new codecommit.Repository(s, id, { repositoryName: `repo-${id}` }),
    (r, g) => r.grantPullPush(g),
    (r, g) => r.grantPull(g)),
  'codeartifact read': ofArns(
    (s, id) => new codeartifact.CfnRepository(s, id, {
      domainName: 'packages', repositoryName: `repo-${id.toLowerCase()}`,
    }),
    (r) => [r.attrArn],
    'codeartifact:GetRepositoryEndpoint', 'codeartifact:ReadFromRepository',
  ),
  'codeguru publish': of((s, id) => new codeguru.ProfilingGroup(s, id),
    (p, g) => p.grantPublish(g),
    (p, g) => p.grantRead(g)),
  'glue read a table': ofArns((_, id) => id.toLowerCase(),
    (name, here) => ['catalog', `database/${name}`, `table/${name}/*`].map(
      (part) => `arn:${Aws.PARTITION}:glue:${here}:${part}`,
    ),
    'glue:GetPartitions', 'glue:GetTable'),
  'athena query': ofArns((s, id) => new athena.CfnWorkGroup(s, id, { name: `wg-${id}` }),
    (w, here) => [`arn:${Aws.PARTITION}:athena:${here}:workgroup/${w.ref}`],
    'athena:StartQueryExecution', 'athena:GetQueryResults'),
};
