/**
 * The forms of names and ids that CloudFormation or the service generates, and with them their usual lengths. Beside the formats
 * (resource-formats.ts), which are certain, these are estimates: a type has a row only if AWS documents the form or publishes
 * examples, and the row cites them. Without a row, nothing is expected.
 *
 * CloudFormation makes most names of the stack's name, the logical id and 12 random characters, separated by hyphens.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export interface GeneratedName {
  /**
   * `$S`: the name of the stack; `$L`: the logical id; `$X`: the random part of CloudFormation; `$R`: the region; `$[Property]`: the
   * text of a property. Each other character stands for one character: a form with an id has an id as example.
   */
  readonly form?: string;
  /** CloudFormation shortens the part before `$X` so that a name with the longest random part has this length. */
  readonly maxLength?: number;
  /** What follows the name if a property is true. */
  readonly suffix?: { readonly property: string; readonly text: string };
  /** If one of these properties is written, the name has another form, which is not known. */
  readonly unless?: readonly string[];
  /** The form if a property is written that is not the name property of the format. */
  readonly named?: { readonly property: string; readonly form: string };
  /** What the service generates beyond the name (`$G` of the format): an example of the same length. */
  readonly beyondName?: string;
}

const NAME = '$S-$L-$X';
const UUID = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** New resources of EC2 have ids of 17 characters: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const LONG_ID = '1234567890abcdef0';

/** The label is a timestamp: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Stream.html */
const STREAM_LABEL = '2015-11-30T20:10:00.000';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html */
const RDS_ID = 'ABCDEFGHIJKL01234567890123';

/**
 * The names of CloudFormation are those of its table of examples, unless a comment says otherwise:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-ref.html#ref-resource-return-examples
 * test/template/generated-names.ts has names of stacks that were deployed, with their sources.
 */
const GENERATED_NAMES: { readonly [type: string]: GeneratedName } = {
  'AWS::AutoScaling::AutoScalingGroup': { form: NAME, maxLength: 255 },
  'AWS::CloudWatch::Alarm': { form: NAME, maxLength: 255 },
  // The stream's ARN, as an example of Fn::GetAtt: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
  'AWS::DynamoDB::GlobalTable': { form: NAME, maxLength: 255, beyondName: STREAM_LABEL },
  'AWS::DynamoDB::Table': { form: NAME, maxLength: 255, beyondName: STREAM_LABEL },
  'AWS::ECS::Cluster': { form: NAME, maxLength: 255 },
  'AWS::IAM::Group': { form: NAME, maxLength: 128 },
  'AWS::IAM::InstanceProfile': { form: NAME, maxLength: 128 },
  'AWS::IAM::ManagedPolicy': { form: NAME, maxLength: 128 },
  'AWS::IAM::Role': { form: NAME, maxLength: 64 },
  'AWS::IAM::User': { form: NAME, maxLength: 64 },
  'AWS::IoT::Thing': { form: NAME, maxLength: 128 },
  'AWS::IoT::TopicRule': { form: '$S$L$X', maxLength: 128 },
  'AWS::Kinesis::Stream': { form: NAME, maxLength: 128 },
  'AWS::KinesisFirehose::DeliveryStream': { form: NAME, maxLength: 64 },
  'AWS::Lambda::Function': { form: NAME, maxLength: 64 },
  'AWS::Logs::LogGroup': { form: NAME, maxLength: 512 },
  'AWS::RDS::DBCluster': { form: NAME, maxLength: 63, beyondName: `cluster-${RDS_ID}` },
  'AWS::Redshift::Cluster': { form: NAME, maxLength: 63 },
  // A bucket of an account's own namespace has another form: https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
  'AWS::S3::Bucket': { form: NAME, maxLength: 63, unless: ['BucketNamePrefix', 'BucketNamespace'] },
  // https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-code-examples.html, and of SQS, that FIFO names have this suffix
  'AWS::SNS::Topic': { form: NAME, maxLength: 256, suffix: { property: 'FifoTopic', text: '.fifo' } },
  'AWS::SQS::Queue': { form: NAME, maxLength: 80, suffix: { property: 'FifoQueue', text: '.fifo' } },

  // These names do not contain the name of the stack.
  'AWS::EKS::Cluster': { form: '$L-$X', maxLength: 100 },
  // The suffix: https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
  'AWS::SecretsManager::Secret': { form: '$L-$X-AbCdEf', maxLength: 519, named: { property: 'Name', form: '$[Name]-AbCdEf' } },
  'AWS::SSM::Parameter': { form: 'CFN-$L-$X', maxLength: 255 },
  'AWS::StepFunctions::StateMachine': { form: '$L-$X', maxLength: 80 },

  // Two forms are in public stack outputs (mystack-mydb-ea5ugmfvuaxg and rdud528wmt7bx0): only the resource id is expected.
  'AWS::RDS::DBInstance': { beyondName: `db-${RDS_ID}` },

  // Ids that the services make. The ids of KMS keys have no row, because their length is certain.
  // https://docs.aws.amazon.com/prometheus/latest/APIReference/API_WorkspaceDescription.html
  'AWS::APS::Workspace': { form: `ws-${UUID}` },
  'AWS::ApiGateway::ApiKey': { form: 'm2m1k7sybf' },
  'AWS::ApiGateway::RestApi': { form: 'a1bcdef2gh' },
  'AWS::ApiGatewayV2::Api': { form: 'a1bcdef2gh' },
  'AWS::CertificateManager::Certificate': { form: UUID },
  'AWS::CloudFront::Distribution': { form: 'E27LVI50CSW06W' },
  // https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html and API_CreateUserPool of the user pools
  'AWS::Cognito::IdentityPool': { form: `$R:${UUID}` },
  'AWS::Cognito::UserPool': { form: '$R_AbCdEfGhI' },
  'AWS::EC2::Instance': { form: `i-${LONG_ID}` },
  'AWS::EC2::SecurityGroup': { form: `sg-${LONG_ID}` },
  'AWS::EC2::Subnet': { form: `subnet-${LONG_ID}` },
  'AWS::EC2::Volume': { form: `vol-${LONG_ID}` },
  'AWS::EC2::VPC': { form: `vpc-${LONG_ID}` },
  'AWS::EC2::VPCEndpoint': { form: `vpce-${LONG_ID}` },
  // https://docs.aws.amazon.com/efs/latest/ug/API_PutAccountPreferences.html: no short ids since October 2021
  'AWS::EFS::AccessPoint': { form: `fsap-${LONG_ID}` },
  'AWS::EFS::FileSystem': { form: `fs-${LONG_ID}` },
  // The name, a UUID and a number of one or two digits: https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn.html
  'AWS::MSK::Cluster': { form: `$[ClusterName]/${UUID}-1` },
  // A number that counts from 1: https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
  'AWS::Lambda::Version': { form: '10' },
};

const ROWS: ReadonlyMap<string, GeneratedName> = new Map(Object.entries(GENERATED_NAMES));

/** The form of the generated names of a CloudFormation type; `undefined` if none is documented. */
export function generatedName(type: string): GeneratedName | undefined {
  return ROWS.get(type);
}

/** The types that have a form. */
export const TYPES_WITH_GENERATED_NAME: readonly string[] = [...ROWS.keys()];
