import { SymbolicMember, SymbolicString } from '../../lib/engine';
import { parseDocument } from '../../lib/template/parse-document';
import { variable } from '../engine/make';

const symbolic = (id: string) => SymbolicString.of(variable(id)) as SymbolicString;

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
    { document: { '${A}': new SymbolicMember(symbolic('A'), 1) } }],
  ['two symbolic variables with one label in keys',
    SymbolicString.of('{"', variable('A'), '":1,"', { ...variable('B'), label: '${A}' }, '":2}'),
    {
      document: {
        '${A}': new SymbolicMember(symbolic('A'), 1),
        "${A}'": new SymbolicMember(SymbolicString.of({ ...variable('B'), label: '${A}' }) as SymbolicString, 2),
      },
    }],
  ['the same symbolic variable in two keys',
    SymbolicString.of('{"a":[{"k-', variable('A'), '":1,"k-', variable('A'), '":2}]}'),
    { invalid: expect.stringMatching(/^"k-\$\{A\}" is repeated in a\[0\]: /) }],
  ['a repeated name', '{"a":1,"a":2}', { invalid: expect.stringMatching(/^"a" is repeated: /) }],
  ['a repeated name that an escape hides', '{"a":1,"\\u0061":2}',
    { invalid: expect.stringContaining('"a" is repeated') }],
  ['a symbolic variable outside of a string',
    SymbolicString.of('{"a":', variable('A'), '}'),
    { unknown: 'a deploy-time value is outside a JSON string' }],
  ['nothing', '', { invalid: 'it is empty' }],
  ['no JSON', '{"a":1,}', { invalid: expect.stringContaining('it stops being JSON near') }],
  ['no JSON, with a symbolic variable',
    SymbolicString.of('{"a":"', variable('A'), '"'), { invalid: expect.stringContaining('it stops being JSON near') }],
  ['characters that would be marks', '{"a":"\uE0000\uE001"}', { unknown: expect.stringContaining('U+E000') }],
  ['escapes that would be marks', '{"a":"\\uE0000\\ue001"}', { unknown: expect.stringContaining('U+E000') }],
])('%s', (_name, text, expected) => {
  expect(parseDocument(text)).toEqual(expected);
});
