/**
 * Conditions on the time at which AWS issued the pods' credentials, above all the inline policy that "Revoke active
 * sessions" attaches to a role. The credentials of running pods are hours old at most.
 */
import { Pair } from './pair';

const REVOKE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html';
const KEY = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html'
  + '#condition-keys-tokenissuetime';

type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };

const allow = (actions: readonly string[], resources: readonly string[], condition?: Condition) =>
  ({ Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) });
const deny = (condition: Condition) => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition: condition });
const issued = (operator: string, date: string): Condition => ({ [operator]: { 'aws:TokenIssueTime': date } });

const EVERYTHING = allow(['*'], ['*']);
const REVOKED = deny(issued('DateLessThan', '2024-05-07T23:47:00Z'));

const SERVICES: readonly (readonly [action: string, arn: string])[] = [
  ['dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'],
  ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:orders'],
  ['s3:GetObject', 'arn:aws:s3:::orders/*'],
  ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:orders'],
];

const REVOKED_SESSIONS: readonly Pair[] = SERVICES.flatMap(([action, arn]): Pair[] => [
  {
    title: `${action}; the role's older sessions are revoked`,
    session: [allow([action], [arn])],
    role: [EVERYTHING, REVOKED],
    verdict: 'narrows',
    page: REVOKE,
  },
  {
    title: `${action}; the role denies its newer sessions`,
    session: [allow([action], [arn])],
    role: [EVERYTHING, deny(issued('DateGreaterThan', '2024-05-07T23:47:00Z'))],
    verdict: 'exceeds',
    page: REVOKE,
  },
]);

/** The role allows or denies a topic by the date; the session allows it. */
const dated = (title: string, role: Pair['role'], verdict: 'narrows' | 'exceeds'): Pair => ({
  title, session: [allow(['sns:Publish'], ['arn:aws:sns:eu-west-1:111122223333:orders'])], role, verdict, page: KEY,
});

const OTHER_DATES: readonly Pair[] = [
  dated('Allow if issued after 2020',
    [allow(['*'], ['*'], issued('DateGreaterThan', '2020-01-01T00:00:00Z'))], 'narrows'),
  dated('Allow if issued before 2020',
    [allow(['*'], ['*'], issued('DateLessThan', '2020-01-01T00:00:00Z'))], 'exceeds'),
  dated('Allow if issued in 2020 or later, or never',
    [allow(['*'], ['*'], issued('DateGreaterThanEqualsIfExists', '2020-01-01T00:00:00Z'))], 'narrows'),
  dated('Allow if issued in 2020 or earlier, or never',
    [allow(['*'], ['*'], issued('DateLessThanEqualsIfExists', '2020-01-01T00:00:00Z'))], 'exceeds'),
  dated('Deny if issued before 2020, in seconds',
    [EVERYTHING, deny(issued('DateLessThan', '1577836800'))], 'narrows'),
  dated('Deny if issued after 2020, in seconds',
    [EVERYTHING, deny(issued('DateGreaterThan', '1577836800'))], 'exceeds'),
  dated('Deny if issued before 2099', [EVERYTHING, deny(issued('DateLessThan', '2099-01-01T00:00:00Z'))], 'exceeds'),
  dated('Deny if issued at one moment of 2020',
    [EVERYTHING, deny(issued('DateEquals', '2020-01-01T00:00:00Z'))], 'narrows'),
  dated('Deny if not issued at one moment of 2020',
    [EVERYTHING, deny(issued('DateNotEquals', '2020-01-01T00:00:00Z'))], 'exceeds'),
  dated('Deny if the credentials are not temporary', [EVERYTHING, deny(issued('Null', 'true'))], 'narrows'),
  dated('Deny if the credentials are temporary', [EVERYTHING, deny(issued('Null', 'false'))], 'exceeds'),
];

const ELSEWHERE: readonly Pair[] = [
  {
    title: 'a topic; the boundary denies the older sessions',
    session: [allow(['sns:Publish'], ['arn:aws:sns:eu-west-1:111122223333:orders'])],
    role: [EVERYTHING],
    boundary: [EVERYTHING, REVOKED],
    verdict: 'narrows',
    page: REVOKE,
  },
  {
    title: 'a topic for sessions of before 2020 only; the role allows queues',
    session: [allow(
      ['sns:Publish'], ['arn:aws:sns:eu-west-1:111122223333:orders'], issued('DateLessThan', '2020-01-01T00:00:00Z'),
    )],
    role: [allow(['sqs:*'], ['*'])],
    verdict: 'narrows',
    page: KEY,
  },
  {
    title: 'a topic for sessions of after 2020 only; the role allows queues',
    session: [allow(
      ['sns:Publish'], ['arn:aws:sns:eu-west-1:111122223333:orders'], issued('DateGreaterThan', '2020-01-01T00:00:00Z'),
    )],
    role: [allow(['sqs:*'], ['*'])],
    verdict: 'exceeds',
    page: KEY,
  },
  {
    title: 'a topic; the older sessions are revoked, and the role has no access to the topic',
    session: [allow(['sns:Publish'], ['arn:aws:sns:eu-west-1:111122223333:orders'])],
    role: [allow(['sqs:*'], ['*']), REVOKED],
    verdict: 'exceeds',
    page: REVOKE,
  },
];

export const SESSION_DATES: readonly Pair[] = [...REVOKED_SESSIONS, ...OTHER_DATES, ...ELSEWHERE];
