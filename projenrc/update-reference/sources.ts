/**
 * Finds the packages from which the reference data is generated, and reads their JSON files.
 */
import * as fs from 'fs';
import * as path from 'path';

/** A package from which reference data is generated. */
export interface Source {
  readonly package: string;
  readonly version: string;
  readonly directory: string;
}

export function source(name: string): Source {
  const directory = path.dirname(require.resolve(`${name}/package.json`, { paths: [__dirname] }));
  return { package: name, directory, version: readJson<{ version: string }>(directory, 'package.json').version };
}

/** Finds a package whose `exports` hide its package.json, by the path of its main module. */
export function sourceOfMain(name: string): Source {
  let directory = path.dirname(require.resolve(name, { paths: [__dirname] }));
  while (!fs.existsSync(path.join(directory, 'package.json')) || !readJson<{ name?: string }>(directory, 'package.json').name) {
    directory = path.dirname(directory);
  }
  return { package: name, directory, version: readJson<{ version: string }>(directory, 'package.json').version };
}

export function readJson<T>(...file: readonly string[]): T {
  return JSON.parse(fs.readFileSync(path.join(...file), 'utf-8')) as T;
}

/** Sorts by code unit, so that the order is the same on every machine. */
export function sorted(texts: Iterable<string>): string[] {
  return [...texts].sort((a, b) => (a < b ? -1 : Number(a > b)));
}
