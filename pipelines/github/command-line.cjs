/** Finds the command `cdk-pod-identity`, or installs it, and runs it. It is always the file of the package, never a name that is looked up in PATH. */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const PACKAGE = 'cdk-eks-pod-identity';

/**
 * Returns the file of the command: that of the package that the folder has installed, unless a version is asked for.
 * @param temp a new folder, into which npm installs. There it reads no `.npmrc` of the repository.
 */
function findCommand(folder, version, temp) {
  const installed = version === '' ? packageIn(folder) : undefined;
  if (installed !== undefined) { return installed; }
  fs.writeFileSync(path.join(temp, 'package.json'), '{"private":true}');
  const { status, error } = spawnSync('npm', [
    'install', '--no-save', '--no-package-lock', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error',
    `${PACKAGE}@${version || 'latest'}`,
  ], { cwd: temp, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }); // npm is a script there
  const bin = packageIn(temp);
  if (status !== 0 || bin === undefined) {
    throw new Error(`npm could not install ${PACKAGE}@${version || 'latest'}${error === undefined ? '' : `: ${error.message}`}.`);
  }
  return bin;
}

/** The file of the command in the nearest `node_modules` that has the package. */
function packageIn(folder) {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const bin = path.join(at, 'node_modules', PACKAGE, 'bin', 'cdk-pod-identity.js');
    if (fs.existsSync(bin)) { return bin; }
    if (at === path.dirname(at)) { return undefined; }
  }
}

/**
 * Runs the command once and returns its exit code. Each format is a run of its own; the text goes to the log.
 * @param format with the file that it is written to
 */
function runCommand(bin, { command, args, operands }, cwd, format, file) {
  const toFile = file === undefined ? [] : ['--output', file];
  const { status, signal, stderr, error } = spawnSync(
    process.execPath, [bin, command, ...args, '--format', format, ...toFile, '--', ...operands],
    { cwd, encoding: 'utf-8', stdio: file === undefined ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'ignore', 'pipe'] },
  );
  if (status === null) { throw new Error(`The command ended by ${signal ?? error?.message}.`); }
  return { status, errors: stderr ?? '' };
}

module.exports = { findCommand, runCommand };
