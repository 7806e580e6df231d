/** The apps whose fixes are followed: the end-to-end tables, roles with guards, and real policies. */
import * as fs from 'fs';
import * as path from 'path';
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

const odd: AppInput[] = Object.entries({
  'an object as the session policy': { Role: role([S3]), Pods: text(policy(READ)) },
  'no JSON as the session policy': { Role: role([S3]), Pods: text('{"Version"') },
  'a character that STS does not take': {
    Role: role([S3]), Pods: text(JSON.stringify(policy(allow('s3:GetObject', 'arn:aws:s3:::data/\u2028')))),
  },
  'a Deny on the way to the target role': chained({}, ASSUME, deny('sts:*', '*')),
  'a boundary on the way to the target role': chained(
    { PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, ASSUME),
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
}).map(([name, resources]) => ({ topic: 'odd', name, stacks: [stackOf(resources)] }));

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
  apps.map(({ name, stacks, declarations }) => ({ topic, name, stacks, declarations }))));

export const APPS: readonly AppInput[] = [...tables, ...pages, ...guards, ...nothing, ...others, ...odd, ...real];
