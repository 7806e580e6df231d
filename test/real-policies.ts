import { allow } from './rules/app';

/** Real policies of roles, and what users write as session policies on them. */
export interface RealPolicy {
  /** A file of the corpora, or a policy that AWS maintains. */
  readonly policy: { readonly file: string } | { readonly managed: string };
  /** @default us-east-1 */
  readonly region?: string;
  readonly narrows: Session;
  readonly exceeds: Session & { readonly review: string };
}

interface Session {
  /** What the session may do, in a few words. */
  readonly words: string;
  readonly statements: readonly unknown[];
}

const ACCOUNT = '111122223333';
const here = (service: string, resource: string, region = 'us-east-1', partition = 'aws') =>
  `arn:${partition}:${service}:${region}:${ACCOUNT}:${resource}`;
const tagged = (key: string, value: string) => ({ StringEquals: { [`aws:ResourceTag/${key}`]: value } });

const CLUSTER = 'elbv2.k8s.aws/cluster';
const OWNED = { StringEquals: { [`aws:ResourceTag/${CLUSTER}`]: 'prod' } };

/** The controller's load balancers of one cluster, in one region. */
function loadBalancers(file: string, region: string, partition: string, exceeds: RealPolicy['exceeds']): RealPolicy {
  return {
    policy: { file },
    region,
    narrows: {
      words: 'the load balancers of one cluster and region',
      statements: [
        allow([
          'ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups',
          'elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeTags',
        ], '*'),
        allow('elasticloadbalancing:CreateLoadBalancer',
          here('elasticloadbalancing', 'loadbalancer/*', region, partition),
          { StringEquals: { [`aws:RequestTag/${CLUSTER}`]: 'prod' } }),
        allow(['elasticloadbalancing:ModifyLoadBalancerAttributes', 'elasticloadbalancing:DeleteLoadBalancer'],
          here('elasticloadbalancing', 'loadbalancer/*', region, partition), OWNED),
        allow(['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
          here('elasticloadbalancing', 'targetgroup/prod-*/*', region, partition)),
        allow('ec2:CreateTags', here('ec2', 'security-group/*', region, partition),
          { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', [`aws:RequestTag/${CLUSTER}`]: 'prod' } }),
      ],
    },
    exceeds,
  };
}

export const REAL_POLICIES: readonly RealPolicy[] = [
  loadBalancers('aws-load-balancer-controller.json', 'us-east-1', 'aws', {
    words: 'deletes load balancers, without the tag of the cluster',
    statements: [allow('elasticloadbalancing:DeleteLoadBalancer', here('elasticloadbalancing', 'loadbalancer/*'))],
    review: 'Right: the role deletes only what has the tag of a cluster',
  }),
  loadBalancers('aws-load-balancer-controller.cn.json', 'cn-north-1', 'aws-cn', {
    words: 'written for the partition aws',
    statements: [allow('elasticloadbalancing:RegisterTargets', here('elasticloadbalancing', 'targetgroup/prod-*/*'))],
    review: 'Right: nothing of China has such an ARN',
  }),
  loadBalancers('aws-load-balancer-controller.us-gov.json', 'us-gov-west-1', 'aws-us-gov', {
    words: 'tags security groups, whatever they are created by',
    statements: [allow(
      'ec2:CreateTags', here('ec2', 'security-group/*', 'us-gov-west-1', 'aws-us-gov'),
      { StringEquals: { [`aws:RequestTag/${CLUSTER}`]: 'prod' } },
    )],
    review: 'Right: an existing group that is not the controller\'s is not tagged by it',
  }),
  {
    policy: { file: 'ebs-csi-driver.json' },
    narrows: {
      words: 'volumes of one region, of the driver\'s own tag',
      statements: [
        allow(['ec2:DescribeVolumes', 'ec2:DescribeInstances', 'ec2:DescribeAvailabilityZones'], '*'),
        allow(['ec2:AttachVolume', 'ec2:DetachVolume'], [here('ec2', 'volume/*'), here('ec2', 'instance/*')]),
        allow('ec2:CreateVolume',
          here('ec2', 'volume/*'), { StringEquals: { 'aws:RequestTag/ebs.csi.aws.com/cluster': 'true' } }),
        allow('ec2:DeleteVolume',
          here('ec2', 'volume/*'), { StringEquals: { 'ec2:ResourceTag/ebs.csi.aws.com/cluster': 'true' } }),
      ],
    },
    exceeds: {
      words: 'deletes volumes by another tag',
      statements: [allow('ec2:DeleteVolume', here('ec2', 'volume/*'), tagged('team', 'orders'))],
      review: 'Right: the role asks for a tag of the driver',
    },
  },
  {
    policy: { file: 'efs-csi-driver.json' },
    narrows: {
      words: 'access points of one file system',
      statements: [
        allow(['elasticfilesystem:DescribeAccessPoints', 'elasticfilesystem:DescribeFileSystems'],
          here('elasticfilesystem', 'file-system/fs-0123456789abcdef0')),
        allow('elasticfilesystem:CreateAccessPoint', here('elasticfilesystem', 'file-system/fs-0123456789abcdef0'),
          { StringEquals: { 'aws:RequestTag/efs.csi.aws.com/cluster': 'true' } }),
        allow('elasticfilesystem:DeleteAccessPoint',
          here('elasticfilesystem', 'access-point/*'), tagged('efs.csi.aws.com/cluster', 'true')),
      ],
    },
    exceeds: {
      words: 'deletes access points, without the condition',
      statements: [
        allow('elasticfilesystem:DescribeFileSystems', '*'),
        allow('elasticfilesystem:DeleteAccessPoint', here('elasticfilesystem', 'access-point/*')),
      ],
      review: 'Right: the role asks for the tag',
    },
  },
  {
    policy: { managed: 'AmazonEKS_CNI_Policy' },
    narrows: {
      words: 'network interfaces of one region',
      statements: [
        allow(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], '*'),
        allow(['ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'], here('ec2', 'network-interface/*')),
        allow('ec2:CreateTags', here('ec2', 'network-interface/*')),
      ],
    },
    exceeds: {
      words: 'IPv6 addresses too',
      statements: [
        allow(['ec2:AssignPrivateIpAddresses', 'ec2:AssignIpv6Addresses'], here('ec2', 'network-interface/*')),
      ],
      review: 'Right: AWS documents a policy of its own for IPv6',
    },
  },
  {
    policy: { managed: 'service-role/AmazonEBSCSIDriverPolicy' },
    narrows: {
      words: 'deletes what has the tag of the cluster',
      statements: [
        allow('ec2:DeleteVolume',
          here('ec2', 'volume/*'), { StringEquals: { 'ec2:ResourceTag/ebs.csi.aws.com/cluster': 'true' } }),
        allow('ec2:CreateTags',
          [here('ec2', 'volume/*'), here('ec2', 'snapshot/*')],
          { StringEquals: { 'ec2:CreateAction': 'CreateVolume' } }),
      ],
    },
    exceeds: {
      words: 'tags volumes at any time',
      statements: [allow('ec2:DescribeVolumes', '*'), allow('ec2:CreateTags', here('ec2', 'volume/*'))],
      review: 'Right: the role tags only what it creates',
    },
  },
  {
    policy: { managed: 'service-role/AmazonEFSCSIDriverPolicy' },
    narrows: {
      words: 'creates access points with the tag alone',
      statements: [allow('elasticfilesystem:CreateAccessPoint', here(
        'elasticfilesystem', 'file-system/fs-0123456789abcdef0',
      ), {
        'Null': { 'aws:RequestTag/efs.csi.aws.com/cluster': 'false' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': 'efs.csi.aws.com/cluster' },
      })],
    },
    exceeds: {
      words: 'creates access points with any tags',
      statements: [
        allow('elasticfilesystem:CreateAccessPoint', here('elasticfilesystem', 'file-system/fs-0123456789abcdef0')),
      ],
      review: 'Right: the role asks for the tag',
    },
  },
  {
    policy: { managed: 'CloudWatchAgentServerPolicy' },
    narrows: {
      words: 'metrics of one namespace, logs of one application',
      statements: [
        allow('cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': 'Orders' } }),
        allow(['logs:CreateLogStream', 'logs:PutLogEvents'], here('logs', 'log-group:/pods/orders:*')),
        allow('ssm:GetParameter', here('ssm', 'parameter/AmazonCloudWatch-orders')),
      ],
    },
    exceeds: {
      words: 'a parameter of its own',
      statements: [
        allow('logs:PutLogEvents', here('logs', 'log-group:/pods/orders:*')),
        allow('ssm:GetParameter', here('ssm', 'parameter/orders/agent')),
      ],
      review: 'Right: the role reads only AmazonCloudWatch-…',
    },
  },
  {
    policy: { managed: 'AWSXRayDaemonWriteAccess' },
    narrows: {
      words: 'segments only', statements: [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')],
    },
    exceeds: {
      words: 'reads traces too',
      statements: [allow(['xray:PutTraceSegments', 'xray:GetTraceSummaries'], '*')],
      review: 'Right: the role only writes',
    },
  },
  {
    policy: { managed: 'AmazonPrometheusRemoteWriteAccess' },
    narrows: { words: 'one workspace', statements: [allow('aps:RemoteWrite', here('aps', 'workspace/ws-0123'))] },
    exceeds: {
      words: 'queries too',
      statements: [allow(['aps:RemoteWrite', 'aps:QueryMetrics'], here('aps', 'workspace/ws-0123'))],
      review: 'Right: the role only writes',
    },
  },
  {
    policy: { managed: 'AmazonPrometheusQueryAccess' },
    narrows: {
      words: 'metrics of one workspace',
      statements: [allow(['aps:QueryMetrics', 'aps:GetLabels'], here('aps', 'workspace/ws-0123'))],
    },
    exceeds: {
      words: 'all of `aps:Query*`, `aps:Get*` and `aps:List*`',
      statements: [allow(['aps:Query*', 'aps:Get*', 'aps:List*'], here('aps', 'workspace/*'))],
      review: 'Right: of `aps:Get*` the role has three',
    },
  },
  {
    policy: { managed: 'AmazonS3ReadOnlyAccess' },
    narrows: {
      words: 'objects of one tenant',
      statements: [
        allow('s3:GetObject', 'arn:aws:s3:::data/tenant-a/*'),
        allow('s3:ListBucket', 'arn:aws:s3:::data', { StringLike: { 's3:prefix': 'tenant-a/*' } }),
      ],
    },
    exceeds: {
      words: 'writes objects of one tenant',
      statements: [allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::data/tenant-a/*')],
      review: 'Right: the role only reads',
    },
  },
  {
    policy: { managed: 'AmazonDynamoDBFullAccess_v2' },
    narrows: {
      words: 'items of one tenant',
      statements: [allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'], here('dynamodb', 'table/orders'),
        { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['tenant-a'] } })],
    },
    exceeds: {
      words: 'decrypts with the key of the table',
      statements: [
        allow('dynamodb:*', here('dynamodb', 'table/orders')),
        allow(['kms:Decrypt', 'kms:DescribeKey'], here('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab')),
      ],
      review: 'Right: of KMS the role only describes keys',
    },
  },
  {
    policy: { managed: 'AmazonSQSFullAccess' },
    narrows: {
      words: 'consumes one queue',
      statements: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], here('sqs', 'orders'))],
    },
    exceeds: {
      words: 'and the topic before it',
      statements: [allow('sqs:SendMessage', here('sqs', 'orders')), allow('sns:Publish', here('sns', 'orders'))],
      review: 'Right: the role has queues only',
    },
  },
  {
    policy: { managed: 'AmazonSNSFullAccess' },
    narrows: { words: 'publishes to one topic, not by SMS', statements: [allow('sns:Publish', here('sns', 'orders'))] },
    exceeds: {
      words: 'and delivers to a queue',
      statements: [allow('sns:Publish', here('sns', 'orders')), allow('sqs:SendMessage', here('sqs', 'orders-*'))],
      review: 'Right: the role has topics only',
    },
  },
  {
    policy: { managed: 'SecretsManagerReadWrite' },
    narrows: {
      words: 'current secrets below a path',
      statements: [allow(
        ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        here('secretsmanager', 'secret:prod/orders/*'), tagged('team', 'orders'),
      )],
    },
    exceeds: {
      words: 'another function than those of rotation',
      statements: [
        allow('secretsmanager:GetSecretValue', here('secretsmanager', 'secret:prod/orders/*')),
        allow('lambda:InvokeFunction', here('lambda', 'function:rotate-orders')),
      ],
      review: 'Right: the role invokes SecretsManager… only',
    },
  },
  {
    policy: { managed: 'AmazonBedrockFullAccess' },
    narrows: {
      words: 'one model, with a guardrail',
      statements: [allow(
        ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
        'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
        { StringEquals: { 'bedrock:GuardrailIdentifier': here('bedrock', 'guardrail/abc123') } },
      )],
    },
    exceeds: {
      words: 'and the prompts in a bucket',
      statements: [
        allow('bedrock:InvokeModel', 'arn:aws:bedrock:*::foundation-model/*'),
        allow('s3:GetObject', 'arn:aws:s3:::prompts/*'),
      ],
      review: 'Right: the role has no S3',
    },
  },
  {
    policy: { managed: 'AmazonKeyspacesReadOnlyAccess_v2' },
    narrows: {
      words: 'one keyspace', statements: [allow('cassandra:Select', here('cassandra', '/keyspace/orders/*'))],
    },
    exceeds: {
      words: 'writes too',
      statements: [allow(['cassandra:Select', 'cassandra:Modify'], here('cassandra', '/keyspace/orders/table/*'))],
      review: 'Right: the role only reads',
    },
  },
  {
    policy: { managed: 'AmazonMSKReadOnlyAccess' },
    narrows: {
      words: 'one cluster',
      statements: [allow(['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'], here('kafka', 'cluster/orders/*'))],
    },
    exceeds: {
      words: 'connects and reads',
      statements: [allow('kafka:GetBootstrapBrokers', '*'), allow(
        ['kafka-cluster:Connect', 'kafka-cluster:ReadData'],
        [here('kafka', 'cluster/orders/*'), here('kafka', 'topic/orders/*')],
      )],
      review: 'Right, and easily overlooked: `kafka-cluster` is a service prefix of its own',
    },
  },
  {
    policy: { managed: 'AmazonEC2ContainerRegistryReadOnly' },
    narrows: {
      words: 'pulls one repository',
      statements: [
        allow('ecr:GetAuthorizationToken', '*'),
        allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], here('ecr', 'repository/orders')),
      ],
    },
    exceeds: {
      words: 'pushes to one repository',
      statements: [
        allow('ecr:GetAuthorizationToken', '*'),
        allow(['ecr:BatchGetImage', 'ecr:PutImage'], here('ecr', 'repository/orders')),
      ],
      review: 'Right: the role only reads',
    },
  },
  {
    policy: { managed: 'AmazonSSMReadOnlyAccess' },
    narrows: {
      words: 'parameters below a path',
      statements: [allow(
        ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'], here('ssm', 'parameter/prod/orders/*'),
      )],
    },
    exceeds: {
      words: 'puts parameters below a path',
      statements: [allow('ssm:*Parameter', here('ssm', 'parameter/prod/orders/*'))],
      review: 'Right: the role only reads',
    },
  },
  {
    policy: { managed: 'AmazonKinesisFullAccess' },
    narrows: {
      words: 'reads one stream',
      statements: [allow(
        ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'], here('kinesis', 'stream/orders'),
      )],
    },
    exceeds: {
      words: 'keeps checkpoints in a table, as the client library does',
      statements: [
        allow('kinesis:GetRecords', here('kinesis', 'stream/orders')),
        allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], here('dynamodb', 'table/orders-consumer')),
      ],
      review: 'Right: the role has no tables',
    },
  },
  {
    policy: { managed: 'AmazonRDSDataFullAccess' },
    narrows: {
      words: 'one cluster and its secret',
      statements: [
        allow(['rds-data:ExecuteStatement', 'rds-data:BatchExecuteStatement'], here('rds', 'cluster:orders')),
        allow('secretsmanager:GetSecretValue', here('secretsmanager', 'secret:rds-db-credentials/orders-*')),
      ],
    },
    exceeds: {
      words: 'a secret of another name',
      statements: [
        allow('rds-data:ExecuteStatement', here('rds', 'cluster:orders')),
        allow('secretsmanager:GetSecretValue', here('secretsmanager', 'secret:rds!cluster-*')),
      ],
      review: 'Right, and common: secrets that RDS manages are named `rds!…`',
    },
  },
  {
    policy: { managed: 'AmazonElasticFileSystemClientReadWriteAccess' },
    narrows: {
      words: 'one file system by an access point',
      statements: [allow(
        ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
        here('elasticfilesystem', 'file-system/fs-0123456789abcdef0'),
        {
          StringEquals: {
            'elasticfilesystem:AccessPointArn': here('elasticfilesystem', 'access-point/fsap-0123456789abcdef0'),
          },
        },
      )],
    },
    exceeds: {
      words: 'as root',
      statements: [allow('elasticfilesystem:Client*', here('elasticfilesystem', 'file-system/fs-0123456789abcdef0'))],
      review: 'Right: the role has no `ClientRootAccess`',
    },
  },
  {
    policy: { managed: 'AmazonEventBridgeFullAccess' },
    narrows: {
      words: 'puts events of one source',
      statements: [
        allow('events:PutEvents', here('events', 'event-bus/orders'), { StringEquals: { 'events:source': 'orders' } }),
      ],
    },
    exceeds: {
      words: 'schedules, with a role of its own',
      statements: [
        allow('scheduler:CreateSchedule', here('scheduler', 'schedule/orders/*')),
        allow('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/orders-schedule`),
      ],
      review: 'Right: the role passes roles to other services only',
    },
  },
  {
    policy: { managed: 'CloudWatchLogsFullAccess' },
    narrows: {
      words: 'one log group',
      statements: [allow(
        ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        here('logs', 'log-group:/pods/orders:*'),
      )],
    },
    exceeds: {
      words: 'and metrics',
      statements: [
        allow('logs:PutLogEvents', here('logs', 'log-group:/pods/orders:*')),
        allow('cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': 'Orders' } }),
      ],
      review: 'Right: the role has logs only',
    },
  },
  {
    policy: { managed: 'AmazonRoute53AutoNamingRegistrantAccess' },
    narrows: {
      words: 'records of one zone',
      statements: [allow('route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/Z0123456789', {
        'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'TXT'] },
      })],
    },
    exceeds: {
      words: 'as ExternalDNS does',
      statements: [
        allow('route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/*'),
        allow(['route53:ListHostedZones', 'route53:ListResourceRecordSets'], '*'),
      ],
      review: 'Right: the role lists zones by name only',
    },
  },
];
