/**
 * Where resources have their policies, and which ARNs a policy is about. `policies-in.ts` reads them.
 *
 * To add a type: its line in `PLACES`, and that of the resource that it protects in `PROTECTED`.
 */
import { isRecord, memberOf } from '../../util/records';
import { RESOURCE_POLICY_TYPES } from '../relevant-types';

/** A policy as a resource has it. */
export interface WrittenPolicy {
  /** The document, or the statement if `isStatement`. */
  readonly document: unknown;
  readonly isStatement?: boolean;
  /** The region of the replica that has it. @default - the region of the stack */
  readonly region?: unknown;
  /** The attribute with the ARN of what it protects, if that is a part of the resource with a policy of its own. @default - the resource itself */
  readonly part?: { readonly type: string; readonly attribute: string };
  /** What names the protected resource. @default - the resource that has the policy */
  readonly of?: { readonly type: string; readonly value: unknown };
}

type Properties = { readonly [name: string]: unknown };
type Place = (properties: Properties) => readonly WrittenPolicy[];

/** The policy is a property, or a property of a property. */
const own = (...names: string[]): Place => (properties) => {
  const document = names.reduce<unknown>((value, name) => memberOf(value, name), properties);
  return document === undefined ? [] : [{ document }];
};

/** The stream of a table has a policy of its own. */
const ofStream = (...names: string[]): Place => (properties) => own(...names)(properties).map((policy) => (
  { ...policy, part: { type: 'AWS::DynamoDB::Stream', attribute: 'StreamArn' } }));

/** The policy is a resource of its own, which names one resource or a list of them. */
const of = (type: string, property: string, document = 'PolicyDocument'): Place => (properties) => {
  const named = properties[property];
  return properties[document] === undefined ? [] : (Array.isArray(named) ? named : [named]).map((value: unknown) => (
    { document: properties[document], of: { type, value } }));
};

const PLACES: { readonly [type in typeof RESOURCE_POLICY_TYPES[number]]: Place } = {
  'AWS::ApiGateway::RestApi': own('Policy'),
  'AWS::Backup::BackupVault': own('AccessPolicy'),
  'AWS::DynamoDB::GlobalTable': ({ Replicas: replicas }) => (Array.isArray(replicas) ? replicas : []).filter(isRecord).flatMap((replica) => [
    ...own('ResourcePolicy', 'PolicyDocument')(replica), ...ofStream('ReplicaStreamSpecification', 'ResourcePolicy', 'PolicyDocument')(replica),
  ].map((policy) => ({ ...policy, region: replica.Region }))),
  'AWS::DynamoDB::Table': (properties) => [
    ...own('ResourcePolicy', 'PolicyDocument')(properties), ...ofStream('StreamSpecification', 'ResourcePolicy', 'PolicyDocument')(properties),
  ],
  'AWS::ECR::Repository': own('RepositoryPolicyText'),
  'AWS::EFS::FileSystem': own('FileSystemPolicy'),
  'AWS::Elasticsearch::Domain': own('AccessPolicies'),
  'AWS::Events::EventBus': own('Policy'),
  'AWS::Events::EventBusPolicy': (properties) => [{
    document: properties.Statement ?? statementOfBus(properties),
    isStatement: true,
    of: { type: 'AWS::Events::EventBus', value: properties.EventBusName ?? 'default' },
  }],
  'AWS::KMS::Key': own('KeyPolicy'),
  'AWS::KMS::ReplicaKey': own('KeyPolicy'),
  'AWS::Kinesis::ResourcePolicy': of('AWS::Kinesis::Stream', 'ResourceArn', 'ResourcePolicy'),
  'AWS::Lambda::Permission': (properties) => [{
    document: statementOfPermission(properties), isStatement: true, of: { type: 'AWS::Lambda::Function', value: properties.FunctionName },
  }],
  'AWS::OpenSearchService::Domain': own('AccessPolicies'),
  'AWS::S3::AccessPoint': own('Policy'),
  'AWS::S3::BucketPolicy': of('AWS::S3::Bucket', 'Bucket'),
  'AWS::SNS::TopicInlinePolicy': of('AWS::SNS::Topic', 'TopicArn'),
  'AWS::SNS::TopicPolicy': of('AWS::SNS::Topic', 'Topics'),
  'AWS::SQS::QueueInlinePolicy': of('AWS::SQS::Queue', 'Queue'),
  'AWS::SQS::QueuePolicy': of('AWS::SQS::Queue', 'Queues'),
  'AWS::SecretsManager::ResourcePolicy': of('AWS::SecretsManager::Secret', 'SecretId', 'ResourcePolicy'),
};

/** The policies that a resource of this type has, as they are written. */
export function policiesAt(type: typeof RESOURCE_POLICY_TYPES[number], properties: Properties): readonly WrittenPolicy[] {
  return PLACES[type](properties);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html */
function statementOfBus({ Action: action, Principal: principal, Condition: condition }: Properties): unknown {
  const { Type: operator, Key: key, Value: value } = isRecord(condition) ? condition : {};
  const isAccount = principal !== '*';
  return {
    Effect: 'Allow',
    Principal: isAccount ? { AWS: principal } : '*',
    Action: action,
    Resource: '*',
    ...(typeof operator === 'string' && typeof key === 'string' && { Condition: { [operator]: { [key]: value } } }),
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
function statementOfPermission(properties: Properties): unknown {
  const { Action: action, Principal: principal, SourceArn: arn, SourceAccount: account, PrincipalOrgID: organization } = properties;
  const isService = typeof principal === 'string' && /\.(amazonaws|amazon)\.com(\.cn)?$/.test(principal);
  const texts = { ...(account !== undefined && { 'AWS:SourceAccount': account }), ...(organization !== undefined && { 'aws:PrincipalOrgID': organization }) };
  const condition = { ...(arn !== undefined && { ArnLike: { 'AWS:SourceArn': arn } }), ...(Object.keys(texts).length > 0 && { StringEquals: texts }) };
  return {
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : isService ? { Service: principal } : { AWS: principal },
    Action: action,
    Resource: '*',
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

/** What a policy protects. */
interface Protected {
  /** The attribute with the ARN, `Ref` for the `Ref`, or a text for `Fn::Sub` in which `${Self}` is the resource. */
  readonly arn: string;
  /** What follows the ARN in those of the resources inside, such as the objects of a bucket. */
  readonly inside: readonly string[];
  /** The ARN of a resource that is named by its name only, with `${Self}` for the name. */
  readonly named?: string;
}

const PROTECTED: { readonly [type: string]: Protected } = {
  'AWS::ApiGateway::RestApi': { arn: 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Self}', inside: ['/*'] },
  'AWS::Backup::BackupVault': { arn: 'BackupVaultArn', inside: [] },
  'AWS::DynamoDB::GlobalTable': { arn: 'Arn', inside: ['/index/*'] },
  'AWS::DynamoDB::Stream': { arn: 'StreamArn', inside: [] },
  'AWS::DynamoDB::Table': { arn: 'Arn', inside: ['/index/*'] },
  'AWS::ECR::Repository': { arn: 'Arn', inside: [] },
  'AWS::EFS::FileSystem': { arn: 'Arn', inside: [] },
  'AWS::Elasticsearch::Domain': { arn: 'Arn', inside: ['/*'] },
  'AWS::Events::EventBus': { arn: 'Arn', inside: [], named: 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${Self}' },
  'AWS::KMS::Key': { arn: 'Arn', inside: [] },
  'AWS::KMS::ReplicaKey': { arn: 'Arn', inside: [] },
  'AWS::Kinesis::Stream': { arn: 'Arn', inside: [] }, // consumers have policies of their own
  'AWS::Lambda::Function': { arn: 'Arn', inside: [':*'], named: 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Self}' },
  'AWS::OpenSearchService::Domain': { arn: 'Arn', inside: ['/*'] },
  'AWS::S3::AccessPoint': { arn: 'Arn', inside: ['/object/*'] },
  'AWS::S3::Bucket': { arn: 'Arn', inside: ['/*'], named: 'arn:${AWS::Partition}:s3:::${Self}' },
  'AWS::SNS::Topic': { arn: 'Ref', inside: [] },
  'AWS::SQS::Queue': { arn: 'Arn', inside: [] },
  'AWS::SecretsManager::Secret': { arn: 'Ref', inside: [] },
};

/** The types of resources that policies protect. */
export const PROTECTED_TYPES: readonly string[] = Object.keys(PROTECTED);

/** The intrinsic of a resource's ARN. */
export function arnOf(type: string, logicalId: string): unknown {
  const { arn } = PROTECTED[type];
  if (arn === 'Ref') { return { Ref: logicalId }; }
  return arn.startsWith('arn:') ? { 'Fn::Sub': [arn, { Self: { Ref: logicalId } }] } : { 'Fn::GetAtt': [logicalId, arn] };
}

/** The intrinsic of the ARN of a resource that is known by its name; `undefined` if a name does not suffice. */
export function arnOfNamed(type: string, name: unknown): unknown {
  const { named } = PROTECTED[type];
  return named === undefined ? undefined : { 'Fn::Sub': [named, { Self: name }] };
}

/** What follows the ARN of a resource in the ARNs of what is inside. */
export function insideOf(type: string): readonly string[] {
  return PROTECTED[type].inside;
}

export function isProtected(type: string): boolean {
  return Object.hasOwn(PROTECTED, type);
}
