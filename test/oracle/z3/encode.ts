/**
 * "Is there a request which the session policy allows and the role does not?", as a script for an SMT solver.
 *
 * Tests compare the engine with a solver's answer, so this shares no code with the engine. If AWS is silent, it is the
 * reading `{ ...DEFAULT_READING, colons: 'none' }` of the evaluator. What it cannot express exactly is `Unsupported`,
 * never approximated: both `sat` and `unsat` are to be believed.
 *
 * Requests have an ARN of six fields or `*` for a resource, and keys that have values of the type of their operators.
 */

import { PolicyDocument, StatementDocument } from '../evaluate';
import {
  and, ANY_CHARACTER, ANY_TEXT, concatenation, equal, FALSE, implies, inLanguage, literal, not, oneOf, or, real,
  sequence, Term, TRUE,
} from './smt';

export interface Question {
  readonly session: PolicyDocument;
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

/** The question is outside of what the encoding expresses. */
export class Unsupported extends Error {}

/** Satisfiable exactly where the session policy exceeds the role. Without `(check-sat)`. */
export function encodeExcess(question: Question): string {
  const keys = keysOf(question);
  const allows = (layer: readonly PolicyDocument[]) => layerAllows(layer, keys);
  // The boundary limits the identity policies, and grants nothing itself.
  const role = and([allows(question.identity), ...(question.boundary ? [allows([question.boundary])] : [])]);
  const assertions = [
    '; the session policy allows it', `(assert ${allows([question.session])})`,
    '; the role does not', `(assert ${not(role)})`,
  ].join('\n');
  const declarations = [...declareRequest(), ...[...keys.values()].flatMap(declareKey)];
  // Each variable can be given a value on its own: what no policy asks for need not be found one.
  const [constants, formula] = numbered(declarations.filter(({ name }) => assertions.includes(name)), assertions);
  return [...constants, formula].join('\n') + '\n';
}

/** A variable, and what it may be. */
interface Declaration {
  readonly name: Term;
  readonly sort: string;
  /** Whether a string may not be empty. */
  readonly filled: boolean;
}

function declare(name: Term, sort: string, filled = false): Declaration {
  return { name, sort, filled };
}

/**
 * A text that is compared with constants only is a number instead, one for each constant: solvers are slow with strings.
 * There are always more texts than constants, as there are more numbers.
 */
function numbered(declarations: readonly Declaration[], assertions: string): [string[], string] {
  const numbers = new Map<string, number>();
  const mentioned = countsOf(assertions.match(WORD) ?? []);
  const compared = countsOf([...assertions.matchAll(COMPARED_WITH_CONSTANT)].map((found) => found[1]));
  const isNumber = ({ name, sort }: Declaration) => sort === 'String' && mentioned.get(name) === compared.get(name);
  const asNumbers = new Set(declarations.filter(isNumber).map(({ name }) => name));
  const formula = assertions.replace(COMPARED_WITH_CONSTANT, (whole, name: string, constant: string) => {
    if (!asNumbers.has(name)) { return whole; }
    numbers.set(constant, numbers.get(constant) ?? numbers.size);
    return equal(name, String(numbers.get(constant)));
  });
  const texts = declarations.map(({ name, sort, filled }) => {
    if (asNumbers.has(name)) { return `(declare-const ${name} Int)`; }
    return `(declare-const ${name} ${sort})${filled ? ` (assert ${not(equal(name, literal('')))})` : ''}`;
  });
  return [[...[...numbers].map(([constant, number]) => `; ${number} is ${constant}`), ...texts], formula];
}

const COMPARED_WITH_CONSTANT = /\(= ([a-z]+|\|[^|]*\|) ("(?:[^"]|"")*")\)/g;

const WORD = /\|[^|]*\||"(?:[^"]|"")*"|[^ ()|"]+/g;

function countsOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) { counts.set(word, (counts.get(word) ?? 0) + 1); }
  return counts;
}

// ---- The request ----

/**
 * A part of the request that has no colon: its characters are those of names.
 *
 * That is not asserted, as it is slow. A character that no pattern has can stand for all that a name cannot have.
 */
interface Field {
  readonly name: Term;
  readonly characters: RegExp;
  readonly filled: boolean;
}

const field = (name: Term, characters: RegExp, filled = true): Field => ({ name, characters, filled });
const NOT_COLON = /^[^:]*$/;

/** Prefix and name of an action are case-insensitive: all in lower case. */
const PREFIX = field('prefix', /^[a-z0-9-]*$/);
const NAME = field('name', /^[a-z0-9]*$/);
/** The fields of the ARN after `arn`, but for the last one, which may have colons. */
const FIELDS: readonly Field[] = [
  field('partition', /^[a-zA-Z0-9-]*$/), field('service', /^[a-zA-Z0-9-]*$/), field('region', NOT_COLON, false),
  field('account', NOT_COLON, false),
];

function declareRequest(): Declaration[] {
  return [
    ...[PREFIX, NAME, ...FIELDS].map(({ name, filled }) => declare(name, 'String', filled)),
    declare('resource', 'String'),
    // An action without resource types is authorized on `*`.
    declare('star', 'Bool'),
  ];
}

function fieldMatches({ name, characters, filled }: Field, pattern: string): Term {
  const pieces = wildcards(pattern);
  const possible = pieces.every((piece) => piece.kind !== 'text' || characters.test(piece.text));
  return possible && (pattern !== '' || !filled) ? matches(name, pieces) : FALSE;
}

// ---- Policies ----

function layerAllows(layer: readonly PolicyDocument[], keys: Keys): Term {
  const about = (effect: string) => or(layer.flatMap((policy) => statementsOf(policy)
    .filter((statement) => statement.Effect === effect)
    .map((statement) => applies(statement, { variables: hasVariables(policy), keys }))));
  // An explicit deny overrides every allow, and what no statement allows is denied.
  return and([about('Allow'), not(about('Deny'))]);
}

/** Policy variables need Version 2012-10-17; a missing Version is 2008-10-17. */
function hasVariables(policy: PolicyDocument): boolean {
  return policy.Version === '2012-10-17';
}

/** What a text of a policy is read in. */
interface Scope {
  readonly variables: boolean;
  readonly keys: Keys;
}

function applies(statement: StatementDocument, scope: Scope): Term {
  return and([
    actionApplies(statement),
    resourceApplies(statement, scope),
    ...conditionsOf(statement).map((condition) => holds(condition, scope)),
  ]);
}

function actionApplies({ Action, NotAction }: StatementDocument): Term {
  const matchesAny = (patterns: readonly string[]) => or(patterns.map(actionMatches));
  // NotAction is everything except the listed actions.
  return NotAction === undefined ? matchesAny(listOf(Action ?? [])) : not(matchesAny(listOf(NotAction)));
}

function actionMatches(pattern: string): Term {
  if (/^\*+$/.test(pattern)) { return TRUE; }
  const [prefix, name, ...rest] = pattern.toLowerCase().split(':');
  if (name === undefined || rest.length > 0) { throw new Unsupported(`not an action: ${pattern}`); }
  // An action has one colon, and so has the pattern: no wildcard crosses it.
  return and([fieldMatches(PREFIX, prefix), fieldMatches(NAME, name)]);
}

function resourceApplies({ Resource, NotResource }: StatementDocument, scope: Scope): Term {
  const matchesAny = (patterns: readonly string[]) => or(patterns.map((pattern) => resourceMatches(pattern, scope)));
  // NotResource is every resource except those listed; a listed one with a variable without a value names no resource.
  return NotResource === undefined ? matchesAny(listOf(Resource ?? [])) : not(matchesAny(listOf(NotResource)));
}

function resourceMatches(pattern: string, scope: Scope): Term {
  // `*` alone is every resource, `*` itself among them.
  if (/^\*+$/.test(pattern)) { return TRUE; }
  const fields = fieldsOf(pattern);
  // Variables stand in the last field only.
  if (fields.slice(0, 5).join().includes('${')) {
    throw new Unsupported(`a variable in the first fields of ${pattern}`);
  }
  // Field by field: no wildcard of the first five crosses a colon, as no request has one there.
  const header = FIELDS.map((one, i) => fieldMatches(one, fields[i + 1]));
  // The fields are case-sensitive: `arn` is how requests begin.
  const start = inPattern('arn', fields[0]) ? TRUE : FALSE;
  return and([
    not('star'), start, ...header, matchesPieces('resource', piecesOf(fields[5], scope.variables), scope.keys),
  ]);
}

function inPattern(text: string, pattern: string): boolean {
  const source = pattern.replace(/[^\w*?]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(text);
}

function fieldsOf(arn: string): string[] {
  const fields = arn.split(':');
  if (fields.length < 6) { throw new Unsupported(`fewer than six fields: ${arn}`); }
  return [...fields.slice(0, 5), fields.slice(5).join(':')];
}

// ---- Patterns ----

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'run' }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback?: string };

/** `*` is any run of characters, `?` any single one. */
function wildcards(text: string): Piece[] {
  // Beyond ASCII, there is more than one way to compare without case and to count characters.
  if (!/^[ -~]*$/.test(text)) { throw new Unsupported(`not ASCII: ${text}`); }
  return text.split(/([*?])/).filter((piece) => piece !== '').map((piece): Piece => {
    if (piece === '*') { return { kind: 'run' }; }
    return piece === '?' ? { kind: 'one' } : { kind: 'text', text: piece };
  });
}

function piecesOf(text: string, variables: boolean): Piece[] {
  if (!variables) { return wildcards(text); }
  return text.split(/(\$\{[^{}]*\})/).flatMap(
    (piece, i) => (i % 2 === 0 ? textWithoutVariables(piece) : [variableOf(piece.slice(2, -1))]),
  );
}

function textWithoutVariables(text: string): Piece[] {
  // Whether this is a variable or text is undocumented.
  if (text.includes('${')) { throw new Unsupported(`a variable without an end: ${text}`); }
  return wildcards(text);
}

function variableOf(inner: string): Piece {
  // ${*}, ${?} and ${$} are those characters themselves.
  if (['*', '?', '$'].includes(inner)) { return { kind: 'text', text: inner }; }
  const [, key, fallback] = /^([A-Za-z][^,' ]*)(?:, ?'([^']*)')?$/.exec(inner) ?? [];
  if (key === undefined) { throw new Unsupported(`an unusual variable: ${inner}`); }
  return { kind: 'variable', key: key.toLowerCase(), fallback };
}

/** Pieces without variables. */
function matches(text: Term, pieces: readonly Piece[]): Term {
  if (pieces.every((piece) => piece.kind === 'run') && pieces.length > 0) { return TRUE; }
  if (pieces.every((piece) => piece.kind === 'text')) { return equal(text, literal(plain(pieces))); }
  return inLanguage(text, sequence(pieces.map(languageOf)));
}

function languageOf(piece: Piece): Term {
  if (piece.kind === 'run') { return ANY_TEXT; }
  if (piece.kind === 'one') { return ANY_CHARACTER; }
  if (piece.kind === 'variable') { throw new Unsupported(`a wildcard beside ${piece.key}`); }
  return `(str.to_re ${literal(piece.text)})`;
}

function plain(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}

function matchesPieces(text: Term, pieces: readonly Piece[], keys: Keys): Term {
  if (pieces.every((piece) => piece.kind !== 'variable')) { return matches(text, pieces); }
  const last = pieces[pieces.length - 1];
  const open = last.kind === 'run';
  const value = valueOf(open ? pieces.slice(0, -1) : pieces, keys);
  // With a variable the pattern is not a regular language: only equality and a prefix can be expressed.
  const matched = open ? `(str.prefixof ${value.text} ${text})` : equal(text, value.text);
  return and([value.known, matched]);
}

/** Text and variables, put together: known where all variables have a value, else it matches nothing. */
function valueOf(pieces: readonly Piece[], keys: Keys): { readonly text: Term; readonly known: Term } {
  const values = pieces.map((piece): { readonly text: Term; readonly known: Term } => {
    if (piece.kind === 'text') { return { text: literal(piece.text), known: TRUE }; }
    if (piece.kind !== 'variable') { throw new Unsupported('a wildcard before a variable'); }
    const key = keys.get(piece.key)!;
    // ${key, 'default'} has a value of its own where the key is missing.
    if (piece.fallback === undefined) { return { text: key.values[0], known: key.present }; }
    return { text: `(ite ${key.present} ${key.values[0]} ${literal(piece.fallback)})`, known: TRUE };
  });
  return { text: concatenation(values.map((value) => value.text)), known: and(values.map((value) => value.known)) };
}

// ---- Condition keys ----

/** Operators of one family compare values of one type. */
type Family = 'string' | 'arn' | 'numeric' | 'date' | 'bool' | 'ip' | 'binary';

interface Key {
  readonly family: Family;
  readonly present: Term;
  /** The variables of the values of a present key: the first always counts, another where its flag `used` holds. */
  readonly values: readonly Term[];
}

type Keys = ReadonlyMap<string, Key>;

interface Condition {
  readonly set?: string;
  readonly operator: string;
  readonly ifExists: boolean;
  /** In lower case: key names are case-insensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

function conditionsOf(statement: StatementDocument): Condition[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([name, keys]) => {
    const [, set, operator, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(name) ?? [];
    if (operator === undefined || operator === 'Null' && (set !== undefined || ifExists !== undefined)) {
      throw new Unsupported(name);
    }
    return Object.entries(keys).map(([key, values]): Condition => (
      { set, operator, ifExists: ifExists !== undefined, key: key.toLowerCase(), values: listOf(values).map(String) }));
  });
}

/** The maximum number of values of a key: a question that could need more is too large. */
const MOST_VALUES = 4;

function keysOf(question: Question): Keys {
  const documents = [question.session, ...question.identity, ...(question.boundary ? [question.boundary] : [])];
  const conditions = documents.flatMap(statementsOf).flatMap(conditionsOf);
  const variables = documents.filter(hasVariables).flatMap(variablesIn);
  const names = new Set([...conditions.map((condition) => condition.key), ...variables]);
  return new Map([...names].map(
    (name) => [name, keyOf(name, conditions.filter((condition) => condition.key === name), variables.includes(name))],
  ));
}

function variablesIn(policy: PolicyDocument): string[] {
  const texts = statementsOf(policy).flatMap((statement) => [
    ...listOf(statement.Resource ?? []), ...listOf(statement.NotResource ?? []),
    ...conditionsOf(statement).flatMap((condition) => condition.values),
  ]);
  return texts.flatMap((text) => piecesOf(text, true)).flatMap(
    (piece) => (piece.kind === 'variable' ? [piece.key] : []),
  );
}

function keyOf(name: string, conditions: readonly Condition[], isVariable: boolean): Key {
  if (!/^[ -~]+$/.test(name) || /[|\\]/.test(name)) { throw new Unsupported(`the key ${name}`); }
  const families = new Set(
    conditions.filter((condition) => condition.operator !== 'Null').map((condition) => familyOf(condition.operator)),
  );
  if (isVariable) { families.add('string'); }
  if (families.size > 1) { throw new Unsupported(`${name} has values of two types`); }
  const [family = 'string'] = families;
  const values = Array.from({ length: valuesNeeded(name, conditions, isVariable) }, (_, i) => `|${name} ${i}|`);
  return { family, present: `|${name} present|`, values };
}

/**
 * A key that a set operator tests is multivalued, any other has one value: what IAM does with several is undefined.
 *
 * Each condition on a multivalued key that holds for some value, or fails for some value, needs one. Without the values
 * that no condition needs, all conditions are as before: so many values are enough, and leaving some out loses nothing.
 */
function valuesNeeded(name: string, conditions: readonly Condition[], isVariable: boolean): number {
  const tests = conditions.filter((condition) => condition.operator !== 'Null');
  if (!tests.some((condition) => condition.set)) { return 1; }
  if (isVariable || tests.some((condition) => !condition.set)) {
    throw new Unsupported(`${name} has one value and many`);
  }
  const different = new Set(
    tests.map(({ operator, values, set, ifExists }) => JSON.stringify([operator, values, set, ifExists])),
  );
  if (different.size > MOST_VALUES) { throw new Unsupported(`${name} may need ${different.size} values`); }
  return different.size;
}

const SORTS: { readonly [family in Family]: string } = {
  string: 'String', arn: 'Bool', numeric: 'Real', date: 'Real', bool: 'Bool', ip: 'Bool', binary: 'String',
};

function declareKey({ present, values, family }: Key): Declaration[] {
  return [declare(present, 'Bool'), ...values.flatMap(
    (value) => [declare(used(value), 'Bool'), declare(value, SORTS[family]), ...declareParts(family, value)],
  )];
}

/** The first five fields of an ARN that a key has for a value. */
function valueFields(value: Term): Field[] {
  return ['arn', 'partition', 'service', 'region', 'account'].map((name) => field(part(value, name), NOT_COLON, false));
}

/** What belongs to the variable of one value. */
function part(value: Term, name: string): Term {
  return `${value.slice(0, -1)} ${name}|`;
}

function used(value: Term): Term {
  return part(value, 'used');
}

function declareParts(family: Family, value: Term): Declaration[] {
  // The variable itself says whether the value is an ARN: one that is not has no fields to compare.
  if (family === 'arn') {
    return [...valueFields(value).map(({ name }) => name), part(value, 'resource')].map(
      (name) => declare(name, 'String'),
    );
  }
  // The variable itself says whether the address is one of IPv4.
  return family === 'ip'
    ? [declare(part(value, 'v4'), '(_ BitVec 32)'), declare(part(value, 'v6'), '(_ BitVec 128)')]
    : [];
}

// ---- Conditions ----

function holds({ set, operator, ifExists, key: name, values }: Condition, scope: Scope): Term {
  const key = scope.keys.get(name)!;
  // Null tests whether the key is missing.
  if (operator === 'Null') { return or(values.map((value) => (isTrue(value) ? not(key.present) : key.present))); }
  const holdsFor = (value: Term) => comparison(operator, value, values, scope);
  // ForAllValues is true without a value, IfExists or not.
  if (set === 'ForAllValues') {
    return or([
      not(key.present),
      and(key.values.map((value, i) => (i === 0 ? holdsFor(value) : implies(used(value), holdsFor(value))))),
    ]);
  }
  // ForAnyValue is false without a value; that IfExists does not change it is one of two readings.
  if (set === 'ForAnyValue') {
    return and([
      key.present, or(key.values.map((value, i) => (i === 0 ? holdsFor(value) : and([used(value), holdsFor(value)])))),
    ]);
  }
  // For a missing key, IfExists is true, negated operators too, the others false.
  if (ifExists || isNegated(operator)) { return implies(key.present, holdsFor(key.values[0])); }
  return and([key.present, holdsFor(key.values[0])]);
}

function isTrue(text: string): boolean {
  if (!/^(true|false)$/i.test(text)) { throw new Unsupported(`neither true nor false: ${text}`); }
  return text.toLowerCase() === 'true';
}

function isNegated(operator: string): boolean {
  return operator.includes('Not');
}

/** Several values of a policy are OR, under a negated operator NOR. */
function comparison(operator: string, value: Term, listed: readonly string[], scope: Scope): Term {
  const matched = or(listed.map((text) => COMPARISONS[operator.replace('Not', '')]!.compare(value, text, scope)));
  return isNegated(operator) ? not(matched) : matched;
}

interface Comparison {
  readonly family: Family;
  readonly compare: (value: Term, text: string, scope: Scope) => Term;
  /** Whether the operator has a negated form. */
  readonly negatable: boolean;
}

function familyOf(operator: string): Family {
  const found = COMPARISONS[operator.replace('Not', '')];
  if (!found || isNegated(operator) && !found.negatable) { throw new Unsupported(operator); }
  return found.family;
}

const COMPARISONS: { readonly [operator: string]: Comparison | undefined } = {
  // Exact and case-sensitive: a wildcard is a character like any other.
  StringEquals: { family: 'string', compare: textEquals, negatable: true },
  // Exact, without case.
  StringEqualsIgnoreCase: { family: 'string', compare: equalsIgnoringCase, negatable: true },
  // Case-sensitive, with wildcards that match anything.
  StringLike: {
    family: 'string',
    negatable: true,
    compare: (value, text, { variables, keys }) => matchesPieces(value, piecesOf(text, variables), keys),
  },
  // ArnEquals and ArnLike behave identically.
  ArnEquals: { family: 'arn', compare: arnLike, negatable: true },
  ArnLike: { family: 'arn', compare: arnLike, negatable: true },
  ...ordered('Numeric', 'numeric', numberOf),
  ...ordered('Date', 'date', secondsOf),
  Bool: { family: 'bool', compare: (value, text) => equal(value, isTrue(text) ? TRUE : FALSE), negatable: false },
  // The same bytes: only equality is asked, so that which text stands for which bytes does not matter.
  BinaryEquals: {
    family: 'binary',
    compare: (value, text) => equal(value, literal(Buffer.from(text, 'base64').toString('base64'))),
    negatable: false,
  },
  IpAddress: { family: 'ip', compare: inRange, negatable: true },
};

function ordered(
  prefix: string, family: Family, read: (text: string) => Term,
): { readonly [operator: string]: Comparison } {
  const about = (smt: string, negatable = false): Comparison => ({
    family, negatable, compare: (value, text) => `(${smt} ${value} ${read(text)})`,
  });
  return {
    [`${prefix}Equals`]: about('=', true),
    [`${prefix}LessThan`]: about('<'),
    [`${prefix}LessThanEquals`]: about('<='),
    [`${prefix}GreaterThan`]: about('>'),
    [`${prefix}GreaterThanEquals`]: about('>='),
  };
}

/** The text with its wildcards taken literally. */
function literally(text: string, variables: boolean): Piece[] {
  return piecesOf(text, variables).map((piece): Piece => {
    if (piece.kind === 'one') { return { kind: 'text', text: '?' }; }
    return piece.kind === 'run' ? { kind: 'text', text: '*' } : piece;
  });
}

function textEquals(value: Term, text: string, { variables, keys }: Scope): Term {
  return matchesPieces(value, literally(text, variables), keys);
}

function equalsIgnoringCase(value: Term, text: string, { variables }: Scope): Term {
  const pieces = literally(text, variables);
  if (pieces.some((piece) => piece.kind === 'variable')) { throw new Unsupported(`a variable without case: ${text}`); }
  const letters = Array.from(plain(pieces), (letter) => [...new Set([letter.toLowerCase(), letter.toUpperCase()])]);
  // All spellings of a short text are listed: comparing with constants is fast.
  if (letters.length <= 4) { return or(spellings(letters).map((spelling) => equal(value, literal(spelling)))); }
  return inLanguage(value, sequence(letters.map((cases) => oneOf(cases.map((one) => `(str.to_re ${literal(one)})`)))));
}

function spellings(letters: ReadonlyArray<readonly string[]>): string[] {
  return letters.reduce<string[]>((texts, cases) => texts.flatMap((one) => cases.map((letter) => one + letter)), ['']);
}

/** The six fields are compared one by one. */
function arnLike(value: Term, text: string, { variables }: Scope): Term {
  const fields = fieldsOf(text);
  if (fields.slice(0, 5).join().includes('${')) { throw new Unsupported(`a variable in the first fields of ${text}`); }
  const last = matches(part(value, 'resource'), piecesOf(fields[5], variables));
  return and([value, ...valueFields(value).map((one, i) => fieldMatches(one, fields[i])), last]);
}

function numberOf(text: string): Term {
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) { throw new Unsupported(`not a decimal number: ${text}`); }
  return real(text);
}

/** Seconds since 1970, or ISO 8601, of which a bare year is the shortest form. */
function secondsOf(text: string): Term {
  if (/^-?\d+(\.\d+)?$/.test(text) && !/^\d{4}$/.test(text)) { return real(text); }
  if (!/^\d{4}(-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?)?$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new Unsupported(`the date ${text}`);
  }
  return real(String(Date.parse(text) / 1000));
}

/** Without a prefix length, the one address. */
function inRange(value: Term, range: string): Term {
  const [base, prefix] = range.split('/');
  const network = base.includes(':') ? bitsOfIpv6(base) : bitsOfIpv4(base);
  const fixed = prefix === undefined ? network.length : Number(prefix);
  if (!/^(\d+)?$/.test(prefix ?? '') || prefix === '' || fixed > network.length) {
    throw new Unsupported(`the range ${range}`);
  }
  const address = part(value, network.length === 32 ? 'v4' : 'v6');
  const start = `((_ extract ${network.length - 1} ${network.length - fixed}) ${address})`;
  return and([
    network.length === 32 ? value : not(value), fixed === 0 ? TRUE : equal(start, `#b${network.slice(0, fixed)}`),
  ]);
}

function bitsOfIpv4(address: string): string {
  const bytes = address.split('.').map(Number);
  if (!/^\d+(\.\d+){3}$/.test(address) || bytes.some((byte) => byte > 255)) {
    throw new Unsupported(`the address ${address}`);
  }
  return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
}

function bitsOfIpv6(address: string): string {
  const [left, right] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const missing = right === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...(right ?? [])];
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) {
    throw new Unsupported(`the address ${address}`);
  }
  return groups.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

function statementsOf(policy: PolicyDocument): readonly StatementDocument[] {
  return listOf(policy.Statement);
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
