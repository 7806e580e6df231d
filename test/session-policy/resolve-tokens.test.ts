import { Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { resolveTokens } from '../../lib/session-policy/resolve-tokens';

const list = Token.asList({ Ref: 'List' });
const text = Token.asString({ Ref: 'Name' });
const number = Token.asNumber({ Ref: 'Number' });

const VALUES: ReadonlyArray<[string, unknown]> = [
  ['plain values', { a: 'text', b: 1, c: true, d: null, e: ['x', { f: 'y' }] }],
  ['nothing', undefined],
  ['members and items that are not there', { a: undefined, b: ['x', undefined, 'y'] }],
  ['a token in a string', { a: `arn:${text}:x` }],
  ['a token that is the whole value', { a: Lazy.any({ produce: () => ({ b: 'c' }) }) }],
  ['a token that makes nothing', { a: Lazy.any({ produce: () => undefined }), b: [Lazy.string({ produce: () => undefined }), 'x'] }],
  ['a token in a key', { [Lazy.string({ produce: () => 'key' })]: 'x' }],
  ['a list that is a token', { a: list }],
  ['a list token among others', [text, 'x']],
  ['a number that is a token', { a: number, b: `${number}` }],
  ['a token that makes tokens', { a: Lazy.any({ produce: () => [text, { b: text }] }) }],
  ['an intrinsic as it stands', { a: { 'Fn::Join': ['', ['a', { Ref: 'B' }]] } }],
  ['an intrinsic of the CDK', { a: Fn.join('-', ['a', text]), b: [Fn.getAtt('A', 'Arn')] }],
  ['a date', { a: new Date(0) }],
  ['what looks like a token', { a: 'Token[', b: '1e+289' }],
];

test.each(VALUES)('is what the CDK makes of %s', (_, value) => {
  const stack = new Stack();
  const resolve = (inner: unknown) => stack.resolve(inner);
  expect(resolveTokens(value, { text: resolve, other: resolve })).toEqual(stack.resolve(value));
});

test('loses no member', () => {
  const json = '{"__proto__":{"a":"b"},"c":{"__proto__":"d"}}';
  expect(JSON.stringify(resolveTokens(JSON.parse(json), { text: String, other: String }))).toBe(json);
});

test('rejects what the CDK rejects', () => {
  const stack = new Stack();
  const resolve = (inner: unknown) => stack.resolve(inner);
  expect(() => resolveTokens({ a: `x${list[0]}` }, { text: resolve, other: resolve })).toThrow('list token');
  expect(() => resolveTokens({ a: () => 1 }, { text: resolve, other: resolve })).toThrow('non-data object');
});

test('asks the CDK for what holds tokens only, and says whether they are in text', () => {
  const texts: unknown[] = [];
  const others: unknown[] = [];
  resolveTokens({ a: 'x', b: ['y', { c: text }, `${number}`], d: true, e: list, f: number, g: { [text]: 'x' } }, {
    text: (value) => texts.push(value),
    other: (value) => others.push(value),
  });
  expect(texts).toEqual([text, `${number}`]);
  expect(others).toEqual([list, number, { [text]: 'x' }]);
});
