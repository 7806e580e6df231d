/** What nobody should write in a policy, and somebody will: shared by test/engine/hostile.test.ts and bench/hostile.ts. */
import { decideNarrowing, Json, NarrowingQuestion, readPolicy, Text, Unknown, Verdict } from '../../lib/engine';
import { WELL_KNOWN_ACTIONS } from '../../lib/reference/well-known-actions';
import { ACCOUNT, ANY_TEXT, REGION } from '../../lib/template/value-kinds';
import { Dice } from '../dice';

/** A session policy, and the policies of the role that it is compared with. */
export interface HostileInput {
  readonly session: Json;
  readonly identity: readonly Json[];
}

/** One way to make inputs. */
export interface Source {
  readonly name: string;
  /** Of about 50,000 inputs, how many are of this source. */
  readonly share: number;
  readonly make: (dice: Dice) => HostileInput;
  /** Whether there may be something in the documents that is no JSON: what a template leaves open. */
  readonly symbolic?: boolean;
}

/** What the engine says to an input. */
export interface Answer {
  readonly verdict: Verdict;
  /** Whether IAM would take all of the documents, as far as the engine knows: if not, the verdict is about a part of them. */
  readonly readable: boolean;
}

export function answer({ session, identity }: HostileInput): Answer {
  const read = [session, ...identity].map((json, i) => readPolicy(json, i === 0 ? 'session policy' : `role policy ${i}`));
  const [first, ...others] = read.map(({ policy }) => policy);
  const question: NarrowingQuestion = { session: first, layers: [{ name: 'identity policies', policies: others, unknown: [] }] };
  const verdict = decideNarrowing(question, { knownActions: WELL_KNOWN_ACTIONS });
  return { verdict, readable: read.every(({ problems }) => problems.length === 0) };
}

/** How many inputs of each source make about `runs` inputs: one of each at least. */
export function countOf(source: Source, runs: number): number {
  const total = SOURCES.reduce((sum, { share }) => sum + share, 0);
  return Math.max(1, Math.ceil(runs * source.share / total));
}

/** The same input for the same seed, whatever was made before it. */
export function inputOf(source: Source, seed: number, index: number): HostileInput {
  return source.make(diceOf(index, seed, source.name));
}

/** Dice of their own for each. */
export function diceOf(index: number, ...names: ReadonlyArray<string | number>): Dice {
  // What differs least comes first, so that all that follows takes neighbours apart.
  return new Dice([...[index, ...names].join()].reduce((state, char) => (state * 1664525 + char.codePointAt(0)!) % 2 ** 32, 20121017));
}

// ---- Documents ----

export type JsonObject = { readonly [key: string]: Json };

export function document(...statements: Json[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements };
}

export function allow(resource: Json, rest: JsonObject = {}): JsonObject {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: resource, ...rest };
}

export function deny(resource: Json, rest: JsonObject = {}): JsonObject {
  return { Effect: 'Deny', Action: 's3:*', Resource: resource, ...rest };
}

export function bucket(name: string): string {
  return `arn:aws:s3:::${name}`;
}

function list<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

function shuffled<T>(dice: Dice, items: readonly T[]): T[] {
  return dice.sample(items, items.length);
}

function maybe(dice: Dice, rest: JsonObject): JsonObject {
  return dice.chance(30) ? rest : {};
}

// ---- Patterns on both sides ----

/** Where in a statement patterns stand. */
type Position = (effect: 'Allow' | 'Deny', patterns: readonly string[], negated: boolean) => JsonObject;

const EVERYTHING = { Action: '*', Resource: '*' };

const ofResources = (arn: (pattern: string) => string): Position => (Effect, patterns, negated) => (
  { Effect, Action: Effect === 'Deny' ? 's3:*' : 's3:GetObject', [negated ? 'NotResource' : 'Resource']: patterns.map(arn) });

const ofActions: Position = (Effect, patterns, negated) => (
  { Effect, [negated ? 'NotAction' : 'Action']: patterns.map((p) => `s3:${p}`), Resource: '*' });

const ofValues = (operator: string, negatedOperator: string, key: string): Position => (Effect, patterns, negated) => (
  { Effect, ...EVERYTHING, Condition: { [negated ? negatedOperator : operator]: { [key]: patterns } } });

const POSITIONS: readonly Position[] = [
  ofResources(bucket), ofResources(bucket), ofResources(bucket),
  ofResources((pattern) => pattern),
  ofResources((pattern) => `arn:aws:sqs:${pattern}:111122223333:${pattern}`),
  ofActions, ofActions,
  ofValues('StringLike', 'StringNotLike', 'aws:ResourceTag/team'),
  ofValues('ArnLike', 'ArnNotLike', 'aws:SourceArn'),
  ofValues('StringLikeIfExists', 'StringNotLike', 'aws:ResourceTag/team'),
  ofValues('ForAnyValue:StringLike', 'ForAnyValue:StringNotLike', 'aws:TagKeys'),
  ofValues('ForAllValues:StringLike', 'ForAllValues:StringNotLike', 'aws:TagKeys'),
];

/** Documents in which the patterns stand on both sides, together and each for itself, allowed, denied and left out. */
function onBothSides(dice: Dice, patterns: readonly string[], positions = POSITIONS): HostileInput {
  const at = dice.pick(positions);
  const others = dice.sample(patterns, 1 + dice.below(patterns.length));
  const all = { Effect: 'Allow', ...EVERYTHING };
  const each = (effect: 'Allow' | 'Deny', negated = false) => shuffled(dice, patterns).map((p) => at(effect, [p], negated));
  const [session, role] = dice.pick<() => [Json, Json]>([
    () => [document(at('Allow', others, false)), document(at('Allow', patterns, false))],
    () => [document(at('Allow', patterns, false)), document(at('Allow', others, false))],
    () => [document(at('Allow', patterns, false)), document(...each('Allow'))],
    () => [document(at('Allow', patterns, false)), document(all, at('Deny', others, false))],
    () => [document(all), document(all, ...each('Deny'))],
    () => [document(all), document(all, ...each('Deny', true))],
    () => [document(all, ...each('Deny', true)), document(at('Allow', others, false))],
    () => [document(at('Allow', patterns, false), at('Deny', others, false)), document(...each('Allow'))],
    () => [document(all, at('Deny', patterns, false)), document(all, ...each('Deny'))],
    () => [document(at('Allow', patterns, true)), document(all, at('Deny', others, false))],
    () => [document(at('Allow', patterns, true)), document(at('Allow', others, true))],
    () => [document(all), document(at('Allow', patterns, false), at('Allow', others, true))],
    () => [document(at('Allow', patterns, false)), document(at('Deny', others, true), at('Allow', others, false))],
  ])();
  return { session, identity: dice.chance(20) ? [role, document(at('Allow', [dice.pick(patterns)], false))] : [role] };
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

function infixGlobs(dice: Dice): HostileInput {
  const length = 1 + dice.below(3);
  return onBothSides(dice, dice.sample(LETTERS, 10).map((letter) => `*${letter.repeat(length)}*`));
}

function questionMarks(dice: Dice): HostileInput {
  return onBothSides(dice, list(1 + dice.below(4), () => {
    const count = dice.pick([dice.below(10), 20, 20, 40]);
    const end = dice.pick(['', '', 'b', '*', '*b']);
    return dice.pick([
      `*${dice.pick(LETTERS)}${'?'.repeat(count)}${end}`, `${'?'.repeat(count)}${dice.pick(LETTERS)}*${end}`,
      `*${'?'.repeat(count)}`,
    ]);
  }));
}

function manyStars(dice: Dice): HostileInput {
  return onBothSides(dice, list(1 + dice.below(3), () => {
    const letter = dice.pick(['a', 'b']);
    return dice.pick([
      '*'.repeat(40), `*${letter}`.repeat(40), `*${letter}`.repeat(39), `${letter}*`.repeat(40),
      `*${letter}`.repeat(20) + '*b'.repeat(20), '*?'.repeat(40),
    ]);
  }));
}

function oneLetter(dice: Dice): HostileInput {
  return onBothSides(dice, list(1 + dice.below(4), () => {
    const run = () => 'a'.repeat(dice.pick([1, 2, 5, 20, dice.below(60)]));
    const wildcard = () => dice.pick(['*', '*', '?', '**', '']);
    return list(1 + dice.below(6), () => run() + wildcard()).join('') + dice.pick(['', '*', 'b']);
  }));
}

function wildcardsAtRandom(dice: Dice): HostileInput {
  const alphabet = dice.pick(['ab*', '*?a', '*?:', 'a*', 'aA*?', ':*', '*?ab:/', 'arn:*']);
  return onBothSides(dice, list(1 + dice.below(5), () => list(1 + dice.below(12), () => dice.pick([...alphabet])).join('')));
}

// ---- Characters ----

const CHARACTERS: ReadonlyArray<(dice: Dice) => string> = [
  (dice) => String.fromCharCode(dice.below(0x20)), // control characters
  (dice) => String.fromCharCode(0x20 + dice.below(0x5f)),
  (dice) => String.fromCharCode(dice.below(0x10000)), // surrogates included
  (dice) => String.fromCharCode(0xd800 + dice.below(0x800)), // nothing but surrogates
  (dice) => String.fromCodePoint(dice.pick([0x1f600, 0x10ffff, 0x10000, 0xe0001])),
  (dice) => dice.pick([...'*?:/-aA']),
  (dice) => dice.pick(['${', '}', '$', '{', "'", '"', '\\', ',', ' ', 'aws:username', '*', '?', ':']),
  (dice) => dice.pick([
    '\u0130', '\u0131', '\u212a', '\u017f', '\u00df', '\u1e9e', '\u0345', 'e\u0301', '\u202e', '\ufdd0', '\ufdd1', '\ufdd2',
    '\uffff', '\ufeff', '\u2028',
  ]),
  (dice) => dice.pick(['\\', '[', ']', '(', ')', '^', '$', '.', '+', '|', '{2}', '\\u0041', '%2a', '&#42;', '\r\n']),
];

function anything(dice: Dice, length: number): string {
  const character = dice.pick(CHARACTERS);
  const mixed = dice.chance(50);
  let text = '';
  while (text.length < length) { text += (mixed && dice.chance(50) ? dice.pick(CHARACTERS) : character)(dice); }
  return text.slice(0, length);
}

const OPERATORS = [
  'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike',
  'StringEqualsIfExists', 'ForAllValues:StringEquals', 'ForAnyValue:StringLike', 'ForAllValues:StringNotLike',
  'ForAnyValue:StringNotEquals', 'ArnLike', 'ArnNotLike', 'ArnEquals', 'Null', 'Bool',
];

/** The same text in one place of one document, and the same, a part of it or something else in the other. */
function textAnywhere(dice: Dice, length: () => number): HostileInput {
  const text = anything(dice, length());
  const other = dice.pick([
    text, text, anything(dice, length()), text.slice(0, dice.below(text.length)), `${text}*`, `*${text}`, text.toUpperCase(),
  ]);
  const operator = dice.pick(OPERATORS);
  const place = dice.pick<(text: string, effect: string) => Json>([
    (t) => allow(bucket(t)), (t, Effect) => allow(bucket(t), { Effect }), (t, Effect) => allow(bucket(`${t}*`), { Effect }),
    (t, Effect) => ({ Effect, Action: 's3:*', NotResource: bucket(t) }),
    (t, Effect) => allow(t, { Effect }), (t, Effect) => allow(`arn:${t}:${t}:::a`, { Effect }),
    (t, Effect) => allow('*', { Effect, Action: `s3:${t}` }), (t, Effect) => allow('*', { Effect, Action: t }),
    (t, Effect) => allow('*', { Effect, Action: `s3:${t.replace(/[^A-Za-z0-9*?]/g, '')}` }),
    (t, Effect) => allow('*', { Effect, Condition: { [operator]: { 'aws:ResourceTag/team': t } } }),
    (t, Effect) => allow('*', { Effect, Condition: { [operator]: { 'aws:ResourceTag/team': [t, 'a'] } } }),
    (t, Effect) => allow('*', { Effect, Condition: { ArnLike: { 'aws:SourceArn': bucket(t) } } }),
    (t, Effect) => allow('*', { Effect, Condition: { StringLike: { [`aws:ResourceTag/${t}`]: 'a' } } }),
    (t, Effect) => allow('*', { Effect, Condition: { StringLike: { [t]: t } } }),
    (t, Effect) => allow('*', { Effect, Condition: { [t]: { 'aws:ResourceTag/team': 'a' } } }),
    (t, Effect) => allow('*', { Effect, Sid: t }), (t) => allow('*', { Effect: t }), (t) => ({ [t]: t, ...allow('*') }),
  ]);
  const version = dice.pick<Json>(['2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17', text]);
  const role = dice.chance(50) ? [place(other, 'Allow')] : [allow('*'), place(other, 'Deny')];
  return { session: document(place(text, 'Allow')), identity: [{ Version: version, Statement: role }] };
}

// ---- Policy variables ----

const VARIABLES = [
  '${aws:username}', '${AWS:UserName}', '${ aws:username }', "${aws:username, 'none'}", "${aws:username,'none'}",
  "${aws:username, ''}", "${aws:username, 'a\nb'}", "${aws:username, 'a'b'}", "${aws:username, '*'}",
  "${aws:username, '${aws:userid}'}", '${aws:PrincipalTag/team}', '${*}', '${?}', '${$}', '${}', '${ }', '${', '}', '$',
  '$$', '${${', '${aws:username', 'aws:username}', '${${aws:username}}', '${__proto__}', '${constructor}', '${toString}',
  '${a,b}', '${aws:username}{', '${$}{aws:username}', '${*}*', '*${aws:username}*', '${aws:TagKeys}', '${aws:CurrentTime}',
  '${aws:username\0}', '${\ud83d}',
];

function variablesAnywhere(dice: Dice): HostileInput {
  const piece = () => dice.pick([...VARIABLES, ...VARIABLES, 'a', '/', '*', '?', ':', 'data']);
  const patterns = list(1 + dice.below(3), () => list(1 + dice.below(4), piece).join(''));
  const input = onBothSides(dice, patterns, [
    ofResources(bucket), ofResources(bucket), ofResources((p) => `arn:aws:iam::${p}:user/${p}`),
    ofValues('StringLike', 'StringNotLike', 'aws:ResourceTag/team'), ofValues('StringEquals', 'StringNotEquals', 'aws:username'),
    ofValues('ArnLike', 'ArnNotLike', 'aws:SourceArn'), ofValues('ForAnyValue:StringEquals', 'ForAllValues:StringNotEquals', 'aws:TagKeys'),
  ]);
  const older = (json: Json): Json => (dice.chance(15) ? { ...(json as JsonObject), Version: '2008-10-17' } : json);
  return { session: older(input.session), identity: input.identity.map(older) };
}

// ---- Values of conditions ----

const NUMBERS: readonly Json[] = [
  JSON.parse('1e400'), JSON.parse('-1e400'), -0, 2 ** 53 + 1, 2 ** 53, 2 ** 53 - 1, 1e21, 1e-7, 5e-324, 0.1 + 0.2, 0.1, 0, 1,
  10, -1, 1.5, '1e400', '1e3', '-0', '0', '+1', '1', '1.0', '1.', '.5', '0.5', '0x10', '1_000', '1,000', '00012', '12',
  '\u0663', '', ' ', ' 1', '1 ', 'NaN', 'Infinity', '9007199254740993', '9007199254740992', '0.1', '0.10',
  '0.30000000000000004', '123456789012345', '1234567890123456', '-1', '10', '10.5', '1/2', '${aws:username}', true,
];

const DATES: readonly Json[] = [
  '9999-99-99', '9999-12-31', '2024-02-30', '2024-02-29', '2023-02-29', '0000-01-01', '0001-01-01T00:00:00Z', '2024-01-01',
  '2024-01-01T00:00:00Z', '2024-01-01T00:00Z', '2024-01-01T24:00:00Z', '2024-01-01T23:59:60Z', '2024-01-01T00:00:00+14:00',
  '2024-01-01T00:00:00-23:59', '2024-01-01T00:00:00+99:99', '2024-01-01T00:00:00', '2024-01-01T00:00:00.001Z',
  '2024-01-01T00:00:00.0000001Z', '2024', '0', '-1', '12345', '99999', '1704067200', '1704067200000', '999999999999',
  '99999999999999999999', '253402300800', '+275760-09-13', '10000-01-01', '2024-1-1', '20240101', '2024-01-01t00:00:00z',
  '2024-W01-1', 'now', '', ' 2024-01-01', '2024-01-01\n', 1704067200, 2024, 1e400, -0, 1.5, true,
];

const ADDRESSES: readonly Json[] = [
  '0.0.0.0/0', '::/0', '::/129', '::/128', '::1', '0.0.0.0', '10.0.0.0/8', '10.0.0.1/8', '10.1.0.0/16', '10.0.0.0/08',
  '10.0.0.0/33', '10.0.0.0/32', '10.0.0.0/-1', '10.0.0.0/', '/8', '', '10.0.0.0/8/8', '10.0.0.0/8 ', '256.1.1.1', '1.2.3',
  '01.2.3.4', '1.2.3.4', '1.2.3.4.5', '0x1.2.3.4', '255.255.255.255/32', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'ffff::/16', '::ffff:1.2.3.4', '::ffff:0:0/96', '1::2::3', ':::', ':', 'fe80::1%eth0', '2001:DB8::/32', '2001:db8::/32',
  '2001:db8::/032', '2001:db8:1::/48', '12345::', 'g::', '128.0.0.0/1', '0.0.0.0/1', '10.*', '*', 10, true,
];

const BINARIES: readonly Json[] = [
  'YQ==', 'YR==', 'YQ=', 'YQ', 'YWI=', 'YWJj', 'YWJjZA==', '====', '=', '', '!!!!', 'YQ==\n', ' YQ==', '-_8=', '+/8=',
  'AAAA', 'Y Q==', '\u0130', '*', '${aws:username}', 'A'.repeat(2048), 'QQ==QQ==', 0, false,
];

const TRUTHS: readonly Json[] = [
  'true', 'false', 'TRUE', 'False', true, false, 'yes', '', '0', '1', 1, 0, ' true', '${aws:SecureTransport}',
];

interface ValueFamily {
  readonly operators: readonly string[];
  readonly key: string;
  /** Ones that everybody reads alike. */
  readonly plain: readonly Json[];
  readonly odd: readonly Json[];
}

const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

const NUMERIC: ValueFamily = {
  operators: COMPARISONS.map((c) => `Numeric${c}`),
  key: 's3:max-keys',
  plain: [0, 1, 2, '1.5', '10', -1, '-1.5', '999999999999999'],
  odd: NUMBERS,
};
const DATE: ValueFamily = {
  operators: COMPARISONS.map((c) => `Date${c}`),
  key: 'aws:CurrentTime',
  plain: [
    '2024-01-01', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00.001Z', '1704067200', '2024-02-29T12:00:00+02:00', '12345',
  ],
  odd: DATES,
};
const ADDRESS: ValueFamily = {
  operators: ['IpAddress', 'NotIpAddress'],
  key: 'aws:SourceIp',
  plain: [
    '0.0.0.0/0', '::/0', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '128.0.0.0/1', '0.0.0.0/1', '2001:db8::/32', '2001:db8::1',
    '::/128',
  ],
  odd: ADDRESSES,
};
const BINARY: ValueFamily = {
  operators: ['BinaryEquals'],
  key: 'aws:ResourceTag/team',
  plain: ['YQ==', 'YWI=', 'YWJj'],
  odd: BINARIES,
};
const TRUTH: ValueFamily = {
  operators: ['Bool', 'Null'],
  key: 'aws:SecureTransport',
  plain: ['true', 'false', true, false],
  odd: TRUTHS,
};
const TEXT: ValueFamily = {
  operators: OPERATORS,
  key: 'aws:ResourceTag/team',
  plain: ['a', 'A', '*', 'b'],
  odd: ['', 'true', '1', '10.0.0.0/8', '${*}', '2024-01-01', 'YQ=='],
};
const FAMILIES = [NUMERIC, DATE, ADDRESS, BINARY, TRUTH, TEXT];

function conditionOf(dice: Dice, { operators, key, plain, odd }: ValueFamily, keyName = key): JsonObject {
  const values = dice.chance(60) ? plain : [...plain, ...odd];
  return Object.fromEntries(list(dice.chance(75) ? 1 : 2, (): [string, Json] => {
    const operator = `${dice.pick(['', '', '', '', '', 'ForAllValues:', 'ForAnyValue:'])}${dice.pick(operators)}`;
    const value = dice.chance(70) ? dice.pick(values) : dice.sample(values, dice.below(4));
    return [operator.endsWith('Null') ? 'Null' : `${operator}${dice.chance(20) ? 'IfExists' : ''}`, { [keyName]: value }];
  }));
}

function valuesOf(family: ValueFamily): (dice: Dice) => HostileInput {
  return (dice) => {
    const own = conditionOf(dice, family);
    const other = dice.chance(15) ? own : conditionOf(dice, family);
    const role = dice.chance(60) ? [allow('*', { Condition: other })] : [allow('*'), deny('*', { Condition: other })];
    const more = dice.chance(30) ? [allow('*', { Condition: conditionOf(dice, family) })] : [];
    return { session: document(allow('*', dice.chance(80) ? { Condition: own } : {})), identity: [document(...role, ...more)] };
  };
}

/** One key compared as what it is and as something else. */
function mixedValues(dice: Dice): HostileInput {
  const one = () => conditionOf(dice, dice.pick(FAMILIES), 'aws:RequestTag/a');
  const condition = () => Object.assign({}, ...list(1 + dice.below(3), one)) as JsonObject;
  const effect = dice.pick(['Allow', 'Deny']);
  return {
    session: document(allow('*', { Condition: condition() })),
    identity: [document(allow('*', { Effect: effect, Condition: condition() }), allow('*', maybe(dice, { Condition: condition() })))],
  };
}

// ---- Sizes ----

function manyDenies(dice: Dice): HostileInput {
  const count = 100 + dice.below(300);
  const shape = dice.pick<(i: number) => string>([
    (i) => `*-${i}`, (i) => `data-${i}*`, (i) => `*a${i}*`, (i) => `${i}`, (i) => `${'?'.repeat(i % 20)}${i}`,
  ]);
  const condition = (i: number) => ({ StringEquals: { [`aws:RequestTag/${i % 7}`]: `${i}` } });
  const denies = list(count, (i) => deny(bucket(shape(i)), maybe(dice, { Condition: condition(i) })));
  const own = dice.chance(50) ? [] : dice.sample(denies, dice.below(20));
  const allowed = dice.pick(['*', bucket('data-*'), bucket('*'), bucket('x')]);
  return { session: document(allow(allowed), ...own), identity: [document(allow('*'), ...denies)] };
}

function manyStatements(count: number): (dice: Dice) => HostileInput {
  return (dice) => {
    const shape = dice.pick<(i: number) => string>([
      (i) => bucket(`data-${i}-*`), (i) => bucket(`*-${i}`), (i) => bucket(`a${i}/*/b`), (i) => `arn:aws:s3:*:*:data-${i}`,
    ]);
    const role = list(count, (i) => allow(shape(i), maybe(dice, { Action: `s3:Get${i % 50}*` })));
    const session = dice.pick<() => Json[]>([
      () => [allow(bucket(`data-${dice.below(count)}-x`))],
      () => [allow('*')],
      () => [allow(bucket('*'))],
      () => dice.sample(role, 20),
      () => [allow(bucket('*-x'), { Action: 's3:*' })],
    ])();
    return { session: document(...session), identity: [document(...role)] };
  };
}

function manyValues(dice: Dice): HostileInput {
  const shape = dice.pick<(i: number) => string>([
    (i) => `value-${i}`, (i) => `*value-${i}*`, (i) => `${i}*`, (i) => `*${i}`, (i) => `${'?'.repeat(i % 30)}a`,
  ]);
  const operator = dice.pick([
    'StringEquals', 'StringLike', 'StringNotLike', 'StringNotEquals', 'ForAllValues:StringLike', 'ForAnyValue:StringLike',
    'StringEqualsIgnoreCase',
  ]);
  const values = list(100 + dice.below(400), shape);
  const some = dice.sample(values, 1 + dice.below(20));
  const withValues = (list_: readonly string[]) => ({ Condition: { [operator]: { 'aws:TagKeys': list_ } } });
  const [own, other] = dice.chance(50) ? [values, some] : [some, values];
  const role = dice.chance(60) ? [allow('*', withValues(other))] : [allow('*'), deny('*', withValues(other))];
  return { session: document(allow('*', dice.chance(80) ? withValues(own) : {})), identity: [document(...role)] };
}

function manyKeys(dice: Dice): HostileInput {
  const count = 20 + dice.below(100);
  const keys = (from: number, value: (i: number) => Json) => (
    Object.fromEntries(list(count, (i) => [`aws:RequestTag/${from + i}`, value(from + i)])));
  const conditions = () => {
    const all = ['StringEquals', 'StringLike', 'StringNotEquals', 'Null', 'ForAnyValue:StringLike', 'StringEqualsIfExists'];
    const operators = dice.sample(all, 1 + dice.below(3));
    const from = dice.pick([0, 0, 1, 10]);
    const value = (i: number) => dice.pick<Json>([`${i}`, `*${i}*`, [`${i}`, 'a']]);
    return Object.fromEntries(operators.map((operator) => [operator, keys(from, operator === 'Null' ? () => 'false' : value)]));
  };
  const role = dice.chance(60) ? [allow('*', { Condition: conditions() })] : [allow('*'), deny('*', { Condition: conditions() })];
  return { session: document(allow('*', dice.chance(80) ? { Condition: conditions() } : {})), identity: [document(...role)] };
}

/** Several statements under conditions, of which none alone covers: each splits what those before it left. */
function splittingConditions(dice: Dice): HostileInput {
  const count = 2 + dice.below(14);
  const test = (i: number) => dice.pick<JsonObject>([
    { StringEquals: { [`aws:RequestTag/${i}`]: 'a' } }, { StringNotEquals: { [`aws:RequestTag/${i}`]: 'a' } },
    { StringEquals: { [`aws:RequestTag/${i}`]: 'a', [`aws:RequestTag/${i + 1}`]: 'b', [`aws:RequestTag/${i + 2}`]: 'c' } },
    { StringLike: { 'aws:RequestTag/x': `*${LETTERS[i % 26]}*` } },
  ]);
  const resource = (i: number) => dice.pick(['*', bucket('*'), bucket(`*${LETTERS[i % 26]}*`)]);
  const allows = list(count, (i) => allow(resource(i), { Condition: test(i) }));
  const denies = list(dice.below(4), (i) => deny(resource(i), { Condition: test(i) }));
  return { session: document(allow(dice.pick(['*', bucket('*')])), ...dice.sample(denies, 1)), identity: [document(...allows, ...denies)] };
}

/** Each action on each resource. */
function actionsOnResources(dice: Dice): HostileInput {
  const shape = dice.pick<(i: number) => string>([
    (i) => `data-${i}*`, (i) => `*${i}`, (i) => `data-${i}`, (i) => `*${LETTERS[i % 26]}${i}*`,
  ]);
  const actions = list(1 + dice.below(100), (i) => `s3:Get${i}${dice.pick(['', '*', 'X'])}`);
  const resources = list(1 + dice.below(100), (i) => bucket(shape(i)));
  const most = (all: readonly string[]) => dice.sample(all, all.length - dice.below(2));
  const part = (Effect: string) => ({ Effect, Action: most(actions), Resource: most(resources) });
  const all = { Effect: 'Allow', ...EVERYTHING };
  const others: Json[] = [{ Effect: 'Allow', NotAction: actions, Resource: '*' }, { Effect: 'Allow', Action: '*', NotResource: resources }];
  return dice.pick<() => HostileInput>([
    () => ({ session: document(part('Allow')), identity: [document(part('Allow'))] }),
    () => ({ session: document(part('Allow')), identity: [document(all, part('Deny'))] }),
    () => ({ session: document(all, part('Deny')), identity: [document(all, part('Deny'))] }),
    () => ({ session: document(all), identity: [document(part('Allow'), ...others)] }),
  ])();
}

/** ARNs that differ in every field: what is left of one without another has six parts. */
function arnsApart(dice: Dice): HostileInput {
  const field = (index: number, values: readonly string[]) => dice.pick([
    values[index % values.length], `${values[index % values.length].slice(0, 3)}*`, '*',
  ]);
  const arns = list(2 + dice.below(10), (i) => [
    'arn',
    field(i, ['aws', 'aws-cn', 'aws-us-gov']),
    field(i, ['s3', 'sqs', 'sns', 'dynamodb']),
    field(i, ['us-east-1', 'eu-west-1', 'ap-south-1', '']),
    field(i, ['111122223333', '444455556666', '']),
    dice.pick([`${LETTERS[i]}*`, `*${LETTERS[i]}*`, `${LETTERS[i]}/*/b`]),
  ].join(':'));
  const everyAction: Position = (Effect, patterns, negated) => ({ Effect, Action: '*', [negated ? 'NotResource' : 'Resource']: patterns });
  return onBothSides(dice, arns, [everyAction]);
}

/** The role allows all assignments of true and false that break one of the clauses: a way to fulfil them all exceeds. */
function clauses(all: ReadonlyArray<readonly number[]>): HostileInput {
  const keys = (literals: readonly number[]) => Object.fromEntries(literals.map((literal) => [`aws:RequestTag/${Math.abs(literal)}`, 'true']));
  const test = (operator: string, literals: readonly number[]) => (literals.length > 0 ? { [operator]: keys(literals) } : {});
  const condition = (clause: readonly number[]) => ({
    ...test('StringNotEquals', clause.filter((literal) => literal > 0)),
    ...test('StringEquals', clause.filter((literal) => literal < 0)),
  });
  return { session: document(allow('*')), identity: [document(...all.map((clause) => allow('*', { Condition: condition(clause) })))] };
}

/** Three literals in each clause, and about as many clauses as make it hard. */
function randomClauses(dice: Dice): HostileInput {
  const variables = dice.pick([3, 4, 5, 6, 8, 12, 30]);
  const literals = () => dice.sample(list(variables, (i) => i + 1), 3).map((variable) => (dice.chance(50) ? variable : -variable));
  return clauses(list(Math.round(variables * (3.5 + dice.below(30) / 10)), literals));
}

/** One pigeon more than there are holes, which nobody can prove in a few steps. */
function pigeons(dice: Dice): HostileInput {
  const holes = 2 + dice.below(6);
  const sits = (pigeon: number, hole: number) => 1 + pigeon * holes + hole;
  const somewhere = list(holes + 1, (pigeon) => list(holes, (hole) => sits(pigeon, hole)));
  const alone = list(holes, (hole) => list(holes + 1, (one) => list(one, (other) => [-sits(one, hole), -sits(other, hole)])).flat()).flat();
  const all: number[][] = shuffled(dice, [...somewhere, ...alone]);
  return clauses(dice.chance(50) ? all : all.slice(1));
}

// ---- Shapes of JSON ----

export function nested(depth: number, wrap: (inner: Json) => Json, inner: Json = 's3:GetObject'): Json {
  let value = inner;
  for (let i = 0; i < depth; i++) { value = wrap(value); }
  return value;
}

const PLAIN = allow('*');

function deepOrWide(dice: Dice): HostileInput {
  const depth = dice.pick([10, 100, 1000, 10_000]);
  const wide = () => Object.fromEntries(list(dice.pick([10, 1000]), (i) => [`key${i}`, i]));
  const value = dice.pick<() => Json>([
    () => nested(depth, (inner) => [inner]),
    () => nested(depth, (inner) => ({ a: inner })),
    () => nested(depth, (inner) => ({ Statement: inner })),
    () => nested(depth, (inner) => [{ StringEquals: [inner] }]),
    () => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as Json,
    () => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as Json,
    () => nested(10, (inner) => [inner, inner]), // the same object again and again
    wide, () => [wide(), wide()], () => list(1000, () => []), () => ({ StringEquals: wide() }), () => ({ ...wide(), StringEquals: wide() }),
  ])();
  const bad = anyPosition(dice, value);
  return dice.chance(50) ? { session: bad, identity: [document(PLAIN)] } : { session: document(PLAIN), identity: [bad] };
}

function anyPosition(dice: Dice, value: Json): Json {
  return dice.pick<() => Json>([
    () => value,
    () => ({ Version: value, Statement: PLAIN }),
    () => ({ Version: '2012-10-17', Statement: value }),
    () => document(PLAIN, value),
    () => document(PLAIN, { ...PLAIN, [dice.pick(['Action', 'Resource', 'Effect', 'Sid', 'Condition', 'Principal', 'Other'])]: value }),
    () => document({ Effect: 'Allow', [dice.pick(['NotAction', 'Action'])]: value, [dice.pick(['NotResource', 'Resource'])]: '*' }),
    () => document(allow('*', { Condition: { [dice.pick(['StringEquals', 'Bool', 'Null', 'Other'])]: value } })),
    () => document(allow('*', { Condition: { [dice.pick(OPERATORS)]: { 'aws:RequestTag/a': value } } })),
  ])();
}

const PROTOTYPE_NAMES = [
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'isPrototypeOf',
  '__defineGetter__', '__lookupSetter__', 'toJSON', 'then', 'get', 'has', 'size',
];

/** As text, for only `JSON.parse` gives an object a key `__proto__` of its own. */
function prototypeNames(dice: Dice): HostileInput {
  const name = () => dice.pick(PROTOTYPE_NAMES);
  const inner = () => dice.pick([
    '{"polluted":true}', '"a"', '["a"]', 'null', '{"Effect":"Allow","Action":"*","Resource":"*"}',
    '{"__proto__":{"polluted":true}}',
  ]);
  const statement = (more: string, action = 's3:*', resource = '*') => (
    `{"Effect":"Allow","Action":"${action}","Resource":"${resource}"${more}}`);
  const text = () => {
    const body = dice.pick<() => string>([
      () => statement(''),
      () => statement(`,"${name()}":${inner()}`),
      () => statement(`,"Condition":{"${name()}":${inner()}}`),
      () => statement(`,"Condition":{"StringEquals":{"${name()}":${inner()}}}`),
      () => statement(`,"Condition":{"StringEquals":{"${name()}":"a","${name()}":"b"}}`),
      () => statement(`,"Condition":{"${dice.pick(OPERATORS)}":{"${name()}":"\${${name()}}"}}`),
      () => statement(`,"Condition":{"StringLike":{"aws:PrincipalTag/${name()}":["${name()}","*"]}}`),
      () => statement(`,"Condition":{"StringEquals":{"${name()}":"a"},"StringNotEquals":{"${name()}":"a"}}`),
      () => statement(`,"Sid":"${name().replace(/_/g, '')}"`),
      () => statement('', `${name()}:${name()}`),
      () => statement('', `s3:${name().replace(/_/g, '')}`),
      () => statement('', 's3:*', `arn:aws:s3:::\${${name()}}/*`),
      () => statement('', 's3:*', `arn:aws:${name()}:::${name()}`),
    ])();
    return `{"Version":"2012-10-17","Statement":[${body}]${dice.chance(20) ? `,"${name()}":${inner()}` : ''}}`;
  };
  const role = dice.chance(40) ? [text(), text()] : [text()];
  return { session: JSON.parse(text()) as Json, identity: role.map((t) => JSON.parse(t) as Json) };
}

function randomJson(dice: Dice, depth = 3): Json {
  const scalar = () => dice.pick<Json>([
    ...NUMBERS, null, true, false, '*', 'Allow', 's3:*', bucket('data'), anything(dice, 1 + dice.below(8)),
    ...PROTOTYPE_NAMES,
  ]);
  if (depth === 0 || dice.chance(50)) { return scalar(); }
  const key = () => dice.pick([
    'Effect', 'Action', 'Resource', 'Condition', 'StringEquals', 'Statement', 'aws:username', '', 'constructor',
    anything(dice, 3),
  ]);
  const inner = () => randomJson(dice, depth - 1);
  return dice.chance(50) ? list(dice.below(4), inner) : Object.fromEntries(list(dice.below(4), () => [key(), inner()]));
}

// ---- Policies that look real ----

const REAL: readonly JsonObject[] = [
  document(
    allow(['arn:aws:s3:::data/*', 'arn:aws:s3:::logs/team/*'], { Action: ['s3:GetObject', 's3:PutObject'] }),
    allow(
      'arn:aws:s3:::data',
      { Sid: 'List', Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': ['team/*', ''] } } },
    ),
  ),
  document(
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: ['arn:aws:dynamodb:us-east-1:111122223333:table/orders', 'arn:aws:dynamodb:us-east-1:111122223333:table/orders/index/*'],
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] } },
    },
  ),
  document(
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' },
    {
      Sid: 'Region',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
    },
  ),
  document(
    { Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:*:111122223333:team-*' },
    { Effect: 'Deny', Action: 'sqs:DeleteQueue', NotResource: 'arn:aws:sqs:*:*:team-scratch-*' },
  ),
  document(
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: 'arn:aws:kms:us-east-1:111122223333:key/*',
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }, Bool: { 'aws:SecureTransport': true } },
    },
  ),
  document(
    {
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: 'arn:aws:secretsmanager:*:*:secret:${aws:PrincipalTag/team}/*',
      Condition: {
        IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] },
        DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
      },
    },
  ),
  document(
    { Effect: 'Allow', Action: '*', Resource: '*' },
    {
      Effect: 'Deny',
      Action: 's3:Delete*',
      Resource: '*',
      Condition: { NumericGreaterThan: { 's3:max-keys': 10 }, Null: { 'aws:MultiFactorAuthAge': 'true' } },
    },
  ),
  { Version: '2008-10-17', Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::data/${aws:username}/*' } },
];

/** A string, a number or word, or a bracket, comma or colon. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^[\]{},:"]+/g;

/** Some pieces dropped, doubled, exchanged or changed, until what is left is JSON again. */
function mutatedText(dice: Dice, original: string): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const tokens = original.match(TOKEN)!;
    for (let changes = dice.pick([1, 1, 2, 3]); changes > 0; changes--) { mutate(dice, tokens); }
    const text = tokens.join('');
    if (isJson(text)) { return text; }
  }
  return original;
}

function mutate(dice: Dice, tokens: string[]): void {
  const at = dice.below(tokens.length);
  const end = Math.min(tokens.length, at + 1 + dice.below(6));
  const strings = tokens.flatMap((token, i) => (token.startsWith('"') ? [i] : []));
  const values = strings.filter((i) => tokens[i + 1] !== ':' && tokens[i].includes(':'));
  const anyString = () => dice.pick(values.length > 0 && dice.chance(75) ? values : strings);
  const [one, other] = [anyString(), anyString()];
  dice.pick<() => void>([
    () => { tokens.splice(at, end - at); },
    () => { tokens.splice(at, 0, ...tokens.slice(at, end)); },
    () => { tokens[one] = tokens[other]; },
    () => { tokens[one] = tokens[other]; },
    () => { tokens[one] = JSON.stringify(changed(dice, JSON.parse(tokens[one]) as string)); },
    () => { tokens[one] = JSON.stringify(changed(dice, JSON.parse(tokens[one]) as string)); },
    () => { tokens[one] = dice.pick(['null', '1e400', '-0', '9007199254740993', '{}', '[]', '""', '"*"', 'true', `[${tokens[one]}]`]); },
    () => { tokens[one] = `[${tokens[one]},${tokens[other]}]`; },
  ])();
}

function changed(dice: Dice, text: string): string {
  const at = dice.below(text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  return dice.pick([
    `${before}*${after}`, `${before}?${after}`, before + after.slice(1), `${before}${anything(dice, 1)}${after}`,
    `${before}*`, `*${after}`, `${before}:${after}`, before + after.slice(0, 1).toUpperCase() + after.slice(1),
  ]);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function mutatedPolicies(dice: Dice): HostileInput {
  const original = JSON.stringify(dice.pick(REAL));
  const mutated = () => JSON.parse(mutatedText(dice, original)) as Json;
  const unchanged = JSON.parse(original) as Json;
  const other = dice.chance(20) ? [dice.pick(REAL)] : [];
  return dice.pick<() => HostileInput>([
    () => ({ session: mutated(), identity: [unchanged, ...other] }),
    () => ({ session: unchanged, identity: [mutated(), ...other] }),
    () => ({ session: mutated(), identity: [mutated(), ...other] }),
  ])();
}

type Path = ReadonlyArray<string | number>;

function pathsOf(json: Json, path: Path = []): Path[] {
  const inner: Array<[string | number, Json]> = Array.isArray(json) ? [...(json as readonly Json[]).entries()]
    : typeof json === 'object' && json !== null ? Object.entries(json as JsonObject) : [];
  return [path, ...inner.flatMap(([key, value]) => pathsOf(value, [...path, key]))];
}

function replacedAt(json: Json, [key, ...rest]: Path, value: Json): Json {
  if (key === undefined) { return value; }
  if (Array.isArray(json)) { return (json as readonly Json[]).map((item, i) => (i === key ? replacedAt(item, rest, value) : item)); }
  const object = json as JsonObject;
  return { ...object, [key]: replacedAt(object[key], rest, value) };
}

/** A value in any position of a policy that looks real, in one of the two documents or in both. */
function valueInRealPolicy(value: (dice: Dice) => Json): (dice: Dice) => HostileInput {
  return (dice) => {
    const original = dice.pick(REAL);
    const bad = list(1 + dice.below(2), () => 0).reduce<Json>((json) => replacedAt(json, dice.pick(pathsOf(json)), value(dice)), original);
    return dice.pick<HostileInput>([
      { session: bad, identity: [original] }, { session: original, identity: [bad] }, { session: bad, identity: [bad] },
      { session: bad, identity: [document({ Effect: 'Allow', ...EVERYTHING })] },
    ]);
  };
}

/** What a template leaves open: text with atoms, and what could not be read. */
function unknownValue(dice: Dice): Json {
  const atom = () => dice.pick([
    { id: 'account', label: '${AWS::AccountId}', kind: ACCOUNT },
    { id: 'region', label: '${AWS::Region}', kind: REGION },
    { id: 'text', label: '${Text}', kind: ANY_TEXT },
    { id: '__proto__', label: '${__proto__}', kind: ANY_TEXT },
    { id: 'name', label: '${Name}', kind: { name: 'name', minLength: 1, maxLength: 10, generated: true, example: 'name-#' } },
  ]);
  const piece = () => (dice.chance(50) ? atom() : dice.pick(['arn:aws:s3:::', '*', '${', '}', '?', ':', 's3:', 'data', anything(dice, 2)]));
  return dice.chance(15) ? new Unknown('a reason') : Text.of(...list(1 + dice.below(4), piece));
}

// ---- Sources ----

/** Small inputs are most of all, so that there can be many. */
export const SOURCES: readonly Source[] = [
  { name: 'ten disjoint infix globs', share: 120, make: infixGlobs },
  { name: 'a star, a letter and question marks', share: 100, make: questionMarks },
  { name: 'forty stars', share: 150, make: manyStars },
  { name: 'one letter and stars', share: 1500, make: oneLetter },
  { name: 'wildcards at random', share: 5500, make: wildcardsAtRandom },
  { name: 'a few characters of anything', share: 8300, make: (dice) => textAnywhere(dice, () => 1 + dice.below(12)) },
  { name: '2,048 characters of anything', share: 350, make: (dice) => textAnywhere(dice, () => 2048) },
  { name: 'policy variables', share: 5500, make: variablesAnywhere },
  { name: 'numbers', share: 3000, make: valuesOf(NUMERIC) },
  { name: 'dates', share: 3000, make: valuesOf(DATE) },
  { name: 'addresses', share: 3000, make: valuesOf(ADDRESS) },
  { name: 'base64', share: 1500, make: valuesOf(BINARY) },
  { name: 'truths', share: 1000, make: valuesOf(TRUTH) },
  { name: 'one key compared in several ways', share: 2500, make: mixedValues },
  { name: 'hundreds of denies', share: 40, make: manyDenies },
  { name: 'hundreds of statements', share: 60, make: manyStatements(300) },
  { name: '10,000 statements', share: 2, make: manyStatements(10_000) },
  { name: 'hundreds of values', share: 100, make: manyValues },
  { name: 'many condition keys', share: 100, make: manyKeys },
  { name: 'conditions that split', share: 500, make: splittingConditions },
  { name: 'many actions on many resources', share: 30, make: actionsOnResources },
  { name: 'ARNs that differ in every field', share: 500, make: arnsApart },
  { name: 'clauses at random', share: 20, make: randomClauses },
  { name: 'pigeons in too few holes', share: 3, make: pigeons },
  { name: 'deep and wide JSON', share: 400, make: deepOrWide },
  { name: 'names that JavaScript knows', share: 2500, make: prototypeNames },
  { name: 'random JSON in every position', share: 5000, make: valueInRealPolicy((dice) => randomJson(dice)) },
  { name: 'values known at deployment only', share: 1500, make: valueInRealPolicy(unknownValue), symbolic: true },
  { name: 'mutated policies', share: 5000, make: mutatedPolicies },
];
