/**
 * Pairs of small deployments, and what the pods of each gain and lose. The expected values were written from IAM's
 * documentation, not from what the code printed.
 *
 * A line is `effect, keeps how much`, then `+` for a gain and `-` for a loss: the cause (with the number of causes, if
 * there are several), and the permissions, with `exactly` if the other side has none of them. `?` is a code of what is
 * undetermined, `note` the beginning of a note.
 */
import {
  allow, app, DATA, deny, document, GET, Json, pods, PUT, QUEUE, role, THREE, TRUST, trusting,
} from './templates';

export interface Pair {
  readonly name: string;
  /** One template, or several by the names of their files; a text cannot be read, for that reason. */
  readonly base: Json | Record<string, Json | string>;
  readonly head: Json | Record<string, Json | string>;
  /** By `namespace/service account`. @default - one line for `default/app` */
  readonly expected: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** Options of both sides, or of each. */
  readonly scp?: readonly [base: Json | undefined, head: Json | undefined];
  readonly roles?: readonly [base: Json, head: Json];
  readonly account?: readonly [base: string | undefined, head: string | undefined];
}

const UNCHANGED = ['unchanged, keeps all'];
const TEXT = [...UNCHANGED, 'note text'];
const OTHERS = 's3:PutObject,s3:DeleteObject';
const ALL = 's3:GetObject,s3:PutObject,s3:DeleteObject';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/existing';
const onRole = (...statements: Json[]): Json => (
  { [ROLE_ARN]: { trustPolicy: document(TRUST), inlinePolicies: { own: document(...statements) } } }
);
const imported = (session?: Json[]): Json => ({ Resources: { Pods: pods(session, { RoleArn: ROLE_ARN }) } });

const BOUNDARY = (...statements: Json[]): Json => (
  { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(...statements) } }
);
const bounded = (statements: Json[], boundary?: Json[], session?: Json[]): Json => ({
  Resources: {
    Role: role(statements, boundary ? { PermissionsBoundary: { Ref: 'Boundary' } } : {}),
    Pods: pods(session),
    ...boundary && { Boundary: BOUNDARY(...boundary) },
  },
});

const trusted = (...trust: Json[]): Json => ({ Resources: { Role: role([THREE], trusting(...trust)), Pods: pods() } });
const OTHER_TRUST = { ...TRUST, Principal: { Service: 'ec2.amazonaws.com' } };

const TAGGED = allow('s3:GetObject', DATA, { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'default' } });
const NOT_TAGGED = allow(
  's3:GetObject',
  DATA,
  { StringNotEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'default' } },
);
const OWN_FOLDER = allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*');
const WITHOUT_TAGS = { DisableSessionTags: true };
const ONLY_IN = (stage: string): Json => ({
  Parameters: { Stage: { Type: 'String', Default: stage } },
  Conditions: { Only: { 'Fn::Equals': [{ Ref: 'Stage' }, 'two'] } },
});
const conditional: Json = { Resources: { Role: role([GET]), Pods: pods(undefined, {}, { Condition: 'Only' }) } };
const ofAttribute = (name: string): Json => ({ 'Fn::Sub': `arn:aws:s3:::\${Source.${name}}/*` });
const SSM = (value: string): Json => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } });
const teamRole = (properties: Json): Json => (
  {
    Resources: {
      Role: role([allow('s3:GetObject', DATA, { StringEquals: { 'aws:PrincipalTag/team': 'a' } })], properties),
      Pods: pods(),
    },
  }
);
const tagged = (statement: Json, properties: Json = {}, session?: Json[]): Json => (
  { Resources: { Role: role([statement]), Pods: pods(session, properties) } }
);

const BUCKET = { Type: 'AWS::S3::Bucket' };
const inBucket = (id: string): Json => ({ 'Fn::Sub': `\${${id}.Arn}/*` });
const BUCKET_POLICY = (...statements: Json[]): Json => ({
  Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(...statements) },
});
const toRole = (statement: Json): Json => ({ ...statement, Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } } });
const SEND = allow('sqs:SendMessage', QUEUE);
const IN_BUCKET = 'arn:${AWS::Partition}:s3:::${Bucket}/*';

const PARAMETER = { Parameters: { Name: { Type: 'String', Default: 'one' } } };
const ofParameter = { 'Fn::Sub': 'arn:aws:s3:::${Name}/*' };

const TARGET_TRUST = trusting(
  {
    Effect: 'Allow',
    Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
  },
);
const ASSUME = (id = 'Target'): Json => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'assume',
    Roles: [{ Ref: 'Role' }],
    PolicyDocument: document(allow(['sts:AssumeRole', 'sts:TagSession'], { 'Fn::GetAtt': [id, 'Arn'] })),
  },
});
const target = (statements: Json[], more: Json = { Assume: ASSUME() }, trust: Json = TARGET_TRUST): Json => ({
  Resources: {
    Role: role([]),
    Target: role(statements, trust),
    Pods: pods(undefined, { TargetRoleArn: { 'Fn::GetAtt': ['Target', 'Arn'] } }),
    ...more,
  },
});

const EVERYTHING = allow('*', '*');
const twoRoles = (which: string, a: Json[], b: Json[], session?: Json[]): Json => ({
  Resources: { Role: role(a), Other: role(b), Pods: pods(session, { RoleArn: { 'Fn::GetAtt': [which, 'Arn'] } }) },
});
const IS_OTHER = { ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': ['Other', 'Arn'] } } };
const ONLY_OTHER = allow('s3:GetObject', DATA, IS_OTHER);
const ONLY_ID = allow('s3:GetObject', DATA, { StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } });
const addon = (statements: Json[], entries: Json[]): Json => ({
  Resources: {
    Role: role(statements),
    Addon: {
      Type: 'AWS::EKS::Addon',
      Properties: {
        AddonName: 'custom',
        ClusterName: 'prod',
        NamespaceConfig: { Namespace: 'default' },
        PodIdentityAssociations: entries,
      },
    },
  },
});
const ENTRY = { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, ServiceAccount: 'app' };
const EXPORTS = { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'role-arn' } } };
const IMPORTED = { RoleArn: { 'Fn::ImportValue': 'role-arn' } };
const STAGE = {
  Parameters: { Stage: { Type: 'String' } },
  Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
};
const NESTED = (url: string): Json => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } });
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

export const PAIRS: readonly Pair[] = [
  // ---- Nothing changes ----
  { name: 'the same templates', base: app([THREE], [GET]), head: app([THREE], [GET]), expected: UNCHANGED },
  { name: 'the same, without session policies', base: app([EVERYTHING]), head: app([EVERYTHING]), expected: UNCHANGED },
  {
    name: 'another order of statements',
    base: app([THREE], [GET, PUT]),
    head: app([THREE], [PUT, GET]),
    expected: TEXT,
  },
  {
    name: 'a list that is split into statements',
    base: app([THREE], [allow(['s3:GetObject', 's3:PutObject'])]),
    head: app([THREE], [GET, PUT]),
    expected: TEXT,
  },
  {
    name: 'one resource that another covers',
    base: app([THREE], [GET]),
    head: app([THREE], [allow('s3:GetObject', [DATA, 'arn:aws:s3:::data/reports/*'])]),
    expected: TEXT,
  },
  {
    name: 'the case of an action',
    base: app([THREE], [GET]),
    head: app([THREE], [allow('S3:getobject')]),
    expected: TEXT,
  },
  {
    name: 'a wildcard that matches the same actions',
    base: app([allow('dynamodb:*', TABLE)], [allow(['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem'], TABLE)]),
    head: app([allow('dynamodb:*', TABLE)], [allow('dynamodb:Batch*', TABLE)]),
    expected: TEXT,
  },
  {
    name: 'a session policy as wide as the role',
    base: app([THREE], [THREE]),
    head: app([THREE], [allow('s3:*')]),
    expected: TEXT,
  },
  {
    name: 'a permission of the role that the session policy does not leave',
    base: app([GET], [GET]),
    head: app([THREE], [GET]),
    expected: UNCHANGED,
  },
  {
    name: 'a permission of the session policy that the role does not have',
    base: app([GET], [GET]),
    head: app([GET], [GET, PUT]),
    expected: TEXT,
  },
  {
    name: 'an inline policy that becomes a resource',
    base: app([GET]),
    head: app(
      [],
      undefined,
      {
        Access: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument: document(GET) },
        },
      },
    ),
    expected: UNCHANGED,
  },
  {
    name: 'a condition that is written in another way',
    base: app([allow('s3:GetObject', DATA, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })]),
    head: app([allow('s3:GetObject', DATA, { StringEquals: { 'AWS:sourcevpc': ['vpc-1'] } })]),
    expected: UNCHANGED,
  },
  {
    name: 'a bucket of the templates under the same name',
    base: app([allow('s3:GetObject', inBucket('Bucket'))], undefined, { Bucket: BUCKET }),
    head: app(
      [allow('s3:GetObject', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] })],
      undefined,
      { Bucket: BUCKET },
    ),
    expected: UNCHANGED,
  },
  {
    name: 'an account that only one side tells',
    base: app([allow('sqs:SendMessage', { 'Fn::Sub': 'arn:aws:sqs:eu-west-1:${AWS::AccountId}:jobs' })]),
    head: app([allow('sqs:SendMessage', QUEUE)]),
    account: [undefined, '111122223333'],
    expected: UNCHANGED,
  },

  // ---- Session policy ----
  {
    name: 'an action more in the session policy',
    base: app([THREE], [GET]),
    head: app([THREE], [GET, PUT]),
    expected: ['broadened, keeps all', `+ session policy: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'an action less in the session policy',
    base: app([THREE], [GET, PUT]),
    head: app([THREE], [GET]),
    expected: ['narrowed, keeps some', `- session policy: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'another action in the session policy',
    base: app([THREE], [GET]),
    head: app([THREE], [PUT]),
    expected: [
      'broadened and narrowed, keeps none',
      `+ session policy: exactly s3:PutObject on ${DATA}`,
      `- session policy: exactly s3:GetObject on ${DATA}`,
    ],
  },
  {
    name: 'one of two actions replaced',
    base: app([THREE], [allow(['s3:GetObject', 's3:PutObject'])]),
    head: app([THREE], [allow(['s3:GetObject', 's3:DeleteObject'])]),
    expected: [
      'broadened and narrowed, keeps some',
      `+ session policy: exactly s3:DeleteObject on ${DATA}`,
      `- session policy: exactly s3:PutObject on ${DATA}`,
    ],
  },
  {
    name: 'the session policy removed',
    base: app([THREE], [GET]),
    head: app([THREE]),
    expected: ['broadened, keeps all', `+ session policy: exactly ${OTHERS} on ${DATA}`],
  },
  {
    name: 'a session policy added',
    base: app([THREE]),
    head: app([THREE], [GET]),
    expected: ['narrowed, keeps some', `- session policy: exactly ${OTHERS} on ${DATA}`],
  },
  {
    name: 's3:GetObject becomes *',
    base: app([THREE], [GET]),
    head: app([THREE], [EVERYTHING]),
    expected: ['broadened, keeps all', `+ session policy: exactly ${OTHERS} on ${DATA}`],
  },
  {
    name: '* becomes s3:GetObject',
    base: app([THREE], [EVERYTHING]),
    head: app([THREE], [GET]),
    expected: ['narrowed, keeps some', `- session policy: exactly ${OTHERS} on ${DATA}`],
  },
  {
    name: 'a folder becomes the bucket',
    base: app([THREE], [allow('s3:GetObject', 'arn:aws:s3:::data/reports/*')]),
    head: app([THREE], [GET]),
    expected: ['broadened, keeps all', `+ session policy: s3:GetObject on ${DATA}`],
  },
  {
    name: 'a Deny in the session policy',
    base: app([THREE], [THREE]),
    head: app([THREE], [THREE, deny('s3:DeleteObject')]),
    expected: ['narrowed, keeps some', `- session policy: exactly s3:DeleteObject on ${DATA}`],
  },
  {
    name: 'a condition in the session policy',
    base: app([THREE], [GET]),
    head: app([THREE], [allow('s3:GetObject', DATA, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })]),
    expected: ['narrowed, keeps some', `- session policy: s3:GetObject on ${DATA}`],
  },
  {
    name: 'a session policy that EKS rejects',
    base: app([THREE], [GET]),
    head: {
      Resources: { Role: role([THREE]), Pods: pods(undefined, { Policy: '{"Version":', DisableSessionTags: true }) },
    },
    expected: ['undetermined, keeps all', '? UnclearPolicy', '? UnclearPolicy', '? InvalidSessionPolicy'],
  },
  {
    name: 'session tags that EKS does not accept with a session policy',
    base: app([THREE]),
    head: { Resources: { Role: role([THREE]), Pods: pods([GET], { DisableSessionTags: false }) } },
    expected: ['narrowed, keeps some', `- session policy: exactly ${OTHERS} on ${DATA}`, '? SessionTagsMustBeDisabled'],
  },

  // ---- Role ----
  {
    name: 'an action more in the role',
    base: app([GET]),
    head: app([GET, PUT]),
    expected: ['broadened, keeps all', `+ role: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'an action less in the role',
    base: app([GET, PUT]),
    head: app([GET]),
    expected: ['narrowed, keeps some', `- role: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'what the session policy leaves, less in the role',
    base: app([THREE], [GET, PUT]),
    head: app([GET], [GET, PUT]),
    expected: ['narrowed, keeps some', `- role: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'role and session policy in one change',
    base: app([GET], [GET]),
    head: app([GET, PUT], [GET, PUT]),
    expected: ['broadened, keeps all', `+ session policy (2): exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'role and session policy in one change, less',
    base: app([GET, PUT], [GET, PUT]),
    head: app([GET], [GET]),
    expected: ['narrowed, keeps some', `- session policy (2): exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'the role loses what the session policy gains elsewhere',
    base: app([GET, SEND], [GET]),
    head: app([SEND], [GET, SEND]),
    expected: [
      'broadened and narrowed, keeps none',
      `+ session policy: exactly sqs:SendMessage on ${QUEUE}`,
      `- role: exactly s3:GetObject on ${DATA}`,
    ],
  },
  {
    name: 'a Deny more in the role',
    base: app([THREE]),
    head: app([THREE, deny('s3:DeleteObject')]),
    expected: ['narrowed, keeps some', `- role: exactly s3:DeleteObject on ${DATA}`],
  },
  {
    name: 'a Deny less in the role',
    base: app([THREE, deny('s3:DeleteObject')]),
    head: app([THREE]),
    expected: ['broadened, keeps all', `+ role: exactly s3:DeleteObject on ${DATA}`],
  },
  {
    name: 'a Deny of a folder',
    base: app([THREE]),
    head: app([THREE, deny('s3:DeleteObject', 'arn:aws:s3:::data/keep/*')]),
    expected: ['narrowed, keeps some', `- role: s3:DeleteObject on ${DATA}`],
  },
  {
    name: 'a condition more in the role',
    base: app([GET]),
    head: app([allow('s3:GetObject', DATA, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })]),
    expected: ['narrowed, keeps some', `- role: s3:GetObject on ${DATA}`],
  },
  {
    name: 'a condition less in the role',
    base: app([allow('s3:GetObject', DATA, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })]),
    head: app([GET]),
    expected: ['broadened, keeps all', `+ role: s3:GetObject on ${DATA}`],
  },
  {
    name: 'a policy of AWS in place of another',
    base: {
      Resources: {
        Role: role([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'] }),
        Pods: pods([allow('sqs:*', '*')]),
      },
    },
    head: {
      Resources: {
        Role: role([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] }),
        Pods: pods([allow('sqs:*', '*')]),
      },
    },
    expected: ['broadened, keeps all', '+ role: sqs:* on *'],
  },
  {
    name: 'another bucket of the templates',
    base: app([allow('s3:GetObject', inBucket('Bucket'))], undefined, { Bucket: BUCKET }),
    head: app([allow('s3:GetObject', inBucket('Renamed'))], undefined, { Renamed: BUCKET }),
    expected: [
      'broadened and narrowed, keeps some',
      '+ role: s3:GetObject on arn:${AWS::Partition}:s3:::${Renamed}/*',
      `- role: s3:GetObject on ${IN_BUCKET}`,
    ],
  },
  {
    name: 'another region',
    base: app([SEND]),
    head: app([allow('sqs:SendMessage', QUEUE.replace('eu-west-1', 'us-east-1'))]),
    expected: [
      'broadened and narrowed, keeps none',
      `+ role: exactly sqs:SendMessage on ${QUEUE.replace('eu-west-1',
        'us-east-1')}`,
      `- role: exactly sqs:SendMessage on ${QUEUE}`,
    ],
  },

  // ---- Boundary ----
  {
    name: 'a boundary added',
    base: bounded([THREE]),
    head: bounded([THREE], [GET]),
    expected: ['narrowed, keeps some', `- boundary: exactly ${OTHERS} on ${DATA}`],
  },
  {
    name: 'a boundary removed',
    base: bounded([THREE], [GET]),
    head: bounded([THREE]),
    expected: ['broadened, keeps all', `+ boundary: exactly ${OTHERS} on ${DATA}`],
  },
  {
    name: 'a narrower boundary',
    base: bounded([THREE], [GET, PUT]),
    head: bounded([THREE], [GET]),
    expected: ['narrowed, keeps some', `- boundary: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'a wider boundary',
    base: bounded([THREE], [GET]),
    head: bounded([THREE], [GET, PUT]),
    expected: ['broadened, keeps all', `+ boundary: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'a wider boundary behind a session policy',
    base: bounded([THREE], [GET], [GET]),
    head: bounded([THREE], [GET, PUT], [GET]),
    expected: UNCHANGED,
  },
  {
    name: 'boundary and role in one change',
    base: bounded([GET], [GET]),
    head: bounded([GET, PUT], [GET, PUT]),
    expected: ['broadened, keeps all', `+ role (2): exactly s3:PutObject on ${DATA}`],
  },

  // ---- Trust ----
  {
    name: 'a role that no longer trusts EKS',
    base: trusted(TRUST),
    head: trusted(OTHER_TRUST),
    expected: ['narrowed, keeps none', `- trust policy: exactly ${ALL} on ${DATA}`],
  },
  {
    name: 'a role that begins to trust EKS',
    base: trusted(OTHER_TRUST),
    head: trusted(TRUST),
    expected: ['broadened, keeps all', `+ trust policy: exactly ${ALL} on ${DATA}`],
  },
  {
    name: 'a role that also trusts others',
    base: trusted(TRUST),
    head: trusted(TRUST, OTHER_TRUST),
    expected: UNCHANGED,
  },
  {
    name: 'a condition on the account of the cluster',
    base: trusted(TRUST),
    head: trusted({ ...TRUST, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }),
    account: ['111122223333', '111122223333'],
    expected: UNCHANGED,
  },
  {
    name: 'a condition that never holds',
    base: trusted(TRUST),
    head: trusted({ ...TRUST, Condition: { StringEquals: { 'aws:SourceAccount': '999988887777' } } }),
    account: ['111122223333', '111122223333'],
    expected: ['narrowed, keeps none', `- trust policy: exactly ${ALL} on ${DATA}`],
  },
  {
    name: 'a condition that nobody can decide',
    base: trusted(TRUST),
    head: trusted({ ...TRUST, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
    expected: ['undetermined, keeps all', '? TrustPolicy'],
  },

  // ---- Associations ----
  {
    name: 'the association removed',
    base: app([THREE]),
    head: { Resources: { Role: role([THREE]) } },
    expected: ['narrowed, keeps none', `- association removed: exactly ${ALL} on ${DATA}`],
  },
  {
    name: 'the association added',
    base: { Resources: { Role: role([THREE]) } },
    head: app([THREE], [GET]),
    expected: ['broadened, keeps all', `+ association added: exactly s3:GetObject on ${DATA}`],
  },
  {
    name: 'an association that allows nothing removed',
    base: app([]),
    head: { Resources: { Role: role([]) } },
    expected: [...UNCHANGED, 'note The association is removed'],
  },
  {
    name: 'a renamed association',
    base: app([THREE], [GET]),
    head: { Resources: { Role: role([THREE]), Workload: pods([GET]) } },
    expected: [...UNCHANGED, 'note The association Pods is now Workload.', 'note CloudFormation creates'],
  },
  {
    name: 'a renamed association that is broader',
    base: app([THREE], [GET]),
    head: { Resources: { Role: role([THREE]), Workload: pods([GET, PUT]) } },
    expected: [
      'broadened, keeps all',
      `+ session policy: exactly s3:PutObject on ${DATA}`,
      'note The association Pods is now Workload.',
      'note CloudFormation creates',
    ],
  },
  {
    name: 'an association that moved to another stack',
    base: { a: { ...app([THREE], [GET]), Outputs: EXPORTS }, b: { Resources: { Bucket: BUCKET } } },
    head: {
      a: { Resources: { Role: role([THREE]) }, Outputs: EXPORTS },
      b: { Resources: { Bucket: BUCKET, Pods: pods([GET], IMPORTED) } },
    },
    expected: [...UNCHANGED, 'note The association moved', 'note EKS rejects'],
  },
  {
    name: 'an association that moved and is narrower',
    base: { a: { ...app([THREE], [GET, PUT]), Outputs: EXPORTS }, b: { Resources: { Bucket: BUCKET } } },
    head: {
      a: { Resources: { Role: role([THREE]) }, Outputs: EXPORTS },
      b: { Resources: { Bucket: BUCKET, Pods: pods([GET], IMPORTED) } },
    },
    expected: [
      'narrowed, keeps some',
      `- session policy: exactly s3:PutObject on ${DATA}`,
      'note The association moved',
      'note EKS rejects',
    ],
  },
  {
    name: 'a role that moved to another stack',
    base: { a: app([THREE], [GET]), b: { Resources: { Bucket: BUCKET } } },
    head: {
      a: { Resources: { Pods: pods([GET], IMPORTED) } },
      b: { Resources: { Bucket: BUCKET, Role: role([THREE]) }, Outputs: EXPORTS },
    },
    expected: [...UNCHANGED, 'note The pods have another role'],
  },
  {
    name: 'a broader role behind one narrow session policy',
    base: twoRoles('Role', [GET], [allow('*', '*')], [GET]),
    head: twoRoles('Other', [GET], [allow('*', '*')], [GET]),
    expected: [
      ...UNCHANGED, 'note The pods have another role: Other instead of Role. Their effective permissions are the same',
    ],
  },
  {
    name: 'a session policy with an action that the role lacks',
    base: app([GET], [GET]),
    head: app([GET], [GET, allow('iam:*', '*')]),
    expected: TEXT,
  },
  {
    name: 'another namespace',
    base: app([THREE], [GET]),
    head: { Resources: { Role: role([THREE]), Pods: pods([GET], { Namespace: 'other' }) } },
    expected: {
      'default/app': ['narrowed, keeps none', `- association removed: exactly s3:GetObject on ${DATA}`],
      'other/app': ['broadened, keeps all', `+ association added: exactly s3:GetObject on ${DATA}`],
    },
  },
  {
    name: 'one of two associations changes',
    base: app([THREE], [GET], { Jobs: pods([GET], { ServiceAccount: 'jobs' }) }),
    head: app([THREE], [GET], { Jobs: pods([GET, PUT], { ServiceAccount: 'jobs' }) }),
    expected: {
      'default/app': UNCHANGED,
      'default/jobs': ['broadened, keeps all', `+ session policy: exactly s3:PutObject on ${DATA}`],
    },
  },
  {
    name: 'two associations for one service account',
    base: app([THREE], [GET]),
    head: app([THREE], [GET], { More: pods([GET, PUT]) }),
    expected: ['undetermined, keeps all', '? DuplicateAssociation'],
  },
  {
    name: 'a cluster whose name becomes a parameter',
    base: app([THREE], [GET]),
    head: { ...PARAMETER, Resources: { Role: role([THREE]), Pods: pods([GET], { ClusterName: { Ref: 'Name' } }) } },
    expected: [...UNCHANGED, 'note The name of the cluster'],
  },
  {
    name: 'another cluster',
    base: app([THREE], [GET]),
    head: { Resources: { Role: role([THREE]), Pods: pods([GET], { ClusterName: 'test' }) } },
    expected: {
      'prod default/app': ['narrowed, keeps none', `- association removed: exactly s3:GetObject on ${DATA}`],
      'test default/app': ['broadened, keeps all', `+ association added: exactly s3:GetObject on ${DATA}`],
    },
  },

  // ---- Another role ----
  {
    name: 'a broader role',
    base: twoRoles('Role', [GET], [THREE]),
    head: twoRoles('Other', [GET], [THREE]),
    expected: [
      'broadened, keeps all',
      `+ another role: exactly ${OTHERS} on ${DATA}`,
      'note The pods have another role',
    ],
  },
  {
    name: 'a narrower role',
    base: twoRoles('Other', [GET], [THREE]),
    head: twoRoles('Role', [GET], [THREE]),
    expected: [
      'narrowed, keeps some',
      `- another role: exactly ${OTHERS} on ${DATA}`,
      'note The pods have another role',
    ],
  },
  {
    name: 'another role with the same permissions',
    base: twoRoles('Role', [GET], [GET]),
    head: twoRoles('Other', [GET], [GET]),
    expected: [...UNCHANGED, 'note The pods have another role'],
  },
  {
    name: 'a broader role behind a session policy',
    base: twoRoles('Role', [GET], [THREE], [GET]),
    head: twoRoles('Other', [GET], [THREE], [GET]),
    expected: [...UNCHANGED, 'note The pods have another role'],
  },
  {
    name: 'another role and another session policy',
    base: twoRoles('Role', [GET], [PUT], [GET]),
    head: twoRoles('Other', [GET], [PUT], [PUT]),
    expected: [
      'broadened and narrowed, keeps none',
      `+ another role (2): exactly s3:PutObject on ${DATA}`,
      `- another role (2): exactly s3:GetObject on ${DATA}`,
      'note The pods have another role',
    ],
  },

  // ---- Target roles ----
  {
    name: 'a broader target role',
    base: target([GET]),
    head: target([GET, PUT]),
    expected: ['broadened, keeps all', `+ role: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'a narrower target role',
    base: target([GET, PUT]),
    head: target([GET]),
    expected: ['narrowed, keeps some', `- role: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'a target role added',
    base: app([GET]),
    head: target([PUT]),
    expected: [
      'broadened and narrowed, keeps none',
      `+ another role: exactly s3:PutObject on ${DATA}`,
      `- another role: exactly s3:GetObject on ${DATA}`,
      'note The pods have another role',
    ],
  },
  {
    name: 'a role that may no longer assume the target role',
    base: target([GET], { Assume: ASSUME() }, trusting({ ...TRUST, Principal: { AWS: '111122223333' } })),
    head: target([GET], {}, trusting({ ...TRUST, Principal: { AWS: '111122223333' } })),
    account: ['111122223333', '111122223333'],
    expected: ['narrowed, keeps none', `- role: exactly s3:GetObject on ${DATA}`],
  },
  {
    name: 'a target role that no longer trusts the role',
    base: target([GET]),
    head: target([GET], { Assume: ASSUME() }, trusting(OTHER_TRUST)),
    expected: ['narrowed, keeps none', `- trust policy: exactly s3:GetObject on ${DATA}`],
  },

  // ---- Session tags ----
  {
    name: 'session tags off',
    base: tagged(TAGGED),
    head: tagged(TAGGED, WITHOUT_TAGS),
    expected: ['narrowed, keeps none', `- session tags: exactly s3:GetObject on ${DATA}`],
  },
  {
    name: 'session tags on',
    base: tagged(TAGGED, WITHOUT_TAGS),
    head: tagged(TAGGED),
    expected: ['broadened, keeps all', `+ session tags: exactly s3:GetObject on ${DATA}`],
  },
  {
    name: 'session tags that nothing depends on',
    base: tagged(GET),
    head: tagged(GET, WITHOUT_TAGS),
    expected: UNCHANGED,
  },
  {
    name: 'a session policy, with which there are no session tags',
    base: tagged(TAGGED),
    head: tagged(TAGGED, {}, [GET]),
    expected: ['narrowed, keeps none', `- session tags: exactly s3:GetObject on ${DATA}`],
  },
  {
    name: 'a resource with a session tag',
    base: tagged(OWN_FOLDER),
    head: tagged(OWN_FOLDER, WITHOUT_TAGS),
    expected: ['narrowed, keeps none', '- session tags: exactly s3:GetObject on arn:aws:s3:::data/default/*'],
  },
  {
    name: 'a tag that must be another',
    base: tagged(NOT_TAGGED),
    head: tagged(NOT_TAGGED, WITHOUT_TAGS),
    expected: ['broadened, keeps all', `+ session tags: exactly s3:GetObject on ${DATA}`],
  },

  // ---- Resource policies ----
  {
    name: 'a bucket policy that allows the role',
    base: app([SEND], undefined, { Bucket: BUCKET }),
    head: app(
      [SEND],
      undefined,
      { Bucket: BUCKET, Policy: BUCKET_POLICY(toRole(allow('s3:GetObject', inBucket('Bucket')))) },
    ),
    expected: ['broadened, keeps all', `+ resource policy: exactly s3:GetObject on ${IN_BUCKET}`],
  },
  {
    name: 'a bucket policy that no longer allows the role',
    base: app(
      [SEND],
      undefined,
      { Bucket: BUCKET, Policy: BUCKET_POLICY(toRole(allow('s3:GetObject', inBucket('Bucket')))) },
    ),
    head: app([SEND], undefined, { Bucket: BUCKET }),
    expected: ['narrowed, keeps some', `- resource policy: exactly s3:GetObject on ${IN_BUCKET}`],
  },
  {
    name: 'a bucket policy that denies the role',
    base: app([allow('s3:GetObject', inBucket('Bucket'))], undefined, { Bucket: BUCKET }),
    head: app(
      [allow('s3:GetObject', inBucket('Bucket'))],
      undefined,
      { Bucket: BUCKET, Policy: BUCKET_POLICY(toRole(deny('s3:*', inBucket('Bucket')))) },
    ),
    expected: ['narrowed, keeps none', `- resource policy: exactly s3:GetObject on ${IN_BUCKET}`],
  },
  {
    name: 'a bucket policy that no longer denies the role',
    base: app(
      [allow('s3:GetObject', inBucket('Bucket'))],
      undefined,
      { Bucket: BUCKET, Policy: BUCKET_POLICY(toRole(deny('s3:*', inBucket('Bucket')))) },
    ),
    head: app([allow('s3:GetObject', inBucket('Bucket'))], undefined, { Bucket: BUCKET }),
    expected: ['broadened, keeps all', `+ resource policy: exactly s3:GetObject on ${IN_BUCKET}`],
  },

  // ---- Organization ----
  {
    name: 'a service control policy added',
    base: app([THREE]),
    head: app([THREE]),
    scp: [document(EVERYTHING), document(EVERYTHING, deny('s3:DeleteObject', '*'))],
    expected: ['narrowed, keeps some', `- organization: exactly s3:DeleteObject on ${DATA}`],
  },
  {
    name: 'a service control policy removed',
    base: app([THREE]),
    head: app([THREE]),
    scp: [document(EVERYTHING, deny('s3:DeleteObject', '*')), document(EVERYTHING)],
    expected: ['broadened, keeps all', `+ organization: exactly s3:DeleteObject on ${DATA}`],
  },
  {
    name: 'organization and role in one change',
    base: app([GET]),
    head: app([GET, PUT]),
    scp: [document(GET), document(GET, PUT)],
    expected: ['broadened, keeps all', `+ role (2): exactly s3:PutObject on ${DATA}`],
  },

  // ---- Roles outside of the templates ----
  {
    name: 'a session policy on a role that nobody knows',
    base: imported(),
    head: imported([GET]),
    expected: ['undetermined, keeps all', '? IncompleteRole'],
  },
  {
    name: 'a session policy removed that took nothing away',
    base: app([THREE], [allow('s3:*')]),
    head: app([THREE]),
    expected: [...UNCHANGED, 'note The association no longer has a session policy, and the pods have the same permissions.'],
  },
  {
    name: 'a tag of the role added',
    base: teamRole({}),
    head: teamRole({ Tags: [{ Key: 'team', Value: 'a' }] }),
    expected: ['broadened, keeps all', `+ role: s3:GetObject on ${DATA}`, '? Condition', '? Condition'],
  },
  { name: 'a role that nobody knows', base: imported([GET]), head: imported([GET]), expected: UNCHANGED },
  {
    name: 'a broader session policy on a role that nobody knows',
    base: imported([GET]),
    head: imported([GET, PUT]),
    expected: ['undetermined, keeps all', '? IncompleteRole'],
  },
  {
    name: 'the text of a session policy on a role that nobody knows',
    base: imported([GET, PUT]),
    head: imported([PUT, GET]),
    expected: TEXT,
  },
  {
    name: 'a broader session policy on a declared role',
    base: imported([GET]),
    head: imported([GET, PUT]),
    roles: [onRole(THREE), onRole(THREE)],
    expected: ['broadened, keeps all', `+ session policy: exactly s3:PutObject on ${DATA}`],
  },
  {
    name: 'a declared role that is narrower',
    base: imported(),
    head: imported(),
    roles: [onRole(GET, PUT), onRole(GET)],
    expected: ['narrowed, keeps some', `- role: exactly s3:PutObject on ${DATA}`],
  },

  // ---- Deploy-time values ----
  {
    name: 'a parameter in place of a name',
    base: { ...PARAMETER, ...app([GET]) },
    head: { ...PARAMETER, ...app([allow('s3:GetObject', ofParameter)]) },
    expected: ['undetermined, keeps all', '? UnknownValue', '? UnknownValue'],
  },
  {
    name: 'a parameter beside a name',
    base: { ...PARAMETER, ...app([GET]) },
    head: { ...PARAMETER, ...app([allow('s3:GetObject', [DATA, ofParameter])]) },
    // Nothing is gained if the parameter is 'data'.
    expected: ['undetermined, keeps all', '? UnknownValue'],
  },
  {
    name: 'a bucket of the templates beside a name',
    base: app([GET], undefined, { Bucket: BUCKET }),
    head: app([allow('s3:GetObject', [DATA, inBucket('Bucket')])], undefined, { Bucket: BUCKET }),
    expected: ['broadened, keeps all', `+ role: s3:GetObject on ${IN_BUCKET}`],
  },
  {
    name: 'an action more on a parameter',
    base: { ...PARAMETER, ...app([allow('s3:GetObject', ofParameter)]) },
    head: { ...PARAMETER, ...app([allow(['s3:GetObject', 's3:PutObject'], ofParameter)]) },
    expected: ['broadened, keeps all', '+ role: exactly s3:PutObject on arn:aws:s3:::${Name}/*'],
  },
  {
    name: 'another default of a parameter',
    base: { ...PARAMETER, ...app([allow('s3:GetObject', ofParameter)]) },
    head: { Parameters: { Name: { Type: 'String', Default: 'two' } }, ...app([allow('s3:GetObject', ofParameter)]) },
    expected: ['undetermined, keeps all', '? UnknownValue'],
  },
  {
    name: 'another default of a parameter that a condition compares',
    base: { ...ONLY_IN('one'), ...conditional },
    head: { ...ONLY_IN('two'), ...conditional },
    expected: ['undetermined, keeps all', '? UnknownValue'],
  },
  {
    name: 'another default of a parameter that names the service account',
    base: { ...ONLY_IN('one'), Resources: { Role: role([GET]), Pods: pods(undefined, { ServiceAccount: { Ref: 'Stage' } }) } },
    head: { ...ONLY_IN('two'), Resources: { Role: role([GET]), Pods: pods(undefined, { ServiceAccount: { Ref: 'Stage' } }) } },
    expected: { 'default/${Stage}': ['undetermined, keeps all', '? UnknownValue'] },
  },
  {
    name: 'another value of a parameter of Systems Manager',
    base: app([allow('s3:GetObject', ofAttribute('Value'))], undefined, { Source: SSM('data/one') }),
    head: app([allow('s3:GetObject', ofAttribute('Value'))], undefined, { Source: SSM('data') }),
    expected: ['undetermined, keeps all', '? UnknownValue'],
  },
  {
    name: 'an output of another nested stack',
    base: app([allow('s3:GetObject', ofAttribute('Outputs.Name'))], undefined, { Source: NESTED('https://example.com/a.yaml') }),
    head: app([allow('s3:GetObject', ofAttribute('Outputs.Name'))], undefined, { Source: NESTED('https://example.com/b.yaml') }),
    expected: ['undetermined, keeps all', '? UnknownValue'],
  },
  {
    name: 'an association on a condition',
    base: { ...STAGE, Resources: { Role: role([GET]), Pods: pods(undefined, {}, { Condition: 'IsProd' }) } },
    head: { ...STAGE, Resources: { Role: role([GET]), Pods: pods() } },
    expected: ['broadened, keeps all', `+ association added: exactly s3:GetObject on ${DATA}`],
  },
  {
    name: 'two associations whose conditions exclude each other',
    base: app([GET]),
    head: {
      ...STAGE,
      Conditions: { ...STAGE.Conditions, IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] } },
      Resources: {
        Role: role([GET]),
        Pods: pods(undefined, {}, { Condition: 'IsProd' }),
        Test: pods(undefined, {}, { Condition: 'IsTest' }),
      },
    },
    expected: [
      ...UNCHANGED,
      "note If ${Stage} is not 'prod': The association Pods is now Test.",
      "note If ${Stage} is not 'prod': CloudFormation creates",
    ],
  },

  // ---- What is not understood ----
  {
    name: 'a policy that cannot be understood, on both sides',
    base: app([GET, { ...GET, Effect: 'Perhaps' }]),
    head: app([GET, { ...GET, Effect: 'Perhaps' }], undefined, { Bucket: BUCKET }),
    expected: UNCHANGED,
  },
  {
    name: 'a policy that cannot be understood, and another',
    base: app([GET, { ...GET, Effect: 'Perhaps' }]),
    head: app([GET, { ...PUT, Effect: 'Perhaps' }]),
    expected: ['undetermined, keeps all', '? UnclearPolicy', '? UnclearPolicy'],
  },
  {
    name: 'a role whose ARN cannot be told',
    base: { Resources: { Pods: pods([GET], { RoleArn: { 'Fn::If': ['A', 'x', 'y'] } }) } },
    head: { Resources: { Pods: pods([GET, PUT], { RoleArn: { 'Fn::If': ['B', 'x', 'y'] } }) } },
    expected: ['undetermined, keeps all', '? IncompleteRole', '? IncompleteRole'],
  },
  {
    name: 'a policy of the account under a parameter with another default',
    base: { ...PARAMETER, Resources: { Role: role([], { ManagedPolicyArns: [{ Ref: 'Name' }] }), Pods: pods([GET]) } },
    head: {
      Parameters: { Name: { Type: 'String', Default: 'two' } },
      Resources: { Role: role([], { ManagedPolicyArns: [{ Ref: 'Name' }] }), Pods: pods([GET]) },
    },
    expected: ['undetermined, keeps all', '? UnknownValue'],
  },
  {
    name: 'another role, and a condition on its ARN',
    base: twoRoles('Role', [ONLY_OTHER], [ONLY_OTHER]),
    head: twoRoles('Other', [ONLY_OTHER], [ONLY_OTHER]),
    expected: [
      'broadened, keeps all', `+ another role: exactly s3:GetObject on ${DATA}`,
      'note The pods have another role',
    ],
  },
  {
    name: 'another role, and a condition on its id',
    base: twoRoles('Role', [ONLY_ID], [ONLY_ID]),
    head: twoRoles('Other', [ONLY_ID], [ONLY_ID]),
    expected: [
      'undetermined, keeps all',
      '? Condition',
      '? Condition',
      'note The pods have another role',
    ],
  },

  // ---- Add-ons ----
  {
    name: 'an association of an add-on removed',
    base: addon([GET], [ENTRY]),
    head: addon([GET], []),
    expected: ['narrowed, keeps none', `- association removed: exactly s3:GetObject on ${DATA}`],
  },
  {
    name: 'a broader role of an add-on',
    base: addon([GET], [ENTRY]),
    head: addon([GET, PUT], [ENTRY]),
    expected: ['broadened, keeps all', `+ role: exactly s3:PutObject on ${DATA}`],
  },

  // ---- What was not examined ----
  {
    name: 'an association that may be in a nested stack',
    base: app([GET]),
    head: { Resources: { Role: role([GET]), Nested: NESTED('https://example.com/a.yaml') } },
    expected: ['undetermined, keeps all', '? TemplateNotExamined'],
  },
  {
    name: 'the same nested stack on both sides',
    base: app([GET], undefined, { Nested: NESTED('https://example.com/a.yaml') }),
    head: app([GET], undefined, { Nested: NESTED('https://example.com/a.yaml') }),
    expected: UNCHANGED,
  },
  {
    name: 'an association removed beside the same nested stack',
    base: app([GET], undefined, { Nested: NESTED('https://example.com/a.yaml') }),
    head: { Resources: { Role: role([GET]), Nested: NESTED('https://example.com/a.yaml') } },
    expected: ['narrowed, keeps none', `- association removed: exactly s3:GetObject on ${DATA}`],
  },
  {
    name: 'the same macro',
    base: { Transform: 'Team::Macro', ...app([GET]) },
    head: { Transform: 'Team::Macro', ...app([GET]) },
    expected: UNCHANGED,
  },
  {
    name: 'a macro on another template',
    base: { Transform: 'Team::Macro', ...app([GET]) },
    head: { Transform: 'Team::Macro', ...app([GET], undefined, { Bucket: BUCKET }) },
    expected: ['undetermined, keeps all', '? IncompleteRole', '? IncompleteRole'],
  },
  {
    name: 'a template that cannot be read',
    base: { a: app([GET]), b: { Resources: { Bucket: BUCKET } } },
    head: { a: 'it is not JSON', b: { Resources: { Bucket: BUCKET } } },
    expected: ['undetermined, keeps all', '? TemplateNotExamined'],
  },
];
