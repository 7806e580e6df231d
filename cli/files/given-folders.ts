/**
 * The folders that the user gave: the named ones, and those of the named files. Paths that stand in files, and that folders and
 * globs list, lead to files inside of them only (read-file.ts).
 * For speed, a file is looked up by its folders, because a shell may have expanded a glob to thousands of names.
 */
import * as fs from 'fs';
import * as path from 'path';

export class GivenFolders {
  private readonly written = new Set<string>();
  /** The same folders, without symbolic links. */
  private readonly real = new Set<string>();

  public constructor(...folders: readonly string[]) {
    folders.forEach((folder) => this.add(folder));
  }

  /** Adds a folder. It must exist. */
  public add(folder: string): void {
    if (this.written.has(folder)) { return; }
    this.written.add(folder);
    this.real.add(fs.realpathSync(folder));
  }

  /** Adds the folder of a named file. The root of the file system does not count: everything would be inside of it. */
  public addFolderOf(file: string): void {
    const folder = path.dirname(file);
    if (folder !== path.dirname(folder)) { this.add(folder); }
  }

  /** Whether the path, as it is written, is inside of a folder. */
  public mayContain(file: string): boolean {
    return isIn(this.written, file) || isIn(this.real, file);
  }

  /** @param file a path without symbolic links */
  public contains(file: string): boolean {
    return isIn(this.real, file);
  }
}

function isIn(folders: ReadonlySet<string>, file: string): boolean {
  for (let [inner, folder] = [file, path.dirname(file)]; folder !== inner; [inner, folder] = [folder, path.dirname(folder)]) {
    if (folders.has(folder)) { return true; }
  }
  return false;
}
