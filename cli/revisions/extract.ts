/**
 * Writes the templates that a git revision has at a path to a folder, so that they are read as any other files. given-stacks.ts calls it.
 * Invariants: only files with the names of templates are written, each inside of the folder. If the path is one file, only the files
 * are written whose names stand in it, or in one of these. Sizes are known before something is read.
 */
import * as fs from 'fs';
import * as path from 'path';
import { Git, GitObject, TreeEntry } from './git';
import { Revision } from './revision';
import { groupBy } from '../../lib/util/group-by';
import { decodeText } from '../../lib/util/read-json';
import { reading } from '../files/file-errors';
import { inMegabytes, MAX_FILE_BYTES, MAX_REVISION_BYTES, MAX_REVISION_FILES } from '../files/limits';
import { Unreadable } from '../files/unreadable';

const TEMPLATE = /\.(json|ya?ml|template)$/;
const IGNORED = /(^|\/)(node_modules|\.git)\//;
const SYMBOLIC_LINK = '120000';

/**
 * @param into an empty folder
 * @param cwd where paths with `./` begin
 * @returns the path below the folder
 * @throws Unreadable
 */
export function extract({ name, path: asked }: Revision, into: string, cwd: string): string {
  const shown = `${name}:${asked}`;
  const git = new Git(cwd, shown);
  const at = pathIn(asked, git, shown);
  const folder = path.posix.dirname(at);
  const [tree, found, around] = git.objects([`${name}^{tree}`, `${name}:${at}`, `${name}:${folder === '.' ? '' : folder}`]);
  if (!tree) {
    throw new Unreadable(shown, `git has no revision ${name}. A shallow clone does not have the older ones: \`git fetch --unshallow\`, or \`fetch-depth: 0\` of actions/checkout`);
  }
  if (!found) {
    throw new Unreadable(shown, `the revision has no such file or folder. The path is from the top of the repository; ${name}:./… is from the current folder`);
  }
  const writer = new Writer(git, into, shown);
  if (found.type === 'tree') {
    fs.mkdirSync(path.join(into, at), { recursive: true });
    writer.write(at, git.filesOf(found).filter(isCandidate));
  } else if (found.type === 'blob' && around) {
    writeFile(at, git, around, writer, shown);
  } else {
    throw new Unreadable(shown, `it is neither a file nor a folder: git has a ${found.type} there`);
  }
  return at === '' ? '.' : at;
}

/** Returns the path from the top of the repository. */
function pathIn(asked: string, git: Git, shown: string): string {
  const whole = path.posix.normalize(/^\.\.?(\/|$)/.test(asked) ? `${git.currentFolder()}${asked}` : asked).replace(/\/$/, '');
  if (whole === '..' || whole.startsWith('../')) { throw new Unreadable(shown, 'the path leads out of the repository'); }
  return whole === '.' ? '' : whole;
}

/** Writes a file, and those beside and below it whose names stand in it: its nested stacks and what it includes. */
function writeFile(at: string, git: Git, around: GitObject, writer: Writer, shown: string): void {
  const folder = path.posix.dirname(at) === '.' ? '' : path.posix.dirname(at);
  const files = git.filesOf(around);
  const named = files.find((file) => path.posix.join(folder, file.path) === at);
  if (!named || named.mode === SYMBOLIC_LINK) { throw new Unreadable(shown, 'it is a symbolic link. Name the file that it leads to'); }
  const others = groupBy(files.filter((file) => file !== named && isCandidate(file)), (file) => path.posix.basename(file.path));
  let next: readonly TreeEntry[] = [named];
  while (next.length > 0) {
    const mentioned: TreeEntry[] = [];
    writer.write(folder, next, (content) => namesIn(decodeText(content)).forEach((name) => {
      mentioned.push(...others.get(name) ?? []);
      others.delete(name);
    }));
    next = mentioned;
  }
}

function isCandidate({ path: file }: TreeEntry): boolean {
  return TEMPLATE.test(file) && !IGNORED.test(file);
}

/** What may be the names of files: what stands between quotes and slashes, and the words there. */
function namesIn(text: string): Set<string> {
  return new Set([...text.split(/["'/\\\n]/).map((piece) => piece.trim()), ...text.split(/["'/\\\s{}[\],]/)]);
}

/** Writes files within the limits. */
class Writer {
  private bytes = 0;
  private files = 0;

  public constructor(private readonly git: Git, private readonly into: string, private readonly shown: string) {}

  /** Writes files of a folder of the revision. Symbolic links are not followed, as in any folder. */
  public write(folder: string, entries: readonly TreeEntry[], read: (content: Buffer) => void = () => undefined): void {
    const files = entries.filter(({ mode }) => mode !== SYMBOLIC_LINK);
    this.count(folder, files);
    for (const part of partsOf(files)) {
      this.git.contents(part).forEach((content, i) => {
        this.writeOne(path.posix.join(folder, part[i].path), content);
        read(content);
      });
    }
  }

  private count(folder: string, files: readonly TreeEntry[]): void {
    files.forEach(({ path: file, size }) => {
      if (size > MAX_FILE_BYTES) {
        const name = `${this.shown.slice(0, this.shown.indexOf(':'))}:${path.posix.join(folder, file)}`;
        throw new Unreadable(name, `it has ${inMegabytes(size)}; at most ${inMegabytes(MAX_FILE_BYTES)} are read. CloudFormation accepts templates of up to 1 MB`);
      }
      this.bytes += size;
    });
    this.files += files.length;
    if (this.files > MAX_REVISION_FILES || this.bytes > MAX_REVISION_BYTES) {
      throw new Unreadable(this.shown, `it has ${this.files.toLocaleString('en-US')} files of ${inMegabytes(this.bytes)} that may be templates; at most `
        + `${MAX_REVISION_FILES.toLocaleString('en-US')} files of ${inMegabytes(MAX_REVISION_BYTES)} are read. Name a smaller folder`);
    }
  }

  private writeOne(file: string, content: Buffer): void {
    const to = path.resolve(this.into, file);
    if (!to.startsWith(this.into + path.sep)) { throw new Unreadable(this.shown, `it has a file with the name ${file}, which leads out of it`); }
    reading(this.shown, () => {
      fs.mkdirSync(path.dirname(to), { recursive: true });
      fs.writeFileSync(to, content, { flag: 'wx' });
    });
  }
}

/** Splits the files into parts that are read together. */
function* partsOf(files: readonly TreeEntry[]): Generator<TreeEntry[]> {
  let part: TreeEntry[] = [];
  let bytes = 0;
  for (const file of files) {
    if (part.length > 0 && bytes + file.size > MAX_FILE_BYTES) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(file);
    bytes += file.size;
  }
  if (part.length > 0) { yield part; }
}
