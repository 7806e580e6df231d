import { decideNarrowing, Json, KnownAction, Layer, NarrowingQuestion, Policy, readPolicy, Text, Unknown, Verdict } from '../../lib/engine';
import { ANY_TEXT } from '../../lib/template/value-kinds';

// Whatever a policy says, a decision ends, and ends without an exception. No test here looks at a clock: what takes too
// long takes too many steps, and the engine counts those.

const BUDGET = 500_000;
const KINDS = ['narrows', 'exceeds', 'undetermined'];
const KNOWN_ACTIONS: readonly KnownAction[] = [{ action: 's3:GetObject', resource: 'arn:aws:s3:::data/key' }];

function document(...statements: Json[]): Json {
  return { Version: '2012-10-17', Statement: statements };
}

function allow(resource: Json, rest: { readonly [element: string]: Json } = {}): Json {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: resource, ...rest };
}

function deny(resource: Json): Json {
  return { Effect: 'Deny', Action: 's3:*', Resource: resource };
}

function bucket(name: string): string {
  return `arn:aws:s3:::${name}`;
}

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
    expectAnswers(decideAll(document(allow('*')), document(allow('*'), ...globs.map(deny))));
    expectAnswers(decideAll(document({ Effect: 'Allow', Action: 's3:*', NotResource: globs }), document(allow('*'), deny(globs))));
    expectAnswers(decideAll(document(allow(globs), deny([...globs].reverse())), document(allow('*'), ...globs.map(deny))));
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
    expect(decideNarrowing({ session: parsed, layers: [layer(parsed)] }, { budget: 0 }).kind).toBe('undetermined');
  });
});

describe('Documents that are not policies', () => {
  const nested = (depth: number, wrap: (inner: Json) => Json): Json => {
    let value: Json = 's3:GetObject';
    for (let i = 0; i < depth; i++) { value = wrap(value); }
    return value;
  };
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
