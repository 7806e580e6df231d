import fs from 'fs'; // the module itself, on which a function can be replaced
import * as path from 'path';
import * as zlib from 'zlib';
import { textOf } from '../../projenrc/update-reference/data-file';
import { referenceFiles } from '../../projenrc/update-reference/reference-files';

const DIRECTORY = path.join(__dirname, '..', '..', 'lib', 'reference', 'data');

test.each(referenceFiles().map((file) => [file.name, file] as const))(
  '%s is what the pinned packages give',
  (name, file) => {
    const text = zlib.brotliDecompressSync(fs.readFileSync(path.join(DIRECTORY, `${name}.br`))).toString('utf-8');
    expect(text === textOf(file)).toBe(true); // a difference of megabytes would not be readable
  },
);

test('the files are small', () => {
  const sizes = fs.readdirSync(DIRECTORY).map((name) => fs.statSync(path.join(DIRECTORY, name)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
});

test('NOTICE names every package and version that the data is made of', () => {
  const notice = fs.readFileSync(path.join(__dirname, '..', '..', 'NOTICE'), 'utf-8');
  for (const { sources, asOf } of referenceFiles()) {
    for (const source of sources) { expect(notice).toContain(`${source.package} ${source.version}`); }
    expect(notice).toContain(asOf ?? '');
  }
});

/** The data files that are read while `use` runs with modules loaded afresh. */
function filesRead(use: () => void): string[] {
  const names: string[] = [];
  const read = jest.spyOn(fs, 'readFileSync');
  try {
    jest.isolateModules(use);
    names.push(...read.mock.calls.map(([file]) => String(file)).filter((file) => file.startsWith(DIRECTORY)).map(
      (file) => path.basename(file, '.br'),
    ));
  } finally {
    read.mockRestore();
  }
  return names;
}

/* eslint-disable @typescript-eslint/no-require-imports */
test.each<[string, () => void, string[]]>([
  ['nothing is read until it is asked for', () => {
    ['action-facts', 'condition-keys', 'managed-policy', 'resource-formats', 'request-catalog'].forEach(
      (name) => require(`../../lib/reference/${name}`),
    );
  }, []],
  ['the catalog reads one file, once', () => {
    const { requestCatalog } = require('../../lib/reference/request-catalog');
    requestCatalog().services.get('s3');
    requestCatalog().services.get('sqs');
  }, ['actions']],
  ['a managed policy reads one file',
    () => require('../../lib/reference/managed-policy').managedPolicy('arn:aws:iam::aws:policy/ReadOnlyAccess'),
    ['managed-policies']],
  ['a format reads one file',
    () => require('../../lib/reference/resource-formats').knownFormat('AWS::EFS::FileSystem'), ['resource-formats']],
])('%s', (_, use, expected) => {
  expect(filesRead(use)).toEqual(expected);
});
