import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseJson, readText, withoutMark } from '../../lib/util/read-json';

const failure = (error: Error) => new Error(`no: ${(error as NodeJS.ErrnoException).code ?? error.name}`);

test.each([
  ['{}', '{}'], ['\uFEFF{}', '{}'], ['\uFEFF\uFEFF', '\uFEFF'], ['a\uFEFF', 'a\uFEFF'], ['', ''],
])('without a byte order mark: %j', (text, expected) => {
  expect(withoutMark(text)).toBe(expected);
});

test('a file is read without its mark, and the caller words the errors', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'read-json-'));
  try {
    const file = path.join(folder, 'a.json');
    fs.writeFileSync(file, '\uFEFF{"a":"\u00e4"}');
    expect(readText(file, failure)).toBe('{"a":"\u00e4"}');
    expect(() => readText(path.join(folder, 'b.json'), failure)).toThrow(/^no: ENOENT$/);
    expect(() => readText(folder, failure)).toThrow(/^no: EISDIR$/);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('JSON is read without a mark, and the caller words the errors', () => {
  expect(parseJson('\uFEFF[1]', failure)).toEqual([1]);
  expect(() => parseJson('[1', failure)).toThrow(/^no: SyntaxError$/);
});
