/** The values of the intrinsic functions of the table's templates: only what these templates contain. */
export interface Resource { readonly Type: string; readonly Properties: any }
export type Resources = { readonly [id: string]: Resource };

export const REGIONAL = 'eu-west-1:111122223333';

const PSEUDO_PARAMETERS: { readonly [name: string]: string } = {
  'AWS::AccountId': '111122223333', 'AWS::Region': 'eu-west-1', 'AWS::Partition': 'aws',
};

type Text = (properties: any, id: string) => string;

const ARNS: { readonly [type: string]: Text } = {
  'AWS::IAM::Role': ({ RoleName, Path = '/' }, id) => `arn:aws:iam::111122223333:role${Path}${RoleName ?? `stack-${id}`}`,
  'AWS::S3::Bucket': (_, id) => `arn:aws:s3:::${id.toLowerCase()}`,
  'AWS::SQS::Queue': (_, id) => `arn:aws:sqs:${REGIONAL}:${id}`,
  'AWS::SNS::Topic': (_, id) => `arn:aws:sns:${REGIONAL}:${id}`,
  'AWS::SecretsManager::Secret': (_, id) => `arn:aws:secretsmanager:${REGIONAL}:secret:${id}-a1b2c3`,
  'AWS::Kinesis::Stream': (_, id) => `arn:aws:kinesis:${REGIONAL}:stream/${id}`,
  'AWS::Events::EventBus': ({ Name }) => `arn:aws:events:${REGIONAL}:event-bus/${Name}`,
  'AWS::ECR::Repository': (_, id) => `arn:aws:ecr:${REGIONAL}:repository/${id.toLowerCase()}`,
  'AWS::DynamoDB::Table': ({ TableName }) => `arn:aws:dynamodb:${REGIONAL}:table/${TableName}`,
  'AWS::DynamoDB::GlobalTable': ({ TableName }) => `arn:aws:dynamodb:${REGIONAL}:table/${TableName}`,
  'AWS::EFS::FileSystem': (_, id) => `arn:aws:elasticfilesystem:${REGIONAL}:file-system/fs-${id.toLowerCase()}`,
  'AWS::OpenSearchService::Domain': ({ DomainName }) => `arn:aws:es:${REGIONAL}:domain/${DomainName}`,
  'AWS::ApiGateway::RestApi': (_, id) => `arn:aws:execute-api:${REGIONAL}:${id.toLowerCase()}`,
  'AWS::Backup::BackupVault': ({ BackupVaultName }) => `arn:aws:backup:${REGIONAL}:backup-vault:${BackupVaultName}`,
  'AWS::KMS::Key': (_, id) => `arn:aws:kms:${REGIONAL}:key/${id.toLowerCase()}`,
  'AWS::KMS::ReplicaKey': (_, id) => `arn:aws:kms:${REGIONAL}:key/${id.toLowerCase()}`,
  'AWS::Lambda::Function': ({ FunctionName }) => `arn:aws:lambda:${REGIONAL}:function:${FunctionName}`,
};

const REFS: { readonly [type: string]: Text } = {
  'AWS::S3::Bucket': (_, id) => id.toLowerCase(),
  'AWS::SQS::Queue': (_, id) => `https://sqs.eu-west-1.amazonaws.com/111122223333/${id}`,
  'AWS::SNS::Topic': ARNS['AWS::SNS::Topic'],
  'AWS::SecretsManager::Secret': ARNS['AWS::SecretsManager::Secret'],
  'AWS::Events::EventBus': ({ Name }) => Name,
  'AWS::ApiGateway::RestApi': (_, id) => id.toLowerCase(),
  'AWS::Lambda::Function': ({ FunctionName }) => FunctionName,
  'AWS::Lambda::Alias': ({ Name }) => `arn:aws:lambda:${REGIONAL}:function:shop:${Name}`,
  'AWS::IAM::ManagedPolicy': (_, id) => `arn:aws:iam::111122223333:policy/${id}`,
};

export function arnOf(id: string, resources: Resources): string {
  return found(ARNS, resources[id].Type)(resources[id].Properties ?? {}, id);
}

/** The value with its intrinsic functions replaced by what they return. */
export function resolve(value: any, resources: Resources): any {
  if (typeof value !== 'object' || value === null) { return value; }
  if (Array.isArray(value)) { return value.map((item) => resolve(item, resources)); }
  const [[name, argument] = []] = Object.entries<any>(value);
  if (name === 'Ref') { return refOf(argument, resources); }
  if (name === 'Fn::GetAtt') { return attributeOf(argument[0], argument[1], resources); }
  if (name === 'Fn::Join') { return resolve(argument[1], resources).join(argument[0]); }
  if (name === 'Fn::Sub') {
    return argument.replace(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_: string, id: string, attribute?: string) => (
      attribute ? attributeOf(id, attribute, resources) : refOf(id, resources)));
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, resources)]));
}

function refOf(id: string, resources: Resources): string {
  return PSEUDO_PARAMETERS[id] ?? found(REFS, resources[id].Type)(resources[id].Properties ?? {}, id);
}

function attributeOf(id: string, attribute: string, resources: Resources): string {
  return attribute === 'RoleId' ? `AROA${id.toUpperCase()}`
    : attribute === 'RootResourceId' ? 'root' : arnOf(id, resources);
}

function found<T>(table: { readonly [name: string]: T }, name: string): T {
  if (!table[name]) { throw new Error(`no such type here: ${name}`); }
  return table[name];
}
