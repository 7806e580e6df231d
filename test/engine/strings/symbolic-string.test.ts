import {
  lengthOf, sameText, type StringPart, SymbolicString, type SymbolicVariable, textKey, type TextLength,
} from '../../../lib/engine';
import { partsOf } from '../../../lib/engine/strings/symbolic-string';
import { BUCKET, variable } from '../make';

const A = variable('A', BUCKET);
const B = variable('B');

test.each<[string, Array<StringPart | SymbolicString>, unknown]>([
  ['nothing', [], ''],
  ['empty pieces', ['', ''], ''],
  ['literals become one', ['a', '', 'b'], 'ab'],
  ['literals beside a symbolic variable', ['a', 'b', A, 'c', 'd'], ['ab', A, 'cd']],
  ['texts inside', [SymbolicString.of('x', A), 'y', SymbolicString.of(B)], ['x', A, 'y', B]],
  ['a symbolic variable alone', [A], [A]],
])('Text.of %s', (_name, pieces, expected) => {
  const text = SymbolicString.of(...pieces);
  expect(typeof text === 'string' ? text : text.parts).toEqual(expected);
});

test('a text reads as people know its symbolic variables', () => {
  const text = SymbolicString.of('arn:', A, '/*');
  expect(String(text)).toBe('arn:${A}/*');
  expect(JSON.stringify({ text })).toBe('{"text":"arn:${A}/*"}');
});

test('parts of a plain string', () => {
  expect(partsOf('')).toEqual([]);
  expect(partsOf('a')).toEqual(['a']);
});

const usual = (part: SymbolicVariable, expected: number): SymbolicVariable => (
  { ...part, kind: { ...part.kind, usual: { expected, longest: expected } } });
const FIXED: SymbolicVariable = { ...A, kind: { ...A.kind, minLength: 12, maxLength: 12 } };

test.each<[string | SymbolicString, TextLength]>([
  ['', { min: 0, max: 0, expected: 0 }],
  ['abc', { min: 3, max: 3, expected: 3 }],
  [SymbolicString.of('ab', A), { min: 5, max: 65, expected: undefined }],
  [SymbolicString.of('ab', A, B), { min: 5, max: undefined, expected: undefined }],
  [SymbolicString.of('ab', usual(A, 20), usual(B, 4)), { min: 5, max: undefined, expected: 26 }],
  [SymbolicString.of('ab', usual(A, 20), B), { min: 5, max: undefined, expected: undefined }],
  [SymbolicString.of('ab', FIXED), { min: 14, max: 14, expected: 14 }],
])('%s has a length', (text, expected) => {
  expect(lengthOf(text)).toEqual(expected);
});

test.each<[string | SymbolicString, string | SymbolicString, boolean]>([
  ['a', 'a', true],
  ['a', 'b', false],
  [SymbolicString.of('a', A), SymbolicString.of('a', A), true],
  [SymbolicString.of('a', A), SymbolicString.of('a', B), false],
  [SymbolicString.of('a', A), SymbolicString.of('b', A), false],
  [SymbolicString.of('a', A), 'a', false],
  [SymbolicString.of(A), 'A', false],
  [SymbolicString.of(A, B), SymbolicString.of(A), false],
  [SymbolicString.of(A), '[["A"]]', false],
])('%s and %s: the same, %s', (a, b, expected) => {
  expect(sameText(a, b)).toBe(expected);
  expect(textKey(a) === textKey(b)).toBe(expected);
});
