/** Policies that are properties of their resource: ECR, DynamoDB, EFS, OpenSearch, API Gateway, Backup. */
import { allow } from '../make';
import { PAGES, ResourcePolicyCase } from './case';
import { casesOf, Service, WITHOUT } from './forms';
import { allows, denies, EVERY_AWS_PRINCIPAL, getAtt, join, policy, ROLE, sub, template } from './make';

const EFS = 'https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html';
const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html';
const API_RESOURCES = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html';

const repository: Service = {
  // Statements of a repository have no Resource.
  name: 'repository',
  action: 'ecr:BatchGetImage',
  named: getAtt('Repository'),
  resources: (statements) => ({
    Repository: {
      Type: 'AWS::ECR::Repository', Properties: statements ? { RepositoryPolicyText: policy(...statements) } : {},
    },
  }),
};

const KEYS = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const TABLE = sub('arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders');
const tablePolicy = (statements: readonly object[] | undefined) => (
  statements ? { ResourcePolicy: { PolicyDocument: policy(...statements) } } : {}
);

const table: Service = {
  name: 'table',
  action: 'dynamodb:GetItem',
  named: getAtt('Table'),
  attached: TABLE,
  resources: (statements) => ({
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders', ...KEYS, ...tablePolicy(statements) } },
  }),
};

const globalTable: Service = {
  ...table,
  name: 'global table',
  resources: (statements) => ({
    Table: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { TableName: 'orders', ...KEYS, Replicas: [{ Region: 'eu-west-1', ...tablePolicy(statements) }] },
    },
  }),
};

const fileSystem: Service = {
  name: 'file system',
  action: 'elasticfilesystem:ClientMount',
  named: getAtt('Files'),
  attached: '*',
  resources: (statements) => ({
    Files: { Type: 'AWS::EFS::FileSystem', Properties: statements ? { FileSystemPolicy: policy(...statements) } : {} },
  }),
};

const domain: Service = {
  name: 'domain',
  action: 'es:ESHttpGet',
  named: join(getAtt('Search'), '/*'),
  attached: sub('arn:${AWS::Partition}:es:${AWS::Region}:${AWS::AccountId}:domain/shop/*'),
  resources: (statements) => ({
    Search: {
      Type: 'AWS::OpenSearchService::Domain',
      Properties: { DomainName: 'shop', ...(statements ? { AccessPolicies: policy(...statements) } : {}) },
    },
  }),
};

const INVOKE = sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*');

const api: Service = {
  // API Gateway completes `execute-api:/*` with the ARN of the API.
  name: 'api',
  action: 'execute-api:Invoke',
  named: INVOKE,
  attached: 'execute-api:/*',
  resources: (statements) => ({
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { Name: 'shop', ...(statements ? { Policy: policy(...statements) } : {}) },
    },
    Method: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: getAtt('Api', 'RootResourceId'),
        HttpMethod: 'GET',
        AuthorizationType: 'AWS_IAM',
        Integration: { Type: 'MOCK' },
      },
    },
  }),
};

const vault: Service = {
  name: 'vault',
  action: 'backup:DescribeBackupVault',
  named: getAtt('Vault', 'BackupVaultArn'),
  attached: '*',
  resources: (statements) => ({
    Vault: {
      Type: 'AWS::Backup::BackupVault',
      Properties: { BackupVaultName: 'shop', ...(statements ? { AccessPolicy: policy(...statements) } : {}) },
    },
  }),
};

const NO_FILE_SYSTEM_POLICY = 'no policy, no identity policy' as const;

const FILE_SYSTEM_CASES: readonly ResourcePolicyCase[] = [
  {
    id: `file system: ${NO_FILE_SYSTEM_POLICY}`,
    page: EFS,
    access: 'allowed',
    why: 'Without a file system policy every client that can connect has access, without IAM.',
    template: template({
      session: [allow('elasticfilesystem:ClientMount', getAtt('Files'))], resources: fileSystem.resources(undefined),
    }),
  },
  {
    id: 'file system: allows everybody through mount targets',
    page: EFS,
    access: 'depends',
    why: 'The way in which the file system is mounted decides.',
    template: template({
      session: [allow('elasticfilesystem:ClientMount', getAtt('Files'))],
      resources: fileSystem.resources([
        allows(EVERY_AWS_PRINCIPAL, 'elasticfilesystem:ClientMount', '*', {
          Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' },
        }),
      ]),
    }),
  },
];

const TOKEN = allow('ecr:GetAuthorizationToken');

const REPOSITORY_CASES: readonly ResourcePolicyCase[] = [
  {
    id: 'repository: allows the role, no identity policy for the token',
    page: ECR,
    access: 'not allowed',
    why: 'ecr:GetAuthorizationToken is not a request to a repository: an identity policy must allow it.',
    template: template({
      session: [TOKEN, allow('ecr:BatchGetImage', getAtt('Repository'))],
      resources: repository.resources([allows(ROLE, ['ecr:BatchGetImage', 'ecr:GetAuthorizationToken'])]),
    }),
  },
  {
    id: 'repository: allows the role, an identity policy allows the token',
    page: ECR,
    access: 'allowed',
    why: 'The identity policy allows the token, the repository the image.',
    template: template({
      identity: [TOKEN],
      session: [TOKEN, allow('ecr:BatchGetImage', getAtt('Repository'))],
      resources: repository.resources([allows(ROLE, 'ecr:BatchGetImage')]),
    }),
  },
];

const TABLE_CASES: readonly ResourcePolicyCase[] = [
  {
    id: 'table: allows the role, not on its indexes',
    page: PAGES.resource,
    access: 'not allowed',
    why: 'The ARN of a table does not include its indexes.',
    template: template({
      session: [allow('dynamodb:Query', join(getAtt('Table'), '/index/*'))],
      resources: table.resources([allows(ROLE, 'dynamodb:Query', TABLE)]),
    }),
  },
  {
    id: 'table: the replica of another region allows the role',
    page: PAGES.resource,
    access: 'not allowed',
    why: 'The ARN in the policy is that of the other replica, and the session policy names this one.',
    template: template({
      session: [allow('dynamodb:GetItem', sub('arn:aws:dynamodb:eu-west-1:${AWS::AccountId}:table/orders'))],
      resources: {
        Table: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            TableName: 'orders',
            ...KEYS,
            Replicas: [
              { Region: 'eu-west-1' },
              {
                Region: 'eu-central-1',
                ...tablePolicy([allows(
                  ROLE, 'dynamodb:GetItem', sub('arn:aws:dynamodb:eu-central-1:${AWS::AccountId}:table/orders'),
                )]),
              },
            ],
          },
        },
      },
    }),
  },
];

const API_CASES: readonly ResourcePolicyCase[] = [
  {
    id: 'api: denies one stage',
    page: API_RESOURCES,
    access: 'denied',
    why: 'The session policy names requests to that stage only.',
    template: template({
      identity: [allow('execute-api:Invoke', INVOKE)],
      session: [allow('execute-api:Invoke', sub('arn:aws:execute-api:eu-west-1:${AWS::AccountId}:${Api}/test/*'))],
      resources: api.resources([denies(ROLE, 'execute-api:Invoke', 'execute-api:/test/*')]),
    }),
  },
  {
    id: 'api: denies another stage',
    page: API_RESOURCES,
    access: 'allowed',
    why: 'The session policy names requests to one stage, the policy another.',
    template: template({
      identity: [allow('execute-api:Invoke', INVOKE)],
      session: [allow('execute-api:Invoke', sub('arn:aws:execute-api:eu-west-1:${AWS::AccountId}:${Api}/prod/*'))],
      resources: api.resources([denies(ROLE, 'execute-api:Invoke', 'execute-api:/test/*')]),
    }),
  },
];

export const PROPERTY_CASES: readonly ResourcePolicyCase[] = [
  ...casesOf(repository, ...WITHOUT.notPrincipal), ...REPOSITORY_CASES,
  ...casesOf(table, ...WITHOUT.notPrincipal, ...WITHOUT.everybody), ...TABLE_CASES,
  ...casesOf(globalTable, ...WITHOUT.notPrincipal, ...WITHOUT.everybody),
  // EFS enforces few condition keys, and refuses public policies.
  ...casesOf(fileSystem, NO_FILE_SYSTEM_POLICY, ...WITHOUT.notPrincipal, ...WITHOUT.everybody, ...WITHOUT.conditions),
  ...FILE_SYSTEM_CASES,
  // OpenSearch Service supports neither aws:SecureTransport nor NotPrincipal.
  ...casesOf(domain, ...WITHOUT.notPrincipal, ...WITHOUT.everybody, ...WITHOUT.tls),
  ...casesOf(api, ...WITHOUT.notPrincipal), ...API_CASES,
  ...casesOf(vault, ...WITHOUT.notPrincipal),
];
