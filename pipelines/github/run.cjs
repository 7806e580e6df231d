/**
 * The step of action.yml: runs `cdk-pod-identity` for the log, and once more for each format that is asked for; then annotates
 * files and sets the outputs. It fails as the command does.
 * Invariant: inputs reach the command as arguments, never through a shell, and the report reaches the runner as data, never as
 * commands (workflow-commands.cjs).
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { annotationLines, checkAnnotations, checkCounts, filesFrom } = require('./annotations.cjs');
const { findCommand, runCommand } = require('./command-line.cjs');
const { readInputs } = require('./inputs.cjs');
const { moveToRoot } = require('./sarif.cjs');
const { annotationLine, outputLines } = require('./workflow-commands.cjs');

/** As of the command: bad usage, or something could not be read. */
const UNUSABLE = 2;

/** @returns the outputs */
function run(env) {
  const inputs = readInputs(env);
  const workspace = fs.realpathSync(env.GITHUB_WORKSPACE);
  const folder = fs.realpathSync(path.resolve(workspace, inputs.workingDirectory));
  const temp = fs.mkdtempSync(path.join(env.RUNNER_TEMP ?? os.tmpdir(), 'pod-identity-'));
  const bin = findCommand(folder, inputs.version, temp);

  const { status } = runCommand(bin, inputs, folder, 'text');
  const outputs = { 'exit-code': status };
  const write = (format, file) => {
    const { status: again, errors } = runCommand(bin, inputs, folder, format, file);
    if (again === status) { return fs.existsSync(file); }
    process.stderr.write(errors); // such as a file that cannot be written
    outputs['exit-code'] = UNUSABLE;
    return false;
  };

  if (inputs.files.sarif !== '') {
    const file = path.resolve(folder, inputs.files.sarif);
    if (write('sarif', file)) {
      moveToRoot(file, workspace, folder);
      outputs['sarif-file'] = file;
    }
  }
  if (inputs.files.html !== '') {
    const file = path.resolve(folder, inputs.files.html);
    if (write('html', file)) { outputs['html-file'] = file; }
  }
  const json = path.join(temp, 'report.json');
  if (write('json', json)) {
    const report = JSON.parse(fs.readFileSync(json, 'utf-8'));
    Object.assign(outputs, checkCounts(report));
    if (inputs.annotations) { process.stdout.write(annotationLines(checkAnnotations(report, filesFrom(workspace, folder))).join('')); }
  }
  return outputs;
}

let outputs;
try {
  outputs = run(process.env);
} catch (error) {
  process.stdout.write(annotationLine('error', {}, error.message));
  outputs = { 'exit-code': UNUSABLE };
}
fs.appendFileSync(process.env.GITHUB_OUTPUT, outputLines(outputs));
process.exitCode = outputs['exit-code'];
