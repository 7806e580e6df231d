import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import ROOMS from '../projenrc/rooms.cjs';

/** The lint must fail for each arrow that the table of rooms does not have, for circles, and for each kind of import. */

const ROOT = path.join(__dirname, '..');
const DEPCRUISE = path.join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const NAMES = Object.keys(ROOMS);

interface Violation { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }

/** Returns what the lint of this repository reports for these files. */
function violationsOf(files: { readonly [file: string]: string }): Violation[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'arrows-'));
  try {
    ['lib', 'cli'].forEach((name) => fs.mkdirSync(path.join(folder, name)));
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    const config = path.join(ROOT, '.dependency-cruiser.cjs');
    const { stdout, stderr } = spawnSync(
      process.execPath, [DEPCRUISE, 'lib', 'cli', '--config', config, '--output-type', 'json'],
      {
        cwd: folder, encoding: 'utf-8', maxBuffer: 1e9,
      },
    );
    if (stderr !== '') { throw new Error(stderr); }
    return JSON.parse(stdout).summary.violations;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** A file of the room that no other room has. */
function fileIn(room: string, name: string): string {
  if (room.endsWith('/')) { return `${room}${name}.ts`; }
  return room.replace('*', name);
}

function importOf(from: string, to: string): string {
  const specifier = path.posix.relative(path.posix.dirname(from), to).replace(/\.ts$/, '');
  return `import type { T } from '${specifier.startsWith('.') ? specifier : `./${specifier}`}';\nexport type U = T;\n`;
}

test('each arrow that is not in the table is an error, and each that is in it is none', () => {
  const files: { [file: string]: string } = {};
  const expected = new Map<string, boolean>();
  NAMES.forEach((to, i) => {
    files[fileIn(to, 'target')] ??= 'export type T = string;\n';
    NAMES.forEach((from) => {
      if (from === to || !from.includes('/') || (!from.endsWith('/') && !from.includes('*'))) { return; } // one file has room for no others
      const file = fileIn(from, `to${i}`);
      files[file] = importOf(file, fileIn(to, 'target'));
      expected.set(`${file} > ${fileIn(to, 'target')}`, ROOMS[from].includes(to));
    });
  });
  const found = new Set(
    violationsOf(files).filter(({ rule }) => rule.name in ROOMS).map(({ from, to }) => `${from} > ${to}`),
  );
  expect([...expected].filter(([arrow, allowed]) => found.has(arrow) === allowed)).toEqual([]);
  expect(found.size).toBeGreaterThan(300);
});

describe('broken in other ways', () => {
  const DECIDE = '../decide/target';
  const KINDS = {
    'a type': `import type { T } from '${DECIDE}';\nexport type U = T;\n`,
    'a value': `import { t } from '${DECIDE}';\nexport const u = t;\n`,
    'what is exported again': `export * from '${DECIDE}';\n`,
    'the type of a module': `export type U = import('${DECIDE}').T;\n`,
    'a module on demand': `export const u = () => import('${DECIDE}');\n`,
    'a module by require': `export const u = () => require('${DECIDE}');\n`,
  };
  const kinds = Object.entries(KINDS).map(
    ([kind, text], i): [string, string, string] => [kind, `lib/engine/strings/kind${i}.ts`, text],
  );

  let violations: readonly Violation[];
  beforeAll(() => {
    violations = violationsOf({
      'lib/engine/decide/target.ts': 'export type T = string;\nexport const t = 1;\n',
      ...Object.fromEntries(kinds.map(([, file, text]) => [file, text])),
      'lib/util/circle.ts': "import type { T } from './back';\nexport type U = T;\n",
      'lib/util/back.ts': "import type { U } from './circle';\nexport type T = U;\n",
      'lib/engine/evaluate/opinion.ts': "import type { T } from '../policy/between';\nexport type U = T;\n",
      'lib/engine/policy/between.ts': "import { t } from '../strings/covers';\nexport type T = typeof t;\n",
      'lib/engine/strings/covers.ts': 'export const t = 1;\n',
      'lib/engine/policy/files.ts': "import * as fs from 'fs';\nexport const u = fs;\n",
      'lib/other/file.ts': "import * as fs from 'fs';\nexport const u = fs;\n",
    });
  });
  const violation = (from: string, rule: unknown = expect.anything()) =>
    expect.objectContaining({ from, rule: expect.objectContaining({ name: rule }) });

  test.each(kinds)('by an import of %s', (_, file) => {
    expect(violations).toContainEqual(violation(file, 'lib/engine/strings/'));
  });

  test.each([
    ['no circles', 'lib/util/back.ts'], // once, at the first file by name,
    ['a second opinion', 'lib/engine/evaluate/opinion.ts'],
    ['a pure engine', 'lib/engine/policy/files.ts'],
    ['every file has a room', 'lib/other/file.ts'],
  ])('%s', (rule, file) => {
    expect(violations).toContainEqual(violation(file, rule));
  });
});
