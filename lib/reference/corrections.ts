/** How AWS differs from its service authorization reference, for one service. */
export interface Correction {
  /** More forms of the ARNs of a resource type. */
  readonly types?: { readonly [type: string]: readonly string[] };
  /** More forms of the ARNs that an action is authorized on. */
  readonly actions?: { readonly [action: string]: readonly string[] };
  /** Forms that only these actions are authorized on, and no other form of the same resource type. */
  readonly onlyFor?: { readonly [form: string]: readonly string[] };
  /** The forms of ARNs of all actions that have no resource types. */
  readonly untyped?: readonly string[];
  /** Actions that are authorized on `*` although the reference requires a resource. */
  readonly alsoWithoutResource?: readonly string[];
  /**
   * Actions that are never authorized on `*`. The reference marks none of their resource types as required, because any one
   * of them is enough. Without an entry here, such an action counts as authorized on `*`, too.
   */
  readonly alwaysOnResource?: readonly string[] | 'all that have resource types';
}

const ALL = 'all that have resource types';

/** A form that ends with a name that may contain colons: `*` in place of a placeholder. */
const anyName = (start: string) => [`arn:\${Partition}:${start}*`];

const TASK_RESPONSES = ['SendTaskFailure', 'SendTaskHeartbeat', 'SendTaskSuccess'];

/** Actions on tags always have a resource. */
const TAGGING = ['ListTagsForResource', 'TagResource', 'UntagResource'];

/**
 * By service prefix. If the reference is too narrow, a permission is reported as one that AWS never asks for. The corrections come
 * from ARNs in AWS's managed policies that match no form; test/reference compares them again.
 */
export const CORRECTIONS: { readonly [service: string]: Correction } = {
  // Paths of the API, which the reference lists in part: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
  'apigateway': {
    actions: Object.fromEntries(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((method) => [method, anyName('apigateway:${Region}::/')])),
  },
  'bedrock': { // models have a version after a colon; custom models: AWS's own SageMakerStudioProjectUserRolePolicy
    // The models behind a global inference profile are in no region: https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
    actions: Object.fromEntries(['InvokeModel', 'InvokeModelWithResponseStream'].map((name) => [
      name, ['arn:${Partition}:bedrock:${Region}:${Account}:custom-model/${ResourceId}', ...anyName('bedrock:::foundation-model/')],
    ])),
    types: {
      'foundation-model': anyName('bedrock:${Region}::foundation-model/'),
      'inference-profile': anyName('bedrock:${Region}:${Account}:inference-profile/'),
    },
  },
  'cloudformation': { // of macros: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-overview.html
    actions: Object.fromEntries(['CreateChangeSet', 'CreateStack', 'UpdateStack'].map((name) => [
      name, ['${Account}', 'aws'].map((account) => `arn:\${Partition}:cloudformation:\${Region}:${account}:transform/\${TransformName}`),
    ])),
  },
  // Connections made under either name of the service keep their ARNs: https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
  'codeconnections': {
    types: {
      Connection: ['arn:${Partition}:codestar-connections:${Region}:${Account}:connection/${ConnectionId}'],
      Host: ['arn:${Partition}:codestar-connections:${Region}:${Account}:host/${HostId}'],
    },
  },
  'codestar-connections': {
    types: {
      Connection: ['arn:${Partition}:codeconnections:${Region}:${Account}:connection/${ConnectionId}'],
      Host: ['arn:${Partition}:codeconnections:${Region}:${Account}:host/${HostId}'],
    },
  },
  'cloudwatch': { types: { alarm: anyName('cloudwatch:${Region}:${Account}:alarm:') } },
  'ec2': { // what comes with the resource, as in AWS's own AmazonECSInfrastructureRolePolicyForManagedInstances
    actions: {
      CreateFleet: ['arn:${Partition}:ec2:${Region}:${Account}:network-interface/${Id}', 'arn:${Partition}:ec2:${Region}:${Account}:security-group/${Id}'],
      CreateSecurityGroup: ['arn:${Partition}:ec2:${Region}:${Account}:security-group-rule/${Id}'],
      CreateVpcEndpoint: ['arn:${Partition}:ec2:${Region}:${Account}:network-interface/${Id}'],
    },
  },
  // The reference has a page for each of two generations; the data has the tags of classic load balancers only.
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
  'elasticloadbalancing': {
    actions: Object.fromEntries(['AddTags', 'DescribeTags', 'RemoveTags'].map((name) => [
      name,
      ['listener', 'listener-rule', 'targetgroup', 'truststore'].map((type) => `arn:\${Partition}:elasticloadbalancing:\${Region}:\${Account}:${type}/\${Id}`),
    ])),
  },
  'es': {
    types: { domain: anyName('es:${Region}:${Account}:domain/') },
    alwaysOnResource: ['ESHttpDelete', 'ESHttpGet', 'ESHttpHead', 'ESHttpPatch', 'ESHttpPost', 'ESHttpPut'],
  },
  'events': { alwaysOnResource: ALL },
  'execute-api': { // WebSocket APIs: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
    types: {
      'execute-api-general': ['arn:${Partition}:execute-api:${Region}:${Account}:${ApiId}/${Stage}/${RouteKey}', ...anyName('execute-api:${Region}:${Account}:${ApiId}/')],
    },
    alwaysOnResource: ['Invoke'],
  },
  'glue': { // AWS's own AwsGlueDataBrewFullAccessPolicy, and https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
    actions: {
      CreateConnection: ['arn:${Partition}:glue:${Region}:${Account}:connection/${ConnectionName}'],
      ...Object.fromEntries(['BatchDeleteTableVersion', 'DeleteTableVersion'].map((name) => [
        name, ['arn:${Partition}:glue:${Region}:${Account}:tableVersion/${DatabaseName}/${TableName}/${TableVersionName}'],
      ])),
    },
    types: { rootcatalog: ['arn:${Partition}:glue:${Region}:${Account}:catalog/${CatalogName}'] },
  },
  'iam': { types: { policy: ['arn:${Partition}:iam::aws:policy/${PolicyNameWithPath}'] } }, // of AWS
  'imagebuilder': { // of AWS: https://docs.aws.amazon.com/imagebuilder/latest/userguide/security_iam_service-with-iam.html
    types: {
      component: ['arn:${Partition}:imagebuilder:${Region}:aws:component/${ComponentName}/${ComponentVersion}/${ComponentBuildVersion}'],
      image: ['arn:${Partition}:imagebuilder:${Region}:aws:image/${ImageName}/${ImageVersion}/${ImageBuildVersion}'],
      imageVersion: ['arn:${Partition}:imagebuilder:${Region}:aws:image/${ImageName}/${ImageVersion}'],
      workflow: ['arn:${Partition}:imagebuilder:${Region}:aws:workflow/${WorkflowType}/${WorkflowName}/${WorkflowVersion}/${WorkflowBuildVersion}'],
    },
  },
  'iot': {
    types: Object.fromEntries(['client', 'topic', 'topicfilter'].map((type) => [type, anyName(`iot:\${Region}:\${Account}:${type}/`)])),
  },
  'kms': { types: { alias: anyName('kms:${Region}:${Account}:alias/') } },
  'lambda': { // with an alias or a version: https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
    types: { function: ['arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Qualifier}'] },
    alwaysOnResource: ALL,
  },
  // Log groups are asked for as `log-group:name:log-stream:`, which AccessDenied names, and for tags as `log-group:name`: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
  // Calls on no particular log group: https://github.com/hashicorp/terraform-provider-aws/issues/8804
  'logs': {
    types: {
      'log-group': [
        'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:',
      ],
    },
    onlyFor: { 'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}': TAGGING },
    untyped: ['arn:${Partition}:logs:${Region}:${Account}:log-group::log-stream:'],
    alwaysOnResource: TAGGING,
  },
  'mediaconnect': { types: { Offering: ['arn:${Partition}:mediaconnect:${Region}:${Account}:offering:${OfferingId}'] } }, // the reference leaves the account out
  'mgh': { types: { ConnectionResource: ['arn:${Partition}:${Service}:${Region}:${Account}:${Type}/${Id}', 'arn:${Partition}:${Service}:${Region}:${Account}:${Type}:${Id}'] } }, // an ARN of another service
  'partnercentral': { // of an engagement, whose ARN has no account, as in AWS's own policies
    types: {
      ResourceSnapshot: [
        'arn:${Partition}:partnercentral:${Region}::catalog/${Catalog}/engagement/${EngagementIdentifier}/resource/${ResourceType}/${ResourceIdentifier}/template/${TemplateIdentifier}/resource-snapshot/${SnapshotRevision}',
      ],
    },
  },
  'ram': { types: { permission: ['arn:${Partition}:ram::aws:permission/${ResourcePath}'] } }, // managed by AWS
  'rds': { // snapshots that the service makes are named `rds:…`
    types: Object.fromEntries(['cluster-snapshot', 'snapshot'].map((type) => [type, anyName(`rds:\${Region}:\${Account}:${type}:`)])),
  },
  // The reference has the ARN of a rule of the group alone: https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-related-resources-reference.html
  'redshift': { types: { securitygroup: ['arn:${Partition}:redshift:${Region}:${Account}:securitygroup:${SecurityGroupName}'] } },
  'resource-explorer-2': { // views that AWS makes for its services, as in its own CloudWatchReadOnlyAccess
    types: { view: ['arn:${Partition}:resource-explorer-2:${Region}::view/${ViewName}/service-view'] },
  },
  's3': { // objects and buckets, either by their own ARN or by that of an access point
    actions: {
      CreateAccessGrant: ['arn:${Partition}:s3:${Region}:${Account}:access-grants/default/location/${Token}'],
    },
    types: {
      object: anyName('s3:::${BucketName}/'),
      // Multi-Region Access Points are in no region: https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html
      accesspoint: ['arn:${Partition}:s3::${Account}:accesspoint/${Alias}'],
      accesspointobject: [
        ...anyName('s3:${Region}:${Account}:accesspoint/${AccessPointName}/object/'), ...anyName('s3::${Account}:accesspoint/${Alias}/object/'),
      ],
    },
    alwaysOnResource: ALL,
  },
  's3tables': { alwaysOnResource: ALL },
  'sagemaker': { // public hubs, as in AWS's own AmazonSageMakerHyperPodGatedModelAccess
    types: {
      'hub': ['arn:${Partition}:sagemaker:${Region}:aws:hub/${HubName}'],
      'hub-content': ['arn:${Partition}:sagemaker:${Region}:aws:hub-content/${HubName}/${HubContentType}/${HubContentName}'],
    },
  },
  'sns': {
    // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html: to a topic or an endpoint; to a phone number on `*`
    actions: {
      Publish: ['arn:${Partition}:sns:${Region}:${Account}:app/${Platform}/${Application}', 'arn:${Partition}:sns:${Region}:${Account}:endpoint/${Platform}/${Application}/${Id}'],
      ...Object.fromEntries(['GetSubscriptionAttributes', 'SetSubscriptionAttributes', 'Unsubscribe'].map((name) => [
        name, ['arn:${Partition}:sns:${Region}:${Account}:${TopicName}:${SubscriptionId}'],
      ])),
    },
    alsoWithoutResource: ['Publish'],
    alwaysOnResource: TAGGING,
  },
  'ssm': { // public documents and parameters have no account: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
    types: {
      'automation-definition': ['arn:${Partition}:ssm:${Region}::automation-definition/${AutomationDefinitionName}:${VersionId}'],
      'document': ['arn:${Partition}:ssm:${Region}::document/${DocumentName}'],
      'parameter': ['arn:${Partition}:ssm:${Region}::parameter/${ParameterNameWithoutLeadingSlash}'],
    },
  },
  'ssmmessages': { // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html
    actions: { OpenDataChannel: ['arn:${Partition}:ssm:${Region}:${Account}:session/${SessionId}'] },
  },
  'states': { // with an alias or a version: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html
    // Task responses, of which the reference names no resource: https://github.com/aws/aws-cdk/pull/8486, https://github.com/NOAA-OWP/hydrovis/issues/837
    actions: Object.fromEntries(TASK_RESPONSES.map((name) => [
      name, ['activity', 'stateMachine'].map((type) => `arn:\${Partition}:states:\${Region}:\${Account}:${type}:\${Name}`),
    ])),
    types: { statemachine: ['arn:${Partition}:states:${Region}:${Account}:stateMachine:${StateMachineName}:${Qualifier}'] },
    alsoWithoutResource: TASK_RESPONSES,
    alwaysOnResource: ALL,
  },
  'sts': { alwaysOnResource: ['SetSourceIdentity', 'TagSession'] }, // with an action that assumes a role
};
