/** Which resource policies the table's templates attach to which ARNs: read for the independent evaluator only. */
import { arnOf, REGIONAL, resolve, Resources } from './resolve';
import { ResourceStatement } from '../oracle/principals';

/** Statements of the policy of a resource. */
export interface Attached {
  readonly arn: string;
  readonly statements: readonly ResourceStatement[];
}

type Json = { readonly [key: string]: any };
type Read = (properties: Json, arn: () => string) => readonly Attached[];

const statementsOf = (document: Json | undefined): readonly ResourceStatement[] => [document?.Statement ?? []].flat();
const one = (arn: string, document: Json | undefined): readonly Attached[] => (
  document ? [{ arn, statements: statementsOf(document) }] : []
);
const ofProperty = (name: string): Read => (properties, arn) => one(arn(), properties[name]);
const queueArn = (url: string) => `arn:aws:sqs:${REGIONAL}:${url.split('/').at(-1)}`;

const READS: { readonly [type: string]: Read } = {
  'AWS::S3::BucketPolicy': ({ Bucket, PolicyDocument }) => one(`arn:aws:s3:::${Bucket}`, PolicyDocument),
  'AWS::SQS::QueuePolicy': ({ Queues, PolicyDocument }) => (
    Queues.flatMap((url: string) => one(queueArn(url), PolicyDocument))
  ),
  'AWS::SQS::QueueInlinePolicy': ({ Queue, PolicyDocument }) => one(queueArn(Queue), PolicyDocument),
  'AWS::SNS::TopicPolicy': ({ Topics, PolicyDocument }) => Topics.flatMap((arn: string) => one(arn, PolicyDocument)),
  'AWS::SNS::TopicInlinePolicy': ({ TopicArn, PolicyDocument }) => one(TopicArn, PolicyDocument),
  'AWS::SecretsManager::ResourcePolicy': ({ SecretId, ResourcePolicy }) => one(SecretId, ResourcePolicy),
  'AWS::Kinesis::ResourcePolicy': ({ ResourceArn, ResourcePolicy }) => one(ResourceArn, ResourcePolicy),
  'AWS::Events::EventBus': ofProperty('Policy'),
  'AWS::Events::EventBusPolicy': (properties) => [{
    arn: `arn:aws:events:${REGIONAL}:event-bus/${properties.EventBusName ?? 'default'}`,
    statements: [properties.Statement ?? statementOfParts(properties)],
  }],
  'AWS::ECR::Repository': ofProperty('RepositoryPolicyText'),
  'AWS::DynamoDB::Table': ({ ResourcePolicy }, arn) => one(arn(), ResourcePolicy?.PolicyDocument),
  'AWS::DynamoDB::GlobalTable': ({ Replicas }, arn) => Replicas.flatMap(
    ({ Region, ResourcePolicy }: Json) => one(arn().replace('eu-west-1', Region), ResourcePolicy?.PolicyDocument)),
  'AWS::EFS::FileSystem': ofProperty('FileSystemPolicy'),
  'AWS::OpenSearchService::Domain': ofProperty('AccessPolicies'),
  'AWS::ApiGateway::RestApi': ({ Policy }, arn) => one(arn(), Policy && completeApiArns(Policy, arn())),
  'AWS::Backup::BackupVault': ofProperty('AccessPolicy'),
  'AWS::KMS::Key': ofProperty('KeyPolicy'),
  'AWS::KMS::ReplicaKey': ofProperty('KeyPolicy'),
  'AWS::Lambda::Permission': (properties) => [
    { arn: functionArn(properties.FunctionName), statements: [permissionOf(properties)] },
  ],
};

export function attachedPolicies(resources: Resources): readonly Attached[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => (
    READS[Type]?.(resolve(Properties ?? {}, resources), () => arnOf(id, resources)) ?? []
  ));
}

/** See https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html */
function statementOfParts({ Principal, Action, Condition }: Json): ResourceStatement {
  return {
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: Principal },
    Action,
    Resource: '*',
    ...(Condition ? { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } } : {}),
  };
}

/** API Gateway adds what precedes the path: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html */
function completeApiArns(document: Json, arn: string): Json {
  return JSON.parse(JSON.stringify(document).replaceAll('"execute-api:/', `"${arn}/`)) as Json;
}

function functionArn(name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:lambda:${REGIONAL}:function:${name}`;
}

/** See https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
function permissionOf(permission: Json): ResourceStatement {
  const { Principal, Action, FunctionName, PrincipalOrgID, SourceArn, SourceAccount } = permission;
  const isService = Principal.endsWith('.amazonaws.com');
  const equals = {
    ...(PrincipalOrgID ? { 'aws:PrincipalOrgID': PrincipalOrgID } : {}),
    ...(SourceAccount ? { 'aws:SourceAccount': SourceAccount } : {}),
  };
  return {
    Effect: 'Allow',
    Principal: isService ? { Service: Principal } : { AWS: Principal },
    Action,
    Resource: functionArn(FunctionName),
    Condition: { StringEquals: equals, ...(SourceArn ? { ArnLike: { 'aws:SourceArn': SourceArn } } : {}) },
  };
}
