/** Templates with few and with many associations, as companies have them. */
import { serviceNamed } from '../../../lib/reference/services';
import { allow, document } from '../../make';

const ACCOUNT = '111122223333';

function role(policies: { readonly [name: string]: object }, properties: object = {}): object {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document({
        Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'],
      }),
      Policies: Object.entries(policies).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
      ...properties,
    },
  };
}

function pods(
  roleArn: unknown, [cluster, namespace, serviceAccount]: readonly [string, string, string], session?: object,
): object {
  return {
    Type: 'AWS::EKS::PodIdentityAssociation',
    Properties: {
      ClusterName: cluster,
      Namespace: namespace,
      ServiceAccount: serviceAccount,
      RoleArn: roleArn,
      ...session && { DisableSessionTags: true, Policy: JSON.stringify(session) },
    },
  };
}

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const table = (name: string) => `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/${name}`;
const queue = (name: string) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`;

const TENANT_ROLE = role({
  data: document(
    allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], 'arn:aws:s3:::tenants-data/*'),
    allow('s3:ListBucket', 'arn:aws:s3:::tenants-data'),
  ),
  tables: document(allow(
    ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    table('orders'),
  )),
  queues: document(
    allow(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue('orders')),
  ),
});

/** A tenant that keeps to its prefix and its keys. */
const tenantSession = (tenant: string) => document(
  allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::tenants-data/${tenant}/*`),
  allow('s3:ListBucket', 'arn:aws:s3:::tenants-data', { StringLike: { 's3:prefix': `${tenant}/*` } }),
  allow(
    ['dynamodb:GetItem', 'dynamodb:Query'], table('orders'),
    { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [tenant] } },
  ),
);

/** Three associations: one that narrows, one that reaches past its role, one without a session policy. */
export const FEW = {
  Resources: {
    Tenants: TENANT_ROLE,
    TenantA: pods(arnOf('Tenants'), ['prod', 'tenant-a', 'app'], tenantSession('tenant-a')),
    TenantB: pods(arnOf('Tenants'), ['prod', 'tenant-b', 'app'], document(
      allow(['s3:GetObject', 's3:GetObjectTagging'], 'arn:aws:s3:::tenants-data/tenant-b/*'),
      allow(['sqs:SendMessage', 'sqs:GetQueueAttributes'], queue('orders')),
    )),
    Dispatcher: pods(arnOf('Tenants'), ['prod', 'platform', 'dispatcher']),
  },
};

const PLATFORM_ROLE = role({}, {
  ManagedPolicyArns: ['arn:aws:iam::aws:policy/PowerUserAccess'],
  PermissionsBoundary: { Ref: 'Boundary' },
});
const BOUNDARY = {
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: {
    PolicyDocument: document(
      allow([
        's3:*', 'sqs:*', 'sns:*', 'kms:*', 'logs:*', 'events:*', 'states:*', 'kinesis:*', 'dynamodb:*',
        'secretsmanager:*',
      ], '*'),
      { Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*' },
    ),
  },
};
const AUDIT_ROLE = role({}, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] });
const THEIRS = `arn:aws:iam::${ACCOUNT}:role/of-another-team`;

/** What the n-th service account of a big company is given. */
function nth(n: number): object {
  const namespace = `team-${String.fromCharCode(97 + Math.floor(n / 12) % 26)}${Math.floor(n / 312) || ''}`;
  const names = [
    `prod-${['eu', 'us', 'ap'][n % 3]}`, namespace,
    ['web', 'worker', 'billing', 'search', 'export', 'audit'][n % 6] + Math.floor(n / 6) % 2,
  ] as const;
  switch (n % 12) {
    case 0: case 1: case 2: return pods(arnOf('Tenants'), names, tenantSession(namespace));
    case 3: return pods(arnOf('Platform'), names, document(
      allow(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'], queue(`${namespace}-*`)),
      allow('sns:Publish', `arn:aws:sns:*:*:${namespace}-*`),
    ));
    case 4: return pods(arnOf('Platform'), names, document(
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*'),
      allow(['secretsmanager:GetSecretValue'], `arn:aws:secretsmanager:*:*:secret:${namespace}/*`),
    ));
    case 5: return pods(
      arnOf('Audit'), names,
      document(allow(['s3:Get*', 's3:List*', 'cloudtrail:LookupEvents', 'config:Describe*'], '*')),
    );
    case 6: return pods(arnOf('Platform'), names, document(allow(['states:*', 'events:PutEvents'], '*')));
    case 7: return pods(arnOf('Tenants'), names, document(allow('s3:*', `arn:aws:s3:::tenants-data/${namespace}/*`)));
    case 8: return pods(THEIRS, names, document(allow(['kinesis:GetRecords', 'kinesis:GetShardIterator'], '*')));
    case 9: return pods(arnOf('Platform'), names, document(allow(
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Array.from({ length: 20 }, (_, i) => `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/${namespace}/service-${i}:*`),
    )));
    case 10: return pods(arnOf('Tenants'), names);
    default: return pods(arnOf('Platform'), names, document(
      allow('dynamodb:*', table(`${namespace}-*`)), { Effect: 'Deny', Action: 'dynamodb:Delete*', Resource: '*' },
    ));
  }
}

export function many(count: number): { readonly Resources: { readonly [id: string]: object } } {
  return {
    Resources: {
      Tenants: TENANT_ROLE,
      Platform: PLATFORM_ROLE,
      Boundary: BOUNDARY,
      Audit: AUDIT_ROLE,
      ...Object.fromEntries(Array.from({ length: count }, (_, n) => [`Pods${n}`, nth(n)])),
    },
  };
}

const WIDE = [
  'dynamodb', 'ec2', 'ecr', 'events', 'kinesis', 'kms', 'lambda', 'logs', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm',
  'states',
];

/** One action of each access level of the service. */
function oneOfEachLevel(service: string): string[] {
  const actions = new Map(serviceNamed(service)!.actions.map(({ name, accessLevel }) => [accessLevel, name]));
  return [...actions.values()].map((name) => `${service}:${name}`);
}

/** Service accounts with many services, so that the matrix has at least 60 columns. */
export function wide(count: number): object {
  const session = (n: number) => document(allow(WIDE.filter((_, i) => (n + i) % 3 > 0).flatMap(oneOfEachLevel), '*'));
  return {
    Resources: {
      Wide: role({ all: document(allow(WIDE.flatMap(oneOfEachLevel), '*')) }),
      ...Object.fromEntries(Array.from({ length: count }, (_, n) => [
        `Pods${n}`, pods(arnOf('Wide'), ['prod', `team-${n % 7}`, `api-${n}`], session(n)),
      ])),
    },
  };
}
