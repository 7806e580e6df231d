/**
 * Global set-up and teardown of jest: bundles the command line once for all tests that run it. Workers find the bundle by
 * the environment, which they inherit.
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const VARIABLE = 'CDK_POD_IDENTITY_TEST_BUNDLE';

/** The bundled command line. */
export function bundledBinary(): string {
  const folder = process.env[VARIABLE];
  if (!folder) {
    throw new Error(`${VARIABLE} is not set: the global set-up of jest (test/bundle-setup.ts) has not run`);
  }
  return path.join(folder, 'cdk-pod-identity.js');
}

export async function bundle(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cli-bundle-'));
  const { bundleCli } = await import('../projenrc/bundle-cli');
  bundleCli(folder);
  process.env[VARIABLE] = folder;
}

export function removeBundle(): void {
  fs.rmSync(path.dirname(bundledBinary()), { recursive: true, force: true });
}
