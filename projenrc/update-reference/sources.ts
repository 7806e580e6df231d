import * as fs from 'fs';
import * as path from 'path';

/** A package that reference data is made of. */
export interface Source {
  readonly package: string;
  readonly version: string;
  readonly directory: string;
}

export function source(name: string): Source {
  const directory = path.dirname(require.resolve(`${name}/package.json`, { paths: [__dirname] }));
  return { package: name, directory, version: readJson<{ version: string }>(directory, 'package.json').version };
}

/** For packages whose `exports` hide their package.json: by the path of their main module. */
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

/** By code unit, so that the order is the same everywhere. */
export function sorted(texts: Iterable<string>): string[] {
  return [...texts].sort((a, b) => (a < b ? -1 : Number(a > b)));
}
