import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { noticesOf } from '../../projenrc/notices';

const LINES = Array.from({ length: 9 }, (_, i) => `exports.value${i} = 'a line that no other program has ${i}';`);
const packageJson = (name: string, more: object = {}) => JSON.stringify(
  { name, version: '1.2.3', license: 'MIT', ...more },
);

let root: string;
beforeEach(() => { root = fs.mkdtempSync(path.join(os.tmpdir(), 'notices-')); });
afterEach(() => fs.rmSync(root, { recursive: true }));

function notices(files: { readonly [name: string]: string }, inputs: readonly string[]): string {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, 'node_modules', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  const metafile = Object.fromEntries(inputs.map((input) => [`node_modules/${input}`, { bytes: 0, imports: [] }]));
  return noticesOf([{ inputs: metafile }], root);
}

const OUTER = {
  'outer/package.json': packageJson('outer', { dependencies: { inner: '^1', unused: '^1' } }),
  'outer/LICENSE': 'License of outer',
  'outer/node_modules/inner/package.json': packageJson('inner', { dependencies: { deep: '^1' } }),
  'outer/node_modules/inner/LICENSE': 'License of inner',
  'outer/node_modules/inner/lib/a.js': LINES.join('\n'),
  'inner/package.json': packageJson('inner', { version: '9.9.9' }), // another version, which is not what outer has
  'inner/LICENSE': 'License of inner 9',
  'deep/package.json': packageJson('deep'),
  'deep/license.md': 'License of deep',
  'deep/index.js': LINES.map((line) => line.replace('value', 'deep')).join('\n'),
  'unused/package.json': packageJson('unused'),
  'unused/LICENSE': 'License of unused',
  'unused/index.js': LINES.map((line) => line.replace('value', 'unused')).join('\n'),
};
const names = (text: string) => text.match(/^\S+ \d+\.\d+\.\d+ \(/gm)?.map((name) => name.slice(0, -2)).sort();

test('a package whose files have copies of others', () => {
  const all = [...LINES, ...LINES.map((line) => line.replace('value', 'deep'))].map((line) => `  ${line}`);
  const text = notices({ ...OUTER, 'outer/index.js': all.join('\n') }, ['outer/index.js']);
  expect(names(text)).toEqual(['deep 1.2.3', 'inner 1.2.3', 'outer 1.2.3']);
  expect(text).toContain('License of deep');
});

test('a package without copies', () => {
  expect(names(notices({ ...OUTER, 'outer/index.js': 'exports.a = 1;' }, ['outer/index.js']))).toEqual(['outer 1.2.3']);
});

test('copyrights that only a comment has', () => {
  const source = '/*!\n * Copyright (c) 2020 Somebody Else.\n * Copyright Outer\n */\n// Copyright 1999 A. Person\nexports.a = "Copyright text";';
  const text = notices({ ...OUTER, 'outer/LICENSE': 'License\nCopyright Outer', 'outer/index.js': source }, ['outer/index.js']);
  expect(text.split('\n').filter((line) => line.includes('Copyright'))).toEqual([
    'Copyright Outer', 'Copyright (c) 2020 Somebody Else.', 'Copyright 1999 A. Person',
  ]);
});

test('a package without a license text fails the build', () => {
  expect(() => notices({ 'bare/package.json': packageJson('bare'), 'bare/index.js': '' }, ['bare/index.js']))
    .toThrow('bare has no license text to pass on');
});
