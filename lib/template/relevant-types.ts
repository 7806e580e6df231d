/**
 * The types of resources that this library reads: those that may be, or may contain, associations, and those with policies that may
 * change what a role may do. `unexamined-parts.ts` asks whether a part that cannot be read may have one of them.
 */
export const ASSOCIATION_TYPE = 'AWS::EKS::PodIdentityAssociation';
export const ADDON_TYPE = 'AWS::EKS::Addon';
export const NESTED_STACK_TYPE = 'AWS::CloudFormation::Stack';
/** The nested stack of the AWS Serverless Application Model. */
export const SERVERLESS_APPLICATION_TYPE = 'AWS::Serverless::Application';

/** Resources that attach a policy to roles. */
export const ATTACHED_POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'] as const;

/** Resources with a policy that may allow something to a role by its ARN. */
export const RESOURCE_POLICY_TYPES = [
  'AWS::DynamoDB::Table', 'AWS::ECR::Repository', 'AWS::KMS::Key', 'AWS::S3::BucketPolicy', 'AWS::SecretsManager::ResourcePolicy',
  'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy',
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
