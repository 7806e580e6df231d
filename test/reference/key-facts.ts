/**
 * Facts about condition keys in the requests of pods, as data for tests. The pods have a role session of EKS Pod
 * Identity with a session policy, so EKS adds no session tags. Recorded on 2026-11-29 from the AWS page of each fact,
 * not from lib/.
 */

/** Whether requests of a pod have a key: `sometimes` if it depends on more than the role, the action and its ARN. */
export type Presence = 'always' | 'sometimes' | 'never';

/** What an AWS page documents about a global condition key. */
export interface KeyFact {
  /** Such as `aws:PrincipalArn`. `team` stands for any tag key. */
  readonly key: string;
  readonly inRequestsOfPods: Presence;
  readonly multivalued: boolean;
  /** Examples of values that a request of the role `ROLE` can have. */
  readonly values?: readonly string[];
  /** Examples of values that no request of the role `ROLE` has. */
  readonly notValues?: readonly string[];
  /** Actions whose requests do not have the key, although others do: see `WITHOUT_RESOURCE_ACCOUNT`. */
  readonly exceptions?: readonly string[];
  readonly page: string;
}

/** What an AWS page documents about the value of a key that follows from the action and the ARN. */
export interface ValueFact {
  readonly key: string;
  readonly action: string;
  /** An ARN that the action is asked about, or `*`. */
  readonly resource: string;
  /** Examples of values that its requests can have. */
  readonly values: readonly string[];
  /** Examples of values that its requests never have. */
  readonly notValues: readonly string[];
  readonly page: string;
}

/** Two names of one value. */
export interface KeyAlias {
  /** Such as `ec2:ResourceTag/${TagKey}`. */
  readonly key: string;
  /** Such as `aws:ResourceTag/${TagKey}`. */
  readonly sameAs: string;
  /** The prefix of the actions whose requests have both, if the reference lists both for the action. */
  readonly service: string;
  /** If given, the only type of resources that has both. */
  readonly type?: string;
  readonly page: string;
}

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const GLOBAL = `${IAM}/reference_policies_condition-keys.html`;
const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';

/** The role of the pods in these facts. */
export const ROLE = 'arn:aws:iam::111122223333:role/app/reader';

/**
 * All actions that the page lists as not supporting `aws:ResourceAccount`. A pattern stands for all actions of a
 * service. The page lists the same actions for `aws:ResourceOrgID` and `aws:ResourceOrgPaths`.
 */
export const WITHOUT_RESOURCE_ACCOUNT: readonly string[] = [
  'auditmanager:UpdateAssessmentFrameworkShare',
  'detective:AcceptInvitation',
  'ds:AcceptSharedDirectory',
  'ebs:*',
  'ec2:AcceptTransitGatewayPeeringAttachment',
  'ec2:AcceptVpcEndpointConnections',
  'ec2:AcceptVpcPeeringConnection',
  'ec2:CopySnapshot',
  'ec2:CreateTransitGatewayPeeringAttachment',
  'ec2:CreateVpcEndpoint',
  'ec2:CreateVpcPeeringConnection',
  'ec2:DeleteTransitGatewayPeeringAttachment',
  'ec2:DeleteVpcPeeringConnection',
  'ec2:RejectTransitGatewayPeeringAttachment',
  'ec2:RejectVpcEndpointConnections',
  'ec2:RejectVpcPeeringConnection',
  'es:AcceptInboundConnection',
  'guardduty:AcceptAdministratorInvitation',
  'macie2:AcceptInvitation',
  'route53:AssociateVPCWithHostedZone',
  'route53:CreateVPCAssociationAuthorization',
  'route53:DeleteVPCAssociationAuthorization',
  'route53:DisassociateVPCFromHostedZone',
  'route53:ListHostedZonesByVPC',
  'securityhub:AcceptAdministratorInvitation',
];

/**
 * Actions whose requests sometimes lack `aws:ResourceAccount`: `PutEvents` on an event bus of another account that was
 * configured as a target before March 2, 2023.
 */
export const SOMETIMES_WITHOUT_RESOURCE_ACCOUNT: readonly string[] = ['events:PutEvents'];

/** Actions that the page of early 2023 listed, too. The page does not list them any more. */
export const FORMERLY_WITHOUT_RESOURCE_ACCOUNT: readonly string[] = [
  'ec2:CopyFpgaImage',
  'ec2:CopyImage',
  'ec2:CreateVolume',
  'events:*',
  'workspaces:CopyWorkspaceImage',
  'workspaces:DescribeWorkspaceImages',
];

/** A fact of the page on global keys, if not said otherwise. */
function fact(
  key: string, inRequestsOfPods: Presence, more: Partial<Omit<KeyFact, 'key' | 'inRequestsOfPods'>> = {},
): KeyFact {
  return { key, inRequestsOfPods, multivalued: false, page: GLOBAL, ...more };
}

const IS_MULTIVALUED = { multivalued: true };

/** By subject, as the page groups the keys. */
export const KEY_FACTS: readonly KeyFact[] = [
  // The principal
  fact('aws:PrincipalArn', 'always', {
    values: [ROLE],
    notValues: ['arn:aws:sts::111122223333:assumed-role/reader/eks-prod-web-1', 'arn:aws:iam::111122223333:user/jane'],
  }),
  fact('aws:PrincipalAccount', 'always', { values: ['111122223333'], notValues: ['444455556666'] }),
  fact('aws:PrincipalType', 'always', {
    values: ['AssumedRole'],
    notValues: ['User', 'Account', 'FederatedUser'],
    page: `${IAM}/reference_policies_variables.html`,
  }),
  fact('aws:PrincipalIsAWSService', 'always', { values: ['false'], notValues: ['true'] }),
  fact('aws:PrincipalOrgID', 'sometimes', { values: ['o-a1b2c3d4e5'] }), // only if the account is in an organization
  fact('aws:PrincipalOrgPaths', 'sometimes', {
    ...IS_MULTIVALUED, values: ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/'],
  }),
  fact('aws:PrincipalTag/team', 'sometimes'), // the tags of the role
  fact('aws:PrincipalServiceName', 'never'),
  fact('aws:PrincipalServiceNamesList', 'never', IS_MULTIVALUED),
  // The role ID, a colon and the name of the session
  fact('aws:userid', 'always', {
    values: ['AROADBQP57FF2AEXAMPLE:eks-prod-web-1'],
    notValues: ['AIDACKCEVSQ6C2EXAMPLE', '111122223333', 'AROADBQP57FF2AEXAMPLE'],
    page: `${IAM}/reference_policies_variables.html`,
  }),
  fact('aws:username', 'never'), // of IAM users only

  // The role session
  fact('aws:AssumedRoot', 'never'), // of sessions of AssumeRoot only
  fact('aws:FederatedProvider', 'never'), // of sessions that a third-party identity provider issued
  fact('aws:TokenIssueTime', 'always', { values: ['2026-11-29T12:00:00Z'] }), // with temporary credentials
  fact('aws:MultiFactorAuthAge', 'never'), // only if the principal used MFA
  // One page says that requests with temporary credentials have it, another that AssumeRole passes nothing on.
  fact('aws:MultiFactorAuthPresent', 'sometimes', {
    values: ['false'], notValues: ['true'], page: `${IAM}/id_credentials_mfa_configure-api-require.html`,
  }),
  fact('aws:SourceIdentity', 'sometimes'), // only if it was set when the role was assumed; EKS does not document it
  fact('aws:SignInSessionArn', 'never'), // of sessions of AWS Sign-In only
  fact('aws:ChatbotSourceArn', 'never'),
  fact('aws:Ec2InstanceSourceVpc', 'never'), // of EC2 instance role credentials only
  fact('aws:Ec2InstanceSourcePrivateIPv4', 'never'),
  fact('codebuild:BuildArn', 'never'), // of credentials that CodeBuild delivered only
  fact('codebuild:ProjectArn', 'never'),
  fact('ec2:RoleDelivery', 'never'),
  fact('ec2:SourceInstanceArn', 'never'),
  fact('glue:CredentialIssuingService', 'never'),
  fact('glue:RoleAssumedBy', 'never'),
  fact('identitystore:UserId', 'never'),
  fact('lambda:SourceFunctionArn', 'never'),
  fact('ssm:SourceInstanceArn', 'never'),

  // The network
  fact('aws:SourceIp', 'sometimes'), // not through a VPC endpoint
  fact('aws:SourceVpc', 'sometimes'), // only through a VPC endpoint
  fact('aws:SourceVpcArn', 'sometimes'),
  fact('aws:SourceVpce', 'sometimes'),
  fact('aws:VpcSourceIp', 'sometimes'),
  fact('aws:VpceAccount', 'sometimes'),
  fact('aws:VpceOrgID', 'sometimes'),
  fact('aws:VpceOrgPaths', 'sometimes', IS_MULTIVALUED),

  // The resource
  fact('aws:ResourceAccount', 'always', {
    values: ['111122223333', '444455556666'], exceptions: WITHOUT_RESOURCE_ACCOUNT,
  }),
  fact('aws:ResourceOrgID', 'sometimes', { exceptions: WITHOUT_RESOURCE_ACCOUNT }), // only if its account is in one
  fact('aws:ResourceOrgPaths', 'sometimes', { ...IS_MULTIVALUED, exceptions: WITHOUT_RESOURCE_ACCOUNT }),
  fact('aws:ResourceTag/team', 'sometimes'),

  // The request
  fact('aws:CurrentTime', 'always'),
  fact('aws:EpochTime', 'always'),
  fact('aws:RequestedRegion', 'always', { values: ['eu-west-1'] }),
  fact('aws:SecureTransport', 'always', { values: ['true', 'false'] }),
  fact('aws:UserAgent', 'always'),
  fact('aws:ViaAWSService', 'always', { values: ['true', 'false'] }),
  fact('aws:RequestTag/team', 'sometimes'),
  fact('aws:TagKeys', 'sometimes', IS_MULTIVALUED),
  fact('aws:referer', 'sometimes'), // the caller provides it
  fact('aws:CalledVia', 'sometimes', IS_MULTIVALUED), // only if a service calls with the credentials of the pods
  fact('aws:CalledViaFirst', 'sometimes'),
  fact('aws:CalledViaLast', 'sometimes'),
  fact('aws:CalledViaAWSMCP', 'sometimes'), // the same for MCP servers of AWS
  fact('aws:ViaAWSMCPService', 'sometimes'),
  fact('aws:IsMcpServiceAction', 'sometimes'),
  fact('aws:SourceAccount', 'never'), // of calls by service principals only
  fact('aws:SourceArn', 'never'),
  fact('aws:SourceOrgID', 'never'),
  fact('aws:SourceOrgPaths', 'never', IS_MULTIVALUED),
];

const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide';
const SCP_EXAMPLES = `${ORGANIZATIONS}/orgs_manage_policies_scps_examples_general.html`;
const BEDROCK = 'https://docs.aws.amazon.com/bedrock/latest/userguide';
const ANYWHERE = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

function regions(
  action: string, resource: string, values: readonly string[], notValues: readonly string[], page: string,
): ValueFact {
  return { key: 'aws:RequestedRegion', action, resource, values, notValues, page };
}

/** A request to a service with one endpoint, which is in us-east-1. */
function toGlobalEndpoint(action: string, resource: string, page = SCP_EXAMPLES): ValueFact {
  return regions(action, resource, ['us-east-1'], ['eu-west-1', 'us-west-2'], page);
}

/** The values of `aws:RequestedRegion`: the region of the endpoint, not the regions that the call affects. */
export const REGION_FACTS: readonly ValueFact[] = [
  toGlobalEndpoint('iam:GetRole', ROLE, GLOBAL),
  toGlobalEndpoint('iam:ListAccountAliases', '*', GLOBAL),
  toGlobalEndpoint('cloudfront:CreateInvalidation', 'arn:aws:cloudfront::111122223333:distribution/E1234567890ABC'),
  toGlobalEndpoint('route53:ListResourceRecordSets', 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ'),
  toGlobalEndpoint('organizations:ListAccounts', '*'),
  // The region of the ARN is the region that is called.
  regions(
    'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs', ['eu-west-1'], ['us-east-1', 'eu-west-2'], GLOBAL,
  ),
  // The copy is requested in its own region, and the ARN is that of the source.
  regions(
    'ec2:CopySnapshot', 'arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0', ANYWHERE, [],
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html',
  ),
  // AWS Health has endpoints in two regions, and events in all.
  regions(
    'health:DescribeEventDetails', 'arn:aws:health:eu-west-1::event/EC2/EC2_INSTANCE_ISSUE/EC2_INSTANCE_ISSUE_1',
    ['us-east-1', 'us-east-2'], [], 'https://docs.aws.amazon.com/health/latest/ug/health-api.html',
  ),
  // A shadow trail is in the region that is called, and has the ARN of the trail.
  regions(
    'cloudtrail:GetTrailStatus', 'arn:aws:cloudtrail:us-east-1:111122223333:trail/audit', ANYWHERE, [],
    'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html',
  ),
  regions(
    'cassandra:CreateMultiRegionResource', 'arn:aws:cassandra:eu-west-1:111122223333:/keyspace/shop/', ANYWHERE, [],
    'https://docs.aws.amazon.com/keyspaces/latest/devguide/howitworks_replication_permissions.html',
  ),
  // STS has an endpoint in each region and a global one, and the ARN of a role has no region.
  regions('sts:AssumeRole', ROLE, ANYWHERE, [], SCP_EXAMPLES),
  // The ARN of a bucket has no region, and the destination of the replicas is not asked about.
  regions('s3:PutReplicationConfiguration', 'arn:aws:s3:::invoices', ANYWHERE, [], GLOBAL),
  // Bedrock asks about the models behind a global inference profile in no region.
  regions(
    'bedrock:InvokeModel', 'arn:aws:bedrock:::foundation-model/amazon.nova-2-lite-v1:0', ['unspecified'], ANYWHERE,
    `${BEDROCK}/global-cross-region-inference.html`,
  ),
];

const S3_KEYS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html';
const ANY_ACCOUNT = ['111122223333', '444455556666'];

/** The values of the keys of the account that owns the resource. */
export const ACCOUNT_FACTS: readonly ValueFact[] = [
  {
    key: 'aws:ResourceAccount',
    action: 'iam:GetRole',
    resource: ROLE,
    values: ['111122223333'],
    notValues: ['444455556666'],
    page: GLOBAL,
  },
  {
    key: 'aws:ResourceAccount',
    action: 'sqs:SendMessage',
    resource: 'arn:aws:sqs:eu-west-1:444455556666:jobs',
    values: ['444455556666'],
    notValues: ['111122223333'],
    page: GLOBAL,
  },
  { // requests of these actions may lack the key, and may have another account's resources
    key: 'aws:ResourceAccount',
    action: 'ec2:AcceptVpcPeeringConnection',
    resource: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0123456789abcdef0',
    values: ANY_ACCOUNT,
    notValues: [],
    page: GLOBAL,
  },
  { // the ARN does not contain the owner
    key: 'aws:ResourceAccount',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::invoices/1.pdf',
    values: ANY_ACCOUNT,
    notValues: [],
    page: GLOBAL,
  },
  {
    key: 's3:ResourceAccount',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::invoices/1.pdf',
    values: ANY_ACCOUNT,
    notValues: [],
    page: S3_KEYS,
  },
];

/** A tag of the resource under the name of the service. The page describes both keys as the tags of the resource. */
function tagOf(service: string, page: string, key = `${service}:ResourceTag/\${TagKey}`): KeyAlias {
  return { key, sameAs: 'aws:ResourceTag/${TagKey}', service, page: `${REFERENCE}/list_${page}.html` };
}

/** The tag of one type of resources. The page describes `aws:ResourceTag` as the tag of a resource of any type. */
function tagOfDatabase(name: string, type: string): KeyAlias {
  return { ...tagOf('rds', 'amazonrds', `rds:${name}/\${TagKey}`), type };
}

/** Keys that hold the same value as a global key, where a page describes both. By prefix of the key. */
export const KEY_ALIASES: readonly KeyAlias[] = [
  tagOf('autoscaling', 'amazonec2autoscaling'),
  tagOf('ec2', 'amazonec2'),
  tagOf('ec2-instance-connect', 'amazonec2instanceconnect', 'ec2:ResourceTag/${TagKey}'),
  tagOf('ecr', 'amazonelasticcontainerregistry'),
  tagOf('ecr-public', 'amazonelasticcontainerregistrypublic'),
  tagOf('ecs', 'amazonelasticcontainerservice'),
  tagOf(
    'arc-zonal-shift', 'amazonapplicationrecoverycontroller-zonalshift', 'elasticloadbalancing:ResourceTag/${TagKey}',
  ),
  tagOf('elasticloadbalancing', 'awselasticloadbalancingv2'),
  tagOf('elasticmapreduce', 'amazonelasticmapreduce'),
  tagOf('iam', 'awsidentityandaccessmanagementiam'),
  tagOf('sts', 'awssecuritytokenservice', 'iam:ResourceTag/${TagKey}'),
  tagOf('license-manager', 'awslicensemanager'),
  tagOf('ram', 'awsresourceaccessmanagerram'),
  tagOfDatabase('cluster-pg-tag', 'cluster-pg'),
  tagOfDatabase('cluster-snapshot-tag', 'cluster-snapshot'),
  tagOfDatabase('cluster-tag', 'cluster'),
  tagOfDatabase('db-tag', 'db'),
  tagOfDatabase('es-tag', 'es'),
  tagOfDatabase('og-tag', 'og'),
  tagOfDatabase('pg-tag', 'pg'),
  tagOfDatabase('ri-tag', 'ri'),
  tagOfDatabase('secgrp-tag', 'secgrp'),
  tagOfDatabase('snapshot-tag', 'snapshot'),
  tagOfDatabase('subgrp-tag', 'subgrp'),
  { key: 's3:ResourceAccount', sameAs: 'aws:ResourceAccount', service: 's3', page: S3_KEYS },
  tagOf('sagemaker', 'amazonsagemaker'),
  tagOf('secretsmanager', 'awssecretsmanager'),
  tagOf('ssm', 'awssystemsmanager', 'ssm:resourceTag/${TagKey}'),
];

/** Keys of tags that look like an alias of `aws:ResourceTag`, and hold other tags or hold them in other requests. */
export const NOT_ALIASES: ReadonlyArray<Pick<KeyAlias, 'key' | 'sameAs' | 'page'>> = [
  // The tags of an object, which `aws:ResourceTag` does not hold.
  {
    key: 's3:ExistingObjectTag/${TagKey}',
    sameAs: 'aws:ResourceTag/${TagKey}',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html',
  },
  // Through an access point, `aws:ResourceTag` is asked about twice: for the access point and for the bucket.
  {
    key: 's3:BucketTag/${TagKey}',
    sameAs: 'aws:ResourceTag/${TagKey}',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging.html',
  },
  // The tags that a request passes on to what Image Builder creates.
  {
    key: 'imagebuilder:CreatedResourceTag/${TagKey}',
    sameAs: 'aws:ResourceTag/${TagKey}',
    page: `${REFERENCE}/list_amazonec2imagebuilder.html`,
  },
];
