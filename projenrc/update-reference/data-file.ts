/**
 * The format of the files in lib/reference/data, and how they are written. Last step of `update-reference`.
 * Invariant: one line for each row, so a reader finds a row by its name and parses only that.
 */
import * as zlib from 'zlib';
import { Source } from './sources';

/** A data file: a line of JSON that describes it, and for each row a line with its name and its JSON. */
export interface DataFile {
  readonly name: string;
  /** The date of the data itself, such as `2026-09-26`, if it has one. */
  readonly asOf?: string;
  readonly sources: readonly Source[];
  /** Other members of the first line. */
  readonly header?: { readonly [name: string]: unknown };
  readonly rows: ReadonlyArray<readonly [name: string, value: unknown]>;
}

/** @throws Error if the name of a row contains a tab or a line break */
export function textOf({ asOf, sources, header, rows }: DataFile): string {
  const first = { asOf, sources: sources.map((s) => `${s.package}@${s.version}`), ...header };
  const unwritable = rows.find(([name]) => /[\t\n]/.test(name));
  if (unwritable) { throw new Error(`${unwritable[0]} has a tab or a line break`); }
  return `${[JSON.stringify(first), ...rows.map(([name, value]) => `${name}\t${JSON.stringify(value)}`)].join('\n')}\n`;
}

export function compress(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf-8');
  return zlib.brotliCompressSync(bytes, {
    params: {
      [zlib.constants.BROTLI_PARAM_MODE]: zlib.constants.BROTLI_MODE_TEXT,
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_LGWIN]: 22,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
