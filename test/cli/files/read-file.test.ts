import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Readable } from 'stream';
import { linesOf, textsOf } from '../../../cli/compare/lines';
import { descriptorAt } from '../../../cli/files/descriptors';
import { GivenFolders } from '../../../cli/files/given-folders';
import { jsonExcess } from '../../../cli/files/json-bounds';
import { positionAt } from '../../../cli/files/position';
import { readInside, readNamedFile } from '../../../cli/files/read-file';
import { asUtf8 } from '../../../cli/files/read-stream';

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'read-file-')));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const written = (bytes: Buffer): string => {
  const file = path.join(folder, 'f');
  fs.writeFileSync(file, bytes);
  return file;
};
const said = (bytes: Buffer): string => {
  const file = written(bytes);
  try {
    return `text ${JSON.stringify(readNamedFile(file, 'f').text)}`;
  } catch (e) {
    return (e as Error).message;
  }
};

const UTF16_BE = Buffer.from('\uFEFFäb', 'utf16le').swap16();

test.each<[string, Buffer, string]>([
  ['UTF-8', Buffer.from('ä€😀'), 'text "ä€😀"'],
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFFäb'), 'text "äb"'],
  ['UTF-16', Buffer.from('\uFEFFäb', 'utf16le'), 'text "äb"'],
  ['UTF-16 of the other order', UTF16_BE, 'text "äb"'],
  ['nothing', Buffer.alloc(0), 'text ""'],
  ['the replacement character itself', Buffer.from('\uFFFD'), 'text "\uFFFD"'],
  ['Latin-1', Buffer.from('a\nbä caf\xe9', 'latin1'),
    'f:2:2: it is not UTF-8 from the byte 0xE4 on. Save the file as UTF-8'],
  ['Latin-1 after UTF-8',
    Buffer.concat([Buffer.from('ä\nä'), Buffer.from([0xE9])]),
    'f:2:2: it is not UTF-8 from the byte 0xE9 on. Save the file as UTF-8'],
  ['UTF-8 that is cut off', Buffer.from('a€').subarray(0, 3),
    'f:1:2: it is not UTF-8 from the byte 0xE2 on. Save the file as UTF-8'],
  ['UTF-8 that is cut off in U+FFFD', Buffer.from('a\uFFFD').subarray(0, 3),
    'f:1:3: it ends in the middle of a character of UTF-8'],
  ['UTF-16 that is cut off',
    Buffer.from('\uFEFFab', 'utf16le').subarray(0, 5), 'f:1:2: it ends in the middle of a character of UTF-16'],
  ['UTF-16 without a mark',
    Buffer.from('ab', 'utf16le'),
    'f:1:2: it is not text: it has the character U+0000. UTF-16 is read if the file begins with a byte order mark'],
])('decodes %s', (_, bytes, expected) => expect(said(bytes)).toBe(expected));

test('two resources that differ in a byte are never the same text', () => {
  const [one, other] = ['\xe8', '\xe9'].map((byte) => said(Buffer.from(`caf${byte}`, 'latin1')));
  expect([one, other].every((message) => message.includes('it is not UTF-8'))).toBe(true);
});

test.each([
  ['/dev/stdin', 0], ['/dev/fd/0', 0], ['/dev/fd/63', 63], ['/proc/self/fd/12', 12], ['/proc/self/stdin', 0],
  ['/dev/zero', undefined], ['/dev/fd/', undefined], ['/dev/fd/x', undefined], ['/tmp/dev/fd/1', undefined],
  ['/dev/fd/1/a', undefined],
])('%s stands for an open file: %p', (name, fd) => expect(descriptorAt(name)).toBe(fd));

test('what is in a given folder', () => {
  fs.mkdirSync(path.join(folder, 'in/deep'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'in/deep/a'), 'a');
  fs.writeFileSync(path.join(folder, 'inside'), 'a');
  const given = new GivenFolders(path.join(folder, 'in'));
  const read = (name: string) => readInside(given, path.join(folder, name), name);
  expect(read('in/deep/a')).toBe('a');
  expect(() => read('inside')).toThrow('inside: it is outside of the files and folders that were given');
  expect(() => read('in')).toThrow('it is outside');
  expect(() => read('in/none')).toThrow('in/none: there is no such file or folder');
  expect(() => read('in/deep')).toThrow('in/deep: it is a folder; a file is needed');
  expect(() => read('in/deep/a/b')).toThrow('in/deep/a/b: there is no such file or folder');
  given.addFolderOf('/template.json'); // which does not give the whole file system
  expect(() => read('inside')).toThrow('it is outside');
});

test('positions', () => {
  expect(['', 'ab', 'a\n', 'a\nb', '\n\n'].map((text) => positionAt(text, text.length))).toEqual([
    { line: 1, column: 1 }, { line: 1, column: 3 }, { line: 2, column: 1 }, { line: 2, column: 2 },
    { line: 3, column: 1 },
  ]);
  expect(positionAt('a\nb\nc', 1)).toEqual({ line: 1, column: 2 });
});

test('the levels of JSON', () => {
  const nested = (levels: number) => `${'[\n'.repeat(levels)}${']'.repeat(levels)}`;
  expect(jsonExcess(nested(1000))).toBeUndefined();
  expect(jsonExcess(nested(1001))).toMatchObject({ line: 1001, column: 1 });
  expect(jsonExcess(`[${'[],'.repeat(2000)}[]]`)).toBeUndefined(); // side by side
  expect(jsonExcess(`["\\"${'['.repeat(2000)}\\\\", 1]`)).toBeUndefined(); // in a string
  expect(jsonExcess(`"${'['.repeat(2000)}`)).toBeUndefined(); // in a string that does not end
});

describe('lines', () => {
  const MB = 1024 * 1024;
  const linesIn = async (...parts: Buffer[]) => {
    const found: unknown[] = [];
    for await (const lines of linesOf(asUtf8(Readable.from(parts)))) {
      const { line, error } = lines;
      found.push(error === undefined ? [line, ...textsOf(lines)] : { line, error });
    }
    return found;
  };

  test('of UTF-16, in parts of any size', async () => {
    const text = 'a\nä\n€😀\n';
    for (const bytes of [Buffer.from(`\uFEFF${text}`), Buffer.from(`\uFEFF${text}`, 'utf16le'), UTF16_BE]) {
      const whole = await linesIn(bytes);
      const parts = await linesIn(...[...bytes].map((byte) => Buffer.from([byte])));
      const texts = (lines: unknown[]) => lines.flat().filter((one) => typeof one === 'string');
      expect(texts(parts)).toEqual(texts(whole));
      expect(whole.flat()).toContain(bytes === UTF16_BE ? 'äb' : '€😀');
    }
  });

  test('that are too long are not kept, and do not hide the others', async () => {
    const long = Array.from({ length: 9 }, () => Buffer.alloc(MB, 'x'));
    const error = 'the line is longer than 1,000,000 bytes';
    expect(await linesIn(Buffer.from('a\n'), ...long, Buffer.from('y\nb\nc'), Buffer.from('d\n'))).toEqual([
      [1, 'a'], { line: 2, error }, [3, 'b'], [4, 'cd'],
    ]);
    expect(await linesIn(...long)).toEqual([{ line: 1, error }]);
    expect(await linesIn(...long.slice(0, 8), Buffer.from('\n'))).toEqual([{ line: 1, error }]);
    expect(await linesIn(Buffer.alloc(900_000, 'x'), Buffer.from('\na'))).toEqual([[1, expect.any(String)], [2, 'a']]);
  });
});
