/**
 * The types of resources that this library reads: those that may be, or may contain, associations, and those with policies that may
 * change what a role may do. `unexamined-parts.ts` asks whether a part that cannot be read may have one of them.
 */
export const ASSOCIATION_TYPE = 'AWS::EKS::PodIdentityAssociation';
export const ADDON_TYPE = 'AWS::EKS::Addon';
/** The name of the add-on that is the EKS Pod Identity Agent: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html */
export const AGENT_ADDON = 'eks-pod-identity-agent';
/** A cluster: the one of CloudFormation, and the custom resource of `aws-eks`. */
export const CLUSTER_TYPES = ['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'] as const;
export const NESTED_STACK_TYPE = 'AWS::CloudFormation::Stack';
/** The nested stack of the AWS Serverless Application Model. */
export const SERVERLESS_APPLICATION_TYPE = 'AWS::Serverless::Application';

/** Resources that attach a policy to roles. */
export const ATTACHED_POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'] as const;

/** Resources with a policy that may allow or deny something to a role, or that are the policy of one. */
export const RESOURCE_POLICY_TYPES = [
  'AWS::ApiGateway::RestApi', 'AWS::Backup::BackupVault', 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::ECR::Repository',
  'AWS::EFS::FileSystem', 'AWS::Elasticsearch::Domain', 'AWS::Events::EventBus', 'AWS::Events::EventBusPolicy', 'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey', 'AWS::Kinesis::ResourcePolicy', 'AWS::Lambda::Permission', 'AWS::OpenSearchService::Domain', 'AWS::S3::AccessPoint',
  'AWS::S3::BucketPolicy', 'AWS::SNS::TopicInlinePolicy', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueueInlinePolicy', 'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::ResourcePolicy',
] as const;

/** Whether the properties of a resource of this type are read. */
export const isRead: (type: string) => boolean = (() => {
  const types = new Set<string>([ASSOCIATION_TYPE, ADDON_TYPE, NESTED_STACK_TYPE, 'AWS::IAM::Role', ...ATTACHED_POLICY_TYPES, ...RESOURCE_POLICY_TYPES]);
  return (type) => types.has(type);
})();

/** A module of the CloudFormation registry: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html */
export function isModule(type: string): boolean {
  return type.endsWith('::MODULE');
}
