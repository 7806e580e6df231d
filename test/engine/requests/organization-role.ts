/** Builders for roles as organizations have them and for session policies on them. */
import { Document, Pair } from './pair';

export type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
type Texts = string | readonly string[];

/** A role with its guards, and session policies on it. */
export interface OrganizationRole {
  readonly title: string;
  readonly role: Document;
  readonly boundary?: Document;
  /** Facts about the role that replace its ARN and its account, or add to them. */
  readonly principal?: Pair['principal'];
  /** The page that the guard is written after. */
  readonly page: string;
  readonly sessions: readonly (readonly [
    title: string, session: Document, verdict: Pair['verdict'], page?: string, principal?: Pair['principal'],
  ])[];
}

export const allow = (actions: Texts, resources: Texts, condition?: Condition) => (
  { Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) }
);
export const deny = (actions: Texts, resources: Texts, condition?: Condition) => (
  { ...allow(actions, resources, condition), Effect: 'Deny' }
);
/** A Deny on each action but these. */
export const denyAllBut = (actions: Texts, condition: Condition) => (
  { Effect: 'Deny', NotAction: actions, Resource: '*', Condition: condition }
);

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const ORGANIZATION = 'o-a1b2c3d4e5';
export const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
export const GLOBAL_KEYS = `${GUIDE}/reference_policies_condition-keys.html`;

/** An ARN in the Region and the account of the role, unless others are given. */
export const arn = (service: string, resource: string, region = 'eu-west-1', account = ACCOUNT) => (
  `arn:aws:${service}:${region}:${account}:${resource}`
);

/** Session policies of workloads: a queue worker, a reader of secrets, a pipeline between folders of a bucket. */
export const worker = (queue: string, condition?: Condition) => (
  [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue, condition)]
);
export const reader = (secret: string, condition?: Condition) => (
  [allow(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], secret, condition)]
);
export const pipeline = (bucket: string, condition?: Condition) => [
  allow('s3:ListBucket', `arn:aws:s3:::${bucket}`, condition),
  allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::${bucket}/*`, condition),
];

/** One pair for each session policy of each role. */
export const pairsOf = (roles: readonly OrganizationRole[]): readonly Pair[] => roles.flatMap(each => (
  each.sessions.map(([title, session, verdict, page = each.page, principal = each.principal]): Pair => ({
    title: `${each.title}: ${title}`,
    session,
    role: each.role,
    ...(each.boundary && { boundary: each.boundary }),
    principal: { arn: `arn:aws:iam::${ACCOUNT}:role/payments-pods`, account: ACCOUNT, ...principal },
    verdict,
    page,
  }))
));
