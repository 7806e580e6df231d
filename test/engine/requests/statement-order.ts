/** The order, repetition and division of statements do not change what a policy allows, even if one is costly. */
import { Pair } from './pair';

type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };

const allow = (actions: string | readonly string[], resources: string | readonly string[], condition?: Condition) => (
  { Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) }
);
const deny = (actions: string | readonly string[], resources: string | readonly string[], condition?: Condition) => (
  { ...allow(actions, resources, condition), Effect: 'Deny' }
);

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const STATEMENT = `${GUIDE}/reference_policies_elements_statement.html`;
const EVALUATION = `${GUIDE}/reference_policies_evaluation-logic.html`;

const WORDS = [
  'alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett', 'kilo', 'lima', 'mike',
  'november', 'oscar', 'papa', 'quebec', 'romeo', 'sierra', 'tango', 'uniform', 'victor', 'whiskey', 'xray', 'yankee',
  'zulu',
];
const DATA = 'arn:aws:s3:::data/*';

const READ = allow('s3:GetObject', DATA);
const CREATE_USER = allow('iam:CreateUser', 'arn:aws:iam::111122223333:user/*');
const SEND = allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs');

/** Roles that are costly to compare with READ. None of them allows iam:CreateUser. */
const WILDCARDS = WORDS.map(word => allow('s3:GetObject', `arn:aws:s3:::data/*${word}*`));
const CONDITIONS = WORDS.map((word, index) => allow('s3:GetObject', DATA, {
  StringLike: { [`s3:ExistingObjectTag/${word}`]: `*${WORDS[(index + 7) % WORDS.length]}*` },
  StringNotLike: { [`s3:ExistingObjectTag/${WORDS[(index + 3) % WORDS.length]}`]: `*${word}*` },
}));
const DENIES = [READ, ...WORDS.map((word, index) => (
  deny('s3:GetObject', `arn:aws:s3:::data/*${word}*${WORDS[(index + 5) % WORDS.length]}*`)
))];

/** The complement of a condition: the statements together allow what a statement without a condition allows. */
const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1'];
const EACH_REGION = [
  ...REGIONS.map(region => allow('s3:GetObject', DATA, { StringEquals: { 'aws:RequestedRegion': region } })),
  allow('s3:GetObject', DATA, { StringNotEquals: { 'aws:RequestedRegion': REGIONS } }),
];

const ACTIONS = ['s3:GetObject', 's3:PutObject'];
const OBJECTS = ['arn:aws:s3:::in/*', 'arn:aws:s3:::out/*'];
const WHOLE = [allow(ACTIONS, OBJECTS)];
const DIVIDED = ACTIONS.flatMap(action => OBJECTS.map(objects => allow(action, objects)));

/** Pairs about the order and the division of statements. */
export const STATEMENT_ORDER: readonly Pair[] = [
  {
    title: 'a statement against many wildcards first, a missing action second',
    session: [READ, CREATE_USER],
    role: WILDCARDS,
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'a missing action first, a statement against many wildcards second',
    session: [CREATE_USER, READ],
    role: WILDCARDS,
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'a statement against many conditions first, a missing action second',
    session: [READ, CREATE_USER],
    role: CONDITIONS,
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'a missing action first, a statement against many conditions second',
    session: [CREATE_USER, READ],
    role: CONDITIONS,
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'a statement against many Deny statements first, a missing action second',
    session: [READ, CREATE_USER],
    role: DENIES,
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'a missing action first, a statement against many Deny statements second',
    session: [CREATE_USER, READ],
    role: DENIES,
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'a missing action among many statements that the role allows',
    session: [
      ...WORDS.slice(0, 10).map(word => allow('s3:GetObject', `arn:aws:s3:::data/${word}/*`)),
      CREATE_USER,
      ...WORDS.slice(10, 20).map(word => allow('s3:GetObject', `arn:aws:s3:::data/${word}/*`)),
    ],
    role: [READ, SEND],
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'the missing action is in the same statement as the costly one',
    session: [allow(['s3:GetObject', 'iam:CreateUser'], '*')],
    role: [...WILDCARDS, ...CONDITIONS],
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'a statement that the last of many statements of the role allows',
    session: [SEND, READ],
    role: [...WILDCARDS, ...CONDITIONS, READ, SEND],
    verdict: 'narrows',
    page: STATEMENT,
  },
  {
    title: 'a statement that the first of many statements of the role allows',
    session: [READ, SEND],
    role: [SEND, READ, ...CONDITIONS, ...WILDCARDS],
    verdict: 'narrows',
    page: STATEMENT,
  },
  {
    title: 'a repeated statement',
    session: [...WORDS.slice(0, 20).map(() => READ), SEND],
    role: [READ, SEND],
    verdict: 'narrows',
    page: STATEMENT,
  },
  {
    title: 'one statement, against the same statement divided',
    session: WHOLE,
    role: DIVIDED,
    verdict: 'narrows',
    page: STATEMENT,
  },
  {
    title: 'divided statements, against one statement',
    session: DIVIDED,
    role: WHOLE,
    verdict: 'narrows',
    page: STATEMENT,
  },
  {
    title: 'one statement, against the same statement divided, less one part',
    session: WHOLE,
    role: DIVIDED.slice(1),
    verdict: 'exceeds',
    page: STATEMENT,
  },
  {
    title: 'a statement that the role divides by a condition and its complement',
    session: [READ],
    role: EACH_REGION,
    verdict: 'narrows',
    page: EVALUATION,
  },
  {
    title: 'a statement that the role divides by a condition, without its complement',
    session: [READ],
    role: EACH_REGION.slice(0, -1),
    verdict: 'exceeds',
    page: EVALUATION,
  },
  {
    title: 'a Deny before the Allow of the session policy',
    session: [deny('s3:GetObject', 'arn:aws:s3:::data/secret/*'), READ],
    role: [READ, deny('s3:GetObject', 'arn:aws:s3:::data/secret/*')],
    verdict: 'narrows',
    page: EVALUATION,
  },
  {
    title: 'a Deny after the Allow of the session policy',
    session: [READ, deny('s3:GetObject', 'arn:aws:s3:::data/secret/*')],
    role: [deny('s3:GetObject', 'arn:aws:s3:::data/secret/*'), READ],
    verdict: 'narrows',
    page: EVALUATION,
  },
];
