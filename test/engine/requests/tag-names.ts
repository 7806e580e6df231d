/**
 * One tag of a resource under two names, the global key and the key of the service. The session has one name and the
 * role the other. AWS's pages describe both as the tags attached to the resource.
 */
import { Pair } from './pair';

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/';

type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };

const allow = (actions: readonly string[], resources: readonly string[], condition?: Condition) =>
  ({ Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) });
const deny = (condition: Condition) => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition: condition });
const tagged = (key: string, value: string): Condition => ({ StringEquals: { [key]: value } });

/** An action whose resource type has both keys: the action, a resource, the service's key without the tag, the page. */
interface Taggable {
  readonly action: string;
  readonly arn: string;
  readonly prefix: string;
  readonly page: string;
}
const TAGGABLE: readonly Taggable[] = [
  {
    action: 'ec2:StopInstances',
    arn: 'arn:aws:ec2:eu-west-1:111122223333:instance/*',
    prefix: 'ec2:ResourceTag',
    page: `${REFERENCE}list_amazonec2.html`,
  },
  {
    action: 'secretsmanager:GetSecretValue',
    arn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:*',
    prefix: 'secretsmanager:ResourceTag',
    page: `${REFERENCE}list_awssecretsmanager.html`,
  },
  {
    action: 'ssm:GetParameter',
    arn: 'arn:aws:ssm:eu-west-1:111122223333:parameter/*',
    prefix: 'ssm:resourceTag',
    page: `${REFERENCE}list_awssystemsmanager.html`,
  },
  {
    action: 'ecr:BatchGetImage',
    arn: 'arn:aws:ecr:eu-west-1:111122223333:repository/*',
    prefix: 'ecr:ResourceTag',
    page: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-supported-iam-actions-tagging.html',
  },
  {
    action: 'iam:GetRole',
    arn: 'arn:aws:iam::111122223333:role/*',
    prefix: 'iam:ResourceTag',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_iam-tags.html',
  },
  {
    action: 'sts:AssumeRole',
    arn: 'arn:aws:iam::111122223333:role/*',
    prefix: 'iam:ResourceTag',
    page: `${REFERENCE}list_awssecuritytokenservice.html`,
  },
  {
    action: 'autoscaling:SetDesiredCapacity',
    arn: 'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:*:autoScalingGroupName/*',
    prefix: 'autoscaling:ResourceTag',
    page: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/tag-security.html',
  },
  {
    action: 'elasticloadbalancing:DeregisterTargets',
    arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/*',
    prefix: 'elasticloadbalancing:ResourceTag',
    page: `${REFERENCE}list_awselasticloadbalancingv2.html`,
  },
  {
    action: 'ecs:StopTask',
    arn: 'arn:aws:ecs:eu-west-1:111122223333:task/orders/*',
    prefix: 'ecs:ResourceTag',
    page: `${REFERENCE}list_amazonelasticcontainerservice.html`,
  },
  {
    action: 'sagemaker:InvokeEndpoint',
    arn: 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/*',
    prefix: 'sagemaker:ResourceTag',
    page: `${REFERENCE}list_amazonsagemaker.html`,
  },
  {
    action: 'rds:StartDBInstance',
    arn: 'arn:aws:rds:eu-west-1:111122223333:db:*',
    prefix: 'rds:db-tag',
    page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAM.SpecifyingCustomTags.html',
  },
];

const SAME_TAG: readonly Pair[] = TAGGABLE.flatMap(({ action, arn, prefix, page }): Pair[] => [
  {
    title: `${action}: the session has aws:ResourceTag/team, the role ${prefix}/team`,
    session: [allow([action], [arn], tagged('aws:ResourceTag/team', 'a'))],
    role: [allow([action], ['*'], tagged(`${prefix}/team`, 'a'))],
    verdict: 'not exceeds',
    page,
  },
  {
    title: `${action}: the session has ${prefix}/team, the role aws:ResourceTag/team`,
    session: [allow([action], [arn], tagged(`${prefix}/team`, 'a'))],
    role: [allow([action], ['*'], tagged('aws:ResourceTag/team', 'a'))],
    verdict: 'not exceeds',
    page,
  },
  {
    title: `${action}: the session has aws:ResourceTag/team, the role ${prefix}/team with another value`,
    session: [allow([action], [arn], tagged('aws:ResourceTag/team', 'a'))],
    role: [allow([action], ['*'], tagged(`${prefix}/team`, 'b'))],
    verdict: 'exceeds',
    page,
  },
  {
    title: `${action}: the session has ${prefix}/team, the role aws:ResourceTag/owner`,
    session: [allow([action], [arn], tagged(`${prefix}/team`, 'a'))],
    role: [allow([action], ['*'], tagged('aws:ResourceTag/owner', 'a'))],
    verdict: 'exceeds',
    page,
  },
]);

/** The session and the role both deny what a tag marks. */
const DENIED: readonly Pair[] = TAGGABLE
  .filter(({ action }) => ['ec2:StopInstances', 'ecr:BatchGetImage', 'secretsmanager:GetSecretValue'].includes(action))
  .flatMap(({ action, arn, prefix, page }): Pair[] => [
    {
      title: `${action}: the session denies aws:ResourceTag/env prod, the role ${prefix}/env prod`,
      session: [allow([action], [arn]), deny(tagged('aws:ResourceTag/env', 'prod'))],
      role: [allow(['*'], ['*']), deny(tagged(`${prefix}/env`, 'prod'))],
      verdict: 'not exceeds',
      page,
    },
    {
      title: `${action}: the session denies aws:ResourceTag/env test, the role ${prefix}/env prod`,
      session: [allow([action], [arn]), deny(tagged('aws:ResourceTag/env', 'test'))],
      role: [allow(['*'], ['*']), deny(tagged(`${prefix}/env`, 'prod'))],
      verdict: 'exceeds',
      page,
    },
  ]);

const S3 = `${REFERENCE}list_amazons3.html`;
const OBJECTS = ['arn:aws:s3:::orders/*'];

const IN_S3: readonly Pair[] = [
  {
    title: 's3:GetObject: the session has aws:ResourceAccount, the role s3:ResourceAccount',
    session: [allow(['s3:GetObject'], OBJECTS, tagged('aws:ResourceAccount', '111122223333'))],
    role: [allow(['s3:*'], ['*'], tagged('s3:ResourceAccount', '111122223333'))],
    verdict: 'not exceeds',
    page: S3,
  },
  {
    title: 's3:GetObject: the session has s3:ResourceAccount, the role denies other accounts by aws:ResourceAccount',
    session: [allow(['s3:GetObject'], OBJECTS, tagged('s3:ResourceAccount', '111122223333'))],
    role: [allow(['s3:*'], ['*']), deny({ StringNotEquals: { 'aws:ResourceAccount': '111122223333' } })],
    verdict: 'not exceeds',
    page: S3,
  },
  {
    title: 's3:GetObject: the session has aws:ResourceAccount, the role s3:ResourceAccount with another account',
    session: [allow(['s3:GetObject'], OBJECTS, tagged('aws:ResourceAccount', '111122223333'))],
    role: [allow(['s3:*'], ['*'], tagged('s3:ResourceAccount', '444455556666'))],
    verdict: 'exceeds',
    page: S3,
  },
  {
    title: 's3:GetObject: the session has a tag of the object, the role a tag of the bucket',
    session: [allow(['s3:GetObject'], OBJECTS, tagged('s3:ExistingObjectTag/team', 'a'))],
    role: [allow(['s3:*'], ['*'], tagged('aws:ResourceTag/team', 'a'))],
    verdict: 'exceeds',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html',
  },
];

export const TAG_NAMES: readonly Pair[] = [...SAME_TAG, ...DENIED, ...IN_S3];
