/** Reads the inputs of action.yml from the environment. Invariant: an input that cannot be used is an error; none is ignored. */
const COMMANDS = {
  check: { unused: ['base', 'comment-file'], operands: (input) => lines(input('paths')) },
  diff: { unused: [], operands: (input) => [input('base'), input('head')] },
};

/** The action chooses the format and the file of each run. A version or a tag of npm: no alias, URL or folder. */
const OWN_OPTION = /^(?:-o|--output\b|--format\b|--fail-on\b|--$)/;
const VERSION = /^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/;

function lines(text) {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** @param env the environment of the step */
function readInputs(env) {
  const input = (name) => (env[`INPUT_${name.replace(/-/g, '_').toUpperCase()}`] ?? '').trim();
  const isTrue = (name, byDefault) => {
    const text = input(name);
    if (!['', 'true', 'false'].includes(text)) { throw new Error(`The input ${name} is "${text}": it is true or false.`); }
    return text === '' ? byDefault : text === 'true';
  };

  const command = input('command');
  if (!Object.hasOwn(COMMANDS, command)) { throw new Error(`The input command is "${command}": it is check or diff.`); }
  const { unused, operands: operandsOf } = COMMANDS[command];
  for (const name of unused) {
    if (input(name) !== '') { throw new Error(`The input ${name} needs command: diff.`); }
  }
  const operands = operandsOf(input);
  if (operands.length === 0) { throw new Error('The input paths is empty.'); }
  if (operands.includes('')) { throw new Error('The command diff needs the inputs base and head.'); }

  const args = lines(input('args'));
  for (const arg of args) {
    if (OWN_OPTION.test(arg)) { throw new Error(`The input args contains "${arg}", which the action sets: use its inputs fail-on, sarif-file, html-file and comment-file.`); }
  }
  const version = input('version');
  if (version !== '' && !VERSION.test(version)) { throw new Error(`The input version is "${version}": it is a version or a tag of npm.`); }

  const files = { sarif: input('sarif-file'), html: input('html-file'), markdown: input('comment-file') };
  return {
    command,
    operands,
    args: input('fail-on') === '' ? args : [...args, '--fail-on', input('fail-on')],
    version,
    workingDirectory: input('working-directory') || '.',
    files,
    annotations: isTrue('annotations', files.sarif === ''),
    summary: isTrue('summary', true),
  };
}

module.exports = { readInputs };
