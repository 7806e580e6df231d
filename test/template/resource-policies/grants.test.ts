import { statementAsJson } from '../../../lib/engine';
import { Evaluator } from '../../../lib/template/evaluator';
import { ResourcePolicies } from '../../../lib/template/resource-policies/resource-policies';
import { StackTemplate, Template, TemplateSet } from '../../../lib/template/template-set';
import { allow, document } from '../../make';
import { stackOf } from '../make-stack';

type Resources = NonNullable<Template['Resources']>;

const ROLE_ARN = 'arn:aws:iam::111122223333:role/pods';
const US = { account: '111122223333', region: 'us-east-1' };
const named = (statement: object, AWS: unknown = ROLE_ARN) => ({ ...statement, Principal: { AWS } });
const resource = (Type: string, Properties: { readonly [name: string]: unknown } = {}) => ({ Type, Properties });
const key = (...statements: object[]) => resource('AWS::KMS::Key', { KeyPolicy: document(...statements) });

/** What the resources of one stack allow to a role, as statements of identity policies. */
function grantedIn(resources: Resources, { arn = ROLE_ARN, more = US as Partial<StackTemplate> } = {}) {
  const templates = new TemplateSet([stackOf('Stack', { Resources: resources }, more)]);
  const policies = new ResourcePolicies(new Evaluator(templates));
  const grants = policies.grantsTo({ arn }, false).filter(({ isCertain, namesRole }) => isCertain && namesRole);
  return grants.flatMap(({ policy }) => policy.statements.map((statement) => {
    const { Effect: _, ...rest } = statementAsJson(statement);
    return rest as { readonly [element: string]: any };
  }));
}

const DECRYPT = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
const VIA = { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } };

test.each<[string, Resources, string[]]>([
  // what has the policy, its resources, the action and the resources that the role gets
  ['a key', { Key: key(named(DECRYPT)) }, ['kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:key/${Key}']],
  ['one of several principals', { Key: key(named(DECRYPT, ['arn:aws:iam::111122223333:role/other', ROLE_ARN])) },
    ['kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:key/${Key}']],
  ['a bucket', {
    Data: resource('AWS::S3::Bucket', { BucketName: 'data' }),
    Policy: resource('AWS::S3::BucketPolicy', {
      Bucket: { Ref: 'Data' }, PolicyDocument: document(named(allow('s3:GetObject', 'arn:aws:s3:::data/a/*'))),
    }),
  }, ['s3:GetObject', 'arn:aws:s3:::data/a/*']],
  ['a bucket that the app does not define', {
    Policy: resource('AWS::S3::BucketPolicy', {
      Bucket: 'data', PolicyDocument: document(named(allow('s3:GetObject', 'arn:aws:s3:::data/*'))),
    }),
  }, ['s3:GetObject', 'arn:aws:s3:::data/*']],
  ['a queue', {
    Jobs: resource('AWS::SQS::Queue', { QueueName: 'jobs' }),
    Policy: resource('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: 'Jobs' }],
      PolicyDocument: document(named(allow('sqs:SendMessage', { 'Fn::GetAtt': ['Jobs', 'Arn'] }))),
    }),
  }, ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:jobs']],
  ['a topic', {
    News: resource('AWS::SNS::Topic', { TopicName: 'news' }),
    Policy: resource('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: 'News' }], PolicyDocument: document(named(allow('sns:Publish', { Ref: 'News' }))),
    }),
  }, ['sns:Publish', 'arn:aws:sns:us-east-1:111122223333:news']],
  ['a secret', {
    Secret: resource('AWS::SecretsManager::Secret'),
    Policy: resource('AWS::SecretsManager::ResourcePolicy', {
      SecretId: { Ref: 'Secret' }, ResourcePolicy: document(named(allow('secretsmanager:GetSecretValue'))),
    }),
  }, ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:${Secret}']],
  ['a repository, whose statements have no resource', {
    Images: resource('AWS::ECR::Repository', {
      RepositoryName: 'images',
      RepositoryPolicyText: document(named({ Effect: 'Allow', Action: 'ecr:BatchGetImage' })),
    }),
  }, ['ecr:BatchGetImage', 'arn:aws:ecr:us-east-1:111122223333:repository/images']],
  ['a table', {
    Table: resource('AWS::DynamoDB::Table', {
      TableName: 'items', ResourcePolicy: { PolicyDocument: document(named(allow('dynamodb:GetItem', '*'))) },
    }),
  }, ['dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:111122223333:table/items',
    'arn:aws:dynamodb:us-east-1:111122223333:table/items/index/*']],
])('%s that names the role', (_name, resources, [action, ...arns]) => {
  const own = grantedIn(resources);
  expect(own.map(({ Action, Resource }) => [Action, Resource].flat().map(String))).toEqual([[action, ...arns]]);
});

test('conditions are kept', () => {
  const own = grantedIn({ Key: key(named({ ...DECRYPT, Condition: VIA })) });
  expect(own).toEqual([expect.objectContaining({ Condition: VIA })]);
});

test('a role of the app, by reference', () => {
  const templates = new TemplateSet([stackOf('Stack', {
    Resources: { Role: resource('AWS::IAM::Role'), Key: key(named(DECRYPT, { 'Fn::GetAtt': ['Role', 'Arn'] })) },
  })]);
  const evaluator = new Evaluator(templates);
  const [stack] = templates.stacks;
  const arn = evaluator.textOf({ 'Fn::GetAtt': ['Role', 'Arn'] }, stack);
  const defined = templates.resource(stack, 'Role');
  expect(new ResourcePolicies(evaluator).grantsTo({ arn, defined }, false)).toHaveLength(1);
});

test('a resource of another account names the role, and that alone does not suffice', () => {
  expect(grantedIn({ Key: key(named(DECRYPT)) }, { more: { ...US, account: '444455556666' } })).toEqual([]);
});

test.each<[string, Resources]>([
  ['another role', { Key: key(named(DECRYPT, 'arn:aws:iam::111122223333:role/pods2')) }],
  ['the account', { Key: key(named(DECRYPT, 'arn:aws:iam::111122223333:root')) }],
  ['everyone', { Key: key(named(DECRYPT, '*')) }],
  ['a session of the role', { Key: key(named(DECRYPT, 'arn:aws:sts::111122223333:assumed-role/pods/eks-1')) }],
  ['a service', { Key: key({ ...DECRYPT, Principal: { Service: 'logs.amazonaws.com' } }) }],
  ['everyone but the role', { Key: key({ ...DECRYPT, NotPrincipal: { AWS: ROLE_ARN } }) }],
  ['a denial', { Key: key(named({ ...DECRYPT, Effect: 'Deny' })) }],
  ['other resources', {
    Jobs: resource('AWS::SQS::Queue'),
    Policy: resource('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: 'Jobs' }],
      PolicyDocument: document(named(allow('sqs:*', 'arn:aws:sqs:us-east-1:111122223333:x'))),
    }),
  }],
  ['a statement that is not understood', {
    Key: key(named({ ...DECRYPT, Condition: { NoSuchOperator: { a: 'b' } } })),
  }],
  ['a resource that may not be deployed', { Key: { ...key(named(DECRYPT)), Condition: 'Prod' } }],
])('%s is not a grant to the role', (_name, resources) => {
  expect(grantedIn(resources)).toEqual([]);
});
