import { decide, decideAll, expectAnswers } from './decide';
import { allow, bucket, deny, document } from './documents';
import { nested } from './json-shapes';
import { Json, parsePolicy, SymbolicString, Unresolved } from '../../../lib/engine';
import { ANY_TEXT } from '../../../lib/template/value-kinds';

// Whatever a policy says, a decision ends, ends without an exception, and is right. No test here looks at a clock: what takes
// too long takes too many steps, and the engine counts those. bench/hostile.ts measures hostile inputs.

describe('Documents that are not policies', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

  test.each<[string, Json]>([
    ['null', null], ['a number', 1], ['a string', 'policy'], ['a list', []],
    ['an empty object', {}],
    ['a text with a symbolic variable',
      SymbolicString.of({ id: 'a', label: 'a', kind: ANY_TEXT })],
    ['what could not be read', new Unresolved('a reason')],
    ['no statements', { Version: '2012-10-17', Statement: [] }],
    ['statements of other types', { Statement: [null, 1, 'x', [], {}, [statement], true] }],
    ['an empty action', document({ ...statement, Action: '' })],
    ['no actions', document({ ...statement, Action: [] })],
    ['an action that is an object', document({ ...statement, Action: { 's3:*': true } })],
    ['an empty resource', document({ ...statement, Resource: '' })],
    ['a version of another type', { Version: 20121017, Statement: statement }],
    ['conditions of other types',
      document({ ...statement, Condition: [] }, { ...statement, Condition: 'x' },
        { ...statement, Condition: { Bool: 'x' } })],
    ['an operator that does not exist', document({ ...statement, Condition: { StringMatches: { a: 'b' } } })],
    ['an operator with two prefixes',
      document({ ...statement, Condition: { 'ForAllValues:ForAnyValue:StringEquals': { a: 'b' } } })],
    ['values of other types', document({ ...statement, Condition: { StringEquals: { a: [null, {}, [], ['b']] } } })],
    ['lists in lists, 100,000 deep', document({ ...statement, Action: nested(100_000, (inner) => [inner]) })],
    ['objects in objects, 100,000 deep',
      document({ ...statement, Condition: { StringEquals: { a: nested(100_000, (inner) => ({ a: inner })) } } })],
    ['lists in lists, 1,000 deep', document({ ...statement, Action: nested(1000, (inner) => [inner]) })],
    ['objects in objects, 1,000 deep',
      document({ ...statement, Condition: nested(1000, (inner) => ({ StringEquals: inner })) })],
    ['statements in statements', nested(1000, (inner) => ({ Version: '2012-10-17', Statement: inner }))],
  ])('%s', (_name, json) => {
    const read = parsePolicy(json, 'policy');
    expect(read.problems.length).toBeGreaterThan(0);
    expectAnswers(decideAll(json, document(statement)));
  });
});

describe('Names that JavaScript knows', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length'];
  const parsed = (json: string) => JSON.parse(json) as Json;

  test.each(names)('%s as an element of a document', (name) => {
    const json = parsed(
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"},"${name}":{"Effect":"Allow"}}`,
    );
    expect(parsePolicy(json, 'policy').problems).toHaveLength(1);
    expectAnswers(decideAll(json, json));
  });

  test.each(names)('%s as an element of a statement', (name) => {
    const json = parsed(
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","${name}":{"Resource":"a"}}}`,
    );
    expect(parsePolicy(json, 'policy').problems).toHaveLength(1);
    expectAnswers(decideAll(json, json));
  });

  test.each(names)('%s as a condition operator', (name) => {
    const json = parsed(
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"${name}":{"a":"b"}}}}`,
    );
    expect(parsePolicy(json, 'policy').problems).toHaveLength(1);
    expectAnswers(decideAll(json, json));
  });

  test.each(names)('%s as a condition key keeps the statement conditional', (name) => {
    const json = parsed(
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"${name}":"b"}}}}`,
    );
    expect(parsePolicy(json, 'policy').problems).toEqual([]);
    expect(decide(document(allow('*')), json).kind).not.toBe('narrows');
    expect(decide(json, json).kind).toBe('narrows');
  });

  test.each(names)('%s as a policy variable', (name) => {
    const variable = document(allow(bucket(`\${${name}}`)));
    expect(decide(document(allow(bucket('data'))), variable).kind).not.toBe('narrows');
    expectAnswers(decideAll(variable, document(allow('*'), deny(bucket(`\${${name}}`)))));
  });

  test('reading a document changes no prototype', () => {
    parsePolicy(
      parsed('{"__proto__":{"Statement":[]},"Statement":[{"__proto__":{"polluted":true},"Condition":{"__proto__":{"polluted":true}}}]}'),
      'policy',
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
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
    parsePolicy(json, 'policy');
    expectAnswers(decideAll(json, document(allow('*'))));
  });
});

describe('Numbers that JSON readers change', () => {
  test.each([
    '1e400', '-1e400', '9007199254740993', '123456789012345678901234567890',
  ])('%s is not taken for what it is read as', (number) => {
    const json = document(allow('*', { Condition: { StringEquals: { 'aws:username': JSON.parse(number) as Json } } }));
    expect(parsePolicy(json, 'policy').problems).toHaveLength(1);
  });
});
