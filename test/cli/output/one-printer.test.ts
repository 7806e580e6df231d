import * as fs from 'fs';
import * as path from 'path';

const CLI = path.join(__dirname, '..', '..', '..', 'cli');

/** Where the sources may speak to the streams of the process, and write files. */
const EXCEPTIONS = [
  'live/leave.ts', 'live/progress.ts', 'output/streams.ts', 'output/write-fully.ts',
  'revisions/extract.ts', // into a temporary folder of its own
];

test('everything that is printed or written goes through cli/output', () => {
  const files = fs.readdirSync(CLI, { recursive: true, encoding: 'utf-8' }).filter((name) => /\.tsx?$/.test(name));
  const prints = /process\.std(out|err)|\bconsole\.|\.write(File|v)?(Sync)?\(|createWriteStream|appendFile/;
  const printing = files.filter((name) => prints.test(fs.readFileSync(path.join(CLI, name), 'utf-8')));
  expect(files.length).toBeGreaterThan(80);
  expect(printing.sort()).toEqual(EXCEPTIONS);
});
