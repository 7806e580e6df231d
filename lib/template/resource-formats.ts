import { CHARACTERS } from './value-kinds';
import { knownFormat, KnownFormat } from '../reference/resource-formats';

const uuid = { nameCharacters: CHARACTERS.lowerName, minLength: 36, maxLength: 36 };

/**
 * The types whose grants CDK apps use most; others are in the reference data.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const TABLE: KnownFormat = {
  nameProperty: 'TableName',
  nameCharacters: CHARACTERS.dottedName,
  minLength: 3,
  maxLength: 255,
  exampleName: 'example-table-#',
  ref: '$N',
  attributes: { Arn: 'arn:$P:dynamodb:$R:$A:table/$N', StreamArn: 'arn:$P:dynamodb:$R:$A:table/$N/stream/$G' },
  generated: { characters: `${CHARACTERS.digits}-:.T`, example: '2026-01-01T00:00:00.00#' },
};

/** RDS converts identifiers to lower case, and also generates ids: `db-` or `cluster-` and capitals. */
const DATABASE = { nameCharacters: CHARACTERS.lowerName, minLength: 1, maxLength: 63, ref: '$N', lowerCase: true } as const;

/** New ids have 17 characters behind the prefix, old ones 8: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const networkId = (prefix: string) => ({
  nameCharacters: CHARACTERS.lowerName,
  minLength: prefix.length + 8,
  maxLength: prefix.length + 17,
  exampleName: `${prefix}1234567890abcdef#`,
});

const FORMATS: { readonly [type: string]: KnownFormat } = {
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    nameCharacters: `${CHARACTERS.lowerName}.`,
    minLength: 3,
    maxLength: 63,
    exampleName: 'example-bucket-#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:s3:::$N' },
  },
  'AWS::DynamoDB::Table': TABLE,
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    nameCharacters: CHARACTERS.dottedName,
    minLength: 1,
    maxLength: 80,
    exampleName: 'example-queue-#',
    attributes: { Arn: 'arn:$P:sqs:$R:$A:$N', QueueName: '$N' },
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    nameCharacters: CHARACTERS.dottedName,
    minLength: 1,
    maxLength: 256,
    exampleName: 'example-topic-#',
    ref: 'arn:$P:sns:$R:$A:$N',
    attributes: { TopicArn: 'arn:$P:sns:$R:$A:$N', TopicName: '$N' },
  },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    nameCharacters: CHARACTERS.name,
    minLength: 1,
    maxLength: 64,
    exampleName: 'example-function-#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:lambda:$R:$A:function:$N' },
  },
  'AWS::Lambda::Alias': {
    nameProperty: 'Name',
    nameCharacters: CHARACTERS.name,
    minLength: 1,
    maxLength: 128,
    exampleName: 'example-alias-#',
    ref: 'arn:$P:lambda:$R:$A:function:$[FunctionName]:$N',
    attributes: { AliasArn: 'arn:$P:lambda:$R:$A:function:$[FunctionName]:$N' },
  },
  'AWS::Lambda::Version': {
    nameCharacters: CHARACTERS.digits,
    minLength: 1,
    maxLength: 9,
    exampleName: '#',
    ref: 'arn:$P:lambda:$R:$A:function:$[FunctionName]:$N',
    attributes: { FunctionArn: 'arn:$P:lambda:$R:$A:function:$[FunctionName]:$N', Version: '$N' },
  },
  'AWS::RDS::DBCluster': {
    ...DATABASE,
    exampleName: 'example-cluster-#',
    nameProperty: 'DBClusterIdentifier',
    attributes: { DBClusterArn: 'arn:$P:rds:$R:$A:cluster:$N', DBClusterResourceId: '$G' },
    generated: { characters: CHARACTERS.name, example: 'cluster-EXAMPLE#' },
  },
  'AWS::RDS::DBInstance': {
    ...DATABASE,
    exampleName: 'example-database-#',
    nameProperty: 'DBInstanceIdentifier',
    attributes: { DBInstanceArn: 'arn:$P:rds:$R:$A:db:$N', DbiResourceId: '$G' },
    generated: { characters: CHARACTERS.name, example: 'db-EXAMPLE#' },
  },
  'AWS::StepFunctions::StateMachine': {
    nameProperty: 'StateMachineName',
    nameCharacters: CHARACTERS.dottedName,
    minLength: 1,
    maxLength: 80,
    exampleName: 'example-machine-#',
    ref: 'arn:$P:states:$R:$A:stateMachine:$N',
    attributes: { Arn: 'arn:$P:states:$R:$A:stateMachine:$N', Name: '$N' },
  },
  'AWS::KMS::Key': {
    ...uuid,
    exampleName: '1234abcd-12ab-34cd-56ef-12345678900#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:kms:$R:$A:key/$N', KeyId: '$N' },
  },
  'AWS::KMS::ReplicaKey': {
    ...uuid,
    exampleName: '1234abcd-12ab-34cd-56ef-12345678900#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:kms:$R:$A:key/$N', KeyId: '$N' },
  },
  'AWS::SecretsManager::Secret': { // the ARN ends with six random characters even if the name is given
    nameCharacters: CHARACTERS.iamName + '/',
    minLength: 8,
    maxLength: 519,
    exampleName: 'example-secret-#',
    ref: 'arn:$P:secretsmanager:$R:$A:secret:$N',
    attributes: { Id: 'arn:$P:secretsmanager:$R:$A:secret:$N' },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    nameCharacters: CHARACTERS.iamName,
    minLength: 1,
    maxLength: 64,
    exampleName: 'example-role-#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:iam::$A:role$H$N' },
  },
  'AWS::Kinesis::Stream': {
    nameProperty: 'Name',
    nameCharacters: CHARACTERS.dottedName,
    minLength: 1,
    maxLength: 128,
    exampleName: 'example-stream-#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:kinesis:$R:$A:stream/$N' },
  },
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    nameCharacters: CHARACTERS.path,
    minLength: 1,
    maxLength: 256,
    exampleName: 'example-bus-#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:events:$R:$A:event-bus/$N', Name: '$N' },
  },
  'AWS::EC2::VPC': { ...networkId('vpc-'), ref: '$N', attributes: { VpcId: '$N' } },
  'AWS::EC2::Subnet': { ...networkId('subnet-'), ref: '$N', attributes: { SubnetId: '$N' } },
  'AWS::EC2::SecurityGroup': { ...networkId('sg-'), attributes: { GroupId: '$N' } }, // Ref may be the name of the group
  'AWS::EC2::VPCEndpoint': { ...networkId('vpce-'), ref: '$N', attributes: { Id: '$N' } },
  'AWS::ECR::Repository': {
    nameProperty: 'RepositoryName',
    nameCharacters: CHARACTERS.path,
    minLength: 2,
    maxLength: 256,
    exampleName: 'example-repository-#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:ecr:$R:$A:repository/$N' },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    nameCharacters: CHARACTERS.path,
    minLength: 1,
    maxLength: 512,
    exampleName: 'example-log-group-#',
    ref: '$N',
    attributes: { Arn: 'arn:$P:logs:$R:$A:log-group:$N:*' },
  },
};

const WRITTEN: ReadonlyMap<string, KnownFormat> = new Map(Object.entries(FORMATS));

/** The format of the values of a CloudFormation type's `Ref` and `Fn::GetAtt`. `undefined`: nothing is certain. */
export function resourceFormat(type: string): KnownFormat | undefined {
  return WRITTEN.get(type) ?? knownFormat(type);
}

/** The types that this file describes, and not the reference data. */
export const WRITTEN_TYPES: readonly string[] = [...WRITTEN.keys()];
