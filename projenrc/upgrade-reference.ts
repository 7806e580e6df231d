/** Pins the newest versions of the packages from which the reference data is generated. The tasks that follow generate it. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const FILE = path.join(__dirname, 'reference-packages.json');

const pinned: Record<string, string> = JSON.parse(fs.readFileSync(FILE, 'utf-8'));
const newest = Object.fromEntries(Object.keys(pinned).map((name) => [name, newestVersionOf(name)]));
fs.writeFileSync(FILE, `${JSON.stringify(newest, undefined, 2)}\n`);
for (const [name, version] of Object.entries(newest)) {
  process.stdout.write(`${name} ${pinned[name] === version ? version : `${pinned[name]} -> ${version}`}\n`);
}

function newestVersionOf(name: string): string {
  return execFileSync('npm', ['view', `${name}@latest`, 'version', '--loglevel=error'], { encoding: 'utf-8' }).trim();
}
