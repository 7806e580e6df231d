import * as fc from 'fast-check';
import { insideBraces, outsideBraces, splitBraces } from '../../lib/util/braces';

test.each<[string, string[]]>([
  ['', ['']],
  ['a', ['a']],
  ['${a}', ['', 'a', '']],
  ['a${b}c${d}', ['a', 'b', 'c', 'd', '']],
  ['${a${b}c}', ['', 'a${b', 'c}']],
  ['${}}$${', ['', '', '}$${']],
  ['a${b', ['a${b']],
])('%j', (text, pieces) => {
  expect(splitBraces(text)).toEqual(pieces);
  expect(insideBraces(text)).toEqual(pieces.filter((_, i) => i % 2 === 1));
  expect(outsideBraces(text)).toEqual(pieces.filter((_, i) => i % 2 === 0));
});

test('the pieces are those of the regular expression', () => {
  const text = fc.string({ unit: fc.constantFrom('$', '{', '}', 'a'), maxLength: 20 });
  fc.assert(fc.property(text, (one) => {
    expect(splitBraces(one)).toEqual(one.split(/\$\{([^}]*)\}/));
  }));
});
