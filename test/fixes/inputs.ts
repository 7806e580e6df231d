/** The apps whose fixes are followed: the end-to-end tables, roles with guards, and real policies. */
import * as fs from 'fs';
import * as path from 'path';
import { OrganizationLayers } from '../../lib/organization-policies/organization-layers';
import { PermissionsDeclaration } from '../../lib/template/known-permissions';
import { StackTemplate } from '../../lib/template/template-set';
import { readTemplates } from '../../lib/validation/read-templates';
import { appOf } from '../docs/run-snippets';
import { TABLES } from '../end-to-end/tables';
import { REAL_POLICIES } from '../real-policies';
import { allow, arnOf, association, deny, policy, role, stackOf, trust, US } from '../rules/app';
import { synthesize } from '../synthesize';

export interface AppInput {
  readonly topic: string;
  readonly name: string;
  readonly stacks: readonly StackTemplate[];
  readonly declarations?: readonly PermissionsDeclaration[];
  readonly organization?: OrganizationLayers;
}

const CORPORA = path.join(__dirname, '..', '..', '..', 'shared', 'corpora');

const OBJECTS = 'arn:aws:s3:::data/*';
const READ = allow('s3:GetObject', OBJECTS);
const LIST_BUCKET = allow('s3:ListBucket', 'arn:aws:s3:::data');
const S3 = allow('s3:*', '*');
const when = (operator: string, key: string, value: unknown) => ({ [operator]: { [key]: value } });
const denyUnless = (Condition: object, ...NotAction: string[]) => (
  { Effect: 'Deny', NotAction, Resource: '*', Condition });

/** Statements that deny under a condition, or a part only: after people's reports. */
const DENIES: { readonly [name: string]: unknown } = {
  'old sessions': deny('*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2035-09-17T00:00:00Z')),
  'requests without TLS': deny('s3:*', '*', when('Bool', 'aws:SecureTransport', 'false')),
  'sessions without MFA': deny('*', '*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false')),
  'what is not encrypted': deny('s3:*', OBJECTS, when('Null', 's3:x-amz-server-side-encryption', 'true')),
  'other networks': deny('s3:*', ['arn:aws:s3:::data/*'], when('StringNotEquals', 'aws:SourceVpc', 'vpc-1')),
  'other regions': denyUnless(when('StringNotEquals', 'aws:RequestedRegion', ['eu-west-1']), 'iam:*', 'sts:*'),
  'other roles': denyUnless(when('ArnNotLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/admin']), 's3:List*'),
  'other organizations': denyUnless(when('StringNotEquals', 'aws:ResourceOrgID', 'o-a1b2c3d4e5'), 'iam:*'),
  'a part of the bucket': deny('s3:*', 'arn:aws:s3:::data/secret/*'),
  'all but some actions': { Effect: 'Deny', NotAction: ['iam:*', 's3:List*'], Resource: 'arn:aws:s3:::data/secret/*' },
};

const guards: AppInput[] = Object.entries(DENIES).flatMap(([name, guard]) => [
  {
    topic: 'guards',
    name: `${name} are denied`,
    stacks: [stackOf({ Role: role([S3, guard]), Pods: association([READ, LIST_BUCKET]) }, US)],
  },
  {
    topic: 'guards',
    name: `${name} are denied, and an action is missing`,
    stacks: [stackOf({
      Role: role([allow(['s3:GetObject', 's3:ListBucket'], '*'), guard]),
      Pods: association([allow(['s3:GetObject', 's3:DeleteObject'], OBJECTS), LIST_BUCKET]),
    }, US)],
  },
  {
    topic: 'guards',
    name: `${name} are denied by the boundary`,
    stacks: [stackOf({
      Role: role([S3], { PermissionsBoundary: { Ref: 'Boundary' } }),
      Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(S3, guard) } },
      Pods: association([READ, LIST_BUCKET]),
    }, US)],
  },
]);

const nothing: AppInput[] = [
  ['by the session policy', [READ, deny('s3:*', '*')], [S3]],
  ['by the session policy and by the role', [READ, deny('s3:*', '*')], [S3, deny('*', '*')]],
  ['by two statements of the session policy', [READ, deny('s3:*', '*'), deny('s3:Get*', OBJECTS)], [S3]],
  ['by the session policy, and the role lacks it', [READ, deny('s3:*', '*')], [allow('sqs:*', '*')]],
  ['by the role', [READ], [S3, deny('s3:Get*', '*')]],
  ['by two statements of the role', [READ], [S3, deny('s3:Get*', '*'), deny('*', OBJECTS)]],
  ['by nobody: the role lacks it', [READ], [allow('sqs:*', '*')]],
].map(([name, session, permissions]) => ({
  topic: 'nothing is left',
  name: `denied ${name as string}`,
  stacks: [stackOf({ Role: role(permissions as unknown[]), Pods: association(session as unknown[]) }, US)],
}));

const LOGS = 'arn:aws:logs:us-east-1:111122223333:log-group:';
const LIST = Array.from({ length: 90 }, (_, i) => `arn:aws:s3:::data/secret/${i}/*`);

const others: AppInput[] = [
  ['a log group with slashes', [allow(['logs:PutLogEvents', 'logs:CreateLogStream'], `${LOGS}/aws/eks/prod`)], [allow('logs:*', '*')]],
  ['objects of a bucket of which the role has a part', [allow(['s3:GetObject', 's3:ListBucket'], 'arn:aws:s3:::data')],
    [allow('s3:ListBucket', '*'), allow('s3:GetObject', 'arn:aws:s3:::data/a/*')]],
  ['a denial that is too long to repeat', [READ, LIST_BUCKET], [S3, deny('s3:*', LIST)]],
  ['an action of two', [allow(['s3:GetObject', 's3:PutObject'], OBJECTS)], [allow('s3:Get*', '*')]],
  ['tags in the session policy, by names',
    [allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*')], [S3]],
  ['tags of a pod in the session policy',
    [allow('s3:GetObject', OBJECTS, when('StringEquals', 'aws:PrincipalTag/kubernetes-pod-name', 'a'))], [S3]],
  ['tags in the role', [READ],
    [allow('s3:*', '*', when('StringEquals', 'aws:PrincipalTag/kubernetes-namespace', 'ns'))]],
].map(([name, session, permissions]) => ({
  topic: 'others',
  name: name as string,
  stacks: [stackOf({ Role: role(permissions as unknown[]), Pods: association(session as unknown[]) }, US)],
}));

const text = (Policy: unknown) => association(undefined, { Policy, DisableSessionTags: true });
const chained = (properties: object, ...permissions: unknown[]) => ({
  Role: role(permissions, { ...properties }),
  Target: role([S3], { AssumeRolePolicyDocument: policy(trust({ AWS: 'arn:aws:iam::111122223333:root' })) }),
  Pods: association([READ], { TargetRoleArn: arnOf('Target') }),
});
const ASSUME = allow(['sts:AssumeRole', 'sts:TagSession'], '*');

const EKS = { Service: 'pods.eks.amazonaws.com' };
const NAMESPACE_TAG = 'aws:RequestTag/kubernetes-namespace';
const trusting = (...statements: unknown[]) => role([S3], { AssumeRolePolicyDocument: policy(...statements) });
const DENY_DELETE = deny('s3:Delete*', '*');
const filter = (...denies: unknown[]) => ({ Role: role([S3]), Pods: association([allow('*', '*'), ...denies]) });
const reading = (resource: string, condition?: object) => (
  { Role: role([S3]), Pods: association([READ, allow('s3:GetObject', resource, condition)]) });
const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:';
const addon = (RoleArn: unknown) => ({
  Type: 'AWS::EKS::Addon',
  Properties: {
    ClusterName: 'prod',
    AddonName: 'aws-ebs-csi-driver',
    PodIdentityAssociations: [{ RoleArn, ServiceAccount: 'ebs-csi-controller-sa' }],
  },
});

const odd: AppInput[] = Object.entries({
  'tags that the trust policy requires': {
    Role: trusting(trust(EKS, when('StringEquals', NAMESPACE_TAG, 'ns'))),
    Pods: association([READ]),
  },
  'no tags, which the trust policy requires': {
    Role: trusting(trust(EKS), {
      Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Condition: when('StringNotEquals', NAMESPACE_TAG, 'ns'),
    }),
    Pods: association(undefined, { DisableSessionTags: true }),
  },
  'tags of another namespace': {
    Role: trusting(trust(EKS, when('StringEquals', NAMESPACE_TAG, 'other'))),
    Pods: association(undefined),
  },
  'a trust policy for another account': {
    Role: trusting(trust(EKS, when('StringEquals', 'aws:SourceAccount', '444455556666'))),
    Pods: association([READ]),
  },
  'a trust policy for a cluster of another account': {
    Role: trusting(trust(EKS, when('ArnLike', 'aws:SourceArn', 'arn:aws:eks:us-east-1:444455556666:cluster/*'))),
    Pods: association([READ]),
  },
  'a trust policy for the ARN of the association': {
    Role: trusting(trust(EKS, when('ArnLike', 'aws:SourceArn', 'arn:aws:eks:*:111122223333:podidentityassociation/*'))),
    Pods: association([READ]),
  },
  'a trust policy for another cluster': {
    Role: trusting(trust(EKS, when('ArnEquals', 'aws:SourceArn', { 'Fn::GetAtt': ['Other', 'Arn'] }))),
    Pods: association([READ], { ClusterName: { Ref: 'Cluster' } }),
    Cluster: { Type: 'AWS::EKS::Cluster' },
    Other: { Type: 'AWS::EKS::Cluster' },
  },
  'a trust policy for every cluster but this': {
    Role: trusting(trust(EKS, when('ArnNotLike', 'aws:SourceArn', 'arn:aws:eks:*:*:cluster/prod'))),
    Pods: association([READ]),
  },
  'a trust policy with an external id': {
    Role: trusting(trust(EKS, when('StringEquals', 'sts:ExternalId', 'us-east-1/111122223333/prod/ns/sa'))),
    Pods: association([READ]),
  },
  'a trust policy that denies this cluster': {
    Role: trusting(trust(EKS), {
      ...trust(EKS, when('ArnLike', 'aws:SourceArn', 'arn:aws:eks:*:*:cluster/prod')), Effect: 'Deny',
    }),
    Pods: association([READ]),
  },
  'a trust policy of the target role that denies the role': {
    ...chained({}, ASSUME),
    Target: role([S3], {
      AssumeRolePolicyDocument: policy(trust('*'), {
        ...trust({ AWS: 'arn:aws:iam::111122223333:role/pods' }), Effect: 'Deny',
      }),
    }),
    Role: role([ASSUME], { RoleName: 'pods' }),
  },
  'an add-on on a role of another account': { Addon: addon('arn:aws:iam::444455556666:role/csi') },
  'a target role of another partition': {
    Pods: association([READ], {
      TargetRoleArn: 'arn:aws-cn:iam::444455556666:role/data', RoleArn: 'arn:aws:iam::111122223333:role/pods',
    }),
  },
  'a trust policy that is too large': {
    Role: trusting({ ...trust(EKS), Sid: 'x'.repeat(2100) }), Pods: association([READ]),
  },
  'inline policies that are too large': {
    Role: role([allow('s3:GetObject', Array.from({ length: 900 }, (_, i) => `arn:aws:s3:::data/${i}`)), READ]),
    Pods: association([READ]),
  },
  'Deny statements only': { Role: role([S3]), Pods: association([deny('s3:DeleteObject', '*')]) },
  'a filter that denies what the role lacks': filter(deny('sqs:*', '*'), DENY_DELETE),
  'a filter that denies nothing that the role has': filter(deny('sqs:*', '*')),
  'a filter on no resource of its actions': filter(deny('s3:GetObject', 'arn:aws:s3:::data'), DENY_DELETE),
  'a filter whose conditions no request meets': filter(
    deny('s3:GetObject', '*', when('StringEquals', 's3:prefix', 'a')), DENY_DELETE,
  ),
  'a key of IAM users': reading('arn:aws:s3:::other/${aws:username}/*'),
  'a condition on a key of IAM users': reading(
    'arn:aws:s3:::other/*', when('StringEquals', 'aws:username', 'a'),
  ),
  'an ARN with a Region that no bucket has': reading('arn:aws:s3:us-east-1:111122223333:other/*'),
  'an action that AWS authorizes on everything only': {
    Role: role([S3, allow('ec2:DescribeInstances', '*')]),
    Pods: association([READ, allow(['s3:GetObject', 'ec2:DescribeInstances'], 'arn:aws:s3:::other/*')]),
  },
  'secrets without the end of their ARNs': {
    Role: role([S3, allow('secretsmanager:*', '*')]),
    Pods: association([READ, allow('secretsmanager:GetSecretValue', [`${SECRET}db`, `${SECRET}app/*/key`])]),
  },
  'an object as the session policy': { Role: role([S3]), Pods: text(policy(READ)) },
  'no JSON as the session policy': { Role: role([S3]), Pods: text('{"Version"') },
  'a session policy without statements': { Role: role([S3]), Pods: text(JSON.stringify(policy())) },
  'a statement without an effect': {
    Role: role([S3]), Pods: text(JSON.stringify(policy({ Action: 's3:GetObject', Resource: OBJECTS }))),
  },
  'a character that STS does not take': {
    Role: role([S3]), Pods: text(JSON.stringify(policy(allow('s3:GetObject', 'arn:aws:s3:::data/\u2028')))),
  },
  'a Deny on the way to the target role': chained({}, ASSUME, deny('sts:*', '*')),
  'a boundary on the way to the target role': chained(
    { PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, ASSUME),
  'a boundary, and nothing on the way to the target role': chained(
    { PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, allow('s3:GetObject', '*')),
  'a boundary of AWS that lacks an action': {
    Role: role([S3], { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }),
    Pods: association([allow(['s3:GetObject', 's3:DeleteObject'], OBJECTS)]),
  },
  'a boundary of AWS that lacks everything': {
    Role: role([allow('sqs:*', '*')], { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }),
    Pods: association([allow('sqs:SendMessage', '*')]),
  },
  'a boundary of AWS and a role that lack everything': {
    Role: role([allow('sns:*', '*')], { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }),
    Pods: association([allow('sqs:SendMessage', '*')]),
  },
  'a boundary of AWS and a role that lack an action': {
    Role: role([allow('s3:Get*', '*')], { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }),
    Pods: association([allow(['s3:GetObject', 's3:DeleteObject'], OBJECTS)]),
  },
  'nothing on the way to the target role': chained({}, allow('s3:GetObject', '*')),
  'an action without a resource': {
    Role: role([allow('*', '*')]), Pods: association([allow(['s3:GetObject', 's3:ListAllMyBuckets'], OBJECTS)]),
  },
  'an action of no service': {
    Role: role([allow('*', '*')]), Pods: association([READ, allow('s33:Qwertyuiop', OBJECTS)]),
  },
  'a key of another action': {
    Role: role([allow('*', '*')]),
    Pods: association([READ, allow('sqs:SendMessage', '*', when('StringEquals', 's3:prefix', 'a'))]),
  },
  'a generated name that is too long': {
    Role: role([S3]),
    ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`Bucket${i}`, { Type: 'AWS::S3::Bucket' }])),
    Pods: text({
      'Fn::Sub': JSON.stringify(policy(allow('s3:GetObject', Array.from(
        { length: 20 }, (_, i) => `\${Bucket${i}.Arn}/a/rather/long/prefix/of/keys/*`)))),
    }),
  },
} as { readonly [name: string]: Parameters<typeof stackOf>[0] }).map(([name, resources]) => (
  { topic: 'odd', name, stacks: [stackOf(resources, US)] }));

const isHere = ({ policy: of }: (typeof REAL_POLICIES)[number]) => (
  'managed' in of || fs.existsSync(path.join(CORPORA, of.file)));

const real: AppInput[] = REAL_POLICIES.filter(isHere)
  .map(({ policy: of, region, exceeds }) => ({
    topic: 'real policies',
    name: 'managed' in of ? of.managed : of.file,
    stacks: [stackOf({
      Role: 'managed' in of ? role([], { ManagedPolicyArns: [`arn:aws:iam::aws:policy/${of.managed}`] })
        : role([JSON.parse(fs.readFileSync(path.join(CORPORA, of.file), 'utf-8')).Statement].flat()),
      Pods: association(exceeds.statements),
    }, { ...US, region: region ?? US.region })],
  }));

const PAGES = path.join(__dirname, '..', '..', 'docs', 'rules');

/** The failing examples of the rules' pages. */
const pages: AppInput[] = fs.readdirSync(PAGES).map((file) => {
  const [, snippet] = /```ts fails\n([^]*?)```/.exec(fs.readFileSync(path.join(PAGES, file), 'utf-8'))!;
  const app = appOf(snippet);
  synthesize(app);
  return { topic: 'pages', name: file, stacks: readTemplates(app).stacks };
});

const tables: AppInput[] = Object.entries(TABLES).flatMap(([topic, apps]) => (
  apps.filter(({ stacks }) => !stacks.some(loopsOverAssociations))
    .map(({ name, stacks, declarations, organization }) => ({ topic, name, stacks, declarations, organization }))));

/** Who follows a fix of what a loop makes changes the loop: that is not followed here. */
function loopsOverAssociations({ template: { Resources = {} } }: StackTemplate): boolean {
  return Object.entries(Resources).some(([key, value]) => (
    key.startsWith('Fn::ForEach::') && JSON.stringify(value).includes('PodIdentityAssociation')));
}

export const APPS: readonly AppInput[] = [...tables, ...pages, ...guards, ...nothing, ...others, ...odd, ...real];
