import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Cli } from '../run';
import { CLEAN } from '../templates';

let cli: Cli;
beforeAll(() => { cli = new Cli(); });
afterAll(() => cli.remove());

const bin = () => path.dirname(cli.binary);
const read = (file: string) => fs.readFileSync(path.join(bin(), file), 'utf-8');

test('the SDK is in the second file only', () => {
  expect(fs.readdirSync(bin()).sort()).toEqual(['THIRD-PARTY-NOTICES', 'aws-reader.js', 'cdk-pod-identity.js']);
  expect(read('aws-reader.js')).toContain('PodIdentityAssociation');
  expect(read('cdk-pod-identity.js')).not.toMatch(/smithy|x-amz-(target|date)/i);
});

test('together they are small', () => {
  const size = (file: string) => fs.statSync(path.join(bin(), file)).size;
  expect(size('cdk-pod-identity.js')).toBeLessThan(1_000_000);
  expect(size('aws-reader.js')).toBeLessThan(700_000);
});

test('the notices have the SDK, and each license text once', () => {
  const notices = read('THIRD-PARTY-NOTICES');
  for (const name of [
    '@aws-sdk/client-eks', '@aws-sdk/client-iam', '@aws-sdk/client-kms', '@aws-sdk/client-s3', '@aws-sdk/client-sts',
    '@aws-sdk/client-secrets-manager', '@aws-sdk/client-sns', '@aws-sdk/client-sqs', '@aws-sdk/nested-clients',
    '@smithy/core', 'commander', 'yaml',
  ]) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\([\\w.-]+\\)$`, 'm'));
  }
  const texts = notices.split(`\n${'-'.repeat(80)}\n\n`).map((part) => part.slice(part.indexOf('\n\n')));
  expect(new Set(texts).size).toBe(texts.length);
});

/** Texts of packages that others publish a copy of. */
test.each([
  ['lodash', '__lodash_hash_undefined__'],
  ['xmlbuilder', 'Invalid character in name'],
  ['make-dir', 'mkdirp'],
  ['semver', 'Invalid SemVer'],
])('if the bundle has a copy of %s, its notices name it', (name, marker) => {
  const isInside = ['cdk-pod-identity.js', 'aws-reader.js'].some((file) => read(file).includes(marker));
  expect(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm').test(read('THIRD-PARTY-NOTICES')) || !isInside).toBe(true);
});

test('other commands do not need the second file', () => {
  const alone = fs.mkdtempSync(path.join(path.dirname(bin()), 'cli-alone-')); // beside the bundle: it finds the reference data by a relative path
  const binary = path.join(alone, 'cdk-pod-identity.js');
  fs.copyFileSync(cli.binary, binary);
  cli.write({ 'a.json': CLEAN });
  const run = (...args: string[]) => spawnSync(
    process.execPath, [binary, ...args], { cwd: cli.folder, encoding: 'utf-8', timeout: 20_000 },
  );
  expect(run('check', 'a.json')).toMatchObject({ status: 0, stderr: '' });
  expect(run('audit', '--help')).toMatchObject({ status: 0, stderr: '' });
  fs.rmSync(alone, { recursive: true });
});
