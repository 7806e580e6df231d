/**
 * What AWS asks about if the service authorization reference lists an action without a resource type: `*`, or the ARNs that
 * AccessDenied messages name. The reference documents neither.
 *
 * Recorded on 2026-11-29 from AccessDenied messages in public threads and code, and from AWS pages that require `*` for the actions that
 * they name. A message without a resource is not recorded. AWS changed some messages over the years, and either request may still be
 * made: several entries of one action add up.
 */

/** The requests of actions on no resource of a type that a message or a page shows. */
export interface RecordedRequest {
  /** Such as `sqs:ListQueues`, or `ec2:*` for all actions of the service without a resource type. */
  readonly actions: readonly string[];
  /** `*`: the actions are asked about on `*` alone. Otherwise, the forms of the ARNs, in which `${*}` is a literal asterisk. */
  readonly on: '*' | readonly string[];
  /** The page or the thread that shows it. */
  readonly source: string;
}

/** A search of public code for the AccessDenied messages of an action, which name the resource. */
const messagesOf = (action: string) => (
  `https://github.com/search?type=code&q=${encodeURIComponent(`"not authorized to perform: ${action} on resource"`)}`
);

/** A form of ARNs of resources in the caller's region and account. */
const here = (service: string, resource: string) => `arn:\${Partition}:${service}:\${Region}:\${Account}:${resource}`;

/** IAM lists roles, users and the like below a path, which is `/` if the request has none. */
const belowPath = (type: string) => [`arn:\${Partition}:iam::\${Account}:${type}/`, `arn:\${Partition}:iam::\${Account}:${type}/\${Path}/`];

/** The recorded requests, in the order of the prefixes. */
export const RECORDED_REQUESTS: readonly RecordedRequest[] = [
  { actions: ['acm:RequestCertificate'], on: [here('acm', 'certificate/${*}')], source: messagesOf('acm:RequestCertificate') },
  {
    actions: [
      'autoscaling:DescribeAccountLimits', 'autoscaling:DescribeAdjustmentTypes', 'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeAutoScalingInstances', 'autoscaling:DescribeAutoScalingNotificationTypes', 'autoscaling:DescribeInstanceRefreshes',
      'autoscaling:DescribeLaunchConfigurations', 'autoscaling:DescribeLifecycleHooks', 'autoscaling:DescribeLifecycleHookTypes',
      'autoscaling:DescribeLoadBalancers', 'autoscaling:DescribeLoadBalancerTargetGroups', 'autoscaling:DescribeMetricCollectionTypes',
      'autoscaling:DescribeNotificationConfigurations', 'autoscaling:DescribePolicies', 'autoscaling:DescribeScalingActivities',
      'autoscaling:DescribeScalingProcessTypes', 'autoscaling:DescribeScheduledActions', 'autoscaling:DescribeTags',
      'autoscaling:DescribeTerminationPolicyTypes',
    ],
    on: '*',
    source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/control-access-using-iam.html',
  },
  { actions: ['batch:DescribeJobDefinitions'], on: '*', source: messagesOf('batch:DescribeJobDefinitions') },
  { actions: ['cloudformation:DescribeType'], on: ['arn:${Partition}:cloudformation:${Region}::type/${Kind}/${Name}'], source: messagesOf('cloudformation:DescribeType') },
  { actions: ['cloudformation:ListStacks'], on: [here('cloudformation', 'stack/${*}/${*}')], source: messagesOf('cloudformation:ListStacks') },
  { actions: ['cloudfront:CreateDistribution'], on: ['arn:${Partition}:cloudfront::${Account}:distribution/${*}'], source: messagesOf('cloudfront:CreateDistribution') },
  { actions: ['cloudwatch:GetMetricStatistics'], on: '*', source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-access-control-overview-cw.html' },
  { actions: ['cognito-identity:ListIdentityPools'], on: [here('cognito-identity', 'identitypool/')], source: messagesOf('cognito-identity:ListIdentityPools') },
  { actions: ['cognito-idp:CreateUserPool'], on: '*', source: messagesOf('cognito-idp:CreateUserPool') },
  { actions: ['cognito-idp:ListUserPools'], on: '*', source: messagesOf('cognito-idp:ListUserPools') },
  { actions: ['dynamodb:DescribeLimits'], on: '*', source: messagesOf('dynamodb:DescribeLimits') },
  { actions: ['dynamodb:ListTables'], on: '*', source: 'https://github.com/rebuy-de/aws-nuke/issues/265' }, // until about 2020
  { actions: ['dynamodb:ListTables'], on: [here('dynamodb', 'table/${*}')], source: 'https://github.com/AntonShuvaev/intellij-dynamodb/issues/20' },
  { actions: ['ec2:*'], on: '*', source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html' },
  { actions: ['ecr:DescribeRegistry'], on: '*', source: messagesOf('ecr:DescribeRegistry') },
  { actions: ['ecr:GetAuthorizationToken'], on: '*', source: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_service-with-iam.html' },
  { actions: ['ecs:DescribeTaskDefinition'], on: '*', source: messagesOf('ecs:DescribeTaskDefinition') },
  { actions: ['ecs:ListAccountSettings'], on: '*', source: messagesOf('ecs:ListAccountSettings') },
  { actions: ['ecs:ListClusters'], on: '*', source: messagesOf('ecs:ListClusters') },
  { actions: ['eks:CreateCluster'], on: [here('eks', 'cluster/${ClusterName}')], source: messagesOf('eks:CreateCluster') },
  { actions: ['eks:DescribeClusterVersions'], on: [here('eks', '${*}')], source: messagesOf('eks:DescribeClusterVersions') },
  { actions: ['eks:ListClusters'], on: [here('eks', 'cluster/${*}')], source: messagesOf('eks:ListClusters') },
  { actions: ['es:ListDomainNames'], on: [here('es', 'domain/${*}')], source: messagesOf('es:ListDomainNames') },
  { actions: ['events:ListRules'], on: [here('events', 'rule/${*}')], source: 'https://github.com/globaldothealth/list/issues/2539' },
  { actions: ['glue:CreateCrawler'], on: [here('glue', 'crawler/${CrawlerName}')], source: messagesOf('glue:CreateCrawler') },
  { actions: ['iam:CreateAccountAlias'], on: '*', source: messagesOf('iam:CreateAccountAlias') },
  { actions: ['iam:GetAccountAuthorizationDetails'], on: '*', source: messagesOf('iam:GetAccountAuthorizationDetails') },
  { actions: ['iam:GetAccountSummary'], on: '*', source: messagesOf('iam:GetAccountSummary') },
  { actions: ['iam:ListAccountAliases'], on: '*', source: messagesOf('iam:ListAccountAliases') },
  { actions: ['iam:ListGroups'], on: belowPath('group'), source: 'https://github.com/nccgroup/ScoutSuite/issues/727' },
  { actions: ['iam:ListInstanceProfiles'], on: belowPath('instance-profile'), source: messagesOf('iam:ListInstanceProfiles') },
  { actions: ['iam:ListPolicies'], on: '*', source: 'https://github.com/aws/aws-sam-cli/issues/394' }, // on `policy path /`, which no ARN matches
  { actions: ['iam:ListRoles'], on: belowPath('role'), source: messagesOf('iam:ListRoles') },
  { actions: ['iam:ListUsers'], on: belowPath('user'), source: 'https://github.com/nccgroup/ScoutSuite/issues/727' },
  { actions: ['iam:ListVirtualMFADevices'], on: ['arn:${Partition}:iam::${Account}:mfa/'], source: messagesOf('iam:ListVirtualMFADevices') },
  { actions: ['kafka:ListClusters'], on: [here('kafka', '/v1/clusters')], source: messagesOf('kafka:ListClusters') }, // the path of the API
  {
    actions: [
      'kms:ConnectCustomKeyStore', 'kms:CreateCustomKeyStore', 'kms:CreateKey', 'kms:DeleteCustomKeyStore', 'kms:DescribeCustomKeyStores',
      'kms:DisconnectCustomKeyStore', 'kms:GenerateRandom', 'kms:ListAliases', 'kms:ListKeys', 'kms:UpdateCustomKeyStore',
    ],
    on: '*',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html',
  },
  { actions: ['lambda:GetAccountSettings'], on: '*', source: messagesOf('lambda:GetAccountSettings') },
  { actions: ['lambda:ListFunctions'], on: '*', source: messagesOf('lambda:ListFunctions') },
  { actions: ['lambda:ListLayers'], on: '*', source: messagesOf('lambda:ListLayers') },
  { actions: ['lambda:ListLayerVersions'], on: [here('lambda', 'layer:${LayerName}')], source: messagesOf('lambda:ListLayerVersions') },
  { actions: ['organizations:ListAccounts'], on: '*', source: messagesOf('organizations:ListAccounts') },
  { // operations on the account
    actions: [
      's3:CreateJob', 's3:CreateStorageLensGroup', 's3:GetAccessPoint', 's3:GetAccountPublicAccessBlock', 's3:ListAccessPoints',
      's3:ListAccessPointsForObjectLambda', 's3:ListAllMyBuckets', 's3:ListJobs', 's3:ListMultiRegionAccessPoints',
      's3:ListStorageLensConfigurations', 's3:ListStorageLensGroups', 's3:PutAccountPublicAccessBlock', 's3:PutStorageLensConfiguration',
    ],
    on: '*',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html',
  },
  { // a walkthrough allows it on `arn:aws:s3:::*`, which does not match `*`
    actions: ['s3:ListAllMyBuckets'],
    on: ['arn:${Partition}:s3:::', 'arn:${Partition}:s3:::${*}'],
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html',
  },
  { actions: ['sagemaker:ListDomains'], on: [here('sagemaker', 'domain/${*}')], source: messagesOf('sagemaker:ListDomains') },
  { // the message names no resource
    actions: ['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetRandomPassword', 'secretsmanager:ListSecrets'],
    on: '*',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html',
  },
  {
    actions: [
      'sns:CheckIfPhoneNumberIsOptedOut', 'sns:GetSMSAttributes', 'sns:ListPhoneNumbersOptedOut', 'sns:ListPlatformApplications',
      'sns:OptInPhoneNumber', 'sns:SetSMSAttributes',
    ],
    on: [here('sns', '${*}')],
    source: messagesOf('SNS:GetSMSAttributes'),
  },
  { actions: ['sns:CreatePlatformApplication'], on: [here('sns', 'app/')], source: messagesOf('SNS:CreatePlatformApplication') },
  { // also the actions on endpoints name the application
    actions: [
      'sns:CreatePlatformEndpoint', 'sns:DeleteEndpoint', 'sns:GetEndpointAttributes', 'sns:GetPlatformApplicationAttributes',
      'sns:ListEndpointsByPlatformApplication', 'sns:SetEndpointAttributes',
    ],
    on: [here('sns', 'app/${Platform}/${Application}')],
    source: messagesOf('SNS:CreatePlatformEndpoint'),
  },
  { // to a phone number, which no ARN matches
    actions: ['sns:Publish'],
    on: '*',
    source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html',
  },
  { actions: ['sns:ListSubscriptions'], on: [here('sns', '${*}')], source: 'https://github.com/nccgroup/Scout2/issues/261' },
  { actions: ['sns:ListTopics'], on: [here('sns', '${*}')], source: 'https://github.com/nccgroup/Scout2/issues/129' },
  { actions: ['sqs:ListQueues'], on: [here('sqs', '')], source: messagesOf('sqs:listqueues') },
  { actions: ['ssm:CreateActivation'], on: ['arn:${Partition}:iam::${Account}:role/${RoleName}'], source: messagesOf('ssm:CreateActivation') },
  { actions: ['ssm:DescribeInstanceInformation'], on: [here('ssm', '${*}')], source: messagesOf('ssm:DescribeInstanceInformation') },
  { actions: ['ssm:DescribeParameters'], on: '*', source: 'https://github.com/terraform-aws-modules/terraform-aws-iam/issues/347' },
  { actions: ['ssm:DescribeParameters'], on: [here('ssm', '${*}')], source: messagesOf('ssm:DescribeParameters') },
  { actions: ['ssm:GetCommandInvocation'], on: [here('ssm', '${*}')], source: messagesOf('ssm:GetCommandInvocation') },
  { actions: ['ssm:ListCommandInvocations'], on: [here('ssm', '${*}')], source: messagesOf('ssm:ListCommandInvocations') },
  { actions: ['states:ListStateMachines'], on: [here('states', 'stateMachine:${*}')], source: 'https://github.com/scribd/terraform-aws-datadog/pull/18' },
  { actions: ['states:ValidateStateMachineDefinition'], on: [here('states', 'stateMachine:${*}')], source: 'https://github.com/DataBiosphere/azul/issues/8006' },
  {
    actions: [
      'workspaces:CreateIpGroup', 'workspaces:CreateTags', 'workspaces:DeleteTags', 'workspaces:DescribeAccount',
      'workspaces:DescribeAccountModifications', 'workspaces:DescribeTags', 'workspaces:DescribeWorkspaceDirectories',
      'workspaces:DescribeWorkspaceImages', 'workspaces:DescribeWorkspaces', 'workspaces:DescribeWorkspacesConnectionStatus',
      'workspaces:ImportWorkspaceImage', 'workspaces:ListAvailableManagementCidrRanges', 'workspaces:ModifyAccount',
    ],
    on: '*',
    source: 'https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-access-control.html',
  },
];
