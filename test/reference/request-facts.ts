/**
 * Facts about the requests that AWS makes, as data for tests: the ARNs that an action is asked about, and the condition
 * keys that its requests can have. Recorded on 2026-11-29 from the AWS page of each fact, not from lib/.
 */

/** What an AWS page documents about the requests of an action. Lists are examples, not all that is possible. */
export interface RequestFact {
  /** Such as `dynamodb:GetItem`. */
  readonly action: string;
  /** ARNs that the action is asked about, or `*`. */
  readonly on: readonly string[];
  /** Well-formed ARNs that the action is never asked about. `*` stands for requests without a resource. */
  readonly notOn: readonly string[];
  /** Condition keys that its requests can have. Many of them are optional. */
  readonly keys: readonly string[];
  /** Condition keys that its requests never have. */
  readonly notKeys: readonly string[];
  /** The AWS page that documents it. */
  readonly page: string;
}

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';
const API_GATEWAY = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

const UUID = '12345678-1234-1234-1234-123456789012';

/** An ARN of the role's account, in one region. */
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;

const BUCKET = 'arn:aws:s3:::invoices';
const OBJECT = 'arn:aws:s3:::invoices/2026/11.pdf';
const TABLE = arn('dynamodb', 'table/orders');
const INDEX = arn('dynamodb', 'table/orders/index/by-date');
const STREAM = arn('dynamodb', 'table/orders/stream/2026-11-29T00:00:00.000');
const QUEUE = arn('sqs', 'jobs');
const TOPIC = arn('sns', 'alerts');
const KEY = arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab');
const ALIAS = arn('kms', 'alias/app');
const SECRET = arn('secretsmanager', 'secret:app/db-a1b2c3');
const PARAMETER = arn('ssm', 'parameter/app/url');
const DOCUMENT = arn('ssm', 'document/restart');
const FUNCTION = arn('lambda', 'function:resize');
const LAYER_VERSION = arn('lambda', 'layer:common:3');
const MAPPING = arn('lambda', 'event-source-mapping:fa123456-14a1-4fd2-9fec-83de64ad683d');
const ROLE = 'arn:aws:iam::111122223333:role/app/reader';
const USER = 'arn:aws:iam::111122223333:user/jane';
const POLICY = 'arn:aws:iam::111122223333:policy/app/read';
const PROFILE = 'arn:aws:iam::111122223333:instance-profile/web';
const INSTANCE = arn('ec2', 'instance/i-0123456789abcdef0');
const VOLUME = arn('ec2', 'volume/vol-0123456789abcdef0');
const SUBNET = arn('ec2', 'subnet/subnet-0123456789abcdef0');
const IMAGE = 'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0';
const SNAPSHOT = 'arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0';
const REPOSITORY = arn('ecr', 'repository/app/web');
const ECS_CLUSTER = arn('ecs', 'cluster/prod');
const TASK = arn('ecs', 'task/prod/1234567890abcdef1234567890abcdef');
const TASK_DEFINITION = arn('ecs', 'task-definition/web:7');
const EKS_CLUSTER = arn('eks', 'cluster/prod');
const NODEGROUP = arn('eks', `nodegroup/prod/default/${UUID}`);
const ASSOCIATION = arn('eks', 'podidentityassociation/prod/a-1234567890abcdef0');
const DATA_STREAM = arn('kinesis', 'stream/clicks');
const CONSUMER = arn('kinesis', 'stream/clicks/consumer/report:1700000000');
const STATE_MACHINE = arn('states', 'stateMachine:order');
const EXECUTION = arn('states', 'execution:order:run-1');
const EVENT_BUS = arn('events', 'event-bus/app');
const RULE = arn('events', 'rule/app/nightly');
const LOG_GROUP = arn('logs', 'log-group:/app/web');
const LOG_STREAM = arn('logs', 'log-group:/app/web:log-stream:pod-1');
const ALARM = arn('cloudwatch', 'alarm:high-latency');
const GLUE_TABLE = arn('glue', 'table/sales/orders');
const DATABASE = arn('rds', 'db:orders');
const DB_CLUSTER = arn('rds', 'cluster:orders');
const KNOWLEDGE_BASE = arn('bedrock', 'knowledge-base/ABCDE12345');
const MODEL = 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1';
const ZONE = 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ';
const HEALTH_CHECK = `arn:aws:route53:::healthcheck/${UUID}`;
const LOAD_BALANCER = arn('elasticloadbalancing', 'loadbalancer/app/web/50dc6c495c0c9188');
const LISTENER = arn('elasticloadbalancing', 'listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2');
const TARGET_GROUP = arn('elasticloadbalancing', 'targetgroup/web/73e2d6bc24d8a067');
const SCALING_GROUP = arn('autoscaling', `autoScalingGroup:${UUID}:autoScalingGroupName/web`);
const FILE_SYSTEM = arn('elasticfilesystem', 'file-system/fs-0123456789abcdef0');
const ACCESS_POINT = arn('elasticfilesystem', 'access-point/fsap-0123456789abcdef0');
const STACK = arn('cloudformation', `stack/web/${UUID}`);
const GLOBAL_MODEL = 'arn:aws:bedrock:::foundation-model/amazon.nova-2-lite-v1:0';
const MSK_CLUSTER = arn('kafka', `cluster/events/${UUID}-1`);
const MSK_TOPIC = arn('kafka', `topic/events/${UUID}-1/orders`);
const MSK_GROUP = arn('kafka', `group/events/${UUID}-1/billing`);

/** Keys of requests that create or tag something. */
const TAGS_IN_REQUEST = ['aws:RequestTag/team', 'aws:TagKeys'];
const TAG = 'aws:ResourceTag/team';

type Fact = Omit<RequestFact, 'page'>;

/** What AWS asks about for an action, and the keys of its requests. */
function fact(action: string, resources: Pick<Fact, 'on' | 'notOn'>, context: Pick<Fact, 'keys' | 'notKeys'>): Fact {
  return { action, ...resources, ...context };
}

/** The facts of the actions of one page. */
function factsOf(page: string, facts: readonly Fact[]): readonly RequestFact[] {
  return facts.map((each) => ({ ...each, page }));
}

/** The facts, by the page that states them. */
export const REQUEST_FACTS: readonly RequestFact[] = [
  ...factsOf(`${REFERENCE}/list_amazondynamodb.html`, [
    fact('dynamodb:GetItem',
      { on: [TABLE], notOn: [INDEX, STREAM, '*'] },
      { keys: ['dynamodb:LeadingKeys', 'dynamodb:Attributes'], notKeys: ['s3:prefix', ...TAGS_IN_REQUEST] }),
    fact('dynamodb:Query',
      { on: [TABLE, INDEX], notOn: [STREAM, '*'] },
      { keys: ['dynamodb:LeadingKeys', 'dynamodb:Select'], notKeys: TAGS_IN_REQUEST }),
    fact('dynamodb:Scan',
      { on: [TABLE, INDEX], notOn: [STREAM, '*'] },
      { keys: ['dynamodb:Select'], notKeys: TAGS_IN_REQUEST }),
    fact('dynamodb:DescribeTable',
      { on: [TABLE], notOn: [INDEX, STREAM] },
      { keys: [], notKeys: ['dynamodb:LeadingKeys', 'dynamodb:Select'] }),
    fact('dynamodb:GetRecords',
      { on: [STREAM], notOn: [TABLE, INDEX] },
      { keys: [], notKeys: ['dynamodb:LeadingKeys'] }),
    fact('dynamodb:UpdateItem',
      { on: [TABLE], notOn: [INDEX, STREAM] },
      { keys: ['dynamodb:ReturnValues', 'dynamodb:LeadingKeys'], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf('https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/abac-streams.html', [
    fact('dynamodb:GetRecords',
      { on: [STREAM], notOn: ['*'] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
    fact('dynamodb:TagResource',
      { on: [STREAM], notOn: [INDEX] },
      { keys: [TAG, ...TAGS_IN_REQUEST], notKeys: ['dynamodb:LeadingKeys'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazons3.html`, [
    fact('s3:GetObject',
      { on: [OBJECT], notOn: [BUCKET, '*'] },
      { keys: ['s3:ExistingObjectTag/team', 's3:ResourceAccount'], notKeys: ['s3:prefix', 's3:x-amz-acl'] }),
    fact('s3:GetObjectVersion',
      { on: [OBJECT], notOn: [BUCKET] },
      { keys: ['s3:VersionId'], notKeys: ['s3:prefix'] }),
    fact('s3:PutObject',
      { on: [OBJECT], notOn: [BUCKET, '*'] },
      { keys: ['s3:x-amz-server-side-encryption', 's3:x-amz-acl'], notKeys: ['s3:prefix', 's3:VersionId'] }),
    fact('s3:DeleteObject',
      { on: [OBJECT], notOn: [BUCKET] },
      { keys: ['s3:ResourceAccount'], notKeys: ['s3:prefix', 's3:x-amz-acl'] }),
    fact('s3:ListBucket',
      { on: [BUCKET], notOn: [OBJECT, '*'] },
      { keys: ['s3:prefix', 's3:delimiter', 's3:max-keys'], notKeys: ['s3:x-amz-acl', 's3:VersionId'] }),
    fact('s3:GetBucketLocation',
      { on: [BUCKET], notOn: [OBJECT] },
      { keys: ['s3:ResourceAccount'], notKeys: ['s3:prefix'] }),
    fact('s3:PutBucketPolicy',
      { on: [BUCKET], notOn: [OBJECT] },
      { keys: ['s3:ResourceAccount'], notKeys: ['s3:prefix', 's3:x-amz-acl'] }),
    fact('s3:ListBucketMultipartUploads',
      { on: [BUCKET], notOn: [OBJECT] },
      { keys: ['s3:ResourceAccount'], notKeys: ['s3:VersionId'] }),
    fact('s3:ListMultipartUploadParts',
      { on: [OBJECT], notOn: [BUCKET] },
      { keys: ['s3:ResourceAccount'], notKeys: ['s3:prefix'] }),
    fact('s3:PutObjectTagging',
      { on: [OBJECT], notOn: [BUCKET] },
      { keys: ['s3:ExistingObjectTag/team', 's3:RequestObjectTag/team'], notKeys: ['s3:prefix'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonsqs.html`, [
    fact('sqs:SendMessage',
      { on: [QUEUE], notOn: [TOPIC, '*'] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
    fact('sqs:CreateQueue',
      { on: [QUEUE], notOn: [TOPIC] },
      { keys: TAGS_IN_REQUEST, notKeys: ['sns:Protocol'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonsns.html`, [
    fact('sns:Subscribe',
      { on: [TOPIC], notOn: [QUEUE] },
      { keys: ['sns:Protocol', 'sns:Endpoint'], notKeys: TAGS_IN_REQUEST }),
    fact('sns:GetTopicAttributes',
      { on: [TOPIC], notOn: [QUEUE] },
      { keys: [TAG], notKeys: ['sns:Protocol', 'sns:Endpoint'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awskeymanagementservice.html`, [
    fact('kms:Decrypt',
      { on: [KEY], notOn: [ALIAS, '*'] },
      {
        keys: ['kms:ViaService', 'kms:EncryptionContext:app', 'kms:CallerAccount'],
        notKeys: ['kms:GranteePrincipal', 'kms:SigningAlgorithm'],
      }),
    fact('kms:GenerateDataKey',
      { on: [KEY], notOn: [ALIAS] },
      { keys: ['kms:EncryptionContextKeys', 'kms:ViaService'], notKeys: ['kms:SigningAlgorithm'] }),
    fact('kms:Sign',
      { on: [KEY], notOn: [ALIAS] },
      { keys: ['kms:SigningAlgorithm', 'kms:MessageType'], notKeys: ['kms:EncryptionContextKeys'] }),
    fact('kms:CreateGrant',
      { on: [KEY], notOn: [ALIAS, '*'] },
      {
        keys: ['kms:GranteePrincipal', 'kms:GrantIsForAWSResource', 'kms:GrantOperations'],
        notKeys: ['kms:SigningAlgorithm'],
      }),
    fact('kms:CreateAlias',
      { on: [ALIAS, KEY], notOn: [SECRET] },
      { keys: ['kms:ViaService'], notKeys: ['kms:EncryptionContextKeys', 'kms:GranteePrincipal'] }),
    fact('kms:ListAliases',
      { on: ['*'], notOn: [ALIAS, KEY] },
      { keys: [], notKeys: ['kms:EncryptionContextKeys'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awssecretsmanager.html`, [
    fact('secretsmanager:GetSecretValue',
      { on: [SECRET], notOn: [KEY, '*'] },
      {
        keys: ['secretsmanager:VersionStage', 'secretsmanager:VersionId'],
        notKeys: ['secretsmanager:RecoveryWindowInDays'],
      }),
    fact('secretsmanager:DeleteSecret',
      { on: [SECRET], notOn: [KEY] },
      {
        keys: ['secretsmanager:RecoveryWindowInDays', 'secretsmanager:ForceDeleteWithoutRecovery'],
        notKeys: ['secretsmanager:VersionStage'],
      }),
    fact('secretsmanager:CreateSecret',
      { on: [SECRET], notOn: [KEY] },
      { keys: ['secretsmanager:Name', ...TAGS_IN_REQUEST], notKeys: ['secretsmanager:VersionStage'] }),
    fact('secretsmanager:GetRandomPassword',
      { on: ['*'], notOn: [SECRET] },
      { keys: [], notKeys: ['secretsmanager:VersionStage', TAG] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awssystemsmanager.html`, [
    fact('ssm:GetParameter',
      { on: [PARAMETER], notOn: [DOCUMENT, '*'] },
      { keys: [TAG], notKeys: ['ssm:Overwrite', ...TAGS_IN_REQUEST] }),
    fact('ssm:GetParametersByPath',
      { on: [PARAMETER], notOn: [DOCUMENT] },
      { keys: ['ssm:Recursive'], notKeys: ['ssm:Overwrite'] }),
    fact('ssm:PutParameter',
      { on: [PARAMETER], notOn: [DOCUMENT] },
      { keys: ['ssm:Overwrite', 'ssm:Policies'], notKeys: ['ssm:Recursive'] }),
    fact('ssm:SendCommand',
      { on: [DOCUMENT, INSTANCE], notOn: [PARAMETER] },
      { keys: ['ssm:resourceTag/team'], notKeys: ['ssm:Overwrite', 'ssm:Recursive'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awslambda.html`, [
    fact('lambda:InvokeFunction',
      { on: [FUNCTION, `${FUNCTION}:live`], notOn: [LAYER_VERSION, MAPPING, '*'] },
      { keys: [TAG], notKeys: ['lambda:Layer', 'lambda:Principal'] }),
    fact('lambda:AddPermission',
      { on: [FUNCTION, `${FUNCTION}:live`], notOn: [LAYER_VERSION] },
      { keys: ['lambda:Principal', 'lambda:FunctionUrlAuthType'], notKeys: ['lambda:Layer', 'lambda:VpcIds'] }),
    fact('lambda:UpdateFunctionConfiguration',
      { on: [FUNCTION], notOn: [LAYER_VERSION, MAPPING] },
      { keys: ['lambda:Layer', 'lambda:VpcIds', 'lambda:SubnetIds'], notKeys: ['lambda:Principal'] }),
    fact('lambda:GetLayerVersion',
      { on: [LAYER_VERSION], notOn: [FUNCTION, MAPPING] },
      { keys: [], notKeys: ['lambda:Layer', TAG] }),
    fact('lambda:DeleteEventSourceMapping',
      { on: [MAPPING], notOn: [FUNCTION, LAYER_VERSION] },
      { keys: ['lambda:FunctionArn'], notKeys: ['lambda:Layer', 'lambda:Principal'] }),
    fact('lambda:ListFunctions',
      { on: ['*'], notOn: [FUNCTION] },
      { keys: [], notKeys: ['lambda:Layer', TAG] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awsidentityandaccessmanagementiam.html`, [
    fact('iam:PassRole',
      { on: [ROLE], notOn: [USER, POLICY, PROFILE, '*'] },
      {
        keys: ['iam:PassedToService', 'iam:AssociatedResourceArn'],
        notKeys: ['iam:PermissionsBoundary', 'iam:PolicyARN'],
      }),
    fact('iam:CreateRole',
      { on: [ROLE], notOn: [USER, POLICY] },
      { keys: ['iam:PermissionsBoundary', ...TAGS_IN_REQUEST], notKeys: ['iam:PassedToService', 'iam:PolicyARN'] }),
    fact('iam:AttachRolePolicy',
      { on: [ROLE], notOn: [POLICY, USER] },
      { keys: ['iam:PolicyARN', 'iam:PermissionsBoundary'], notKeys: ['iam:PassedToService'] }),
    fact('iam:GetPolicy',
      { on: [POLICY], notOn: [ROLE, USER] },
      { keys: [], notKeys: ['iam:PassedToService', 'iam:PolicyARN'] }),
    fact('iam:CreateServiceLinkedRole',
      {
        on: ['arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS'],
        notOn: [POLICY, USER],
      },
      { keys: ['iam:AWSServiceName'], notKeys: ['iam:PassedToService'] }),
    fact('iam:AddRoleToInstanceProfile',
      { on: [PROFILE], notOn: [POLICY, USER] },
      { keys: [], notKeys: ['iam:PassedToService', 'iam:PermissionsBoundary'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awssecuritytokenservice.html`, [
    fact('sts:AssumeRole',
      { on: [ROLE], notOn: [POLICY, '*'] },
      { keys: ['sts:ExternalId', 'sts:RoleSessionName', 'aws:TagKeys'], notKeys: ['iam:PassedToService'] }),
    fact('sts:GetCallerIdentity',
      { on: ['*'], notOn: [ROLE, USER] },
      { keys: [], notKeys: ['sts:ExternalId', 'sts:RoleSessionName'] }),
    fact('sts:GetFederationToken',
      { on: ['arn:aws:sts::111122223333:federated-user/jane'], notOn: [ROLE] },
      { keys: TAGS_IN_REQUEST, notKeys: ['sts:ExternalId'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonec2.html`, [
    fact('ec2:RunInstances',
      { on: [INSTANCE, SUBNET, IMAGE, VOLUME], notOn: [arn('ec2', 'vpc/vpc-0123456789abcdef0')] },
      { keys: ['ec2:InstanceType', 'aws:RequestTag/team'], notKeys: ['ec2:CreateAction'] }),
    fact('ec2:TerminateInstances',
      { on: [INSTANCE], notOn: [VOLUME, SUBNET, '*'] },
      { keys: ['ec2:ResourceTag/team', TAG], notKeys: ['ec2:CreateAction', 'ec2:Subnet'] }),
    fact('ec2:CreateTags',
      { on: [INSTANCE, VOLUME], notOn: [REPOSITORY] },
      { keys: ['ec2:CreateAction', ...TAGS_IN_REQUEST], notKeys: ['s3:prefix'] }),
    fact('ec2:DescribeInstances',
      { on: ['*'], notOn: [INSTANCE] },
      { keys: ['ec2:Region'], notKeys: [TAG, 'ec2:ResourceTag/team', 'ec2:InstanceType'] }),
    fact('ec2:AttachVolume',
      { on: [INSTANCE, VOLUME], notOn: [SUBNET, SNAPSHOT] },
      { keys: ['ec2:ResourceTag/team'], notKeys: ['ec2:CreateAction'] }),
    fact('ec2:DeleteSnapshot',
      { on: [SNAPSHOT], notOn: [VOLUME, INSTANCE] },
      { keys: ['ec2:ResourceTag/team'], notKeys: ['ec2:CreateAction'] }),
    fact('ec2:CreateSnapshot',
      { on: [SNAPSHOT, VOLUME], notOn: [INSTANCE] },
      { keys: TAGS_IN_REQUEST, notKeys: ['ec2:InstanceType', 'ec2:CreateAction'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonelasticcontainerregistry.html`, [
    fact('ecr:BatchGetImage',
      { on: [REPOSITORY], notOn: ['*', ECS_CLUSTER] },
      { keys: ['ecr:ResourceTag/team', TAG], notKeys: TAGS_IN_REQUEST }),
    fact('ecr:GetAuthorizationToken',
      { on: ['*'], notOn: [REPOSITORY] },
      { keys: [], notKeys: [TAG, 'ecr:ResourceTag/team'] }),
    fact('ecr:CreateRepository',
      { on: [REPOSITORY], notOn: [ECS_CLUSTER] },
      { keys: TAGS_IN_REQUEST, notKeys: ['ecs:cluster'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonelasticcontainerservice.html`, [
    fact('ecs:RunTask',
      { on: [TASK_DEFINITION], notOn: [ECS_CLUSTER, TASK] },
      { keys: ['ecs:cluster', ...TAGS_IN_REQUEST], notKeys: ['ecs:container-name'] }),
    fact('ecs:StopTask',
      { on: [TASK], notOn: [TASK_DEFINITION] },
      { keys: ['ecs:cluster'], notKeys: ['ecs:container-name', ...TAGS_IN_REQUEST] }),
    fact('ecs:ExecuteCommand',
      { on: [TASK, ECS_CLUSTER], notOn: [TASK_DEFINITION] },
      { keys: ['ecs:container-name', 'ecs:cluster'], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonelastickubernetesservice.html`, [
    fact('eks:DescribeCluster',
      { on: [EKS_CLUSTER], notOn: [NODEGROUP, ASSOCIATION] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
    fact('eks:DescribeNodegroup',
      { on: [NODEGROUP], notOn: [EKS_CLUSTER, ASSOCIATION] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
    fact('eks:CreatePodIdentityAssociation',
      { on: [EKS_CLUSTER], notOn: [ASSOCIATION, NODEGROUP] },
      { keys: TAGS_IN_REQUEST, notKeys: ['eks:policyArn', 'eks:namespaces'] }),
    fact('eks:DeletePodIdentityAssociation',
      { on: [ASSOCIATION], notOn: [EKS_CLUSTER, NODEGROUP] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonkinesisdatastreams.html`, [
    fact('kinesis:PutRecord',
      { on: [DATA_STREAM], notOn: [CONSUMER] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
    fact('kinesis:SubscribeToShard',
      { on: [CONSUMER], notOn: [QUEUE] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonkinesisfirehose.html`, [
    fact('firehose:PutRecordBatch',
      { on: [arn('firehose', 'deliverystream/clicks')], notOn: [DATA_STREAM, '*'] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_awsstepfunctions.html`, [
    fact('states:StartExecution',
      { on: [STATE_MACHINE], notOn: [EXECUTION, '*'] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
    fact('states:DescribeExecution',
      { on: [EXECUTION], notOn: [STATE_MACHINE] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazoneventbridge.html`, [
    fact('events:PutEvents',
      { on: [EVENT_BUS], notOn: [RULE, '*'] },
      { keys: ['events:source', 'events:detail-type'], notKeys: ['events:creatorAccount', ...TAGS_IN_REQUEST] }),
    fact('events:PutRule',
      { on: [RULE], notOn: [QUEUE] },
      { keys: ['events:creatorAccount', ...TAGS_IN_REQUEST], notKeys: ['events:TargetArn'] }),
    fact('events:PutTargets',
      { on: [RULE], notOn: [QUEUE] },
      { keys: ['events:TargetArn', 'events:creatorAccount'], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf('https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html', [
    fact('logs:PutLogEvents',
      { on: [LOG_STREAM], notOn: [arn('logs', 'destination:archive'), '*'] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
    fact('logs:CreateLogStream',
      { on: [LOG_STREAM], notOn: [arn('logs', 'destination:archive'), '*'] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
    fact('logs:TagResource',
      { on: [LOG_GROUP], notOn: [ALARM, '*'] },
      { keys: TAGS_IN_REQUEST, notKeys: ['cloudwatch:namespace'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazoncloudwatch.html`, [
    fact('cloudwatch:PutMetricData',
      { on: ['*'], notOn: [ALARM] },
      { keys: ['cloudwatch:namespace'], notKeys: ['cloudwatch:AlarmActions'] }),
    fact('cloudwatch:PutMetricAlarm',
      { on: [ALARM], notOn: [LOG_GROUP] },
      { keys: ['cloudwatch:AlarmActions'], notKeys: ['cloudwatch:namespace'] }),
    fact('cloudwatch:GetMetricStatistics',
      { on: ['*'], notOn: [ALARM] },
      { keys: [], notKeys: ['cloudwatch:namespace', 'cloudwatch:AlarmActions'] }),
  ]),
  ...factsOf(`${API_GATEWAY}/api-gateway-control-access-using-iam-policies-to-invoke-api.html`, [
    fact('execute-api:Invoke',
      {
        on: [arn('execute-api', 'a1b2c3d4e5/prod/GET/orders')],
        notOn: ['arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5', '*'],
      },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonathena.html`, [
    fact('athena:StartQueryExecution',
      { on: [arn('athena', 'workgroup/analysts')], notOn: [arn('athena', 'datacatalog/sales'), '*'] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_awsglue.html`, [
    fact('glue:GetTable',
      {
        on: [arn('glue', 'catalog'), arn('glue', 'database/sales'), GLUE_TABLE],
        notOn: [arn('glue', 'job/nightly'), '*'],
      },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
    fact('glue:StartJobRun',
      { on: [arn('glue', 'job/nightly')], notOn: [GLUE_TABLE, '*'] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonrds.html`, [
    fact('rds:StartDBInstance',
      { on: [DATABASE], notOn: [DB_CLUSTER, arn('rds', 'subgrp:private')] },
      { keys: ['rds:db-tag/team', TAG], notKeys: TAGS_IN_REQUEST }),
    fact('rds:StartDBCluster',
      { on: [DB_CLUSTER], notOn: [DATABASE, arn('rds', 'subgrp:private')] },
      { keys: ['rds:cluster-tag/team', TAG], notKeys: ['rds:db-tag/team', ...TAGS_IN_REQUEST] }),
  ]),
  ...factsOf('https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html', [
    fact('rds-db:connect',
      { on: [arn('rds-db', 'dbuser:db-ABCDEFGHIJKL01234/app')], notOn: [DATABASE, DB_CLUSTER] },
      { keys: [], notKeys: ['rds:db-tag/team', ...TAGS_IN_REQUEST] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonelasticache.html`, [
    fact('elasticache:Connect',
      {
        on: [arn('elasticache', 'replicationgroup:sessions'), arn('elasticache', 'user:app')],
        notOn: [arn('elasticache', 'subnetgroup:private')],
      },
      { keys: [TAG], notKeys: ['ec2:InstanceType'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazoncognitouserpools.html`, [
    fact('cognito-idp:AdminGetUser',
      {
        on: [arn('cognito-idp', 'userpool/eu-west-1_AbCdEfGhI')],
        notOn: [arn('cognito-identity', `identitypool/eu-west-1:${UUID}`), '*'],
      },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonses.html`, [
    fact('ses:SendRawEmail',
      { on: [arn('ses', 'identity/example.com')], notOn: [TOPIC] },
      { keys: ['ses:FromAddress', 'ses:Recipients'], notKeys: ['sns:Protocol', ...TAGS_IN_REQUEST] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonbedrock.html`, [
    fact('bedrock:InvokeModel',
      { on: [MODEL, arn('bedrock', 'provisioned-model/abcdef123456')], notOn: [KNOWLEDGE_BASE, '*'] },
      { keys: ['bedrock:GuardrailIdentifier', 'bedrock:InferenceProfileArn'], notKeys: ['sagemaker:TargetModel'] }),
    fact('bedrock:Retrieve',
      { on: [KNOWLEDGE_BASE], notOn: [MODEL, '*'] },
      { keys: [TAG], notKeys: ['bedrock:InferenceProfileArn', ...TAGS_IN_REQUEST] }),
  ]),
  ...factsOf('https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html', [
    fact('bedrock:InvokeModel',
      { on: [GLOBAL_MODEL], notOn: ['arn:aws:bedrock:::knowledge-base/ABCDE12345'] },
      { keys: ['bedrock:InferenceProfileArn'], notKeys: ['sagemaker:TargetModel'] }),
    fact('bedrock:InvokeModelWithResponseStream',
      { on: [GLOBAL_MODEL], notOn: ['arn:aws:bedrock:::knowledge-base/ABCDE12345'] },
      { keys: ['bedrock:InferenceProfileArn'], notKeys: ['sagemaker:TargetModel'] }),
  ]),
  ...factsOf('https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-related-resources-reference.html', [
    fact('redshift:CreateClusterSecurityGroup',
      { on: [arn('redshift', 'securitygroup:reports')], notOn: [arn('redshift', 'cluster:reports')] },
      { keys: TAGS_IN_REQUEST, notKeys: ['redshift:DbName'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonsagemaker.html`, [
    fact('sagemaker:InvokeEndpoint',
      { on: [arn('sagemaker', 'endpoint/churn')], notOn: [arn('sagemaker', 'model/churn'), '*'] },
      { keys: ['sagemaker:TargetModel'], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonroute53.html`, [
    fact('route53:ChangeResourceRecordSets',
      { on: [ZONE], notOn: [HEALTH_CHECK, '*'] },
      {
        keys: ['route53:ChangeResourceRecordSetsNormalizedRecordNames', 'route53:ChangeResourceRecordSetsActions'],
        notKeys: TAGS_IN_REQUEST,
      }),
    fact('route53:ListResourceRecordSets',
      { on: [ZONE], notOn: [HEALTH_CHECK] },
      { keys: [], notKeys: ['route53:ChangeResourceRecordSetsActions'] }),
    fact('route53:GetChange',
      { on: ['arn:aws:route53:::change/C0123456789ABCDEFGHIJ'], notOn: [ZONE, HEALTH_CHECK] },
      { keys: [], notKeys: ['route53:ChangeResourceRecordSetsActions'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awscertificatemanager.html`, [
    fact('acm:DescribeCertificate',
      { on: [arn('acm', `certificate/${UUID}`)], notOn: [KEY] },
      { keys: [TAG], notKeys: ['acm:DomainNames', ...TAGS_IN_REQUEST] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awselasticloadbalancingv2.html`, [
    fact('elasticloadbalancing:RegisterTargets',
      { on: [TARGET_GROUP], notOn: [LOAD_BALANCER, LISTENER] },
      { keys: ['elasticloadbalancing:ResourceTag/team', TAG], notKeys: TAGS_IN_REQUEST }),
    fact('elasticloadbalancing:CreateListener',
      { on: [LOAD_BALANCER], notOn: [LISTENER, TARGET_GROUP] },
      {
        keys: ['elasticloadbalancing:ListenerProtocol', ...TAGS_IN_REQUEST],
        notKeys: ['elasticloadbalancing:Scheme'],
      }),
    fact('elasticloadbalancing:DeleteListener',
      { on: [LISTENER], notOn: [LOAD_BALANCER, TARGET_GROUP] },
      { keys: [TAG], notKeys: ['elasticloadbalancing:ListenerProtocol', ...TAGS_IN_REQUEST] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonec2autoscaling.html`, [
    fact('autoscaling:SetDesiredCapacity',
      { on: [SCALING_GROUP], notOn: [INSTANCE, '*'] },
      { keys: ['autoscaling:ResourceTag/team', TAG], notKeys: ['autoscaling:MaxSize', ...TAGS_IN_REQUEST] }),
    fact('autoscaling:UpdateAutoScalingGroup',
      { on: [SCALING_GROUP], notOn: [INSTANCE] },
      { keys: ['autoscaling:MaxSize', 'autoscaling:MinSize'], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazoncloudfront.html`, [
    fact('cloudfront:CreateInvalidation',
      {
        on: ['arn:aws:cloudfront::111122223333:distribution/E1234567890ABC'],
        notOn: ['arn:aws:cloudfront::111122223333:function/rewrite', '*'],
      },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonelasticfilesystem.html`, [
    fact('elasticfilesystem:ClientMount',
      { on: [FILE_SYSTEM], notOn: [ACCESS_POINT] },
      {
        keys: ['elasticfilesystem:AccessPointArn', 'elasticfilesystem:AccessedViaMountTarget'],
        notKeys: ['elasticfilesystem:CreateAction', ...TAGS_IN_REQUEST],
      }),
    fact('elasticfilesystem:DeleteAccessPoint',
      { on: [ACCESS_POINT], notOn: [FILE_SYSTEM] },
      { keys: [TAG], notKeys: ['elasticfilesystem:CreateAction', ...TAGS_IN_REQUEST] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awscloudformation.html`, [
    fact('cloudformation:CreateChangeSet',
      { on: [STACK], notOn: [QUEUE] },
      { keys: ['cloudformation:ChangeSetName', 'cloudformation:ResourceTypes'], notKeys: ['cloudformation:TypeArn'] }),
    fact('cloudformation:DeleteStack',
      { on: [STACK], notOn: [QUEUE] },
      { keys: ['cloudformation:RoleArn'], notKeys: ['cloudformation:ChangeSetName', 'cloudformation:TemplateUrl'] }),
  ]),
  ...factsOf(`${REFERENCE}/list_awsx-ray.html`, [
    fact('xray:PutTraceSegments',
      { on: ['*'], notOn: [arn('xray', 'group/checkout/ABCDEFGHIJKLMNOP')] },
      { keys: [], notKeys: [TAG, ...TAGS_IN_REQUEST] }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazonopensearchservice.html`, [
    fact('es:ESHttpGet',
      { on: [arn('es', 'domain/search/_cat/indices')], notOn: [QUEUE] },
      { keys: [TAG], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf('https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html', [
    fact('kafka-cluster:Connect',
      { on: [MSK_CLUSTER], notOn: [MSK_TOPIC, MSK_GROUP] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
    fact('kafka-cluster:ReadData',
      { on: [MSK_TOPIC], notOn: [MSK_CLUSTER, MSK_GROUP] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
    fact('kafka-cluster:AlterGroup',
      { on: [MSK_GROUP], notOn: [MSK_CLUSTER, MSK_TOPIC] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf('https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-actions.html', [
    fact('iot:Publish',
      {
        on: [arn('iot', 'topic/sensors/1')],
        notOn: [arn('iot', 'topicfilter/sensors/1'), arn('iot', 'client/device-1')],
      },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
    fact('iot:Subscribe',
      {
        on: [arn('iot', 'topicfilter/sensors/#')],
        notOn: [arn('iot', 'topic/sensors/1'), arn('iot', 'client/device-1')],
      },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
    fact('iot:Connect',
      { on: [arn('iot', 'client/device-1')], notOn: [arn('iot', 'topic/sensors/1')] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_amazoneventbridgescheduler.html`, [
    fact('scheduler:GetSchedule',
      { on: [arn('scheduler', 'schedule/default/nightly')], notOn: [arn('scheduler', 'schedule-group/default')] },
      { keys: [], notKeys: TAGS_IN_REQUEST }),
  ]),
  ...factsOf(`${REFERENCE}/list_awspricelist.html`, [
    fact('pricing:GetProducts',
      { on: ['*'], notOn: [QUEUE] },
      { keys: [], notKeys: [TAG, ...TAGS_IN_REQUEST] }),
  ]),
];
