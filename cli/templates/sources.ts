/**
 * Main file of this folder, which reads CloudFormation templates from files. This file finds the stacks of the given paths: cloud
 * assemblies, templates, folders and globs. read-stacks.ts then reads each stack when it is needed (text: stack-text.ts; JSON and
 * YAML: parse.ts), and positions.ts finds where a property is written.
 * Invariant: each file is found once, in a stable order. A path that the user names must be readable; other files of a folder are
 * skipped unless they look like templates. What cannot be read is an `Unreadable` in the result.
 */
import * as fs from 'fs';
import * as path from 'path';
import { isCloudAssembly, stacksOfAssembly } from './cloud-assembly';
import { onDemand } from './on-demand';
import { parse } from './parse';
import { Environment, StackSource } from './stack-source';
import { decodeText } from '../../lib/util/read-json';
import { isRecord } from '../../lib/util/records';
import { textOfBytes } from '../files/decode-text';
import { descriptorAt } from '../files/descriptors';
import { reading } from '../files/file-errors';
import { GivenFolders } from '../files/given-folders';
import { readBytesInside, readNamedFile } from '../files/read-file';
import { Unreadable } from '../files/unreadable';

const TEMPLATE_FILES = '**/*.{json,yaml,yml,template}';
const IGNORED = ['**/node_modules/**', '**/.git/**'];

/**
 * Finds the stacks of files, folders and globs.
 * @param prefix what precedes the names of files in messages, such as the revision that they are of
 */
export function findStacks(named: readonly string[], environment: Environment, cwd = process.cwd(), prefix = ''): Array<StackSource | Unreadable> {
  const finder = new Finder(cwd, environment, prefix);
  named.forEach((name) => finder.add(name));
  return finder.found;
}

class Finder {
  public readonly found: Array<StackSource | Unreadable> = [];
  private readonly paths = new Set<string>();
  private readonly ids = new Set<string>();
  private readonly given = new GivenFolders();

  public constructor(private readonly cwd: string, private readonly environment: Environment, private readonly prefix: string) {}

  public add(name: string): void {
    const at = path.resolve(this.cwd, name);
    this.trying(() => {
      if (name === '') { throw new Unreadable(name, 'an empty name is not a path. Is a variable of the shell empty?'); }
      if (fs.existsSync(at)) {
        if (fs.statSync(at).isDirectory()) {
          this.given.add(at);
          this.addFolder(at);
        } else {
          if (descriptorAt(at) === undefined) { this.given.addFolderOf(at); }
          this.addFile(at, true);
        }
      } else if (/[*?{[]/.test(name)) {
        this.addMatches(name);
      } else {
        throw new Unreadable(name, `there is no such file or folder${name === 'cdk.out' ? '. Run `cdk synth` first, or name the templates' : ''}`);
      }
    });
  }

  private addMatches(pattern: string): void {
    const matches = this.glob(pattern, this.cwd, false);
    if (matches.length > 0) { this.given.add(path.resolve(this.cwd, baseOf(pattern))); }
    if (matches.length === 0) { throw new Unreadable(pattern, 'no file or folder matches this pattern'); }
    const before = this.found.length;
    const folders = matches.filter((match) => match.endsWith('/')).map((match) => match.slice(0, -1));
    const assemblies = folders.filter((folder) => this.isAssembly(folder));
    assemblies.forEach((folder) => this.addAssembly(folder));
    this.addFiles(matches.filter((match) => !match.endsWith('/')));
    if (folders.length === matches.length) { folders.filter((folder) => !assemblies.includes(folder)).forEach((folder) => this.addFolder(folder)); }
    if (this.found.length === before && !this.hasAny(matches)) { throw new Unreadable(pattern, 'no file that matches this pattern is a CloudFormation template'); }
  }

  private addFolder(folder: string): void {
    if (isCloudAssembly(folder, this.shown, this.given)) {
      this.addAssembly(folder);
      return;
    }
    const before = this.found.length;
    const files = this.glob(TEMPLATE_FILES, folder, true);
    this.addFiles(files);
    if (this.found.length === before && !this.hasAny(files)) {
      throw new Unreadable(this.shown(folder),
        'the folder contains neither CloudFormation templates (*.json, *.yaml, *.yml, *.template with Resources) nor the manifest.json of a cloud assembly');
    }
  }

  /** Whether one of the files was found before, alone or in a cloud assembly. */
  private hasAny(files: readonly string[]): boolean {
    return files.some((file) => this.paths.has(file) || this.paths.has(path.dirname(file)));
  }

  /**
   * Adds files that the user did not name individually. Files that are not templates are skipped. A cloud assembly among them is
   * read as such.
   */
  private addFiles(files: readonly string[]): void {
    const folders = files.filter((file) => path.basename(file) === 'manifest.json').map((file) => path.dirname(file))
      .filter((folder) => this.isAssembly(folder));
    const outermost = folders.filter((folder) => !folders.some((other) => isInside(folder, other)));
    outermost.forEach((folder) => this.addAssembly(folder));
    files.filter((file) => !outermost.some((folder) => isInside(file, folder)))
      .forEach((file) => this.trying(() => this.addFile(file, false)));
  }

  private addFile(file: string, byName: boolean): void {
    if (path.basename(file) === 'manifest.json' && isCloudAssembly(path.dirname(file), this.shown, this.given)) {
      this.addAssembly(path.dirname(file));
      return;
    }
    const shown = this.shown(file);
    if (this.paths.has(file)) { return; }
    const named = byName ? readNamedFile(file, shown) : undefined;
    const text = named ? named.text : this.candidate(file, shown);
    if (text !== undefined && !isTemplate(parse(text, shown))) {
      if (!named) { return; }
      throw new Unreadable(shown, 'it is not a CloudFormation template: it has no Resources', 1);
    }
    if (text === undefined && !isNamedLikeTemplate(file)) { return; }
    this.paths.add(file);
    this.push({
      id: this.relative(file),
      path: file,
      file: shown,
      prefix: this.prefix,
      assembly: '',
      given: this.given,
      ...named && { named: named.once ? { text: named.text } : {} },
      ...this.environment,
    });
  }

  /**
   * Returns the text of a file that may be a template, by a cheap test, because folders contain many other files. If it cannot be
   * parsed, it is a broken template. A file that is named like a template is one, and is not read yet.
   */
  private candidate(file: string, shown: string): string | undefined {
    if (isNamedLikeTemplate(file)) { return undefined; }
    const bytes = readBytesInside(this.given, file, shown);
    return /^Resources\s*:|"Resources"\s*:/m.test(decodeText(bytes)) ? textOfBytes(bytes, shown) : undefined;
  }

  private addAssembly(folder: string): void {
    if (this.paths.has(folder)) { return; }
    this.paths.add(folder);
    for (const stack of stacksOfAssembly(folder, this.shown, this.given)) {
      const { account = this.environment.account, region = this.environment.region } = stack;
      this.push({ ...stack, prefix: this.prefix, account, region });
    }
  }

  /** Adds a stack. Two apps may have stacks of the same name, so the id must be made unique. */
  private push(source: StackSource): void {
    const id = this.ids.has(source.id) ? `${source.assembly} ${source.id}` : source.id;
    this.ids.add(id);
    this.found.push({ ...source, id });
  }

  private glob(pattern: string, cwd: string, onlyFiles: boolean): string[] {
    const { globSync } = onDemand.glob();
    return reading(this.shown(cwd), () => globSync(pattern.replace(/\\/g, '/'), {
      cwd, onlyFiles, absolute: true, ignore: IGNORED, expandDirectories: false, followSymbolicLinks: false, dot: false,
    })).sort();
  }

  /** Whether the folder is a cloud assembly whose manifest can be read. If it cannot, the manifest is reported. */
  private isAssembly(folder: string): boolean {
    let is = false;
    this.trying(() => { is = isCloudAssembly(folder, this.shown, this.given); });
    return is;
  }

  private readonly shown = (file: string): string => (descriptorAt(file) === undefined ? `${this.prefix}${this.relative(file)}` : file);

  private relative(file: string): string {
    return descriptorAt(file) === undefined ? path.relative(this.cwd, file).split(path.sep).join('/') || '.' : file;
  }

  private trying(add: () => void): void {
    try {
      add();
    } catch (e) {
      if (!(e instanceof Unreadable)) { throw e; }
      this.found.push(e);
    }
  }
}

function isInside(file: string, folder: string): boolean {
  return file.startsWith(folder + path.sep);
}

/** Whether the file has the kind of name that the CDK and many tools give templates. */
function isNamedLikeTemplate(file: string): boolean {
  return /\.template(\.(json|ya?ml))?$/.test(file);
}

/** The folder of a pattern: the part before its first wildcard. */
function baseOf(pattern: string): string {
  const parts = pattern.replace(/\\/g, '/').split('/');
  const base = parts.slice(0, parts.findIndex((part) => /[*?{}[\]()!+@]/.test(part))).join('/');
  return base === '' && pattern.startsWith('/') ? '/' : base;
}

/** Whether the value is a template. The CDK also writes templates that contain only parameters and rules. */
export function isTemplate(value: unknown): boolean {
  if (!isRecord(value)) { return false; }
  return value.Resources === undefined ? 'AWSTemplateFormatVersion' in value || 'Rules' in value : isRecord(value.Resources);
}
