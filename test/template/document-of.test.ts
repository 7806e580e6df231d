import { Text } from '../../lib/engine';
import { parseDocument } from '../../lib/template/document-of';
import { atom } from '../engine/make';

test.each<[string, string | Text, unknown]>([
  ['plain JSON', '{"a":["b"]}', { document: { a: ['b'] } }],
  ['an atom in a string', Text.of('{"a":"x', atom('A'), '/*"}'), { document: { a: Text.of('x', atom('A'), '/*') } }],
  ['an atom that is the string', Text.of('["', atom('A'), '","', atom('B'), '"]'), { document: [Text.of(atom('A')), Text.of(atom('B'))] }],
  ['an atom in a key', Text.of('{"', atom('A'), '":1}'), { document: { '\uE0000\uE001': { reason: 'a key that is known at deployment only' } } }],
  ['an atom outside of a string', Text.of('{"a":', atom('A'), '}'), { unknown: 'a value that is known at deployment only stands outside of a JSON string' }],
  ['nothing', '', { invalid: 'it is empty' }],
  ['no JSON', '{"a":1,}', { invalid: expect.stringContaining('it stops being JSON near') }],
  ['no JSON, with an atom', Text.of('{"a":"', atom('A'), '"'), { invalid: expect.stringContaining('it stops being JSON near') }],
  ['characters that would be marks', '{"a":"\uE0000\uE001"}', { unknown: expect.stringContaining('U+E000') }],
  ['escapes that would be marks', '{"a":"\\uE0000\\ue001"}', { unknown: expect.stringContaining('U+E000') }],
])('%s', (_name, text, expected) => {
  expect(parseDocument(text)).toEqual(expected);
});
