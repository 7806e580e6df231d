/**
 * Generates lib/reference/data from the packages that .projenrc.ts pins.
 *
 *   npx projen update-reference             writes the files
 *   npx projen update-reference --check     fails if a file differs from what it would write
 */
import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';
import { compress, DataFile, textOf } from './data-file';
import { referenceFiles } from './reference-files';

const DIRECTORY = path.join(__dirname, '..', '..', 'lib', 'reference', 'data');

function pathOf({ name }: DataFile): string {
  return path.join(DIRECTORY, `${name}.br`);
}

/** Compares the texts: another Node.js may come with another brotli, which may compress otherwise. */
function isCurrent(file: DataFile): boolean {
  try {
    return zlib.brotliDecompressSync(fs.readFileSync(pathOf(file))).toString('utf-8') === textOf(file);
  } catch { // it is not there, or damaged
    return false;
  }
}

function write(file: DataFile): void {
  fs.mkdirSync(DIRECTORY, { recursive: true });
  fs.writeFileSync(pathOf(file), compress(textOf(file)));
}

const files = referenceFiles();
const expected = new Set(files.map((file) => path.basename(pathOf(file))));
const left = fs.existsSync(DIRECTORY) ? fs.readdirSync(DIRECTORY).filter((name) => !expected.has(name)) : [];
const stale = files.filter((file) => !isCurrent(file)); // a file whose text is the same keeps its bytes

if (process.argv.includes('--check')) {
  const wrong = [...stale.map((file) => path.basename(pathOf(file))), ...left];
  if (wrong.length > 0) {
    process.stderr.write(`Not what the pinned packages give: ${wrong.join(', ')}. Run \`npx projen update-reference\` and commit the result.\n`);
    process.exitCode = 1;
  }
} else {
  left.forEach((name) => fs.rmSync(path.join(DIRECTORY, name)));
  stale.forEach(write);
}
for (const file of files.filter((f) => fs.existsSync(pathOf(f)))) {
  process.stdout.write(`${file.name}: ${file.rows.length} rows${file.asOf === undefined ? '' : ` as of ${file.asOf}`}, ${fs.statSync(pathOf(file)).size} bytes\n`);
}
