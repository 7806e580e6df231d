/**
 * The step of action.yml: runs `cdk-pod-identity` for the log, and once more for each format that is asked for; then annotates
 * files and sets the outputs. It fails as the command does.
 * Invariant: inputs reach the command as arguments, never through a shell, and the report reaches the runner as data, never as
 * commands (workflow-commands.cjs).
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { annotationLines, filesFrom, REPORTS } = require('./annotations.cjs');
const { findCommand, runCommand } = require('./command-line.cjs');
const { readInputs } = require('./inputs.cjs');
const { moveToRoot } = require('./sarif.cjs');
const { annotationLine, outputLines } = require('./workflow-commands.cjs');

/** The first line of a comment, by which a workflow finds it again. GitHub does not show it. */
const MARKER = '<!-- cdk-pod-identity diff -->\n';

const OUTPUTS = { sarif: 'sarif-file', html: 'html-file' };

/** As of the command: bad usage, or something could not be read. */
const UNUSABLE = 2;

/** @param outputs the outputs, also if it throws */
function run(env, outputs) {
  const inputs = readInputs(env);
  const workspace = fs.realpathSync(env.GITHUB_WORKSPACE);
  const folder = fs.realpathSync(path.resolve(workspace, inputs.workingDirectory));
  const temp = fs.mkdtempSync(path.join(env.RUNNER_TEMP ?? os.tmpdir(), 'pod-identity-'));
  const bin = findCommand(folder, inputs.version, temp);

  const { status } = runCommand(bin, inputs, folder, 'text');
  outputs['exit-code'] = status;
  const write = (format, file) => {
    const before = identityOf(file);
    const { status: again, errors } = runCommand(bin, inputs, folder, format, file);
    if (again === status) { return identityOf(file) !== before; }
    process.stderr.write(errors); // such as a file that cannot be written
    outputs['exit-code'] = UNUSABLE;
    return false;
  };

  const given = (format, use = () => undefined) => {
    const name = inputs.files[format];
    if (name === '') { return; }
    const file = path.resolve(folder, name);
    if (write(format, file)) {
      use(file);
      outputs[OUTPUTS[format]] = file;
    }
  };
  given('sarif', (file) => moveToRoot(file, workspace, folder));
  given('html');
  if (inputs.command === 'diff') {
    const markdown = path.join(temp, 'comment.md');
    if (write('markdown', markdown)) {
      const comment = `${MARKER}${fs.readFileSync(markdown, 'utf-8')}`; // the command keeps it short enough for a comment
      outputs.comment = comment;
      if (inputs.summary) { fs.appendFileSync(env.GITHUB_STEP_SUMMARY, comment); }
      if (inputs.files.markdown !== '') {
        const file = path.resolve(folder, inputs.files.markdown);
        fs.writeFileSync(file, comment);
        outputs['comment-file'] = file;
      }
    }
  }
  const json = path.join(temp, 'report.json');
  if (write('json', json)) {
    const report = JSON.parse(fs.readFileSync(json, 'utf-8'));
    const { annotationsOf, countsOf } = REPORTS[inputs.command];
    Object.assign(outputs, countsOf(report));
    if (inputs.annotations) { process.stdout.write(annotationLines(annotationsOf(report, filesFrom(workspace, folder))).join('')); }
  }
}

/** Tells a file that was written from one that was there before. */
function identityOf(file) {
  const { ino, mtimeNs } = fs.statSync(file, { bigint: true, throwIfNoEntry: false }) ?? {};
  return `${ino} ${mtimeNs}`;
}

const outputs = {};
try {
  run(process.env, outputs);
} catch (error) {
  process.stdout.write(annotationLine('error', {}, error.message));
  outputs['exit-code'] = UNUSABLE;
}
fs.appendFileSync(process.env.GITHUB_OUTPUT, outputLines(outputs));
process.exitCode = outputs['exit-code'];
