import { SymbolicString } from '../../lib/engine';
import { parseDocument } from '../../lib/template/parse-document';
import { variable } from '../engine/make';

test.each<[string, string | SymbolicString, unknown]>([
  ['plain JSON', '{"a":["b"]}', { document: { a: ['b'] } }],
  ['a symbolic variable in a string',
    SymbolicString.of('{"a":"x', variable('A'), '/*"}'),
    { document: { a: SymbolicString.of('x', variable('A'), '/*') } }],
  ['a symbolic variable that is the string',
    SymbolicString.of('["', variable('A'), '","', variable('B'), '"]'),
    { document: [SymbolicString.of(variable('A')), SymbolicString.of(variable('B'))] }],
  ['a symbolic variable in a key',
    SymbolicString.of('{"', variable('A'), '":1}'),
    { document: { '\uE0000\uE001': { reason: 'a key that is known at deployment only' } } }],
  ['a symbolic variable outside of a string',
    SymbolicString.of('{"a":', variable('A'), '}'),
    { unknown: 'a value that is known at deployment only stands outside of a JSON string' }],
  ['nothing', '', { invalid: 'it is empty' }],
  ['no JSON', '{"a":1,}', { invalid: expect.stringContaining('it stops being JSON near') }],
  ['no JSON, with a symbolic variable',
    SymbolicString.of('{"a":"', variable('A'), '"'), { invalid: expect.stringContaining('it stops being JSON near') }],
  ['characters that would be marks', '{"a":"\uE0000\uE001"}', { unknown: expect.stringContaining('U+E000') }],
  ['escapes that would be marks', '{"a":"\\uE0000\\ue001"}', { unknown: expect.stringContaining('U+E000') }],
])('%s', (_name, text, expected) => {
  expect(parseDocument(text)).toEqual(expected);
});
