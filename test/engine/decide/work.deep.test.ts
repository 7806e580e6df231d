import { NarrowingOptions, SymbolicString, Verdict } from '../../../lib/engine';
import { allow, BUCKET, decide, deny, show, StatementJson, stepsOf, variable } from '../make';

const each = (count: number, of: (i: number) => string) => Array.from({ length: count }, (_, i) => of(i));
const object = (bucket: string) => `arn:aws:s3:::${bucket}/*`;
const OF_APP = SymbolicString.of('arn:aws:s3:::', variable('B', BUCKET), '/*');
const notAction = (NotAction: string[], Resource = '*'): StatementJson => ({ Effect: 'Allow', NotAction, Resource });
const notResource = (NotResource: string[]): StatementJson => ({ Effect: 'Allow', Action: 's3:*', NotResource });
const tag = (value: string | string[], operator = 'StringEquals') => ({ [operator]: { 'aws:PrincipalTag/t': value } });

const UNIVERSE = {
  asOf: '2026-11-01',
  services: new Map([
    ['s3',
      [{ name: 'GetObject', resources: ['arn:${Partition}:s3:::${BucketName}/${ObjectName}'] },
        { name: 'ListBucket', resources: ['arn:${Partition}:s3:::${BucketName}'] }]],
    ['sqs',
      [{ name: 'SendMessage', resources: ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName}'] },
        { name: 'ListQueues', resources: [] }]],
  ]),
};

const KNOWN = [
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::example' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::example/key' },
  { action: 'sqs:SendMessage', resource: '*' },
];

/** The most steps that are allowed, about a fifth more than today's number, which stands beside it. */
type Steps = readonly [most: number, today: number];

/**
 * The work of a decision, in the steps that its budget counts. A shortcut that is lost changes no verdict until a budget
 * ends; it takes more steps.
 */
test.each<[string, StatementJson[], StatementJson[], string, Steps, NarrowingOptions?]>([
  ['the same statement', [allow('s3:GetObject', object('b'))], [allow('s3:GetObject', object('b'))], 'narrows', [0, 0]],
  ['an action of a pattern', [allow('s3:GetObject', object('b'))], [allow('s3:Get*', object('b'))], 'narrows', [3, 2]],
  ['the same of two resources', [allow('s3:GetObject', object('b'))], [allow('s3:*', [object('a'), object('b')])],
    'narrows', [3, 2]],
  ['one of many resources', [allow('s3:GetObject', object('b7'))], [allow('s3:*', each(30, (i) => object(`b${i}`)))],
    'narrows', [3, 2]],
  ['one of many actions', [allow('s3:Get7', object('b'))], [allow(each(30, (i) => `s3:Get${i}`), '*')],
    'narrows', [2, 1]],
  ['one of many actions and patterns', [allow('s3:Get7', object('b'))],
    [allow(each(30, (i) => (i % 10 === 5 ? `s3:Put${i}*` : `s3:Get${i}`)), '*')], 'narrows', [2, 1]],
  ['none of many actions', [allow('s3:Put7', object('b'))], [allow(each(30, (i) => `s3:Get${i}`), '*')],
    'exceeds', [18, 15]],
  ['one of many services', [allow('s7:Get', object('b'))],
    each(40, (i) => `s${i}:*`).map((action) => allow(action, object('b'))), 'narrows', [2, 1]],
  ['none of many services', [allow('sqs:Get', object('b'))],
    each(40, (i) => `s${i}:*`).map((action) => allow(action, object('b'))), 'exceeds', [18, 15]],
  ['any service', [allow('*', object('b'))], each(40, (i) => `s${i}:*`).map((action) => allow(action, object('b'))),
    'exceeds', [270, 225]],
  ['some actions and all others', [allow('s3:*', object('b'))], [allow('s3:Get*'), notAction(['s3:Get*'])],
    'narrows', [280, 233]],
  ['some actions and all others but one', [allow('s3:*', object('b'))],
    [allow('s3:Get*'), notAction(['s3:Get*', 's3:Put'])], 'exceeds', [473, 394]],
  ['some resources and all others', [allow('s3:Get')], [allow('s3:Get', object('a')), notResource([object('a')])],
    'narrows', [779, 649]],
  ['all but different resources', [allow('s3:Get')],
    [notResource([object('a')]), notResource([object('b')]), notResource([object('c')])], 'narrows', [264, 220]],
  ['all but resources that overlap', [allow('s3:Get')],
    [notResource(['arn:aws:s3:::a*']), notResource(['arn:aws:s3:::*b'])], 'exceeds', [692, 576]],
  ['each region on its own', [allow('sqs:Send', 'arn:aws:sqs:*:111122223333:q')],
    each(6, (i) => `arn:aws:sqs:eu-west-${i}:*:*`).map((arn) => allow('sqs:*', arn)), 'exceeds', [4178, 3481]],
  ['actions and resources, each combination', [allow('s3:*', 'arn:aws:s3:::*')],
    [allow('s3:Get*', 'arn:aws:s3:::a*'), { ...notResource(['arn:aws:s3:::a*']), Action: 's3:Get*' },
      notAction(['s3:Get*'], 'arn:aws:s3:::a*'),
      { Effect: 'Allow', NotAction: 's3:Get*', NotResource: 'arn:aws:s3:::a*' }], 'narrows', [1619, 1349]],
  ['two wildcards, against their parts', [allow('s3:*Object*', 'arn:aws:s3:::*-data/*')],
    [allow(['s3:Get*', 's3:Put*'], 'arn:aws:s3:::*a/*'), allow('s3:*', 'arn:aws:s3:::*-data/a*')],
    'exceeds', [2724, 2270]],
  ['a deny apart', [allow('s3:Get*', object('b'))],
    [allow('*'), deny('s3:Put*'), deny('*', object('a')), deny('*', '*', tag('x', 'StringLike'))],
    'exceeds', [206, 172]],
  ['denials that the session policy has, too', [allow('s3:*'), deny('s3:Put*'), deny('*', object('a'))],
    [allow('*'), deny('s3:Put*'), deny('*', object('a'))], 'narrows', [20, 16]],
  ['denials that it has in other words', [allow('s3:*'), deny('s3:P*'), deny('*', ['arn:aws:s3:::a*'])],
    [allow('*'), deny('s3:Put*'), deny('s3:*', object('a'))], 'narrows', [27, 22]],
  ['a deny of all but some resources', [allow('s3:Get*', ['arn:aws:s3:::a/x', 'arn:aws:s3:::a*'])],
    [allow('*'), { ...notResource([object('a')]), Effect: 'Deny' }], 'exceeds', [255, 212]],
  ['a deny of all but some actions', [allow(['s3:Get*', 's3:Put*'])],
    [allow('*'), { ...notAction(['s3:Get*']), Effect: 'Deny' }], 'exceeds', [27, 22]],
  ['conditions, a value each', [allow('s3:Get', '*', tag(['a', 'b', 'c']))],
    ['a', 'b', 'c'].map((value) => allow('s3:*', '*', tag(value))), 'narrows', [3872, 3226]],
  ['conditions, and all other values', [allow('s3:Get')],
    [allow('s3:*', '*', tag('a*', 'StringLike')), allow('s3:*', '*', tag('a*', 'StringNotLike'))],
    'narrows', [944, 786]],
  ['conditions apart', [allow('s3:Get', '*', tag('a'))],
    [allow('s3:*', '*', tag('b')), allow('s3:*', '*', tag('c')), allow('s3:*', '*', { Bool: { k: 'true' } })],
    'exceeds', [1364, 1136]],
  ['generated names', [allow('s3:GetObject', OF_APP)],
    each(10, (i) => object(`b${i}`)).map((arn) => allow('s3:*', arn)), 'exceeds', [1352, 1126]],
  ['many statements that allow parts', [allow('s3:*')],
    each(10, (i) => object(`b${i}`)).map((arn) => allow('s3:*', arn)), 'exceeds', [196, 163]],
  ['fewer statements that allow parts', [allow('s3:*')],
    each(7, (i) => object(`b${i}`)).map((arn) => allow('s3:*', arn)), 'exceeds', [6195, 5162]],
  ['just enough of them to guess', [allow('s3:*')], each(8, (i) => object(`b${i}`)).map((arn) => allow('s3:*', arn)),
    'exceeds', [179, 149]],
  ['parts of which none is a request that AWS makes', [allow('iam:Get', 'arn:aws:iam:x*:*:*')],
    each(3, (i) => `arn:aws:iam:x${i}*:${i}*:t${i}*`).map((arn) => allow('iam:*', arn)),
    'undetermined: PartialOverlap', [5747, 4789]],
  ['more of them than are searched', [allow('iam:Get', 'arn:aws:iam:x*:*:*')],
    each(5, (i) => `arn:aws:iam:x${i}*:${i}*:t${i}*`).map((arn) => allow('iam:*', arn)),
    'undetermined: PartialOverlap', [14_169, 11_807]],
  ['more of them than are searched, beside what AWS does not have', [allow('s3:*', 'arn:aws:s3:x*:*:*')],
    each(5, (i) => `arn:aws:s3:x${i}*:${i}*:t${i}*`).map((arn) => allow('s3:*', arn)), 'narrows as of 2026-11-01',
    [265_840, 221_533], { catalog: UNIVERSE }],
  ['more denials that may apply than are listed', [allow('s3:Get')],
    [allow('*'), ...each(12, (i) => `arn:aws:s3:::\${aws:username}${i}`).map((arn) => deny('s3:*', arn))],
    'exceeds', [60, 50]],
  ['a deny of what the session policy denies in part', [allow('s3:Get'), deny('s3:*', 'arn:aws:s3:::ab*')],
    [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::a*')], 'exceeds', [258, 215]],
  ['a value that nobody knows',
    [allow('s3:Get', SymbolicString.of(variable('X'), '/*'))],
    [allow('s3:*', SymbolicString.of(variable('X'), '/a*')), allow('s3:*', object('b'))], 'undetermined: UnknownValue',
    [639, 532]],
  ['an action that people know', [allow('s3:*', object('b'))], [allow('s3:Put*')], 'exceeds', [155, 129],
    { knownActions: KNOWN }],
  ['an action that people know, of those of AWS', [allow('s3:*')], [allow('s3:Put*')], 'exceeds', [242, 201],
    { knownActions: KNOWN, catalog: UNIVERSE }],
  ['the largest number of statements that are sorted, and all but theirs', [allow('s3:Get', 'arn:aws:s3:::*')],
    [...each(62, (i) => `arn:aws:s3:::b${i + 1}x*`).map((arn) => allow('s3:*', arn)), notResource(['arn:aws:s3:::b*']),
      allow('s3:*', 'arn:aws:s3:::b*')], 'narrows', [33_227, 27_689]],
  ['more statements than are sorted', [allow('s3:Get', 'arn:aws:s3:::*')],
    [...each(63, (i) => `arn:aws:s3:::b${i}x*`).map((arn) => allow('s3:*', arn)), notResource(['arn:aws:s3:::b*']),
      allow('s3:*', 'arn:aws:s3:::b*')], 'narrows', [20_416, 17_013]],
  ['a wildcard inside of many', [allow('s3:*', 'arn:aws:s3:::*a*b*c*')],
    each(5, (i) => `arn:aws:s3:::*${'abcde'[i]}*`).map((arn) => allow('s3:G*', arn)), 'exceeds', [1761, 1467]],
  ['the resources of AWS', [allow('s3:*')], [allow('s3:*', object('*')), allow('s3:*', 'arn:*:s3:::*')],
    'narrows as of 2026-11-01', [2621, 2184], { catalog: UNIVERSE }],
  ['the actions of AWS', [allow(['s3:*', 'sqs:*'])], [allow('s3:Get*'), allow('s3:List*'), allow('sqs:S*')], 'exceeds',
    [981, 817], { catalog: UNIVERSE }],
  ['what AWS does not have', [allow('s3:Exterminate*')], [allow('sqs:*')], 'narrows as of 2026-11-01', [10, 8],
    { catalog: UNIVERSE }],
])('%s', (_name, session, role, verdict, [most], options = {}) => {
  let decided: Verdict | undefined;
  const taken = stepsOf(() => { decided = decide(session, role, undefined, options); });
  expect(kindOf(decided!)).toBe(verdict);
  expect(taken).toBeLessThanOrEqual(most);
});

/** The verdict without its witness: which request shows an excess is for other tests to say. */
function kindOf(verdict: Verdict): string {
  return verdict.kind === 'exceeds' ? verdict.kind : show(verdict);
}
