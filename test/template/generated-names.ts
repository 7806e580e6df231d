/**
 * Names and ids that CloudFormation generated, as AWS documents them and as people published them.
 *
 * Left out, with the reason:
 * - ids of EC2 and EFS with 8 characters, in the examples of Ref (i-636be302, vpc-18ac277d, subnet-e19f0178, vol-3cdd3f56,
 *   vpce-a123d0d1, sg-94b3a1f6, fs-47a2c22e): the page is of 2018, and new resources no longer have such ids;
 * - examples of Ref that are names of the author's own, such as MyDDBTable and test-repository;
 * - the function and the role in `aws cloudformation list-stack-resources help` (my-function-SEZV4XMPL4S5): someone cut
 *   the name of the stack from them, and not from the bucket of the same output;
 * - the function of the CDK workshop in other languages: someone replaced the name of the stack (hello-cdk-1) in it.
 */
export interface Named {
  readonly type: string;
  /** The names of the stack and of those that contain it, from the outermost; the others are logical ids. */
  readonly stack: readonly string[];
  readonly logicalId: string;
  readonly name: string;
  readonly source: string;
  readonly properties?: { readonly [name: string]: unknown };
}

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest';
const REF = `${CLOUDFORMATION}/UserGuide/intrinsic-function-reference-ref.html`;
const NAMES = `${CLOUDFORMATION}/TemplateReference/aws-properties-name.html`;
const OLD_NAMES = `${CLOUDFORMATION}/UserGuide/aws-properties-name.html`;
const QUEUE = `${CLOUDFORMATION}/TemplateReference/aws-resource-sqs-queue.html`;
const DRIFT = `${CLOUDFORMATION}/UserGuide/detect-drift-resource.html`;
const SAM = 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/using-sam-cli-remote-invoke.html';
const GITHUB = 'https://github.com';
const WORKSHOP = `${GITHUB}/aws-samples/aws-cdk-intro-workshop/tree/main/workshop/content/english/20-typescript/40-hit-counter`;
const SSM = `${GITHUB}/aws/aws-cdk/commits/v1-main/packages/@aws-cdk/aws-ssm/test/integ.parameter-arns.ts`;
const CLI = 'https://docs.aws.amazon.com/cli/latest/reference';

const row = (
  type: string, stack: string | readonly string[], logicalId: string, name: string, source: string,
): Named => (
  { type, stack: typeof stack === 'string' ? [stack] : stack, logicalId, name, source });

export const NAMED: readonly Named[] = [
  row('AWS::AutoScaling::AutoScalingGroup', 'mystack', 'myasgroup', 'mystack-myasgroup-NT5EUXTNTXXD', REF),
  row('AWS::CloudWatch::Alarm', 'mystack', 'myalarm', 'mystack-myalarm-3AOHFRGOXR5T', REF),
  row('AWS::ECS::Cluster', 'MyStack', 'MyECSCluster', 'MyStack-MyECSCluster-NT5EUXTNTXXD', REF),
  row('AWS::EKS::Cluster', 'MyStack', 'EKSCluster', 'EKSCluster-NT5EUXTNTXXD', REF),
  row('AWS::IAM::Group', 'mystack', 'mygroup', 'mystack-mygroup-1DZETITOWEKVO', REF),
  row('AWS::IAM::ManagedPolicy', 'teststack', 'CreateTestDBPolicy', 'teststack-CreateTestDBPolicy-16M23YE3CS700', REF),
  row('AWS::IAM::User', 'mystack', 'myuser', 'mystack-myuser-1CCXAFG2H2U4D', REF),
  row('AWS::IoT::Thing', 'MyStack', 'MyThing', 'MyStack-MyThing-AB1CDEFGHIJK', REF),
  row('AWS::IoT::TopicRule', 'MyStack', 'MyTopicRule', 'MyStackMyTopicRule12ABC3D456EFG', REF),
  row('AWS::Kinesis::Stream', 'mystack', 'mystream', 'mystack-mystream-1NAOH4L1RIQ7I', REF),
  row('AWS::KinesisFirehose::DeliveryStream', 'mystack', 'deliverystream', 'mystack-deliverystream-1ABCD2EF3GHIJ', REF),
  row('AWS::KMS::Key', 'mystack', 'mykey', '123ab456-a4c2-44cb-95fd-b781f32fbb37', REF),
  row('AWS::Lambda::Function', 'MyStack', 'AMILookUp', 'MyStack-AMILookUp-NT5EUXTNTXXD', REF),
  row('AWS::Logs::LogGroup', 'mystack', 'myLogGroup', 'mystack-myLogGroup-1341JS4M96031', REF),
  row('AWS::RDS::DBCluster', 'test', 'rdscluster', 'test-rdscluster-pdedtss0mfqr', REF),
  row('AWS::Redshift::Cluster', 'mystack', 'myredshiftcluster', 'mystack-myredshiftcluster-ranmiv3f0mad', REF),
  row('AWS::S3::Bucket', 'mystack', 'mys3bucket', 'mystack-mys3bucket-1hbsmonr9mytq', REF),
  row('AWS::SNS::Topic', 'mystack', 'mytopic', 'mystack-mytopic-NZJ5JSMVGFIE', REF),
  row('AWS::SQS::Queue', 'aa4', 'MyQueue', 'aa4-MyQueue-Z5NOSZO2PZE9', REF),
  row('AWS::StepFunctions::StateMachine', 'MyStack', 'MyStateMachine', 'MyStateMachine-ABCDEFGHIJ1K', REF),
  row('AWS::CertificateManager::Certificate', 'MyStack', 'MyCertificate',
    '12ab3c4d-56789-0ef1-2345-3dab6fa3ee50', REF), // one digit too many
  row('AWS::ApiGateway::RestApi', 'MyStack', 'MyApi', 'a1bcdef2gh', REF),
  row('AWS::ApiGateway::ApiKey', 'MyStack', 'MyKey', 'm2m1k7sybf', REF),
  row('AWS::ApiGatewayV2::Api', 'MyStack', 'MyHttpApi', 'a1bcdef2gh', REF),
  row('AWS::CloudFront::Distribution', 'MyStack', 'MyDistribution', 'E27LVI50CSW06W', REF),
  row('AWS::CloudFormation::Stack', ['mystack', 'mynestedstack'], '', 'mystack-mynestedstack-sggfrhxhum7w', REF),
  row('AWS::S3::Bucket', 'MyStack', 'MyBucket', 'MyStack-MyBucket-abcdefghijk1', NAMES),
  row('AWS::S3::Bucket', 'stack123123123123', 's3bucket', 'stack123123123123-s3bucket-abcdefghijk1', OLD_NAMES),
  row('AWS::SQS::Queue', 'mystack', 'myqueue', 'mystack-myqueue-15PG5C2FC1CW8', QUEUE),
  row('AWS::SQS::Queue', 'mystack', 'myqueue', 'mystack-myqueue-1VF9BKQH5BJVI', QUEUE),
  row('AWS::SQS::Queue', 'my-stack-with-resource-drift', 'Queue',
    'my-stack-with-resource-drift-Queue-494PBHCO76H4', DRIFT),
  row('AWS::SQS::Queue', 'my-stack-with-resource-drift', 'DLQ',
    'my-stack-with-resource-drift-DLQ-1BCY7HHD5QIM3', DRIFT),
  row('AWS::DynamoDB::Table', 'testddbstack', 'myDynamoDBTable', 'testddbstack-myDynamoDBTable-012A1SL7SMP5Q',
    `${CLOUDFORMATION}/TemplateReference/aws-resource-dynamodb-table.html`),
  row('AWS::Logs::LogGroup', 'mystack', 'testgroup', '/mystack-testgroup-12ABC1AB12A1', // the slash is in the page
    `${CLOUDFORMATION}/TemplateReference/aws-resource-logs-loggroup.html`),
  row('AWS::EFS::FileSystem', 'mystack', 'myfiles', 'fs-0123456789abcdef8',
    `${CLOUDFORMATION}/TemplateReference/aws-resource-efs-filesystem.html`),
  row('AWS::EC2::Instance', 'mystack', 'myinstance', 'i-1234567890abcdef0',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html'),
  row('AWS::APS::Workspace', 'mystack', 'myworkspace', 'ws-example1-1234-abcd-5678-ef90abcd1234',
    'https://docs.aws.amazon.com/prometheus/latest/APIReference/API_WorkspaceDescription.html'),
  {
    ...row('AWS::MSK::Cluster', 'mystack', 'mycluster', 'example/279c0212-d057-4dba-9aa9-1c4e5a25bfc7-3',
      'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/msk_scram_secret_association'),
    properties: { ClusterName: 'example' },
  },
  row('AWS::S3::Bucket', 'my-stack', 'bucket',
    'my-stack-bucket-1vc62xmplgguf', `${CLI}/cloudformation/describe-stack-resources.html`),
  row('AWS::Cognito::UserPool', 'my-stack', 'pool',
    'us-west-2_aaaaaaaaa', `${CLI}/cognito-idp/describe-user-pool.html`),
  row('AWS::Lambda::Function', 'sam-app', 'HelloWorldFunction', 'sam-app-HelloWorldFunction-ohRFEn2RuAvp', SAM),
  row('AWS::StepFunctions::StateMachine', 'state-machine-example', 'HelloWorldStateMachine',
    'HelloWorldStateMachine-z69tFEUx0F66', SAM),
  row('AWS::DynamoDB::Table', 'CdkWorkshopStack', 'HelloHitCounterHits7AAEBF80',
    'CdkWorkshopStack-HelloHitCounterHits7AAEBF80-1DZVT3W84LJKB', `${WORKSHOP}/500-logs.md`),
  row('AWS::Lambda::Function', 'CdkWorkshopStack', 'HelloHandler2E4FBA4D',
    'CdkWorkshopStack-HelloHandler2E4FBA4D-149MVAO4969O7', `${WORKSHOP}/600-permissions.md`),
  row('AWS::Lambda::Function', 'CdkWorkshopStack', 'HelloHitCounterHitCounterHandlerDAEA7B37',
    'CdkWorkshopStack-HelloHitCounterHitCounterHandlerD-144HVUNEWRWEO', `${WORKSHOP}/600-permissions.md`),
  row('AWS::IAM::Role', 'CdkWorkshopStack', 'HelloHitCounterHitCounterHandlerServiceRoleD45002B8',
    'CdkWorkshopStack-HelloHitCounterHitCounterHandlerS-TU5M09L1UBID', `${WORKSHOP}/600-permissions.md`),
  row('AWS::SSM::Parameter', 'integ-parameter-arns', 'ListAutogenC5DA1CAE',
    'CFN-ListAutogenC5DA1CAE-QmGaUkqhh6Au', SSM),
  row('AWS::SSM::Parameter', 'integ-parameter-arns', 'StringAutogenE7E896E4',
    'CFN-StringAutogenE7E896E4-L0BHbfLgtgJT', SSM),
  row('AWS::SecretsManager::Secret', 'MyStack', 'dbSecret8003E3A7',
    'dbSecret8003E3A7-mIXuhO5ONwLb-qeNyUO', `${GITHUB}/aws/aws-cdk/issues/11573`),
  row('AWS::Lambda::Function', 'MyStackDev-MyNestedApplicationStack-K87FLFVLYVQJ', 'MyLambdaFunctionName',
    'MyStackDev-MyNestedApplicatio-MyLambdaFunctionName-1U44TLUZ7OR55',
    'https://gist.github.com/christianklotz/468a240a75f4ae3e73bd52722f926acb'),
  row('AWS::CloudFormation::Stack',
    ['backgroundagent-dev', 'AgentRegistryStackNestedStackAgentRegistryStackNestedStackResource12345678'], '', // the hash is not in the source
    'backgroundagent-dev-AgentRegistryStackNestedStackAgentRegistryStackNestedStackResource-16VAX8Y6Y64W',
    `${GITHUB}/aws-samples/sample-autonomous-cloud-coding-agents/issues/865`),
  row('AWS::StepFunctions::StateMachine',
    ['backgroundagent-dev', 'AgentRegistryStackNestedStackAgentRegistryStackNestedStackResource12345678'],
    'AgentRegistryProviderwaiterstatemachineE27177B2', 'AgentRegistryProviderwaiterstatemachineE27177B2-arZJxYWqV4wX',
    `${GITHUB}/aws-samples/sample-autonomous-cloud-coding-agents/issues/865`),
];

/** Types whose names are published in two forms: nothing is expected of them. */
export const IN_TWO_FORMS: readonly Named[] = [
  row('AWS::RDS::DBInstance', 'mystack', 'mydb', 'mystack-mydb-ea5ugmfvuaxg', REF),
  row('AWS::RDS::DBInstance', 'rapido-build-db-database', 'RDS',
    'rdud528wmt7bx0', // the stack and its logical id are not in the source
    `${GITHUB}/virtuelabs-io/rapido-build-cf/blob/master/cf/rds/rds-resource.sh`),
];
