import { Readable } from 'stream';
import { MAX_LINE_BYTES } from '../../../cli/compare/limits';
import { eachLineOf, linesOf, textsOf } from '../../../cli/compare/lines';

const LONG = 'x'.repeat(MAX_LINE_BYTES + 1);
const LONGEST = 'y'.repeat(MAX_LINE_BYTES);

/** Each line with its number; `TOO LONG` for a line that is. */
async function read(text: string, partSize: number): Promise<Array<[number, string]>> {
  const bytes = Buffer.from(text);
  const parts = Array.from({ length: Math.ceil(bytes.length / partSize) }, (_, i) => (
    bytes.subarray(i * partSize, (i + 1) * partSize)));
  const found: Array<[number, string]> = [];
  for await (const lines of linesOf(Readable.from(parts))) {
    if (lines.error !== undefined) {
      expect(lines.bytes).toHaveLength(0);
      found.push([lines.line, 'TOO LONG']);
    } else {
      found.push(...textsOf(lines).map((line, i): [number, string] => [lines.line + i, line]));
    }
  }
  return found;
}

describe.each([100_000, MAX_LINE_BYTES, 10 * MAX_LINE_BYTES])('in parts of %i bytes', (partSize) => {
  test.each<[string, string, Array<[number, string]>]>([
    ['nothing', '', []],
    ['one line without an end', 'a', [[1, 'a']]],
    ['blank lines', '\n\na\n', [[1, ''], [2, ''], [3, 'a']]],
    ['the longest line', `a\n${LONGEST}\nb`, [[1, 'a'], [2, LONGEST], [3, 'b']]],
    ['a line that is too long', `a\n${LONG}\nb`, [[1, 'a'], [2, 'TOO LONG'], [3, 'b']]],
    ['a first line that is too long', `${LONG}\nb\nc`, [[1, 'TOO LONG'], [2, 'b'], [3, 'c']]],
    ['a last line that is too long', `a\nb\n${LONG}`, [[1, 'a'], [2, 'b'], [3, 'TOO LONG']]],
    ['only such lines', `${LONG}\n${LONG}${LONG}\n${LONG}\n`, [[1, 'TOO LONG'], [2, 'TOO LONG'], [3, 'TOO LONG']]],
    ['lines between them', `${LONG}\na\nb\n${LONG}\n\nc`,
      [[1, 'TOO LONG'], [2, 'a'], [3, 'b'], [4, 'TOO LONG'], [5, ''], [6, 'c']]],
  ])('%s', async (_, text, expected) => expect(await read(text, partSize)).toEqual(expected));
});

test('each line of a batch alone', () => {
  const alone = [...eachLineOf({ bytes: Buffer.from('a\n\nbc'), line: 7 })];
  expect(alone.map((lines) => [lines.line, textsOf(lines)])).toEqual([[7, ['a']], [8, ['']], [9, ['bc']]]);
});
