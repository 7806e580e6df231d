import * as fs from 'fs';
import { allow, answer, bucket, countOf, deny, diceOf, document, HostileInput, inputOf, nested, Source, SOURCES } from './hostile-inputs';
import { decideNarrowing, Json, KnownAction, Layer, NarrowingQuestion, Policy, readPolicy, Text, Unknown, Verdict } from '../../lib/engine';
import { ANY_TEXT } from '../../lib/template/value-kinds';
import { BoundaryRequests } from '../boundary-requests';
import { Dice } from '../dice';
import { PolicyDocument, Reading, Request } from '../oracle/evaluate';
import { aboutAction, Compared, exceedsFor, isRequestResource, readingsFor, statementsOf } from '../oracle/readings';

// Whatever a policy says, a decision ends, ends without an exception, and is right. No test here looks at a clock: what takes
// too long takes too many steps, and the engine counts those. bench/hostile.ts measures the same inputs.

// The same inputs every time, unless the environment asks for others.
const SEED = Number(process.env.FC_SEED ?? 20121017);
const RUNS = Number(process.env.FUZZ_RUNS ?? 50_000);

const BUDGET = 500_000;
const KINDS = ['narrows', 'exceeds', 'undetermined'];
const KNOWN_ACTIONS: readonly KnownAction[] = [{ action: 's3:GetObject', resource: 'arn:aws:s3:::data/key' }];

jest.setTimeout(24 * 60 * 60 * 1000); // FUZZ_RUNS may ask for a long search

function layer(...policies: Policy[]): Layer {
  return { name: 'identity policies', policies, unknown: [] };
}

/** What could be read of them, decided; whatever could not be read is left out. */
function decide(session: Json, role: Json): Verdict {
  const question: NarrowingQuestion = { session: readPolicy(session, 'session policy').policy, layers: [layer(readPolicy(role, 'role policy').policy)] };
  return decideNarrowing(question, { knownActions: KNOWN_ACTIONS, budget: BUDGET });
}

/** Both ways round, and each with itself. */
function decideAll(a: Json, b: Json): Verdict[] {
  return [decide(a, b), decide(b, a), decide(a, a), decide(b, b)];
}

function expectAnswers(verdicts: readonly Verdict[]): void {
  for (const { kind } of verdicts) { expect(KINDS).toContain(kind); }
}

const letters = Array.from('abcdefghij');

describe('Patterns that make matching slow', () => {
  const patterns: ReadonlyArray<[string, string]> = [
    ['forty stars', bucket('*'.repeat(40))],
    ['forty stars between letters', bucket('*a'.repeat(40))],
    ['a star, a letter and twenty question marks', bucket(`*a${'?'.repeat(20)}`)],
    ['a star, a letter, twenty question marks and an end', bucket(`*a${'?'.repeat(20)}b`)],
    ['stars and question marks in turn', bucket('*?'.repeat(30))],
    ['a letter a thousand times', bucket('a'.repeat(1000))],
    ['a letter a thousand times between stars', bucket(`*${'a'.repeat(1000)}*`)],
    ['stars in every field', '*a*:*a*:*a*:*a*:*a*:*a*a*a*a*'],
    ['question marks in every field', `arn:${'?'.repeat(20)}:s3:${'?'.repeat(20)}:${'?'.repeat(20)}:*a${'?'.repeat(20)}`],
    ['colons', `arn:aws:s3:${':'.repeat(200)}*`],
    ['no field at all', ':::::'],
    ['stars and colons', `${'*:'.repeat(50)}*`],
    ['2,000 variables', bucket('${aws:username}'.repeat(2000))],
    ['a variable that is not closed', bucket('${aws:username')],
    ['variables inside variables', bucket('${'.repeat(200) + '}'.repeat(200))],
  ];

  test.each(patterns)('%s', (_name, pattern) => {
    for (const [, other] of patterns) {
      expectAnswers([decide(document(allow(pattern)), document(allow(other)))]);
      expectAnswers([decide(document(allow(pattern)), document(allow('*'), deny(other)))]);
      expectAnswers([decide(document(allow(pattern), deny(other)), document({ Effect: 'Allow', NotAction: 'sqs:*', NotResource: other }))]);
    }
  });

  test('a policy with a slow pattern never exceeds itself', () => {
    for (const [, pattern] of patterns) {
      expect([pattern, decide(document(allow(pattern)), document(allow(pattern))).kind]).not.toEqual([pattern, 'exceeds']);
    }
  });

  test('a decision ends within the budget that it has by default', () => {
    const [left, right] = [document(allow(bucket(`*${'a'.repeat(1000)}*`))), document(allow('*'), deny(bucket('*a'.repeat(40))))];
    const question: NarrowingQuestion = { session: readPolicy(left, 'session policy').policy, layers: [layer(readPolicy(right, 'role policy').policy)] };
    expectAnswers([decideNarrowing(question)]);
  });

  test('ten disjoint infix globs', () => {
    const globs = letters.map((letter) => bucket(`*${letter}${letter}${letter}*`));
    expectAnswers(decideAll(document(allow(globs)), document(allow('*'))));
    expectAnswers(decideAll(document(allow(globs)), document(...globs.map((glob) => allow(glob)))));
    expectAnswers(decideAll(document(allow('*')), document(allow('*'), ...globs.map((glob) => deny(glob)))));
    expectAnswers(decideAll(document({ Effect: 'Allow', Action: 's3:*', NotResource: globs }), document(allow('*'), deny(globs))));
    expectAnswers(decideAll(document(allow(globs), deny([...globs].reverse())), document(allow('*'), ...globs.map((glob) => deny(glob)))));
  });

  test('ten disjoint infix globs of actions', () => {
    const globs = letters.map((letter) => `s3:*${letter}${letter}${letter}*`);
    const all = allow('*', { Action: '*' });
    expectAnswers(decideAll(document(allow('*', { Action: globs })), document(all, { Effect: 'Deny', Action: globs, Resource: '*' })));
    expectAnswers(decideAll(document({ Effect: 'Allow', NotAction: globs, Resource: '*' }), document(all)));
  });
});

describe('Sizes', () => {
  test('10,000 statements in a role', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => allow(bucket(`data-${i}-*`)));
    expect(decide(document(allow(bucket('data-9999-x'))), document(...many)).kind).toBe('narrows');
    expectAnswers([decide(document(allow('*')), document(...many)), decide(document(allow(bucket('*-x'))), document(...many))]);
    expectAnswers([decide(document(allow(bucket('data'))), document(allow('*'), ...many.map((_, i) => deny(bucket(`*-${i}`)))))]);
  });

  test('1,000 statements on both sides', () => {
    const many = Array.from({ length: 1000 }, (_, i) => allow(bucket(`*data-${i}-*`)));
    expectAnswers([decide(document(...many), document(...many)), decide(document(...many, deny(bucket('*'))), document(...many, deny(bucket('*a*'))))]);
  });

  test('1,000 actions on 1,000 resources', () => {
    const Action = Array.from({ length: 1000 }, (_, i) => `s3:Get${i}*`);
    const Resource = Array.from({ length: 1000 }, (_, i) => bucket(`data-${i}*`));
    expectAnswers([decide(document({ Effect: 'Allow', Action, Resource }), document({ Effect: 'Allow', Action, Resource }))]);
  });

  test('1,000 condition keys with 100 values each', () => {
    const values = Array.from({ length: 100 }, (_, i) => `*value-${i}*`);
    const Condition = { StringLike: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`aws:RequestTag/${i}`, values])) };
    expectAnswers(decideAll(document(allow('*', { Condition })), document(allow('*'))));
  });

  test('patterns of 100,000 letters', () => {
    const [one, other] = [bucket(`*${'a'.repeat(100_000)}`), bucket(`*${'b'.repeat(100_000)}`)];
    expectAnswers([decide(document(allow(one)), document(allow('*'), deny(other)))]);
  });

  test('a budget of any size gives an answer', () => {
    const parsed = readPolicy(document(allow(letters.map((l) => bucket(`*${l}*`))), deny(bucket('*k*'))), 'policy').policy;
    for (const budget of [0, 1, 2, 3, 10, 100, 1000, 10_000]) {
      expectAnswers([decideNarrowing({ session: parsed, layers: [layer(parsed)] }, { budget })]);
    }
    const wider = readPolicy(document(allow('*'), deny(bucket('*q*'))), 'policy').policy;
    expect(decideNarrowing({ session: parsed, layers: [layer(wider)] }, { budget: 0 }).kind).toBe('undetermined');
  });
});

describe('Documents that are not policies', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

  test.each<[string, Json]>([
    ['null', null], ['a number', 1], ['a string', 'policy'], ['a list', []], ['an empty object', {}], ['a text with an atom',
      Text.of({ id: 'a', label: 'a', kind: ANY_TEXT })], ['what could not be read', new Unknown('a reason')],
    ['no statements', { Version: '2012-10-17', Statement: [] }],
    ['statements of other types', { Statement: [null, 1, 'x', [], {}, [statement], true] }],
    ['an empty action', document({ ...statement, Action: '' })],
    ['no actions', document({ ...statement, Action: [] })],
    ['an action that is an object', document({ ...statement, Action: { 's3:*': true } })],
    ['an empty resource', document({ ...statement, Resource: '' })],
    ['a version of another type', { Version: 20121017, Statement: statement }],
    ['conditions of other types', document({ ...statement, Condition: [] }, { ...statement, Condition: 'x' }, { ...statement, Condition: { Bool: 'x' } })],
    ['an operator that does not exist', document({ ...statement, Condition: { StringMatches: { a: 'b' } } })],
    ['an operator with two prefixes', document({ ...statement, Condition: { 'ForAllValues:ForAnyValue:StringEquals': { a: 'b' } } })],
    ['values of other types', document({ ...statement, Condition: { StringEquals: { a: [null, {}, [], ['b']] } } })],
    ['lists in lists, 100,000 deep', document({ ...statement, Action: nested(100_000, (inner) => [inner]) })],
    ['objects in objects, 100,000 deep', document({ ...statement, Condition: { StringEquals: { a: nested(100_000, (inner) => ({ a: inner })) } } })],
    ['lists in lists, 1,000 deep', document({ ...statement, Action: nested(1000, (inner) => [inner]) })],
    ['objects in objects, 1,000 deep', document({ ...statement, Condition: nested(1000, (inner) => ({ StringEquals: inner })) })],
    ['statements in statements', nested(1000, (inner) => ({ Version: '2012-10-17', Statement: inner }))],
  ])('%s', (_name, json) => {
    const read = readPolicy(json, 'policy');
    expect(read.problems.length).toBeGreaterThan(0);
    expectAnswers(decideAll(json, document(statement)));
  });
});

describe('Names that JavaScript knows', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length'];
  const parsed = (json: string) => JSON.parse(json) as Json;

  test.each(names)('%s as an element of a document', (name) => {
    const json = parsed(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"},"${name}":{"Effect":"Allow"}}`);
    expect(readPolicy(json, 'policy').problems).toHaveLength(1);
    expectAnswers(decideAll(json, json));
  });

  test.each(names)('%s as an element of a statement', (name) => {
    const json = parsed(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","${name}":{"Resource":"a"}}}`);
    expect(readPolicy(json, 'policy').problems).toHaveLength(1);
    expectAnswers(decideAll(json, json));
  });

  test.each(names)('%s as a condition operator', (name) => {
    const json = parsed(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"${name}":{"a":"b"}}}}`);
    expect(readPolicy(json, 'policy').problems).toHaveLength(1);
    expectAnswers(decideAll(json, json));
  });

  test.each(names)('%s as a condition key keeps the statement conditional', (name) => {
    const json = parsed(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"${name}":"b"}}}}`);
    expect(readPolicy(json, 'policy').problems).toEqual([]);
    expect(decide(document(allow('*')), json).kind).not.toBe('narrows');
    expect(decide(json, json).kind).toBe('narrows');
  });

  test.each(names)('%s as a policy variable', (name) => {
    const variable = document(allow(bucket(`\${${name}}`)));
    expect(decide(document(allow(bucket('data'))), variable).kind).not.toBe('narrows');
    expectAnswers(decideAll(variable, document(allow('*'), deny(bucket(`\${${name}}`)))));
  });

  test('reading a document changes no prototype', () => {
    readPolicy(parsed('{"__proto__":{"Statement":[]},"Statement":[{"__proto__":{"polluted":true},"Condition":{"__proto__":{"polluted":true}}}]}'), 'policy');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('Characters', () => {
  test.each<[string, string]>([
    ['a high surrogate alone', '\ud83d'],
    ['a low surrogate alone', '\ude00'],
    ['surrogates in the wrong order', '\ude00\ud83d'],
    ['a pair', '\ud83d\ude00'],
    ['a NUL', '\0'],
    ['a line break', '\n'],
    ['a letter whose lower case is longer', '\u0130'],
    ['letters that are equal without case only', '\u212a\u017f'],
    ['a combining mark', 'e\u0301'],
    ['a mark that changes the direction', '\u202e'],
    ['a backslash and brackets', '\\[a-z]+(x|y){2}^$.'],
  ])('%s', (_name, characters) => {
    for (const name of [characters, `*${characters}*`, `?${characters}?`, `\${${characters}}`, `\${aws:username, '${characters}'}`]) {
      const one = document(allow(bucket(name), { Condition: { StringLike: { [`aws:RequestTag/${characters}`]: name } } }));
      expect(decide(one, one).kind).not.toBe('exceeds');
      expectAnswers(decideAll(one, document(allow(bucket('data')), deny(bucket(name)))));
      expectAnswers(decideAll(document(allow('*', { Action: `s3:${characters}` })), one));
    }
  });

  test('2,048 random characters of many alphabets', () => {
    let state = 20121017;
    const random = (below: number) => {
      state = (state * 1664525 + 1013904223) % 2 ** 32;
      return Math.floor(state / 2 ** 32 * below);
    };
    const alphabets = ['ab', '*?', '*a', '?:', '${}', "${aws:username, '*'}", '*?:/-aA', String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))];
    for (const alphabet of alphabets) {
      const text = () => Array.from({ length: 2048 }, () => alphabet.charAt(random(alphabet.length))).join('');
      expectAnswers(decideAll(document(allow(bucket(text()))), document(allow(text()), deny(bucket(text())))));
      expectAnswers(decideAll(document(allow('*', { Action: `s3:${text()}` })), document(allow('*'))));
      readPolicy(text(), 'policy');
    }
  });
});

describe('Shapes that JSON has none of', () => {
  const cyclic: { [key: string]: Json } = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  cyclic.Statement = cyclic;

  test.each<[string, Json]>([
    ['a document in itself', cyclic],
    ['a statement in itself', document({ ...cyclic, Statement: [cyclic] })],
    ['an action of itself', document({ ...cyclic, Action: cyclic })],
    ['conditions of themselves', document(allow('*', { Condition: { StringEquals: cyclic, Bool: cyclic } }))],
    ['holes', document(allow(new Array<Json>(3)))],
    ['no prototype', Object.assign(Object.create(null) as { [key: string]: Json }, document(allow('*')))],
  ])('%s', (_name, json) => {
    readPolicy(json, 'policy');
    expectAnswers(decideAll(json, document(allow('*'))));
  });
});

describe('Numbers that JSON readers change', () => {
  test.each(['1e400', '-1e400', '9007199254740993', '123456789012345678901234567890'])('%s is not taken for what it is read as', (number) => {
    const json = document(allow('*', { Condition: { StringEquals: { 'aws:username': JSON.parse(number) as Json } } }));
    expect(readPolicy(json, 'policy').problems).toHaveLength(1);
  });
});

describe('Conditions that are not understood', () => {
  test('a set operator says that its key may have several values, whatever its own values say', () => {
    const contradiction = { DateEquals: { 'aws:CurrentTime': '1704067200' }, DateEqualsIfExists: { 'aws:CurrentTime': '12345' } };
    const role = document(allow('*', { Condition: { 'ForAllValues:DateEquals': { 'aws:CurrentTime': '9999-99-99' } } }));
    expect(decide(document(allow('*', { Condition: contradiction })), role).kind).toBe('undetermined');
  });

  test('a variable that is none denies nothing for certain', () => {
    const equalTo = (value: string) => deny('*', { Action: '*', Condition: { StringEquals: { 'aws:username': value } } });
    const role = document(allow('*', { Action: '*' }), equalTo("${aws:username, 'a'b'}"), equalTo('${ }'));
    expect(decide(document(allow('*', { Action: '*' })), role).kind).toBe('undetermined');
  });

  test.each(['${aws:username }', '${ aws:username}', "${aws:username , 'a'}"])('no witness has a key as it stands in %s', (variable) => {
    const role = document(allow('*'), deny('*', { Condition: { StringEquals: { 'aws:username': variable } } }));
    const verdict = decide(document(allow('*')), role);
    const keys = verdict.kind === 'exceeds' ? verdict.excesses.flatMap(({ witness }) => [...witness.context.keys()]) : [];
    expect(keys.filter((key) => key !== key.trim())).toEqual([]);
  });
});

// ---- Inputs at random ----

/** As many requests near the boundaries of two policies are sampled where the verdict is that nothing exceeds. */
const SAMPLES = 20;
/** As many failures of a source are shown. */
const SHOWN = 3;

interface Counts {
  unreadable: number;
  narrows: number;
  exceeds: number;
  undetermined: number;
  /** Witnesses that were replayed. */
  witnesses: number;
  /** Sampled requests, and those of them that the session policy allows. */
  sampled: number;
  /** Requests about which the evaluator has no answer: a range that is none, say. */
  unanswered: number;
}

interface Timed {
  readonly source: string;
  readonly index: number;
  readonly milliseconds: number;
}

const tally = new Map<string, Counts>();
let slowest: readonly Timed[] = [];

/** The documents as the evaluator takes them. */
function comparedIn({ session, identity }: HostileInput): Compared {
  return { session: session as unknown as PolicyDocument, identity: identity as unknown as readonly PolicyDocument[] };
}

/** Whether the request exceeds; `undefined` where the evaluator has no answer. */
function exceeds(compared: Compared, request: Request, reading: Reading): boolean | undefined {
  try {
    return exceedsFor(compared, request, reading);
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) { return undefined; } // of `BigInt`: no address, or no range
    throw error;
  }
}

/** What is wrong with the verdict, if anything is. */
function wrongIn(input: HostileInput, verdict: Verdict, dice: Dice, counts: Counts): unknown {
  const compared = comparedIn(input);
  if (verdict.kind === 'exceeds') {
    return verdict.excesses.length === 0 ? 'no excess' : firstOf(verdict.excesses, ({ witness }) => wrongWitness(compared, witness, counts));
  }
  return verdict.kind === 'narrows' ? sampledExcess(compared, dice, counts) : undefined;
}

function wrongWitness(compared: Compared, { action, resource, context }: Request, counts: Counts): unknown {
  const request: Request = { action, resource, context };
  counts.witnesses++;
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action) || !isRequestResource(resource)) { return { request: shown(request), wrong: 'no request' }; }
  const about = aboutAction(compared, action);
  const results = readingsFor(about, request).map((reading) => ({ reading, result: exceeds(about, request, reading) }));
  if (results.some(({ result }) => result === undefined)) { counts.unanswered++; }
  const failing = results.find(({ result }) => result === false);
  return failing && { request: shown(request), failing: failing.reading };
}

/** A request that exceeds although nothing should. */
function sampledExcess(compared: Compared, dice: Dice, counts: Counts): unknown {
  if (!statementsOf(compared.session).some(({ Effect }) => Effect === 'Allow')) { return undefined; }
  const near = new BoundaryRequests(compared, dice);
  const severalValues = keysWithSeveralValues(compared);
  for (let i = 0; i < SAMPLES; i++) {
    const request = withSingleValues(near.request(), severalValues);
    const about = aboutAction(compared, request.action);
    const reading = dice.pick(readingsFor(about, request).filter((r) => isPlausible(r, about)));
    counts.sampled++;
    const result = exceeds(about, request, reading);
    if (result === undefined) { counts.unanswered++; }
    if (result) { return { request: shown(request), reading }; }
  }
  return undefined;
}

/** Set operators are for keys that have several values, and only they are. */
function keysWithSeveralValues({ session, identity }: Compared): ReadonlySet<string> {
  return new Set(['aws:tagkeys', ...[session, ...identity].flatMap(statementsOf).flatMap((s) => Object.entries(s.Condition ?? {}))
    .flatMap(([operator, keys]) => (operator.includes(':') ? Object.keys(keys).map((key) => key.toLowerCase()) : []))]);
}

function withSingleValues(request: Request, severalValues: ReadonlySet<string>): Request {
  const context = [...request.context].flatMap(([key, value]): Array<[string, string | readonly string[]]> => (
    typeof value === 'string' || severalValues.has(key) ? [[key, value]] : value.slice(0, 1).map((one) => [key, one])));
  return { ...request, context: new Map(context) };
}

/** Were Resource ignored for a Deny as well, one denial of any resource would make every comparison fail. */
function isPlausible(reading: Reading, { session, identity }: Compared): boolean {
  return reading.starResource === 'as text' || [session, ...identity].flatMap(statementsOf).every(({ Effect }) => Effect === 'Allow');
}

function firstOf<T>(items: readonly T[], of: (item: T) => unknown): unknown {
  for (const item of items) {
    const result = of(item);
    if (result !== undefined) { return result; }
  }
  return undefined;
}

function shown({ action, resource, context }: Request): unknown {
  return { action, resource, context: [...context] };
}

function shortened(input: HostileInput): string {
  const text = JSON.stringify(input);
  return text.length > 3000 ? `${text.slice(0, 3000)}…` : text;
}

/** What goes wrong with the input, if anything does. */
function failureOf(source: Source, index: number, counts: Counts): unknown {
  const input = inputOf(source, SEED, index);
  try {
    const start = performance.now();
    const { verdict, readable } = answer(input);
    noteTime({ source: source.name, index, milliseconds: performance.now() - start });
    if (!KINDS.includes(verdict.kind)) { return { index, verdict, input: shortened(input) }; }
    if (readable) { counts[verdict.kind]++; } else { counts.unreadable++; }
    const wrong = readable && !source.symbolic
      ? wrongIn(input, verdict, diceOf(index, SEED, 'requests', source.name), counts) ?? wrongAboutItself(input)
      : undefined;
    return wrong && { index, kind: verdict.kind, wrong, input: shortened(input) };
  } catch (error) {
    return { index, thrown: error instanceof Error ? error.stack : error, input: shortened(input) };
  }
}

/** A policy never exceeds itself. */
function wrongAboutItself({ session }: HostileInput): unknown {
  return answer({ session, identity: [session] }).verdict.kind === 'exceeds' ? 'exceeds itself' : undefined;
}

function noteTime(timed: Timed): void {
  if (slowest.length < 5 || timed.milliseconds > slowest[4].milliseconds) {
    slowest = [...slowest, timed].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
  }
}

/** Past jest, which would show where it was written from as well. */
function print(line: string): void {
  fs.writeSync(1, `${line}\n`);
}

describe('Inputs at random', () => {
  const prototypes = [Object, Array, String, Number, Boolean, Function, Map, Set, RegExp].map((type) => type.prototype as object);
  const own = () => prototypes.map((prototype) => Reflect.ownKeys(prototype));
  const before = own();

  test.each(SOURCES.map((source): [string, Source] => [source.name, source]))('%s', (name, source) => {
    const counts: Counts = { unreadable: 0, narrows: 0, exceeds: 0, undetermined: 0, witnesses: 0, sampled: 0, unanswered: 0 };
    tally.set(name, counts);
    const failures: unknown[] = [];
    for (let index = 0; index < countOf(source, RUNS) && failures.length < SHOWN; index++) {
      const failure = failureOf(source, index, counts);
      if (failure !== undefined) { failures.push(failure); }
    }
    expect(failures).toEqual([]);
  });

  test('leave the prototypes as they were', () => {
    expect(own()).toEqual(before);
    expect(Object.keys({}).length + Object.keys([]).length).toBe(0);
  });

  test('meet each verdict, and documents that cannot be read', () => {
    const total = (of: keyof Counts) => [...tally.values()].reduce((sum, counts) => sum + counts[of], 0);
    const parts = (['unreadable', 'narrows', 'exceeds', 'undetermined'] as const).map((of) => total(of));
    const inputs = parts.reduce((a, b) => a + b);
    expect(parts.filter((count) => count / inputs < 0.05)).toEqual([]);
  });

  afterAll(() => {
    print(`hostile inputs with FC_SEED=${SEED}:`);
    for (const [name, counts] of tally) { print(`  ${name}: ${JSON.stringify(counts)}`); }
    if (process.env.FUZZ_VERBOSE) {
      for (const { source, index, milliseconds } of slowest) { print(`  slow: ${milliseconds.toFixed(1)} ms, input ${index} of '${source}'`); }
    }
  });
});
