/**
 * Reads objects of the git repository around the current folder.
 * Invariants: no shell takes part. What users and repositories name reaches git through standard input, or as the hash of an object, so
 * it can never be an option. git changes nothing. Each answer has at most a known size.
 */
import { spawnSync } from 'child_process';
import { inMegabytes, MAX_FILE_BYTES } from '../files/limits';
import { Unreadable } from '../files/unreadable';

/** The room for the lines around the contents of the files. */
const LINES = 4 * 1024 * 1024;

export interface GitObject {
  readonly hash: string;
  readonly type: string;
}

export interface TreeEntry {
  readonly mode: string;
  readonly hash: string;
  readonly size: number;
  /** Below the tree, with `/`. */
  readonly path: string;
}

/** @throws Unreadable from each of its methods */
export class Git {
  /** @param shown what was asked for, for messages */
  public constructor(private readonly cwd: string, private readonly shown: string) {}

  /** Returns the path of the current folder from the top of the repository, empty or with `/` at its end. */
  public currentFolder(): string {
    return this.run(['rev-parse', '--show-prefix']).toString('utf-8').replace(/\n$/, '');
  }

  /** Finds the objects of these names; `undefined` if there is none of a name. */
  public objects(names: readonly string[]): Array<GitObject | undefined> {
    if (names.some((name) => /[\n\0]/.test(name))) { throw new Unreadable(this.shown, 'the name of a revision or of its file cannot have a line break'); }
    const lines = this.run(['cat-file', '--batch-check'], names.map((name) => `${name}\n`).join('')).toString('utf-8').split('\n');
    return names.map((_, i) => {
      const [, hash, type] = /^([0-9a-f]{40}|[0-9a-f]{64}) ([a-z]{1,10}) \d{1,15}$/.exec(lines[i]) ?? [];
      return hash === undefined ? undefined : { hash, type };
    });
  }

  /** Lists the files of a tree, at all levels. */
  public filesOf({ hash }: GitObject): TreeEntry[] {
    return this.run(['ls-tree', '-r', '-z', '-l', '--full-tree', hash]).toString('utf-8').split('\0').filter(Boolean).map((line) => {
      const [, mode, file, size, path] = /^(\d{6}) [a-z]{1,10} ([0-9a-f]{40,64}) {1,10}(\d{1,15}|-)\t([^]*)$/.exec(line)!;
      return { mode, hash: file, size: size === '-' ? 0 : Number(size), path };
    });
  }

  /** Reads the contents of files, which together have at most `MAX_FILE_BYTES`. */
  public contents(files: readonly TreeEntry[]): Buffer[] {
    const answer = this.run(['cat-file', '--batch'], files.map(({ hash }) => `${hash}\n`).join(''));
    let at = 0;
    return files.map(({ size }) => {
      const start = answer.indexOf('\n', at) + 1;
      at = start + size + 1;
      return answer.subarray(start, start + size);
    });
  }

  private run(args: readonly string[], input = ''): Buffer {
    const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: this.cwd, input, maxBuffer: MAX_FILE_BYTES + LINES, windowsHide: true });
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ENOENT') { throw new Unreadable(this.shown, 'git reads it, and there is no git on this machine'); }
    if (code === 'ENOBUFS') { throw new Unreadable(this.shown, `git lists more than ${inMegabytes(MAX_FILE_BYTES)} of files there. Name a smaller folder`); }
    if (error || status !== 0) {
      const said = (stderr?.toString('utf-8') ?? '').split('\n')[0].replace(/^(fatal|error): /, '').slice(0, 200);
      throw new Unreadable(this.shown, `git cannot read it: ${said || error?.message || `it ended with ${status}`}`);
    }
    return stdout;
  }
}
