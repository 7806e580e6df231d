import { Json, SymbolicString } from '../../../lib/engine';
import { presenceCondition, readCondition } from '../../../lib/engine/policy/condition-entry';
import { implies } from '../../../lib/engine/policy/implies';
import { allow, condition, statement, variable } from '../make';

const NEW = '2012-10-17';
const OLD = '2008-10-17';
const entries = (asked: Json | string, version = NEW) =>
  statement(allow('s3:Get', '*', typeof asked === 'string' ? condition(asked) : asked), version).conditions;
const X = SymbolicString.of('a', variable('X'));
const Y = SymbolicString.of('a', variable('Y'));

describe('conditions that say the same', () => {
  test.each<[string, Json | string, Json | string, boolean]>([
    ['the same text', 'StringEquals k a', 'StringEquals k a', true],
    ['a key in another case: keys are compared without', 'StringEquals aws:SourceVpc a',
      'StringEquals aws:sourcevpc a', true],
    ['values in another order: one of them is enough', 'StringEquals k a|b', 'StringEquals k b|a', true],
    ['a value twice', 'StringEquals k a|a', 'StringEquals k a', true],
    ['a value that is not a list', { StringEquals: { k: 'a' } }, { StringEquals: { k: ['a'] } }, true],
    ['a boolean and its text', { Bool: { k: true } }, { Bool: { k: 'true' } }, true],
    ['a number and its text', { NumericEquals: { k: 1 } }, { NumericEquals: { k: '1' } }, true],
    ['the same intrinsic', { StringEquals: { k: X } }, { StringEquals: { k: X } }, true],
    ['one key equals the other, from either side', 'StringEquals k ${l}', 'StringEquals l ${k}', true],
    ['one key equals the other, twice', 'StringEquals k ${l}|${l}', 'StringEquals l ${k}', true],
    ['one key does not equal the other, from either side', 'StringNotEquals k ${l}', 'StringNotEquals l ${k}', true],
    ['another value', 'StringEquals k a', 'StringEquals k b', false],
    ['a value in another case', 'StringEquals k a', 'StringEquals k A', false],
    ['one value more', 'StringEquals k a|b', 'StringEquals k a', false],
    ['another key', 'StringEquals k a', 'StringEquals l a', false],
    ['another operator', 'StringEquals k a', 'StringLike k a', false],
    ['where the key may be missing', 'StringEquals k a', 'StringEqualsIfExists k a', false],
    ['for lists', 'ForAllValues:StringEquals k a', 'ForAnyValue:StringEquals k a', false],
    ['another intrinsic', { StringEquals: { k: X } }, { StringEquals: { k: Y } }, false],
    ['an intrinsic and its label', { StringEquals: { k: X } }, { StringEquals: { k: 'a${X}' } }, false],
    ['a text and an escaped one', 'StringLike k *', 'StringLike k ${*}', false],
    ['an equality with more around it', 'StringEquals k ${l}x', 'StringEquals l ${k}x', false],
    ['a pattern of a variable: only the variable is one', 'StringLike k ${l}', 'StringLike l ${k}', false],
    ['an equality with a default', "StringEquals k ${l,'x'}", "StringEquals l ${k,'x'}", false],
    ['an equality where the key may be missing', 'StringEqualsIfExists k ${l}', 'StringEqualsIfExists l ${k}', false],
    ['an equality of keys in another case', 'StringEquals K ${l}', 'StringEquals k ${L}', true],
  ])('%s: %j and %j: %s', (_name, a, b, expected) => {
    expect(entries(a).map((e) => e.id)[0] === entries(b).map((e) => e.id)[0]).toBe(expected);
  });

  test.each<[string, Json | string, boolean]>([
    ['without variables', 'StringEquals k a', true],
    ['${…} is a variable in the one, text in the other', 'StringEquals k ${l}', false],
    ['an escape in the one, text in the other', 'StringEquals k ${*}', false],
    ['text of which nothing is known may have one', { StringEquals: { k: X } }, false],
  ])('under both Versions: %s', (_name, asked, expected) => {
    expect(entries(asked, NEW)[0].id === entries(asked, OLD)[0].id).toBe(expected);
  });

  test('without variables, an equality of keys is none', () => {
    expect(entries('StringEquals k ${l}', OLD)[0].id).not.toBe(entries('StringEquals l ${k}', OLD)[0].id);
  });
});

test('a condition keeps what was written', () => {
  const [entry] = entries({ 'ForAnyValue:StringLike': { 'aws:TagKeys': ['a*', 'b'] } });
  const { operator, keyName, key, values } = entry;
  expect({ operator, keyName, key, values }).toEqual({
    operator: 'ForAnyValue:StringLike', keyName: 'aws:TagKeys', key: 'aws:tagkeys', values: ['a*', 'b'],
  });
});

describe('conditions of the engine', () => {
  test('they are in the language that has variables', () => {
    const own = readCondition('StringLike', 'aws:SourceVpc', ['${k}*']);
    const [written] = entries({ StringLike: { 'aws:SourceVpc': '${k}*' } });
    expect([own.key, own.id, own.meaning]).toEqual([written.key, written.id, written.meaning]);
    expect(own.id).not.toBe(entries({ StringLike: { 'aws:SourceVpc': '${k}*' } }, OLD)[0].id);
  });

  test.each([[true, 'Null k true'], [false, 'Null k false']])('that a key is missing: %s', (missing, text) => {
    const own = presenceCondition('K', missing);
    expect(own).toMatchObject({ operator: 'Null', keyName: 'K', key: 'k', values: [String(missing)] });
    expect([own.id, own.meaning]).toEqual([entries(text)[0].id, { type: 'presence', missing: [missing] }]);
  });
});

describe('conditions that imply others', () => {
  test.each<[string, string, string, boolean]>([
    ['the same', 'StringEquals k a', 'StringEquals k a', true],
    ['one more', 'StringEquals k a & Bool l true', 'StringEquals k a', true],
    ['one less', 'StringEquals k a', 'StringEquals k a & Bool l true', false],
    ['in another order', 'StringEquals k a & Bool l true', 'Bool l true & StringEquals k a', true],
    ['what they mean is not looked at', 'StringEquals k a', 'StringLike k a*', false],
    ['another key', 'StringEquals k a', 'StringEquals l a', false],
  ])('%s: %s implies %s: %s', (_name, stronger, weaker, expected) => {
    expect(implies(entries(stronger), entries(weaker))).toBe(expected);
  });

  test('any conditions imply none; none imply none but none', () => {
    expect([implies(entries('StringEquals k a'), []), implies([], []), implies([], entries('StringEquals k a'))])
      .toEqual([true, true, false]);
  });
});
