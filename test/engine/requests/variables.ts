/**
 * Policy variables as values: in resources and conditions, with defaults and escapes, and as text in old versions.
 * A tag of the role may have any value or be absent, unless a condition of the policy requires otherwise.
 */
import { Document, Pair } from './pair';

type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
type Row = readonly [
  title: string, session: Document, role: Document, verdict: Pair['verdict'], page: string,
  principal?: Pair['principal'],
];

const allow = (actions: string | readonly string[], resources: string | readonly string[], condition?: Condition) => (
  { Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) }
);
const deny = (actions: string | readonly string[], resources: string | readonly string[], condition?: Condition) => (
  { ...allow(actions, resources, condition), Effect: 'Deny' }
);

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const VARIABLES_PAGE = `${GUIDE}/reference_policies_variables.html`;
const OPERATORS = `${GUIDE}/reference_policies_elements_condition_operators.html`;
const GLOBAL_KEYS = `${GUIDE}/reference_policies_condition-keys.html`;
const MULTIVALUED = `${GUIDE}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;
const VERSION = `${GUIDE}/reference_policies_elements_version.html`;
const TAGS = `${GUIDE}/access_tags.html`;
const RESOURCE = `${GUIDE}/reference_policies_elements_resource.html`;
const LEADING_KEYS = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html';
const DYNAMODB = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html';

const KEY = 'aws:PrincipalTag/team';
const TEAM = '${aws:PrincipalTag/team}';
const OR_SHARED = "${aws:PrincipalTag/team, 'shared'}";
const ACCOUNT = '111122223333';
const HERE = `eu-west-1:${ACCOUNT}`;
const POD_ROLE = { arn: `arn:aws:iam::${ACCOUNT}:role/pods`, account: ACCOUNT };

const is = (value: string | readonly string[]): Condition => ({ StringEquals: { [KEY]: value } });
const TAGGED: Condition = { Null: { [KEY]: 'false' } };
const UNTAGGED: Condition = { Null: { [KEY]: 'true' } };

/** Resources that have a part of their name for each team. */
const SERVICES: readonly { name: string; actions: readonly string[]; arn: (team: string) => string }[] = [
  { name: 'S3', actions: ['s3:GetObject', 's3:PutObject'], arn: team => `arn:aws:s3:::reports/${team}/*` },
  { name: 'DynamoDB', actions: ['dynamodb:GetItem'], arn: team => `arn:aws:dynamodb:${HERE}:table/${team}-orders` },
  {
    name: 'Secrets Manager',
    actions: ['secretsmanager:GetSecretValue'],
    arn: team => `arn:aws:secretsmanager:${HERE}:secret:${team}/*`,
  },
  { name: 'SQS', actions: ['sqs:SendMessage', 'sqs:ReceiveMessage'], arn: team => `arn:aws:sqs:${HERE}:${team}-jobs` },
  { name: 'SSM', actions: ['ssm:GetParameter'], arn: team => `arn:aws:ssm:${HERE}:parameter/${team}/*` },
  { name: 'IAM path', actions: ['iam:GetRole'], arn: team => `arn:aws:iam::${ACCOUNT}:role/${team}/*` },
];

const SERVICE_ROWS = SERVICES.flatMap(({ name, actions, arn }): Row[] => [
  [`${name}: a literal with the tag required, against the variable`,
    [allow(actions, arn('blue'), is('blue'))], [allow(actions, arn(TEAM))], 'narrows', VARIABLES_PAGE],
  [`${name}: the variable with the tag required, against a literal`,
    [allow(actions, arn(TEAM), is('blue'))], [allow(actions, arn('blue'))], 'narrows', VARIABLES_PAGE],
  [`${name}: the variable without a condition, against a literal`,
    [allow(actions, arn(TEAM))], [allow(actions, arn('blue'))], 'exceeds', VARIABLES_PAGE],
  [`${name}: a literal without a condition, against the variable`,
    [allow(actions, arn('blue'))], [allow(actions, arn(TEAM))], 'exceeds', VARIABLES_PAGE],
]);

const at = (name: string) => `arn:aws:s3:::reports/${name}`;
const read = (name: string, condition?: Condition) => allow('s3:GetObject', at(name), condition);
const list = (condition: Condition) => allow('s3:ListBucket', 'arn:aws:s3:::reports', condition);

const RESOURCE_ROWS: readonly Row[] = [
  ['the same variable on both sides', [read(`${TEAM}/*`)], [read(`${TEAM}/*`)], 'narrows', VARIABLES_PAGE],
  ['the same variable below a longer path', [read(`${TEAM}/in/*`)], [read(`${TEAM}/*`)], 'narrows', VARIABLES_PAGE],
  ['the same variable with another suffix',
    [read(`${TEAM}/*`)], [read(`${TEAM}-archive/*`)], 'exceeds', VARIABLES_PAGE],
  ['two different variables',
    [read(`${TEAM}/*`)], [read('${aws:PrincipalTag/project}/*')], 'exceeds', VARIABLES_PAGE],
  ['the same variable in another letter case',
    [read('${aws:principaltag/TEAM}/*')], [read(`${TEAM}/*`)], 'narrows', TAGS],
  ['a condition key in another letter case than the variable',
    [read('blue/*', { StringEquals: { 'AWS:PrincipalTag/Team': 'blue' } })], [read(`${TEAM}/*`)], 'narrows', TAGS],
  ['a tag value in another letter case than the resource',
    [read('blue/*', is('Blue'))], [read(`${TEAM}/*`)], 'exceeds', RESOURCE],
  ['a tag value of any letter case',
    [read('blue/*', { StringEqualsIgnoreCase: { [KEY]: 'blue' } })], [read(`${TEAM}/*`)], 'exceeds', OPERATORS],
  ['the variable against a wildcard', [read(`${TEAM}/*`)], [read('*')], 'narrows', VARIABLES_PAGE],
  ['a wildcard against the variable', [read('*')], [read(`${TEAM}/*`)], 'exceeds', VARIABLES_PAGE],
  ['a prefix of the tag, against a prefix of the resource',
    [read(`${TEAM}/*`, { StringLike: { [KEY]: 'blue-*' } })], [read('blue-*/*')], 'narrows', OPERATORS],
  ['a prefix of the tag, against the variable',
    [read('blue/*', { StringLike: { [KEY]: 'blue*' } })], [read(`${TEAM}/*`)], 'exceeds', OPERATORS],
  ['several tag values, each of which the role lists',
    [read(`${TEAM}/*`, is(['blue', 'red']))], [read('blue/*'), read('red/*')], 'narrows', OPERATORS],
  ['several tag values, one of which the role lists',
    [read(`${TEAM}/*`, is(['blue', 'red']))], [read('blue/*')], 'exceeds', OPERATORS],
  ['a literal with several tag values, against the variable',
    [read('blue/*', is(['blue', 'red']))], [read(`${TEAM}/*`)], 'exceeds', OPERATORS],
  ['one statement for each tag value, against the variable',
    [read('blue/*', is('blue')), read('red/*', is('red'))], [read(`${TEAM}/*`)], 'narrows', OPERATORS],
  ['a literal that the role denies through the variable',
    [read('blue/*')], [read('*'), deny('s3:GetObject', at(`${TEAM}/*`))], 'exceeds', VARIABLES_PAGE],
  ['a literal that the role denies for another tag value',
    [read('blue/*', is('red'))], [read('*'), deny('s3:GetObject', at(`${TEAM}/*`))], 'narrows', VARIABLES_PAGE],
  ['a literal that the role denies through a variable without a value',
    [read('blue/*', UNTAGGED)], [read('*'), deny('s3:GetObject', at(`${TEAM}/*`))], 'narrows', VARIABLES_PAGE],
  ['a user name, which pods do not have', [read('${aws:username}/*')], [read('other/*')], 'narrows', VARIABLES_PAGE],
  ['a literal against a user name', [read('alice/*')], [read('${aws:username}/*')], 'exceeds', VARIABLES_PAGE],
];

const DEFAULT_ROWS: readonly Row[] = [
  ['the default applies to a literal',
    [read('shared/*', UNTAGGED)], [read(`${OR_SHARED}/*`)], 'narrows', VARIABLES_PAGE],
  ['the default applies to the variable',
    [read(`${OR_SHARED}/*`, UNTAGGED)], [read('shared/*')], 'narrows', VARIABLES_PAGE],
  ['the default applies to another literal',
    [read('blue/*', UNTAGGED)], [read(`${OR_SHARED}/*`)], 'exceeds', VARIABLES_PAGE],
  ['the tag replaces the default', [read('blue/*', is('blue'))], [read(`${OR_SHARED}/*`)], 'narrows', VARIABLES_PAGE],
  ['the default without a condition, role with the default',
    [read('shared/*')], [read(`${OR_SHARED}/*`)], 'exceeds', VARIABLES_PAGE],
  ['the default without a condition, role with the literal',
    [read(`${OR_SHARED}/*`)], [read('shared/*')], 'exceeds', VARIABLES_PAGE],
  ['the default or the same tag value',
    [read('shared/*', { StringEqualsIfExists: { [KEY]: 'shared' } })], [read(`${OR_SHARED}/*`)], 'narrows', OPERATORS],
  ['a role with a default, session without', [read(`${TEAM}/*`)], [read(`${OR_SHARED}/*`)], 'narrows', VARIABLES_PAGE],
  ['a session with a default, role without', [read(`${OR_SHARED}/*`)], [read(`${TEAM}/*`)], 'exceeds', VARIABLES_PAGE],
  ['a session with a default, role with variable and literal',
    [read(`${OR_SHARED}/*`)], [read(`${TEAM}/*`), read('shared/*')], 'narrows', VARIABLES_PAGE],
  ['two different defaults',
    [read(`${OR_SHARED}/*`)], [read("${aws:PrincipalTag/team, 'public'}/*")], 'exceeds', VARIABLES_PAGE],
  ['the default of a user name, which pods do not have',
    [read('pods/*')], [read("${aws:username, 'pods'}/*")], 'narrows', VARIABLES_PAGE],
];

const SECRETS = `arn:aws:secretsmanager:${HERE}:secret:*`;
const secret = (condition: Condition) => allow('secretsmanager:GetSecretValue', SECRETS, condition);

const CONDITION_ROWS: readonly Row[] = [
  ['equality with a variable requires its value',
    [read('*', { StringEquals: { 's3:ExistingObjectTag/team': TEAM } })], [read('*', TAGGED)],
    'narrows', VARIABLES_PAGE],
  ['equality of a resource tag with a variable requires its value',
    [secret({ StringEquals: { 'aws:ResourceTag/team': TEAM } })], [secret(TAGGED)], 'narrows', VARIABLES_PAGE],
  ['a value does not imply equality',
    [secret(TAGGED)], [secret({ StringEquals: { 'aws:ResourceTag/team': TEAM } })], 'exceeds', VARIABLES_PAGE],
  ['inequality with a variable does not require its value',
    [read('*', { StringNotEquals: { 's3:ExistingObjectTag/team': TEAM } })], [read('*', TAGGED)],
    'exceeds', VARIABLES_PAGE],
  ['two literals, against equality of the tags',
    [secret({ StringEquals: { 'aws:ResourceTag/team': 'blue', [KEY]: 'blue' } })],
    [secret({ StringEquals: { 'aws:ResourceTag/team': TEAM } })], 'narrows', TAGS],
  ['two different literals, against equality of the tags',
    [secret({ StringEquals: { 'aws:ResourceTag/team': 'blue', [KEY]: 'red' } })],
    [secret({ StringEquals: { 'aws:ResourceTag/team': TEAM } })], 'exceeds', TAGS],
  ['a resource tag alone, against equality of the tags',
    [secret({ StringEquals: { 'aws:ResourceTag/team': 'blue' } })],
    [secret({ StringEquals: { 'aws:ResourceTag/team': TEAM } })], 'exceeds', TAGS],
  ['equality of the tags and a literal, against the literal',
    [secret({ StringEquals: { 'aws:ResourceTag/team': TEAM, [KEY]: 'blue' } })],
    [secret({ StringEquals: { 'aws:ResourceTag/team': 'blue' } })], 'narrows', TAGS],
  ['the same prefix with a variable',
    [list({ StringLike: { 's3:prefix': `${TEAM}/*` } })], [list({ StringLike: { 's3:prefix': `${TEAM}/*` } })],
    'narrows', VARIABLES_PAGE],
  ['one folder below a prefix with a variable',
    [list({ StringEquals: { 's3:prefix': `${TEAM}/in/` } })], [list({ StringLike: { 's3:prefix': `${TEAM}/*` } })],
    'narrows', VARIABLES_PAGE],
  ['a prefix with a variable, against one folder',
    [list({ StringLike: { 's3:prefix': `${TEAM}/*` } })], [list({ StringEquals: { 's3:prefix': `${TEAM}/in/` } })],
    'exceeds', VARIABLES_PAGE],
  ['a literal prefix with the tag required, against the variable',
    [list({ StringLike: { 's3:prefix': 'blue/*' }, ...is('blue') })],
    [list({ StringLike: { 's3:prefix': `${TEAM}/*` } })],
    'narrows', VARIABLES_PAGE],
  ['a literal prefix without a condition, against the variable',
    [list({ StringLike: { 's3:prefix': 'blue/*' } })], [list({ StringLike: { 's3:prefix': `${TEAM}/*` } })],
    'exceeds', VARIABLES_PAGE],
];

const GAMES = `arn:aws:dynamodb:${HERE}:table/games`;
const item = (keys: readonly string[], condition?: Condition) => (
  allow('dynamodb:GetItem', GAMES, { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': keys }, ...condition })
);
const scan = (keys: readonly string[]) => ({ ...item(keys), Action: 'dynamodb:Scan' });

const LEADING_KEY_ROWS: readonly Row[] = [
  ['leading keys: the same variable', [item([TEAM])], [item([TEAM])], 'narrows', LEADING_KEYS],
  ['leading keys: the variable, against the variable and a literal',
    [item([TEAM])], [item([TEAM, 'shared'])], 'narrows', MULTIVALUED],
  ['leading keys: the variable and a literal, against the variable',
    [item([TEAM, 'shared'])], [item([TEAM])], 'exceeds', MULTIVALUED],
  ['leading keys: a literal with the tag required, against the variable',
    [item(['blue'], is('blue'))], [item([TEAM])], 'narrows', LEADING_KEYS],
  ['leading keys: a literal without a condition, against the variable',
    [item(['blue'])], [item([TEAM])], 'exceeds', LEADING_KEYS],
  ['leading keys: the variable with the tag required, against a literal',
    [item([TEAM], is('blue'))], [item(['blue'])], 'narrows', LEADING_KEYS],
  ['leading keys: the ARN of the role',
    [item([POD_ROLE.arn])], [item(['${aws:PrincipalArn}'])], 'narrows', GLOBAL_KEYS, POD_ROLE],
  ['leading keys: the ARN of a session of the role',
    [item([`arn:aws:sts::${ACCOUNT}:assumed-role/pods/eks`])], [item(['${aws:PrincipalArn}'])],
    'exceeds', GLOBAL_KEYS, POD_ROLE],
  ['leading keys: a scan has none, so that any values match', [scan(['blue'])], [scan(['red'])], 'narrows', DYNAMODB],
];

const ESCAPE_ROWS: readonly Row[] = [
  ['a literal asterisk, against a wildcard', [read('a${*}b')], [read('a*b')], 'narrows', VARIABLES_PAGE],
  ['a wildcard, against a literal asterisk', [read('a*b')], [read('a${*}b')], 'exceeds', VARIABLES_PAGE],
  ['the same literal asterisk', [read('a${*}b/*')], [read('a${*}b/*')], 'narrows', VARIABLES_PAGE],
  ['a literal question mark, against a wildcard', [read('a${?}b')], [read('a?b')], 'narrows', VARIABLES_PAGE],
  ['a wildcard, against a literal question mark', [read('a?b')], [read('a${?}b')], 'exceeds', VARIABLES_PAGE],
  ['a literal asterisk, against a literal question mark',
    [read('a${*}b')], [read('a${?}b')], 'exceeds', VARIABLES_PAGE],
  ['an escaped dollar sign, against a dollar sign', [read('a${$}b')], [read('a$b')], 'narrows', VARIABLES_PAGE],
  ['a prefix with a literal asterisk, against a literal',
    [list({ StringLike: { 's3:prefix': 'a${*}' } })], [list({ StringEquals: { 's3:prefix': 'ab' } })],
    'exceeds', VARIABLES_PAGE],
];

const OLD = '2008-10-17';

const VERSION_ROWS: readonly Row[] = [
  ['an old session policy has literal text, the role a variable',
    { Version: OLD, Statement: [read(`${TEAM}/*`)] }, [read(`${TEAM}/*`)], 'exceeds', VERSION],
  ['a session policy without a version has literal text, the role a variable',
    { Statement: [read(`${TEAM}/*`)] }, [read(`${TEAM}/*`)], 'exceeds', VERSION],
  ['the session policy has a variable, an old role policy literal text',
    [read(`${TEAM}/*`)], { Version: OLD, Statement: [read(`${TEAM}/*`)] }, 'exceeds', VERSION],
  ['two old policies have the same literal text',
    { Version: OLD, Statement: [read(`${TEAM}/*`)] }, { Version: OLD, Statement: [read(`${TEAM}/*`)] },
    'narrows', VERSION],
  ['an old session policy has literal text, the role a wildcard',
    { Version: OLD, Statement: [read(`${TEAM}/*`)] }, [read('*')], 'narrows', VERSION],
  ['an old session policy has literal text in a condition',
    { Version: OLD, Statement: [list({ StringEquals: { 's3:prefix': `${TEAM}/` } })] },
    [list({ StringEquals: { 's3:prefix': `${TEAM}/` } })], 'exceeds', VERSION],
];

const bucket = (name: string) => allow('s3:GetObject', `arn:aws:s3:::${name}/*`);
const send = (account: string, condition?: Condition) => (
  allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${account}:jobs`, condition)
);
const OWN_ACCOUNT: Condition = { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } };

const ACCOUNT_ROWS: readonly Row[] = [
  ['the account in a bucket name, role with the variable',
    [bucket(`logs-${ACCOUNT}`)], [bucket('logs-${aws:PrincipalAccount}')], 'narrows', GLOBAL_KEYS, POD_ROLE],
  ['the account in a bucket name, session with the variable',
    [bucket('logs-${aws:PrincipalAccount}')], [bucket(`logs-${ACCOUNT}`)], 'narrows', GLOBAL_KEYS, POD_ROLE],
  ['another account in a bucket name',
    [bucket('logs-444455556666')], [bucket('logs-${aws:PrincipalAccount}')], 'exceeds', GLOBAL_KEYS, POD_ROLE],
  ['the account in the name of a role',
    [allow('iam:GetRole', `arn:aws:iam::${ACCOUNT}:role/cdk-${ACCOUNT}-deploy`)],
    [allow('iam:GetRole', `arn:aws:iam::${ACCOUNT}:role/cdk-\${aws:PrincipalAccount}-*`)],
    'narrows', GLOBAL_KEYS, POD_ROLE],
  ['a queue of the account, against resources of the account',
    [send(ACCOUNT)], [send('*', OWN_ACCOUNT)], 'narrows', GLOBAL_KEYS, POD_ROLE],
  ['a queue of another account, against resources of the account',
    [send('444455556666')], [send('*', OWN_ACCOUNT)], 'exceeds', GLOBAL_KEYS, POD_ROLE],
  ['a bucket of an unknown account, against resources of the account',
    [read('*')], [read('*', OWN_ACCOUNT)], 'exceeds', GLOBAL_KEYS, POD_ROLE],
  ['a bucket of the account, against resources of the account',
    [read('*', { StringEquals: { 'aws:ResourceAccount': ACCOUNT } })], [read('*', OWN_ACCOUNT)],
    'narrows', GLOBAL_KEYS, POD_ROLE],
];

/** Pairs about policy variables. */
export const VARIABLES: readonly Pair[] = [
  ...SERVICE_ROWS, ...RESOURCE_ROWS, ...DEFAULT_ROWS, ...CONDITION_ROWS, ...LEADING_KEY_ROWS, ...ESCAPE_ROWS,
  ...VERSION_ROWS, ...ACCOUNT_ROWS,
].map(([title, session, role, verdict, page, principal]) => ({ title, session, role, verdict, page, principal }));
