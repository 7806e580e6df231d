/** Random questions shaped like real policies, small, in which the session policy is often made from the role's. */

import * as fc from 'fast-check';
import { PolicyDocument, StatementDocument } from '../evaluate';
import { Question } from './encode';

type Conditions = NonNullable<StatementDocument['Condition']>;

// ---- Conditions ----

/** One condition: what a block has several of. */
interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

interface KeyPool {
  readonly key: string;
  readonly tests: fc.Arbitrary<Test>;
}

/** Values near each other, so that one condition often implies another, or two together cover a third. */
function testsOf(key: string, operators: readonly string[], values: readonly string[], most = 2): fc.Arbitrary<Test> {
  return fc.record({
    key: fc.constant(key),
    operator: fc.tuple(fc.constantFrom(...operators), ifExists).map((parts) => parts.join('')),
    values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most }),
  });
}

const ifExists = fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constant('IfExists') });

const COMPARED = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const EQUALITY = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'];
const LIKENESS = ['StringLike', 'StringNotLike'];
const ARN_OPERATORS = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'];
const ARNS = [
  'arn:aws:s3:::data', 'arn:aws:s3:::data*', 'arn:aws:s3:::*', 'arn:aws:s3:::data/?*', 'arn:aws:*:*:*:*',
  'arn:aws:sns:*:111122223333:*', 'arn:aws:sns:us-*:111122223333:topic', 'arn:aws:sns:us-east-1:*:topic',
];
const NETWORKS = [
  '10.0.0.0/8', '10.0.0.0/9', '10.128.0.0/9', '10.1.0.0/16', '10.1.2.3', '10.1.2.3/32', '0.0.0.0/0', '2001:db8::/32',
  '2001:db8::/33', '::/0',
];
const DATES = ['2024-01-01T00:00:00Z', '2024-01-01T00:00:01Z', '2024-06-01', '1717200000'];
const compared = (prefix: string) => COMPARED.map((operator) => prefix + operator);
const either = (...tests: Array<fc.Arbitrary<Test>>) => fc.oneof(...tests);
const ofSet = (tests: fc.Arbitrary<Test>) => fc.tuple(fc.constantFrom('ForAllValues:', 'ForAnyValue:'), tests)
  .map(([set, test]): Test => ({ ...test, operator: set + test.operator }));
const orNull = ({ key, tests }: KeyPool): KeyPool => {
  const isNull = fc.constantFrom('true', 'false').map((value): Test => ({ key, operator: 'Null', values: [value] }));
  return { key, tests: fc.oneof({ weight: 8, arbitrary: tests }, { weight: 1, arbitrary: isNull }) };
};

const pool = (key: string, tests: (key: string) => fc.Arbitrary<Test>) => orNull({ key, tests: tests(key) });
const team = (key: string) => either(
  testsOf(key, EQUALITY, ['red', 'Red', 'reds', 'blue']),
  testsOf(key, LIKENESS, ['r*', 're*', '*d', 'r?d', 'red*', '?*', '*']),
);

const POOLS: readonly KeyPool[] = [
  pool('aws:ResourceTag/team', team),
  pool('aws:PrincipalOrgPaths', (key) => ofSet(testsOf(key, LIKENESS, ['o-1/*', 'o-1/r-1/*', 'o-2/*', 'o-?/*']))),
  pool('aws:RequestTag/owner', (key) => testsOf(
    key, ['StringEquals', 'StringNotEquals'], ['${aws:username}', 'bob', "${aws:username, 'bob'}", '${*}'],
  )),
  pool('aws:SourceArn', (key) => testsOf(key, ARN_OPERATORS, ARNS)),
  pool('s3:max-keys', (key) => testsOf(key, compared('Numeric'), ['5', '6', '10', '10.5', '-1'])),
  pool('aws:CurrentTime', (key) => testsOf(key, compared('Date'), DATES)),
  pool('aws:SecureTransport', (key) => testsOf(key, ['Bool'], ['true', 'false'], 1)),
  pool('aws:SourceIp', (key) => testsOf(key, ['IpAddress', 'NotIpAddress'], NETWORKS)),
  pool('app:Digest', (key) => testsOf(key, ['BinaryEquals'], ['QUJD', 'QUI=', 'QQ=='])),
  pool('aws:TagKeys', (key) => ofSet(
    either(testsOf(key, EQUALITY, ['a', 'b', 'A', 'ab'], 3), testsOf(key, LIKENESS, ['a*', '*b', '?', '*'])),
  )),
  pool('app:Sources', (key) => ofSet(testsOf(key, ARN_OPERATORS, ARNS))),
  pool('app:Sizes', (key) => ofSet(testsOf(key, compared('Numeric'), ['5', '6', '10']))),
  pool('app:Networks', (key) => ofSet(testsOf(key, ['IpAddress', 'NotIpAddress'], NETWORKS))),
];

function blockOf(tests: readonly Test[]): Conditions | undefined {
  const block: { [operator: string]: { [key: string]: string | string[] } } = {};
  for (const { operator, key, values } of tests) {
    block[operator] = { ...block[operator], [key]: values.length === 1 ? values[0] : [...values] };
  }
  return tests.length > 0 ? block : undefined;
}

function testsIn(block: Conditions | undefined): Test[] {
  return Object.entries(block ?? {}).flatMap(([operator, keys]) => Object.entries(keys).map(
    ([key, values]) => ({ operator, key, values: [values].flat().map(String) })));
}

function withTests(statement: StatementDocument, tests: readonly Test[]): StatementDocument {
  const { Condition, ...rest } = statement;
  const block = blockOf([...testsIn(Condition), ...tests]);
  return block ? { ...rest, Condition: block } : rest;
}

/** Conditions which hold together, often, exactly where the test does not. */
function opposite({ operator, key, values }: Test): Test[] {
  const [, set, name, optional] = /^(For\w+:)?(.*?)(IfExists)?$/.exec(operator)!;
  if (name === 'Null' || name === 'Bool') {
    const other = values[0] === 'true' ? 'false' : 'true';
    return [{ operator: name === 'Bool' ? 'BoolIfExists' : name, key, values: [other] }];
  }
  if (name === 'BinaryEquals') { return [{ operator: 'Null', key, values: ['true'] }]; } // it has no negated form
  if (set !== undefined) {
    return [{ operator: (set === 'ForAllValues:' ? 'ForAnyValue:' : 'ForAllValues:') + negated(name), key, values }];
  }
  // A comparison of a missing number fails, and so does its opposite.
  const missing = name.includes('Than') && optional === undefined ? 'IfExists' : '';
  const present: Test[] = optional === undefined ? [] : [{ operator: 'Null', key, values: ['false'] }];
  return [{ operator: negated(name) + missing, key, values }, ...present];
}

const REVERSED: { readonly [comparison: string]: string } = {
  LessThan: 'GreaterThanEquals',
  LessThanEquals: 'GreaterThan',
  GreaterThan: 'LessThanEquals',
  GreaterThanEquals: 'LessThan',
};

function negated(operator: string): string {
  if (operator.includes('Than')) { return operator.replace(/[LG]\w+$/, (comparison) => REVERSED[comparison]); }
  return operator.includes('Not') ? operator.replace('Not', '') : operator.replace(/Equals|Like|IpAddress/, 'Not$&');
}

// ---- Statements ----

const actions = fc.constantFrom(
  's3:GetObject', 's3:PutObject', 's3:Get*', 's3:*', 's3:*Object', 's3:GetObject*', 's3:List*', 's3:?etObject', 'sqs:*',
  'sqs:SendMessage', '*',
);
/** Without `*a*`: z3 knows no end of the pieces of what contains a text. */
const parts = fc.constantFrom(
  'data', 'data*', 'data/*', 'data/logs/*', 'data/?*', '*', '*/logs', 'd?ta', 'd*a', 'data/*/logs', 'logs*',
);
const resources = fc.oneof(
  { weight: 8, arbitrary: parts.map((part) => `arn:aws:s3:::${part}`) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom('us-east-1', '*', 'us-*', 'eu-?'), fc.constantFrom('111122223333', '*'), parts)
      .map((fields) => `arn:aws:sqs:${fields.join(':')}`),
  },
  { weight: 2, arbitrary: fc.constant('*') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'arn:aws:s3:::data/${aws:username}', 'arn:aws:s3:::data/${aws:username}/*', 'arn:aws:s3:::${aws:username}',
    ),
  },
);

function few<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 3, arbitrary: arbitrary.map((one) => [one]) },
    { weight: 1, arbitrary: fc.uniqueArray(arbitrary, { minLength: 2, maxLength: 3 }) },
  );
}

function statements(effect: 'Allow' | 'Deny', tests: fc.Arbitrary<Test>): fc.Arbitrary<StatementDocument> {
  return fc.record({
    actions: few(actions),
    resources: few(resources),
    not: fc.oneof(
      { weight: 10, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('Action', 'Resource') },
    ),
    tests: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 5, arbitrary: fc.array(tests, { minLength: 1, maxLength: 2 }) },
    ),
  }).map((drawn): StatementDocument => withTests({
    Effect: effect,
    [drawn.not === 'Action' ? 'NotAction' : 'Action']: drawn.actions,
    [drawn.not === 'Resource' ? 'NotResource' : 'Resource']: drawn.resources,
  }, drawn.tests));
}

function rewritten(
  statement: StatementDocument, element: 'Action' | 'Resource', change: (pattern: string) => string,
): StatementDocument {
  const patterns = statement[element];
  if (patterns === undefined) { return statement; }
  return {
    ...statement, [element]: [patterns].flat().map((pattern) => (isValid(change(pattern)) ? change(pattern) : pattern)),
  };
}

/** Neither empty nor an action without a name, nor several wildcards for one. */
function isValid(pattern: string): boolean {
  return /[^*?].*[^:]$/.test(pattern);
}

// ---- How the role's statements are taken apart ----

interface Split {
  readonly by: 'nothing' | 'test' | 'resource' | 'action' | 'denial';
  readonly test: Test;
  /** The part that is lost, if any. */
  readonly lost?: number;
}

const splits = (tests: fc.Arbitrary<Test>): fc.Arbitrary<Split> => fc.record({
  by: fc.constantFrom<Split['by']>('nothing', 'test', 'test', 'resource', 'action', 'denial'),
  test: tests,
  lost: fc.option(fc.nat(2), { freq: 3, nil: undefined }),
}).map(({ lost, ...rest }) => ({ ...rest, lost: lost === undefined ? undefined : 2 - lost }));

/** Statements that together allow what the one did, but for the part that is lost, or denied. */
function taken(apart: Split, statement: StatementDocument): StatementDocument[] {
  const pieces = piecesOf(apart, statement);
  return pieces.length > 1 && apart.by !== 'denial' ? pieces.filter((_piece, i) => i !== apart.lost) : pieces;
}

function piecesOf({ by, test }: Split, statement: StatementDocument): StatementDocument[] {
  if (by === 'test') { return [withTests(statement, [test]), withTests(statement, opposite(test))]; }
  if (by === 'denial') { return [statement, { ...withTests(statement, [test]), Effect: 'Deny' }]; }
  if (by === 'nothing') { return [statement]; }
  // A run of characters is none, or one and a run.
  const element = by === 'action' ? 'Action' : 'Resource';
  return [
    rewritten(statement, element, (pattern) => pattern.replace('*', '')),
    rewritten(statement, element, (pattern) => pattern.replace('*', '?*')),
  ];
}

// ---- How the session's statements are made from the role's ----

interface Recipe {
  readonly source: number;
  readonly action?: string;
  readonly resource?: string;
  readonly append: string;
  readonly condition: 'kept' | 'dropped' | 'narrower' | 'opposite' | 'other' | 'optional';
  readonly test: Test;
}

const recipes = (tests: fc.Arbitrary<Test>): fc.Arbitrary<Recipe> => fc.record({
  source: fc.nat(5),
  action: fc.option(fc.constantFrom('', 'Get', 'Object'), { nil: undefined, freq: 1 }),
  resource: fc.option(fc.constantFrom('', 'data', '?', 'a/*', '/logs'), { nil: undefined, freq: 1 }),
  append: fc.oneof(
    { weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('/a', '*', '?') },
  ),
  condition: fc.constantFrom<Recipe['condition']>(
    'kept', 'kept', 'kept', 'narrower', 'narrower', 'opposite', 'opposite', 'dropped', 'other', 'optional',
  ),
  test: tests,
});

function follow(recipe: Recipe, sources: readonly StatementDocument[], denied: readonly Test[]): StatementDocument {
  const source = sources[recipe.source % sources.length];
  const { action, resource } = recipe;
  const filled = action === undefined ? source : rewritten(source, 'Action', (pattern) => pattern.replace('*', action));
  const narrowed = rewritten(
    filled,
    'Resource',
    (pattern) => (resource === undefined ? pattern : pattern.replace('*', resource)) + recipe.append,
  );
  return reconditioned(narrowed, recipe, denied);
}

function reconditioned(
  statement: StatementDocument, { condition, test }: Recipe, denied: readonly Test[],
): StatementDocument {
  const { Condition, ...rest } = statement;
  if (condition === 'kept') { return statement; }
  if (condition === 'narrower') { return withTests(statement, [test]); }
  // Away from what the role denies.
  if (condition === 'opposite') { return withTests(statement, denied.flatMap(opposite)); }
  if (condition === 'dropped') { return rest; }
  if (condition === 'other') { return withTests(rest, [test]); }
  return withTests(rest, testsIn(Condition).map(
    (one) => ({ ...one, operator: /Null|IfExists$/.test(one.operator) ? one.operator : `${one.operator}IfExists` }),
  ));
}

// ---- Questions ----

const sometimes = <T>(arbitrary: fc.Arbitrary<T>, weight: number) => fc.oneof(
  { weight, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: arbitrary.map((one) => [one]) });

function questionsAbout(pools: readonly KeyPool[]): fc.Arbitrary<Question> {
  const tests = fc.oneof(...pools.map((one) => one.tests));
  return fc.record({
    role: fc.array(statements('Allow', tests), { minLength: 1, maxLength: 2 }),
    denies: sometimes(statements('Deny', tests), 5),
    apart: splits(tests),
    derived: fc.array(recipes(tests), { minLength: 1, maxLength: 2 }),
    own: sometimes(statements('Allow', tests), 11),
    ownDenies: fc.oneof(
      { weight: 4, arbitrary: fc.constant('none') }, { weight: 2, arbitrary: fc.constant('those of the role') },
    ),
    boundary: sometimes(statements('Allow', tests), 4),
    limits: fc.option(splits(tests), { freq: 3, nil: undefined }),
  }).map(({ role, denies, apart, derived, own, ownDenies, boundary, limits }) => {
    const [first, ...others] = role;
    const pieces = taken(apart, first);
    const denied = apart.by === 'denial' ? [apart.test] : [];
    const roleDenies = [...pieces.filter((piece) => piece.Effect === 'Deny'), ...denies];
    const session = [
      ...derived.map((recipe) => follow(recipe, role, denied)), ...own,
      ...(ownDenies === 'none' ? [] : roleDenies),
    ];
    return {
      session: policy(session),
      identity: [policy([...pieces, ...denies]), ...(others.length > 0 ? [policy(others)] : [])],
      ...(boundary.length > 0
        ? { boundary: policy(limits === undefined ? [ALLOW_ALL] : [...boundary, ...taken(limits, first), ...others]) }
        : {}),
    };
  });
}

const ALLOW_ALL: StatementDocument = { Effect: 'Allow', Action: '*', Resource: '*' };

function policy(Statement: readonly StatementDocument[]): PolicyDocument {
  return { Version: '2012-10-17', Statement };
}

/** Each about one key or two: conditions on different keys seldom have to do with each other. */
export const questions: fc.Arbitrary<Question> = fc.oneof(
  ...POOLS.map((one) => questionsAbout([one])),
  ...POOLS.map((one, i) => questionsAbout([one, POOLS[(i * 5 + 3) % POOLS.length]])),
);
