/**
 * Writes the license notices of what is in a bundle: of each package whose files esbuild bundled, of each package that these files contain
 * a copy of (a published bundle of a package has no imports that esbuild could see), and the copyright lines in comments of the files.
 *
 * Invariant: a package without a license text to pass on fails the build.
 */
import * as fs from 'fs';
import * as path from 'path';
import type { Metafile } from 'esbuild';

interface Package {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository: unknown;
  readonly dependencies: readonly string[];
  /** The license texts of the package. */
  readonly texts: readonly string[];
}

/** Returns name, version, license and copyright of every package in the bundle. A text that several packages share appears once. */
/** @param files the names of their inputs are relative to the working directory of the build, which is `root` */
export function noticesOf(files: ReadonlyArray<Pick<Metafile, 'inputs'>>, root = path.join(__dirname, '..')): string {

  const all = files.flatMap((file) => Object.keys(file.inputs).map((input) => path.join(root, input)));
  const inputs = [...new Set(all)].filter((file) => folderOf(file) !== undefined);
  const bundled = [...new Set(inputs.map((file) => folderOf(file)!))].sort().map(readPackage);
  const vendored = bundled.flatMap((one) => vendoredIn(one, inputs.filter((file) => folderOf(file) === one.folder), bundled));
  const packages = [...new Map([...bundled, ...vendored].map((one) => [one.folder, one])).values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  const byText = new Map<string, Package[]>();
  for (const one of packages) {
    const texts = textsOf(one, packages);
    const text = [...texts, ...copyrightsBeyond(texts.join('\n'), inputs.filter((file) => folderOf(file) === one.folder))].join('\n\n');
    byText.set(text, [...byText.get(text) ?? [], one]);
  }
  return [...byText].map(([text, own]) => `${own.map(({ name, version, license }) => `${name} ${version} (${license})\n`).join('')}\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the package that a file belongs to. */
function folderOf(file: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

function readPackage(folder: string): Package {
  const { name, version, license, repository, dependencies = {} } = JSON.parse(read(path.join(folder, 'package.json')));
  const texts = fs.readdirSync(folder).filter((entry) => /^(licen[cs]e|notice)(\.|$)/i.test(entry)).sort();
  return {
    folder,
    name,
    version,
    license,
    repository: repository?.url ?? repository,
    dependencies: Object.keys(dependencies),
    texts: texts.map((file) => read(path.join(folder, file)).trim()),
  };
}

/** Returns the license texts. Some packages of the AWS SDK lack the license file that others of their repository have. */
function textsOf({ name, license, repository, texts }: Package, packages: readonly Package[]): readonly string[] {
  const isAlike = (one: Package) => one.texts.length > 0 && one.license === license && one.repository === repository;
  const same = texts.length > 0 ? texts : packages.find(isAlike)?.texts;
  if (!same) { throw new Error(`${name} has no license text to pass on`); }
  return same;
}

/** The dependencies of a package, and theirs, that are copied into its files. */
function vendoredIn(one: Package, files: readonly string[], bundled: readonly Package[]): Package[] {
  const text = new Set(files.flatMap((file) => linesOf(read(file))));
  const seen = new Set(bundled.map(({ folder }) => folder));
  const find = (from: Package): Package[] => from.dependencies.flatMap((name) => {
    const folder = installedFor(from.folder, name);
    if (folder === undefined || seen.has(folder)) { return []; }
    seen.add(folder);
    const dependency = readPackage(folder);
    return [...isCopied(folder, text) ? [dependency] : [], ...find(dependency)];
  });
  return find(one);
}

/** Where Node.js finds the dependency of a package. */
function installedFor(folder: string, name: string): string | undefined {
  for (let at = folder; at.includes('node_modules'); at = path.dirname(at)) {
    if (path.basename(at) === 'node_modules' || at === folder) {
      const found = path.basename(at) === 'node_modules' ? path.join(at, name) : path.join(at, 'node_modules', name);
      if (fs.existsSync(path.join(found, 'package.json'))) { return found; }
    }
  }
  return undefined;
}

/** Long lines that two files share by chance are fewer. */
const LINES_OF_COPY = 5;

function isCopied(folder: string, text: ReadonlySet<string>): boolean {
  const own = new Set(sourcesIn(folder).flatMap((file) => linesOf(read(file))).filter((line) => text.has(line)));
  return own.size >= LINES_OF_COPY;
}

function sourcesIn(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) { return entry.name === 'node_modules' ? [] : sourcesIn(name); }
    return /\.[cm]?js$/.test(entry.name) ? [name] : [];
  });
}

/** The lines that are long enough to tell one program from another, without their indentation. */
function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line.length >= 30);
}

/** The lines of comments with a copyright that the license texts do not have. */
function copyrightsBeyond(texts: string, files: readonly string[]): string[] {
  const lines = files.flatMap((file) => copyrightsIn(read(file)));
  return [...new Set(lines)].filter((line) => !simplified(texts).includes(simplified(line)));
}

/** The lines with a copyright of the comments of a source. */
export function copyrightsIn(source: string): string[] {
  const comments = source.match(/\/\*[^]*?\*\/|^[ \t]*\/\/.*$/gm) ?? [];
  return comments.flatMap((comment) => comment.split('\n')).filter((line) => /\bcopyright\s+(\(c\)|\u00a9|\d|[A-Z])/.test(line) || /\bCopyright\s/.test(line))
    .map((line) => line.replace(/^[\s/*]+|[\s*/]+$/g, ''));
}

function simplified(text: string): string {
  return text.replace(/[\s.]+/g, ' ').replace(/\(c\)|\u00a9/gi, '').replace(/\s+/g, ' ').toLowerCase();
}

function read(file: string): string {
  return fs.readFileSync(file, 'utf-8');
}
