import { atom, BUCKET } from './make';
import { lengthOf, sameText, Text, textKey, type TextPart } from '../../lib/engine';
import { partsOf } from '../../lib/engine/text';

const A = atom('A', BUCKET);
const B = atom('B');

test.each<[string, Array<TextPart | Text>, unknown]>([
  ['nothing', [], ''],
  ['empty pieces', ['', ''], ''],
  ['literals become one', ['a', '', 'b'], 'ab'],
  ['literals beside an atom', ['a', 'b', A, 'c', 'd'], ['ab', A, 'cd']],
  ['texts inside', [Text.of('x', A), 'y', Text.of(B)], ['x', A, 'y', B]],
  ['an atom alone', [A], [A]],
])('Text.of %s', (_name, pieces, expected) => {
  const text = Text.of(...pieces);
  expect(typeof text === 'string' ? text : text.parts).toEqual(expected);
});

test('a text reads as people know its atoms', () => {
  const text = Text.of('arn:', A, '/*');
  expect(String(text)).toBe('arn:${A}/*');
  expect(JSON.stringify({ text })).toBe('{"text":"arn:${A}/*"}');
});

test('parts of a plain string', () => {
  expect(partsOf('')).toEqual([]);
  expect(partsOf('a')).toEqual(['a']);
});

test.each<[string | Text, { min: number; max?: number }]>([
  ['', { min: 0, max: 0 }],
  ['abc', { min: 3, max: 3 }],
  [Text.of('ab', A), { min: 5, max: 65 }],
  [Text.of('ab', A, B), { min: 5, max: undefined }],
])('%s has a length', (text, expected) => {
  expect(lengthOf(text)).toEqual(expected);
});

test.each<[string | Text, string | Text, boolean]>([
  ['a', 'a', true],
  ['a', 'b', false],
  [Text.of('a', A), Text.of('a', A), true],
  [Text.of('a', A), Text.of('a', B), false],
  [Text.of('a', A), Text.of('b', A), false],
  [Text.of('a', A), 'a', false],
  [Text.of(A), 'A', false],
  [Text.of(A, B), Text.of(A), false],
  [Text.of(A), '[["A"]]', false],
])('%s and %s: the same, %s', (a, b, expected) => {
  expect(sameText(a, b)).toBe(expected);
  expect(textKey(a) === textKey(b)).toBe(expected);
});
