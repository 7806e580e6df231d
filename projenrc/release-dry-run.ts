/**
 * What a release publishes, made twice of the last commit in clones outside of the repository, and compared. It ends with the packages
 * in dist/dry-run.
 *
 *   npm run release:dry-run
 *
 * Bytes are equal where the tools of a language let them be. Where they write the time into an archive, what is in it is compared.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const REPOSITORY = path.join(__dirname, '..');
const RESULT = path.join(REPOSITORY, 'dist', 'dry-run');

/** A target of jsii-pacmak, and what it needs. */
const TARGETS: ReadonlyArray<{ readonly name: string; readonly tool: readonly [string, ...string[]] }> = [
  { name: 'js', tool: ['npm', '--version'] },
  { name: 'python', tool: ['python3', '--version'] },
  { name: 'java', tool: ['mvn', '--version'] },
  { name: 'go', tool: ['go', 'version'] },
  { name: 'dotnet', tool: ['dotnet', '--version'] },
];

/** Files that a package repository makes anew, and sums of files that are compared themselves. */
const NOT_COMPARED = /(maven-metadata\.xml.*|\.md5|\.sha1)$/;

main();

function main(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'release-'));
  try {
    const [first, second] = ['first', 'second'].map((name) => build(path.join(folder, name)));
    const different = compare(first, second, folder);
    fs.rmSync(RESULT, { recursive: true, force: true });
    fs.cpSync(first, RESULT, { recursive: true });
    console.log(`The packages are in ${path.relative(process.cwd(), RESULT)}.`);
    if (different > 0) { process.exitCode = 1; }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns the folder with the packages */
function build(clone: string): string {
  run('git', ['clone', '--quiet', REPOSITORY, clone], REPOSITORY);
  fs.cpSync(path.join(REPOSITORY, 'node_modules'), path.join(clone, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  const time = run('git', ['log', '-1', '--format=%ct'], clone).trim();
  const env = { SOURCE_DATE_EPOCH: time, MAVEN_OPTS: `-Dproject.build.outputTimestamp=${new Date(Number(time) * 1000).toISOString().replace(/\.\d+/, '')}` };
  for (const task of ['bump', 'compile', 'bundle']) { run('npx', ['projen', task], clone, env); }
  for (const { name, tool: [command, ...args] } of TARGETS) {
    const has = isThere(command, args);
    console.log(`${path.basename(clone)}: ${name}${has ? '' : `, its sources only: there is no ${command}`}`);
    run('npx', ['jsii-pacmak', '--target', name, ...has ? [] : ['--code-only'], '--outdir', 'dist'], clone, env);
  }
  run('npx', ['projen', 'unbump'], clone, env);
  run('git', ['diff', '--ignore-space-at-eol', '--exit-code'], clone);
  return path.join(clone, 'dist');
}

function compare(first: string, second: string, folder: string): number {
  const [files, others] = [filesIn(first), filesIn(second)];
  const missing = [...files.filter((file) => !others.includes(file)), ...others.filter((file) => !files.includes(file))];
  missing.forEach((file) => console.log(`DIFFERENT  ${file}: in one of two only`));
  let equal = 0;
  let different = missing.length;
  for (const file of files.filter((one) => others.includes(one))) {
    const [a, b] = [path.join(first, file), path.join(second, file)];
    if (fs.readFileSync(a).equals(fs.readFileSync(b))) {
      equal++;
    } else if (contentOf(a, path.join(folder, 'a')) === contentOf(b, path.join(folder, 'b'))) {
      console.log(`but for the time, equal: ${file}`);
    } else {
      console.log(`DIFFERENT  ${file}`);
      different++;
    }
  }
  console.log(`${equal} files are equal, byte for byte; ${different} are different.`);
  return different;
}

function filesIn(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true }) as string[];
  return entries.filter((file) => fs.statSync(path.join(folder, file)).isFile() && !NOT_COMPARED.test(file)).sort();
}

/** What is in a file, without when it was made. */
function contentOf(file: string, scratch: string): string {
  if (!/\.(jar|tar\.gz|tgz|whl|zip|nupkg)$/.test(file)) { return withoutTime(fs.readFileSync(file, 'utf-8')); }
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(scratch);
  if (/gz$/.test(file)) { run('tar', ['-xzf', file, '-C', scratch], scratch); } else { run('unzip', ['-q', file, '-d', scratch], scratch); }
  return JSON.stringify(filesIn(scratch).map((entry) => [entry, withoutTime(fs.readFileSync(path.join(scratch, entry), 'latin1'))]));
}

function withoutTime(text: string): string {
  return text.replace(/ on \d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
}

function isThere(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** @returns what it wrote. Where it fails, all of that is shown. */
function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf-8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28, env: { ...process.env, ...env } });
  } catch (e) {
    const { stdout, stderr } = e as { readonly stdout: string; readonly stderr: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
}
