import * as fc from 'fast-check';
import { parseJson } from '../../cli/policies/parse-json';
import { runs } from '../runs';

const said = (text: string): string => {
  try {
    return `value ${JSON.stringify(parseJson(text, 'f'))}`;
  } catch (e) {
    return (e as Error).message;
  }
};

test.each<[string, string]>([
  ['{"a": [1, true, "x"]}', 'value {"a":[1,true,"x"]}'],
  ['', 'f:1:1: not JSON: value expected, found nothing, because the text is empty'],
  [' \n ', 'f:2:2: not JSON: value expected, found nothing, because the text is empty'],
  ['{"a": 1,}', 'f:1:9: not JSON: property name expected, found "}"'],
  ['{"a" 1}', 'f:1:6: not JSON: colon expected, found "1}"'],
  ['{"a": 1\n "b": 2}', 'f:2:2: not JSON: comma expected, found "\\"b\\": 2}"'],
  ["{'a': 1}", "f:1:2: not JSON: invalid symbol, found \"'a': 1}\""],
  ['[1, 2', 'f:1:6: not JSON: close bracket expected, found the end'],
  ['[1}', 'f:1:3: not JSON: comma expected, found "}"'],
  ['[01]', 'f:1:3: not JSON: comma expected, found "1]"'],
  ['["a\nb"]', 'f:1:2: not JSON: unexpected end of string, found "\\"a"'],
  ['// a comment that is long\n{}', 'f:1:1: not JSON: invalid comment token, found "// a comment that is…"'],
  ['{"a": 1,\n "a": 2}', 'f:2:2: "a" is repeated: readers of JSON keep one of the two values and drop the other'],
  ['{} x', 'f:1:4: not JSON: invalid symbol, found "x"'],
])('%j', (text, expected) => expect(said(text)).toBe(expected));

test('what JSON.parse does not take has a place', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '}', '"', '\\', 'x', ']', '0'),
      (json, at, length, put) => {
        const start = at % (json.length + 1);
        const text = json.slice(0, start) + put + json.slice(start + length);
        let isJson = true;
        try { JSON.parse(text); } catch { isJson = false; }
        expect(said(text)).toMatch(isJson ? /^(value |f:\d+:\d+: ".*" is repeated)/ : /^f:\d+:\d+: not JSON: [a-z ]+, found ./);
      },
    ),
    { numRuns: runs(300, 2000) },
  );
});
