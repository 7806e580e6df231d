/**
 * The CloudFormation types for which the results of `Ref` and of the ARN attribute are certain. The specification alone is not
 * sufficient: of the 133 ARN attributes whose documentation has an example, 29 have an example of another form. So a type is
 * listed here only if its results are known and the specification agrees, and `update-reference` fails if they no longer agree.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export interface ReviewedType {
  /** The property that names the resource, if the ARN contains that name. Otherwise CloudFormation generates a name. */
  readonly name?: string;
  /** The attributes that are the name or the generated id. */
  readonly ids?: readonly string[];
  /** The attributes that are the ARN. */
  readonly arns?: readonly string[];
  /** What `Ref` returns. @default - neither, or not certain */
  readonly ref?: 'id' | 'arn';
  /** Where the specification has none, another, or one with several variables: the ARN, with `$P`, `$R`, `$A`, `$H` and `$N`. */
  readonly format?: string;
  readonly characters?: keyof typeof CHARACTERS;
  readonly maxLength?: number;
  /** A name for a witness, where it has parts; `#` is replaced by a number. @default - made of the type */
  readonly example?: string;
  /** The service converts names to lower case, so the formats do not hold if a name is written with capitals. */
  readonly lowerCase?: boolean;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const NAME = `${LOWER}${LOWER.toUpperCase()}0123456789-_`;

/** The characters of generated names and ids. None has a wildcard; what may have a slash or a colon says so. */
const CHARACTERS = {
  lower: `${LOWER}0123456789-`,
  name: NAME,
  dotted: `${NAME}.`,
  iam: `${NAME}+=,.@`,
  path: `${NAME}./`,
  colon: `${NAME}:`,
} as const;

export function charactersOf({ characters }: ReviewedType): string {
  return CHARACTERS[characters ?? 'name'];
}

export const REVIEWED_TYPES: { readonly [type: string]: ReviewedType } = {
  'AWS::ACMPCA::CertificateAuthority': { arns: ['Arn'], ref: 'arn', characters: 'lower' },
  'AWS::APS::Workspace': { ids: ['WorkspaceId'], arns: ['Arn'], ref: 'arn' },
  'AWS::ApiGateway::ApiKey': { ids: ['APIKeyId'], ref: 'id', characters: 'lower' },
  'AWS::ApiGateway::RestApi': { ids: ['RestApiId'], ref: 'id', characters: 'lower' },
  'AWS::ApiGateway::Stage': { name: 'StageName', ref: 'id' },
  'AWS::ApiGatewayV2::Api': { ids: ['ApiId'], ref: 'id', characters: 'lower' },
  'AWS::ApiGatewayV2::Stage': { name: 'StageName', ref: 'id', characters: 'dotted' }, // may be `$default`, which is required then
  'AWS::AppConfig::Application': { ids: ['ApplicationId'], ref: 'id', characters: 'lower' },
  'AWS::AppConfig::Environment': { ids: ['EnvironmentId'], ref: 'id', characters: 'lower' },
  'AWS::AppMesh::VirtualGateway': { arns: ['Arn'], ref: 'arn', format: 'arn:$P:appmesh:$R:$A:mesh/$N', characters: 'path', example: 'example-mesh/virtualGateway/example-gateway-#' }, // the mesh and its own name
  'AWS::AppMesh::VirtualNode': { arns: ['Arn'], ref: 'arn', format: 'arn:$P:appmesh:$R:$A:mesh/$N', characters: 'path', example: 'example-mesh/virtualNode/example-node-#' },
  'AWS::AppRunner::Service': { arns: ['ServiceArn'], format: 'arn:$P:apprunner:$R:$A:service/$N', characters: 'path', example: 'example-service-#/1234567890abcdef1234567890abcdef' },
  'AWS::AppSync::Api': { ids: ['ApiId'], arns: ['ApiArn'], ref: 'arn' },
  'AWS::AppSync::GraphQLApi': { ids: ['ApiId'], arns: ['Arn'], ref: 'arn', characters: 'lower' },
  'AWS::Athena::DataCatalog': { name: 'Name', ref: 'id' },
  'AWS::Athena::WorkGroup': { name: 'Name', ref: 'id', characters: 'dotted', maxLength: 128 },
  'AWS::AutoScaling::AutoScalingGroup': { name: 'AutoScalingGroupName', ref: 'id' },
  'AWS::Backup::BackupVault': { name: 'BackupVaultName', ids: ['BackupVaultName'], arns: ['BackupVaultArn'], ref: 'id' },
  'AWS::Batch::ComputeEnvironment': { name: 'ComputeEnvironmentName', arns: ['ComputeEnvironmentArn'], ref: 'arn', maxLength: 128 },
  'AWS::Batch::JobDefinition': { arns: ['JobDefinitionArn'], ref: 'arn', format: 'arn:$P:batch:$R:$A:job-definition/$N', characters: 'colon', example: 'example-job-definition-#:1' }, // with its revision
  'AWS::Batch::JobQueue': { name: 'JobQueueName', arns: ['JobQueueArn'], ref: 'arn', maxLength: 128 },
  'AWS::Batch::SchedulingPolicy': { name: 'Name', arns: ['Arn'], ref: 'arn', maxLength: 128 },
  'AWS::Bedrock::Agent': { ids: ['AgentId'], arns: ['AgentArn'], ref: 'id' },
  'AWS::Bedrock::ApplicationInferenceProfile': { ids: ['InferenceProfileId'], arns: ['InferenceProfileArn'], characters: 'lower' },
  'AWS::Bedrock::Flow': { ids: ['Id'], arns: ['Arn'] },
  'AWS::Bedrock::Guardrail': { ids: ['GuardrailId'], arns: ['GuardrailArn'], characters: 'lower' },
  'AWS::Bedrock::KnowledgeBase': { ids: ['KnowledgeBaseId'], arns: ['KnowledgeBaseArn'], ref: 'id' },
  'AWS::Bedrock::Prompt': { ids: ['Id'], arns: ['Arn'] },
  'AWS::BedrockAgentCore::BrowserCustom': { ids: ['BrowserId'], arns: ['BrowserArn'] },
  'AWS::BedrockAgentCore::CodeInterpreterCustom': { ids: ['CodeInterpreterId'], arns: ['CodeInterpreterArn'] },
  'AWS::BedrockAgentCore::Gateway': { ids: ['GatewayIdentifier'], arns: ['GatewayArn'], characters: 'lower' },
  'AWS::BedrockAgentCore::Memory': { ids: ['MemoryId'], arns: ['MemoryArn'] },
  'AWS::BedrockAgentCore::Runtime': { ids: ['AgentRuntimeId'], arns: ['AgentRuntimeArn'] },
  'AWS::BedrockAgentCore::WorkloadIdentity': {
    name: 'Name',
    arns: ['WorkloadIdentityArn'],
    ref: 'id',
    characters: 'dotted', // an account has one directory
    format: 'arn:$P:bedrock-agentcore:$R:$A:workload-identity-directory/default/workload-identity/$N',
  },
  'AWS::Cassandra::Keyspace': { name: 'KeyspaceName', ref: 'id' },
  'AWS::CertificateManager::Certificate': { ref: 'arn', arns: ['CertificateArn'], characters: 'lower' },
  'AWS::CloudFront::Distribution': { ids: ['Id'], ref: 'id' },
  'AWS::CloudFront::Function': { name: 'Name', arns: ['FunctionARN'], ref: 'arn', maxLength: 64 },
  'AWS::CloudWatch::Alarm': { name: 'AlarmName', arns: ['Arn'], ref: 'id', characters: 'dotted' },
  'AWS::CodeArtifact::Repository': {
    arns: ['Arn'], ref: 'arn', format: 'arn:$P:codeartifact:$R:$A:repository/$N', characters: 'path', example: 'example-domain/example-repository-#', // with its domain
  },
  'AWS::CodeBuild::Project': { name: 'Name', arns: ['Arn'], ref: 'id' },
  'AWS::CodeBuild::ReportGroup': { name: 'Name', arns: ['Arn'], ref: 'arn', maxLength: 128 },
  'AWS::CodeCommit::Repository': { name: 'RepositoryName', ids: ['Name'], arns: ['Arn'], characters: 'dotted', maxLength: 100 }, // `Ref` is an id
  'AWS::CodeDeploy::Application': { name: 'ApplicationName', ref: 'id', characters: 'iam', maxLength: 100 },
  'AWS::CodeGuruProfiler::ProfilingGroup': { name: 'ProfilingGroupName', arns: ['Arn'], ref: 'id' },
  'AWS::CodePipeline::Pipeline': { name: 'Name', ref: 'id', characters: 'dotted', maxLength: 100 },
  'AWS::CodeStarConnections::Connection': { arns: ['ConnectionArn'], ref: 'arn', characters: 'lower' },
  'AWS::Cognito::IdentityPool': { ref: 'id', ids: ['Id'], characters: 'colon' }, // such as eu-west-1:…
  'AWS::Cognito::UserPool': { ids: ['UserPoolId'], arns: ['Arn'], ref: 'id' },
  'AWS::Cognito::UserPoolClient': { ids: ['ClientId'], ref: 'id', characters: 'lower' },
  'AWS::DAX::Cluster': { name: 'ClusterName', arns: ['Arn'], ref: 'id', characters: 'lower', lowerCase: true },
  'AWS::DSQL::Cluster': { ids: ['Identifier'], arns: ['ResourceArn'], ref: 'id', characters: 'lower' },
  'AWS::DocDB::DBCluster': { ids: ['ClusterResourceId'] }, // `Ref` and the ARN are of the other identifier
  'AWS::EC2::Instance': { ids: ['InstanceId'], ref: 'id', characters: 'lower' },
  'AWS::EC2::Volume': { ids: ['VolumeId'], ref: 'id', characters: 'lower' },
  'AWS::ECR::PublicRepository': { name: 'RepositoryName', arns: ['Arn'], ref: 'id', characters: 'path' },
  'AWS::ECS::Cluster': { name: 'ClusterName', arns: ['Arn'], ref: 'id' },
  'AWS::EFS::AccessPoint': { ids: ['AccessPointId'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::EFS::FileSystem': { ids: ['FileSystemId'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::EKS::Cluster': { name: 'Name', arns: ['Arn'], ref: 'id', maxLength: 100 },
  'AWS::EMRContainers::VirtualCluster': { ids: ['Id'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::EMRServerless::Application': { ids: ['ApplicationId'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::ElastiCache::ServerlessCache': { name: 'ServerlessCacheName', arns: ['ARN'], ref: 'id', characters: 'lower', lowerCase: true },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { arns: ['LoadBalancerArn'], ref: 'arn', format: 'arn:$P:elasticloadbalancing:$R:$A:loadbalancer/$N', characters: 'path', example: 'app/example-load-balancer-#/1234567890abcdef' },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { arns: ['TargetGroupArn'], ref: 'arn', format: 'arn:$P:elasticloadbalancing:$R:$A:targetgroup/$N', characters: 'path', example: 'example-target-group-#/1234567890abcdef' },
  'AWS::Elasticsearch::Domain': { name: 'DomainName', arns: ['Arn'], ref: 'id', characters: 'lower', maxLength: 28 },
  'AWS::Events::Archive': { name: 'ArchiveName', arns: ['Arn'], ref: 'id', characters: 'dotted', maxLength: 48 },
  'AWS::FSx::FileSystem': { ids: ['Id'], arns: ['ResourceARN'], ref: 'id', characters: 'lower' },
  'AWS::Glue::Crawler': { name: 'Name', ref: 'id' },
  'AWS::Glue::Job': { name: 'Name', ref: 'id' },
  'AWS::Glue::Registry': { name: 'Name', arns: ['Arn'], ref: 'arn' },
  'AWS::Glue::Trigger': { name: 'Name', ref: 'id' },
  'AWS::Glue::Workflow': { name: 'Name', ref: 'id' },
  'AWS::IAM::Group': { name: 'GroupName', arns: ['Arn'], ref: 'id', format: 'arn:$P:iam::$A:group$H$N', characters: 'iam', maxLength: 128 },
  'AWS::IAM::InstanceProfile': { name: 'InstanceProfileName', arns: ['Arn'], ref: 'id', format: 'arn:$P:iam::$A:instance-profile$H$N', characters: 'iam', maxLength: 128 },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName', arns: ['PolicyArn'], ref: 'arn', format: 'arn:$P:iam::$A:policy$H$N', characters: 'iam', maxLength: 128 },
  'AWS::IAM::User': { name: 'UserName', arns: ['Arn'], ref: 'id', format: 'arn:$P:iam::$A:user$H$N', characters: 'iam', maxLength: 64 },
  'AWS::IoT::Policy': { name: 'PolicyName', arns: ['Arn'], ref: 'id', characters: 'iam', maxLength: 128 },
  'AWS::IoT::Thing': { name: 'ThingName', arns: ['Arn'], ref: 'id', maxLength: 128 },
  'AWS::IoT::TopicRule': { name: 'RuleName', arns: ['Arn'], ref: 'id', maxLength: 128 },
  'AWS::Kendra::Index': { ids: ['Id'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::KinesisFirehose::DeliveryStream': { name: 'DeliveryStreamName', arns: ['Arn'], ref: 'id', characters: 'dotted', maxLength: 64 },
  'AWS::KinesisVideo::Stream': { arns: ['Arn'], format: 'arn:$P:kinesisvideo:$R:$A:stream/$N', characters: 'path', example: 'example-stream-#/1767225600000' }, // its name and the time of its creation
  'AWS::Location::GeofenceCollection': { name: 'CollectionName', arns: ['Arn', 'CollectionArn'], ref: 'id', characters: 'dotted', maxLength: 100 },
  'AWS::Location::PlaceIndex': { name: 'IndexName', arns: ['Arn', 'IndexArn'], ref: 'id', characters: 'dotted', maxLength: 100 },
  'AWS::Location::RouteCalculator': { name: 'CalculatorName', arns: ['Arn', 'CalculatorArn'], ref: 'id', characters: 'dotted', maxLength: 100 },
  'AWS::Location::Tracker': { name: 'TrackerName', arns: ['Arn', 'TrackerArn'], ref: 'id', characters: 'dotted', maxLength: 100 },
  'AWS::Logs::Destination': { name: 'DestinationName', arns: ['Arn'], ref: 'id', characters: 'path' },
  'AWS::MSK::Cluster': { arns: ['Arn'], ref: 'arn', format: 'arn:$P:kafka:$R:$A:cluster/$N', characters: 'path', example: 'example-cluster-#/1234abcd-12ab-34cd-56ef-1234567890ab-1' }, // its name and a generated id
  'AWS::MSK::ServerlessCluster': { arns: ['Arn'], ref: 'arn', format: 'arn:$P:kafka:$R:$A:cluster/$N', characters: 'path', example: 'example-cluster-#/1234abcd-12ab-34cd-56ef-1234567890ab-s1' },
  'AWS::MWAA::Environment': { name: 'Name', arns: ['Arn'], ref: 'id', maxLength: 80 },
  'AWS::MemoryDB::Cluster': { name: 'ClusterName', arns: ['ARN'], ref: 'id', characters: 'lower', lowerCase: true },
  'AWS::Neptune::DBCluster': { ids: ['ClusterResourceId'] }, // as of AWS::DocDB::DBCluster
  'AWS::NeptuneGraph::Graph': { ids: ['GraphId'], arns: ['GraphArn'], ref: 'id', characters: 'lower' },
  'AWS::OpenSearchServerless::Collection': { ids: ['Id'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::OpenSearchService::Domain': { name: 'DomainName', arns: ['Arn'], ref: 'id', characters: 'lower', maxLength: 28 },
  'AWS::Pipes::Pipe': { name: 'Name', arns: ['Arn'], ref: 'id', characters: 'dotted', maxLength: 64 },
  'AWS::RDS::DBProxy': { arns: ['DBProxyArn'], characters: 'lower' }, // `Ref` is its name
  'AWS::Redshift::Cluster': { name: 'ClusterIdentifier', ref: 'id', characters: 'lower', lowerCase: true },
  'AWS::RedshiftServerless::Namespace': {
    ids: ['Namespace.NamespaceId'], arns: ['Namespace.NamespaceArn'], characters: 'lower', // `Ref` is its name
  },
  'AWS::RedshiftServerless::Workgroup': {
    ids: ['Workgroup.WorkgroupId'], arns: ['Workgroup.WorkgroupArn'], characters: 'lower', // `Ref` is its name
  },
  'AWS::Route53::HealthCheck': { ids: ['HealthCheckId'], ref: 'id', characters: 'lower' },
  'AWS::Route53::HostedZone': { ids: ['Id'], ref: 'id' },
  'AWS::S3::AccessPoint': { name: 'Name', ids: ['Name'], arns: ['Arn'], ref: 'id', characters: 'lower', maxLength: 50 },
  'AWS::S3Express::DirectoryBucket': { name: 'BucketName', arns: ['Arn'], ref: 'id', characters: 'lower', maxLength: 63 },
  'AWS::S3Tables::TableBucket': { name: 'TableBucketName', arns: ['TableBucketARN'], ref: 'arn', characters: 'lower', maxLength: 63 },
  'AWS::S3Vectors::VectorBucket': { name: 'VectorBucketName', arns: ['VectorBucketArn'], ref: 'arn', characters: 'lower', maxLength: 63 },
  'AWS::SES::ConfigurationSet': { name: 'Name', ref: 'id', maxLength: 64 },
  'AWS::SES::EmailIdentity': { name: 'EmailIdentity', ref: 'id', characters: 'iam' },
  'AWS::SSM::Parameter': { name: 'Name', ref: 'id', characters: 'path' }, // its ARN has no leading slash, which the name may have
  'AWS::SageMaker::Endpoint': { name: 'EndpointName', ids: ['EndpointName'], ref: 'arn', format: 'arn:$P:sagemaker:$R:$A:endpoint/$N', characters: 'lower', maxLength: 63, lowerCase: true },
  'AWS::Scheduler::ScheduleGroup': { name: 'Name', arns: ['Arn'], ref: 'id', characters: 'dotted', maxLength: 64 },
  'AWS::ServiceDiscovery::HttpNamespace': { ids: ['Id'], ref: 'id', characters: 'lower' },
  'AWS::ServiceDiscovery::PrivateDnsNamespace': { ids: ['Id'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::ServiceDiscovery::PublicDnsNamespace': { ids: ['Id'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::ServiceDiscovery::Service': { ids: ['Id'], arns: ['Arn'], ref: 'id', characters: 'lower' },
  'AWS::StepFunctions::Activity': { name: 'Name', ids: ['Name'], arns: ['Arn'], ref: 'arn', characters: 'dotted', maxLength: 80 },
  'AWS::Synthetics::Canary': { name: 'Name', ref: 'id' },
  'AWS::Timestream::Database': { name: 'DatabaseName', arns: ['Arn'], ref: 'id', characters: 'dotted' },
  'AWS::Transfer::Server': { ids: ['ServerId'], arns: ['Arn'], ref: 'arn', characters: 'lower' },
  'AWS::VerifiedPermissions::PolicyStore': { ids: ['PolicyStoreId'], arns: ['Arn'], ref: 'id' },
};
