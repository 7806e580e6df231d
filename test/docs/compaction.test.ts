import * as fs from 'fs';
import * as path from 'path';
import { grantsOnSharedRole } from '../session-policy/compaction/corpus';
import { WALL } from '../session-policy/compaction/grant-statements';
import { compactEntry, lengthOf, MODES } from '../session-policy/compaction/laws';

const PAGE = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'compaction.md'), 'utf-8');
const [TABLE] = /^\*\*A bucket, a key[^]*?(?=\n\n(?:\*\*|<))/m.exec(PAGE) ?? [''];

test('the example of the page has the lengths that compaction gives it', () => {
  const wall = grantsOnSharedRole().find(({ name }) => name === WALL)!;
  const lengths = Object.fromEntries(MODES.map((mode) => [mode, lengthOf(compactEntry(wall, mode).statements)]));
  const shown = MODES.map((mode) => [mode, new RegExp(`^\\| \`${mode}\` \\| ([\\d,]+) \\|`, 'm').exec(TABLE)?.[1]]);
  // `npm run bench:compaction -- --write` writes the page.
  expect(Object.fromEntries(shown)).toEqual(
    Object.fromEntries(Object.entries(lengths).map(([mode, length]) => [mode, length.toLocaleString('en-US')])),
  );
});
