/**
 * The command writes SARIF relative to its working directory. Code scanning reads it relative to the root of the repository.
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const fs = require('node:fs');
const path = require('node:path');

/** Rewrites the relative files of all locations. Does nothing if the command ran in the root. */
function moveToRoot(file, workspace, folder) {
  const prefix = path.relative(workspace, folder).split(path.sep).map(encodeURIComponent).join('/');
  if (prefix === '') { return; }
  const log = JSON.parse(fs.readFileSync(file, 'utf-8'), (key, value) => (
    key === 'artifactLocation' ? { ...value, uri: path.posix.normalize(`${prefix}/${value.uri}`) } : value));
  fs.writeFileSync(file, `${JSON.stringify(log, undefined, 2)}\n`);
}

module.exports = { moveToRoot };
