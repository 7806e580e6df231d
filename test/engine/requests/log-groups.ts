/**
 * ARNs of CloudWatch Logs. AWS authorizes actions on a group against the ARN with a trailing `:*`, tagging actions
 * against the ARN without it, and actions on events against a stream. Names of groups and streams contain no colon.
 */
import { Pair } from './pair';

const allow = (actions: string | readonly string[], resources: string | readonly string[]) => (
  { Effect: 'Allow', Action: actions, Resource: resources }
);
const deny = (actions: string | readonly string[], resources: string | readonly string[]) => (
  { ...allow(actions, resources), Effect: 'Deny' }
);

const LOGS_GUIDE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html';
const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html';
const RESOURCE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html';
const CREATE_STREAM = 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html';

const group = (name: string, region = 'eu-west-1') => `arn:aws:logs:${region}:111122223333:log-group:${name}`;

type Row = readonly [
  title: string, actions: string | readonly string[], session: string, role: string, verdict: Pair['verdict'],
  page: string,
];

/** The session policy and the role allow the same actions, on two ARNs. */
const ROWS: readonly Row[] = [
  ['events of a group, role with its streams',
    'logs:PutLogEvents', group('/app/web:*'), group('/app/web:log-stream:*'), 'narrows', REFERENCE],
  ['events of a group, role with a second wildcard',
    'logs:PutLogEvents', group('/app/web:*'), group('/app/web:*:*'), 'narrows', REFERENCE],
  ['events of a group with a second wildcard, role with its streams',
    'logs:PutLogEvents', group('/app/web:*:*'), group('/app/web:log-stream:*'), 'narrows', REFERENCE],
  ['events of the streams, role with the group',
    'logs:PutLogEvents', group('/app/web:log-stream:*'), group('/app/web:*'), 'narrows', LOGS_GUIDE],
  ['events of all groups of a prefix, role with their streams',
    'logs:PutLogEvents', group('/app/*'), group('/app/*:log-stream:*'), 'narrows', REFERENCE],
  ['reading events of a group, role with its streams',
    'logs:GetLogEvents', group('/app/web:*'), group('/app/web:log-stream:*'), 'narrows', REFERENCE],
  ['events everywhere, role with each stream of each group',
    'logs:PutLogEvents', '*', 'arn:aws:logs:*:*:log-group:*:log-stream:*', 'narrows', REFERENCE],
  ['events of a group, role without the wildcard',
    'logs:PutLogEvents', group('/app/web:*'), group('/app/web'), 'exceeds', LOGS_GUIDE],
  ['creating streams, role without the wildcard',
    'logs:CreateLogStream', group('/app/web:*'), group('/app/web'), 'exceeds', LOGS_GUIDE],
  ['describing streams, role without the wildcard',
    'logs:DescribeLogStreams', group('/app/web:*'), group('/app/web'), 'exceeds', LOGS_GUIDE],
  ['filtering events, role without the wildcard',
    'logs:FilterLogEvents', group('/app/web:*'), group('/app/web'), 'exceeds', LOGS_GUIDE],
  ['filtering events, session policy without the wildcard',
    'logs:FilterLogEvents', group('/app/web'), group('/app/web:*'), 'narrows', LOGS_GUIDE],
  ['filtering events, role with the prefix of the name',
    'logs:FilterLogEvents', group('/app/web:*'), group('/app/web*'), 'narrows', RESOURCE],
  ['creating streams, role with the prefix of the path',
    'logs:CreateLogStream', group('/app/web:*'), group('/app/*'), 'narrows', RESOURCE],
  ['creating groups and streams of the agent, role with the prefix of the path',
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
    group('/aws/containerinsights/prod/application:*'), group('/aws/containerinsights/*'), 'narrows', RESOURCE],
  ['events of the streams, role with the prefix of the name',
    'logs:PutLogEvents', group('/app/web:log-stream:*'), group('/app/web*'), 'narrows', RESOURCE],
  ['creating streams in a group with a longer name',
    'logs:CreateLogStream', group('/app/web2:*'), group('/app/web:*'), 'exceeds', LOGS_GUIDE],
  ['events of all groups of a path, role with a narrower prefix',
    'logs:PutLogEvents', group('/app/*:*'), group('/app/web*'), 'exceeds', LOGS_GUIDE],
  ['events of all groups, role with the groups of a path',
    'logs:PutLogEvents', group('*'), group('/app/*:*'), 'exceeds', LOGS_GUIDE],
  ['events of one stream, role with a prefix of streams',
    'logs:PutLogEvents', group('/app/web:log-stream:web-1'), group('/app/web:log-stream:web-*'), 'narrows', LOGS_GUIDE],
  ['events of a group, role with a prefix of streams',
    'logs:PutLogEvents', group('/app/web:*'), group('/app/web:log-stream:web-*'), 'exceeds', REFERENCE],
  ['events of other streams',
    'logs:GetLogEvents', group('/app/web:log-stream:web-*'), group('/app/web:log-stream:api-*'), 'exceeds', LOGS_GUIDE],
  ['filtering events in each Region, role with one Region',
    'logs:FilterLogEvents', group('/app/web:*', '*'), group('/app/web:*'), 'exceeds', LOGS_GUIDE],
  ['describing groups in each Region, role with one Region',
    'logs:DescribeLogGroups', '*', group('*'), 'exceeds', REFERENCE],
  ['listing tags, both without the wildcard',
    'logs:ListTagsForResource', group('/app/web'), group('/app/web'), 'narrows', LOGS_GUIDE],
  ['listing tags, role with the wildcard',
    'logs:ListTagsForResource', group('/app/web'), group('/app/web:*'), 'exceeds', LOGS_GUIDE],
  ['tagging, session policy with the wildcard',
    ['logs:TagResource', 'logs:UntagResource'], group('/app/web:*'), group('/app/web'), 'narrows', LOGS_GUIDE],
  ['tagging all groups of a path, role with the wildcard',
    'logs:TagResource', group('/app/*'), group('/app/*:*'), 'exceeds', LOGS_GUIDE],
];

/** Pairs about log groups and log streams. */
export const LOG_GROUPS: readonly Pair[] = [
  ...ROWS.map(([title, actions, session, role, verdict, page]) => (
    { title, session: [allow(actions, session)], role: [allow(actions, role)], verdict, page }
  )),
  {
    title: 'a Deny on streams with a colon in their name denies nothing',
    session: [allow('logs:PutLogEvents', group('/app/*:log-stream:*'))],
    role: [allow('logs:PutLogEvents', group('*')), deny('logs:PutLogEvents', group('*:log-stream:*:*'))],
    verdict: 'narrows',
    page: CREATE_STREAM,
  },
  {
    title: 'the two ARNs of a group, each for its actions',
    session: [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], group('/app/web:*')),
      allow('logs:ListTagsForResource', group('/app/web')),
    ],
    role: [allow('logs:*', [group('/app/web'), group('/app/web:*')])],
    verdict: 'narrows',
    page: LOGS_GUIDE,
  },
];
